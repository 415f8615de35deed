"""Everything of an arrangement, put together for whoever may see it."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app import clock
from app.calculators.schemas.stated import RuleCited
from app.db.events import ReadSession, WriteSession
from app.funding.queries import arrangements as queries
from app.funding.queries import parties as party_queries
from app.funding.schemas.told import (
    FirstPayerByLaw,
    FundedPlacement,
    FundingArrangementOut,
    FundingDisputeOut,
    FundingGap,
    FundingOverrideOut,
    FundingPayerOut,
    FundingRecoveryOut,
    FundingSignatureOut,
    FundingTermsOut,
    InterimPayerOut,
    PayerClosed,
    PlacementFunding,
    Successor,
)
from app.funding.service import wording
from app.funding.service.arranging import funded, look_at
from app.funding.service.parties import by_law, has_closed_by
from app.funding.service.standing import (
    Days,
    days_outside,
    missing_days,
    missing_signatures,
    state_of,
)
from app.funding.terms import FundingKind
from app.keyring.ring import Keyring
from app.occupancy.terms import Weekday
from app.rules.catalogue import RULES
from app.rules.funding.agreeing import OTHER_PAYER, days_left
from app.rules.stated import Rule

AnySession = ReadSession | WriteSession
_WEEKDAYS = tuple(Weekday)
_BY_CODE: Mapping[str, Rule] = {rule.code: rule for rules in RULES.values() for rule in rules}


async def tell(
    session: AnySession, ring: Keyring, arrangement_id: uuid.UUID
) -> FundingArrangementOut:
    """Return an arrangement whole, with what was agreed before.

    Raises:
        ArrangementNotFoundError: there is none that the actor may see.
    """
    held = await look_at(session, arrangement_id)
    placed = (await funded(session, [held.placement_id]))[held.placement_id]
    key = await wording.key_of(session, ring, arrangement_id)
    payers = await queries.list_payers(session, arrangement_id)
    signed = await queries.list_signatures(session, arrangement_id)
    override = await queries.get_override(session, arrangement_id, held.amounts_of)
    disputes = await queries.list_disputes(session, arrangement_id)
    terms = await _terms(session, held, payers, signed)
    return FundingArrangementOut(
        id=held.id,
        placement=placement_out(placed),
        kind=held.kind,
        state=state_of(held, override),
        hours_changed_on=held.hours_changed_on,
        agreed_at=held.agreed_at,
        terms=terms[0],
        former_terms=terms[1:],
        missing_signatures=missing_signatures(held, payers, signed),
        override=_override(key, override),
        disputes=[_dispute(key, one) for one in disputes],
        interim_payer=_interim(await queries.get_interim(session, arrangement_id)),
        version=held.version,
    )


async def tell_of_placement(session: AnySession, ring: Keyring, placement: Any) -> PlacementFunding:
    """Return who pays for a placement by law and as agreed, and which days lack a payer."""
    law = await by_law(session, placement, max(placement.starts_on, clock.today()))
    rows = await queries.list_of_placement(session, placement.id)
    placed = Days(placement.starts_on, placement.ended_on or placement.planned_end_on)
    paid = {
        kind: [Days(row.since, row.until) for row in rows if row.kind == kind]
        for kind in FundingKind
    }
    education = FundingKind.EDUCATION
    owner = None
    if law.organisation_id is not None:
        known = await party_queries.list_organisations(session, [law.organisation_id])
        owner = known[law.organisation_id].name
    return PlacementFunding(
        placement=placement.id,
        first_payer_by_law=FirstPayerByLaw(
            party=law.row.first_payer,
            organisation=law.organisation_id,
            name=owner,
            says=law.row.payment.says,
            rule=RuleCited.model_validate(law.row.payment.rule),
            owed_by=RuleCited.model_validate(law.owed_by) if law.owed_by else None,
            recoveries=[cell.says for cell in law.row.recoveries],
        ),
        arrangements=[await tell(session, ring, row.id) for row in rows],
        gaps=[_gap(education, days) for days in missing_days(placed, paid[education])],
        outside=[
            _gap(kind, days) for kind in FundingKind for days in days_outside(placed, paid[kind])
        ],
    )


def placement_out(row: Any) -> FundedPlacement:
    """Return what whoever pays may know of a placement."""
    told = {name: getattr(row, name) for name in FundedPlacement.model_fields if name != "id"}
    days = [_WEEKDAYS[day - 1] for day in row.days]
    return FundedPlacement.model_validate({**told, "id": row.placement_id, "days": days})


def gap_out(since: date, until: date | None) -> FundingGap:
    """Return days of a placement's education that nobody pays for."""
    return FundingGap(kind=FundingKind.EDUCATION, since=since, until=until)


