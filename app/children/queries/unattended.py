"""Statements on erasures that nobody asks for at that moment: as the worker, or the operator."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.children.journal import Erased
from app.children.models import Erasure
from app.db.events import ReadSession, WriteSession


async def erase(session: WriteSession, erased: Erased) -> Any | None:
    """Erase a record; nothing where there is none to erase.

    Returns:
        `commissioner_id`, whose it was, and where it lived: `since` and `home_la`, as two lists.
    """
    said = func.erase_child(erased.child_id, erased.at, erased.reason.value).table_valued(
        "commissioner_id", "since", "home_la"
    )
    return (await session.execute(select(said))).one_or_none()


async def list_quiet(
    session: WriteSession, before: date, after: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return records of children whom nobody has placed since before a day, in order of their ids.

    A row tells `child_id`, `born_on`, `quiet_since` and `plan_or_care`, and nothing else.
    """
    quiet = func.quiet_children(before, after, most).table_valued(
        "child_id", "born_on", "quiet_since", "plan_or_care"
    )
    found: Sequence[Any] = (await session.execute(select(quiet).order_by("child_id"))).all()
    return found


async def list_erasures(session: ReadSession) -> Sequence[Any]:
    """Return the journal as the database holds it, the oldest first."""
    statement = select(Erasure.child_id, Erasure.erased_at, Erasure.reason)
    found: Sequence[Any] = (
        await session.execute(statement.order_by(Erasure.erased_at, Erasure.child_id))
    ).all()
    return found


async def count_unerased(session: ReadSession, child_ids: Sequence[uuid.UUID]) -> int:
    """Return how many of these records are not erased."""
    return int((await session.execute(select(func.count_unerased(list(child_ids))))).scalar_one())
