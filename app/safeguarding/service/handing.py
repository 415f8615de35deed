"""Handing a duty from one body to another: offered, and accepted, refused or withdrawn.

Until the other has accepted, the former goes on: a child is never in nobody's hands, nor in two's.
"""

import uuid
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.children import personal_parts
from app.children.errors import ChildErasedError
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.placements.errors import PlacementEndedError, PlacementNotFoundError
from app.placements.service.recording import subject_of
from app.providers.service.records import person_of
from app.safeguarding.errors import (
    DutyNotYoursError,
    DutyOfferAnsweredError,
    DutyOfferNotFoundError,
    DutyOfferOpenError,
    DutyOfferOverError,
)
from app.safeguarding.policies import HandoverFault, Period, body_on, fault_of, handed_over
from app.safeguarding.queries import duties as queries
from app.safeguarding.schemas import DutyAcceptance, DutyPerson, NewDutyOffer, NewDutyPerson
from app.safeguarding.terms import Duty, OfferAnswer
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession
REACH = "duty_contacts.encrypted_reach"


async def look_at(session: AnySession, placement_id: uuid.UUID) -> Any:
    """Return whose a placement is, for who may see who answers for it.

    Raises:
        PlacementNotFoundError: there is none.
    """
    found = await queries.get_facts(session, placement_id)
    if found is None:
        raise PlacementNotFoundError("No placement has this id, or none that you may see.")
    return found


async def name_person(
    session: WriteSession, actor: Actor, ring: Keyring, placement_id: uuid.UUID, new: NewDutyPerson
) -> None:
    """Name another person of the body that answers.

    Raises:
        PersonNeededError: a machine asks.
        PlacementNotFoundError: there is none that the actor may see.
        PlacementEndedError: it has ended.
        DutyNotYoursError: another body answers.
        ChildErasedError: the child's record was erased.
    """
    person_of(actor)
    held = await _held(session, placement_id)
    body = await _own_body(session, placement_id, new.duty)
    await _name(session, actor, ring, (placement_id, held, body), (new.duty, new.person))
    subject = subject_of(placement_id, held.commissioner_id)
    await record(session, actor, "duty.person_named", subject, after={"duty": new.duty})


async def offer(
    session: WriteSession, actor: Actor, placement_id: uuid.UUID, new: NewDutyOffer
) -> None:
    """Ask another body to take a duty over from a day.

    Raises:
        PersonNeededError: a machine asks.
        PlacementNotFoundError: there is none that the actor may see.
        PlacementEndedError: it has ended.
        DutyNotYoursError: another body answers.
        DutyOfferOpenError: another was asked already, or takes it over already.
        InvalidRequestError: no such body is known of the child, it answers already, or the day
            has passed or lies after the end.
    """
    person_id = person_of(actor)
    held = await _held(session, placement_id)
    body = await _own_body(session, placement_id, new.duty)
    if await queries.find_open_offer(session, placement_id, new.duty.value) is not None:
        raise DutyOfferOpenError("Withdraw the offer that is open, or wait for its answer.")
    to = (await queries.bodies_of(session, placement_id)).get(new.to.value)
    if to is None:
        detail = f"The child's record names no {new.to}. Put the record right first."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/to"),))
    periods = _periods(await queries.list_periods(session, placement_id), new.duty)
    _check_offered(fault_of(periods, to, new.since, (clock.today(), held.ended_on)))
    row = {
        "id": uuid7(),
        "placement_id": placement_id,
        "duty": new.duty.value,
        "from_organisation_id": body,
        "to_organisation_id": to,
        "since": new.since,
        "offered_by": person_id,
        "offered_by_name": actor.name,
        "offered_at": clock.now(),
    }
    await queries.add_offer(session, row)
    subject = subject_of(placement_id, held.commissioner_id)
    after = {"duty": new.duty, "to": new.to, "since": new.since}
    await record(session, actor, "duty.offered", subject, after=after)


async def accept(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, uuid.UUID],
    said: DutyAcceptance,
) -> None:
    """Take a duty over, and say who answers.

    Raises:
        PersonNeededError: a machine asks.
        PlacementNotFoundError, DutyOfferNotFoundError: there is none that the actor may see.
        PlacementEndedError: it has ended.
        DutyNotYoursError: another body was asked.
        DutyOfferAnsweredError: it was answered or withdrawn.
        DutyOfferOverError: its day has passed, or the placement ends before it.
        ChildErasedError: the child's record was erased.
    """
    person_of(actor)
    placement_id = of[0]
    held = await _held(session, placement_id)
    asked = await _asked(session, of, "to_organisation_id")
    duty = Duty(asked.duty)
    rows = [
        row for row in await queries.list_periods(session, placement_id) if row.duty == asked.duty
    ]
    periods = _periods(rows, duty)
    to = asked.to_organisation_id
    if fault_of(periods, to, asked.since, (clock.today(), held.ended_on)) is not None:
        raise DutyOfferOverError(
            f"It was to hold from {asked.since}, and can no longer. Have it offered anew."
        )
    *_, closed, begun = handed_over(periods, to, asked.since)
    if closed.until is not None:
        await queries.close_period(session, rows[-1].id, closed.until)
    period = {
        "id": uuid7(),
        "placement_id": placement_id,
        "duty": asked.duty,
        "organisation_id": begun.organisation_id,
        "since": begun.since,
        "until": begun.until,
        "recorded_at": clock.now(),
    }
    await queries.add_periods(session, [period])
    await _name(session, actor, ring, (placement_id, held, to), (duty, said.person))
    await _answer(session, actor, (held, asked), OfferAnswer.ACCEPTED)


