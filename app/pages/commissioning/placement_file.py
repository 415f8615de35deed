"""The pages on which many placements are recorded from a file, each row by itself."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from app.access import Actor
from app.errors import AppError, FieldFault, InvalidRequestError
from app.http.uploads import TakesFile, Upload
from app.pages.commissioning import placement_file_view as view
from app.pages.commissioning.forms import (
    HERE,
    PLACEMENTS,
    RECORDS,
    Recorder,
    Sent,
    at_of,
    show_page,
)
from app.pages.form_page import form_again, show_form
from app.pages.leading import private
from app.pages.signed_in import only_people, own_router
from app.placements import table
from app.placements.errors import TableNeededError
from app.placements.router import loading as api
from app.placements.service import loading

router = own_router()
sending_router = APIRouter(
    include_in_schema=False,
    default_response_class=HTMLResponse,
    dependencies=[Depends(only_people)],
)
"""A form with a file is not read before its sender is known, as other forms are."""

FILE = f"{PLACEMENTS}/file"
TEMPLATE = f"{PLACEMENTS}/file-template"
FileRecorder = Annotated[Actor, Depends(RECORDS)]


@router.get(TEMPLATE)
async def get_template(actor: Recorder) -> Response:
    """Hand out the headings of a file of placements."""
    return private(await api.get_template(actor))


@router.get(FILE)
async def show_file(request: Request, _: Recorder) -> Response:
    """Offer the form on which a file is sent."""
    return await show_form(request, view.file_form(HERE))


@sending_router.post(FILE)
async def take_file(
    request: Request,
    actor: FileRecorder,
    upload: Annotated[Upload[Sent], Depends(TakesFile(Sent))],
) -> Response:
    """Record the rows of a file, and say what became of each.

    Each row is kept or refused in a transaction of its own. Sent again, nothing is added, for each
    row carries a reference: so no key is needed to let the form act once.
    """
    try:
        lines = await _lines(upload)
    except AppError as refused:
        faults = refused.errors or (FieldFault(refused.detail),)
        refused.errors = tuple(FieldFault(one.detail, "/file") for one in faults[:1]) + faults[1:]
        return await form_again(request, view.file_form(HERE), {}, None, refused)
    stated = [loading.read_line(line) for line in lines]
    at = at_of(request, actor)
    rows = await loading.load(api.loading_of(request, actor, at.ring), stated)
    found = [(line.number, row, line.column) for line, row in zip(lines, rows, strict=True)]
    return await show_page(request, view.outcome_part(api.told(Response(), found)))


async def _lines(upload: Upload[Sent]) -> list[table.Line]:
    """Read the table that was sent.

    Raises:
        InvalidRequestError, TableNeededError: there is none, or none that can be taken.
    """
    if not upload.name:
        words = "Choose the file"
        raise InvalidRequestError(words, errors=(FieldFault(words, "/file"),))
    content = b""
    async for piece in upload.chunks():
        content += piece
        if len(content) > table.MOST_BYTES:
            break
    if content.startswith(b"PK"):
        raise TableNeededError("This is a spreadsheet. Save it as CSV UTF-8, and send that.")
    return table.read(content)
