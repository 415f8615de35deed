"""What the pages of oversight have in common: who asks for what, forms, and pages shown."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from app.access import Actor, Permission
from app.audit.terms import Purpose
from app.http.security import Requires
from app.organisations.router.pages import Page
from app.pages import form_routes
from app.pages.oversight.wording import DONE
from app.pages.part_view import PartPage, PartView
from app.pages.signed_in import own_frame, own_page
from app.pages.view_models import ActionLink

HERE = "oversight"
"""The part of the navigation."""
OVERSIGHT = "/oversight"
START = ActionLink("Oversight", OVERSIGHT)
"""The way back to the start."""
ON_A_PAGE = 25
PURPOSE = Purpose.SAFEGUARDING
"""What somebody who looks for a child reads its record for; it is written down."""
WRITTEN_DOWN = (
    "That you read this is written down, with your name and that it was for safeguarding."
)
"""To be said on every page that shows what was said of a child."""

OVERSEES = Requires(Permission.OVERSIGHT_READ)
SEES_SOUGHT = Requires(Permission.FOLLOW_UPS_READ)
SEARCHES = Requires(Permission.FOLLOW_UPS_RECORD)
ENDS_SEARCH = Requires(Permission.FOLLOW_UPS_CLOSE)
SEES_CASES = Requires(Permission.REGISTRATION_CASES_READ)
CLOSES_CASES = Requires(Permission.REGISTRATION_CASES_CLOSE)
MATCHES = Requires(Permission.CHILDREN_MATCH)

Overseer = Annotated[Actor, Depends(OVERSEES)]
SearchReader = Annotated[Actor, Depends(SEES_SOUGHT)]
CaseReader = Annotated[Actor, Depends(SEES_CASES)]
Matcher = Annotated[Actor, Depends(MATCHES)]
Done = Annotated[str | None, Query(max_length=40)]
Cursor = Annotated[str | None, Query(max_length=2_000)]

At = form_routes.At
at_of = form_routes.at_of
add_form = partial(form_routes.add_form, here=HERE)
"""Lets a router show a form of oversight, and take it once."""


async def show_page(request: Request, part: PartPage, done: str | None = None) -> Response:
    """Show a page; `done` is the code of what the form that led here did."""
    frame = await own_frame(request, HERE)
    view = PartView(frame, part.title, part, DONE.get(done or ""))
    return own_page("record_part.html", view)


def page_of(
    address: str, cursor: str | None, narrowed: tuple[tuple[str, str], ...] = (), limit: int = 0
) -> Page:
    """Return which page of a list is asked for, as the API's lists take it."""
    return Page(address, narrowed, limit or ON_A_PAGE, cursor)


def caption_of(actor: Actor) -> str:
    """Return for whom somebody looks."""
    return actor.organisation_name or actor.name
