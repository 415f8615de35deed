"""What can be wrong with a plan: every fault at once, each with where and how to mend it."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from app import clock
from app.access import Actor
from app.db.events import WriteSession
from app.errors import FieldFault
from app.inspections.schemas.inspections import NewInspection
from app.inspections.terms import InspectionKind
from app.organisations.queries.organisations import get_organisation
from app.organisations.terms import OrganisationKind
from app.standards.queries.versions import list_criteria

FARTHEST = timedelta(days=731)
"""How far ahead, or back, an inspection is planned: one done offline may be told late."""
QA_KINDS = frozenset(
    {
        OrganisationKind.LOCAL_AUTHORITY,
        OrganisationKind.LOCAL_AUTHORITY_TEAM,
        OrganisationKind.QA_BODY,
    }
)
"""Organisations whose people can be inspectors."""
NAMES_CRITERIA = frozenset({InspectionKind.THEMED, InspectionKind.FOLLOW_UP})
"""Kinds that look at what they name, and at nothing else."""


async def faults_of_plan(
    session: WriteSession,
    actor: Actor,
    new: NewInspection,
    sites: Sequence[Any],
    version_id: uuid.UUID,
) -> list[FieldFault]:
    """Return everything that does not fit of a new plan.

    Args:
        session: the transaction.
        actor: who plans.
        new: what they plan.
        sites: those of its sites that the provider has.
        version_id: of the standards in force on the planned day.
    """
    return [
        *faults_of_day(new.planned_on),
        *_faults_of_sites(new, sites),
        *await faults_of_criteria(session, new.kind, new.criteria, sites, version_id),
        *await _faults_of_body(session, new.body or actor.organisation_id),
    ]


def faults_of_day(day: date) -> Iterator[FieldFault]:
    """Find fault with a day too far away."""
    today = clock.today()
    if not today - FARTHEST <= day <= today + FARTHEST:
        yield FieldFault("Plan a day within two years from today.", "/planned_on")


async def faults_of_criteria(
    session: WriteSession,
    kind: InspectionKind,
    named: Collection[str],
    sites: Sequence[Any],
    version_id: uuid.UUID,
) -> list[FieldFault]:
    """Find fault with criteria that are missing, needless, unknown or asked nowhere here."""
    if kind not in NAMES_CRITERIA:
        words = f"An inspection of the kind {kind} looks at everything that is asked: name none."
        return [FieldFault(words, "/criteria")] if named else []
    if not named:
        return [FieldFault(f"Name the criteria that a {kind} inspection looks at.", "/criteria")]
    known = {one.number: one for one in await list_criteria(session, version_id)}
    kinds = {site.kind for site in sites}
    faults = []
    for place, number in enumerate(named):
        where = f"/criteria/{place}"
        if number not in known:
            words = "The standards in force on that day have no criterion of this number."
            faults.append(FieldFault(words, where))
        elif (asked := set(known[number].site_kinds)) and asked.isdisjoint(kinds):
            faults.append(FieldFault("It is asked at none of these sites.", where))
    return faults


def _faults_of_sites(new: NewInspection, sites: Sequence[Any]) -> Iterator[FieldFault]:
    found = {site.reference: site for site in sites}
    for place, reference in enumerate(new.sites):
        site, where = found.get(reference), f"/sites/{place}"
        if site is None:
            yield FieldFault(f"The provider has no site {reference}.", where)
        elif new.sites.index(reference) != place:
            yield FieldFault(f"Site {reference} is named twice.", where)
        elif site.la_code != sites[0].la_code:
            words = "It lies in the area of another local authority: plan an inspection there."
            yield FieldFault(words, where)
        elif _is_shut(site, new.planned_on) and new.kind is not InspectionKind.CLOSURE:
            words = f"Site {reference} is closed on that day; only a closure inspection is planned."
            yield FieldFault(words, where)


def _is_shut(site: Any, day: date) -> bool:
    return site.closed_on is not None and site.closed_on <= day


async def _faults_of_body(session: WriteSession, body_id: uuid.UUID | None) -> list[FieldFault]:
    body = await get_organisation(session, body_id) if body_id else None
    if body is not None and body.kind in QA_KINDS and body.closed_on is None:
        return []
    words = "Name a local authority, a team of one, or another QA body: its people inspect."
    return [FieldFault(words, "/body")]
