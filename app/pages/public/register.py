"""The pages: the same questions as the API's, answered by the same functions, shown to people."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.db.read_pool import Reader
from app.pages.problem_view import build_about
from app.pages.public.places import read_place
from app.pages.public.provider_view import build_urls
from app.pages.public.search_form import DEFAULT_MILES, SEARCH_URL, SearchForm, read_search_form
from app.pages.public.search_view import build_search
from app.pages.rendering import authority_choices, render
from app.pages.view_models import Frame
from app.register.answers import search_answer
from app.register.queries.documents import get_document, get_head
from app.register.schemas.search import Include, SearchQuery
from app.register.searching.present import search
from app.values.provider_number import parse_provider_number

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Typed = Annotated[str, Field(max_length=600)]
Several = Annotated[tuple[Annotated[str, Field(max_length=60)], ...], Field(max_length=20)]


class SearchPage(BaseModel):
    """The search page's own fields; an empty one was left empty, which is no fault."""

    model_config = ConfigDict(extra="ignore")

    q: Typed = ""
    near: Typed = ""
    within_miles: Typed = ""
    la: Typed = ""
    age: Typed = ""
    key_stage: Several = ()
    need: Several = ()
    offer: Typed = ""
    places: Several = ()
    status: Typed = ""
    evidence: Typed = ""
    outcome: Several = ()
    assessed_after: Typed = ""
    as_at: Typed = ""
    sort: Typed = ""
    cursor: Typed = ""


@router.get(SEARCH_URL)
async def show_search(request: Request, page: Annotated[SearchPage, Query()]) -> Response:
    """Find a provider: the form, and what it found; or the one that was named by its number."""
    form = read_search_form(page.model_dump())
    async with request.app.state.read_pool.acquire() as connection:
        head = await get_head(connection)
        request.state.demonstration = head["demonstration"]
        if elsewhere := await _elsewhere(connection, form):
            return RedirectResponse(elsewhere, status_code=303)
        query = _query(form)
        found = await search(connection, query, request.app.state.memory)
    answer: dict[str, Any] = orjson.loads(search_answer(query, found))
    view = build_search(
        form, answer, authorities=authority_choices(), demonstration=found.demonstration
    )
    return render("search.html", view)


@router.get("/about")
async def show_about(request: Request) -> HTMLResponse:
    """Say what the register is, what it is not, and under which licence its data may be used."""
    async with request.app.state.read_pool.acquire() as connection:
        head = await get_head(connection)
    return render("about.html", build_about(frame=Frame(head["demonstration"])))


async def _elsewhere(connection: Reader, form: SearchForm) -> str | None:
    """Return where the one box leads when it holds a number or a place, and not words."""
    if not form.q or form.cursor:
        return None
    try:
        number = parse_provider_number(form.q)
    except ValueError:
        place = None if form.near else read_place(form.q)
        return form.change(q="", near=place, within_miles=DEFAULT_MILES).url() if place else None
    return build_urls(number).present if await get_document(connection, number) else None


def _query(form: SearchForm) -> SearchQuery:
    """Read the form as the API would.

    Raises:
        RequestValidationError: a field cannot be understood; each fault names its field.
    """
    counted = [Include.TOTAL] if form.as_at else list(Include)  # the past is not counted by filter
    try:
        return SearchQuery.model_validate({**form.parameters(), "include": counted})
    except ValidationError as error:
        faults = [{**fault, "loc": ("query", *fault["loc"])} for fault in error.errors()]
        raise RequestValidationError(faults) from None
