"""The public's searches: plain asyncpg, one statement each, as a role that may read nothing else.

Statements are built from fixed pieces; everything a caller typed travels as a parameter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import asyncpg

WEIGHTS = (("A", "name"), ("B", "other-name"), ("C", "programme"), ("D", "town"))
"""Which part of a record each weight of the index stands for."""
SHORTEST_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Criteria:
    """A search, resolved: words corrected, place located, names turned into codes.

    Attributes:
        words: plain words that must all occur.
        place: easting and northing in metres.
        radius_metres: how far from `place`.
        by_distance: nearest first; otherwise by name.
        beginnings: names that start with any of these come first.
        after: the sort key of the last row of the page before.
    """

    statuses: Sequence[str]
    words: Sequence[str] = ()
    place: tuple[int, int] | None = None
    radius_metres: float = 0.0
    la_code: str | None = None
    age: int | None = None
    needs: Sequence[str] = ()
    evidence: Sequence[str] = ()
    by_distance: bool = False
    beginnings: Sequence[str] = ()
    after: Sequence[Any] | None = None
    limit: int = 20
    count: bool = False


@dataclass(slots=True)
class _Parameters:
    values: list[Any] = field(default_factory=list)

    def add(self, value: Any) -> str:
        self.values.append(value)
        return f"${len(self.values)}"


def build_search(criteria: Criteria) -> tuple[str, list[Any]]:
    """Build the one statement of a search, and its parameters.

    It always returns at least one row, so that the register's head comes from the same snapshot
    as what was found: `entry, recorded_at, demonstration, total`, then `summary, site, metres,
    matched` and the sort key `k1, k2, k3`, all null when nothing was found.
    """
    given = _Parameters()
    found = _found(criteria, given)
    total = f"(SELECT count(*) FROM ({found}) c)" if criteria.count else "NULL::bigint"
    page = f"SELECT * FROM ({found}) f"
    if criteria.after is not None:
        keys = ", ".join(given.add(value) for value in criteria.after)
        page += f" WHERE (f.k1, f.k2, f.k3) > ({keys})"
    page += f" ORDER BY f.k1, f.k2, f.k3 LIMIT {given.add(criteria.limit + 1)}"
    statement = (
        f"SELECT h.entry, h.recorded_at, h.demonstration, {total} AS total, x.* "
        f"FROM ledger_head h LEFT JOIN LATERAL ("
        f"SELECT p.*, d.summary FROM ({page}) p JOIN register_documents d ON d.id = p.k3"
        f") x ON true ORDER BY x.k1, x.k2, x.k3"
    )
    return statement, given.values


async def run_search(connection: asyncpg.Connection, criteria: Criteria) -> list[asyncpg.Record]:
    """Run a search; see `build_search` for the rows."""
    statement, values = build_search(criteria)
    rows: list[asyncpg.Record] = await connection.fetch(statement, *values)
    return rows


async def find_nearest_words(
    connection: asyncpg.Connection, typed: Sequence[str]
) -> dict[str, str | None]:
    """Return, for each word nothing has, the nearest word of the vocabulary, or `None`.

    A word that occurs, whole or (from three letters) as a beginning, is left out.
    """
    rows = await connection.fetch(
        """
        SELECT t.word, (
          SELECT v.word FROM register_words v WHERE v.word % t.word
          ORDER BY similarity(v.word, t.word) DESC, v.documents DESC, v.word LIMIT 1) AS nearest
        FROM unnest($1::text[]) AS t(word)
        WHERE NOT EXISTS (
          SELECT FROM register_words v WHERE v.word = t.word
            OR (length(t.word) >= $2 AND v.word >= t.word AND v.word < t.word || '~'))
        """,
        list(typed),
        SHORTEST_PREFIX,
    )
    return {row["word"]: row["nearest"] for row in rows}


def _found(criteria: Criteria, given: _Parameters) -> str:
    """Build the rows found: summary's id as `k3`, sort keys, matching site, distance, reasons."""
    conditions = [f"r.status = ANY({given.add(list(criteria.statuses))}::text[])"]
    if criteria.words:
        conditions.append(f"r.words @@ {given.add(_all_words(criteria.words))}::tsquery")
    source, site, metres = _sites(criteria, given)
    if criteria.by_distance:
        keys = f"{metres} AS k1, r.sort_name AS k2, r.id AS k3"
    else:
        keys = f"{_tier(criteria, given)} AS k1, r.sort_name AS k2, r.id AS k3"
    matched = _matched(criteria, given)
    return (
        f"SELECT {keys}, {site} AS site, {metres} AS metres, {matched} AS matched "
        f"FROM register_search r {source} WHERE {' AND '.join(conditions)}"
    )


