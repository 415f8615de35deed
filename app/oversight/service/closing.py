"""Ending a follow-up: with an outcome, and in no other way."""

import uuid
from typing import Any, NoReturn

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.keyring.ring import Keyring
from app.oversight.errors import FollowUpNotYoursError
from app.oversight.queries import follow_ups as queries
from app.oversight.schemas import FollowUpEnding
from app.oversight.service.opening import lapse_handover, subject_of
from app.oversight.service.working import held_open, write_step
from app.oversight.terms import FollowUpOutcome, SpellBegin, StepKind
from app.placements.terms import Destination, KnownBy
from app.providers.service.records import person_of
from app.rules.missing.owning import is_over_school_age

AUTHORITYS = frozenset(
    {
        FollowUpOutcome.RECEIVED_BY_AUTHORITY,
        FollowUpOutcome.LEFT_THE_COUNTRY,
        FollowUpOutcome.OVER_SCHOOL_AGE,
    }
)
"""Outcomes that only the local authority states which looks for the child."""
CONFIRMED = frozenset({FollowUpOutcome.LEFT_THE_COUNTRY, FollowUpOutcome.DIED})
"""Outcomes that somebody in office must have confirmed."""
_IN_OFFICE = frozenset({KnownBy.TOLD_BY_AGENCY, KnownBy.TOLD_BY_AUTHORITY})


async def close(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, int],
    ending: FollowUpEnding,
) -> None:
    """End a follow-up.

    Args:
        session: the transaction.
        actor: a person of the school or an authority that looks.
        ring: opens the child's key.
        of: the follow-up's id, and the version the caller read.
        ending: the outcome, and how it is known.

    Raises:
        PersonNeededError: a machine asks.
        FollowUpNotFoundError, FollowUpNotYoursError, FollowUpClosedError: as for `held_open`;
            some outcomes are the authority's alone to state.
        VersionChangedError: it was changed since they read it.
        InvalidRequestError: the outcome does not fit what is known.
    """
    person_of(actor)
    held = await held_open(session, actor, *of)
    if ending.outcome in AUTHORITYS and actor.la_code != held.la_code:
        raise FollowUpNotYoursError(
            "That outcome is stated by the local authority that looks for the child."
        )
    await _check(session, held, ending)
    destination = ending.destination.value if ending.destination else None
    if ending.outcome is FollowUpOutcome.RETURNED_TO_SCHOOL:
        destination = Destination.HOME_SCHOOL.value
    await write_step(session, actor, ring, held, (StepKind.CLOSED, ending))
    await lapse_handover(session, actor, held.id)
    values = {
        "next_step_by": None,
        "outcome": ending.outcome.value,
        "evidence": ending.known_by.value,
        "destination": destination,
        "closed_on": clock.today(),
        "closed_by_name": actor.name,
    }
    await queries.change_follow_up(session, held.id, values)
    after = {"outcome": ending.outcome, "destination": destination, "known_by": ending.known_by}
    await record(session, actor, "follow_up.closed", subject_of(held), after=after)


async def _check(session: WriteSession, held: Any, ending: FollowUpEnding) -> None:
    if ending.outcome in CONFIRMED and ending.known_by not in _IN_OFFICE:
        _refuse("That an authority or agency has confirmed it is needed for this.", "/known_by")
    if ending.outcome is FollowUpOutcome.RECEIVED_BY_AUTHORITY:
        spells = await queries.list_spells(session, held.id)
        if spells[-1].became != SpellBegin.HANDED_OVER:
            _refuse(
                "Only an authority that took the follow-up over from another says that it has "
                "received the child. Offer it to that authority first.",
                "/outcome",
            )
    if ending.outcome is FollowUpOutcome.OVER_SCHOOL_AGE:
        duties = await queries.duties_on(session, held.child_id, clock.today())
        if duties is None or not is_over_school_age(duties.date_of_birth, clock.today()):
            _refuse("By its birth the child is of compulsory school age, or below.", "/outcome")


def _refuse(detail: str, where: str) -> NoReturn:
    raise InvalidRequestError(detail, errors=(FieldFault(detail, where),))
