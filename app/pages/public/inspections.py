"""The page on which everybody reads a published inspection."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from app.inspections.published import published_inspection
from app.inspections.schemas.published import PublishedVersion
from app.pages.public.published_inspection_view import build_published_inspection
from app.pages.rendering import render
from app.register.queries.documents import get_head

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/providers/{number}/inspections/{reference}")
async def show_published_inspection(
    request: Request,
    number: str,
    reference: str,
    version: Annotated[PublishedVersion | None, Query()] = None,
) -> HTMLResponse:
    """Show what was found, what the provider says to it, and what became of it since."""
    async with request.app.state.read_pool.acquire() as connection:
        head = await get_head(connection)
        request.state.demonstration = head["demonstration"]
        found = await published_inspection(connection, number, reference, version)
    view = build_published_inspection(found, demonstration=head["demonstration"])
    return render("published_inspection.html", view)
