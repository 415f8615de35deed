"""A search, resolved: words corrected, places located, names turned into codes; and its pieces."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import clock
from app.providers.evidence import add_months
from app.register import packing
from app.register.packing import all_of, tag
from app.register.queries.parameters import Parameters

WEIGHTS = (("A", "name"), ("B", "other-name"), ("C", "programme"), ("D", "town"))
"""Which part of a record each weight of the index stands for."""
SHORTEST_PREFIX = 3
_AHEAD_MONTHS = 12
"""Evidence is seen by today; a year more, in case a clock was wrong, costs nothing."""
PAST_EVERY_NAME = "\U0010ffff"
"""The last character there is; no name has it."""

Piece = Callable[[str], str]
"""A condition, of the row that an alias names."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """A search, resolved. What is empty narrows nothing.

    Attributes:
        statuses: any of these, the provider's and the site's.
        words: plain words that must all occur.
        place: easting and northing in metres.
        radius_metres: how far from `place`.
        la_code: where the site lies.
        age: in years.
        stages: key stages, any.
        needs: codes, all.
        offered: plain words that must all occur in what the site offers.
        evidence: any.
        outcomes: any.
        places: bands of places, any.
        seen_since: evidence that counts was seen there on that day or later.
        by_distance: nearest first; otherwise by name.
        beginnings: names that start with any of these come first.
        after: the sort key of the last row of the page before.
        limit: rows of a page.
        matching: whether to tell every provider, and site, that words alone find.
    """

    statuses: Sequence[str]
    words: Sequence[str] = ()
    place: tuple[int, int] | None = None
    radius_metres: float = 0.0
    la_code: str | None = None
    age: int | None = None
    stages: Sequence[int] = ()
    needs: Sequence[str] = ()
    offered: Sequence[str] = ()
    evidence: Sequence[str] = ()
    outcomes: Sequence[str] = ()
    places: Sequence[str] = ()
    seen_since: date | None = None
    by_distance: bool = False
    beginnings: Sequence[str] = ()
    after: Sequence[Any] | None = None
    limit: int = 20
    matching: bool = False

    @property
    def about_sites(self) -> bool:
        """Whether one and the same site must fulfil something."""
        return self.tagged or self.place is not None

    @property
    def tagged(self) -> bool:
        """Whether a site must fulfil something that its tags tell."""
        lists = (self.stages, self.needs, self.offered, self.places)
        codes = (self.evidence, self.outcomes)
        asked = (self.la_code, self.age, self.seen_since)
        return any(one is not None for one in asked) or any(lists) or any(codes)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The conditions of one search, their parameters named once.

    Attributes:
        provider: of a row of `register_search`, beside its words.
        words: of the same; `None` if there are none.
        site: of a row of sites, beside its place.
        tagged: the same again as far as an index over tags can tell; `None` if it cannot.
        point: where distances are measured from.
        near: a site's place is within reach, through the index over places.
        within: the same, without it.
    """

    provider: Piece
    words: Piece | None
    site: Piece
    tagged: Piece | None
    point: str
    near: Piece | None
    within: Piece | None


def pieces_of(criteria: Criteria, given: Parameters) -> Pieces:
    """Write the conditions of a search."""
    statuses = given.add(list(criteria.statuses), "text[]")
    fits = _site_conditions(criteria, given)
    words = _words(criteria, given)
    every, any_of = _tags(criteria)

    # Named only where it is used: PostgreSQL cannot tell the type of one that is not.
    def tagged(alias: str) -> str:
        conditions = [f"{alias}.tags @> {given.add(every, 'text[]')}"] if every else []
        conditions += [f"{alias}.tags && {given.add(tags, 'text[]')}" for tags in any_of]
        return " AND ".join(conditions)

    point, near, within = "", None, None
    if criteria.place is not None:
        easting, northing = (given.add(float(one), "float8") for one in criteria.place)
        point = f"point({easting}, {northing})"
        radius = given.add(float(criteria.radius_metres), "float8")
        near = _piece(f"{{0}}.place <@ circle({point}, {radius})")
        within = _piece(f"({{0}}.place <-> {point}) <= {radius}")
    of_provider = f"{{0}}.status = ANY({statuses})"
    return Pieces(
        provider=_piece(of_provider),
        words=_piece(words) if words else None,
        site=_piece(" AND ".join([of_provider, *fits])),
        tagged=tagged if every or any_of else None,
        point=point,
        near=near,
        within=within,
    )


