"""What the pages on the checks on a provider's staff show and ask."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.pages.evidence_wording import CHECK_KINDS, CHECK_STATUSES, CHECKED_BY
from app.pages.filters import count, format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.owners.held_records import Own
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question, shown, yes_or_no
from app.pages.view_models import ActionLink

STAFF = "staff"
_DAY = "Enter a day with its month and year, like 27 3 2026"
_NEVER = (
    "Write down that a check was made, when, and what came of it. Never keep or send the "
    "certificate, or any number from it."
)
_MEMBER = (
    Question("name", "Their full name", "Enter their full name", needed=True),
    Question(
        "duties",
        "What they do",
        "Enter what they do",
        hint="For example: tutor, driver, cook.",
        needed=True,
    ),
    Question(
        "regulated_activity",
        "Do they teach, train, care for or supervise children, often?",
        "Say whether they do",
        Kind.ONE,
        hint="Once a week or more, on four days in a month, or overnight; supervised or not. The "
        "law calls this regulated activity; more checks are due of them.",
        offered=(("yes", "Yes"), ("no", "No")),
        needed=True,
        reads=yes_or_no,
    ),
    Question("started_on", "Since when they work for you", _DAY, Kind.DAY),
)
_LEAVES = Question("on", "The first day they no longer work for you", _DAY, Kind.DAY, needed=True)
_CHECK = (
    Question(
        "kind",
        "What was checked",
        "Choose what was checked",
        Kind.ONE,
        offered=tuple(CHECK_KINDS.items()),
        needed=True,
    ),
    Question(
        "status",
        "What came of it",
        "Choose what came of it",
        Kind.ONE,
        offered=tuple(CHECK_STATUSES.items()),
        needed=True,
    ),
    Question(
        "checked_on",
        "The day it was made",
        _DAY,
        Kind.DAY,
        hint="Leave it empty if it is not back yet, or not needed.",
    ),
    Question(
        "checked_by",
        "Who made it",
        "Choose who made it",
        Kind.ONE,
        offered=tuple(CHECKED_BY.items()),
        needed=True,
    ),
    Question(
        "basis",
        "Anything to note",
        "Write it without numbers",
        Kind.PROSE,
        hint="Without any number of a certificate or passport. Leave it empty if there is nothing.",
    ),
)


def staff_page(own: Own, members: Sequence[Any]) -> PartPage:
    """Return the page that lists who works with children and what is due.

    Args:
        own: the record.
        members: each with `name`, `duties`, `due` …
    """
    here = f"{own.address}/{STAFF}"
    rows = tuple(
        Row(
            one.name,
            (one.duties, *_due_words(one)),
            (ActionLink("Open", f"{here}/{one.id}"),),
            TagView(f"{count(len(one.due), 'check is', 'checks are')} due", "yellow")
            if one.due
            else TagView("Nothing due", "green"),
        )
        for one in members
    )
    return PartPage(
        heading="Checks on staff",
        caption=own.held.name,
        back=own.back,
        sections=(
            Section(
                "Who works with children",
                rows,
                when_empty="Nobody is on record yet. Begin with yourself.",
                links=(ActionLink("Add somebody", f"{here}/add"),) if own.keeps else (),
            ),
        ),
        paragraphs=(
            (
                "Everybody who works with children, paid or not, belongs here. The public never "
                "sees it; who you share everything with does."
            ),
            _NEVER,
        ),
    )


def member_page(own: Own, member: Any, day: date) -> PartPage:
    """Return the page of one of the staff: their checks, and what is due.

    Args:
        own: the record.
        member: with `checks` and `due`.
        day: today.
    """
    here = f"{own.address}/{STAFF}/{member.id}"
    left = member.ended_on is not None and member.ended_on <= day
    keeps = own.keeps and not left
    facts = [
        Row("What they do", (member.duties,)),
        Row(
            "Teaches, trains, cares or supervises",
            ("Yes" if member.regulated_activity else "No",),
        ),
        Row("Since", (format_day(member.started_on),)),
    ]
    if member.ended_on is not None:
        facts.append(Row("Until", (format_day(member.ended_on),)))
    due = tuple(
        Row(
            CHECK_KINDS[one.kind],
            (
                CHECK_STATUSES[one.status] if one.status else "Nothing is noted yet",
                f"{'The law asks' if one.binding else 'The standards ask'} for it: {one.source}",
            ),
            tag=TagView("Due", "yellow"),
        )
        for one in member.due
    )
    checks = tuple(
        Row(
            CHECK_KINDS[one.kind],
            (
                CHECK_STATUSES[one.status],
                *((format_day(one.checked_on),) if one.checked_on else ()),
                CHECKED_BY[one.checked_by],
                *((one.basis,) if one.basis else ()),
            ),
        )
        for one in member.checks
    )
    changes = (ActionLink("Change this", f"{here}/change"), ActionLink("They left", f"{here}/end"))
    sections = [
        Section("About them", tuple(facts), links=changes if keeps else ()),
        Section("What is due", due, when_empty="Nothing is due."),
        Section(
            "Checks that were made",
            checks,
            when_empty="None is noted yet.",
            links=(ActionLink("Note a check", f"{here}/checks/add"),) if keeps else (),
        ),
    ]
    return PartPage(
        heading=member.name,
        caption=own.held.name,
        back=_back(own),
        sections=tuple(sections),
        paragraphs=(_NEVER,),
    )


def member_asked(own: Own, member: Any | None = None) -> FormAsked:
    """Return the form on which somebody is added to the staff, or changed."""
    facts: dict[str, object] = {}
    if member is not None:
        facts = {one.name: getattr(member, one.name) for one in _MEMBER}
    return FormAsked(
        heading="Add somebody who works with children"
        if member is None
        else f"Change what is said of {member.name}",
        parts=(Part(_MEMBER),),
        button="Add them" if member is None else "Save",
        back=_back(own) if member is None else _back_to(own, member),
        typed=shown(_MEMBER, facts),
        version=member.version if member is not None else None,
    )


def leaving_asked(own: Own, member: Any) -> FormAsked:
    """Return the form on which somebody's last day is noted."""
    return FormAsked(
        heading=f"{member.name} no longer works for you",
        parts=(Part((_LEAVES,)),),
        button="Save the day",
        back=_back_to(own, member),
        paragraphs=("They stay on record, with that day.",),
        version=member.version,
    )


def check_asked(own: Own, member: Any) -> FormAsked:
    """Return the form on which a check is noted."""
    return FormAsked(
        heading=f"Note a check on {member.name}",
        parts=(Part(_CHECK),),
        button="Note it",
        back=_back_to(own, member),
        paragraphs=(_NEVER,),
    )


def _due_words(member: Any) -> tuple[str, ...]:
    if not member.due:
        return ()
    return (f"Due: {', '.join(CHECK_KINDS[one.kind] for one in member.due)}",)


def _back(own: Own) -> ActionLink:
    return ActionLink("Checks on staff", f"{own.address}/{STAFF}")


def _back_to(own: Own, member: Any) -> ActionLink:
    return ActionLink(member.name, f"{own.address}/{STAFF}/{member.id}")
