"""The record of what was imported, and the lock that keeps imports of one kind apart."""

from typing import Any

from sqlalchemy import func, insert, select

from app.db.events import WriteSession
from app.interchange.models import ImportRun
from app.interchange.terms import ImportKind

_LOCK_SPACE = 0x1A9
"""The first half of the advisory locks of imports; the second is the number below."""
_LOCKS = {
    ImportKind.POSTCODES: 1,
    ImportKind.PROVIDERS: 2,
    ImportKind.SCHOOLS: 3,
    ImportKind.SCHOOL_GROUPS: 3,  # both bring groups
    ImportKind.SCHOOL_LINKS: 4,
}


async def take_import_lock(session: WriteSession, kind: ImportKind) -> bool:
    """Keep out imports of this kind, and of what it touches; false if one is running."""
    statement = select(func.pg_try_advisory_xact_lock(_LOCK_SPACE, _LOCKS[kind]))
    return bool((await session.execute(statement)).scalar_one())


async def get_latest_run(session: WriteSession, kind: ImportKind) -> ImportRun | None:
    """Return the newest run of a kind that landed."""
    statement = (
        select(ImportRun)
        .where(ImportRun.kind == kind)
        .order_by(ImportRun.recorded_at.desc(), ImportRun.id.desc())
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()


async def get_run_of(
    session: WriteSession, kind: ImportKind, sha256: str, options: str
) -> ImportRun | None:
    """Return the newest run in which a file of this hash landed with these options."""
    statement = (
        select(ImportRun)
        .where(ImportRun.kind == kind, ImportRun.sha256 == sha256, ImportRun.options == options)
        .order_by(ImportRun.recorded_at.desc(), ImportRun.id.desc())
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()


async def insert_run(session: WriteSession, row: dict[str, Any]) -> None:
    """Record a run that lands with this transaction."""
    await session.execute(insert(ImportRun), [row])
