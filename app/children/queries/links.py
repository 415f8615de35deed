"""Statements of the matcher: the only role that sees which records are one child."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, or_, select, text, update
from sqlalchemy.dialects import postgresql

from app.children.models import Child, ChildCircumstances, ChildLink, MatchQuestion
from app.db.events import WriteSession


async def lock_hashes(session: WriteSession, *hashes: bytes) -> None:
    """Let nobody else match the same number or name until this transaction ends.

    In one order, whoever asks, so that two that share both hashes cannot wait for each other.
    """
    for one in sorted(hashes):
        key = int.from_bytes(one[:8], "big", signed=True)
        await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


async def find_like(
    session: WriteSession, child_id: uuid.UUID, upn_hash: bytes | None, likeness_hash: bytes
) -> Sequence[Any]:
    """Return the other records with this number, or with this name and birth, the oldest first.

    Rows hold child_id, link_id, upn_hash, likeness_hash, commissioner_id, date_of_birth and
    home_la, the latest known.
    """
    home = (
        select(ChildCircumstances.home_la_code)
        .where(ChildCircumstances.child_id == ChildLink.child_id)
        .order_by(ChildCircumstances.since.desc())
        .limit(1)
        .scalar_subquery()
    )
    alike = [ChildLink.likeness_hash == likeness_hash]
    if upn_hash is not None:
        alike.append(ChildLink.upn_hash == upn_hash)
    statement = (
        select(
            *ChildLink.__table__.columns,
            Child.commissioner_id,
            Child.date_of_birth,
            home.label("home_la"),
        )
        .join(Child, Child.id == ChildLink.child_id)
        .where(ChildLink.child_id != child_id, or_(*alike))
        .order_by(ChildLink.child_id)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def get_own(session: WriteSession, child_id: uuid.UUID, *, keep: bool = False) -> Any | None:
    """Return what links the records of this child, and by which number this one is compared.

    Args:
        session: as the matcher.
        child_id: whose record.
        keep: whether nobody may give it another link until the transaction ends.
    """
    statement = select(ChildLink.link_id, ChildLink.upn_hash).where(ChildLink.child_id == child_id)
    if keep:
        statement = statement.with_for_update(read=True)
    return (await session.execute(statement)).one_or_none()


async def keep_link(session: WriteSession, row: dict[str, Any]) -> None:
    """Say which link a record has, and by what it is compared."""
    statement = postgresql.insert(ChildLink).values(row)
    changed = {name: value for name, value in row.items() if name != "child_id"}
    await session.execute(
        statement.on_conflict_do_update(index_elements=["child_id"], set_=changed)
    )


async def ask(session: WriteSession, rows: Sequence[dict[str, Any]]) -> None:
    """Ask whether records are of one child, where that was not asked before."""
    statement = postgresql.insert(MatchQuestion).on_conflict_do_nothing(
        index_elements=["child_id", "other_child_id"]
    )
    await session.execute(statement, list(rows))


async def forget(session: WriteSession, child_id: uuid.UUID) -> None:
    """Drop a child's link and every question about it."""
    about = or_(MatchQuestion.child_id == child_id, MatchQuestion.other_child_id == child_id)
    await session.execute(delete(MatchQuestion).where(about))
    await session.execute(delete(ChildLink).where(ChildLink.child_id == child_id))


async def home_of(session: WriteSession, child_id: uuid.UUID) -> str | None:
    """Return the latest known home authority of a child."""
    statement = (
        select(ChildCircumstances.home_la_code)
        .where(ChildCircumstances.child_id == child_id)
        .order_by(ChildCircumstances.since.desc())
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()


async def part(session: WriteSession, child_id: uuid.UUID, link_id: uuid.UUID) -> None:
    """Give one record a link of its own."""
    statement = update(ChildLink).where(ChildLink.child_id == child_id)
    await session.execute(statement.values(link_id=link_id))


async def relink(session: WriteSession, former: uuid.UUID, link_id: uuid.UUID) -> Sequence[Any]:
    """Give every record of one link another; return their children's ids."""
    statement = (
        update(ChildLink)
        .where(ChildLink.link_id == former)
        .values(link_id=link_id)
        .returning(ChildLink.child_id)
    )
    found: Sequence[Any] = (await session.scalars(statement)).all()
    return found
