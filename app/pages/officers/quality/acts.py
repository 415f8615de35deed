"""What an officer can do with an inspection as it stands, and why not what they cannot; pure."""

from collections.abc import Callable, Iterator, Mapping

from app.access import Permission
from app.inspections.schemas.amendments import AmendmentOut
from app.inspections.schemas.following import ActionOut, AppealOut, RevisitOut
from app.inspections.terms import (
    OPEN_STATES,
    ActionState,
    AmendmentKind,
    AmendmentState,
    AppealState,
    InspectionState,
    InspectorPart,
    RevisitState,
)
from app.pages.filters import count, join_words
from app.pages.officers.quality.read import Read
from app.pages.officers.quality.wording import WHY
from app.pages.view_models import PossibleAct

_FOR_INSPECTORS = "for somebody with the role of inspector."
_FOR_SECONDS = "for somebody with the role of second officer."
_FOR_PLANNERS = "for an inspector, an assessor or a second officer."
_FOR_BODY = "for the body that inspects."
_FOR_BOTH = "for the body that inspects, or the authority that answers there."
_FOR_LEAD = "for whoever leads it."


def next_words(read: Read) -> str:
    """Say in a sentence or two what is next, and who does it."""
    return _NEXT[read.state](read)


def possible_acts(read: Read) -> tuple[PossibleAct, ...]:
    """Return what can be done with an inspection as it stands."""
    return tuple(
        PossibleAct(text, None if why_not else f"{read.address}/{end}", why_not)
        for text, end, why_not in _acts(read)
    )


def submits_not(read: Read) -> str:
    """Return why somebody may not do what inspectors of the body do; empty where they may."""
    if Permission.INSPECTIONS_SUBMIT not in read.actor.permissions:
        return _FOR_INSPECTORS
    return "" if read.row.inspects else _FOR_BODY


def plans_not(read: Read) -> str:
    """Return why somebody may not do what planners do; empty where they may."""
    if Permission.INSPECTIONS_PLAN not in read.actor.permissions:
        return _FOR_PLANNERS
    return "" if read.row.plans or read.row.inspects else _FOR_BOTH


def decides_not(read: Read) -> str:
    """Return why somebody may not decide an appeal; empty where they may."""
    if Permission.INSPECTIONS_CHECK not in read.actor.permissions:
        return _FOR_SECONDS
    return WHY[read.why_not_decide] if read.why_not_decide else ""


def _acts(read: Read) -> Iterator[tuple[str, str, str]]:
    yield from _CAN[read.state](read)
    if read.state in OPEN_STATES:
        yield "Give the inspection up", "plan/give-up", plans_not(read)


def _while_planned(read: Read) -> Iterator[tuple[str, str, str]]:
    yield "Change the plan", "plan/change", plans_not(read)
    yield from _before_draft(read)


def _while_judging(read: Read) -> Iterator[tuple[str, str, str]]:
    why_not = submits_not(read) or ("" if read.part is InspectorPart.LEAD else _FOR_LEAD)
    if not why_not and read.told.judged < read.told.asked:
        why_not = f"{read.told.asked - read.told.judged} of the judgements are missing."
    yield "Send the draft to the provider", "draft/send", why_not
    yield from _before_draft(read)


def _before_draft(read: Read) -> Iterator[tuple[str, str, str]]:
    yield "Name an inspector", "plan/name-inspector", plans_not(read)
    if read.told.inspectors:
        yield "Take an inspector off", "plan/take-inspector-off", plans_not(read)
    yield "Add a photo or a paper", "files/add", submits_not(read)


def _while_heard(read: Read) -> Iterator[tuple[str, str, str]]:
    yield "Write down what came by letter", "draft/letter", submits_not(read)
    yield "Ask a second officer to check it", "draft/ask-check", _ask_not(read)


def _while_checked(read: Read) -> Iterator[tuple[str, str, str]]:
    yield "Ask somebody else to check it", "draft/ask-check", submits_not(read)
    yield "Check it: publish it, or send it back", "check", _check_not(read)


def _none(_: Read) -> Iterator[tuple[str, str, str]]:
    return iter(())


