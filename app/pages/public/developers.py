"""The pages for those who read the register by program, and the one about its data."""

import orjson
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from app import clock
from app.errors import NotFoundError
from app.http.openapi import document_of
from app.pages.public.api_view import REFERENCE, build_api, build_api_part
from app.pages.public.developers_view import DATA, DEVELOPERS, build_data, build_developers
from app.pages.rendering import render
from app.register.queries.documents import get_head
from app.register.schemas.search import SearchQuery
from app.register.searching.present import search
from app.register.visits import count_visits

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get(DEVELOPERS)
async def show_developers(request: Request) -> HTMLResponse:
    """Say how a program reads the register, with calls that can be copied."""
    async with request.app.state.read_pool.acquire() as connection:
        head = await get_head(connection)
        found = await search(connection, SearchQuery(limit=1), request.app.state.memory)
    view = build_developers(
        _base(request),
        request.app.state.settings.rate_limit,
        orjson.loads(found.hits[0]["summary"])["number"] if found.hits else None,
        demonstration=head["demonstration"],
    )
    return render("developers.html", view)


@router.get(REFERENCE)
async def show_api(request: Request) -> HTMLResponse:
    """List every call of the API, those open to everybody first."""
    demonstration = await _demonstration(request)
    view = build_api(await document_of(request.app), demonstration=demonstration)
    return render("api.html", view)


@router.get(REFERENCE + "/{subject}")
async def show_api_part(request: Request, subject: str) -> HTMLResponse:
    """Show every call about one thing: what it is told, answers and refuses."""
    demonstration = await _demonstration(request)
    document = await document_of(request.app)
    view = build_api_part(document, subject, _base(request), demonstration=demonstration)
    if view is None:
        raise NotFoundError("The API has no subject of this name.")
    return render("api_part.html", view)


@router.get(DATA)
async def show_data(request: Request) -> HTMLResponse:
    """Say how fresh the data are, what is in them and what is not, and how they are put right."""
    async with request.app.state.read_pool.acquire() as connection:
        head = await get_head(connection)
        request.state.demonstration = head["demonstration"]
        visits = await count_visits(connection, request.app.state.memory, clock.today())
    return render("data.html", build_data(head, visits))


async def _demonstration(request: Request) -> bool:
    async with request.app.state.read_pool.acquire() as connection:
        head = await get_head(connection)
    request.state.demonstration = head["demonstration"]
    return bool(head["demonstration"])


def _base(request: Request) -> str:
    return request.app.state.settings.public_url or str(request.base_url).rstrip("/")
