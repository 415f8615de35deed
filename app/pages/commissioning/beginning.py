"""The page on which an assessment is begun; who does not know the route is helped to it."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app import clock
from app.assessments.errors import AssessmentHeldAlreadyError, AssessmentNotYoursError
from app.assessments.schemas.assessments import NewAssessment
from app.assessments.service import assessing
from app.audit.service import record_read
from app.calculators.answers.paying import answer_who_pays
from app.calculators.errors import DayNotHeldError
from app.calculators.schemas.paying import SituationAsked, WhoPaysAnswer, WhoPaysAsked
from app.children.queries.children import list_circumstances
from app.children.service import keeping
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError, NotFoundError
from app.pages.commissioning.assessments_view import authority
from app.pages.commissioning.children_view import CHILDREN
from app.pages.commissioning.forms import PURPOSE, RECORDS, WRITTEN_DOWN, At, add_form
from app.pages.commissioning.funding_wording import PARTIES
from app.pages.commissioning.placement_wording import ROUTES
from app.pages.commissioning.read import ASSESSMENTS
from app.pages.form_page import Answers, AskedAgainError
from app.pages.form_page_view import FormAsked, Part
from app.pages.questions import Kind, Question, Typed, shown, stated
from app.pages.signed_in import own_router, understood
from app.pages.situation_questions import WHO_PAYS, situation_in
from app.pages.view_models import ActionLink, Fact

router = own_router()


_OWN = (
    Question(
        "reference",
        "Your own reference for the assessment",
        "Enter your own reference",
        hint="It stands in lists in the place of the name, so put no name in it.",
        needed=True,
        classes="govuk-input--width-20",
    ),
    Question(
        "starts_on",
        "First day of the place",
        "Enter a day",
        Kind.DAY,
        "As it is meant to be; the plan may change it",
        needed=True,
    ),
    Question(
        "route",
        "By which legal route does the child come to the place?",
        "Choose a route",
        Kind.LIST,
        "It decides who pays first, whose roll the child is on, by when it starts, and what the "
        "assessment asks. If you do not know it, leave this and answer the questions below.",
        offered=tuple(ROUTES.items()),
        none="I do not know: work it out from the answers below",
    ),
)
_HELP = tuple(
    replace(
        part,
        heading=part.heading or "Only if you do not know the route",
        words=part.words
        if part.heading
        else "Answer what you know, and leave the rest. Nothing of these answers is kept.",
    )
    for part in WHO_PAYS
)


async def _beginning(session: ReadSession, at: At) -> FormAsked:
    held = await keeping.look_at(session, _child(at))
    if held.commissioner_id != at.actor.organisation_id:
        raise AssessmentNotYoursError("An assessment is made for a child of your own.")
    duties = next(iter(await list_circumstances(session, held.id)), None)
    identity = keeping.identity_of(at.ring, held)
    name = f"{identity.given_names} {identity.family_name}" if identity else "Erased"
    found = None
    if at.sent and not at.sent.get("route", [""])[0]:
        found = _found(at.sent)
    return FormAsked(
        heading="Begin an assessment",
        button="Begin" if found is None else "Go on",
        back=ActionLink("The child's record", f"{CHILDREN}/{held.id}"),
        parts=(Part(_OWN), *_HELP),
        facts=(Fact("Child", (name,)),),
        paragraphs=(
            "Twelve steps and a decision follow, in any order. Somebody else than you decides.",
            WRITTEN_DOWN,
        ),
        inset=_told(found) if found is not None else None,
        typed=shown(
            [one for part in _HELP for one in part.questions],
            _known(duties),
        ),
        still_typed=lambda typed: _with_route(typed, found),
    )


async def _begin(session: WriteSession, at: At, answers: Answers) -> str:
    if answers["route"] is None:
        found = _found(at.sent)
        if found is not None and found.row is not None:
            raise AskedAgainError
        detail = "No route follows from these answers, so a person must choose it."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/route"),))
    names = ("reference", "starts_on", "route")
    given = {name: answers[name] for name in names} | {"child": _child(at)}
    assessment_id, _ = await assessing.request(session, at.actor, understood(NewAssessment, given))
    return f"{ASSESSMENTS}/{assessment_id}?done=begun"


async def _look(session: WriteSession, at: At) -> None:
    held = await keeping.look_at(session, _child(at))
    subject = keeping.subject_of(held.id, held.commissioner_id)
    await record_read(session, at.actor, "child.read", subject, PURPOSE)


# before the page of one, whose address would take its own for somebody's
add_form(
    router,
    f"{ASSESSMENTS}/add",
    RECORDS,
    _beginning,
    _begin,
    mendable=(AssessmentHeldAlreadyError,),
    looks=_look,
)


def _child(at: At) -> uuid.UUID:
    try:
        return uuid.UUID(at.query.get("child", ""))
    except ValueError:
        message = "Begin it from the child's record."
        raise NotFoundError(message) from None


def _known(duties: Any | None) -> Mapping[str, Any]:
    """Return what the child's record says of its situation, as answers."""
    if duties is None:
        return {}
    ticked = [
        name
        for name, held in (("has_plan", duties.plan_la), ("looked_after", duties.care_la))
        if held
    ]
    return {"on_roll": duties.school is not None, "facts": ticked}


def _found(typed: Typed) -> WhoPaysAnswer | None:
    """Return what the law says of the answers that help to the route; nothing if unreadable."""
    help_questions = [one for part in _HELP for one in part.questions]
    try:
        told = situation_in(stated(help_questions, typed))
        asked = understood(SituationAsked, told)
        return answer_who_pays(WhoPaysAsked(situation=asked), clock.today())
    except (InvalidRequestError, DayNotHeldError):
        return None


def _with_route(typed: Typed, found: WhoPaysAnswer | None) -> Typed:
    """Return what was typed, with the route chosen that the answers come to."""
    if found is None or found.row is None:
        return typed
    return {**typed, "route": [found.row.route.value]}


def _told(found: WhoPaysAnswer) -> str:
    why = " ".join(f"{one.because} {authority(one.rule)}" for one in found.reasons)
    if found.row is None:
        return f"No route fits what you answered; a person must decide. {why}".strip()
    row = found.row
    return (
        f"By your answers it is: {ROUTES[row.route]}. It is chosen now; look at it, then go on. "
        f"{why} Commissioner: {PARTIES[row.commissioner]}. Pays first: "
        f"{PARTIES[row.first_payer]}. {row.payment.says} {authority(row.payment.rule)}"
    )
