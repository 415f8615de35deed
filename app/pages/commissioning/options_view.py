"""What the pages on the settings of an assessment show and ask: side by side, chosen, tested."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.assessments.schemas.options import OptionOut
from app.assessments.terms import AskedAs, DistanceFrom
from app.pages.commissioning.funding_wording import UNIT_NAMES
from app.pages.commissioning.placement_wording import DELIVERIES, LIGHTS, hours
from app.pages.commissioning.read import Whole
from app.pages.commissioning.site_checks_view import KINDS
from app.pages.commissioning.week import show_week
from app.pages.commissioning.wording import STANDINGS
from app.pages.filters import format_day, format_distance, format_moment
from app.pages.part_view import Row, Section, TagView
from app.pages.standards_wording import EVIDENCE_KINDS
from app.pages.typed_facts import show_pounds
from app.pages.view_models import ActionLink, Frame
from app.rules.suitability.facts import Assured, Listed

LISTINGS: Mapping[str, str] = {
    Listed.LISTED: "Listed",
    Listed.UNDER_REVIEW: "Under review",
    Listed.SUSPENDED: "Suspended",
    Listed.GONE: "Removed or closed",
    Listed.NOT_LISTED: "Not listed",
}
OUTCOMES: Mapping[str, str] = {
    Assured.MEETS: "Meets the standards",
    Assured.DOES_NOT_MEET: "Does not yet meet the standards",
    Assured.NOT_CURRENT: "Not assessed, or not any more",
}
_FROM: Mapping[str, str] = {
    DistanceFrom.SCHOOL: "from the child's school",
    DistanceFrom.HOME_AUTHORITY: "from the middle of the authority where the child lives",
}
_ASKED_AS: Mapping[str, str] = {
    AskedAs.WHAT_IF: "Asked what a week would mean",
    AskedAs.OPTION: "Tested with the proposed week",
    AskedAs.DECISION: "Tested anew for the decision",
}
_UNKNOWN = "Not known"


@dataclass(frozen=True, slots=True)
class Column:
    """A setting: its name, where it stands, and what can be done with it."""

    name: str
    tag: TagView
    acts: tuple[ActionLink, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is compared, and a cell of lines for each setting."""

    label: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """The page: settings side by side.

    Attributes:
        frame: what surrounds it.
        title: in the browser's tab.
        heading: of the page.
        caption: whom it is for.
        back: where it belongs.
        done: what the form that led here did.
        words: what to know first.
        columns: the settings.
        criteria: what is compared.
        links: what can be added.
        sections: what belongs to it besides.
    """

    frame: Frame
    title: str
    heading: str
    caption: str
    back: ActionLink
    done: str | None
    words: tuple[str, ...]
    columns: tuple[Column, ...]
    criteria: tuple[Criterion, ...]
    links: tuple[ActionLink, ...]
    sections: tuple[Section, ...]


def side_by_side(
    frame: Frame, whole: Whole, tests: Sequence[Any], words: tuple[str, ...], done: str | None
) -> SideView:
    """Return the page of the settings of an assessment."""
    options, may = whole.told.options, not whole.why_not_say()
    links = (
        ActionLink("Add a setting from the register", f"{whole.address}/options/find"),
        ActionLink("Say why there is only one", f"{whole.address}/steps/shortlist"),
        ActionLink("Ask what a week would mean for a setting", f"{whole.address}/what-if"),
    )
    return SideView(
        frame=frame,
        title=f"Settings side by side: {whole.told.reference}",
        heading="Settings side by side",
        caption=f"{whole.name}, assessment {whole.told.reference}",
        back=whole.back,
        done=done,
        words=words,
        columns=tuple(
            Column(
                f"{one.provider_name}, site {one.site}",
                STANDINGS[one.standing],
                (ActionLink("Change, choose or turn down", f"{whole.address}/options/{one.id}"),)
                if may
                else (),
            )
            for one in options
        ),
        criteria=tuple(
            Criterion(label, tuple(tuple(told(one)) for one in options)) for label, told in CRITERIA
        ),
        links=links if may else (),
        sections=_tests(tests),
    )


