"""What the pages of notices show and ask."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app import clock
from app.notices.schemas.contacts import SafeContact
from app.notices.schemas.notices import (
    NeededNotice,
    NoticeBrief,
    NoticeOut,
    NoticeSection,
    NoticeSendingOut,
    PlacementNotices,
)
from app.notices.terms import SendingOutcome
from app.pages.commissioning.forms import COMMISSIONING, PLACEMENTS, WRITTEN_DOWN
from app.pages.commissioning.notices_wording import (
    CAME_OF_IT,
    CHANGES,
    COLOURS,
    KINDS,
    LIGHTS,
    OUTCOMES,
    RELATIONS,
    STANDS,
    TO,
    WAYS,
)
from app.pages.commissioning.placement_wording import BASES
from app.pages.filters import format_day, format_moment, join_words
from app.pages.form_page_view import FormAsked, Part
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.plain_codes import plain
from app.pages.questions import Kind, Question, shown, whole_number, yes_or_no
from app.pages.typed_facts import read_time
from app.pages.view_models import ActionLink, Fact, Frame
from app.rules.notices.kinds import NoticeKind, Recipient
from app.rules.notices.needing import Needed

_YES_NO = (("yes", "Yes"), ("no", "No"))
_OWN_SENDING = (
    "The register sends nobody a child's data: print the letter or save it, send it in your own "
    "way, and write down that you did."
)


@dataclass(frozen=True, slots=True)
class LetterView:
    """A notice as a page that prints as the letter alone."""

    frame: Frame
    title: str
    heading: str
    back: ActionLink
    by: str
    on: str
    to: Sequence[str]
    sections: Sequence[NoticeSection]
    signatures: Sequence[str]
    warnings: Sequence[str]
    links: tuple[ActionLink, ...]
    done: str | None


def here(placement_id: uuid.UUID) -> str:
    """Return where a placement's notices are."""
    return f"{PLACEMENTS}/{placement_id}/notices"


def notices_part(placement: Any, told: PlacementNotices, *, acts: bool) -> PartPage:
    """Return the page on which a placement's notices are listed."""
    contacts = f"{COMMISSIONING}/children/{placement.child_id}/safe-contacts"
    return PartPage(
        heading="Who is told of this placement",
        caption=f"Placement {placement.reference}",
        back=ActionLink("The placement", f"{PLACEMENTS}/{placement.id}"),
        sections=(
            Section(
                "What is needed",
                tuple(_needed(placement.id, one, acts=acts) for one in told.needed),
                when_empty="Nothing: the placement has ended, or is arranged by no commissioner.",
            ),
            Section(
                "What was composed",
                tuple(_composed(placement.id, one, acts=acts) for one in told.composed),
                when_empty="Nothing yet.",
            ),
        ),
        paragraphs=(_OWN_SENDING, WRITTEN_DOWN),
        tag=TagView("Everything was sent", "green")
        if told.complete and told.needed
        else LIGHTS[told.light],
        others=(ActionLink("Who may be told of the child, and how", contacts),),
    )


def _needed(placement_id: uuid.UUID, one: NeededNotice, *, acts: bool) -> Row:
    due = format_moment(one.due_at) if one.due_at else format_day(one.due_by)
    lines = [TO[one.to], f"To be given by {due}"]
    if one.approximate:
        lines.append("School days were guessed: no dates of terms are held.")
    if one.note:
        lines.append(plain(one.note))
    first = one.why[0]
    lines.append(f"{plain(first.because)} This rests on {BASES[first.rule.basis]}.")
    if one.given_at is not None:
        lines.append(f"Given on {format_moment(one.given_at)}{', late' if one.late else ''}")
    late = one.late and one.given_at is None
    tag = TagView("Overdue" if late else STANDS[one.standing], COLOURS[one.light])
    word = "Compose it again" if one.standing != "to-compose" else "Compose it"
    link = ActionLink(word, f"{here(placement_id)}/compose/{one.kind}")
    return Row(KINDS[one.kind], tuple(lines), (link,) if acts else (), tag)


def _composed(placement_id: uuid.UUID, one: NoticeBrief, *, acts: bool) -> Row:
    at = f"{here(placement_id)}/{one.id}"
    lines = [f"Composed on {format_moment(one.composed_at)} by {one.composed_by}"]
    if one.changed:
        lines.append(f"Changed since: {join_words([CHANGES[change] for change in one.changed])}")
    lines += [_sent(sending) for sending in one.sendings if sending.stands]
    stands = any(sending.stands for sending in one.sendings)
    word = "Put right what was written of sending" if stands else "Write down that it was sent"
    links = [ActionLink("Read and print", at)]
    links += [ActionLink(word, f"{at}/sent")] if acts else []
    tag = TagView("Current", "green")
    if one.superseded:
        tag = TagView("Superseded", "grey")
    elif one.changed:
        tag = TagView("Of earlier facts", "orange")
    name = KINDS[one.kind] + (f", to contact {one.contact}" if one.contact else "")
    return Row(f"{name}, version {one.version}", tuple(lines), tuple(links), tag)


def _sent(one: NoticeSendingOut) -> str:
    said = CAME_OF_IT[one.outcome]
    if one.sent_at is None or one.way is None:
        return f"{said}; written down by {one.recorded_by}"
    late = f", {one.late_by} late" if one.late_by else ""
    return f"{said}: {WAYS[one.way].lower()}, {format_moment(one.sent_at)}, {one.sent_by}{late}"


def letter_links(placement_id: uuid.UUID, notice_id: uuid.UUID) -> tuple[ActionLink, ...]:
    """Return what somebody who acts for the commissioner can do with a notice."""
    at = f"{here(placement_id)}/{notice_id}/sent"
    return (ActionLink("Write down that it was sent", at),)


