"""What the owner's pages on inspections show and ask."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.inspections.errors import ActionNotFoundError
from app.inspections.schemas.following import FollowUp
from app.inspections.schemas.hearing import CommentList
from app.inspections.schemas.inspections import InspectionOut
from app.inspections.schemas.judgements import AskedAtSite, JudgementSheet
from app.inspections.terms import SHORT, ActionState, AppealState, InspectionState
from app.pages import inspection_wording, wording
from app.pages.filters import format_day
from app.pages.owners.held_records import Own
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.view_models import ActionLink

INSPECTIONS = "inspections"
STATES = {
    InspectionState.PLANNED: TagView("Planned", "grey"),
    InspectionState.JUDGING: TagView("Under way", "blue"),
    InspectionState.WITH_PROVIDER: TagView("Draft with you", "yellow"),
    InspectionState.TO_CHECK: TagView("Being checked", "blue"),
    InspectionState.PUBLISHED: TagView("Published", "green"),
    InspectionState.CANCELLED: TagView("Given up", "grey"),
}
JUDGEMENTS = {code: TagView(*words) for code, words in inspection_wording.JUDGEMENTS.items()}
ACTIONS = {
    ActionState.OPEN: "to be done",
    ActionState.EVIDENCE_SENT: "evidence sent; an inspector has yet to look",
    ActionState.VERIFIED: "done, as an inspector saw",
    ActionState.OVERDUE: "overdue",
}
CLOCKS = {
    "comments": "Say what is wrong in the draft",
    "action-plan": "Give your plan of actions",
    "appeal": "Appeal",
    "appeal-decision": "Your appeal is decided",
}


class OfInspection(StrEnum):
    """What can be done about a whole inspection; each is the last part of an address."""

    NO_MORE = "no-more-comments"
    APPEAL = "appeal"
    REVISIT = "revisit"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, and what is to be done about it."""

    site: int
    criterion: str
    step: str


@dataclass(frozen=True, slots=True)
class Read:
    """Everything an owner is told of an inspection."""

    told: InspectionOut
    sheet: JudgementSheet
    comments: CommentList
    follow_up: FollowUp

    @property
    def hearing(self) -> bool:
        """Whether the owner may say what is wrong in the draft."""
        return self.told.state is InspectionState.WITH_PROVIDER and not self.comments.closed

    @property
    def published(self) -> bool:
        """Whether it is published."""
        return self.told.state is InspectionState.PUBLISHED

    def item(self, site: int, criterion: str) -> AskedAtSite | None:
        """Return what was found of a criterion at a site, if anything was."""
        return next(
            (
                one
                for one in self.sheet.items
                if (one.site, one.criterion) == (site, criterion) and one.found is not None
            ),
            None,
        )

    def action_of(self, finding: Finding) -> uuid.UUID:
        """Return the action about a finding.

        Raises:
            ActionNotFoundError: there is none.
        """
        for one in self.follow_up.actions:
            if (one.site, one.criterion) == (finding.site, finding.criterion):
                return one.id
        raise ActionNotFoundError("There is no action about this finding. Plan one first.")


def inspections_page(own: Own, found: Sequence[Any]) -> PartPage:
    """Return the page that lists the inspections of a provider."""
    rows = tuple(
        Row(
            row.reference,
            (_kind(row.kind), f"Planned for {format_day(row.planned_on)}", row.body_name),
            (ActionLink("Open it", f"{own.address}/{INSPECTIONS}/{row.reference}"),),
            STATES[InspectionState(row.state)],
        )
        for row in reversed(found)
    )
    return PartPage(
        heading="Inspections",
        caption=own.held.name,
        back=own.back,
        sections=(Section("All of them", rows, when_empty="None is planned or was made yet."),),
    )


def inspection_page(own: Own, read: Read) -> PartPage:
    """Return the page of one inspection: what was found, by when what can be done, and how."""
    return PartPage(
        heading=f"Inspection {read.told.reference}",
        caption=own.held.name,
        back=ActionLink("Inspections", f"{own.address}/{INSPECTIONS}"),
        tag=STATES[read.told.state],
        paragraphs=tuple(_paragraphs(read)),
        sections=(
            Section(
                "By when",
                tuple(_clocks(read)),
                when_empty="No clock runs.",
                links=tuple(_steps(own, read)) if own.signs else (),
            ),
            *(_site(own, read, site.site, site.name) for site in read.told.sites),
            Section(
                "What followed", tuple(_followed(read)), when_empty="You have not appealed so far."
            ),
        ),
    )


_NOT_SENT = "You are shown the draft once it is sent."


def _paragraphs(read: Read) -> Iterator[str]:
    told = read.told
    yield (
        f"{_kind(told.kind)}, by {told.body_name}, planned for {format_day(told.planned_on)}, "
        f"against {told.standards}."
    )
    for code in read.follow_up.pending:
        yield wording.label(inspection_wording.PENDING, code)


