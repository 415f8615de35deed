"""What the page that lists an owner's providers, and the task list of each, are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.pages.filters import count, format_day
from app.pages.owners.held_records import RECORDS, Own
from app.pages.part_view import TagView
from app.pages.records_wording import DONE, RECORD_STATUSES
from app.pages.view_models import ActionLink, Frame
from app.providers.completeness import Missing
from app.providers.schemas.record import MissingOut
from app.providers.terms import PUBLIC_STATUSES

TO_DO = TagView("To do", "blue")
OVERDUE = TagView("Overdue", "red")
DONE_TAG: TagView | None = None
"""What is done carries no tag: the words are enough."""

_WHERE = {
    "owner": "",
    "legal_form": "/details",
    "staff_size": "/details",
    "identifiers": "/details",
    "public_email": "/details",
    "people": "/people",
    "contacts": "/people",
    "sites": "/sites",
    "consent": "/consent",
}
"""Where something missing is mended: the page, by the first step of its pointer."""


@dataclass(frozen=True, slots=True)
class RecordCard:
    """One provider in the list of an owner's.

    Attributes:
        name: the provider's.
        number: likewise.
        href: its task list.
        tag: where it stands.
        missing: how much is missing before it can apply.
        next: what to do next.
    """

    name: str
    number: str
    href: str
    tag: TagView
    missing: str
    next: ActionLink


@dataclass(frozen=True, slots=True)
class RecordsView:
    """The page of an owner's providers; `claims` are invitations that wait for an answer."""

    frame: Frame
    title: str
    organisation: str
    done: str | None
    claims: tuple[ActionLink, ...]
    records: tuple[RecordCard, ...]
    may_add: bool
    next_url: str | None
    first_url: str | None


