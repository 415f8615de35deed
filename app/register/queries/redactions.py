"""Statements about redactions: as who proposes and settles them, and as the publisher."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Text, func, select

from app.db.events import ReadSession, WriteSession
from app.ledger.models import LedgerEntry
from app.providers.models.providers import Provider
from app.register.models import Redaction


async def find_provider(session: ReadSession | WriteSession, number: str) -> Any | None:
    """Return (id, number, name, judges): a provider as the caller may see it, if they may."""
    statement = select(
        Provider.id,
        Provider.number,
        Provider.name,
        func.judges_provider(Provider.id).label("judges"),
    ).where(Provider.number == number)
    return (await session.execute(statement)).one_or_none()


async def lock_provider(session: WriteSession, provider_id: uuid.UUID) -> None:
    """Lock a provider as publishing does, so that none of its entries appears meanwhile."""
    await session.execute(select(Provider.id).where(Provider.id == provider_id).with_for_update())


async def acts_for_department(session: ReadSession | WriteSession) -> bool:
    """Say whether the caller acts for the department."""
    return bool((await session.scalars(select(func.acts_for_department()))).one())


async def judges(session: ReadSession | WriteSession, provider_id: uuid.UUID) -> bool:
    """Say whether the caller answers for a provider and never worked for its owner."""
    return bool((await session.scalars(select(func.judges_provider(provider_id)))).one())


async def get_redaction(
    session: ReadSession | WriteSession, redaction_id: uuid.UUID, *, lock: bool = False
) -> Redaction | None:
    """Return a redaction the caller may see; locked, to be settled."""
    statement = select(Redaction).where(Redaction.id == redaction_id)
    if lock:
        statement = statement.with_for_update()
    return (await session.scalars(statement)).one_or_none()


async def list_redactions(
    session: ReadSession, state: str | None, after: uuid.UUID | None, limit: int
) -> Sequence[Redaction]:
    """Return redactions the caller may see, newest first."""
    statement = select(Redaction).order_by(Redaction.id.desc()).limit(limit)
    if state is not None:
        statement = statement.where(Redaction.state == state)
    if after is not None:
        statement = statement.where(Redaction.id < after)
    return (await session.scalars(statement)).all()


async def name_of_proposer(session: ReadSession, redaction_id: uuid.UUID) -> str | None:
    """Return who proposed a redaction, for whoever answers for its provider; never public."""
    statement = select(func.proposer_of_redaction(redaction_id, type_=Text))
    return (await session.scalars(statement)).one()


async def find_recorded_times(
    session: ReadSession | WriteSession, entries: Sequence[int]
) -> dict[int, Any]:
    """Return when the log learned each of these entries."""
    statement = select(LedgerEntry.entry, LedgerEntry.recorded_at).where(
        LedgerEntry.entry.in_(entries)
    )
    return {row.entry: row.recorded_at for row in await session.execute(statement)}
