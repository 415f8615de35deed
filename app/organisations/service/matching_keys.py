"""Hashes of facts that are compared and never kept: equal where the facts are, and no more told.

The key is made when it is first needed, lies sealed under the keyring, and is never replaced: what
was hashed under another could no longer be found.
"""

import hmac
import secrets

from app import clock
from app.db.events import WriteSession
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of, open_sealed, seal
from app.organisations.queries import matching_keys as queries

_KEY_BYTES = 32


async def hash_for_matching(
    session: WriteSession, ring: Keyring, purpose: str, fact: bytes
) -> bytes:
    """Return the HMAC-SHA-256 of a fact under the key of a purpose.

    Args:
        session: a transaction of a person; the key is made in it if there is none.
        ring: what the key is sealed under.
        purpose: what is compared, such as `bank-reference`; other purposes never match.
        fact: in its one spelling.
    """
    context = context_of("matching_keys.sealed_secret", purpose)
    sealed = await queries.get_sealed(session, purpose)
    if sealed is None:
        made = seal(ring, secrets.token_bytes(_KEY_BYTES), context)
        await queries.keep_first(session, purpose, made, clock.now())
        sealed = await queries.get_sealed(session, purpose)
    if sealed is None:
        message = f"the key for matching {purpose} cannot be seen by whoever made it"
        raise RuntimeError(message)
    return hmac.digest(open_sealed(ring, sealed, context), fact, "sha256")
