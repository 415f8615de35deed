"""The pages on which everybody reads what providers are asked."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import HTMLResponse

from app import clock
from app.errors import NotFoundError
from app.pages.public.standards_view import STANDARDS, build_criterion, build_standards
from app.pages.rendering import render
from app.register.queries.documents import get_head
from app.standards import answers
from app.standards.schemas.published import AskedOfQuery

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Typed = Annotated[str, Field(max_length=60)]


class AskedOfForm(BaseModel):
    """Of which provider; an empty field was left empty, which is no fault."""

    model_config = ConfigDict(extra="ignore")

    site_kind: Typed = ""
    staff_size: Typed = ""


@router.get(STANDARDS)
async def show_standards(request: Request, form: Annotated[AskedOfForm, Query()]) -> HTMLResponse:
    """Show the version of the standards that is in force today."""
    return await _page(request, None, form)


@router.get(STANDARDS + "/{code}")
async def show_version(
    request: Request, code: str, form: Annotated[AskedOfForm, Query()]
) -> HTMLResponse:
    """Show one version of the standards, in force or not."""
    return await _page(request, code, form)


@router.get(STANDARDS + "/{code}/criteria/{number}")
async def show_criterion(request: Request, code: str, number: str) -> HTMLResponse:
    """Show one criterion by itself, at an address that stays."""
    async with request.app.state.read_pool.acquire() as connection:
        head = await get_head(connection)
        request.state.demonstration = head["demonstration"]
        document = await answers.standards_document(connection, code, AskedOfQuery())
    view = build_criterion(document, number, demonstration=head["demonstration"])
    if view is None:
        raise NotFoundError(f"{document.title} has no criterion of this number.")
    return render("criterion.html", view)


async def _page(request: Request, code: str | None, form: AskedOfForm) -> HTMLResponse:
    async with request.app.state.read_pool.acquire() as connection:
        head = await get_head(connection)
        request.state.demonstration = head["demonstration"]
        asked = _asked(form)
        versions = await answers.standards_list(connection, clock.today())
        wanted = code or versions.in_force
        document = None
        if wanted is not None:
            document = await answers.standards_document(connection, wanted, asked)
    action = STANDARDS if code is None else f"{STANDARDS}/{wanted}"
    view = build_standards(versions, document, action=action, demonstration=head["demonstration"])
    return render("standards.html", view)


def _asked(form: AskedOfForm) -> AskedOfQuery:
    """Read the form as the API would.

    Raises:
        RequestValidationError: a code in the address is none; the form sends no such.
    """
    try:
        given = {name: value for name, value in form.model_dump().items() if value}
        return AskedOfQuery.model_validate(given)
    except ValidationError as error:
        faults = [{**fault, "loc": ("query", *fault["loc"])} for fault in error.errors()]
        raise RequestValidationError(faults) from None
