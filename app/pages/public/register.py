"""The pages: the same questions as the API's, answered by the same functions, shown to people."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import HTMLResponse

from app.pages.problem_view import build_about
from app.pages.public.search_form import SEARCH_URL, SearchForm, read_search_form
from app.pages.public.search_view import build_search
from app.pages.rendering import authority_choices, render
from app.pages.view_models import Frame
from app.register.answers import search_answer
from app.register.queries.documents import get_head
from app.register.schemas.search import Include, SearchQuery
from app.register.searching.present import search

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Typed = Annotated[str, Field(max_length=600)]


class SearchPage(BaseModel):
    """The search page's own fields; an empty one was left empty, which is no fault."""

    model_config = ConfigDict(extra="ignore")

    q: Typed = ""
    near: Typed = ""
    within_miles: Typed = ""
    la: Typed = ""
    age: Typed = ""
    need: Typed = ""
    status: Typed = ""
    cursor: Typed = ""


@router.get(SEARCH_URL)
async def show_search(request: Request, page: Annotated[SearchPage, Query()]) -> HTMLResponse:
    """Find a provider: the form, and what it found."""
    form = read_search_form(page.model_dump())
    async with request.app.state.read_pool.acquire() as connection:
        head = await get_head(connection)
        request.state.demonstration = head["demonstration"]
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


def _query(form: SearchForm) -> SearchQuery:
    """Read the form as the API would.

    Raises:
        RequestValidationError: a field cannot be understood; each fault names its field.
    """
    try:
        return SearchQuery.model_validate({**form.parameters(), "include": [Include.TOTAL]})
    except ValidationError as error:
        faults = [{**fault, "loc": ("query", *fault["loc"])} for fault in error.errors()]
        raise RequestValidationError(faults) from None