async def _terms(
    session: AnySession, held: Any, payers: Sequence[Any], signed: Sequence[Any]
) -> list[FundingTermsOut]:
    recoveries = await queries.list_recoveries(session, held.id)
    closed = await _closed(session, payers)
    signatures = {(one.terms_number, one.payer_number): one for one in signed}
    found, amounts_of = [], held.amounts_of
    for row in await queries.list_terms(session, held.id):
        void = row.number < held.amounts_of and any(
            one.terms_number == row.number for one in signed
        )
        of = amounts_of if row.number >= held.amounts_of else row.number
        own = [one for one in payers if one.terms_number == row.number]
        found.append(
            FundingTermsOut(
                **{name: getattr(row, name) for name in _OF_TERMS},
                written_by=row.written_by_name,
                payers=[_payer(one, signatures.get((of, one.number)), closed) for one in own],
                recoveries=[
                    FundingRecoveryOut(
                        from_organisation=one.from_organisation_id,
                        **{name: getattr(one, name) for name in _OF_RECOVERY},
                    )
                    for one in recoveries
                    if one.terms_number == row.number
                ],
                signatures_void=void,
            )
        )
    return found


_OF_TERMS = (
    *("number", "since", "until", "unit", "price_pence", "units_a_week", "times"),
    *("estimate_pence", "vat_note", "why", "written_at"),
)
_OF_RECOVERY = ("basis", "from_name", "amount_pence", "formula", "rule", "since", "until")


async def _closed(session: AnySession, payers: Sequence[Any]) -> dict[uuid.UUID, PayerClosed]:
    """Return which payers have closed by today, and who followed them."""
    ids = {one.organisation_id for one in payers if one.organisation_id is not None}
    found = {}
    for organisation in (await party_queries.list_organisations(session, ids)).values():
        if has_closed_by(organisation, clock.today()):
            followed = await party_queries.successors_of(session, organisation)
            found[organisation.id] = PayerClosed(
                closed_on=organisation.closed_on,
                successors=[Successor(id=one.id, name=one.name) for one in followed],
            )
    return found


def _payer(
    row: Any, signature: Any | None, closed: Mapping[uuid.UUID, PayerClosed]
) -> FundingPayerOut:
    return FundingPayerOut(
        number=row.number,
        capacity=row.capacity,
        organisation=row.organisation_id,
        name=row.organisation_name or row.name,
        share_basis_points=row.share_basis_points,
        amount_pence=row.amount_pence,
        order_number=row.order_number,
        budget_line=row.budget_line,
        signature=FundingSignatureOut.model_validate(signature) if signature else None,
        closed=closed.get(row.organisation_id) if row.organisation_id else None,
    )


def _override(key: bytes | None, row: Any | None) -> FundingOverrideOut | None:
    if row is None:
        return None
    place = (wording.OVERRIDE, f"{row.arrangement_id} {row.terms_number}")
    return FundingOverrideOut(
        reason=wording.decrypted(key, place, row.encrypted_reason),
        proposed_by=row.proposed_by_name,
        confirmed_by=row.confirmed_by_name,
        confirmed_at=row.confirmed_at,
        rule=RuleCited.model_validate(OTHER_PAYER),
    )


def _dispute(key: bytes | None, row: Any) -> FundingDisputeOut:
    settled = (wording.SETTLEMENT, row.id)
    return FundingDisputeOut(
        id=row.id,
        payer=row.payer_number,
        terms=row.terms_number,
        name=row.payer_name,
        reason=wording.decrypted(key, (wording.DISPUTE, row.id), row.encrypted_reason),
        opened_by=row.opened_by_name,
        opened_at=row.opened_at,
        due_on=row.due_on,
        days_left=days_left(row.due_on, clock.today()),
        settlement=row.settlement,
        settled_at=row.settled_at,
        decided_by=row.decided_by,
        settlement_reasons=wording.decrypted(key, settled, row.encrypted_settlement),
    )


def _interim(row: Any | None) -> InterimPayerOut | None:
    if row is None:
        return None
    return InterimPayerOut(
        party=row.party,
        organisation=row.organisation_id,
        name=row.name,
        rule=RuleCited.model_validate(_BY_CODE[row.rule]),
        because=row.because,
        without_prejudice=row.without_prejudice,
        since=row.since,
        until=row.until,
    )


def _gap(kind: FundingKind, days: Days) -> FundingGap:
    return FundingGap(kind=kind, since=days.since, until=days.until)
