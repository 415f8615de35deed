"""Random tokens: shown once to whoever shall have them, kept as a hash.

They hold 256 random bits, so a plain SHA-256 cannot be searched; slow hashes are for passwords that
people make up, and there are none here.
"""

import hashlib
import secrets


def new_token() -> str:
    """Return 256 random bits as text that fits into an address, a header and a cookie."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """Return what a token is found by again: its SHA-256."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
