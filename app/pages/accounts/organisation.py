"""The page of the organisation somebody acts for: what is held of it, and where to go on."""

import uuid
from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from app.db.events import ReadSession
from app.http.sessions import Reading
from app.organisations.queries import organisations as queries
from app.organisations.router.pages import Page
from app.organisations.service.organisations import get_organisation
from app.pages.accounts.organisation_view import Belonging, build_organisation
from app.pages.signed_in import (
    ORGANISATION,
    OrganisationReader,
    acted_for,
    own_frame,
    own_page,
    own_router,
)

router = own_router()

HOME = "/organisation"
ON_A_PAGE = 50


@router.get(HOME)
async def show_organisation(
    request: Request,
    session: Reading,
    actor: OrganisationReader,
    cursor: Annotated[str | None, Query(max_length=2_000)] = None,
) -> Response:
    """Show the organisation acted for, and those that belong to it."""
    organisation_id = acted_for(actor)
    row = await get_organisation(session, organisation_id)
    numbers = await queries.list_identifiers(session, [organisation_id])
    belonging = await _belonging(session, organisation_id, cursor)
    frame = await own_frame(request, ORGANISATION)
    return own_page("organisation.html", build_organisation(frame, actor, row, numbers, belonging))


async def _belonging(
    session: ReadSession, organisation_id: uuid.UUID, cursor: str | None
) -> Belonging:
    page = Page(HOME, (), ON_A_PAGE, cursor)
    key = page.after((str, str))
    wanted = queries.Wanted(parent_id=organisation_id)
    rows = await queries.list_organisations(
        session, wanted, (key[0], key[1]) if key else None, ON_A_PAGE + 1
    )
    return Belonging(
        total=await queries.count_children(session, organisation_id),
        rows=rows[:ON_A_PAGE],
        next_url=page.links(rows, "sort_name", "id").next,
        first_url=HOME if cursor else None,
    )