def whose_provider(pieces: Pieces) -> Piece:
    """Say the same of a site's provider as of a provider, from the site's own row."""
    return lambda alias: pieces.provider(alias).replace(".status", ".provider_status")


def matched(criteria: Criteria, given: Parameters, alias: str) -> str:
    """Say which parts of a record any of the words stands in, as an array of names."""
    if not criteria.words:
        return "'{}'::text[]"
    parts = []
    for weight, name in WEIGHTS:
        anywhere = " | ".join(lexeme(word, weight) for word in criteria.words)
        found = given.add(anywhere, "tsquery")
        parts.append(f"CASE WHEN {alias}.words @@ {found} THEN '{name}' END")
    return f"array_remove(ARRAY[{', '.join(parts)}], NULL)"


def lexeme(word: str, weight: str = "") -> str:
    """Write one word for `tsquery`; from three letters on it may be the beginning of one."""
    flags = ("*" if len(word) >= SHORTEST_PREFIX else "") + weight
    return f"{word}:{flags}" if flags else word


def _piece(template: str) -> Piece:
    return template.format


def _words(criteria: Criteria, given: Parameters) -> str | None:
    if not criteria.words:
        return None
    every = given.add(" & ".join(lexeme(word) for word in criteria.words), "tsquery")
    return f"{{0}}.words @@ {every}"


def _site_conditions(criteria: Criteria, given: Parameters) -> list[str]:
    fits: list[str] = []
    if criteria.la_code is not None:
        fits.append(f"{{0}}.la_code = {given.add(criteria.la_code, 'text')}")
    for column, bits, every in _packed(criteria):
        asked = given.add(bits, "int")
        fits.append(f"({{0}}.{column} & {asked}) {f'= {asked}' if every else '<> 0'}")
    for column, wanted in (("evidence", criteria.evidence), ("outcome", criteria.outcomes)):
        if wanted:
            fits.append(f"{{0}}.{column} = ANY({given.add(list(wanted), 'text[]')})")
    if criteria.offered:
        offered = given.add(all_of("offer", criteria.offered), "text[]")
        # Not left to the index over tags: how rare the words are together, it cannot know.
        fits.append(f"({{0}}.tags @> {offered}) IS TRUE")
    if criteria.seen_since is not None:
        fits.append(f"{{0}}.seen_on >= {given.add(criteria.seen_since, 'date')}")
    return fits


def _packed(criteria: Criteria) -> list[tuple[str, int, bool]]:
    """Return column, bits, and whether all of them must be set."""
    asked = [
        ("age_bits", packing.age_bits([criteria.age] if criteria.age is not None else []), False),
        ("stage_bits", packing.stage_bits(criteria.stages), False),
        ("need_bits", packing.bits_of(criteria.needs, packing.NEEDS), True),
        ("place_bits", packing.bits_of(criteria.places, packing.PLACES), False),
    ]
    return [one for one in asked if one[1]]


def _months(since: date) -> list[str]:
    """Return each month in which evidence can have been seen from a day on."""
    return packing.months_between(since, add_months(clock.today(), _AHEAD_MONTHS))


def _tags(criteria: Criteria) -> tuple[list[str], list[list[str]]]:
    """Return the tags that every site that fits must have, and lists of which it must have one."""
    every = [*all_of("need", criteria.needs), *all_of("offer", criteria.offered)]
    if criteria.la_code is not None:
        every.append(tag("la", criteria.la_code))
    if criteria.age is not None:
        every.append(tag("age", criteria.age))
    lists = (
        all_of("stage", criteria.stages),
        all_of("evidence", criteria.evidence),
        all_of("outcome", criteria.outcomes),
        all_of("places", criteria.places),
        all_of("seen", _months(criteria.seen_since)) if criteria.seen_since else [],
    )
    return every, [tags for tags in lists if tags]
