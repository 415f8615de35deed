"""Who would fall short on what when a published version of the standards takes effect."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app import clock
from app.access import Actor
from app.db.events import ReadSession
from app.inspections.errors import NoComingStandardsError
from app.inspections.queries import impacts as queries
from app.inspections.queries.impacts import Wanted
from app.organisations.terms import OrganisationKind
from app.providers.errors import DecidedElsewhereError
from app.standards.models import Criterion
from app.standards.policies import applicable
from app.standards.queries.versions import list_criteria, list_published, list_steps
from app.standards.terms import Force, Relation
from app.standards.walking import gravest
from app.values.site_kind import SiteKind, StaffSize

MOST_SITES = 100
"""Of one provider, on a page."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A published version that is to come.

    Attributes:
        version: its row.
        criteria: those that count in an outcome, in order.
    """

    version: Any
    criteria: Sequence[Criterion]

    def asked_of(self, site_kind: str, staff_size: str | None) -> list[str]:
        """Return the numbers of what it asks of a site of a kind, of a provider of a size."""
        size = StaffSize(staff_size) if staff_size else None
        return [one.number for one in applicable(self.criteria, SiteKind(site_kind), size)]


@dataclass(frozen=True, slots=True)
class CriterionImpact:
    """A criterion, what it came from, and at how many sites what is found of it."""

    criterion: Criterion
    became: Relation | None
    asked: int
    found: Counter[str]


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything that is asked for, counted."""

    sites: int
    falling_short: int
    never_inspected: int
    criteria: Sequence[CriterionImpact]


async def coming(session: ReadSession, code: str | None) -> Coming:
    """Return a version that is to come: the next, unless its code says which.

    Raises:
        NoComingStandardsError: none is published, or the one named holds already.
    """
    today = clock.today()
    later = [
        one
        for one in await list_published(session)
        if one.in_force and one.in_force.lower and one.in_force.lower > today
    ]
    held = next((one for one in later if code in {None, one.code}), None)
    if held is None:
        which = "No version" if code is None else f"No version {code[:100]}"
        raise NoComingStandardsError(
            f"{which} of the standards is published that has yet to take effect. What holds now, "
            "and how sites stand by it, is in their records."
        )
    every = await list_criteria(session, held.id)
    return Coming(held, [one for one in every if one.force != Force.GOOD_PRACTICE.value])


async def wanted_by(
    session: ReadSession, actor: Actor, held: Coming, la_code: str | None, provider: str | None
) -> Wanted:
    """Return of which sites somebody is told: all, those of an area, or those they answer for.

    Raises:
        DecidedElsewhereError: it is the area of another authority.
    """
    everywhere = actor.organisation_kind == OrganisationKind.DEPARTMENT
    if la_code is not None and not everywhere and actor.la_code != la_code:
        raise DecidedElsewhereError(f"The sites of {la_code} are for those who decide there.")
    return Wanted(
        held.version.id,
        held.version.in_force.lower,
        la_code=la_code if everywhere else actor.la_code,
        providers=None if everywhere or actor.la_code else await queries.find_own(session),
        provider=provider,
    )


async def found_at(session: ReadSession, number: str, code: str) -> Sequence[Any]:
    """Return what a version would find at the inspected sites of a provider, while it is to come.

    Each row as `queries.list_sites` returns it.
    """
    try:
        held = await coming(session, code)
    except NoComingStandardsError:
        return ()
    wanted = Wanted(held.version.id, held.version.in_force.lower, provider=number)
    rows = await queries.list_sites(session, wanted, None, None, MOST_SITES, falls_short=False)
    return [row for row in rows if row.outcome_then is not None]


async def totals_of(session: ReadSession, held: Coming, wanted: Wanted) -> Totals:
    """Return how many sites fall short on what, in so many statements however many sites."""
    rows = await queries.count_all(session, wanted)
    groups = [row for row in rows if row.found is None]
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.found is not None:
            found[row.criterion][row.found] = row.sites
    asked: Counter[str] = Counter()
    for row in groups:
        for number in held.asked_of(row.site_kind, row.staff_size):
            asked[number] += row.sites
            if not row.inspected:
                found[number][queries.NOTHING_KNOWN] += row.sites
    became = await _became(session, held)
    return Totals(
        sites=sum(row.sites for row in groups),
        falling_short=sum(row.sites for row in groups if row.short),
        never_inspected=sum(row.sites for row in groups if not row.inspected),
        criteria=[
            CriterionImpact(one, became.get(one.id), asked[one.number], found[one.number])
            for one in held.criteria
        ],
    )


async def _became(session: ReadSession, held: Coming) -> dict[uuid.UUID, Relation]:
    steps = defaultdict(list)
    for step in await list_steps(session, held.version.id):
        steps[step.target].append(step.relation)
    return {target: gravest(relations) for target, relations in steps.items()}
