"""What people say of one child's money in their own words, under the child's own key."""

import uuid
from typing import Any

from app.children import personal_parts
from app.children.errors import ChildErasedError
from app.db.events import ReadSession, WriteSession
from app.funding.queries import arrangements as queries
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of

AnySession = ReadSession | WriteSession

DISPUTE = "funding_disputes.encrypted_reason"
SETTLEMENT = "funding_disputes.encrypted_settlement"
OVERRIDE = "funding_overrides.encrypted_reason"
_SAID = "said"


async def key_of(session: AnySession, ring: Keyring, arrangement_id: uuid.UUID) -> bytes | None:
    """Return the key of the child whose placement is paid for; `None` once it is erased."""
    held = await queries.child_key(session, arrangement_id)
    if held is None or held.sealed_key is None:
        return None
    return personal_parts.open_key(ring, held.child_id, held.sealed_key)


async def encrypted(
    session: AnySession, ring: Keyring, arrangement_id: uuid.UUID, of: tuple[str, object], said: str
) -> bytes:
    """Encrypt words for the one place they lie in.

    Args:
        session: of whoever says it.
        ring: opens the child's key.
        arrangement_id: whose money it is about.
        of: `table.column`, and the row's key.
        said: the words.

    Raises:
        ChildErasedError: the child's record was erased.
    """
    key = await key_of(session, ring, arrangement_id)
    if key is None:
        raise ChildErasedError("The child's record was erased; nothing is added to it.")
    return personal_parts.encrypt(key, context_of(*of), {_SAID: said})


def decrypted(key: bytes | None, of: tuple[str, object], kept: bytes | None) -> str | None:
    """Return words that were encrypted; `None` where there are none, or the key is gone."""
    if key is None or kept is None:
        return None
    parts: dict[str, Any] = personal_parts.decrypt(key, context_of(*of), kept)
    return str(parts[_SAID])