@dataclass(frozen=True, slots=True)
class Task:
    """One line of a task list: done, or what there is to do."""

    title: str
    href: str
    state: str
    tag: TagView | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks that belong together."""

    heading: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as a task list.

    Attributes:
        frame: what surrounds the page.
        title: the provider's name.
        number: likewise.
        done: what the form that led here did.
        tag: where it stands.
        public: what the public sees.
        public_url: where they see it, if they do.
        groups: what is done and to do.
        also: where else to go.
        asks: questions that wait for an answer.
    """

    frame: Frame
    title: str
    number: str
    done: str | None
    tag: TagView
    public: str
    public_url: str | None
    groups: tuple[TaskGroup, ...]
    also: tuple[ActionLink, ...] = ()
    asks: tuple[ActionLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of records and claims: rows, what each record lacks, and where more are."""

    rows: Sequence[Any]
    missing: Sequence[Sequence[Missing]]
    claims: Sequence[Any]
    next_url: str | None
    first_url: str | None


def build_records(
    frame: Frame, organisation: str, listed: Listed, *, may_add: bool, done: str | None = None
) -> RecordsView:
    """Return the page of an owner's providers.

    Args:
        frame: what surrounds the page.
        organisation: the owner's name.
        listed: what it shows.
        may_add: whether whoever looks may begin a record.
        done: the code of what the form that led here did.
    """
    return RecordsView(
        frame=frame,
        title="Providers",
        organisation=organisation,
        done=DONE.get(done or ""),
        claims=tuple(
            ActionLink(f"Take over the record of {one.name}", f"/claims/{one.id}")
            for one in listed.claims
        ),
        records=tuple(
            _card(row, missing) for row, missing in zip(listed.rows, listed.missing, strict=True)
        ),
        may_add=may_add,
        next_url=listed.next_url,
        first_url=listed.first_url,
    )


def build_record(
    frame: Frame,
    own: Own,
    groups: Sequence[TaskGroup],
    done: str | None = None,
    asks: tuple[ActionLink, ...] = (),
) -> RecordView:
    """Return a record as a task list.

    Args:
        frame: what surrounds the page.
        own: the record.
        groups: what is done and to do, beside the record itself.
        done: the code of what the form that led here did.
        asks: questions that wait for an answer.
    """
    told = own.told
    public = told.status in PUBLIC_STATUSES
    return RecordView(
        frame=frame,
        title=told.name,
        number=told.number,
        done=DONE.get(done or ""),
        tag=TagView(*RECORD_STATUSES[told.status]),
        public="Everybody can see what the register shows of it."
        if public
        else "The public sees nothing of it before it is listed.",
        public_url=f"/providers/{told.number}" if public else None,
        groups=tuple(groups),
        asks=asks,
    )


def record_tasks(own: Own) -> TaskGroup:
    """Return the tasks of the record itself: who it is, where it works, what it offers."""
    return TaskGroup(
        "About the provider",
        (
            _task(own, "Names and numbers", "details"),
            _task(own, "People and how to reach them", "people"),
            _task(own, "Places and what is offered", "sites"),
        ),
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much evidence a record shows.

    Attributes:
        documents: how many stand.
        out_of_date: how many of them no longer count.
        expiring: how many of them will not for long.
        staff: how many work with children.
        due: of how many of them a check is due.
        evaluations: how many self-evaluations are completed.
        under_way: how many are not.
        shares: with how many evidence is shared now.
    """

    documents: int = 0
    out_of_date: int = 0
    expiring: int = 0
    staff: int = 0
    due: int = 0
    evaluations: int = 0
    under_way: int = 0
    shares: int = 0


def evidence_tasks(own: Own, held: Evidence) -> TaskGroup:
    """Return the tasks of showing how the standards are met."""
    documents = _state(held.documents, "document")
    if held.out_of_date:
        documents = ("", TagView(f"{held.out_of_date} out of date", "red"))
    elif held.expiring:
        documents = ("", TagView(f"{count(held.expiring, 'runs', 'run')} out soon", "yellow"))
    staff = _state(held.staff, "person", "people")
    if held.due:
        staff = ("", TagView(f"Checks due of {held.due}", "yellow"))
    said = _state(held.evaluations, "completed", "completed")
    if held.under_way and not held.evaluations:
        said = ("", TagView("Under way", "blue"))
    return TaskGroup(
        "Your evidence",
        (
            Task("Documents", f"{own.address}/documents", *documents),
            Task("Checks on staff", f"{own.address}/staff", *staff),
            Task("Self-evaluation", f"{own.address}/self-evaluations", *said),
            Task("Inspections", f"{own.address}/inspections", ""),
            Task(
                "Share it with schools and councils",
                f"{own.address}/shares",
                f"Shared with {held.shares}" if held.shares else "If you like",
            ),
        ),
    )


def _state(number: int, one: str, many: str | None = None) -> tuple[str, TagView | None]:
    return (count(number, one, many), None) if number else ("", TO_DO)


def word_tasks(own: Own) -> TaskGroup:
    """Return the tasks in which the owner gives their word."""
    said, consent = own.told.confirmation, own.told.consent
    state, tag, hint = "Done", DONE_TAG, ""
    if said.overdue:
        state, tag, hint = "", OVERDUE, f"Was due by {format_day(said.due_on)}."
    elif said.confirmed_on is not None:
        hint = f"Next due by {format_day(said.due_on)}." if said.due_on else ""
    else:
        state, hint = "Not due yet", "Needed before you apply to be listed."
        if said.due_on is not None:
            hint = f"Due by {format_day(said.due_on)}, and before you apply to be listed."
    agreed = consent is not None and consent.given
    return TaskGroup(
        "Your word",
        (
            Task(
                "Agree to publication",
                f"{own.address}/consent",
                "Done" if agreed else "",
                DONE_TAG if agreed else TO_DO,
            ),
            Task(
                "Confirm the record once a year",
                f"{own.address}/confirmation",
                state,
                tag,
                hint or None,
            ),
        ),
    )


def placed_tasks(own: Own) -> TaskGroup:
    """Return what there is to do with children who are placed with the provider."""
    return TaskGroup(
        "Children placed with you",
        tuple(
            Task(title, f"{own.address}/{page}", "", None, hint)
            for title, page, hint in (
                ("Who is expected, and who came", "attendance", "Report it the same morning."),
                ("Children placed with you", "placements", "When they come, and whom to call."),
                ("Days on which nobody is expected", "closures", None),
                (
                    "Children whom nobody places with you",
                    "declaration",
                    "Educated at home or paid for privately: declare them each quarter.",
                ),
                ("Prices and invoices", "funding", None),
            )
        ),
    )


def _card(row: Any, missing: Sequence[Missing]) -> RecordCard:
    href = f"{RECORDS}/{row.number}"
    first = next(iter(missing), None)
    return RecordCard(
        name=row.name,
        number=row.number,
        href=href,
        tag=TagView(*RECORD_STATUSES[row.status]),
        missing=f"{count(len(missing), 'thing is', 'things are')} missing"
        if missing
        else "Nothing is missing of the record itself",
        next=ActionLink(first.words, href + _where(first))
        if first
        else ActionLink("See what else there is to do", href),
    )


def _task(own: Own, title: str, page: str) -> Task:
    lacking = [one for one in own.told.missing if _where(one) == f"/{page}"]
    hint = " ".join(one.words for one in lacking) or None
    return Task(
        title,
        f"{own.address}/{page}",
        "" if lacking else "Done",
        TO_DO if lacking else DONE_TAG,
        hint,
    )


def _where(missing: Missing | MissingOut) -> str:
    return _WHERE.get(missing.field.split("/")[1], "")
