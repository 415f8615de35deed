"""The page on what is agreed for placements with a provider, and whom it invoices."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response

from app.access import Actor, Permission
from app.funding.router import lists as api
from app.http.security import Requires
from app.http.sessions import Reading
from app.organisations.router.pages import Page
from app.pages.owners import invoices_view as view
from app.pages.owners.held_records import RECORD, Number, own_held, show_part
from app.pages.signed_in import own_router

router = own_router()

FundingReader = Annotated[Actor, Depends(Requires(Permission.FUNDING_READ))]
Cursor = Annotated[str | None, Query(max_length=2_000)]
_ON_A_PAGE = 25


@router.get(f"{RECORD}/{view.FUNDING}")
async def show_invoices(
    request: Request, session: Reading, actor: FundingReader, number: Number, cursor: Cursor = None
) -> Response:
    """Show what is agreed for each placement, and whom to invoice under which order."""
    held = await own_held(session, number)
    here = f"/records/{held.number}/{view.FUNDING}"
    page = Page(here, (), _ON_A_PAGE, cursor)
    found = await api.list_prices(session, actor, Response(), page, held.number)
    return await show_part(request, view.invoices_page(held, found, further=cursor is not None))
