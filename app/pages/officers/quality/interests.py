"""The pages on which officers declare what ties them to a provider, and say when that ends."""

from typing import Any

from fastapi import Request
from starlette.responses import Response

from app import clock
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.inspections.errors import InterestNotFoundError
from app.inspections.queries import interests as queries
from app.inspections.schemas.inspections import InterestChange, NewInterest
from app.inspections.service import interests as service
from app.organisations.queries import members
from app.pages.filters import format_day
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked, Part
from app.pages.officers.quality.forms import (
    INSPECTIONS,
    PLANS,
    AnySession,
    At,
    Done,
    Planner,
    add_form,
    show_page,
)
from app.pages.officers.quality.wording import INTERESTS as KINDS
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question, shown
from app.pages.signed_in import acted_for, own_router, understood
from app.pages.view_models import ActionLink, Fact
from app.providers.errors import ProviderNotFoundError

router = own_router()

INTERESTS = "/declared-interests"
MOST = 1_000
_ONE = f"{INTERESTS}/{{interest_id}}"
_BACK = ActionLink("Declared interests", INTERESTS)
_NEW = (
    Question(
        "provider",
        "Which provider?",
        "Enter the provider's number",
        hint="Its number, such as AP000017B.",
        needed=True,
        classes="govuk-input--width-10",
    ),
    Question(
        "kind",
        "What ties you to it?",
        "Choose what ties you to it",
        Kind.ONE,
        offered=tuple(KINDS.items()),
        needed=True,
    ),
    Question(
        "detail",
        "Say more about it",
        "Say more about it",
        Kind.PROSE,
        "For your own organisation; never public.",
        needed=True,
    ),
    Question("since", "Since when?", "Enter the day", Kind.DAY, needed=True),
)
_END = (Question("ended_on", "On which day does it end?", "Enter the day", Kind.DAY, needed=True),)


@router.get(INTERESTS)
async def show_interests(
    request: Request, session: Reading, actor: Planner, done: Done = None
) -> Response:
    """List what oneself, and those one acts for, have declared."""
    found = await queries.list_interests(session, None, MOST)
    people = await members.list_members(session, acted_for(actor), None, MOST)
    names = {one.person_id: one.name for one in people}
    mine = [_row(one) for one in found if one.person_id == actor.id]
    others = [
        _row(one, names.get(one.person_id, "Somebody who left"))
        for one in found
        if one.person_id != actor.id
    ]
    part = PartPage(
        heading="Declared interests",
        caption="Quality assurance",
        back=ActionLink("Inspections", INSPECTIONS),
        paragraphs=(
            (
                "Whoever declared an interest in a provider neither inspects it, nor checks what "
                "others found there, nor decides an appeal about it."
            ),
        ),
        sections=(
            Section(
                "Yours",
                tuple(mine),
                when_empty="You declared none.",
                links=(ActionLink("Declare an interest", f"{INTERESTS}/add"),),
            ),
            Section("Of colleagues", tuple(others), when_empty="Nobody else declared any."),
        ),
    )
    return await show_page(request, part, done)


def _row(one: Any, whose: str | None = None) -> Row:
    """Return a line for an interest: one's own, which one may end, or that of somebody named."""
    until = f" to {format_day(one.ended_on)}" if one.ended_on else ""
    over = one.ended_on is not None and one.ended_on <= clock.today()
    return Row(
        f"{one.provider_name} ({one.provider})",
        (
            *((whose,) if whose else ()),
            KINDS[one.kind],
            one.detail,
            f"Since {format_day(one.since)}{until}",
        ),
        (ActionLink("Say when it ends", f"{INTERESTS}/{one.id}/end"),)
        if not (whose or over)
        else (),
        TagView("Over", "grey") if over else TagView("Binds", "blue"),
    )


async def _declaring(_: ReadSession, at: At) -> FormAsked:
    return FormAsked(
        heading="Declare an interest",
        button="Declare it",
        back=_BACK,
        parts=(Part(_NEW),),
        paragraphs=("It binds from now on. What you did before stays done.",),
        typed=shown(_NEW, {"provider": at.query.get("provider", "")[:20]}),
    )


async def _declare(session: WriteSession, at: At, answers: Answers) -> str:
    await service.declare(session, at.actor, understood(NewInterest, answers))
    return f"{INTERESTS}?done=declared"


async def _ending(session: AnySession, at: At) -> FormAsked:
    wanted = at.id("interest_id")
    for one in await queries.list_interests(session, None, MOST):
        if one.id == wanted and one.person_id == at.actor.id:
            return FormAsked(
                heading="Say when your interest ends",
                button="Note the day",
                back=_BACK,
                parts=(Part(_END),),
                facts=(
                    Fact("Provider", (f"{one.provider_name} ({one.provider})",)),
                    Fact("What ties you to it", (KINDS[one.kind], one.detail)),
                ),
                typed=shown(_END, {"ended_on": one.ended_on}),
                version=one.version,
            )
    raise InterestNotFoundError("No interest with this id is yours.")


async def _end(session: WriteSession, at: At, answers: Answers) -> str:
    change = understood(InterestChange, answers)
    await service.end(session, at.actor, at.id("interest_id"), change, at.version)
    return f"{INTERESTS}?done=interest-ended"


add_form(router, f"{INTERESTS}/add", PLANS, _declaring, _declare, mendable=(ProviderNotFoundError,))
add_form(router, f"{_ONE}/end", PLANS, _ending, _end)
