"""What the pages on children who are looked for show and ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app import clock
from app.access import Actor
from app.oversight.schemas import FollowUpBrief, FollowUpList, FollowUpOut
from app.oversight.terms import FollowUpOutcome, HandoverAnswer, HandoverReason, StepKind
from app.pages.filters import format_day
from app.pages.form_page_view import Check, FormAsked, Part
from app.pages.form_parts import select_field
from app.pages.oversight import wording
from app.pages.oversight.forms import OVERSIGHT, START, WRITTEN_DOWN, caption_of
from app.pages.part_view import Narrowed, PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question, shown
from app.pages.rendering import authority_choices
from app.pages.view_models import ActionLink, Fact
from app.placements.terms import Destination

FOLLOW_UPS = f"{OVERSIGHT}/follow-ups"
_BACK = ActionLink("Who is looked for", FOLLOW_UPS)
_DESK = ActionLink("Placements", "/commissioning")
_STILL = (("", "Still looked for"), ("ended", "The search has ended"))
_KEPT = "What you write is kept encrypted under the child's own key."
_STEP = (
    Question(
        "kind",
        "What was tried?",
        "Choose what was tried",
        Kind.ONE,
        offered=tuple((one, text) for one, text in wording.STEPS.items() if one != StepKind.CLOSED),
        needed=True,
    ),
    Question("taken_on", "On which day?", "Enter the day", Kind.DAY, needed=True),
    Question(
        "what",
        "What was said and found?",
        "Say what was said and found",
        Kind.PROSE,
        _KEPT,
        needed=True,
    ),
)
_OFFER = (
    Question(
        "to_la",
        "Which local authority?",
        "Choose a local authority",
        Kind.LIST,
        offered=authority_choices(),
        needed=True,
    ),
    Question(
        "reason",
        "Why is it asked?",
        "Choose why",
        Kind.ONE,
        offered=tuple(
            (one, text)
            for one, text in wording.HANDOVER_REASONS.items()
            if one in {HandoverReason.MOVED_THERE, HandoverReason.SEEN_THERE}
        ),
        needed=True,
    ),
)
_ANSWER = (
    Question(
        "answer",
        "Does your authority take it over?",
        "Choose whether your authority takes it over",
        Kind.ONE,
        offered=(
            (HandoverAnswer.ACCEPTED.value, "Yes", "The search is yours from then on."),
            (HandoverAnswer.DECLINED.value, "No", "Whoever looks goes on looking."),
        ),
        needed=True,
    ),
)
_ENDING = (
    Question(
        "outcome",
        "How did the search end?",
        "Choose how it ended",
        Kind.ONE,
        offered=tuple(
            (one, text)
            for one, text in wording.OUTCOMES.items()
            if one != FollowUpOutcome.RECORDED_BY_MISTAKE
        ),
        needed=True,
    ),
    Question(
        "destination",
        "Where is the child?",
        "Choose where the child is",
        Kind.LIST,
        "Only of a child who was found.",
        offered=tuple(
            (one, text) for one, text in wording.DESTINATIONS.items() if one != Destination.UNKNOWN
        ),
        none="Not found at a place",
    ),
    Question(
        "known_by",
        "How is that known?",
        "Choose how it is known",
        Kind.ONE,
        offered=tuple(wording.KNOWN_BY.items()),
        needed=True,
    ),
    Question("what", "Say it in your words", "Say how it is known", Kind.PROSE, _KEPT, needed=True),
)


@dataclass(frozen=True, slots=True)
class Acts:
    """What whoever looks may do: write down steps, hand over or end it, answer an offer."""

    steps: bool
    ends: bool
    answers: bool


def name_of(la_code: str | None) -> str:
    """Return a local authority's name by its code."""
    return dict(authority_choices()).get(la_code or "", la_code or "No authority")


