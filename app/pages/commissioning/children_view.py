"""What the pages on children show and ask, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.access import Actor, Permission
from app.assessments.schemas.assessments import AssessmentList
from app.children.schemas import ChildList, ChildOut, CircumstancesOut
from app.children.terms import HoldReason, MatchStatus
from app.pages.commissioning.forms import COMMISSIONING, DESK, PLACEMENTS, WRITTEN_DOWN
from app.pages.commissioning.placement_wording import ROUTES, STATES
from app.pages.commissioning.wording import ASSESSMENT_STATES
from app.pages.filters import format_day
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.view_models import ActionLink, PossibleAct
from app.placements.schemas import PlacementList
from app.places.facts import la_name

CHILDREN = f"{COMMISSIONING}/children"
ASSESSMENTS = f"{COMMISSIONING}/assessments"
BACK = ActionLink("Children", CHILDREN)
DONE: Mapping[str, str] = {
    "added": "The child's record is added. You can begin an assessment.",
    "put-right": "Who the child is was put right, and looked for anew.",
    "duties": "Who has which duty is on record.",
    "held": "Whether the record may be erased is on record.",
    "erased": "The record is erased, and cannot be brought back.",
}
MATCHES: Mapping[str, str] = {
    MatchStatus.EXACT: "Others hold this child too, by its number and day of birth. It counts as "
    "one child wherever places are counted. Nobody is told who holds it.",
    MatchStatus.POSSIBLE: "Another record may be of this child. Somebody entitled is asked; you "
    "can go on meanwhile.",
    MatchStatus.NONE: "Nobody else's record fits this child.",
}
HOLDS: Mapping[str, str] = {
    HoldReason.INQUIRY: "For an inquiry",
    HoldReason.COURT: "For a court",
    HoldReason.COMPLAINT: "For a complaint",
    HoldReason.SAFEGUARDING: "For safeguarding",
}
_NO_NAMES = "Erased"


@dataclass(frozen=True, slots=True)
class Beside:
    """What is shown beside a child's record.

    Attributes:
        assessed: its assessments, if whoever looks may read them.
        placed: its placements, if so.
        match: whether others hold it.
        own: whether the record is the organisation's own, so that it can change it.
    """

    assessed: AssessmentList | None
    placed: PlacementList | None
    match: str | None
    own: bool


def children_part(actor: Actor, found: ChildList, *, further: bool) -> PartPage:
    """Return the list of children."""
    rows = tuple(
        Row(
            _name(one.given_names, one.family_name),
            (
                f"Your reference: {one.reference}" if one.reference else "No reference is left",
                *((f"Born on {format_day(one.date_of_birth)}",) if one.date_of_birth else ()),
                *((one.commissioner,) if one.commissioner != actor.organisation_name else ()),
            ),
            (ActionLink("Open", f"{CHILDREN}/{one.id}"),),
            TagView(f"Erased on {format_day(one.erased_at)}", "grey") if one.erased_at else None,
        )
        for one in found.items
    )
    links: tuple[ActionLink, ...] = ()
    if Permission.CHILDREN_RECORD in actor.permissions:
        links = (ActionLink("Add a child", f"{CHILDREN}/add"),)
    return PartPage(
        heading="Children",
        caption=actor.organisation_name or actor.name,
        back=DESK,
        sections=(
            Section("Your children", rows, when_empty="No child is on record.", links=links),
        ),
        paragraphs=(WRITTEN_DOWN,),
        next_url=found.links.next,
        first_url=CHILDREN if further else None,
    )


def child_part(actor: Actor, told: ChildOut, beside: Beside) -> PartPage:
    """Return the page of one child."""
    return PartPage(
        heading=_name(told.given_names, told.family_name),
        caption=told.reference or "No reference is left",
        back=BACK,
        sections=(
            _who(told, beside),
            _duties(told),
            *_of_child(actor, told, beside),
            Section("What you can do", acts=tuple(_acts(actor, told, beside))),
        ),
        paragraphs=(WRITTEN_DOWN,),
        others=(ActionLink("Who may be told, and how", f"{CHILDREN}/{told.id}/safe-contacts"),),
        listed_as=f"Child {told.reference or 'whose record was erased'}",
        tag=TagView(f"Erased on {format_day(told.erased_at)}", "grey") if told.erased_at else None,
    )


def _name(given: str | None, family: str | None) -> str:
    return f"{given} {family}" if given and family else _NO_NAMES


def _who(told: ChildOut, beside: Beside) -> Section:
    rows = [
        Row("Unique pupil number", (told.upn or "Not known",)),
        Row("Day of birth", (format_day(told.date_of_birth),)),
        Row("Record of", (told.commissioner,)),
    ]
    if beside.match is not None:
        rows.append(Row("Other records", (MATCHES[beside.match],)))
    if told.held_because is not None:
        rows.append(Row("Not to be erased", (HOLDS[told.held_because],)))
    return Section("Who the child is", tuple(rows) if told.erased_at is None else ())


def _duties(told: ChildOut) -> Section:
    rows = tuple(
        Row(f"Since {format_day(one.since)}", tuple(_duty_lines(one))) for one in told.circumstances
    )
    return Section("Who has which duty", rows, when_empty="Nothing is left on record.")


def _duty_lines(one: CircumstancesOut) -> Iterator[str]:
    yield f"Lives in {la_name(one.home_la)}"
    yield f"On the roll of {one.school_name or one.school}" if one.school else "On no roll"
    yield f"Plan maintained by {la_name(one.plan_la)}" if one.plan_la else "No plan"
    yield f"Looked after by {la_name(one.care_la)}" if one.care_la else "Not looked after"
    yield "Special educational needs" if one.sen else "No special educational needs"


def _of_child(actor: Actor, told: ChildOut, beside: Beside) -> Iterator[Section]:
    if beside.assessed is not None:
        rows = tuple(
            Row(
                one.reference,
                (ROUTES[one.route], f"From {format_day(one.starts_on)}"),
                (ActionLink("Open", f"{ASSESSMENTS}/{one.id}"),),
                ASSESSMENT_STATES[one.state],
            )
            for one in beside.assessed.items
        )
        begins = beside.own and Permission.PLACEMENTS_RECORD in actor.permissions
        links: tuple[ActionLink, ...] = ()
        if begins and told.erased_at is None:
            links = (ActionLink("Begin an assessment", f"{ASSESSMENTS}/add?child={told.id}"),)
        yield Section("Assessments", rows, when_empty="There is none yet.", links=links)
    if beside.placed is not None:
        rows = tuple(
            Row(
                one.reference,
                (
                    one.provider_name,
                    (
                        f"{format_day(one.starts_on)} to "
                        f"{format_day(one.ended_on or one.planned_end_on)}"
                    ),
                ),
                (ActionLink("Open", f"{PLACEMENTS}/{one.id}"),),
                STATES[one.state],
            )
            for one in beside.placed.items
        )
        yield Section("Placements", rows, when_empty="There is none yet.")


def _acts(actor: Actor, told: ChildOut, beside: Beside) -> Iterator[PossibleAct]:
    here, why = f"{CHILDREN}/{told.id}", ""
    if not beside.own:
        why = "only the commissioner whose record it is does that."
    elif told.erased_at is not None:
        why = "the record was erased."
    may = actor.permissions
    records = why or (
        "" if Permission.CHILDREN_RECORD in may else "your roles do not record children."
    )
    erases = why or (
        "" if Permission.CHILDREN_ERASE in may else "an administrator of your organisation does."
    )
    yield _act("Put right who the child is", f"{here}/identity", records)
    yield _act("Say who has which duty from a day on", f"{here}/duties", records)
    yield _act("Download everything that is held on the child", f"{here}/everything", why)
    yield _act("Say what stands against erasing the record", f"{here}/hold", erases)
    yield _act("Erase the record", f"{here}/erase", erases)


def _act(text: str, href: str, why_not: str) -> PossibleAct:
    return PossibleAct(text, None if why_not else href, why_not)
