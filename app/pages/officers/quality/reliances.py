"""The pages on which a QA body relies on what another saw, and ends that."""

import uuid
from typing import Any

from fastapi import Request, Response

from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.inspections.errors import InspectionNotFoundError
from app.inspections.queries.reliances import Wanted, list_reliances
from app.inspections.schemas.reliances import NewReliance
from app.inspections.service import reliances as service
from app.organisations.router.pages import Page
from app.pages.filters import format_day
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked, Part
from app.pages.officers.quality.forms import (
    INSPECTIONS,
    PLANS,
    At,
    Cursor,
    Done,
    Planner,
    add_form,
    show_page,
)
from app.pages.officers.quality.planning_view import read_numbers
from app.pages.officers.quality.wording import RELIANCE_ENDS
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question, shown
from app.pages.signed_in import own_router, understood
from app.pages.view_models import ActionLink, Fact

router = own_router()

RELIANCES = "/reliances"
ON_A_PAGE = 25
_ONE = f"{RELIANCES}/{{reliance_id}}"
_BACK = ActionLink("What is relied on", RELIANCES)
_NEW = (
    Question(
        "inspection",
        "Which inspection?",
        "Enter the number of an inspection",
        hint="Its number, such as QA000017K, as the provider’s public page tells it.",  # noqa: RUF001
        needed=True,
        classes="govuk-input--width-10",
    ),
    Question(
        "criteria",
        "For which criteria only?",
        "Enter numbers of criteria, such as 1.1a, 2.1b",
        hint="Such as 1.1a, 2.1b. Leave it out for everything that was seen.",
        reads=read_numbers,
    ),
    Question("until", "Until which day?", "Enter the day", Kind.DAY, needed=True),
)


@router.get(RELIANCES)
async def show_reliances(
    request: Request, session: Reading, actor: Planner, cursor: Cursor = None, done: Done = None
) -> Response:
    """List the reliances of one's own body, and on inspections one sees; the newest first."""
    page = Page(RELIANCES, (), ON_A_PAGE, cursor)
    key = page.after((str,))
    found = await list_reliances(session, Wanted(), key[0] if key else None, ON_A_PAGE + 1)
    part = PartPage(
        heading="What is relied on",
        caption="Inspections of other bodies",
        back=ActionLink("Inspections", INSPECTIONS),
        paragraphs=(
            "A provider is visited once, not by twenty: a body may rely on what another saw.",
        ),
        sections=(
            Section(
                "The newest first",
                tuple(_row(one, actor.organisation_id) for one in found[:ON_A_PAGE]),
                when_empty="Nothing is relied on.",
                links=(ActionLink("Rely on an inspection", f"{RELIANCES}/add"),),
            ),
        ),
        next_url=page.links(found, "id").next,
        first_url=RELIANCES if cursor else None,
    )
    return await show_page(request, part, done)


def _row(one: Any, own: uuid.UUID | None) -> Row:
    values = [f"{one.body_name} relies on {one.inspection}"]
    values.append(f"For {', '.join(one.criteria) if one.criteria else 'everything that was seen'}")
    values.append(f"From {format_day(one.since)} to {format_day(one.ended_on or one.until)}")
    if one.ended_because:
        values.append(f"It ended: {RELIANCE_ENDS[one.ended_because]}")
    ends = one.ended_on is None and one.organisation_id == own
    return Row(
        f"{one.provider_name} ({one.provider})",
        tuple(values),
        (ActionLink("End it", f"{RELIANCES}/{one.id}/end"),) if ends else (),
        TagView("Over", "grey") if one.ended_on else TagView("Holds", "green"),
    )


async def _relying(_: ReadSession, at: At) -> FormAsked:
    return FormAsked(
        heading="Rely on an inspection",
        button="Rely on it",
        back=_BACK,
        parts=(Part(_NEW),),
        paragraphs=(
            "Of another body, and published.",
            "It ends by itself after its last day, or once what it rests on is taken back.",
        ),
        typed=shown(_NEW, {"inspection": at.query.get("inspection", "")[:20]}),
    )


async def _rely(session: WriteSession, at: At, answers: Answers) -> str:
    reference = str(answers.pop("inspection"))
    given = {name: one for name, one in answers.items() if one is not None}
    await service.rely(session, at.actor, reference, understood(NewReliance, given))
    return f"{RELIANCES}?done=relied"


async def _ending(session: ReadSession, at: At) -> FormAsked:
    row = await service.look_at(session, at.id("reliance_id"))
    return FormAsked(
        heading="Rely on it no more",
        button="End it",
        back=_BACK,
        facts=(
            Fact("Inspection", (row.inspection, f"{row.provider_name} ({row.provider})")),
            Fact("For", (", ".join(row.criteria) or "Everything that was seen",)),
            Fact("Until", (format_day(row.until),)),
        ),
        version=row.version,
    )


async def _end(session: WriteSession, at: At, _: Answers) -> str:
    await service.withdraw(session, at.actor, at.id("reliance_id"), at.version)
    return f"{RELIANCES}?done=reliance-ended"


add_form(router, f"{RELIANCES}/add", PLANS, _relying, _rely, mendable=(InspectionNotFoundError,))
add_form(router, f"{_ONE}/end", PLANS, _ending, _end)
