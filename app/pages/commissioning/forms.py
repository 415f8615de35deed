"""What the pages of commissioning have in common: who asks for what, forms, and pages shown."""

from functools import partial
from typing import Annotated, TypeAlias

from fastapi import Depends, Query, Request
from starlette.responses import Response

from app.access import Actor, Permission
from app.audit.terms import Purpose
from app.db.events import ReadSession, WriteSession
from app.errors import AppError
from app.http.security import Requires
from app.organisations.router.pages import Page
from app.pages import form_routes
from app.pages.part_view import PartPage, PartView
from app.pages.signed_in import own_frame, own_page
from app.pages.view_models import ActionLink

HERE = "placements"
"""The part of the navigation."""
COMMISSIONING = "/commissioning"
PLACEMENTS = f"{COMMISSIONING}/placements"
DESK = ActionLink("Placements", COMMISSIONING)
"""The way back to the desk."""
ON_A_PAGE = 25
PURPOSE = Purpose.COMMISSIONING
"""What somebody who places children reads a child's record for; it is written down."""
WRITTEN_DOWN = (
    "That you read this is written down, with your name and that it was for placing the child."
)
"""To be said on every page that shows a child's record."""

READS = Requires(Permission.PLACEMENTS_READ)
RECORDS = Requires(Permission.PLACEMENTS_RECORD)
DECIDES = Requires(Permission.PLACEMENTS_DECIDE, recently=True)

Reader = Annotated[Actor, Depends(READS)]
Recorder = Annotated[Actor, Depends(RECORDS)]
Done = Annotated[str | None, Query(max_length=40)]
Cursor = Annotated[str | None, Query(max_length=2_000)]
AnySession = ReadSession | WriteSession

At: TypeAlias = form_routes.At
Sent: TypeAlias = form_routes.Sent
at_of = form_routes.at_of
add_form = partial(form_routes.add_form, here=HERE)
"""Lets a router show a form of commissioning, and take it once."""


async def take(
    request: Request,
    at: At,
    sent: Sent,
    form: tuple[form_routes.Ask, form_routes.Act],
    mendable: tuple[type[AppError], ...] = (),
) -> Response:
    """Do what a sent form asks for, once, and lead on; or show it again with what to mend."""
    return await form_routes.take(request, at, sent, form, HERE, mendable)


async def show_page(request: Request, part: PartPage, done: str | None = None) -> Response:
    """Show a page; `done` says in words what the form that led here did."""
    frame = await own_frame(request, HERE)
    return own_page("record_part.html", PartView(frame, part.title, part, done))


def page_of(
    address: str,
    cursor: str | None,
    narrowed: tuple[tuple[str, str], ...] = (),
    limit: int = ON_A_PAGE,
) -> Page:
    """Return which page of a list is asked for, as the API's lists take it."""
    return Page(address, narrowed, limit, cursor)
