"""Handing a follow-up from one local authority to another: offered, and accepted or declined.

Until the other has accepted, the former goes on: the child is never in nobody's hands.
"""

import uuid

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.organisations.terms import OrganisationKind
from app.oversight.errors import (
    FollowUpNotYoursError,
    HandoverNotFoundError,
    HandoverOpenError,
)
from app.oversight.queries import follow_ups as queries
from app.oversight.schemas import HandoverAnswered, HandoverOffered
from app.oversight.service.opening import subject_of
from app.oversight.service.working import held_open, locked_open, look_at
from app.oversight.terms import HandoverAnswer, HandoverReason, SpellBegin
from app.providers.service.records import person_of
from app.rules.missing.chasing import first_contact
from app.values.uuid7 import uuid7


async def offer(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int], offered: HandoverOffered
) -> None:
    """Ask another authority to take a follow-up over.

    The department asks as well, where the authority that looks was abolished.

    Raises:
        PersonNeededError: a machine asks.
        FollowUpNotFoundError, FollowUpNotYoursError, FollowUpClosedError: as for `held_open`.
        VersionChangedError: it was changed since they read it.
        HandoverOpenError: another was asked already.
        InvalidRequestError: there is no such authority, or it is the one that looks.
    """
    person_of(actor)
    department = actor.organisation_kind == OrganisationKind.DEPARTMENT
    if department and offered.reason is HandoverReason.AUTHORITY_ABOLISHED:
        await look_at(session, of[0])
        held = await locked_open(session, *of)
    else:
        held = await held_open(session, actor, *of)
    if await queries.get_open_handover(session, held.id) is not None:
        raise HandoverOpenError("Another authority was asked and has not answered yet.")
    known = await queries.knows_authority(session, offered.to_la)
    if not known or offered.to_la == held.la_code:
        detail = "Name another local authority, by its three-digit code."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/to_la"),))
    row = {
        "id": uuid7(),
        "follow_up_id": held.id,
        "from_la_code": held.la_code,
        "to_la_code": offered.to_la,
        "reason": offered.reason.value,
        "offered_on": clock.today(),
        "offered_by_name": actor.name,
    }
    await queries.add_handover(session, row)
    await queries.change_follow_up(session, held.id, {})
    after = {"to_la": offered.to_la, "reason": offered.reason}
    await record(session, actor, "follow_up.handover_offered", subject_of(held), after=after)


async def answer(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int], said: HandoverAnswered
) -> None:
    """Accept a follow-up, which is this authority's from then on, or decline it.

    Raises:
        PersonNeededError: a machine asks.
        FollowUpNotFoundError: there is none that the actor may see.
        FollowUpNotYoursError: they do not act for an authority.
        HandoverNotFoundError: nobody asked them.
        FollowUpClosedError: it has ended.
        VersionChangedError: it was changed since they read it.
    """
    person_of(actor)
    await look_at(session, of[0])
    if actor.la_code is None:
        raise FollowUpNotYoursError("Only a local authority takes a follow-up over.")
    held = await locked_open(session, *of)
    asked = await queries.get_open_handover(session, held.id)
    if asked is None or asked.to_la_code != actor.la_code:
        raise HandoverNotFoundError("Nobody asks your authority to take it over.")
    today = clock.today()
    accepted = said.answer is HandoverAnswer.ACCEPTED
    values = {}
    if accepted:
        values = {"la_code": actor.la_code, "next_step_by": first_contact(today).due_on}
    await queries.change_follow_up(session, held.id, values)
    if accepted:
        spell = {"follow_up_id": held.id, "la_code": actor.la_code, "since": today}
        await queries.add_spell(session, spell | {"became": SpellBegin.HANDED_OVER.value})
    answered = {"answer": said.answer.value, "answered_on": today}
    await queries.answer_handover(session, asked.id, answered | {"answered_by_name": actor.name})
    after = {"answer": said.answer, "from_la": asked.from_la_code}
    await record(session, actor, "follow_up.handover_answered", subject_of(held), after=after)