def letter(frame: Frame, placement: Any, told: NoticeOut, done: str | None) -> LetterView:
    """Return a notice as a page of its own; of an erased child's, that nothing is left."""
    at, document = here(placement.id), told.document
    heading = document.title if document else "The child's record was erased"
    return LetterView(
        frame=frame,
        title=KINDS[told.kind],
        heading=heading,
        back=ActionLink("Who is told of this placement", at),
        by=document.by if document else "",
        on=format_day(document.on) if document else "",
        to=document.to if document else (),
        sections=document.sections if document else (),
        signatures=document.signatures if document else (),
        warnings=(*told.warnings, WRITTEN_DOWN),
        links=(),
        done=done,
    )


def compose_form(
    placement: Any, needed: Needed, contacts: Mapping[int, SafeContact] | None
) -> FormAsked:
    """Return the form on which a notice is composed: only what the record cannot say."""
    due = format_day(needed.due_on)
    facts = [Fact("To", (TO[needed.to],)), Fact("To be given by", (due,))]
    if needed.content is not None:
        facts.append(Fact("What it must say", (needed.content.says,)))
    words = ["Everything else is read from the record: place, days, week, whom to call."]
    if needed.to is Recipient.PARENT and contacts is None:
        words.append(
            "Nobody has said who may be told of this child, and how it is safe. It is addressed to "
            "the parent or carer without a name. Say first who may be told, if you can."
        )
    return FormAsked(
        heading=KINDS[needed.kind],
        button="Compose it",
        back=ActionLink("Who is told of this placement", here(placement.id)),
        parts=(Part(tuple(_asked(needed, contacts))),),
        paragraphs=tuple(words),
        facts=tuple(facts),
    )


def _asked(needed: Needed, contacts: Mapping[int, SafeContact] | None) -> Iterator[Question]:
    kind = needed.kind
    if needed.to is Recipient.PARENT and contacts:
        told = [one for one in contacts.values() if one.to_be_told]
        yield Question(
            "contact",
            "To whom?",
            "Choose to whom it goes",
            Kind.ONE,
            "Who is not to be told is not offered.",
            offered=tuple(_contact(one) for one in told),
            needed=True,
            reads=whole_number,
        )
    prescribed = kind in {NoticeKind.DIRECTION, NoticeKind.SUSPENSION_PLACE}
    if prescribed or kind in {NoticeKind.PARENT_COPY, NoticeKind.PLAN_AUTHORITY}:
        yield Question("report_to", "To whom does the child report on the first day?")
    if kind in {NoticeKind.DIRECTION, NoticeKind.PLAN_AUTHORITY}:
        yield Question("reasons", "What are the reasons?", kind=Kind.PROSE)
    yield Question(
        "what_for",
        "What is the place for?",
        kind=Kind.PROSE,
        hint="What the child is to gain. Left empty, the objectives of the assessment are told.",
    )
    if kind is NoticeKind.SUSPENSION_PLACE:
        yield Question(
            "shorter_notice_agreed",
            "Does it start before the sixth day, and does the parent consent to shorter notice?",
            "Say yes or no",
            Kind.ONE,
            offered=_YES_NO,
            needed=True,
            reads=yes_or_no,
        )


def _contact(one: SafeContact) -> tuple[str, str, str]:
    more = [RELATIONS[one.relation], *(WAYS[way] for way in one.ways)]
    if one.withhold_address:
        more.append("the setting is not named")
    return str(one.number), one.name, join_words(more)


def sent_form(placement: Any, notice: NoticeBrief) -> FormAsked:
    """Return the form on which it is written down that a notice was sent, or that put right."""
    stands = next((one for one in notice.sendings if one.stands), None)
    questions = tuple(_sending(correcting=stands is not None))
    due = format_moment(notice.due_at) if notice.due_at else format_day(notice.due_on)
    facts = [Fact("To", (TO[notice.to],)), Fact("To be given by", (due,))]
    facts += [Fact("Written down so far", (_sent(stands),))] if stands else []
    now = clock.now().astimezone(clock.LONDON)
    typed: dict[str, object] = {"sent_on": now.date(), "sent_time": f"{now:%H:%M}"}
    return FormAsked(
        heading="Put right what was written of sending" if stands else "That it was sent",
        button="Write it down",
        back=ActionLink("Who is told of this placement", here(placement.id)),
        parts=(Part(questions),),
        paragraphs=(
            "A notice that is posted counts as given on the second working day after.",
            "Late is said, and refuses nothing. What was written before stays on record.",
        ),
        facts=tuple(facts),
        typed=shown(questions, typed),
        carried={"corrects": str(stands.id)} if stands else {},
    )


def _sending(*, correcting: bool) -> Iterator[Question]:
    if correcting:
        yield Question(
            "outcome",
            "What is right?",
            "Say what is right",
            Kind.ONE,
            offered=tuple(OUTCOMES.items()),
            needed=True,
        )
    yield Question(
        "way",
        "How was it sent?",
        "Say how it was sent",
        Kind.ONE,
        offered=tuple(WAYS.items()),
        needed=not correcting,
    )
    yield Question("sent_on", "On which day?", "Enter a day", Kind.DAY, needed=not correcting)
    yield Question(
        "sent_time",
        "At what time?",
        "Enter a time",
        hint="For example 9am or 2:30pm",
        needed=not correcting,
        reads=read_time,
        classes="govuk-input--width-5",
    )
    yield Question("sent_by", "Who sent it?", hint="Leave it empty if it was you.")


def is_unsent(answers: Mapping[str, object]) -> bool:
    """Say whether the answer is that it was not sent after all."""
    return answers.get("outcome") == SendingOutcome.NOT_SENT.value
