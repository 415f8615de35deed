"""What can be wrong with a whole result, besides its judgements: each by JSON pointer."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol

from app import clock
from app.db.events import WriteSession
from app.errors import AppError, FieldFault
from app.inspections.schemas.judgements import FoundAtSite
from app.inspections.schemas.results import ResultDocument
from app.inspections.service.inspectors import officer_for
from app.inspections.service.judging import Key
from app.inspections.service.looking import Sheet
from app.inspections.service.plan_faults import FARTHEST, faults_of_criteria

MOST_MISSING = 50
"""How many missing judgements are named; the rest are counted."""


class Team(Protocol):
    """Whose inspectors look at whom."""

    @property
    def provider_id(self) -> uuid.UUID:
        """Of the provider."""

    @property
    def body_id(self) -> uuid.UUID:
        """Of the body."""

    @property
    def body_name(self) -> str:
        """Likewise."""


def of_day(document: ResultDocument) -> Iterator[FieldFault]:
    """Find fault with a visit that is yet to come, or was too long ago."""
    today = clock.today()
    if document.visited_on > today:
        words = f"It is {today} in London: nothing is found on a visit in the future."
        yield FieldFault(words, "/visited_on")
    elif document.visited_on < today - FARTHEST:
        yield FieldFault("It is more than two years ago. Look again.", "/visited_on")


def of_sites(document: ResultDocument, sites: Sequence[Any]) -> Iterator[FieldFault]:
    """Find fault with sites that the provider does not have, or that do not go together."""
    held = {site.reference: site for site in sites}
    for place, reference in enumerate(document.sites):
        site, where = held.get(reference), f"/sites/{place}"
        if site is None:
            yield FieldFault(f"The provider has no site {reference}.", where)
        elif document.sites.index(reference) != place:
            yield FieldFault(f"Site {reference} is named twice.", where)
        elif site.la_code != sites[0].la_code:
            words = "It lies in the area of another local authority: send a result for there."
            yield FieldFault(words, where)


def of_planned(
    document: ResultDocument, planned: Any, its_sites: Collection[int]
) -> Iterator[FieldFault]:
    """Find fault with what does not fit the inspection that was planned."""
    if document.kind != planned.kind:
        yield FieldFault(f"{planned.reference} was planned as {planned.kind}.", "/kind")
    for place, reference in enumerate(document.sites):
        if reference not in its_sites:
            looked_at = ", ".join(map(str, sorted(its_sites)))
            words = f"{planned.reference} does not look at it, but at {looked_at}."
            yield FieldFault(words, f"/sites/{place}")
    if document.criteria and set(document.criteria) != set(planned.criteria):
        words = f"{planned.reference} looks at {', '.join(planned.criteria) or 'everything'}."
        yield FieldFault(f"{words} Leave them out, or name the same.", "/criteria")


def of_standards(document: ResultDocument, *, applying: bool) -> FieldFault:
    """Return the fault of standards that were never published, or of a day that has none."""
    words = (
        f"No version of the standards is in force on {document.visited_on}: it cannot be applied."
        if applying
        else "No published version has this code. Those there are: GET /v1/standards."
    )
    return FieldFault(words, "/visited_on" if applying else "/standards")


async def of_criteria(
    session: WriteSession, document: ResultDocument, sites: Sequence[Any], version_id: uuid.UUID
) -> list[FieldFault]:
    """Find fault with criteria named that are missing, needless, unknown or asked nowhere here."""
    if document.inspection is not None and not document.criteria:
        return []
    named = document.criteria
    return await faults_of_criteria(session, document.kind, named, sites, version_id)


async def of_inspectors(
    session: WriteSession, team: Team, document: ResultDocument
) -> list[FieldFault]:
    """Find fault with people who may not inspect there."""
    found: list[FieldFault] = []
    for place, person_id in enumerate(document.inspectors):
        where = f"/inspectors/{place}"
        if document.inspectors.index(person_id) != place:
            found.append(FieldFault("They are named twice.", where))
            continue
        try:
            await officer_for(session, team, person_id, where)
        except AppError as refused:
            found += refused.errors
    return found


def of_missing(
    sheet: Sheet, stated: Sequence[FoundAtSite], held: Mapping[Key, Any]
) -> Iterator[FieldFault]:
    """Find fault with everything that is looked at and nobody judged."""
    there = {(one.site, one.criterion) for one in stated} | held.keys()
    missing = [
        (site, number)
        for site, criteria in sheet.asked.items()
        for number in criteria
        if (site, number) not in there
    ]
    for site, number in missing[:MOST_MISSING]:
        words = f"Criterion {number} is not judged at site {site}. Where nobody looked, say so: "
        yield FieldFault(f"{words}not-assessed, and why.", "/judgements")
    if len(missing) > MOST_MISSING:
        more = len(missing) - MOST_MISSING
        yield FieldFault(f"{more} further judgement(s) are missing.", "/judgements")