def sought_row(one: FollowUpBrief) -> Row:
    """Return a line of a list of those who are looked for; it names nobody."""
    facts = [
        f"{one.la_name} looks; {wording.SEARCHERS[one.first].lower()}",
        f"Of {one.commissioner}; not seen since {format_day(one.since)}",
    ]
    if one.next_step_by:
        facts.append(f"Next step by {format_day(one.next_step_by)}")
    if one.offered_to_la:
        facts.append(f"{name_of(one.offered_to_la)} is asked to take it over")
    tag = wording.PRESSING[one.light] if one.light else None
    if one.outcome:
        facts.append(f"{wording.OUTCOMES[one.outcome]}, on {format_day(one.closed_on)}")
        tag = TagView("Ended", "grey")
    return Row(one.reference, tuple(facts), (ActionLink("Open", f"{FOLLOW_UPS}/{one.id}"),), tag)


def follow_ups_part(actor: Actor, still: str, found: FollowUpList, *, further: bool) -> PartPage:
    """Return the list; `further` says whether it is another page than the first."""
    first = f"{FOLLOW_UPS}?still={still}" if still else FOLLOW_UPS
    watches = actor.organisation_kind == "department" or actor.la_code is not None
    return PartPage(
        heading="Who is looked for",
        caption=caption_of(actor),
        back=START if watches else _DESK,
        paragraphs=(
            (
                "Children whose placement ended, and of whom nobody knows where they went. They "
                "are named here by the number of the search alone."
            ),
            (
                "Reaching them the same day and every three working days after is the register's "
                "own policy; whose they are to look for rests on statute, and each says on which."
            ),
        ),
        sections=(
            Section(
                "Ended, the newest first" if still else "The longest overdue first",
                tuple(sought_row(one) for one in found.items),
                when_empty="There is none.",
            ),
        ),
        next_url=found.links.next,
        first_url=first if further else None,
        narrowed=(Narrowed("Which", select_field("still", _STILL, still)),),
    )


def follow_up_part(caption: str, told: FollowUpOut, acts: Acts) -> PartPage:
    """Return the page of one search."""
    here = f"{FOLLOW_UPS}/{told.id}"
    running = told.closed_on is None
    links = []
    if running and acts.steps:
        links.append(ActionLink("Write down what was tried", f"{here}/step"))
    if running and acts.ends and told.offered_to_la is None:
        links.append(ActionLink("Ask another authority to take it over", f"{here}/handover"))
    if running and acts.ends:
        links.append(ActionLink("Say how it ended", f"{here}/outcome"))
    if running and acts.answers:
        links.insert(0, ActionLink("Answer whether you take it over", f"{here}/handover/answer"))
    return PartPage(
        heading=told.reference,
        caption=caption,
        back=_BACK,
        tag=wording.PRESSING[told.light] if told.light else TagView("Ended", "grey"),
        paragraphs=(WRITTEN_DOWN,),
        sections=tuple(_sections(told, tuple(links))),
    )


def _sections(told: FollowUpOut, links: tuple[ActionLink, ...]) -> Iterator[Section]:
    yield Section("How it stands", tuple(_standing(told)), links=links)
    yield Section(
        "On what authority",
        tuple(
            Row(one.because, (wording.rests_on(one.basis, one.source),))
            for one in (*told.why, *told.clock)
        ),
        when_empty="It is told no more: the child's record is erased, or not yours to see.",
    )
    yield Section(
        "What was tried",
        tuple(
            Row(
                format_day(one.taken_on),
                (
                    wording.STEPS[one.kind],
                    f"{one.by}, {one.organisation}",
                    *((one.what,) if one.what else ()),
                ),
            )
            for one in told.steps
        ),
        when_empty="Nothing yet.",
    )
    yield Section("Who looks, and looked", tuple(_authorities(told)))


