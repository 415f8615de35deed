"""What the pages ask on which a provider is heard, and a second officer reads a draft."""

from collections.abc import Iterator, Sequence

from app.inspections.schemas.hearing import CommentOut
from app.inspections.schemas.judgements import AskedAtSite
from app.pages.filters import format_day
from app.pages.form_page_view import Check, FormAsked, Part
from app.pages.officers.quality import wording
from app.pages.officers.quality.inspections_view import judgement_words
from app.pages.officers.quality.read import Read
from app.pages.questions import Kind, Offered, Question
from app.pages.view_models import Fact


def about(read: Read) -> tuple[Fact, ...]:
    """Return what says which inspection a form is about."""
    told = read.told
    return (
        Fact("Provider", (f"{told.provider_name} ({told.provider})",)),
        Fact("Inspection", (f"{wording.kind_words(told.kind)}, {format_day(told.planned_on)}",)),
    )


def findings_of(items: Sequence[AskedAtSite]) -> Iterator[Fact]:
    """Yield what was found of criteria, as facts a form repeats."""
    for one in items:
        if one.found is not None:
            label = wording.JUDGEMENTS[one.found.judgement].label
            yield Fact(
                f"{one.criterion} at site {one.site}",
                (one.requirement, f"{label}.", *judgement_words(one)),
            )


def offered_findings(read: Read) -> list[Offered]:
    """Return the judgements of an inspection, to choose from."""
    return [
        (f"{one.site}:{one.criterion}", f"{one.criterion} at site {one.site}: {one.requirement}")
        for one in read.sheet.items
        if one.found is not None
    ]


def draft_form(read: Read) -> FormAsked:
    """Return the form on which a draft is sent."""
    missing = read.told.asked - read.told.judged
    words = ["Whoever keeps the provider’s record is written to, and reads the draft."]  # noqa: RUF001
    words.append("The provider then has its working days to say what is factually wrong.")
    words.append(
        "If nobody keeps its record here, give it the draft on paper, and write down what comes "
        "back by letter."
    )
    if missing:
        words.insert(0, f"{missing} of the judgements are missing. Write those down first.")
    return FormAsked(
        heading="Send the draft to the provider",
        button="Send the draft",
        back=read.back,
        facts=(*about(read), Fact("Judged", (f"{read.told.judged} of {read.told.asked}",))),
        paragraphs=tuple(words),
        version=read.told.version,
    )


def letter_form(read: Read) -> FormAsked:
    """Return the form on which a comment is written down that came by letter."""
    questions = (
        Question(
            "received_on", "On which day did it come?", "Enter the day", Kind.DAY, needed=True
        ),
        Question(
            "comments",
            "Which judgement is it about?",
            "Choose a judgement",
            Kind.LIST,
            offered=offered_findings(read),
            needed=True,
        ),
        Question(
            "comment",
            "What does it say is wrong?",
            "Write down what it says",
            Kind.PROSE,
            "Read by the inspectors and the second officer; never public. Name no child.",
            needed=True,
        ),
    )
    return FormAsked(
        heading="Write down what came by letter",
        button="Write it down",
        back=read.back,
        parts=(Part(questions),),
        facts=about(read),
        paragraphs=(
            "For providers whose record nobody keeps, or who wrote instead. One at a time.",
        ),
        version=read.told.version,
    )


def ask_check_form(read: Read) -> FormAsked:
    """Return the form on which a second officer is asked to check."""
    could = read.hearing.could_check
    own = next((one for one in could if one.own), None)
    offered = [(str(one.body), f"{one.name} ({one.people} uninvolved)") for one in could]
    words = (
        f"{own.name} has somebody uninvolved: leave it as it is, unless a peer shall check."
        if own is not None
        else "Your own body has nobody uninvolved. Choose a peer."
    )
    peer = Question(
        "check_body",
        "Who shall check it?",
        "Choose who shall check it",
        Kind.LIST,
        offered=[one for one in offered if own is None or one[0] != str(own.body)],
        none="Our own second officers" if own else "Choose one",
        needed=own is None,
    )
    return FormAsked(
        heading="Ask a second officer to check it",
        button="Ask for the check" if could else None,
        back=read.back,
        parts=(Part((peer,)),),
        facts=about(read),
        paragraphs=(words,) if could else (_NOBODY,),
        version=read.told.version,
    )


def answer_form(read: Read, comment: CommentOut) -> FormAsked:
    """Return the form on which a comment is answered."""
    its = [
        one
        for one in read.sheet.items
        if (one.site, one.criterion) == (comment.site, comment.criterion)
    ]
    questions = (
        Question(
            "answer",
            "What comes of it?",
            "Choose what comes of it",
            Kind.ONE,
            offered=tuple(wording.COMMENT_ANSWERS.items()),
            needed=True,
        ),
        Question(
            "reason",
            "What do you tell the provider?",
            "Tell the provider why its comment changes nothing",
            Kind.PROSE,
            "Needed where it is not accepted.",
        ),
    )
    return FormAsked(
        heading="Answer a comment",
        button="Answer it",
        back=read.back,
        parts=(Part(questions),),
        facts=(
            *about(read),
            *findings_of(its),
            Fact("The provider says", (comment.comment, format_day(comment.received_on))),
        ),
        paragraphs=("Correct the judgement first where the provider is right, then accept it.",),
        version=read.told.version,
    )


def check_form(read: Read) -> FormAsked:
    """Return the form on which the second officer decides, with everything that was found."""
    comments = (
        Fact(
            f"The provider on {one.criterion} at site {one.site}",
            (
                one.comment,
                f"{wording.COMMENT_ANSWERS[one.answer]}. {one.reason or ''}".strip()
                if one.answer
                else "Not answered",
            ),
        )
        for one in read.hearing.comments.items
    )
    questions = (
        Question(
            "decision",
            "What do you decide?",
            "Choose what you decide",
            Kind.ONE,
            offered=(
                ("published", "Publish it", "At once. The provider may reply, and appeal."),
                ("returned", "Send it back to the inspectors", "They send the draft anew."),
            ),
            needed=True,
        ),
        Question(
            "reason",
            "What do the inspectors have to look at again?",
            "Say what the inspectors have to look at again",
            Kind.PROSE,
            "Needed where you send it back.",
        ),
    )
    return FormAsked(
        heading="Check the inspection",
        button="Decide",
        back=read.back,
        parts=(Part(questions),),
        facts=(*about(read), *findings_of(read.sheet.items), *comments),
        paragraphs=(
            "Read what was found, how it was seen, and what the provider says to it.",
            "What is published can be corrected by two officers, and is never undone.",
        ),
        checks=(_REASONED,),
        version=read.told.version,
    )


_NOBODY = (
    "Nobody uninvolved on the register could check it now: ask another authority, or the "
    "department, to name a second officer."
)
_REASONED = Check(
    "reason",
    "Say what the inspectors have to look at again.",
    lambda answers: answers["decision"] == "returned" and not answers["reason"],
)