def _sites(criteria: Criteria, given: _Parameters) -> tuple[str, str, str]:
    """Join the site that fits best, if the search is about sites: source, site, metres."""
    fits = _site_conditions(criteria, given)
    if fits or criteria.place is not None:
        fits.append(f"s.status = ANY({given.add(list(criteria.statuses))}::text[])")
    if criteria.place is not None:
        point = (
            f"point({given.add(float(criteria.place[0]))}, {given.add(float(criteria.place[1]))})"
        )
        fits.append(f"s.place <@ circle({point}, {given.add(criteria.radius_metres)})")
        nearest = (
            "JOIN (SELECT DISTINCT ON (s.provider_id) s.provider_id, s.summary, "
            f"round(s.place <-> {point})::int AS metres FROM register_sites s "
            f"WHERE {' AND '.join(fits)} "
            f"ORDER BY s.provider_id, s.place <-> {point}, s.reference) n ON n.provider_id = r.id"
        )
        return nearest, "n.summary", "n.metres"
    if fits:
        first = (
            "JOIN (SELECT DISTINCT ON (s.provider_id) s.provider_id, s.summary "
            f"FROM register_sites s WHERE {' AND '.join(fits)} "
            "ORDER BY s.provider_id, s.reference) n ON n.provider_id = r.id"
        )
        return first, "n.summary", "NULL::int"
    return "", "NULL::bytea", "NULL::int"


def _site_conditions(criteria: Criteria, given: _Parameters) -> list[str]:
    """Say what one and the same site must fulfil."""
    fits: list[str] = []
    if criteria.la_code is not None:
        fits.append(f"s.la_code = {given.add(criteria.la_code)}")
    if criteria.age is not None:
        fits.append(f"s.ages @> ARRAY[{given.add(criteria.age)}]::smallint[]")
    if criteria.needs:
        fits.append(f"s.needs @> {given.add(list(criteria.needs))}::text[]")
    if criteria.evidence:
        fits.append(f"s.evidence = ANY({given.add(list(criteria.evidence))}::text[])")
    return fits


def _tier(criteria: Criteria, given: _Parameters) -> str:
    if not criteria.beginnings:
        return "0"
    beginnings = given.add(list(criteria.beginnings))
    return f"(CASE WHEN r.sort_name ^@ ANY({beginnings}::text[]) THEN 0 ELSE 1 END)"


def _matched(criteria: Criteria, given: _Parameters) -> str:
    """Say which parts of the record any of the words stands in, as an array of names."""
    if not criteria.words:
        return "'{}'::text[]"
    parts = []
    for weight, name in WEIGHTS:
        anywhere = " | ".join(_lexeme(word, weight) for word in criteria.words)
        parts.append(f"CASE WHEN r.words @@ {given.add(anywhere)}::tsquery THEN '{name}' END")
    return f"array_remove(ARRAY[{', '.join(parts)}], NULL)"


def _all_words(words: Sequence[str]) -> str:
    return " & ".join(_lexeme(word) for word in words)


def _lexeme(word: str, weight: str = "") -> str:
    """Write one word for `tsquery`; from three letters on it may be the beginning of one."""
    flags = ("*" if len(word) >= SHORTEST_PREFIX else "") + weight
    return f"{word}:{flags}" if flags else word
