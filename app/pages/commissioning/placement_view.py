"""What the page of one placement shows: the place, the week, who pays, who keeps the child safe."""

from collections.abc import Iterator
from dataclasses import dataclass

from app import clock
from app.access import Actor, Permission
from app.attendance.schemas.told import PlacementAttendance
from app.funding.schemas.told import PlacementFunding
from app.pages.commissioning.forms import COMMISSIONING, PLACEMENTS, WRITTEN_DOWN
from app.pages.commissioning.funding_wording import KINDS
from app.pages.commissioning.funding_wording import STATES as FUNDING_STATES
from app.pages.commissioning.placement_wording import (
    BASES,
    DELIVERIES,
    DESTINATIONS,
    DUTIES,
    ENDS,
    LIGHT_WORDS,
    LIGHTS,
    REVIEW_LIGHTS,
    ROUTES,
    STANDINGS,
    STATES,
    hours,
)
from app.pages.commissioning.safety_wording import STATUSES
from app.pages.commissioning.week import show_week
from app.pages.filters import count, format_day, format_moment
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.typed_facts import show_pounds
from app.pages.view_models import ActionLink
from app.placements.schemas import PlacementOut, TimetableOut
from app.placements.terms import PlacementState
from app.providers.terms import Status
from app.reviews.schemas import PlacementReviews
from app.rules.funding.answering import ROWS
from app.rules.stated import Rule
from app.safeguarding.schemas import PlacementDuties, PlacementSafeguarding

LIST = ActionLink("All placements", PLACEMENTS)

