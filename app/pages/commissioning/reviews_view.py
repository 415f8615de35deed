"""What the pages on reviews show and ask."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.access import Actor, Permission
from app.pages.commissioning.changing_view import Held
from app.pages.commissioning.forms import COMMISSIONING, DESK, PLACEMENTS, WRITTEN_DOWN
from app.pages.commissioning.placement_wording import (
    REVIEW_LIGHTS,
    basis_words,
    offered,
)
from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.form_parts import select_field
from app.pages.part_view import Narrowed, PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question, whole_number
from app.pages.view_models import ActionLink, Fact
from app.reviews.schemas import PlacementReviews, ReviewDueList, ReviewOpeningOut, ReviewOut
from app.reviews.terms import (
    CAUSES,
    PlacementReviewDecision,
    Progress,
    ReviewCause,
)

DECISIONS: Mapping[str, str] = {
    PlacementReviewDecision.CONTINUE: "It goes on as it is",
    PlacementReviewDecision.CHANGE: "It goes on, and something changes",
    PlacementReviewDecision.END: "It ends",
}
PROGRESS: Mapping[str, str] = {
    Progress.AS_PLANNED: "As planned",
    Progress.SOME: "Some",
    Progress.NONE: "None",
}
_ONLY = (
    ("", "All of them"),
    ("overdue", "Those that are overdue"),
    ("opened", "Those opened by a change at the provider"),
)
_ENCRYPTED = "It is kept encrypted, under the child's own key."
_QUESTIONS = (
    Question(
        "childs_voice",
        "What does the child say?",
        "Write down what the child says",
        Kind.PROSE,
        f"In the child's own words, before anybody else's. {_ENCRYPTED}",
        needed=True,
    ),
    Question("held_on", "When was it held?", "Enter the day", Kind.DAY, needed=True),
    Question(
        "held_by",
        "Who held it, and what are they?",
        "Say who held it",
        needed=True,
        hint="Such as: A. Example, head of year.",
    ),
    Question(
        "attendance_seen",
        "Attendance since the last review, in per cent",
        "Enter a whole number from 0 to 100",
        hint="Of the sessions that were expected and reported.",
        needed=True,
        reads=whole_number,
        classes="govuk-input--width-3",
        mode="numeric",
    ),
    Question(
        "progress",
        "Progress towards what it is for",
        "Choose one",
        Kind.ONE,
        offered=offered(PROGRESS),
        needed=True,
    ),
    Question(
        "against_objectives",
        "How do they do against each objective?",
        "Say how they do",
        Kind.PROSE,
        _ENCRYPTED,
        needed=True,
    ),
    Question(
        "safeguarding",
        "Are they safe there, and how is that known?",
        "Say whether they are safe, and how it is known",
        Kind.PROSE,
        _ENCRYPTED,
        needed=True,
    ),
    Question("parents_view", "What does the parent say?", kind=Kind.PROSE, hint=_ENCRYPTED),
    Question("providers_view", "What does the provider say?", kind=Kind.PROSE, hint=_ENCRYPTED),
    Question(
        "decision",
        "What was decided?",
        "Choose what was decided",
        Kind.ONE,
        "An end that is decided here is recorded on the placement's own page.",
        offered=offered(DECISIONS),
        needed=True,
    ),
    Question(
        "next_on",
        "By when once more?",
        "Enter the day",
        Kind.DAY,
        "Six school weeks on if you leave it empty; never more than eight.",
    ),
)


def due_part(actor: Actor, only: str, found: ReviewDueList, *, further: bool) -> PartPage:
    """Return the page that lists reviews, the longest overdue first."""
    address = f"{COMMISSIONING}/reviews"
    rows = tuple(
        Row(
            one.reference,
            (
                f"{one.provider_name} ({one.provider})",
                f"To be reviewed by {format_day(one.next_on)}",
                *(CAUSES[ReviewCause(cause)] for cause in one.opened_by),
            ),
            (ActionLink("Its reviews", f"{PLACEMENTS}/{one.placement}/reviews"),),
            REVIEW_LIGHTS[one.light],
        )
        for one in found.items
    )
    return PartPage(
        heading="Reviews",
        caption=actor.organisation_name or actor.name,
        back=DESK,
        sections=(Section("The longest overdue first", rows, when_empty="There is none."),),
        paragraphs=("Children are named here by your own references alone.",),
        next_url=found.links.next,
        first_url=f"{address}{f'?only={only}' if only else ''}" if further else None,
        narrowed=(Narrowed("Which", select_field("only", _ONLY, only)),),
    )


def reviews_part(actor: Actor, row: Any, told: PlacementReviews) -> PartPage:
    """Return the page on the reviews of one placement."""
    here = f"{PLACEMENTS}/{row.id}"
    own = row.commissioner_id == actor.organisation_id
    acts = own and Permission.PLACEMENTS_RECORD in actor.permissions and row.ended_on is None
    return PartPage(
        heading="Reviews",
        caption=f"Placement {row.reference}",
        back=ActionLink(f"Placement {row.reference}", here),
        sections=tuple(_sections(told, here, acts=acts)),
        paragraphs=(WRITTEN_DOWN,),
        tag=REVIEW_LIGHTS[told.light] if told.light is not None else None,
    )


def _sections(told: PlacementReviews, here: str, *, acts: bool) -> Iterator[Section]:
    rows = list[Row]()
    if told.next_on is not None:
        rows.append(Row("By", (format_day(told.next_on),)))
    if told.latest_on is not None:
        rows.append(Row("By the latest", (format_day(told.latest_on),)))
    rows += [Row("Why", (one.because, basis_words(one.basis, one.source))) for one in told.why]
    guessed = "No dates of school terms are loaded: school days were guessed."
    hold = ActionLink("Record a review that was held", f"{here}/reviews/hold")
    yield Section(
        "The next review",
        tuple(rows),
        (guessed,) if told.approximate else (),
        "The placement has ended: nothing is reviewed any more.",
        (hold,) if acts else (),
    )
    waiting = any(_waits(one) for one in told.opened)
    know = ActionLink("Say that you know of it", f"{here}/reviews/acknowledge")
    yield Section(
        "What changed at the provider",
        tuple(_opening(one) for one in told.opened),
        when_empty="Nothing that opened a review.",
        links=(know,) if acts and waiting else (),
    )
    yield Section(
        "What the provider says for the next review",
        tuple(
            Row(format_day(one.given_on), (one.what or "Erased", f"By {one.by}"))
            for one in told.contributions
        ),
        when_empty="It has said nothing yet.",
    )
    if not told.held:
        yield Section("What reviews found", when_empty="None was held yet.")
    for one in told.held:
        yield Section(f"Review of {format_day(one.held_on)}", tuple(_found(one)))


def _waits(one: ReviewOpeningOut) -> bool:
    return one.acknowledged_at is None and one.settled_on is None


def _opening(one: ReviewOpeningOut) -> Row:
    said = [one.because, f"Opened on {format_day(one.opened_on)}"]
    tag = TagView("To be acknowledged", "orange")
    if one.settled_on is not None:
        said.append(f"Reviewed on {format_day(one.settled_on)}")
        tag = TagView("Reviewed", "green")
    elif one.acknowledged_at is not None:
        said.append(f"Acknowledged on {format_day(one.acknowledged_at)}; still to be reviewed")
        tag = TagView("To be reviewed", "yellow")
    else:
        said.append(f"To be acknowledged by {format_day(one.acknowledge_by)}")
    return Row("Change", tuple(said), (), tag)


def _found(one: ReviewOut) -> Iterator[Row]:
    if one.childs_voice is None:
        yield Row("Said", ("What was said has been erased.",))
    else:
        yield Row("The child", (one.childs_voice,))
        yield Row("Held by", (one.held_by or "",))
        yield Row("Attendance seen", (f"{one.attendance_seen} %",))
    yield Row("Progress", (PROGRESS[one.progress],))
    for label, said in (
        ("Against the objectives", one.against_objectives),
        ("Safe there", one.safeguarding),
        ("The parent", one.parents_view),
        ("The provider", one.providers_view),
    ):
        if said:
            yield Row(label, (said,))
    decided = (DECISIONS[one.decision],)
    once_more = (f"Once more by {format_day(one.next_on)}",) if one.next_on else ()
    yield Row("Decided", (*decided, *once_more))


def review_form(own: Held, due: Any | None) -> FormAsked:
    """Return the form on which a review that was held is recorded."""
    by = (Fact("To be held by", (format_day(due.next_on),)),) if due is not None else ()
    return FormAsked(
        heading="Record a review",
        button="Record it",
        back=ActionLink("Its reviews", f"{PLACEMENTS}/{own.row.id}/reviews"),
        parts=(Part(_QUESTIONS),),
        paragraphs=(
            (
                "The child is heard first. A review that is recorded is not changed any more; a "
                "placement is reviewed once a day at most."
            ),
        ),
        facts=(*own.facts, *by),
    )


def acknowledge_form(own: Held, openings: Sequence[Any]) -> FormAsked:
    """Return the form on which a commissioner says that it knows what changed."""
    waiting = [one for one in openings if one.acknowledged_at is None and one.settled_on is None]
    return FormAsked(
        heading="Say that you know what changed",
        button="We know of it",
        back=ActionLink("Its reviews", f"{PLACEMENTS}/{own.row.id}/reviews"),
        facts=(
            *own.facts,
            Fact(
                "What changed",
                tuple(CAUSES[ReviewCause(one.cause)] for one in waiting) or ("Nothing waits",),
            ),
        ),
        paragraphs=("The review itself is still to be held.",),
    )
