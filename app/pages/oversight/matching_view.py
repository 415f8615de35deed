"""What the pages on whether two records are of one child show and ask."""

from typing import Any

from app.children.schemas import MatchQuestionList, MatchQuestionOut, MatchSide
from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.form_parts import select_field
from app.pages.oversight import wording
from app.pages.oversight.follow_ups_view import name_of
from app.pages.oversight.forms import START, WRITTEN_DOWN
from app.pages.oversight.start_view import MATCH_QUESTIONS
from app.pages.part_view import Narrowed, PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question
from app.pages.view_models import ActionLink, Fact

_BACK = ActionLink("One child, or two?", MATCH_QUESTIONS)
_STILL = (("", "Not answered yet"), ("answered", "Answered"))
_ANSWERED = (
    Question(
        "answer",
        "Are both records of one child?",
        "Choose whether they are of one child",
        Kind.ONE,
        offered=tuple(wording.MATCH_ANSWERS.items()),
        needed=True,
    ),
    Question(
        "reason",
        "How do you know?",
        "Say how you know",
        Kind.PROSE,
        "Name no child.",
        needed=True,
    ),
)


def questions_part(
    caption: str, still: str, found: MatchQuestionList, *, further: bool
) -> PartPage:
    """Return the list of questions; `further` says whether it is another page than the first."""
    rows = tuple(
        Row(
            f"Asked on {format_day(one.asked_at)}",
            (wording.METHODS[one.method],),
            (ActionLink("Open", f"{MATCH_QUESTIONS}/{one.id}"),),
            TagView(wording.MATCH_ANSWERS[one.answer], "grey")
            if one.answer
            else TagView("Waits for an answer", "yellow"),
        )
        for one in found.items
    )
    return PartPage(
        heading="One child, or two?",
        caption=caption,
        back=START,
        paragraphs=(
            (
                "Two commissioners hold records that may be of one child. Neither is told of the "
                "other. If they are of one child, their hours count together wherever it is asked "
                "whether a setting has to register as a school."
            ),
            "That a person answers, and no machine, is the register's own policy.",
        ),
        sections=(Section("The newest first", rows, when_empty="There is none."),),
        next_url=found.links.next,
        first_url=(f"{MATCH_QUESTIONS}?still={still}" if still else MATCH_QUESTIONS)
        if further
        else None,
        narrowed=(Narrowed("Which", select_field("still", _STILL, still)),),
    )


def question_part(caption: str, told: MatchQuestionOut) -> PartPage:
    """Return the page of one question; the records are shown until it is answered."""
    answer = ActionLink("Answer", f"{MATCH_QUESTIONS}/{told.id}/answer")
    rows = [
        Row("Compared by", (wording.METHODS[told.method],)),
        Row("Asked", (format_day(told.asked_at),)),
    ]
    if told.answer:
        rows.append(Row("Answer", (wording.MATCH_ANSWERS[told.answer], told.answered_reason or "")))
    links = () if told.answer else (answer,)
    sides = tuple(
        Section(f"Record {place}", tuple(_side(one)))
        for place, one in enumerate(told.sides, start=1)
    )
    return PartPage(
        heading="One child, or two?",
        caption=caption,
        back=_BACK,
        tag=TagView("Answered", "grey")
        if told.answer
        else TagView("Waits for an answer", "yellow"),
        paragraphs=(WRITTEN_DOWN,),
        sections=(*sides, Section("The question", tuple(rows), links=links)),
    )


def _side(one: MatchSide) -> list[Row]:
    return [
        Row("Held by", (one.commissioner,)),
        Row("Name", (f"{one.given_names} {one.family_name}",)),
        Row("Born", (format_day(one.date_of_birth),)),
        Row("Pupil number", (one.upn or "None",)),
        Row("Lives in", (name_of(one.home_la),)),
    ]


def answer_form(row: Any) -> FormAsked:
    """Return the form on which the question is answered."""
    return FormAsked(
        heading="Are both records of one child?",
        button="Send the answer",
        back=ActionLink("Both records", f"{MATCH_QUESTIONS}/{row.id}"),
        parts=(Part(_ANSWERED),),
        facts=(Fact("Compared by", (wording.METHODS[row.method],)),),
        warning="It cannot be taken back here.",
        version=row.version,
    )
