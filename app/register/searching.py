"""From what was asked to what is answered: places located, words corrected, pages cut."""

from dataclasses import dataclass
from typing import Any

import asyncpg
import orjson

from app.db import cursors
from app.errors import FieldFault
from app.places import facts
from app.places import queries as place_queries
from app.places.errors import LocalAuthorityNotKnownError
from app.places.queries import Located
from app.providers.terms import CURRENT_STATUSES
from app.register.errors import SearchRefusedError
from app.register.queries import search as search_queries
from app.register.queries.search import Criteria
from app.register.schemas.search import DEFAULT_MILES, Include, SearchQuery, Sort
from app.values.distance import metres_from_kilometres, metres_from_miles
from app.values.provider_number import parse_provider_number
from app.values.words import search_words, words

FARTHEST_PAGE_KEY = (int, str, int)
"""Types of a sort key: distance or tier, name, provider."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search.

    Attributes:
        hits: rows with `summary`, `site`, `metres`, `matched`, in order.
        cursor: where the next page begins; `None` after the last.
        entry: the register's newest entry, in the same snapshot.
        recorded_at: its recorded time, if any.
        demonstration: every provider is invented.
        first_entry: the newest entry when the first page was answered.
        near: what distances are measured from.
        corrections: typed word → word searched for.
        reasons: the filters every hit fulfils, as `matched` names them.
        total: how many providers the search finds, if that was asked.
    """

    hits: list[asyncpg.Record]
    cursor: str | None
    entry: int
    recorded_at: Any
    demonstration: bool
    first_entry: int
    near: Located | None
    corrections: dict[str, str]
    reasons: tuple[str, ...]
    total: int | None


async def search(connection: asyncpg.Connection, query: SearchQuery) -> Found:
    """Answer a search from the read model.

    Raises:
        SearchRefusedError: the cursor is damaged or belongs to another search.
        PlaceNotKnownError: `near` is not a place in England that is held.
        LocalAuthorityNotKnownError: `la` names none.
    """
    near = await place_queries.locate(connection, query.near) if query.near else None
    searched, corrections = await _words(connection, query.q)
    sort = query.sort or (Sort.DISTANCE if near else Sort.RELEVANCE)
    asked = cursors.fingerprint(
        query.model_dump(mode="json", exclude={"cursor", "limit", "include"})
    )
    first_entry, after = _after(query.cursor, asked)
    criteria = Criteria(
        statuses=[str(status) for status in query.status or CURRENT_STATUSES],
        words=searched,
        place=(near.easting, near.northing) if near else None,
        radius_metres=_radius(query),
        la_code=_la_code(query.la),
        age=query.age,
        needs=[str(need) for need in query.need],
        evidence=[str(result) for result in query.evidence],
        by_distance=sort is Sort.DISTANCE,
        beginnings=_beginnings(query.q, searched, corrections) if sort is Sort.RELEVANCE else (),
        after=after,
        limit=query.limit,
        count=Include.TOTAL in query.include,
    )
    rows = await search_queries.run_search(connection, criteria)
    head = rows[0]
    hits = [row for row in rows if row["k3"] is not None]
    begun_at = first_entry if first_entry is not None else head["entry"]
    return Found(
        hits=hits[: query.limit],
        cursor=_cursor(hits, query.limit, asked, begun_at),
        entry=head["entry"],
        recorded_at=head["recorded_at"],
        demonstration=head["demonstration"],
        first_entry=begun_at,
        near=near,
        corrections=corrections,
        reasons=_reasons(query),
        total=head["total"],
    )


async def _words(
    connection: asyncpg.Connection, typed: str | None
) -> tuple[list[str], dict[str, str]]:
    """Return the words to search by; a word nothing has is replaced by the nearest, if one is."""
    if typed is None:
        return [], {}
    try:
        return [parse_provider_number(typed).lower()], {}
    except ValueError:
        given = search_words(typed)
    if not given:
        fault = FieldFault("Type at least one letter or digit.", parameter="q")
        raise SearchRefusedError(errors=(fault,))
    nearest = await search_queries.find_nearest_words(connection, given)
    corrections = {word: near for word, near in nearest.items() if near is not None}
    return list(dict.fromkeys(corrections.get(word, word) for word in given)), corrections


def _beginnings(typed: str | None, searched: list[str], corrections: dict[str, str]) -> list[str]:
    """Return what names that come first start with: all that was typed, or the words searched."""
    if typed is None:
        return []
    whole = [corrections.get(word, word) for word in words(typed)]
    return list(dict.fromkeys([" ".join(whole), " ".join(searched)]))


def _radius(query: SearchQuery) -> float:
    if query.within_km is not None:
        return metres_from_kilometres(query.within_km)
    return metres_from_miles(query.within_miles or DEFAULT_MILES)


def _la_code(given: str | None) -> str | None:
    if given is None:
        return None
    try:
        return facts.find_la(given).la_code
    except LocalAuthorityNotKnownError as error:
        fault = FieldFault(error.detail, parameter="la")
        raise LocalAuthorityNotKnownError(error.detail, errors=(fault,)) from error


def _reasons(query: SearchQuery) -> tuple[str, ...]:
    filters = ("near", "la", "age", "need", "evidence")
    return tuple(name for name in filters if getattr(query, name))


def _after(cursor: str | None, asked: str) -> tuple[int | None, list[Any] | None]:
    if cursor is None:
        return None, None
    try:
        return cursors.decode(cursor, asked, FARTHEST_PAGE_KEY)
    except cursors.CursorError as error:
        fault = FieldFault(str(error), parameter="cursor")
        raise SearchRefusedError(str(error), errors=(fault,)) from None


def _cursor(hits: list[asyncpg.Record], limit: int, asked: str, first_entry: int) -> str | None:
    if len(hits) <= limit:
        return None
    last = hits[limit - 1]
    return cursors.encode(asked, first_entry, [last["k1"], last["k2"], last["k3"]])


def matched(found: Found, hit: asyncpg.Record) -> list[str]:
    """Say why a provider was found: parts of its record with the words, then filters fulfilled."""
    return [*hit["matched"], *found.reasons]


def loads(raw: bytes | None) -> Any:
    """Read rendered bytes back, for pages."""
    return orjson.loads(raw) if raw is not None else None