def _clocks(read: Read) -> Iterator[Row]:
    for one in read.follow_up.clocks:
        until = f"By {format_day(one.due_on)}"
        tag = TagView("Over", "grey") if one.over else TagView("Runs", "blue")
        yield Row(CLOCKS[one.what], (until, one.rule), tag=tag)


def _steps(own: Own, read: Read) -> Iterator[ActionLink]:
    here = f"{own.address}/{INSPECTIONS}/{read.told.reference}"
    if read.hearing:
        yield ActionLink("Say that you have no more comments", f"{here}/{OfInspection.NO_MORE}")
    if read.published:
        yield ActionLink("Appeal", f"{here}/{OfInspection.APPEAL}")
        if any(one.found and one.found.judgement in SHORT for one in read.sheet.items):
            yield ActionLink("Ask to be visited again", f"{here}/{OfInspection.REVISIT}")


def _site(own: Own, read: Read, site: int, name: str) -> Section:
    rows = tuple(
        Row(
            f"{one.criterion} {one.requirement}",
            tuple(_about(read, one)),
            tuple(_links(own, read, one)) if own.signs else (),
            JUDGEMENTS[one.found.judgement],
        )
        for one in read.sheet.items
        if one.site == site and one.found is not None
    )
    return Section(f"Site {site}: {name}", rows, when_empty=_NOT_SENT)


def _about(read: Read, one: AskedAtSite) -> Iterator[str]:
    found = one.found
    if found is not None and found.finding:
        yield found.finding
    if found is not None and found.seen_on:
        yield f"Seen on {format_day(found.seen_on)}"
    key = (one.site, one.criterion)
    for said in read.comments.items:
        if (said.site, said.criterion) == key:
            answer = f" Answer: {said.answer}. {said.reason or ''}" if said.answer else ""
            yield f"You said: {said.comment}{answer}"
    yield from _answered(read, key)


def _answered(read: Read, key: tuple[int, str]) -> Iterator[str]:
    replies = [each for each in read.follow_up.replies if (each.site, each.criterion) == key]
    if replies and replies[-1].withdrawn_at is None:
        withheld = replies[-1].withheld_because
        if withheld is None:
            yield f"You reply in public: {replies[-1].reply}"
        else:
            yield f"You replied: {replies[-1].reply}"
            why = wording.label(inspection_wording.WITHHELD, withheld)
            yield f"The public is not shown it. {why} {replies[-1].withheld_reason}"
    for action in read.follow_up.actions:
        if (action.site, action.criterion) == key:
            due = format_day(action.due_on)
            yield f"Action by {action.role}, {due}: {action.action} ({ACTIONS[action.state]})"
            if action.sent_back_reason:
                yield f"The inspector says: {action.sent_back_reason}"


def _links(own: Own, read: Read, one: AskedAtSite) -> Iterator[ActionLink]:
    key = (one.site, one.criterion)
    here = (
        f"{own.address}/{INSPECTIONS}/{read.told.reference}/sites/{one.site}/criteria/"
        f"{one.criterion}"
    )
    if read.hearing:
        yield ActionLink("Say what is wrong", f"{here}/comment")
    if not read.published:
        return
    yield ActionLink("Reply in public", f"{here}/reply")
    replies = [each for each in read.follow_up.replies if (each.site, each.criterion) == key]
    if replies and replies[-1].withdrawn_at is None:
        yield ActionLink("Take your reply back", f"{here}/take-back")
    action = next((a for a in read.follow_up.actions if (a.site, a.criterion) == key), None)
    short = one.found is not None and one.found.judgement in SHORT
    if short and (action is None or action.state in {ActionState.OPEN, ActionState.OVERDUE}):
        yield ActionLink("Plan an action" if action is None else "Change it", f"{here}/action")
    if action is not None and action.state is not ActionState.VERIFIED:
        yield ActionLink("Show that it was done", f"{here}/evidence")


def _followed(read: Read) -> Iterator[Row]:
    for appeal in read.follow_up.appeals:
        values = [f"On {format_day(appeal.appealed_at)}: {appeal.grounds}"]
        if appeal.state is AppealState.DECIDED:
            values.append(f"Decided: {appeal.decision}. {appeal.reason}")
        yield Row("Appeal", tuple(values), tag=TagView(appeal.state.capitalize(), "grey"))
    for revisit in read.follow_up.revisits:
        values = [f"Asked for on {format_day(revisit.asked_at)}: {revisit.reason}"]
        if revisit.place is not None:
            values.append(f"It is number {revisit.place} of those asked for.")
        if revisit.inspection or revisit.answer:
            values.append(revisit.inspection or revisit.answer or "")
        yield Row("Another visit", tuple(values), tag=TagView(revisit.state.capitalize(), "grey"))


def _kind(code: str) -> str:
    words = wording.label(inspection_wording.KINDS, code)
    return f"{words[:1].upper()}{words[1:]}"