def _standing(told: FollowUpOut) -> Iterator[Row]:
    yield Row("Not seen since", (format_day(told.since), "The last day of the placement."))
    yield Row("Whose placement", (told.commissioner,))
    yield Row("Looks", (told.la_name, wording.SEARCHERS[told.first]))
    if told.school:
        yield Row("On whose roll", (told.school,))
    if told.corporate_parent_la:
        yield Row("Looks after the child", (name_of(told.corporate_parent_la),))
    if told.next_step_by:
        yield Row("Next step by", (format_day(told.next_step_by),))
    if told.outcome:
        known = (wording.KNOWN_BY[told.known_by],) if told.known_by else ()
        where = (wording.DESTINATIONS[told.destination],) if told.destination else ()
        ended = (wording.OUTCOMES[told.outcome], *where, *known, f"On {format_day(told.closed_on)}")
        yield Row("How it ended", ended)


def _authorities(told: FollowUpOut) -> Iterator[Row]:
    for spell in told.authorities:
        since = f"{wording.SPELLS[spell.became]}, {format_day(spell.since)}"
        yield Row(name_of(spell.la), (since,))
    for one in told.handovers:
        answer = "Not answered yet"
        if one.answer:
            answer = f"{wording.HANDOVER_ANSWERS[one.answer]}, {format_day(one.answered_on)}"
        asked = f"Asked on {format_day(one.offered_on)}: {wording.HANDOVER_REASONS[one.reason]}"
        yield Row(f"{name_of(one.from_la)} to {name_of(one.to_la)}", (asked, answer))


def step_form(row: Any) -> FormAsked:
    """Return the form on which is written down what was tried."""
    return _form(
        row,
        "Write down what was tried",
        "Write it down",
        _STEP,
        paragraphs=("Something further is due within three working days of it.",),
        typed={"taken_on": clock.today()},
    )


def offer_form(row: Any) -> FormAsked:
    """Return the form on which another authority is asked to look."""
    return _form(
        row,
        "Ask another authority to take it over",
        "Ask it",
        _OFFER,
        paragraphs=(
            (
                "Until it accepts, you go on looking. That rests on statutory guidance: the one "
                "that knows goes on until the other has taken over."
            ),
        ),
    )


def answer_form(row: Any, offer: Any) -> FormAsked:
    """Return the form on which an authority says whether it takes a search over."""
    why = wording.HANDOVER_REASONS[offer.reason]
    facts = (
        Fact("Asked by", (name_of(offer.from_la_code), f"On {format_day(offer.offered_on)}")),
        Fact("Why", (why,)),
    )
    return _form(row, "Take the search over?", "Send the answer", _ANSWER, facts=facts)


def end_form(row: Any) -> FormAsked:
    """Return the form on which a search ends."""
    return _form(
        row,
        "Say how the search ended",
        "End the search",
        _ENDING,
        paragraphs=(
            "There is no other end: until somebody knows where the child is, somebody looks.",
        ),
        checks=(
            Check(
                "destination",
                "Choose where the child was found",
                lambda said: said["outcome"] == FollowUpOutcome.FOUND and not said["destination"],
            ),
            Check(
                "destination",
                "Name a place only for a child who was found",
                lambda said: said["outcome"] != FollowUpOutcome.FOUND and bool(said["destination"]),
            ),
        ),
    )


def _form(  # noqa: PLR0913 - each says one thing of the form
    row: Any,
    heading: str,
    button: str,
    questions: tuple[Question, ...],
    *,
    paragraphs: tuple[str, ...] = (),
    facts: tuple[Fact, ...] = (),
    typed: dict[str, object] | None = None,
    checks: tuple[Check, ...] = (),
) -> FormAsked:
    about = Fact("Search", (row.reference, f"Not seen since {format_day(row.since)}"))
    return FormAsked(
        heading=heading,
        button=button,
        back=ActionLink(row.reference, f"{FOLLOW_UPS}/{row.id}"),
        parts=(Part(questions),),
        paragraphs=paragraphs,
        facts=(about, *facts),
        typed=shown(questions, typed or {}),
        version=row.version,
        checks=checks,
    )
