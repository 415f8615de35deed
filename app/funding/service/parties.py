"""Who pays first by law, and whether those who were named can pay as what they are named."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.funding.errors import PayerClosedError
from app.funding.queries import parties as queries
from app.funding.schemas.asked import FundingTermsStated, NewPayer
from app.organisations.terms import OrganisationKind
from app.rules.funding.agreeing import Capacity, may_pay_first, required_by
from app.rules.funding.answering import ROWS
from app.rules.funding.rows import Party, Route, Row
from app.rules.stated import Rule

AnySession = ReadSession | WriteSession

_KINDS: Mapping[Capacity, frozenset[OrganisationKind]] = {
    Capacity.SCHOOL: frozenset({OrganisationKind.SCHOOL, OrganisationKind.FEDERATION}),
    Capacity.TRUST: frozenset({OrganisationKind.TRUST, OrganisationKind.FEDERATION}),
    Capacity.HOME_LA: frozenset({OrganisationKind.LOCAL_AUTHORITY}),
    Capacity.PLAN_LA: frozenset({OrganisationKind.LOCAL_AUTHORITY}),
    Capacity.CORPORATE_PARENT: frozenset({OrganisationKind.LOCAL_AUTHORITY}),
    Capacity.DEPARTMENT: frozenset({OrganisationKind.DEPARTMENT}),
    Capacity.COLLEGE: frozenset({OrganisationKind.SCHOOL}),
}
_OF_PARTY: Mapping[Party, Capacity] = {
    Party.AREA_AUTHORITY: Capacity.HOME_LA,
    Party.PLAN_AUTHORITY: Capacity.PLAN_LA,
    Party.CORPORATE_PARENT: Capacity.CORPORATE_PARENT,
    Party.SCHOOL: Capacity.SCHOOL,
    Party.ACADEMY_TRUST: Capacity.TRUST,
    Party.DEPARTMENT: Capacity.DEPARTMENT,
}
_ITS_OWN = frozenset({Party.REGISTERED_PROVIDER, Party.SENDER, Party.COLLEGE})
"""Parties that are whoever commissions the placement."""


@dataclass(frozen=True, slots=True)
class ByLaw:
    """Who pays first by the matrix, as far as the child's record says who that is.

    Attributes:
        row: of the placement's route.
        organisation_id: who that is; `None` where the record names none.
        owed_by: the enactment by which the education is owed, if it is.
        bearers: which organisation bears which capacity towards this child.
    """

    row: Row
    organisation_id: uuid.UUID | None
    owed_by: Rule | None
    bearers: Mapping[Capacity, uuid.UUID]


async def by_law(session: AnySession, placement: Any, day: date) -> ByLaw:
    """Return who pays first by the route of a placement, and who bears which duty on a day."""
    route = Route(placement.route)
    row = ROWS[route]
    bearers = await _bearers(session, placement, day)
    if row.first_payer in _ITS_OWN:
        found: uuid.UUID | None = placement.commissioner_id
    else:
        capacity = _OF_PARTY.get(row.first_payer)
        found = bearers.get(capacity) if capacity is not None else None
    return ByLaw(row, found, required_by(route), bearers)


async def _bearers(session: AnySession, placement: Any, day: date) -> dict[Capacity, uuid.UUID]:
    held = await queries.circumstances_on(session, placement.child_id, day)
    found: dict[Capacity, uuid.UUID | None] = {}
    school_id = None
    if held is not None:
        codes = {
            Capacity.HOME_LA: held.home_la_code,
            Capacity.PLAN_LA: held.plan_la_code,
            Capacity.CORPORATE_PARENT: held.care_la_code,
        }
        known = await queries.authorities(session, {one for one in codes.values() if one})
        found = {capacity: known.get(code) for capacity, code in codes.items()}
        school_id = held.school_id
    ids = {one for one in (school_id, placement.commissioner_id) if one is not None}
    near = await queries.list_organisations(session, ids)
    school = near.get(school_id) if school_id is not None else None
    if school is None and near[placement.commissioner_id].kind == OrganisationKind.SCHOOL:
        school = near[placement.commissioner_id]
    if school is not None:
        found[Capacity.SCHOOL] = school.id
        found[Capacity.TRUST] = school.parent_id or school.id
    department = await queries.find_of_kind(session, OrganisationKind.DEPARTMENT.value)
    found[Capacity.DEPARTMENT] = department
    return {capacity: one for capacity, one in found.items() if one is not None}


def pays_as(kind: str) -> Sequence[Capacity]:
    """Return as what an organisation of a kind can pay, besides as something that has no kind."""
    return [capacity for capacity, kinds in _KINDS.items() if kind in kinds]


def is_allowed_first(law: ByLaw, first: NewPayer) -> bool:
    """Say whether the matrix lets this payer pay first for this child.

    An authority or a school pays as what the child's record says it is; of a capacity that the
    record gives to nobody, any may claim it.
    """
    if not may_pay_first(law.row.route, first.capacity):
        return False
    bearer = law.bearers.get(first.capacity)
    return bearer is None or first.organisation is None or bearer == first.organisation


async def check_parties(session: AnySession, stated: FundingTermsStated) -> None:
    """Refuse payers that are not known, are not what they pay as, or have closed.

    Raises:
        InvalidRequestError: one is not known, or pays as what it is not.
        PayerClosedError: one has closed or closes before the last day.
    """
    named = {one.organisation for one in stated.payers if one.organisation is not None}
    known = await queries.list_organisations(
        session, named | {one.from_organisation for one in stated.recoveries}
    )
    faults = [
        fault
        for number, payer in enumerate(stated.payers)
        if (fault := _fault_of(payer, known, f"/payers/{number}")) is not None
    ]
    faults += [
        FieldFault("No organisation has this id.", f"/recoveries/{number}/from_organisation")
        for number, one in enumerate(stated.recoveries)
        if one.from_organisation not in known
    ]
    if faults:
        raise InvalidRequestError("Some who were named cannot pay so.", errors=tuple(faults))
    await _refuse_closed(session, stated.payers, known, stated.until)


def _fault_of(payer: NewPayer, known: Mapping[uuid.UUID, Any], at: str) -> FieldFault | None:
    kinds = _KINDS.get(payer.capacity)
    if payer.organisation is None:
        if kinds is None or payer.capacity is Capacity.COLLEGE:
            return None
        detail = f"Whoever pays as {payer.capacity} is on this service: name its id."
        return FieldFault(detail, f"{at}/name")
    organisation = known.get(payer.organisation)
    if organisation is None:
        return FieldFault("No organisation has this id. Look it up.", f"{at}/organisation")
    if payer.capacity is Capacity.PARENT:
        return FieldFault("A parent is no organisation: give a name.", f"{at}/organisation")
    if kinds is not None and organisation.kind not in kinds:
        detail = f"{organisation.name} is no {payer.capacity}. Say as what it pays."
        return FieldFault(detail, f"{at}/capacity")
    return None


async def _refuse_closed(
    session: AnySession, payers: Sequence[NewPayer], known: Mapping[uuid.UUID, Any], until: date
) -> None:
    for number, payer in enumerate(payers):
        organisation = known.get(payer.organisation) if payer.organisation else None
        if organisation is None or not has_closed_by(organisation, until):
            continue
        followed = await queries.successors_of(session, organisation)
        named = " and ".join(one.name for one in followed) or "nobody that is known here"
        on = f" on {organisation.closed_on}" if organisation.closed_on else ""
        detail = f"{organisation.name} closed{on}. Who followed it: {named}."
        raise PayerClosedError(
            detail,
            errors=(FieldFault(detail, f"/payers/{number}/organisation"),),
            successors=[{"id": str(one.id), "name": one.name} for one in followed],
        )


def has_closed_by(organisation: Any, day: date) -> bool:
    """Say whether an organisation has closed by a day, as far as its source says."""
    if organisation.closed_on is not None:
        return bool(organisation.closed_on <= day)
    return bool(organisation.said_shut)
