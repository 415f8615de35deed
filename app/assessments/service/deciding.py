"""A named person decides on an assessment, once; everything that was shown is frozen with it."""

import uuid
from collections.abc import Sequence
from typing import Any

from app import clock
from app.access import Actor
from app.assessments.errors import (
    AssessmentIncompleteError,
    DecisionNotYoursError,
    NotDecidedError,
    StatuteStandsAgainstError,
)
from app.assessments.queries import assessments
from app.assessments.queries import options as queries
from app.assessments.schemas.decisions import DecisionOut, DecisionStated
from app.assessments.service import freezing
from app.assessments.service.assessing import held, key_of, look_at, subject_of
from app.assessments.service.facts import facts_of
from app.assessments.service.gathering import gather
from app.assessments.service.options import proposed_week
from app.assessments.service.telling import tell
from app.assessments.service.testing import test_week
from app.assessments.terms import AskedAs, DecisionOutcome, OptionStanding
from app.audit.service import record
from app.children.personal_parts import open_key
from app.children.queries.children import get_child
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.keyring.ring import Keyring
from app.ledger.queries import get_head
from app.providers.service.records import person_of
from app.rules.suitability.findings import Found
from app.rules.suitability.judging import Judged, judge, stands_against
from app.rules.suitability.law import DECIDED_APART
from app.rules.suitability.steps import Step


async def decide(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, int],
    stated: DecisionStated,
) -> None:
    """Approve or refuse a place. The setting is looked at, and tested, anew.

    Raises:
        PersonNeededError: a machine asks.
        AssessmentNotFoundError, AssessmentNotYoursError, AssessmentClosedError: as for `held`.
        VersionChangedError: it was changed since they read it.
        DecisionNotYoursError: they asked for the place, or stated the need.
        ChildErasedError: the child's record was erased.
        StatuteStandsAgainstError: a statute does, and it was to be approved.
        AssessmentIncompleteError: something else stands against it that was not departed from.
        InvalidRequestError: it departs from what was not found.
    """
    person_id = person_of(actor)
    assessment = await held(session, actor, *of)
    await _check_apart(session, assessment, person_id)
    key = await key_of(session, ring, assessment.child_id)
    approved = stated.outcome is DecisionOutcome.APPROVED
    if approved:
        await _test(session, actor, assessment)
    gathered = await gather(session, ring, assessment)
    judged = judge(facts_of(gathered))
    _check_departures(judged, stated)
    if approved:
        _check_found(stands_against(judged, [one.code for one in stated.departures]))
    shown = await tell(session, gathered, judged)
    chosen = gathered.chosen
    head, present = await get_head(session), clock.now()
    option_id = chosen.id if chosen else None
    made = freezing.made_by(actor.name, present, head.entry, option_id)
    frozen = freezing.freeze(gathered, shown, stated, made | {"outcome": stated.outcome.value}, key)
    await assessments.change_assessment(session, assessment.id, {})
    row = {
        "assessment_id": assessment.id,
        "option_id": option_id,
        "outcome": stated.outcome.value,
        "decided_by": person_id,
        "decided_by_name": actor.name,
        "decided_at": present,
        "register_entry": head.entry,
        "frozen": frozen,
        "sha256": freezing.sha256_of(frozen),
    }
    await queries.add_decision(session, row)
    subject = subject_of(assessment.id, assessment.commissioner_id)
    after = {"outcome": stated.outcome, "register_entry": head.entry}
    await record(session, actor, "assessment.decided", subject, after=after)


async def read_decision(
    session: ReadSession | WriteSession, ring: Keyring, assessment_id: uuid.UUID
) -> DecisionOut:
    """Return a decision as it was made, and whether its hash still holds.

    Raises:
        AssessmentNotFoundError: there is no such assessment that the actor may see.
        NotDecidedError: nobody has decided yet.
    """
    assessment = await look_at(session, assessment_id)
    decision = await queries.get_decision(session, assessment_id)
    if decision is None:
        raise NotDecidedError("Nobody has decided on it yet. It says itself what comes next.")
    child = await get_child(session, assessment.child_id)
    personal, erased_on = None, None
    if child is not None and child.sealed_key is not None:
        key = open_key(ring, child.id, child.sealed_key)
        personal = freezing.personal_in(decision.frozen, key)
    elif child is not None and child.erased_at is not None:
        erased_on = child.erased_at.astimezone(clock.LONDON).date()
    return DecisionOut(
        assessment=assessment.id,
        outcome=DecisionOutcome(decision.outcome),
        decided_by=decision.decided_by_name,
        decided_at=decision.decided_at,
        register_entry=decision.register_entry,
        sha256=decision.sha256.hex(),
        verified=freezing.sha256_of(decision.frozen) == decision.sha256,
        facts=freezing.facts_in(decision.frozen),
        personal=personal,
        erased_on=erased_on,
        notice=f"erased on {erased_on}" if erased_on else None,
    )


async def _check_apart(session: WriteSession, assessment: Any, person_id: uuid.UUID) -> None:
    """See that who decides neither asked for the place nor ever stated the need."""
    stated = await assessments.wrote_step(session, assessment.id, Step.NEED.value, person_id)
    if stated or assessment.requested_by == person_id:
        raise DecisionNotYoursError(
            "You asked for this place, or stated the need. Somebody else who may decide does.",
            basis=DECIDED_APART.basis.value,
        )


async def _test(session: WriteSession, actor: Actor, assessment: Any) -> None:
    """Test the chosen setting anew; others may have placed children there meanwhile."""
    for option in await queries.list_options(session, assessment.id):
        if option.standing == OptionStanding.CHOSEN.value and option.sessions is not None:
            week = proposed_week(assessment, option)
            tested = await test_week(session, actor, assessment, week, AskedAs.DECISION)
            found = {"light": tested.light.value, "reached_on": tested.on}
            await queries.change_option(session, option.id, found | {"tested_at": clock.now()})


def _check_departures(judged: Judged, stated: DecisionStated) -> None:
    """See that each departure is from something that was found: none is given in advance."""
    found = {one.code for one in judged.everything}
    faults = tuple(
        FieldFault(
            f"Nothing is found under {one.code}; leave it out.", f"/departures/{number}/code"
        )
        for number, one in enumerate(stated.departures)
        if one.code not in found
    )
    if faults:
        raise InvalidRequestError("It departs from what was not found.", errors=faults)


def _check_found(against: Sequence[Found]) -> None:
    """Refuse to approve what something stands against."""
    told = [
        {
            "code": one.code,
            "kind": one.kind.value,
            "because": one.reason.because,
            "basis": one.reason.rule.basis.value,
            "source": str(one.reason.rule.citation),
        }
        for one in against
    ]
    by_statute = [one for one in against if one.by_statute]
    if by_statute:
        raise StatuteStandsAgainstError(
            f"{by_statute[0].reason.because} {by_statute[0].reason.rule.citation} asks it, and "
            "nobody departs from a statute.",
            found=told,
        )
    if against:
        raise AssessmentIncompleteError(
            f"{len(against)} things are missing or stand against it. Mend them, or depart from "
            "each by its code and with a reason.",
            found=told,
        )
