"""What the desk of those who place children shows: each list of work, in words."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from app.access import Actor
from app.assessments.schemas.assessments import AssessmentBrief, AssessmentList
from app.attendance.schemas.told import AlertList
from app.attendance.terms import AlertReason
from app.funding.schemas.told import FundingList
from app.oversight.schemas import FollowUpList
from app.pages.commissioning.children_view import CHILDREN
from app.pages.commissioning.forms import COMMISSIONING, PLACEMENTS
from app.pages.commissioning.funding_view import FUNDING
from app.pages.commissioning.funding_wording import KINDS
from app.pages.commissioning.placement_wording import DUTIES
from app.pages.commissioning.read import ASSESSMENTS
from app.pages.commissioning.site_checks_view import SITE_CHECKS
from app.pages.filters import count, format_day
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.typed_facts import show_pounds
from app.pages.view_models import ActionLink
from app.placements.schemas import PlacementList
from app.reviews.schemas import ReviewDueList
from app.reviews.terms import ReviewLight
from app.rules.missing.chasing import Pressing
from app.safeguarding.schemas import WaitingDutyOfferList

FundingFound: TypeAlias = FundingList | None

LINKS: Mapping[str, tuple[ActionLink, ...]] = {
    "alerts": (ActionLink("Everybody who has not arrived", f"{COMMISSIONING}/alerts"),),
    "follow-ups": (ActionLink("Who is looked for", "/oversight/follow-ups"),),
    "reviews": (ActionLink("All reviews", f"{COMMISSIONING}/reviews"),),
    "unassessed": (ActionLink("All not assessed in time", f"{PLACEMENTS}?state=overdue"),),
    "to-sign": (ActionLink("All that waits for a signature", f"{FUNDING}?state=to-sign"),),
    "disputed": (ActionLink("All that is disputed", f"{FUNDING}?state=disputed"),),
    "assessments": (ActionLink("Every assessment", ASSESSMENTS),),
}
"""Where the whole of each list is, by what the desk calls it."""
BESIDE: tuple[ActionLink, ...] = (
    ActionLink("All placements", PLACEMENTS),
    ActionLink("Reviews", f"{COMMISSIONING}/reviews"),
    ActionLink("Who pays", FUNDING),
    ActionLink("Days that nobody pays for", f"{FUNDING}/gaps"),
    ActionLink("Children", CHILDREN),
    ActionLink("Assessments", ASSESSMENTS),
    ActionLink("Our own checks of sites", SITE_CHECKS),
    ActionLink("Days on which nobody is expected", f"{COMMISSIONING}/closures"),
    ActionLink("Dates of terms", "/commissioning/terms"),
)
"""Further pages of commissioning, at the desk's end."""

