"""Statements on what people can show beside a link, as they may see it of themselves."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db.events import ReadSession, WriteSession
from app.organisations.models.sign_in import Authenticator, Passkey


@dataclass(frozen=True, slots=True)
class OwnFactors:
    """What somebody can show beside a link, without anything secret.

    Attributes:
        passkeys: id, name, added_at, used_at of each, the oldest first.
        authenticator_since: when they set their authenticator up, if they have one.
    """

    passkeys: Sequence[Any]
    authenticator_since: datetime | None

    @property
    def any(self) -> bool:
        """Whether there is one at all."""
        return bool(self.passkeys) or self.authenticator_since is not None


async def list_own(session: ReadSession | WriteSession, person_id: uuid.UUID) -> OwnFactors:
    """Return what a person can show beside a link, as they may see it themselves."""
    passkeys = await session.execute(
        select(Passkey.id, Passkey.name, Passkey.added_at, Passkey.used_at)
        .where(Passkey.person_id == person_id, Passkey.removed_at.is_(None))
        .order_by(Passkey.added_at, Passkey.id)
    )
    since = await session.scalars(
        select(Authenticator.added_at).where(Authenticator.person_id == person_id)
    )
    return OwnFactors(passkeys.all(), since.one_or_none())
