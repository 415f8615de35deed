"""Statements on settings that may have to register as a school."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.dialects import postgresql

from app.db.events import ReadSession, WriteSession
from app.placements.models import RegistrationCase
from app.providers.models.providers import Provider

AnySession = ReadSession | WriteSession


def _shown() -> Select[Any]:
    return select(
        *RegistrationCase.__table__.columns,
        Provider.number.label("provider"),
        Provider.name.label("provider_name"),
    ).join(Provider, Provider.id == RegistrationCase.provider_id)


async def open_case(session: WriteSession, row: dict[str, Any]) -> bool:
    """Open a case unless one is open; say whether it was opened."""
    statement = (
        postgresql.insert(RegistrationCase)
        .values(row)
        .on_conflict_do_nothing(
            index_elements=["provider_id"], index_where=RegistrationCase.closed_at.is_(None)
        )
        .returning(RegistrationCase.id)
    )
    return (await session.execute(statement)).one_or_none() is not None


async def get_case(session: AnySession, case_id: uuid.UUID, *, lock: bool = False) -> Any | None:
    """Return a case that the actor may see; locked, so that nobody else changes it."""
    if lock:
        own = select(RegistrationCase.id).where(RegistrationCase.id == case_id).with_for_update()
        await session.execute(own)
    return (await session.execute(_shown().where(RegistrationCase.id == case_id))).one_or_none()


async def list_cases(
    session: AnySession, still_open: bool | None, before: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return cases that the actor may see, the newest first."""
    statement = _shown()
    if still_open is not None:
        is_open = RegistrationCase.closed_at.is_(None)
        statement = statement.where(is_open if still_open else ~is_open)
    if before is not None:
        statement = statement.where(RegistrationCase.id < before)
    ordered = statement.order_by(RegistrationCase.id.desc()).limit(most)
    found: Sequence[Any] = (await session.execute(ordered)).all()
    return found


async def close_case(session: WriteSession, case_id: uuid.UUID, values: dict[str, Any]) -> None:
    """Write down what was found."""
    changed = {**values, "version": RegistrationCase.version + 1}
    await session.execute(
        update(RegistrationCase).where(RegistrationCase.id == case_id).values(changed)
    )
