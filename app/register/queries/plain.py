"""The plain way to find what a search asks for: slow, easy to read, and right.

It answers searches of the past, whose rows have no indices of their own, and is what every other
shape is tested against.
"""

from dataclasses import dataclass

from app.register.queries.criteria import Criteria, Pieces
from app.register.queries.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the rows of providers and of sites come from, and what is answered of a site."""

    providers: str
    sites: str
    site: str


PRESENT = Sources("register_search", "register_sites", "summary")


def past(entry: int, given: Parameters) -> Sources:
    """Return the rows as they stood when an entry was the newest."""
    then = given.add(entry, "bigint")
    held = f"p.from_entry <= {then} AND (p.until_entry IS NULL OR p.until_entry > {then})"
    sites = (
        "(SELECT s.* FROM register_past p JOIN register_past_sites s "
        f"ON s.provider_id = p.id AND s.from_entry = p.from_entry WHERE {held})"
    )
    return Sources(f"(SELECT * FROM register_past p WHERE {held})", sites, "reference")


def plain_page(
    criteria: Criteria, pieces: Pieces, given: Parameters, sources: Sources = PRESENT
) -> str:
    """Return the rows of a page, in no order: `k1, k2, k3, site, away`."""
    found = plain_rows(criteria, pieces, given, sources)
    page = f"SELECT * FROM ({found}) f"
    if criteria.after is not None:
        page += f" WHERE (f.k1, f.k2, f.k3) > ({after(criteria, given)})"
    return f"{page} ORDER BY f.k1, f.k2, f.k3 LIMIT {given.add(criteria.limit + 1, 'int')}"


def plain_rows(
    criteria: Criteria, pieces: Pieces, given: Parameters, sources: Sources = PRESENT
) -> str:
    """Return every row that the search finds."""
    join, site, away = _sites(criteria, pieces, sources)
    first = away if criteria.by_distance else tier(criteria, given, "r.sort_name")
    conditions = [pieces.provider("r"), *([pieces.words("r")] if pieces.words else [])]
    return (
        f"SELECT {first} AS k1, r.sort_name AS k2, r.id AS k3, {site} AS site, {away} AS away "
        f"FROM {sources.providers} r {join} WHERE {' AND '.join(conditions)}"
    )


def after(criteria: Criteria, given: Parameters) -> str:
    """Return the sort key that the page before ended with."""
    first, name, identity = criteria.after or ()
    kind = "float8" if criteria.by_distance else "int"
    return ", ".join((given.add(first, kind), given.add(name, "text"), given.add(identity, "int")))


def tier(criteria: Criteria, given: Parameters, name: str) -> str:
    """Return 0 for names that come first, 1 for the rest; 0 for all if none comes first."""
    if not criteria.beginnings:
        return "0"
    beginnings = given.add(list(criteria.beginnings), "text[]")
    return f"(CASE WHEN {name} ^@ ANY({beginnings}) THEN 0 ELSE 1 END)"


def _sites(criteria: Criteria, pieces: Pieces, sources: Sources) -> tuple[str, str, str]:
    if not criteria.about_sites:
        empty = "NULL::bytea" if sources is PRESENT else "NULL::smallint"
        return "", empty, "NULL::float8"
    away, order, fits = "NULL::float8", "s.provider_id", [pieces.site("s")]
    if pieces.within:
        away = f"s.place <-> {pieces.point}"
        order = f"{order}, {away}"
        fits.append(pieces.within("s"))
    nearest = (
        f"SELECT DISTINCT ON (s.provider_id) s.provider_id, s.{sources.site} AS site, "
        f"{away} AS away FROM {sources.sites} s WHERE {' AND '.join(fits)} "
        f"ORDER BY {order}, s.reference"
    )
    return f"JOIN ({nearest}) n ON n.provider_id = r.id", "n.site", "n.away"
