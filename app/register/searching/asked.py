"""What is asked of a search, resolved, and a page cut from what was found."""

from collections.abc import Sequence
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
from app.register.errors import DistancePagesEndError, SearchRefusedError
from app.register.queries.criteria import Criteria
from app.register.schemas.search import DEFAULT_MILES, SearchQuery, Sort
from app.register.searching.facets import Facets
from app.values.distance import metres_from_kilometres, metres_from_miles
from app.values.provider_number import parse_provider_number
from app.values.words import search_words, words

FARTHEST = 1_000
"""How many providers a search by distance tells: no index over places can skip the nearer ones."""
FILTERS = (
    "near",
    "la",
    "age",
    "key_stage",
    "need",
    "offer",
    "places",
    "assessed_after",
    "evidence",
    "outcome",
)
"""Filters about a site, as `matched` names them."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search.

    Attributes:
        hits: rows with `summary`, `site`, `away` (metres), `matched`, in order.
        cursor: where the next page begins; `None` after the last.
        entry: the register's newest entry, in the same snapshot.
        recorded_at: its recorded time, if any.
        demonstration: every provider is invented.
        first_entry: the newest entry when the first page was answered.
        near: what distances are measured from.
        corrections: typed word → word searched for.
        reasons: the filters every hit fulfils, as `matched` names them.
        total: how many providers the search finds, if that was asked.
        facets: how many of each kind, if that was asked.
    """

    hits: list[Any]
    cursor: str | None
    entry: int
    recorded_at: Any
    demonstration: bool
    first_entry: int
    near: Located | None
    corrections: dict[str, str]
    reasons: tuple[str, ...]
    total: int | None
    facets: Facets | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as far as it is resolved without the register's words.

    Attributes:
        query: as it was asked.
        near: what distances are measured from.
        typed: words to search by, none of them corrected.
        number: whether that is a provider's number, which is never corrected.
        fingerprint: of the search, whichever page.
        page: first page's entry, rows told before, and sort key; nothing on the first page.
        counted: whether a total or facets are asked.
    """

    query: SearchQuery
    near: Located | None
    typed: list[str]
    number: bool
    fingerprint: str
    page: tuple[int, int, list[Any]] | None
    counted: bool


async def resolve(connection: asyncpg.Connection, query: SearchQuery) -> Asked:
    """Resolve a search as far as that needs no words of the register."""
    near = await place_queries.locate(connection, query.near) if query.near else None
    shown = query.model_dump(mode="json", exclude={"cursor", "limit", "include"})
    fingerprint = cursors.fingerprint(shown)
    number = _number(query.q)
    return Asked(
        query=query,
        near=near,
        typed=[number] if number else _typed(query.q, "q"),
        number=number is not None,
        fingerprint=fingerprint,
        page=_page(query, fingerprint, by_distance=_sort(query) is Sort.DISTANCE),
        counted=bool(query.include),
    )


def criteria_of(asked: Asked, corrections: dict[str, str]) -> Criteria:
    """Return what the statement of a search is built from."""
    query, near = asked.query, asked.near
    searched = list(dict.fromkeys(corrections.get(word, word) for word in asked.typed))
    sort = _sort(query)
    return Criteria(
        statuses=[str(status) for status in query.status or CURRENT_STATUSES],
        words=searched,
        place=(near.easting, near.northing) if near else None,
        radius_metres=_radius(query),
        la_code=_la_code(query.la),
        age=query.age,
        stages=query.key_stage,
        needs=[str(need) for need in query.need],
        offered=_typed(query.offer, "offer"),
        evidence=[str(result) for result in query.evidence],
        outcomes=[str(outcome) for outcome in query.outcome],
        places=[str(band) for band in query.places],
        seen_since=query.assessed_after,
        by_distance=sort is Sort.DISTANCE,
        beginnings=_beginnings(query.q, searched, corrections) if sort is Sort.RELEVANCE else (),
        after=asked.page[2] if asked.page else None,
        limit=query.limit,
        matching=asked.counted,
    )


def page_of(
    asked: Asked,
    rows: Sequence[Any],
    state: tuple[int, Any, bool],
    corrections: dict[str, str],
    total: int | None = None,
) -> Found:
    """Cut a page from the rows of a statement.

    Args:
        asked: the search.
        rows: at most one more than a page, or a single one without a key when nothing was found.
        state: entry, recorded time, and whether everything is invented.
        corrections: typed word → word searched for.
        total: how many providers the search finds, if that is known yet.
    """
    query = asked.query
    hits = [row for row in rows if row["k3"] is not None]
    begun_at, told = (asked.page[0], asked.page[1]) if asked.page else (state[0], 0)
    cursor = None
    if len(hits) > query.limit:
        last = hits[query.limit - 1]
        key = [told + query.limit, last["k1"], last["k2"], last["k3"]]
        cursor = cursors.encode(asked.fingerprint, begun_at, key)
    return Found(
        hits=hits[: query.limit],
        cursor=cursor,
        entry=state[0],
        recorded_at=state[1],
        demonstration=state[2],
        first_entry=begun_at,
        near=asked.near,
        corrections=corrections,
        reasons=tuple(name for name in FILTERS if getattr(query, name) not in (None, ())),
        total=total,
        facets=None,
    )


def _sort(query: SearchQuery) -> Sort:
    return query.sort or (Sort.DISTANCE if query.near else Sort.RELEVANCE)


def _number(typed: str | None) -> str | None:
    """Return a provider number as the one word it is, however it is written."""
    try:
        return parse_provider_number(typed).lower() if typed else None
    except ValueError:
        return None


def _typed(given: str | None, parameter: str) -> list[str]:
    if given is None:
        return []
    found = search_words(given)
    if not found:
        fault = FieldFault("Type at least one letter or digit.", parameter=parameter)
        raise SearchRefusedError(errors=(fault,))
    return found


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


def _page(
    query: SearchQuery, fingerprint: str, *, by_distance: bool
) -> tuple[int, int, list[Any]] | None:
    if query.cursor is None:
        return None
    kinds = (int, float if by_distance else int, str, int)
    try:
        first_entry, (told, *key) = cursors.decode(query.cursor, fingerprint, kinds)
    except cursors.CursorError as error:
        fault = FieldFault(str(error), parameter="cursor")
        raise SearchRefusedError(str(error), errors=(fault,)) from None
    if by_distance and told >= FARTHEST:
        cure = "Ask within fewer miles, narrow the search, or ask for sort=name."
        fault = FieldFault(cure, parameter="sort")
        raise DistancePagesEndError(f"The nearest {told:,} were told. {cure}", errors=(fault,))
    return first_entry, told, key


def matched(found: Found, hit: Any) -> list[str]:
    """Say why a provider was found: parts of its record with the words, then filters fulfilled."""
    return [*hit["matched"], *found.reasons]


def loads(raw: bytes | None) -> Any:
    """Read rendered bytes back, for pages."""
    return orjson.loads(raw) if raw is not None else None
