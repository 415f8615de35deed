"""What the owner's forms on inspections ask."""

from collections.abc import Sequence

from app.inspections.errors import ReplyNotFoundError
from app.pages.form_page_view import FormAsked, Part
from app.pages.owners.held_records import Own
from app.pages.owners.inspections_view import (
    INSPECTIONS,
    JUDGEMENTS,
    Finding,
    OfInspection,
    Read,
)
from app.pages.questions import Kind, Question
from app.pages.view_models import ActionLink, Fact


def asking_of_inspection(own: Own, read: Read, step: OfInspection) -> FormAsked:
    """Return what a step about a whole inspection asks."""
    back = _back(own, read)
    if step is OfInspection.NO_MORE:
        return FormAsked(
            heading="Say that you have no more comments",
            paragraphs=("The inspectors answer what you said, and a second officer reads it all.",),
            button="I have no more comments",
            back=back,
            warning="You cannot comment on this draft afterwards.",
        )
    if step is OfInspection.REVISIT:
        reason = Question("reason", "What did you put right?", _EMPTY, Kind.PROSE, needed=True)
        return FormAsked(
            heading="Ask to be visited again",
            paragraphs=("There is no fee. How many stand before you is shown to everybody.",),
            parts=(Part((reason,)),),
            button="Ask for a visit",
            back=back,
        )
    offered = [
        (f"{one.site}:{one.criterion}", f"Site {one.site}: {one.criterion} {one.requirement}")
        for one in read.sheet.items
        if one.found is not None
    ]
    against = Question(
        "judgements", "Against which findings?", _EMPTY, Kind.ANY, offered=offered, needed=True
    )
    grounds = Question(
        "grounds",
        "Why?",
        _EMPTY,
        Kind.PROSE,
        hint="Whoever decides reads it; it is never public. Name no child.",
        needed=True,
    )
    return FormAsked(
        heading="Appeal",
        paragraphs=("Somebody decides who neither inspected nor checked.",),
        parts=(Part((against, grounds)),),
        button="Appeal",
        back=back,
    )


def asking_of_finding(
    own: Own, read: Read, finding: Finding, documents: Sequence[tuple[str, str]]
) -> FormAsked:
    """Return what a step about one finding asks.

    Raises:
        ReplyNotFoundError: nothing was found there.
    """
    item = read.item(finding.site, finding.criterion)
    if item is None or item.found is None:
        raise ReplyNotFoundError("Nothing was judged of this criterion at this site.")
    heading, button, questions, words = _ASKED[finding.step]
    if finding.step == "evidence":
        chosen = Question(
            "document",
            "Which document shows it?",
            _EMPTY,
            Kind.LIST,
            offered=documents,
            needed=True,
        )
        questions = (chosen,)
    return FormAsked(
        heading=heading,
        paragraphs=words,
        facts=(
            Fact("Criterion", (f"{item.criterion} {item.requirement}",)),
            Fact("Found", (JUDGEMENTS[item.found.judgement].label, item.found.finding or "")),
        ),
        parts=(Part(questions),) if questions else (),
        button=button,
        back=_back(own, read),
    )


_EMPTY = "Answer this"
_ASKED: dict[str, tuple[str, str, tuple[Question, ...], tuple[str, ...]]] = {
    "comment": (
        "Say what is factually wrong",
        "Send the comment",
        (
            Question(
                "comment",
                "What is wrong, and how can it be seen?",
                _EMPTY,
                Kind.PROSE,
                hint="Only the inspectors and the second officer read it. Name no child.",
                needed=True,
            ),
        ),
        ("An inspector corrects it, or tells you why not.",),
    ),
    "reply": (
        "Reply in public",
        "Publish the reply",
        (
            Question(
                "reply",
                "What do you say to it?",
                _EMPTY,
                Kind.PROSE,
                hint="Everybody reads it beside the finding. Name no child.",
                needed=True,
            ),
        ),
        ("You can say it otherwise later, or take it back. What you said stays on record.",),
    ),
    "take-back": (
        "Take your reply back",
        "Take it back",
        (),
        ("It is no longer shown. That you said it stays on record.",),
    ),
    "action": (
        "Say what you will do about it",
        "Keep the action",
        (
            Question("action", "What will you do?", _EMPTY, Kind.PROSE, needed=True),
            Question(
                "role",
                "Who sees to it?",
                _EMPTY,
                hint="A role, such as the head of centre; no name. It is public.",
                needed=True,
            ),
            Question("due_on", "By which day?", _EMPTY, Kind.DAY, needed=True),
        ),
        ("Everybody sees who sees to it, by when, and whether it was done.",),
    ),
    "evidence": (
        "Show that it was done",
        "Send the evidence",
        (),
        ("Choose one of the documents on your record. Add it there first, if it is new.",),
    ),
}


def _back(own: Own, read: Read) -> ActionLink:
    reference = read.told.reference
    return ActionLink(f"Inspection {reference}", f"{own.address}/{INSPECTIONS}/{reference}")
