"""Statements on what an application shares with records that were removed or refused."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, Text, Uuid, column, func, select
from sqlalchemy.dialects import postgresql

from app.db.events import ReadSession, WriteSession
from app.providers.models.listings import Listing, WalkBackMatch

AnySession = ReadSession | WriteSession

_TRACES = [
    column("record", Uuid),
    column("number", Text),
    column("standing", Text),
    column("kind", Text),
    column("value", Text),
    column("detail", Text),
]
_MATCHED = [
    column("match_id", Uuid),
    column("number", Text),
    column("name", Text),
    column("status", Text),
    column("left_as", Text),
    column("left_on", Date),
]


async def find_traces(session: AnySession, provider_id: uuid.UUID, today: date) -> Sequence[Any]:
    """Return what an applicant and the records it is compared with are told by, a row each.

    Each row: `record` (id), `number`, `standing` (`own`; `gone`: removed or refused; `near`: shares
    something with the applicant), `kind` of trace, `value`, `detail`. Nothing unless the actor owns
    the applicant's record or answers for it, and an application of it waits for a decision. A row
    of a merged record bears the number of the one that goes on.
    """
    traces = func.traces_around(provider_id, today).table_valued(*_TRACES).render_derived()
    return (await session.execute(select(traces))).all()


async def get_listing(session: AnySession, listing_id: uuid.UUID) -> Any | None:
    """Return a listing's id, provider and state, and what the actor is to it, if they see it.

    `answers`: their organisation decides on it, or sees what does; `judges`: they may, themselves.
    """
    statement = select(
        Listing.id,
        Listing.provider_id,
        Listing.state,
        func.answers_for_listing(Listing.id).label("answers"),
        func.judges_listing(Listing.id).label("judges"),
    ).where(Listing.id == listing_id)
    return (await session.execute(statement)).one_or_none()


async def lock_listing(session: WriteSession, listing_id: uuid.UUID) -> None:
    """Let nobody else note matches of a listing until this transaction ends."""
    statement = select(func.pg_advisory_xact_lock(func.hashtextextended(str(listing_id), 1)))
    await session.execute(statement)


async def note_new(session: WriteSession, rows: list[dict[str, Any]]) -> None:
    """Note matches; one that is noted already, whether the actor may see it or not, stays."""
    if rows:
        await session.execute(postgresql.insert(WalkBackMatch).on_conflict_do_nothing(), rows)


async def list_matches(session: AnySession, listing_id: uuid.UUID) -> Sequence[WalkBackMatch]:
    """Return the matches of a listing that the actor may see, most telling first."""
    statement = (
        select(WalkBackMatch)
        .where(WalkBackMatch.listing_id == listing_id)
        .order_by(WalkBackMatch.score.desc(), WalkBackMatch.id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def find_matched_records(
    session: AnySession, listing_id: uuid.UUID, today: date
) -> dict[uuid.UUID, Any]:
    """Return the other record of each match, by the match's id, for whoever answers for it.

    Each: `number`, `name`, `status`, `left_as` (removed or refused) and `left_on`, its day.
    """
    matched = func.records_matched(listing_id, today).table_valued(*_MATCHED).render_derived()
    return {row.match_id: row for row in await session.execute(select(matched))}


async def get_match(
    session: WriteSession, listing_id: uuid.UUID, match_id: uuid.UUID
) -> WalkBackMatch | None:
    """Return a match of a listing that the actor may judge, locked."""
    statement = (
        select(WalkBackMatch)
        .where(WalkBackMatch.id == match_id, WalkBackMatch.listing_id == listing_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def has_match(session: AnySession, listing_id: uuid.UUID, match_id: uuid.UUID) -> bool:
    """Say whether the actor may see a match of a listing."""
    statement = select(WalkBackMatch.id).where(
        WalkBackMatch.id == match_id, WalkBackMatch.listing_id == listing_id
    )
    return (await session.execute(statement)).one_or_none() is not None