_OVERDUE, _SOON = TagView("Overdue", "red"), TagView("Due soon", "yellow")
_LIGHTS = {
    ReviewLight.RED: _OVERDUE,
    ReviewLight.AMBER: _SOON,
    ReviewLight.GREEN: TagView("In time", "green"),
}
_PRESSING = {
    Pressing.RED: _OVERDUE,
    Pressing.AMBER: TagView("Due today", "yellow"),
    Pressing.GREEN: TagView("In time", "green"),
}
_WHY = {
    AlertReason.ABSENT: TagView("Reported absent", "red"),
    AlertReason.NOT_REPORTED: TagView("No report received", "yellow"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first of each list; `None` where whoever looks may not read it.

    Attributes:
        alerts: who has not arrived, and nobody took it.
        follow_ups: children of whom nobody knows where they are.
        reviews: by when placements are reviewed next.
        unassessed: placements past the day by which they were to be assessed.
        assessments: those to go on with.
        to_decide: assessments to decide on, and of each how much is missing or stands against it.
        offers: duties that the organisation is asked to take over.
        to_sign: what the organisation is to pay and has not signed.
        disputed: what some payer disputes.
    """

    alerts: AlertList | None
    follow_ups: FollowUpList | None
    reviews: ReviewDueList
    unassessed: PlacementList
    assessments: AssessmentList
    to_decide: Sequence[tuple[AssessmentBrief, int]] | None
    offers: WaitingDutyOfferList | None
    to_sign: FundingFound
    disputed: FundingFound


def desk_part(actor: Actor, waiting: Waiting) -> PartPage:
    """Return the desk: what harms a child if it waits comes first, then what is late."""
    return PartPage(
        heading="Placements",
        caption=actor.organisation_name or actor.name,
        back=ActionLink("Organisation", "/organisation"),
        sections=(*_sections(waiting), *((Section("Beside", links=BESIDE),) if BESIDE else ())),
        paragraphs=(
            (
                "What waits, the most pressing first. Children are named here by your own "
                "references alone. That you looked is written down."
            ),
        ),
    )


def _sections(waiting: Waiting) -> Iterator[Section]:
    if waiting.alerts is not None:
        yield Section(
            "Not arrived",
            tuple(
                Row(
                    one.reference,
                    (f"{one.provider_name}, expected {format_day(one.on)} at {one.starts:%H:%M}",),
                    tag=_WHY[one.why],
                )
                for one in waiting.alerts.items
            ),
            when_empty="Nobody is missing whom nobody has taken on.",
            links=LINKS["alerts"],
        )
    if waiting.follow_ups is not None:
        yield Section(
            "Where the child is, nobody knows",
            tuple(
                Row(
                    one.reference,
                    (
                        f"{one.la_name} looks; since {format_day(one.since)}",
                        *(
                            (f"Next step by {format_day(one.next_step_by)}",)
                            if one.next_step_by
                            else ()
                        ),
                    ),
                    tag=_PRESSING[one.light] if one.light else None,
                )
                for one in waiting.follow_ups.items
            ),
            when_empty="Nobody is looked for.",
            links=LINKS["follow-ups"],
        )
    if waiting.offers is not None:
        yield Section(
            "Duties you are asked to take over",
            tuple(
                Row(
                    one.reference or "A placed child",
                    (
                        f"{DUTIES[one.duty]}, offered by {one.from_.name}",
                        f"From {format_day(one.since)}, if you accept it",
                    ),
                    (ActionLink("Open it", f"{PLACEMENTS}/{one.placement}/safeguarding"),),
                )
                for one in waiting.offers.items
            ),
            when_empty="Nobody asks you to take anything over.",
            links=(ActionLink("All that is asked", f"{COMMISSIONING}/lead-contact-offers"),),
        )
    yield Section(
        "To be reviewed",
        tuple(
            Row(
                one.reference,
                (f"{one.provider_name}, by {format_day(one.next_on)}",),
                (ActionLink("Open it", f"{PLACEMENTS}/{one.placement}"),),
                _LIGHTS[one.light],
            )
            for one in waiting.reviews.items
        ),
        when_empty="Nothing runs that is to be reviewed.",
        links=LINKS["reviews"],
    )
    yield Section(
        "Placed, and not assessed in time",
        tuple(
            Row(
                one.reference,
                (f"{one.provider_name}, was to be assessed by {format_day(one.assess_by)}",),
                (ActionLink("Open it", f"{PLACEMENTS}/{one.id}"),),
                _OVERDUE,
            )
            for one in waiting.unassessed.items
        ),
        when_empty="Every placement was assessed, or still has time.",
        links=LINKS["unassessed"],
    )
    if waiting.to_decide is not None:
        yield Section(
            "Assessments for you to decide on",
            tuple(
                Row(
                    one.reference,
                    (f"Is to start on {format_day(one.starts_on)}",),
                    (_open(one.id),),
                    TagView(f"{count(still, 'thing')} open", "yellow")
                    if still
                    else TagView("Nothing is missing", "green"),
                )
                for one, still in waiting.to_decide
            ),
            words=("Those with a setting that is chosen, and that somebody else asked for.",),
            when_empty="None waits for you.",
        )
    yield Section(
        "Assessments to go on with",
        tuple(
            Row(one.reference, (f"Is to start on {format_day(one.starts_on)}",), (_open(one.id),))
            for one in waiting.assessments.items
        ),
        when_empty="No assessment is open.",
        links=LINKS["assessments"],
    )
    yield from _money(waiting)


def _open(assessment_id: uuid.UUID) -> ActionLink:
    return ActionLink("Open", f"{ASSESSMENTS}/{assessment_id}")


def _money(waiting: Waiting) -> Iterator[Section]:
    lists = (
        ("Money to sign for", "to-sign", waiting.to_sign, "Nothing waits for your signature."),
        ("Money in dispute", "disputed", waiting.disputed, "Nothing is disputed."),
    )
    for heading, name, found, empty in lists:
        if found is None:
            continue
        rows = tuple(
            Row(
                one.placement.reference,
                (
                    (
                        f"{one.placement.provider_name}, {KINDS[one.kind].lower()}, "
                        f"{format_day(one.since)} to {format_day(one.until)}"
                    ),
                    f"{show_pounds(one.estimate_pence)} in all",
                ),
                (ActionLink("Open it", f"{FUNDING}/{one.id}"),),
            )
            for one in found.items
        )
        yield Section(heading, rows, when_empty=empty, links=LINKS[name])