async def refuse(session: WriteSession, actor: Actor, of: tuple[uuid.UUID, uuid.UUID]) -> None:
    """Say that one's body does not take a duty over; the other goes on.

    Raises:
        PersonNeededError: a machine asks.
        PlacementNotFoundError, DutyOfferNotFoundError: there is none that the actor may see.
        DutyNotYoursError: another body was asked.
        DutyOfferAnsweredError: it was answered or withdrawn.
    """
    await _turn_down(session, actor, of, OfferAnswer.REFUSED)


async def withdraw(session: WriteSession, actor: Actor, of: tuple[uuid.UUID, uuid.UUID]) -> None:
    """Take an offer back that nobody has answered.

    Raises:
        PersonNeededError: a machine asks.
        PlacementNotFoundError, DutyOfferNotFoundError: there is none that the actor may see.
        DutyNotYoursError: another body offered it.
        DutyOfferAnsweredError: it was answered or withdrawn.
    """
    await _turn_down(session, actor, of, OfferAnswer.WITHDRAWN)


async def _turn_down(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, uuid.UUID], answer: OfferAnswer
) -> None:
    person_of(actor)
    await queries.lock_duties(session, of[0])
    held = await look_at(session, of[0])
    side = "to_organisation_id" if answer is OfferAnswer.REFUSED else "from_organisation_id"
    await _answer(session, actor, (held, await _asked(session, of, side)), answer)


async def _held(session: WriteSession, placement_id: uuid.UUID) -> Any:
    await queries.lock_duties(session, placement_id)
    held = await look_at(session, placement_id)
    if held.ended_on is not None and held.ended_on < clock.today():
        raise PlacementEndedError(f"It ended on {held.ended_on}; nothing is handed over any more.")
    return held


async def _own_body(session: WriteSession, placement_id: uuid.UUID, duty: Duty) -> uuid.UUID:
    periods = _periods(await queries.list_periods(session, placement_id), duty)
    body = body_on(periods, max(clock.today(), periods[0].since))
    if body is None or body not in await queries.bodies_acted_as(session):
        raise DutyNotYoursError("The body that answers for it now names its people and offers it.")
    return body


async def _asked(session: WriteSession, of: tuple[uuid.UUID, uuid.UUID], side: str) -> Any:
    asked = await queries.get_offer(session, *of)
    if asked is None:
        raise DutyOfferNotFoundError("No offer has this id, or none that you may see.")
    if getattr(asked, side) not in await queries.bodies_acted_as(session):
        raise DutyNotYoursError("The body that was asked answers; the one that offered withdraws.")
    if asked.answer is not None:
        raise DutyOfferAnsweredError(f"It was {asked.answer} by {asked.answered_by_name}.")
    return asked


async def _answer(
    session: WriteSession, actor: Actor, of: tuple[Any, Any], answer: OfferAnswer
) -> None:
    held, asked = of
    values = {
        "answer": answer.value,
        "answered_by": person_of(actor),
        "answered_by_name": actor.name,
        "answered_at": clock.now(),
    }
    await queries.answer_offer(session, asked.id, values)
    subject = subject_of(asked.placement_id, held.commissioner_id)
    after = {"duty": asked.duty, "answer": answer, "since": asked.since}
    await record(session, actor, "duty.offer_answered", subject, after=after)


async def _name(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, Any, uuid.UUID],
    named: tuple[Duty, DutyPerson],
) -> None:
    (placement_id, held, body), (duty, person) = of, named
    if held.sealed_key is None:
        raise ChildErasedError("The child's record was erased; nothing is added to it.")
    contact_id = uuid7()
    key = personal_parts.open_key(ring, held.child_id, held.sealed_key)
    reach = person.model_dump(include={"phone", "email"}, exclude_none=True)
    encrypted = personal_parts.encrypt(key, context_of(REACH, contact_id), reach)
    row = {
        "id": contact_id,
        "placement_id": placement_id,
        "duty": duty.value,
        "organisation_id": body,
        "name": person.name,
        "post": person.post,
        "encrypted_reach": encrypted if reach else None,
        "named_by_name": actor.name,
        "recorded_at": clock.now(),
    }
    await queries.add_contacts(session, [row])


def _periods(rows: Any, duty: Duty) -> list[Period]:
    return [Period(row.organisation_id, row.since, row.until) for row in rows if row.duty == duty]


def _check_offered(fault: HandoverFault | None) -> None:
    if fault is None:
        return
    if fault is HandoverFault.COMES_ALREADY:
        raise DutyOfferOpenError("Another body has accepted it already, from a later day.")
    where, detail = {
        HandoverFault.TO_ITSELF: ("/to", "That body answers for it now. Name another."),
        HandoverFault.DAY_PASSED: ("/since", "Name a day from today on, after the last handover."),
        HandoverFault.AFTER_THE_END: ("/since", "The placement ends before. Name an earlier day."),
    }[fault]
    raise InvalidRequestError(detail, errors=(FieldFault(detail, where),))
