"""The inspectors' desk: which sites to see first, what is under way, and what waits for whom."""

from typing import Annotated, Literal, TypeAlias

from fastapi import Query, Request, Response

from app import clock
from app.access import Actor, Permission
from app.db.events import ReadSession
from app.errors import FieldFault, InvalidRequestError
from app.http.sessions import Reading
from app.inspections.risk import RiskGround
from app.inspections.router import following, hearing, inspections
from app.inspections.service.queue import queue_of
from app.inspections.terms import OPEN_STATES, InspectionKind, InspectionState
from app.organisations.router.pages import Page
from app.pages.officers.quality import desk_view as view
from app.pages.officers.quality.desk_view import ON_A_PAGE, Shown
from app.pages.officers.quality.forms import INSPECTIONS, Cursor, Done, Planner, show_page
from app.pages.part_view import PartPage
from app.pages.signed_in import own_router
from app.places.facts import local_authorities

router = own_router()

Listed: TypeAlias = Literal["queue", "open", "checks", "appeals", "revisits", "over"]
_OVER = (InspectionState.PUBLISHED, InspectionState.CANCELLED)


@router.get(INSPECTIONS)
async def show_desk(  # noqa: PLR0913, PLR0917 - each narrows what is shown
    request: Request,
    session: Reading,
    actor: Planner,
    listed: Listed = "queue",
    ground: Annotated[str, Query(max_length=40)] = "",
    kind: Annotated[str, Query(max_length=40)] = "",
    la: Annotated[str, Query(max_length=3)] = "",
    after: Annotated[int, Query(ge=0, le=100_000)] = 0,
    cursor: Cursor = None,
    done: Done = None,
) -> Response:
    """Show a list of work: sites by how pressing it is to see them, or what waits for somebody."""
    _check("ground", ground, {*RiskGround})
    _check("kind", kind, {*InspectionKind})
    _check("la", la, {one.la_code for one in local_authorities()})
    shown = Shown(listed, ground, kind, actor.la_code or la, cursor is not None)
    page = Page(INSPECTIONS, shown.narrowing, ON_A_PAGE, cursor)
    part = await _part(session, actor, shown, page, after)
    return await show_page(request, part, done)


async def _part(
    session: ReadSession, actor: Actor, shown: Shown, page: Page, after: int
) -> PartPage:
    unsent = Response()
    if shown.listed == "queue":
        waiting = await queue_of(session, shown.la, clock.today()) if shown.la else None
        return view.queue_part(shown, waiting, after, own=actor.la_code is not None)
    if shown.listed == "revisits":
        found = await following.list_waiting_revisits(session, actor, unsent, page)
        return view.revisits_part(shown, found)
    if shown.listed in {"open", "over"}:
        states = sorted(OPEN_STATES) if shown.listed == "open" else list(_OVER)
        kinds = [InspectionKind(shown.kind)] if shown.kind else None
        listed = await inspections.list_inspections(
            session, actor, unsent, page, state=states, kind=kinds
        )
        return view.inspections_part(shown, listed)
    if Permission.INSPECTIONS_CHECK not in actor.permissions:
        return view.for_seconds(shown)
    if shown.listed == "checks":
        checks = await hearing.list_waiting_checks(session, actor, unsent, page)
        return view.checks_part(shown, checks)
    appeals = await following.list_waiting_appeals(session, actor, unsent, page)
    return view.appeals_part(shown, appeals)


def _check(name: str, value: str, known: set[str]) -> None:
    if value and value not in known:
        words = "Choose from the list."
        raise InvalidRequestError(words, errors=(FieldFault(words, parameter=name),))
