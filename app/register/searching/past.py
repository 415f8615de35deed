"""A search of the register as it stood: the same questions, put to what its log told then."""

from collections.abc import Sequence
from typing import Any

import asyncpg
import orjson

from app.register.past import check_come, known_by
from app.register.queries.documents import find_head_then
from app.register.queries.search import read_past_words, run_past_search
from app.register.rendering import render
from app.register.schemas.search import Include, SearchQuery
from app.register.searching.asked import Found, criteria_of, page_of, resolve
from app.register.searching.vocabulary import Vocabulary


async def search_past(connection: asyncpg.Connection, query: SearchQuery) -> Found:
    """Answer a search `as_at` a day or an entry; what was taken out since is not found.

    Words are corrected by those the register had then. Nothing keeps them: they are read from its
    records, once nothing was found by the words as they were typed.

    Raises:
        DayAheadError: the day has not come.
        EntryAheadError: the log has no such entry yet.
        SearchRefusedError: the cursor is damaged or belongs to another search.
        PlaceNotKnownError: `near` is not a place in England that is held.
        LocalAuthorityNotKnownError: `la` names none.
    """
    await check_come(connection, as_at=query.as_at)
    entry, recorded_at = await find_head_then(connection, known_by(query.as_at))
    asked = await resolve(connection, query)
    corrections: dict[str, str] = {}
    rows = await run_past_search(connection, criteria_of(asked, corrections), entry)
    if asked.typed and not asked.number and rows[0]["k3"] is None:
        corrections = await _corrections(connection, asked.typed, entry)
        if corrections:
            rows = await run_past_search(connection, criteria_of(asked, corrections), entry)
    state = (entry, recorded_at, rows[0]["demonstration"])
    shown = [_rendered(row) if row["k3"] is not None else row for row in rows]
    total = rows[0]["total"] if Include.TOTAL in query.include else None
    return page_of(asked, shown, state, corrections, total)


async def _corrections(
    connection: asyncpg.Connection, typed: Sequence[str], entry: int
) -> dict[str, str]:
    then = Vocabulary()
    then.replace(await read_past_words(connection, entry))
    return then.corrections(typed)


def _rendered(row: asyncpg.Record) -> dict[str, Any]:
    """Render what was published then, as a hit of the present is stored."""
    rendered = render(orjson.loads(row["record"]), row["from_entry"], row["from_recorded_at"])
    site = rendered.sites[row["site"]] if row["site"] is not None else None
    return {**row, "summary": rendered.summary, "site": site}
