"""The page on which a photo or a paper is added to an inspection."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.files.errors import FileRefusedError, FileTooLargeError, FileTypeNotTakenError
from app.files.filing import Filing
from app.files.terms import Incoming
from app.http.sessions import Reading
from app.http.uploads import TakesFile, Upload
from app.inspections.schemas.files import NewInspectionFile
from app.inspections.service import files as service
from app.pages.form_page import Answers, show_form
from app.pages.form_page_view import FormAsked, Part
from app.pages.officers.quality.forms import (
    HERE,
    INSPECTION,
    INSPECTIONS,
    SUBMITS,
    At,
    Sent,
    at_of,
    take,
)
from app.pages.officers.quality.hearing_view import about
from app.pages.officers.quality.read import read_inspection
from app.pages.questions import Kind, Question
from app.pages.signed_in import only_people, own_router, understood

router = own_router()
sending_router = APIRouter(
    include_in_schema=False,
    default_response_class=HTMLResponse,
    dependencies=[Depends(only_people)],
)
"""A form with a file is not read before its sender is known, as other forms are."""

Submitter = Annotated[Actor, Depends(SUBMITS)]
_ADD = f"{INSPECTION}/files/add"
_OF_THE_FILE = (FileRefusedError, FileTooLargeError, FileTypeNotTakenError)
_FILE = (
    Question(
        "file",
        "The file",
        "Choose the file",
        Kind.FILE,
        hint="A photo (JPEG or PNG), a PDF or a Word document (DOCX). No picture of a child.",
    ),
    Question("title", "What does it show?", "Say what it shows", needed=True),
)


async def _filing(request: Request) -> Filing:
    held: Filing = request.app.state.filing
    return held


Files = Annotated[Filing, Depends(_filing)]


@router.get(_ADD)
async def show_add(request: Request, session: Reading, actor: Submitter) -> Response:
    """Offer the form on which a file is added."""
    at = at_of(request, actor)
    return await show_form(request, await _adding(session, at))


@sending_router.post(_ADD)
async def add_file(
    request: Request,
    actor: Submitter,
    upload: Annotated[Upload[Sent], Depends(TakesFile(Sent))],
    filing: Files,
) -> Response:
    """Take in a file of an inspection."""

    async def act(session: WriteSession, at: At, answers: Answers) -> str:
        if not upload.name:
            raise _at_the_file("Choose the file")
        new = understood(NewInspectionFile, {"title": answers["title"]})
        incoming = Incoming(upload.name, upload.declared_type, upload.chunks())
        try:
            await service.add_file(session, at.actor, (at.reference, new), incoming, filing)
        except _OF_THE_FILE as refused:
            raise _at_the_file(refused.detail) from refused
        return f"{INSPECTIONS}/{at.reference}?done=file-added"

    at = at_of(request, actor)
    return await take(request, at, upload.fields, (_adding, act))


async def _adding(session: ReadSession, at: At) -> FormAsked:
    read = await read_inspection(session, at.actor, at.reference)
    return FormAsked(
        heading="Add a photo or a paper",
        button="Add it",
        back=read.back,
        parts=(Part(_FILE),),
        facts=about(read),
        paragraphs=("It is for colleagues alone. Say next, where you judge, what it shows.",),
        version=read.told.version,
        here=HERE,
    )


def _at_the_file(words: str) -> InvalidRequestError:
    return InvalidRequestError(words, errors=(FieldFault(words, "/file"),))
