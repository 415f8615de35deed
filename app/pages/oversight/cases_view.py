"""What the pages on settings that may have to register as a school show and ask."""

from typing import Any

from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.form_parts import select_field
from app.pages.oversight import wording
from app.pages.oversight.forms import START
from app.pages.oversight.start_view import CASES
from app.pages.part_view import Narrowed, PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question
from app.pages.view_models import ActionLink, Fact
from app.placements.schemas import RegistrationCaseList, RegistrationCaseOut
from app.rules.registration.law import FULL_TIME_HOURS, INDEPENDENT_SCHOOL
from app.rules.stated import Rule

_BACK = ActionLink("Settings that may have to register", CASES)
_STILL = (("", "Open or closed"), ("open", "Open"), ("closed", "Closed"))
_END = (
    Question(
        "closure",
        "What was found?",
        "Choose what was found",
        Kind.ONE,
        offered=tuple(wording.CASE_ENDS.items()),
        needed=True,
    ),
    Question(
        "reason",
        "How is that known?",
        "Say how that is known",
        Kind.PROSE,
        "Name no child.",
        needed=True,
    ),
)


def cases_part(caption: str, still: str, found: RegistrationCaseList, *, further: bool) -> PartPage:
    """Return the list of cases; `further` says whether it is another page than the first."""
    return PartPage(
        heading="Settings that may have to register",
        caption=caption,
        back=START,
        paragraphs=(
            (
                "Whether a setting has to register as a school is asked over everybody who places "
                "children there. Whoever asked for a place that was refused is not told why."
            ),
            *law_words(),
        ),
        sections=(
            Section(
                "The newest first",
                tuple(_row(one) for one in found.items),
                when_empty="There is none.",
            ),
        ),
        next_url=found.links.next,
        first_url=(f"{CASES}?still={still}" if still else CASES) if further else None,
        narrowed=(Narrowed("Open or closed", select_field("still", _STILL, still)),),
    )


def _row(one: RegistrationCaseOut) -> Row:
    return Row(
        f"{one.provider_name} ({one.provider})",
        (_reaches(one), f"Opened on {format_day(one.opened_at)}"),
        (ActionLink("Open", f"{CASES}/{one.id}"),),
        _tag(one),
    )


def _reaches(one: RegistrationCaseOut) -> str:
    if one.refused:
        return f"Would reach the limit on {format_day(one.would_reach_on)}; the place was refused"
    return f"Reaches the limit on {format_day(one.would_reach_on)} with what is recorded"


def _tag(one: RegistrationCaseOut) -> TagView:
    return TagView("Closed", "grey") if one.closure else TagView("Open", "red")


def case_part(told: RegistrationCaseOut, *, looks: bool, closes: bool) -> PartPage:
    """Return the page of one case.

    Args:
        told: the case.
        looks: whether whoever sees it may look at the children it is about.
        closes: whether they may say what was found as well.
    """
    rows = [
        Row("Provider", (f"{told.provider_name} ({told.provider})",)),
        Row("When", (_reaches(told),)),
        Row("Opened", (format_day(told.opened_at),)),
    ]
    if told.closure:
        words = (wording.CASE_ENDS[told.closure], told.closed_reason or "")
        rows.append(Row("What was found", (*words, f"On {format_day(told.closed_at)}")))
    look = ActionLink("Look at the children the case is about", f"{CASES}/{told.id}/children")
    close = ActionLink("Say what was found, and close it", f"{CASES}/{told.id}/close")
    links = (look, *((close,) if closes and not told.closure else ())) if looks else ()
    return PartPage(
        heading="May have to register",
        caption=told.provider_name,
        back=_BACK,
        tag=_tag(told),
        paragraphs=law_words(),
        sections=(
            Section("The case", tuple(rows), links=links),
            Section("What was counted", tuple(_counted(told)), ("It names nobody.",)),
        ),
    )


def _counted(told: RegistrationCaseOut) -> list[Row]:
    return [Row(f"Count {place}", (line,)) for place, line in enumerate(told.counts, start=1)]


def law_words() -> tuple[str, ...]:
    """Say what the limit is, and on what it rests."""
    return tuple(_law(rule) for rule in (INDEPENDENT_SCHOOL, FULL_TIME_HOURS))


def _law(rule: Rule) -> str:
    return f"{rule.says} {wording.rests_on(rule.basis, str(rule.citation))}."


def close_form(row: Any) -> FormAsked:
    """Return the form on which the department says what it found of a setting."""
    return FormAsked(
        heading="Say what was found",
        button="Close the case",
        back=ActionLink("The case", f"{CASES}/{row.id}"),
        parts=(Part(_END),),
        facts=(Fact("Provider", (f"{row.provider_name} ({row.provider})",)),),
        warning="It cannot be opened again. What is new opens another case.",
        version=row.version,
    )