def option_rows(one: OptionOut) -> tuple[Row, ...]:
    """Return what is known of one setting, criterion by criterion."""
    return tuple(Row(label, lines) for label, told in CRITERIA if (lines := tuple(told(one))))


def _on_register(one: OptionOut) -> Iterator[str]:
    checked = one.checked
    yield f"{LISTINGS[checked.listed]} on {format_day(checked.on)}"
    yield OUTCOMES[checked.outcome]
    if checked.concern_open:
        yield "A concern about it is open"


def _fits(one: OptionOut) -> Iterator[str]:
    for about, held in (("age", one.checked.covers_age), ("needs", one.checked.covers_needs)):
        said = {True: "Its listing covers the", False: "Its listing does not cover the"}
        words = said.get(held) if held is not None else None
        yield f"{words} {about}" if words else f"Whether it covers the {about} is not known"


def _evidence(one: OptionOut) -> Iterator[str]:
    checked = one.checked
    if checked.evidence_current is not None:
        yield "In date" if checked.evidence_current else "Something is out of date"
    if checked.insured is not None:
        yield "Insured" if checked.insured else "Not insured"
    for held in checked.evidence:
        until = f"until {format_day(held.until)}" if held.until else "in date"
        stands = until if held.current else "out of date"
        yield f"{EVIDENCE_KINDS.get(held.kind, held.kind)}: {stands}"


def _own_checks(one: OptionOut) -> Iterator[str]:
    if not one.checked.own_checks:
        yield "None of use on the first day"
    for held in one.checked.own_checks:
        yield f"{KINDS[held.kind][0]}, seen {format_day(held.seen_on)}"


def _week(one: OptionOut) -> Iterator[str]:
    if one.sessions is None or one.weekly_minutes is None:
        yield "No week is proposed"
        return
    yield f"{hours(one.weekly_minutes)} a week"
    yield from show_week(one.sessions, one.site)
    if one.minutes_elsewhere is None:
        yield "Hours elsewhere are not known"
    else:
        yield f"{hours(one.minutes_elsewhere)} elsewhere"


def _limit(one: OptionOut) -> Iterator[str]:
    if one.registration_test is not None:
        yield f"{LIGHTS[one.registration_test.light].label}"
        yield f"First on {format_day(one.registration_test.on)}"


def _price(one: OptionOut) -> Iterator[str]:
    if one.price is not None:
        yield f"{show_pounds(one.price.pence)} a {UNIT_NAMES[one.price.unit][0]}"


def _distance(one: OptionOut) -> Iterator[str]:
    if one.distance is not None:
        yield f"{format_distance(one.distance.metres)} {_FROM[one.distance.from_]}"


def _text(name: str) -> Callable[[OptionOut], Iterator[str]]:
    def told(one: OptionOut) -> Iterator[str]:
        if held := getattr(one, name):
            yield held

    return told


CRITERIA: tuple[tuple[str, Callable[[OptionOut], Iterator[str]]], ...] = (
    ("On the register", _on_register),
    ("Fits the child", _fits),
    ("Evidence", _evidence),
    ("Our own checks", _own_checks),
    ("Programme", _text("programme")),
    ("Taught", lambda one: iter((DELIVERIES[one.delivery],))),
    ("Week", _week),
    ("The limit for schools", _limit),
    ("Price", _price),
    ("Distance", _distance),
    ("Needs it does not meet", _text("gaps")),
    ("Reasons", _text("reasons")),
)
"""What settings are compared by."""


def _tests(tests: Sequence[Any]) -> tuple[Section, ...]:
    rows = tuple(
        Row(
            f"{one.provider_name}, site {one.site}",
            (
                f"{_ASKED_AS[one.asked_as]} of {hours(one.weekly_minutes)} a week",
                f"{format_moment(one.asked_at)}, {one.asked_by_name}",
            ),
            tag=LIGHTS[one.light],
        )
        for one in tests
    )
    if not rows:
        return ()
    words = "A light only; nobody is told who else is placed there. It changes with every place."
    return (Section("What was asked of the limit", rows, words=(words,)),)
