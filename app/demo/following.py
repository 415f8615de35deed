"""What becomes of the placements of a demonstration: paid for, attended, reviewed, ended."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app import clock
from app.attendance.schemas.asked import BatchedFact
from app.attendance.service.reporting import report
from app.demo.acts import Placing
from app.demo.assessing import PRICE_PENCE, WEEKS
from app.demo.people import SCHOOL, demonstration_id
from app.demo.pupils import COVENTRY
from app.funding.schemas.asked import NewArrangement, NewDispute, NewPayer, NewSignature
from app.funding.service import arranging, disputing, signing
from app.funding.terms import FundingKind
from app.organisations.queries.facts import fact_id
from app.organisations.terms import OrganisationKind
from app.placements.schemas import PlacementEnding
from app.placements.service import ending
from app.placements.service.recording import look_at
from app.placements.terms import Destination, PlacementEnd
from app.reviews.schemas import ReviewHeld
from app.reviews.service.keeping import add_review
from app.reviews.terms import PlacementReviewDecision, Progress
from app.rules.attendance.facts import Absence
from app.rules.attendance.reporting import ReportKind
from app.rules.funding.agreeing import Capacity
from app.rules.funding.estimating import WHOLE, PriceUnit
from app.rules.working_days import is_working_day
from app.safeguarding.schemas import ItemStated, NewDutyOffer
from app.safeguarding.service import checklist, handing
from app.safeguarding.terms import BodyCapacity, Duty

PLACER, APPROVER, PAYER = "Pia Example", "Grace Example", "Ben Example"
_THE_SCHOOL = NewPayer(
    capacity=Capacity.SCHOOL,
    organisation=demonstration_id(SCHOOL),
    share_basis_points=WHOLE // 2,
)
_THE_AUTHORITY = NewPayer(
    capacity=Capacity.HOME_LA,
    organisation=fact_id(OrganisationKind.LOCAL_AUTHORITY, COVENTRY),
    share_basis_points=WHOLE // 2,
)
_DONE_FOR_SAFETY = (*("SG3", "SG4", "SG8", "SG9", "SG10", "SG11", "SG12", "SG18", "SG19", "SG21"),)
"""What is left is amber: SG15 and SG20."""
_ABSENT_EVERY = 5
"""Of so many sessions the child misses one."""


async def agree(placing: Placing, placed: uuid.UUID, day: date) -> None:
    """Let school and authority share what a place costs, and both sign."""
    session = placing.session
    async with placing.as_of(PLACER, day) as pia:
        terms = _terms(await look_at(session, placed), (_THE_SCHOOL, _THE_AUTHORITY))
        made = await arranging.arrange(session, pia, placing.ring, placed, terms)
    for number, name in enumerate((APPROVER, PAYER), start=1):
        async with placing.as_of(name, day + timedelta(days=1)) as signer:
            await signing.sign(session, signer, made, NewSignature(payer=number, terms=1))


async def dispute(placing: Placing, placed: uuid.UUID, day: date) -> None:
    """Let Coventry ask the school to pay a half, and the school say why it need not."""
    session, ring = placing.session, placing.ring
    async with placing.as_of(PAYER, day) as ben:
        terms = _terms(await look_at(session, placed), (_THE_AUTHORITY, _THE_SCHOOL))
        made = await arranging.arrange(session, ben, ring, placed, terms)
        await signing.sign(session, ben, made, NewSignature(payer=1, terms=1))
    why = NewDispute(payer=2, reason="The child is no longer on our roll.")
    async with placing.as_of(APPROVER, day + timedelta(days=2)) as grace:
        await disputing.dispute(session, grace, ring, made, why)


async def attend(
    placing: Placing, placed: uuid.UUID, monday: date, weekdays: Sequence[int], name: str
) -> None:
    """Let it be reported on Friday who came in a week: by the setting, or from a call to it.

    Args:
        placing: what it is done with.
        placed: the placement.
        monday: of the week.
        weekdays: on which the child is expected, from 0 for Monday.
        name: who reports.
    """
    days = [monday + timedelta(days=one) for one in weekdays]
    friday = monday + timedelta(days=4)
    async with placing.as_of(name, friday) as actor:
        by_phone = name == PLACER
        facts = [_seen(placed, day, by_phone=by_phone) for day in days if is_working_day(day)]
        await report(placing.session, actor, facts)


def _seen(placed: uuid.UUID, day: date, *, by_phone: bool) -> BatchedFact:
    absent = day.toordinal() % _ABSENT_EVERY == 0
    return BatchedFact(
        placement=placed,
        on=day,
        kind=ReportKind.ABSENT if absent else ReportKind.ARRIVED,
        absence=Absence.ILL if absent else None,
        told_by="The setting's office" if by_phone else None,
        told_at=clock.now() if by_phone else None,
    )


async def review(placing: Placing, placed: uuid.UUID, day: date) -> None:
    """Let the school hold a review."""
    async with placing.as_of(PLACER, day) as pia:
        held = ReviewHeld(
            reference="DEMO-1",
            held_on=day,
            held_by="Pia Example, head of inclusion",
            childs_voice="I mended a bicycle, and I want to come three days.",
            attendance_seen=80,
            progress=Progress.AS_PLANNED,
            against_objectives="Comes to both mornings in most weeks.",
            parents_view="Talks about it at home.",
            safeguarding="Seen there, and asked alone.",
            decision=PlacementReviewDecision.CONTINUE,
        )
        await add_review(placing.session, pia, placing.ring, placed, held)


async def keep_safe(placing: Placing, placed: uuid.UUID, day: date) -> None:
    """Let the school's lead do what keeps the child safe there, but for two things."""
    async with placing.as_of(APPROVER, day) as grace:
        for number in _DONE_FOR_SAFETY:
            said = ItemStated(done_on=day, done_by=APPROVER, what="Invented: done as it is asked.")
            of = (placed, number, 1)
            await checklist.record_item(placing.session, grace, placing.ring, of, said)


