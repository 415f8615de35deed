"""What the pages of quality assurance have in common: who asks for what, forms, and pages shown."""

from typing import Annotated, TypeAlias

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.access import Actor, Permission
from app.db.events import ReadSession, WriteSession
from app.errors import AppError
from app.http.security import Requires
from app.pages import form_routes
from app.pages.officers.quality.wording import DONE
from app.pages.part_view import PartPage, PartView
from app.pages.signed_in import own_frame, own_page

HERE = "inspections"
"""The part of the navigation."""
INSPECTIONS = "/inspections"
INSPECTION = f"{INSPECTIONS}/{{reference}}"

READS = Requires(Permission.INSPECTIONS_READ)
PLANS = Requires(Permission.INSPECTIONS_PLAN)
SUBMITS = Requires(Permission.INSPECTIONS_SUBMIT)
CHECKS = Requires(Permission.INSPECTIONS_CHECK)
CHECKS_LATELY = Requires(Permission.INSPECTIONS_CHECK, recently=True)

Reader = Annotated[Actor, Depends(READS)]
Planner = Annotated[Actor, Depends(PLANS)]
Done = Annotated[str | None, Query(max_length=40)]
Cursor = Annotated[str | None, Query(max_length=2_000)]
AnySession = ReadSession | WriteSession


At: TypeAlias = form_routes.At
Sent: TypeAlias = form_routes.Sent
at_of = form_routes.at_of


def add_form(
    router: APIRouter,
    path: str,
    needs: Requires,
    ask: form_routes.Ask,
    act: form_routes.Act,
    *,
    mendable: tuple[type[AppError], ...] = (),
) -> None:
    """Let a router show a form of quality assurance, and take it once."""
    form_routes.add_form(router, path, needs, ask, act, here=HERE, mendable=mendable)


async def take(
    request: Request,
    at: At,
    sent: Sent,
    form: tuple[form_routes.Ask, form_routes.Act],
    mendable: tuple[type[AppError], ...] = (),
) -> Response:
    """Do what a sent form asks for, once, and lead on; or show it again with what to mend."""
    return await form_routes.take(request, at, sent, form, HERE, mendable)


async def show_page(
    request: Request, part: PartPage, done: str | None = None, here: str = HERE
) -> Response:
    """Show a page; `done` says what the form that led here did."""
    frame = await own_frame(request, here)
    view = PartView(frame, part.title, part, DONE.get(done or ""))
    return own_page("record_part.html", view)
