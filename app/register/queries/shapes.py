"""The shapes of statement that find a page of a search, and which of them fits.

Two for each order. "Selective": what fits is few, so all of it is found through an index over words
or tags, and then sorted. "Stream": what fits is many, so rows are met in their order, through an
index over places or names, until the page is full. The planner is not left to choose: it cannot
know how many sites lie within a circle, nor how often words occur together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.register.queries.criteria import PAST_EVERY_NAME, Criteria, Pieces, whose_provider
from app.register.queries.parameters import Parameters
from app.register.queries.plain import after, tier


class Shape(StrEnum):
    """How a page is found."""

    PLAIN = "plain"
    BY_WORDS = "by-words"
    """Selective: from providers that have the words."""
    BY_TAGS = "by-tags"
    """Selective: from sites that have the tags."""
    BY_STATUS = "by-status"
    """Selective: from providers in a status that few have."""
    BY_CIRCLE = "by-circle"
    """Selective: from sites within reach, where they are few and names give the order."""
    NEAREST = "nearest"
    """Stream: sites in order of distance."""
    NAMES = "names"
    """Stream: providers in order of name."""
    NAMES_OF_LA = "names-of-la"
    """Stream: sites of a local authority in order of name."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a shape is written from."""

    criteria: Criteria
    pieces: Pieces
    given: Parameters

    @property
    def rows(self) -> str:
        """How many rows are wanted: one more than a page, to know whether there are more."""
        return self.given.add(self.criteria.limit + 1, "int")


def selective(page: Page, shape: Shape) -> str:
    """Find all that fits, through an index over words, tags, statuses or places; then sort it."""
    criteria = page.criteria
    if shape in {Shape.BY_WORDS, Shape.BY_STATUS}:
        found = _from_providers(page)
    else:
        found = _from_sites(page, shape)
    first = "m.away" if criteria.by_distance else tier(criteria, page.given, "m.sort_name")
    held = f"SELECT {first} AS k1, m.sort_name AS k2, m.id AS k3, m.site, m.away FROM m"
    beyond = ""
    if criteria.after is not None:
        beyond = f" WHERE (f.k1, f.k2, f.k3) > ({after(criteria, page.given)})"
    return (
        f"WITH m AS MATERIALIZED ({found}) SELECT * FROM ({held}) f{beyond} "
        f"ORDER BY f.k1, f.k2, f.k3 LIMIT {page.rows}"
    )


def nearest(page: Page) -> str:
    """Meet sites in order of distance; of each provider its nearest that fits."""
    criteria, pieces = page.criteria, page.pieces
    away = f"(s.place <-> {pieces.point})"
    nearer = f"(o.place <-> {pieces.point}), o.reference"
    conditions = [pieces.site("s"), whose_provider(pieces)("s"), *_has_words(pieces)]
    conditions.append(_is_first(page, nearer, f"{away}, s.reference"))
    # All in one, of which the planner knows nothing: it would take what fits within the circle for
    # so few that it finds and sorts all of it.
    fits = [f"CASE WHEN {' AND '.join(conditions)} THEN true ELSE false END"]
    if pieces.near:
        fits.insert(0, pieces.near("s"))
    if criteria.after is not None:
        key = after(criteria, page.given)
        # The first alone again, because the index can use it, if only to stop looking at names.
        fits.append(f"{away} >= {key.split(', ')[0]}")
        fits.append(f"({away}, s.sort_name, s.provider_id) > ({key})")
    rows = page.rows
    return (
        f"SELECT * FROM (SELECT {away} AS k1, s.sort_name AS k2, s.provider_id AS k3, "
        f"s.summary AS site, {away} AS away FROM register_sites s WHERE {' AND '.join(fits)} "
        f"ORDER BY s.place <-> {pieces.point} FETCH FIRST ({rows}) ROWS WITH TIES) f "
        f"ORDER BY f.k1, f.k2, f.k3 LIMIT {rows}"
    )


def names(page: Page) -> str:
    """Meet providers in order of name, those first whose names begin as was typed."""
    pieces = page.pieces
    join, site, away = _first_site(page)
    conditions = [pieces.provider("r")]
    if pieces.words:
        # "IS TRUE" keeps the index over words out, which would find all to sort them.
        conditions.append(f"({pieces.words('r')}) IS TRUE")
    return _tiers(
        page,
        f"r.sort_name AS k2, r.id AS k3, {site} AS site, {away} AS away "
        f"FROM register_search r {join}",
        conditions,
        ("r.sort_name", "r.id"),
    )


def names_of_la(page: Page) -> str:
    """Meet the sites of a local authority in order of their providers' names."""
    pieces = page.pieces
    conditions = [pieces.site("s"), whose_provider(pieces)("s")]
    conditions += _has_words(pieces)
    conditions.append(_is_first(page, "o.reference", "s.reference"))
    return _tiers(
        page,
        "s.sort_name AS k2, s.provider_id AS k3, s.summary AS site, NULL::float8 AS away "
        "FROM register_sites s",
        conditions,
        ("s.sort_name", "s.provider_id"),
    )


