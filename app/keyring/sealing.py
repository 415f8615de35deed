"""Sealing: AES-256-GCM under a data key of its own, wrapped under a key of the ring.

A sealed value is two parts, so that turning the keyring changes only the first:

    version (1) | length of key id (1) | key id | nonce (12) | wrapped data key (48)
    nonce (12) | encrypted value

Both parts are bound to a context, such as the table and row they lie in: a value moved elsewhere
does not open.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.keyring.ring import KEY_BYTES, Key, Keyring, KeyringError

VERSION = 1
_NONCE = 12
_TAG = 16
_WRAPPED = KEY_BYTES + _TAG
LEAST_BYTES = 2 + _NONCE + _WRAPPED + _NONCE + _TAG
"""Of a sealed value, beside its key's id and what it encrypts."""


def context_of(place: str, key: object) -> str:
    """Return what a value is bound to: the one row of the one column that it lies in.

    Args:
        place: `table.column`.
        key: the row's primary key; as text it must be what PostgreSQL's is.
    """
    return f"{place} {key}"


def seal(ring: Keyring, value: bytes, context: str) -> bytes:
    """Encrypt a value so that only this ring opens it, and only in this context."""
    data_key, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(_NONCE)
    payload = nonce + AESGCM(data_key).encrypt(nonce, value, context.encode())
    return _header(ring.current, data_key, context) + payload


def open_sealed(ring: Keyring, sealed: bytes, context: str) -> bytes:
    """Decrypt what `seal` made.

    Raises:
        KeyringError: the ring lacks the key, or the value was changed or belongs elsewhere.
    """
    data_key, payload = _unwrap(ring, sealed, context)
    try:
        return AESGCM(data_key).decrypt(payload[:_NONCE], payload[_NONCE:], context.encode())
    except InvalidTag:
        raise KeyringError(f"What was sealed for {context} was changed since.") from None


def rewrap(ring: Keyring, sealed: bytes, context: str) -> bytes:
    """Wrap a value's data key under the current key; what it encrypts is not touched.

    Raises:
        KeyringError: the ring lacks the key it is wrapped under.
    """
    data_key, payload = _unwrap(ring, sealed, context)
    return _header(ring.current, data_key, context) + payload


def check_wrapping(ring: Keyring, sealed: bytes, context: str) -> None:
    """Make sure that the ring opens a value's data key, without decrypting the value.

    Raises:
        KeyringError: it does not; the message says why.
    """
    _unwrap(ring, sealed, context)


def key_id_of(sealed: bytes) -> str:
    """Return the name of the key a value is sealed under.

    Raises:
        KeyringError: these bytes are not a sealed value.
    """
    if len(sealed) < LEAST_BYTES or sealed[0] != VERSION or len(sealed) < LEAST_BYTES + sealed[1]:
        raise KeyringError("This is not a sealed value.")
    return sealed[2 : 2 + sealed[1]].decode("ascii", "replace")


def _header(key: Key, data_key: bytes, context: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    name = key.id.encode("ascii")
    wrapped = AESGCM(key.secret).encrypt(nonce, data_key, _bound(key.id, context))
    return bytes((VERSION, len(name))) + name + nonce + wrapped


def _unwrap(ring: Keyring, sealed: bytes, context: str) -> tuple[bytes, bytes]:
    """Return the data key and the payload of a sealed value."""
    key_id = key_id_of(sealed)
    key = ring.keys.get(key_id)
    if key is None:
        raise KeyringError(f"The keyring has no key {key_id}, under which {context} is sealed.")
    at = 2 + len(key_id)
    nonce, wrapped = sealed[at : at + _NONCE], sealed[at + _NONCE : at + _NONCE + _WRAPPED]
    try:
        data_key = AESGCM(key.secret).decrypt(nonce, wrapped, _bound(key_id, context))
    except InvalidTag:
        raise KeyringError(
            f"{context} does not open: another keyring's {key_id}, changed, or moved here."
        ) from None
    return data_key, sealed[at + _NONCE + _WRAPPED :]


def _bound(key_id: str, context: str) -> bytes:
    return f"data key\0{key_id}\0{context}".encode()