async def hand_over(placing: Placing, placed: uuid.UUID, since: date) -> None:
    """Let the school ask Coventry to follow attendance up; nobody has answered yet."""
    offer = NewDutyOffer(duty=Duty.ATTENDANCE_FOLLOW_UP, to=BodyCapacity.HOME_LA, since=since)
    async with placing.as_of(APPROVER, clock.today()) as grace:
        await handing.offer(placing.session, grace, placed, offer)


async def end_known(placing: Placing, placed: uuid.UUID, day: date) -> None:
    """Let a child go back to school."""
    ended = PlacementEnding(
        ended_on=day, reason=PlacementEnd.OBJECTIVES_MET, destination=Destination.HOME_SCHOOL
    )
    await _end(placing, placed, ended, day)


async def end_unknown(placing: Placing, placed: uuid.UUID, day: date) -> None:
    """Let a place end while nobody knows where the child went; somebody looks from now on."""
    ended = PlacementEnding(
        ended_on=day, reason=PlacementEnd.PARENT_WITHDREW, destination=Destination.UNKNOWN
    )
    await _end(placing, placed, ended, day + timedelta(days=1))


async def _end(placing: Placing, placed: uuid.UUID, ended: PlacementEnding, day: date) -> None:
    async with placing.as_of(PLACER, day) as pia:
        version = (await look_at(placing.session, placed)).version
        await ending.end(placing.session, pia, (placed, version), ended)


def _terms(placement: Any, payers: Sequence[NewPayer]) -> NewArrangement:
    since = placement.starts_on
    return NewArrangement(
        kind=FundingKind.EDUCATION,
        since=since,
        until=since + timedelta(weeks=WEEKS, days=-3),
        unit=PriceUnit.HALF_DAY,
        price_pence=PRICE_PENCE,
        units_a_week=Decimal(2),
        times=WEEKS,
        payers=list(payers),
    )
