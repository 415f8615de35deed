"""What the page of one inspection shows officers."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.access import Permission
from app.inspections.schemas.following import ActionOut
from app.inspections.schemas.hearing import CommentOut
from app.inspections.schemas.judgements import AskedAtSite
from app.inspections.terms import (
    ActionState,
    AppealState,
    EvidenceMethod,
    InspectionState,
)
from app.pages import inspection_wording
from app.pages.filters import count, format_day
from app.pages.officers.answered_records import RECORDS
from app.pages.officers.quality import wording
from app.pages.officers.quality.acts import next_words, possible_acts, submits_not
from app.pages.officers.quality.read import Read, standard_of
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.view_models import ActionLink
from app.providers.terms import Status

_ONLY_NAMED = ("Only those who are named to inspect it judge.",)


def inspection_part(read: Read, relied: Sequence[Any]) -> PartPage:
    """Return the page of one inspection.

    Args:
        read: everything that is known of it.
        relied: which bodies rely on it.
    """
    told = read.told
    back = ActionLink("Inspections", "/inspections")
    if read.row.plans:
        back = ActionLink(told.provider_name, f"{RECORDS}/{told.provider}/inspections")
    return PartPage(
        heading=f"Inspection {told.reference}",
        caption=told.provider_name,
        back=back,
        tag=wording.STATES[told.state],
        sections=(
            Section("What is next", words=(next_words(read),), acts=possible_acts(read)),
            Section("The plan", tuple(_plan(read)), links=tuple(_links(read))),
            Section("By when", tuple(_clocks(read)), when_empty="No clock runs."),
            *(_site(read, site.site, site.name) for site in told.sites),
            *_followed(read),
            *_files(read),
            *_relied(relied),
        ),
    )


def judgement_words(item: AskedAtSite) -> Iterator[str]:
    """Say what was found of a criterion, how it was seen and when."""
    found = item.found
    if found is None:
        return
    if found.finding:
        yield found.finding
    if found.seen_on is not None:
        yield seen_words(found.method, found.seen_on, carried=found.carried)
    if found.note:
        yield f"For colleagues: {found.note}"


def seen_words(method: EvidenceMethod | None, day: Any, *, carried: bool) -> str:
    """Say how evidence was seen, and on which day."""
    how = f" {inspection_wording.METHODS[method]}" if method else ""
    again = ", and carried forward" if carried else ""
    return f"Seen{how} on {format_day(day)}{again}"


def _plan(read: Read) -> Iterator[Row]:
    told = read.told
    yield Row("Provider", (f"{told.provider_name} ({told.provider})",))
    yield Row("What it is", (wording.kind_words(told.kind),))
    yield Row("Day of the inspection", (format_day(told.planned_on),))
    yield Row("Inspected by", (told.body_name,))
    people = tuple(f"{one.name} {wording.PARTS[one.part]}" for one in told.inspectors)
    yield Row("Inspectors", people or ("Nobody is named yet",))
    yield Row("Held against", (told.standards,))
    if told.criteria:
        yield Row("Only these criteria", (", ".join(told.criteria),))
    if told.reason:
        yield Row("Why it was planned", (told.reason,))
    for one in read.hearing.checks:
        words = wording.CHECKED[one.decision]
        said = (f"{words}, on {format_day(one.checked_at)}", *((one.reason,) if one.reason else ()))
        yield Row(f"Checked by {one.name}", said)


def _links(read: Read) -> Iterator[ActionLink]:
    told = read.told
    if read.judged_now:
        form = f"/v1/inspections/{told.reference}/form?format=html"
        yield ActionLink("Take the form along, to judge without a network", form)
        if not submits_not(read):
            yield ActionLink("Send a result made without a network", "/inspection-results/add")
    if read.state is InspectionState.PUBLISHED and read.row.provider_status != Status.KNOWN:
        public = f"/providers/{told.provider}/inspections/{told.reference}"
        yield ActionLink("As everybody reads it", public)
    if Permission.CONCERNS_READ in read.actor.permissions:
        yield ActionLink("Concerns about the provider", f"/concerns?provider={told.provider}")


def _clocks(read: Read) -> Iterator[Row]:
    for one in read.follow_up.clocks:
        tag = TagView("Over", "grey") if one.over else TagView("Runs", "blue")
        yield Row(wording.CLOCKS[one.what], (f"By {format_day(one.due_on)}", one.rule), tag=tag)


def _site(read: Read, site: int, name: str) -> Section:
    items = [one for one in read.sheet.items if one.site == site]
    heading = f"Site {site}: {name}"
    if read.judged_now:
        rows = (_standard(read, site, standard, items) for standard in read.standards)
        judged = tuple(row for row in rows if row is not None)
        words = () if read.part is not None else _ONLY_NAMED
        return Section(heading, judged, words, when_empty="Nothing is looked at here.")
    return Section(heading, tuple(_finding(read, one) for one in items if one.found is not None))


def _standard(read: Read, site: int, standard: str, items: Sequence[AskedAtSite]) -> Row | None:
    its = [one for one in items if standard_of(one.criterion) == standard]
    if not its:
        return None
    judged = sum(one.found is not None for one in its)
    here = f"{read.address}/sites/{site}/standards/{standard}"
    links: tuple[ActionLink, ...] = ()
    if read.part is not None and not submits_not(read):
        links = (ActionLink("Judge", here),)
    values = [f"{judged} of {count(len(its), 'criterion', 'criteria')} judged"]
    values += [_short(one) for one in its if one.found is not None]
    return Row(
        f"Standard {standard}",
        tuple(values),
        links,
        TagView("Judged", "green") if judged == len(its) else TagView("To do", "blue"),
    )


def _short(one: AskedAtSite) -> str:
    assert one.found is not None  # noqa: S101 - its callers see to that
    return f"{one.criterion}: {wording.JUDGEMENTS[one.found.judgement].label}"


def _finding(read: Read, one: AskedAtSite) -> Row:
    label = f"{one.criterion} {one.requirement}"
    tag = wording.JUDGEMENTS[one.found.judgement] if one.found is not None else None
    links: list[ActionLink] = []
    lines = [*judgement_words(one)]
    for line, link in _said(read, one):
        lines.append(line)
        links += [link] if link is not None else []
    return Row(label, tuple(lines), tuple(links), tag)


def _said(read: Read, one: AskedAtSite) -> Iterator[tuple[str, ActionLink | None]]:
    """Yield what the provider said and does about a finding, each with what is done about it."""
    key, may = (one.site, one.criterion), not submits_not(read)
    for said in read.hearing.comments.items:
        if (said.site, said.criterion) == key:
            answers = said.answer is None and read.state is InspectionState.WITH_PROVIDER
            yield from _comment(read, said, answers=answers and may)
    replies = [each for each in read.follow_up.replies if (each.site, each.criterion) == key]
    if replies and replies[-1].withdrawn_at is None:
        yield f"The provider replies in public: {replies[-1].reply}", None
    for action in read.follow_up.actions:
        if (action.site, action.criterion) == key:
            looks = may and action.state is ActionState.EVIDENCE_SENT
            yield from _action(read, action, looks=looks)


def _comment(
    read: Read, said: CommentOut, *, answers: bool
) -> Iterator[tuple[str, ActionLink | None]]:
    by, correct = " by letter" if said.by_letter else "", None
    if answers and read.part is not None:
        standard = standard_of(said.criterion)
        here = f"{read.address}/sites/{said.site}/standards/{standard}"
        correct = ActionLink("Correct it", here)
    yield f"The provider says{by}: {said.comment}", correct
    if answers:
        link = ActionLink("Answer the comment", f"{read.address}/comments/{said.id}/answer")
        yield "It waits for an answer.", link
    if said.answer is not None:
        yield f"{wording.COMMENT_ANSWERS[said.answer]}. {said.reason or ''}".strip(), None


def _action(
    read: Read, action: ActionOut, *, looks: bool
) -> Iterator[tuple[str, ActionLink | None]]:
    link = None
    if looks:
        link = ActionLink("Look at the evidence", f"{read.address}/actions/{action.id}/verify")
    words = f"{action.action} ({action.role}, by {format_day(action.due_on)})"
    yield f"Action: {words}: {wording.ACTIONS[action.state]}", link
    if action.sent_back_reason:
        yield f"It was sent back: {action.sent_back_reason}", None


def _followed(read: Read) -> Iterator[Section]:
    if read.state is not InspectionState.PUBLISHED:
        return
    yield Section("Published versions", tuple(_versions(read)))
    appeals, revisits = tuple(_appeals(read)), tuple(_revisits(read))
    yield Section("Appeals", appeals, when_empty="There is none.")
    yield Section("Visits asked for", revisits, when_empty="None was asked for.")


def _versions(read: Read) -> Iterator[Row]:
    for one in read.versions:
        values = [f"Published on {format_day(one.published_at)}"]
        if one.correction:
            values.append(f"It corrects: {one.correction}")
        if one.redacted_reason:
            values.append(f"It was taken out: {one.redacted_reason}")
        yield Row(f"Version {one.version}", tuple(values))
    for change in read.amendments:
        values = [change.reason, f"Proposed on {format_day(change.proposed_at)}"]
        if change.decision_reason:
            values.append(change.decision_reason)
        label = f"{wording.AMENDMENTS[change.kind]} of version {change.of_version}"
        yield Row(label, tuple(values), tag=wording.AMENDMENT_STATES[change.state])


def _appeals(read: Read) -> Iterator[Row]:
    for one in read.follow_up.appeals:
        against = ", ".join(f"{each.criterion} at site {each.site}" for each in one.judgements)
        values = [f"On {format_day(one.appealed_at)}, against {against}", one.grounds]
        if one.state is AppealState.OPEN and one.due_on is not None:
            late = " It is overdue." if one.overdue else ""
            values.append(f"To be decided by {format_day(one.due_on)}.{late}")
        if one.decision is not None:
            values.append(f"{wording.APPEAL_DECISIONS[one.decision]}. {one.reason or ''}")
        yield Row(
            f"Against version {one.of_version}", tuple(values), tag=wording.APPEALS[one.state]
        )


def _revisits(read: Read) -> Iterator[Row]:
    for one in read.follow_up.revisits:
        values = [one.reason]
        if one.place is not None:
            values.append(f"Number {one.place} of those asked for")
        values += [said for said in (one.inspection, one.answer) if said]
        asked = f"Asked for on {format_day(one.asked_at)}"
        yield Row(asked, tuple(values), tag=wording.REVISITS[one.state])


def _files(read: Read) -> Iterator[Section]:
    rows = tuple(
        Row(
            one.InspectionFile.title,
            (one.File.name, f"Added on {format_day(one.InspectionFile.added_at)}"),
            (
                ActionLink(
                    "Open",
                    f"/v1/inspections/{read.told.reference}/files/{one.InspectionFile.file_id}/file",
                ),
            ),
        )
        for one in read.files
    )
    if rows:
        words = (
            "For colleagues alone. None of them is published.",
            "To say that one shows something, or no longer does, tick it where you judge.",
        )
        yield Section("Photos and papers", rows, words)


def _relied(relied: Sequence[Any]) -> Iterator[Section]:
    rows = tuple(
        Row(
            one.body_name,
            (
                f"For {', '.join(one.criteria) if one.criteria else 'everything'}",
                f"From {format_day(one.since)} to {format_day(one.ended_on or one.until)}",
            ),
            tag=TagView("Over", "grey") if one.ended_on else TagView("Relies on it", "blue"),
        )
        for one in relied
    )
    if rows:
        yield Section("Who relies on it", rows)
