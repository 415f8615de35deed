"""The pages on interim suspensions: which hold, by when each is looked at again, and looking."""

from fastapi import Request, Response

from app.access import Permission
from app.db.events import ReadSession, WriteSession
from app.http.security import Requires
from app.http.sessions import Reading
from app.inspections.router import suspensions as api
from app.inspections.schemas.suspensions import NewSuspensionReview, SuspensionOut
from app.inspections.service import suspensions as service
from app.organisations.router.pages import Page
from app.pages.filters import format_day
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked, Part
from app.pages.officers.quality.forms import (
    INSPECTIONS,
    At,
    Cursor,
    Done,
    Planner,
    add_form,
    show_page,
)
from app.pages.officers.quality.wording import REVIEWS
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question
from app.pages.signed_in import own_router, understood
from app.pages.view_models import ActionLink, Fact

router = own_router()

SUSPENSIONS = "/interim-suspensions"
ON_A_PAGE = 25
PROPOSES = Requires(Permission.DECISIONS_PROPOSE)
_ONE = f"{SUSPENSIONS}/{{suspension_id}}"
_BACK = ActionLink("Interim suspensions", SUSPENSIONS)
_REVIEW = (
    Question(
        "decision",
        "What comes of it?",
        "Choose what comes of it",
        Kind.ONE,
        offered=tuple(REVIEWS.items()),
        needed=True,
    ),
    Question(
        "reason",
        "Why?",
        "Say why",
        Kind.PROSE,
        "For officers; the listing says in public only where it stands.",
        needed=True,
    ),
)


@router.get(SUSPENSIONS)
async def show_suspensions(
    request: Request, session: Reading, actor: Planner, cursor: Cursor = None, done: Done = None
) -> Response:
    """List the interim suspensions that hold, those first that are due first."""
    page = Page(SUSPENSIONS, (), ON_A_PAGE, cursor)
    found = await api.list_suspensions(session, actor, Response(), page)
    reviews = Permission.DECISIONS_PROPOSE in actor.permissions
    part = PartPage(
        heading="Interim suspensions",
        caption="For a risk of harm",
        back=ActionLink("Inspections", INSPECTIONS),
        paragraphs=(
            "Two officers impose one at once where there is a risk of harm: from the listing.",
            "It is looked at again within days. It ends no placement by itself.",
        ),
        sections=(
            Section(
                "Those that hold",
                tuple(_row(one, reviews=reviews) for one in found.items),
                when_empty="None holds.",
            ),
        ),
        next_url=found.links.next,
        first_url=SUSPENSIONS if cursor else None,
    )
    return await show_page(request, part, done)


def _row(one: SuspensionOut, *, reviews: bool) -> Row:
    values = [f"Imposed on {format_day(one.imposed_on)}"]
    if one.finding:
        values.append(one.finding)
    if one.review is not None:
        values += [f"To be looked at again by {format_day(one.review.due_on)}", one.review.rule]
    values += [
        f"{REVIEWS[each.decision]} ({each.name}, {format_day(each.reviewed_at)}): {each.reason}"
        for each in one.reviews
    ]
    links = [ActionLink("Open the listing", f"/listings/{one.listing}")]
    if reviews:
        links.append(ActionLink("Look at it again", f"{SUSPENSIONS}/{one.id}/review"))
    late = one.review is not None and one.review.over
    return Row(
        f"{one.provider_name} ({one.provider}), site {one.site}",
        tuple(values),
        tuple(links),
        TagView("Overdue", "red") if late else TagView("Holds", "yellow"),
    )


async def _reviewing(session: ReadSession, at: At) -> FormAsked:
    row = await service.look_at(session, at.id("suspension_id"))
    due = await service.review_clock(session, row.reviewed_on)
    clock = (Fact("To be looked at again by", (format_day(due.due_on), due.rule)),) if due else ()
    return FormAsked(
        heading="Look at a suspension again",
        button="Say so",
        back=_BACK,
        parts=(Part(_REVIEW),),
        facts=(
            Fact("Site", (f"{row.provider_name} ({row.provider}), site {row.site}",)),
            Fact("Imposed on", (format_day(row.imposed_on),)),
            Fact("What was found", (row.finding or "It is not told to you",)),
            *clock,
        ),
        version=row.version,
    )


async def _review(session: WriteSession, at: At, answers: Answers) -> str:
    said = understood(NewSuspensionReview, answers)
    await service.review(session, at.actor, at.id("suspension_id"), said, at.version)
    return f"{SUSPENSIONS}?done=reviewed"


add_form(router, f"{_ONE}/review", PROPOSES, _reviewing, _review)