def _tiers(page: Page, rows: str, conditions: list[str], key: tuple[str, str]) -> str:
    """Return rows in order of name: ranges of names that come first, then all the others.

    Each part stops when the page is full, and the next is then never begun.
    """
    criteria, given = page.criteria, page.given
    ranges = [_range(page, key[0], one) for one in _outermost(criteria.beginnings)]
    begun, name, identity = criteria.after or (0, None, None)
    beyond = []
    if criteria.after is not None:
        last = f"{given.add(name, 'text')}, {given.add(identity, 'int')}"
        beyond = [f"({key[0]}, {key[1]}) > ({last})"]
    limit = page.rows

    def part(number: int, *further: str) -> str:
        where = " AND ".join([*conditions, *further])
        order = f"ORDER BY {key[0]}, {key[1]} LIMIT {limit}"
        return f"SELECT {number} AS k1, {rows} WHERE {where} {order}"

    if not ranges:
        return part(0, *beyond)
    others = [f"NOT ({one})" for one in ranges]
    if begun == 1:
        return part(1, *others, *beyond)
    firsts = " UNION ALL ".join(f"({part(0, one, *beyond)})" for one in ranges)
    first = f"(SELECT * FROM ({firsts}) t ORDER BY k1, k2, k3 LIMIT {limit})"
    return f"SELECT * FROM ({first} UNION ALL ({part(1, *others)})) f LIMIT {limit}"


def _range(page: Page, name: str, beginning: str) -> str:
    begins = page.given.add(beginning, "text")
    ends = page.given.add(beginning + PAST_EVERY_NAME, "text")
    return f"{name} >= {begins} AND {name} < {ends}"


def _outermost(beginnings: Sequence[str]) -> list[str]:
    """Return beginnings without those that begin as another does, so that no name is in two."""
    given = list(dict.fromkeys(beginnings))
    return [
        one for one in given if not any(one != other and one.startswith(other) for other in given)
    ]


def _first_site(page: Page) -> tuple[str, str, str]:
    """Join the first site of a provider that fits, or the nearest: join, site, away."""
    criteria, pieces = page.criteria, page.pieces
    if not criteria.about_sites:
        return "", "NULL::bytea", "NULL::float8"
    away, order, fits = "NULL::float8", "s.reference", [pieces.site("s")]
    if pieces.within:
        away = f"s.place <-> {pieces.point}"
        order = f"{away}, s.reference"
        fits.append(pieces.within("s"))
    join = (
        f"JOIN LATERAL (SELECT s.summary, {away} AS away FROM register_sites s "
        f"WHERE s.provider_id = r.id AND {' AND '.join(fits)} ORDER BY {order} LIMIT 1) n ON true"
    )
    return join, "n.summary", "n.away"


def _from_providers(page: Page) -> str:
    pieces = page.pieces
    join, site, away = _first_site(page)
    conditions = [pieces.provider("r"), *([pieces.words("r")] if pieces.words else [])]
    return (
        f"SELECT r.id, r.sort_name, {site} AS site, {away} AS away FROM register_search r {join} "
        f"WHERE {' AND '.join(conditions)}"
    )


def _from_sites(page: Page, shape: Shape) -> str:
    pieces = page.pieces
    fits = [pieces.site("s"), whose_provider(pieces)("s")]
    away, order = "NULL::float8", "s.provider_id"
    if shape is Shape.BY_TAGS and pieces.tagged:
        fits.insert(0, pieces.tagged("s"))
    if pieces.near and pieces.within:
        away = f"s.place <-> {pieces.point}"
        order = f"{order}, {away}"
        fits.append(pieces.near("s") if shape is Shape.BY_CIRCLE else pieces.within("s"))
    fits += _has_words(pieces)
    return (
        "SELECT DISTINCT ON (s.provider_id) s.provider_id AS id, s.sort_name, s.summary AS site, "
        f"{away} AS away FROM register_sites s WHERE {' AND '.join(fits)} "
        f"ORDER BY {order}, s.reference"
    )


def _has_words(pieces: Pieces) -> list[str]:
    if pieces.words is None:
        return []
    return [f"(SELECT {pieces.words('w')} FROM register_search w WHERE w.id = s.provider_id)"]


def _is_first(page: Page, others: str, own: str) -> str:
    """Say that no other site of the same provider that fits comes before this one."""
    pieces = page.pieces
    return (
        "(NOT s.several OR NOT EXISTS (SELECT FROM register_sites o "
        f"WHERE o.provider_id = s.provider_id AND {pieces.site('o')} AND ({others}) < ({own})))"
    )