BESIDE: tuple[tuple[str, str, Permission], ...] = (
    ("Who came, and codes", "/attendance", Permission.ATTENDANCE_READ),
    ("Who is told of it", "/notices", Permission.PLACEMENTS_READ),
)
"""Further pages of a placement: what each is called, what follows in the address, what it needs."""


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that is shown of a placement; `None` where whoever looks may not read it.

    Attributes:
        told: the placement.
        standing: of its provider, today.
        site_name: of its usual site, where that is told.
        own: whether whoever looks acts for its commissioner.
        reviews: when it is reviewed next.
        funding: who pays.
        safety: how safe the child is kept.
        duties: who answers for the child today.
        attendance: who came in the last four weeks.
    """

    told: PlacementOut
    standing: str
    site_name: str | None
    own: bool
    reviews: PlacementReviews
    funding: PlacementFunding | None
    safety: PlacementSafeguarding | None
    duties: PlacementDuties | None
    attendance: PlacementAttendance | None

    @property
    def here(self) -> str:
        """Where the page is."""
        return f"{PLACEMENTS}/{self.told.id}"


def placement_part(actor: Actor, read: Read) -> PartPage:
    """Return the page of one placement."""
    told = read.told
    beside = tuple(
        ActionLink(text, f"{read.here}{end}")
        for text, end, needs in BESIDE
        if needs in actor.permissions
    )
    return PartPage(
        heading=f"Placement {told.reference}",
        caption=told.commissioner,
        back=LIST,
        sections=tuple(_sections(actor, read)),
        paragraphs=(WRITTEN_DOWN,),
        tag=STATES[told.state],
        others=beside,
    )


def _sections(actor: Actor, read: Read) -> Iterator[Section]:
    acts = read.own and Permission.PLACEMENTS_RECORD in actor.permissions
    yield Section("The place", tuple(_place(read)), links=_child(actor, read))
    yield _week(read, acts=acts)
    yield _suitability(read, acts=acts)
    if read.funding is not None:
        yield _money(read, read.funding)
    if read.safety is not None or read.duties is not None:
        yield _safety(read)
    yield _reviews(read)
    if read.attendance is not None:
        yield _attendance(read.attendance)
    yield _history(read)
    if acts:
        yield _acts(read)


def _child(actor: Actor, read: Read) -> tuple[ActionLink, ...]:
    if Permission.CHILDREN_READ not in actor.permissions:
        return ()
    return (ActionLink("The child’s record", f"{COMMISSIONING}/children/{read.told.child}"),)  # noqa: RUF001


def _place(read: Read) -> Iterator[Row]:
    told = read.told
    public = read.standing != Status.KNOWN
    record = (ActionLink("Its public record", f"/providers/{told.provider}"),) if public else ()
    name = f"{told.provider_name} ({told.provider})"
    yield Row("Provider", (name,), record, STANDINGS[read.standing])
    for one in told.warnings:
        basis = BASES[one.rule.basis]
        yield Row("To be known", (one.because, f"This rests on {basis}."))
    site = f"Site {told.site}" + (f": {read.site_name}" if read.site_name else "")
    yield Row("Where", (site, DELIVERIES[told.delivery]))
    row = ROWS[told.route]
    duty = (row.duty.says, f"This rests on {BASES[row.duty.rule.basis]}: {_cited(row.duty.rule)}.")
    yield Row("How the child came to it", (ROUTES[told.route], *duty))
    yield Row("From", (format_day(told.starts_on),))
    yield _until(told)


def _cited(rule: Rule) -> str:
    return f"{rule.citation.source}, {rule.citation.provision}"


def _until(told: PlacementOut) -> Row:
    if told.ended_on is not None:
        why = ENDS[told.end_reason] if told.end_reason else ""
        where = DESTINATIONS[told.destination] if told.destination else ""
        return Row("Ended", (format_day(told.ended_on), why, f"Went to: {where}"))
    if told.planned_end_on is None:
        return Row("Planned until", ("No last day was planned",))
    overrun = told.planned_end_on < clock.today()
    tag = TagView("Past its planned end", "red") if overrun else None
    return Row("Planned until", (format_day(told.planned_end_on),), (), tag)


def _week(read: Read, *, acts: bool) -> Section:
    latest = read.told.timetables[0]
    change = ActionLink("Give it another week", f"{read.here}/timetable")
    return Section(
        "The week",
        (
            Row("When", show_week(latest.sessions, read.told.site)),
            Row("In all", (f"{hours(latest.weekly_minutes)} a week, breaks included",)),
            Row("Education elsewhere", (_elsewhere(latest),)),
            Row(
                "Registration test",
                (LIGHT_WORDS[latest.registration_test],),
                (),
                LIGHTS[latest.registration_test],
            ),
        ),
        links=(change,) if acts and read.told.ended_on is None else (),
    )


def _elsewhere(one: TimetableOut) -> str:
    if one.minutes_elsewhere is None:
        return "Nobody has said how much"
    return f"{hours(one.minutes_elsewhere)} a week"


def _suitability(read: Read, *, acts: bool) -> Section:
    told, links = read.told, tuple[ActionLink, ...]()
    rows: list[Row] = []
    if told.assessment is not None:
        address = f"{COMMISSIONING}/assessments/{told.assessment}"
        rows.append(Row("Rests on", ("An approved assessment",), (ActionLink("Read it", address),)))
    if told.urgent_because is not None:
        rows.append(Row("It could not wait", (told.urgent_because,)))
    if told.assess_by is not None:
        late = told.assess_by < clock.today()
        tag = TagView("Overdue", "red") if late else TagView("Not yet assessed", "yellow")
        rows.append(Row("To be assessed by", (format_day(told.assess_by),), (), tag))
        if acts and told.ended_on is None:
            links = (ActionLink("Say which assessment it rests on", f"{read.here}/assessment"),)
    empty = "It was never assessed, and has ended."
    return Section("Whether it suits the child", tuple(rows), when_empty=empty, links=links)


def _money(read: Read, funding: PlacementFunding) -> Section:
    law = funding.first_payer_by_law
    rows = [
        Row(
            "Pays first, by the rule",
            (
                law.name or "The child’s record does not say which body that is",  # noqa: RUF001
                law.says,
                f"This rests on {BASES[law.rule.basis]}.",
            ),
        )
    ]
    rows += [
        Row(
            KINDS[one.kind],
            (
                (
                    f"{format_day(one.terms.since)} to {format_day(one.terms.until)}, "
                    f"{show_pounds(one.terms.estimate_pence)} in all"
                ),
            ),
            (),
            TagView("Disputed", "red")
            if any(dispute.settlement is None for dispute in one.disputes)
            else FUNDING_STATES[one.state],
        )
        for one in funding.arrangements
    ]
    if funding.gaps:
        told = f"{count(len(funding.gaps), 'time')} without a payer"
        rows.append(Row("Nobody pays", (told,), (), TagView("Gap", "orange")))
    link = ActionLink("Who pays for it", f"{read.here}/funding")
    return Section("Who pays", tuple(rows), links=(link,))


def _safety(read: Read) -> Section:
    rows = []
    for one in read.duties.duties if read.duties else ():
        contact = one.contact
        who = f"{contact.name}, {contact.post}" if contact and contact.post else None
        who = who or (contact.name if contact else "Nobody is named yet: ask them to")
        reach = [text for text in ((contact.phone, contact.email) if contact else ()) if text]
        rows.append(Row(DUTIES[one.duty], (one.body.name, who, *reach)))
    if read.safety is not None:
        missing = len(read.safety.missing)
        words = f"{count(missing, 'thing')} missing or overdue" if missing else "Nothing is missing"
        rows.insert(0, Row("Stands", (words,), (), STATUSES[read.safety.status]))
    link = ActionLink("What keeps the child safe, and who answers", f"{read.here}/safeguarding")
    return Section("Keeping the child safe", tuple(rows), links=(link,))


def _reviews(read: Read) -> Section:
    reviews, rows = read.reviews, []
    if reviews.next_on is not None and reviews.light is not None:
        tag = REVIEW_LIGHTS[reviews.light]
        rows.append(Row("Next review by", (format_day(reviews.next_on),), (), tag))
    if reviews.held:
        rows.append(Row("Last held", (format_day(reviews.held[0].held_on),)))
    waiting = [one for one in reviews.opened if one.settled_on is None]
    rows += [Row("Opened by a change", (one.because,)) for one in waiting]
    link = ActionLink("Its reviews", f"{read.here}/reviews")
    return Section("Reviews", tuple(rows), when_empty="None was held.", links=(link,))


def _attendance(attendance: PlacementAttendance) -> Section:
    counts = attendance.counts
    rows = [
        Row("Sessions", (f"{counts.expected} expected, {counts.attended} attended",)),
        Row("Absent", (str(counts.absent),)),
        Row("No report received", (f"{counts.not_reported}; that is not an absence",)),
    ]
    if counts.attended_percent is not None:
        rows.append(Row("Of those reported", (f"{counts.attended_percent} % attended",)))
    words = f"{format_day(attendance.since)} to {format_day(attendance.until)}"
    return Section("Attendance", tuple(rows), (words,))


def _history(read: Read) -> Section:
    told = read.told
    rows = [Row("Recorded", (format_moment(told.recorded_at),))]
    rows += [
        Row(
            f"Week from {format_day(one.since)}",
            (*show_week(one.sessions, told.site), f"{hours(one.weekly_minutes)} in all"),
            (),
            LIGHTS[one.registration_test],
        )
        for one in told.timetables[1:]
    ]
    return Section("History", tuple(rows))


def _acts(read: Read) -> Section:
    told, here = read.told, read.here
    if told.ended_on is not None:
        links = [ActionLink("Put right how it ended", f"{here}/end/correct")]
    else:
        links = [ActionLink("End it", f"{here}/end")]
        if told.planned_end_on is not None:
            links.insert(0, ActionLink("Make it longer", f"{here}/extension"))
    over = told.state is PlacementState.ENDED
    words = ("It has ended: only how it ended can be put right.",) if over else ()
    return Section("What can be done", words=words, links=tuple(links))
