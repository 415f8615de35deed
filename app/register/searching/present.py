"""A search of the present register: words corrected, the statement chosen, providers counted."""

from dataclasses import replace

import asyncpg

from app.register.heads import Version
from app.register.queries import search as search_queries
from app.register.queries.criteria import Criteria
from app.register.schemas.search import Include, SearchQuery
from app.register.searching.asked import Asked, Found, criteria_of, page_of, resolve
from app.register.searching.facets import count_facets, count_total
from app.register.searching.memory import Memory, memory_of
from app.register.searching.packed_filters import Words
from app.register.searching.past import search_past


async def search(connection: asyncpg.Connection, query: SearchQuery, memory: Memory) -> Found:
    """Answer a search of the present register from its read model; `as_at`, of the past.

    What rests on memory, as corrections and counts do, is of the entry the answer states.

    Raises:
        DayAheadError: `as_at` is a day that has not come.
        EntryAheadError: `as_at` is an entry that the log does not have.
        SearchRefusedError: the cursor is damaged or belongs to another search.
        DistancePagesEndError: nobody is told farther by distance.
        PlaceNotKnownError: `near` is not a place in England that is held.
        LocalAuthorityNotKnownError: `la` names none.
    """
    if query.as_at is not None:
        return await search_past(connection, query)
    asked = await resolve(connection, query)
    if memory.version is None:
        async with memory.lock, connection.transaction(isolation="repeatable_read", readonly=True):
            await memory.bring_up_to_date(connection)
    before = memory.version
    found, version = await _find(connection, asked, memory)
    if version == before == memory.version:
        return found
    rests = asked.counted or found.corrections or (asked.typed and not found.hits)
    async with memory.lock, connection.transaction(isolation="repeatable_read", readonly=True):
        await memory.bring_up_to_date(connection)
        if rests:
            found, version = await _find(connection, asked, memory)
            if version != memory.version:  # a standby that lags behind what others have told
                found, _ = await _find(connection, asked, await memory_of(connection))
    return found


async def _find(
    connection: asyncpg.Connection, asked: Asked, memory: Memory
) -> tuple[Found, Version]:
    corrections = {} if asked.number else memory.vocabulary.corrections(asked.typed)
    criteria = criteria_of(asked, corrections)
    shape = memory.rarity.choose(criteria, memory.vocabulary)
    rows = await search_queries.run_search(connection, criteria, shape)
    head = rows[0]
    version = Version(head["epoch"], head["entry"], head["written_by"])
    state = (head["entry"], head["recorded_at"], head["demonstration"])
    found = page_of(asked, rows, state, corrections)
    if not asked.counted or memory.version != version:
        return found, version
    words = Words(
        (head["matching"] or b"") if criteria.words else None,
        (head["offering"] or b"") if criteria.offered else None,
    )
    return _counted(found, asked, criteria, words, memory), version


def _counted(found: Found, asked: Asked, criteria: Criteria, words: Words, memory: Memory) -> Found:
    """Add the counts, which are the same on every page and in every order."""
    key = (asked.fingerprint, asked.near, asked.query.include)
    kept = memory.counted(key)
    if kept is None:
        include = asked.query.include
        total = count_total(memory.columns, criteria, words) if Include.TOTAL in include else None
        facets = None
        if Include.FACETS in include:
            facets = count_facets(memory.columns, criteria, words)
        kept = (total, facets)
        memory.keep_count(key, kept)
    total, facets = kept
    return replace(found, total=total, facets=facets)
