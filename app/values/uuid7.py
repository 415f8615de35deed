"""Row keys that sort by the time they were made (RFC 9562, version 7).

PostgreSQL can make them itself only from version 18 on; the register runs on 15 as well.
"""

import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """Make a key: 48 bits of milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random_bits = secrets.randbits(74)
    value = milliseconds << 80
    value |= 0x7 << 76
    value |= (random_bits >> 62) << 64
    value |= 0b10 << 62
    value |= random_bits & ((1 << 62) - 1)
    return uuid.UUID(int=value)
