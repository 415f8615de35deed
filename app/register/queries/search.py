"""The public's searches: plain asyncpg, one statement each, as a role that may read nothing else.

Statements are built from fixed pieces; everything a caller typed travels as a parameter.
"""

from typing import Any

import asyncpg

from app.register.packing import all_of
from app.register.queries import shapes
from app.register.queries.criteria import Criteria, Pieces, matched, pieces_of
from app.register.queries.parameters import Parameters
from app.register.queries.plain import past, plain_page, plain_rows
from app.register.queries.shapes import Page, Shape


def build_search(criteria: Criteria, shape: Shape) -> tuple[str, list[Any]]:
    """Build the one statement of a search, and its parameters.

    The first row is the register's head, of the same snapshot as what was found: `entry,
    recorded_at, demonstration`, `epoch, written_by` (which with `entry` make its version),
    `matching, offering`. Then comes a row for each hit, with the sort key `k1, k2, k3` and `site,
    away, summary, matched`. `matching` and `offering` are only told when the criteria ask for them:
    each provider that has the words, as four bytes, and each site that offers what is asked, as
    four and two.
    """
    given = Parameters()
    pieces = pieces_of(criteria, given)
    page = _page(criteria, pieces, given, shape)
    matching, offering = _told(criteria, pieces, given)
    named = matched(criteria, given, "w")
    key = "float8" if criteria.by_distance else "int"
    statement = (
        f"WITH p AS MATERIALIZED ({page}) "
        "SELECT h.entry, h.recorded_at, h.demonstration, h.epoch, "
        f"h.xmin::text::bigint AS written_by, {matching} AS matching, {offering} AS offering, "
        f"NULL::{key} AS k1, NULL::text AS k2, NULL::int AS k3, NULL::bytea AS site, "
        "NULL::float8 AS away, NULL::bytea AS summary, NULL::text[] AS matched "
        "FROM ledger_head h WHERE h.id = 1 UNION ALL "
        "SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, "
        f"p.k1, p.k2, p.k3, p.site, p.away, d.summary, {named} "
        "FROM p JOIN register_documents d ON d.id = p.k3 JOIN register_search w ON w.id = p.k3 "
        "ORDER BY k1 NULLS FIRST, k2, k3"
    )
    return statement, given.values


async def run_search(
    connection: asyncpg.Connection, criteria: Criteria, shape: Shape
) -> list[asyncpg.Record]:
    """Run a search; see `build_search` for the rows."""
    statement, values = build_search(criteria, shape)
    rows: list[asyncpg.Record] = await connection.fetch(statement, *values)
    return rows


def build_past_search(criteria: Criteria, entry: int) -> tuple[str, list[Any]]:
    """Build the statement of a search as the register stood when an entry was the newest.

    Rows are as `build_search`'s, with the reference of the site as `site`, and in place of the
    summary what it is rendered from: `record`, `from_entry` and `from_recorded_at`; and `total`.
    """
    given = Parameters()
    pieces = pieces_of(criteria, given)
    sources = past(entry, given)
    page = plain_page(criteria, pieces, given, sources)
    total = "NULL::bigint"
    if criteria.matching:
        total = f"(SELECT count(*) FROM ({plain_rows(criteria, pieces, given, sources)}) c)"
    named = matched(criteria, given, "w")
    statement = (
        f"WITH p AS MATERIALIZED ({page}) "
        f"SELECT h.demonstration, {total} AS total, x.* FROM ledger_head h LEFT JOIN ("
        "SELECT p.k1, p.k2, p.k3, p.site, p.away, b.record, w.from_entry, "
        f"e.recorded_at AS from_recorded_at, {named} AS matched "
        f"FROM p JOIN {sources.providers} w ON w.id = p.k3 "
        "JOIN ledger_entries e ON e.entry = w.from_entry "
        "JOIN ledger_bodies b ON b.entry = w.from_entry"
        ") x ON true WHERE h.id = 1 ORDER BY x.k1, x.k2, x.k3"
    )
    return statement, given.values


async def run_past_search(
    connection: asyncpg.Connection, criteria: Criteria, entry: int
) -> list[asyncpg.Record]:
    """Run a search of the past; see `build_past_search` for the rows."""
    statement, values = build_past_search(criteria, entry)
    rows: list[asyncpg.Record] = await connection.fetch(statement, *values)
    return rows


async def read_past_words(connection: asyncpg.Connection, entry: int) -> dict[str, int]:
    """Return the words of the register as it stood: word → in how many providers it occurred."""
    given = Parameters()
    words = (
        f"SELECT unnest(tsvector_to_array(p.words)) AS word FROM {past(entry, given).providers} p"
    )
    statement = f"SELECT word, count(*) AS documents FROM ({words}) w GROUP BY word"
    rows = await connection.fetch(statement, *given.values)
    return {row["word"]: row["documents"] for row in rows}


def _page(criteria: Criteria, pieces: Pieces, given: Parameters, shape: Shape) -> str:
    page = Page(criteria, pieces, given)
    match shape:
        case Shape.PLAIN:
            return plain_page(criteria, pieces, given)
        case Shape.NEAREST:
            return shapes.nearest(page)
        case Shape.NAMES:
            return shapes.names(page)
        case Shape.NAMES_OF_LA:
            return shapes.names_of_la(page)
        case _:
            return shapes.selective(page, shape)


def _told(criteria: Criteria, pieces: Pieces, given: Parameters) -> tuple[str, str]:
    matching = offering = "NULL::bytea"
    if criteria.matching and pieces.words:
        matching = (
            "(SELECT string_agg(int4send(r.id), ''::bytea) FROM register_search r "
            f"WHERE {pieces.words('r')})"
        )
    if criteria.matching and criteria.offered:
        tags = given.add(all_of("offer", criteria.offered), "text[]")
        offering = (
            "(SELECT string_agg(int4send(s.provider_id) || int2send(s.reference), ''::bytea) "
            f"FROM register_sites s WHERE s.tags @> {tags})"
        )
    return matching, offering