def _after(read: Read) -> Iterator[tuple[str, str, str]]:
    for appeal in _open_appeals(read):
        here = f"appeals/{appeal.id}"
        yield "Decide the appeal", f"{here}/decide", decides_not(read)
        yield "Say who is asked to decide the appeal", f"{here}/ask", plans_not(read)
    for revisit in _open_revisits(read):
        yield "Answer the wish for a visit", f"revisits/{revisit.id}/answer", plans_not(read)
    for one in _open_amendments(read):
        here = f"amendments/{one.id}"
        if one.yours:
            yield "Take back what you proposed", f"{here}/withdraw", ""
        yield "Decide what was proposed", f"{here}/decide", _amend_not(read, yours=one.yours)
    kinds = {one.kind for one in _open_amendments(read)}
    if AmendmentKind.CORRECTION not in kinds:
        yield "Correct something", "correct", plans_not(read)
    if AmendmentKind.REDACTION not in kinds and len(read.versions) > 1:
        yield "Take an older version out", "redact", plans_not(read)


def _ask_not(read: Read) -> str:
    comments = read.hearing.comments
    if why_not := submits_not(read):
        return why_not
    if not comments.closed:
        return "the provider may still say what is wrong."
    if any(one.answer is None for one in comments.items):
        return "a comment of the provider has no answer."
    return ""


def _check_not(read: Read) -> str:
    if Permission.INSPECTIONS_CHECK not in read.actor.permissions:
        return _FOR_SECONDS
    return WHY[read.why_not_check] if read.why_not_check else ""


def _amend_not(read: Read, *, yours: bool) -> str:
    if Permission.INSPECTIONS_CHECK not in read.actor.permissions:
        return _FOR_SECONDS
    if yours:
        return "you proposed it, so a second officer other than you decides."
    return WHY[read.why_not_amend] if read.why_not_amend else ""


def _open_appeals(read: Read) -> list[AppealOut]:
    return [one for one in read.follow_up.appeals if one.state is AppealState.OPEN]


def _open_revisits(read: Read) -> list[RevisitOut]:
    return [one for one in read.follow_up.revisits if one.state is RevisitState.OPEN]


def _open_amendments(read: Read) -> list[AmendmentOut]:
    return [one for one in read.amendments if one.state is AmendmentState.PROPOSED]


def _to_verify(read: Read) -> list[ActionOut]:
    return [one for one in read.follow_up.actions if one.state is ActionState.EVIDENCE_SENT]


def _next_planned(read: Read) -> str:
    if not read.told.inspectors:
        return f"{read.told.body_name} names who inspects. They then write down what they see."
    return "Its inspectors write down what they see. The first judgement begins it."


def _next_judging(read: Read) -> str:
    told = read.told
    if told.judged < told.asked:
        return (
            f"{told.judged} of {told.asked} are judged. Once all are, whoever leads it sends the "
            "draft to the provider."
        )
    return "Everything is judged. Whoever leads it sends the draft to the provider."


def _next_heard(read: Read) -> str:
    comments = read.hearing.comments
    if not comments.closed:
        return "The provider reads the draft, and says what is factually wrong in it."
    unanswered = sum(one.answer is None for one in comments.items)
    if unanswered:
        what = count(unanswered, "comment waits", "comments wait")
        return f"{what} for an inspector’s answer."  # noqa: RUF001 - as pages write it
    return "The provider was heard. An inspector asks a second officer to check it."


def _next_checked(read: Read) -> str:
    whom = "a peer that was asked" if read.told.check_body else read.told.body_name
    return f"A second officer of {whom}, who did not inspect, publishes it or sends it back."


def _next_published(read: Read) -> str:
    waits = [
        words
        for words, held in (
            ("an appeal is to be decided", _open_appeals(read)),
            ("the provider waits for another visit", _open_revisits(read)),
            ("evidence of an action is to be looked at", _to_verify(read)),
            ("an amendment waits for a second officer", _open_amendments(read)),
        )
        if held
    ]
    if not waits:
        return "Nothing waits. It is published, and anybody can read it."
    return f"It is published. Now {join_words(waits)}."


def _next_cancelled(read: Read) -> str:
    return f"Nothing. It was given up: {read.told.cancelled_reason or ''}"


_NEXT: Mapping[InspectionState, Callable[[Read], str]] = {
    InspectionState.PLANNED: _next_planned,
    InspectionState.JUDGING: _next_judging,
    InspectionState.WITH_PROVIDER: _next_heard,
    InspectionState.TO_CHECK: _next_checked,
    InspectionState.PUBLISHED: _next_published,
    InspectionState.CANCELLED: _next_cancelled,
}
_CAN: Mapping[InspectionState, Callable[[Read], Iterator[tuple[str, str, str]]]] = {
    InspectionState.PLANNED: _while_planned,
    InspectionState.JUDGING: _while_judging,
    InspectionState.WITH_PROVIDER: _while_heard,
    InspectionState.TO_CHECK: _while_checked,
    InspectionState.PUBLISHED: _after,
    InspectionState.CANCELLED: _none,
}
