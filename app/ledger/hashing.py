"""The bytes that are hashed. They can never change, so they are spelled out here and nowhere else.

    record hash = SHA-256( salt ‖ canonical record )
    leaf        = 0x01                      format of this leaf
                ‖ entry number              8 bytes, big-endian
                ‖ recorded time             8 bytes, big-endian, microseconds since 1970 UTC
                ‖ length of provider number 1 byte
                ‖ provider number           ASCII
                ‖ record hash               32 bytes
    leaf hash   = SHA-256( 0x00 ‖ leaf )    RFC 6962 §2.1, so Merkle proofs can be added any day

The salt keeps a tombstoned record from being guessed back out of its hash.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

LEAF_FORMAT = b"\x01"
SALT_BYTES = 16

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def new_salt() -> bytes:
    """Make the salt of one body."""
    return secrets.token_bytes(SALT_BYTES)


def record_hash(salt: bytes, record: bytes) -> bytes:
    """Hash a canonical record with its salt."""
    return hashlib.sha256(salt + record).digest()


def leaf_hash(entry: int, recorded_at: datetime, number: str, hashed_record: bytes) -> bytes:
    """Hash one entry.

    Args:
        entry: its number, from 1.
        recorded_at: when the log learned it; whole microseconds.
        number: the provider number.
        hashed_record: what `record_hash` gave, 32 bytes.
    """
    name = number.encode("ascii")
    microseconds = (recorded_at - _EPOCH) // _MICROSECOND
    leaf = b"".join(
        (
            LEAF_FORMAT,
            entry.to_bytes(8, "big"),
            microseconds.to_bytes(8, "big"),
            len(name).to_bytes(1, "big"),
            name,
            hashed_record,
        )
    )
    return hashlib.sha256(b"\x00" + leaf).digest()
