"""What the inspectors' desk shows: each list of work, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from app.inspections.risk import RiskGround
from app.inspections.schemas.following import WaitingAppeals, WaitingRevisits
from app.inspections.schemas.hearing import WaitingChecks
from app.inspections.schemas.inspections import InspectionList, InspectionSummary
from app.inspections.service.queue import Waiting
from app.inspections.terms import InspectionState, Outcome
from app.pages.filters import count, format_day
from app.pages.form_parts import select_field
from app.pages.officers.answered_records import RECORDS
from app.pages.officers.quality.wording import (
    DUE,
    GROUNDS,
    KINDS,
    OUTCOMES,
    STATES,
    WHY,
    kind_words,
)
from app.pages.part_view import Narrowed, PartPage, Row, Section, TagView
from app.pages.rendering import authority_choices
from app.pages.view_models import ActionLink
from app.places.facts import la_name

INSPECTIONS = "/inspections"
ON_A_PAGE = 25
LISTS: Mapping[str, str] = {
    "queue": "To see first",
    "open": "Under way",
    "checks": "To be checked",
    "appeals": "Appeals",
    "revisits": "Visits asked for",
    "over": "Published or given up",
}
BESIDE = (
    ActionLink("Results that came in one file", "/inspection-results"),
    ActionLink("Concerns", "/concerns"),
    ActionLink("Interim suspensions", "/interim-suspensions"),
    ActionLink("What we rely on", "/reliances"),
    ActionLink("Declared interests", "/declared-interests"),
)
"""Further pages of quality assurance."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Which list is shown, and by what it is narrowed; what is empty does not narrow.

    Attributes:
        listed: which of `LISTS`.
        ground: of the queue: for this reason.
        kind: of inspections: of this kind.
        la: of which authority the queue is.
        further: whether this is another page than the first.
    """

    listed: str
    ground: str = ""
    kind: str = ""
    la: str = ""
    further: bool = False

    @property
    def narrowing(self) -> tuple[tuple[str, str], ...]:
        """What the address says of it."""
        said = (("listed", self.listed), ("ground", self.ground), ("kind", self.kind))
        return tuple((name, value) for name, value in said if value)

    @property
    def address(self) -> str:
        """Where its first page is."""
        return f"{INSPECTIONS}?{urlencode(self.narrowing)}"


def queue_part(
    shown: Shown, waiting: Sequence[Waiting] | None, after: int, *, own: bool
) -> PartPage:
    """Return the page of the sites of an authority, the most pressing first.

    Args:
        shown: by what it is narrowed.
        waiting: every site on the register there; nothing until an authority was chosen.
        after: how many of them come before this page.
        own: whether it is the authority of whoever looks.
    """
    grounds = {"": "Any reason"} | {code: GROUNDS[code] for code in RiskGround}
    narrowed = [_narrowed("ground", "Why it is to be seen", grounds, shown.ground)]
    if not own:
        authorities = {"": "Choose one", **dict(authority_choices())}
        narrowed.insert(0, _narrowed("la", "Local authority", authorities, shown.la))
    if waiting is None:
        words = ("Choose the local authority whose sites you want to see.",)
        return _page(shown, Section(LISTS["queue"], words=words), narrowed=tuple(narrowed))
    fitting = [one for one in waiting if not shown.ground or shown.ground in one.risk.grounds]
    here = shown.address if own else f"{shown.address}&{urlencode({'la': shown.la})}"
    section = Section(
        heading=f"Sites in {la_name(shown.la)}, the most pressing first",
        rows=tuple(_site(one) for one in fitting[after : after + ON_A_PAGE]),
        words=(
            "The order says where to go first, and why. Nothing is decided by it.",
            " ".join(_counted(waiting)),
        ),
        when_empty="No site is to be seen for this reason." if waiting else "No site is listed.",
    )
    following = f"{here}&after={after + ON_A_PAGE}" if len(fitting) > after + ON_A_PAGE else None
    return _page(shown, section, following, narrowed=tuple(narrowed), first=here if after else None)


def inspections_part(shown: Shown, found: InspectionList) -> PartPage:
    """Return the page of inspections, the earliest planned first."""
    kinds = {"": "Any kind"} | {code: words[0] for code, words in KINDS.items()}
    rows = tuple(
        Row(
            f"{one.provider_name}: {kind_words(one.kind)}",
            (
                f"{one.reference}, by {one.body_name}",
                f"Planned for {format_day(one.planned_on)}",
                *((f"Comments until {format_day(one.comments_due_on)}",) if _heard(one) else ()),
            ),
            (_open(one.reference),),
            STATES[one.state],
        )
        for one in found.items
    )
    section = Section(LISTS[shown.listed], rows, when_empty="There is none.")
    narrowed = (_narrowed("kind", "Kind of inspection", kinds, shown.kind),)
    return _page(shown, section, found.links.next, narrowed=narrowed)


def checks_part(shown: Shown, found: WaitingChecks) -> PartPage:
    """Return the page of inspections that wait for a second officer."""
    rows = tuple(
        Row(
            f"{one.provider_name}: {kind_words(one.kind)}",
            (
                f"{one.reference}, by {one.body_name}",
                f"Waits since {format_day(one.waits_since)}",
                *((f"Not for you: {WHY[one.why_not_you]}",) if one.why_not_you else ()),
            ),
            (_open(one.reference),),
            None if one.why_not_you else TagView("You may check it", "green"),
        )
        for one in found.items
    )
    empty = "Nothing waits for a second officer."
    return _page(shown, Section(LISTS["checks"], rows, when_empty=empty), found.links.next)


def appeals_part(shown: Shown, found: WaitingAppeals) -> PartPage:
    """Return the page of appeals that wait for somebody uninvolved."""
    rows = tuple(
        Row(
            one.provider_name,
            (
                f"Against {one.reference}, by {one.body_name}",
                f"Appealed on {format_day(one.appealed_at)}",
                *((f"To be decided by {format_day(one.due_on)}",) if one.due_on else ()),
                *((f"Not for you: {WHY[one.why_not_you]}",) if one.why_not_you else ()),
            ),
            (_open(one.reference),),
            TagView("Overdue", "red") if one.overdue else None,
        )
        for one in found.items
    )
    section = Section(LISTS["appeals"], rows, when_empty="No appeal waits.")
    return _page(shown, section, found.links.next)


def revisits_part(shown: Shown, found: WaitingRevisits) -> PartPage:
    """Return the page of visits that providers asked for."""
    rows = tuple(
        Row(
            one.provider_name,
            (
                f"After {one.reference}, by {one.body_name}",
                f"Asked for on {format_day(one.asked_at)}",
                *((f"Number {one.place} of those asked for",) if one.place else ()),
            ),
            (_open(one.reference),),
        )
        for one in found.items
    )
    section = Section(LISTS["revisits"], rows, when_empty="No provider waits for another visit.")
    return _page(shown, section, found.links.next)


def for_seconds(shown: Shown) -> PartPage:
    """Return the page of a list that is for second officers, as others see it."""
    words = ("This list is for people with the role of second officer.",)
    return _page(shown, Section(LISTS[shown.listed], words=words))


def _page(
    shown: Shown,
    section: Section,
    next_url: str | None = None,
    *,
    narrowed: tuple[Narrowed, ...] = (),
    first: str | None = None,
) -> PartPage:
    return PartPage(
        heading="Inspections",
        caption=LISTS[shown.listed],
        back=ActionLink("Organisation", "/organisation"),
        sections=(section, Section("Beside inspections", links=BESIDE)),
        next_url=next_url,
        first_url=first or (shown.address if shown.further else None),
        others=tuple(
            ActionLink(words, f"{INSPECTIONS}?listed={code}")
            for code, words in LISTS.items()
            if code != shown.listed
        ),
        narrowed=narrowed,
        unseen=(("listed", shown.listed),),
    )


def _site(one: Waiting) -> Row:
    row = one.row
    here = f"{RECORDS}/{row.number}/inspections"
    links = [_open(plan.reference) for plan in one.planned]
    links.append(ActionLink("Plan an inspection", f"{here}/plan?site={row.site}"))
    links.append(ActionLink("Open the record", f"{RECORDS}/{row.number}"))
    outcome = row.outcome or Outcome.NOT_YET_ASSESSED
    return Row(
        f"{row.provider_name}: {row.site_name}", tuple(_about(one)), tuple(links), OUTCOMES[outcome]
    )


def _about(one: Waiting) -> Iterator[str]:
    yield from (GROUNDS[ground] for ground in one.risk.grounds)
    due = one.risk.due
    if due is not None:
        kind = kind_words(due.kind)
        yield f"{kind} due on {format_day(due.on)}, because {DUE[due.because]}"
    if one.last_seen_on is not None:
        yield f"Last seen on {format_day(one.last_seen_on)}"
    for plan in one.planned:
        yield f"Planned for {format_day(plan.planned_on)}: {kind_words(plan.kind).lower()}"


def _counted(waiting: Sequence[Waiting]) -> Iterator[str]:
    yield f"{count(len(waiting), 'site is', 'sites are')} on the register."
    never = sum(RiskGround.NEVER_SEEN in one.risk.grounds for one in waiting)
    overdue = sum(RiskGround.OVERDUE in one.risk.grounds for one in waiting)
    yield f"{count(never, 'was', 'were')} never seen by an inspection."
    yield f"{count(overdue, 'is', 'are')} overdue for a visit, which is counted in public."


def _heard(one: InspectionSummary) -> bool:
    return one.state is InspectionState.WITH_PROVIDER and one.comments_due_on is not None


def _open(reference: str) -> ActionLink:
    return ActionLink(f"Open {reference}", f"{INSPECTIONS}/{reference}")


def _narrowed(name: str, label: str, offered: Mapping[str, str], chosen: str) -> Narrowed:
    return Narrowed(label, select_field(name, list(offered.items()), chosen))
