"""Files of inspections over HTTP: for whoever inspects, checks, or answers for the provider."""

import asyncio
import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from app.files.errors import (
    FileContentLostError,
    FileNotScannedError,
    FileQuarantinedError,
    FileRefusedError,
    FilesFullError,
    FileTooLargeError,
    FileTypeNotTakenError,
    FileWithheldError,
    StoredFileNotFoundError,
)
from app.files.filing import Filing
from app.files.queries import facts_of
from app.files.terms import MEDIA_TYPES, Incoming
from app.http.errors import ContentTooLargeError, FormNeededError
from app.http.problems import problems
from app.http.sessions import Looking, Reading, Writing
from app.http.streams import LongAnswer
from app.http.uploads import TakesFile, Upload
from app.inspections.queries import files as queries
from app.inspections.router import answering as answers
from app.inspections.router.answering import Reader, Reference, Submitter
from app.inspections.schemas.files import (
    InspectionFileList,
    InspectionFileOut,
    NewInspectionFile,
)
from app.inspections.service import files as service
from app.inspections.service.looking import look_at
from app.organisations.router.pages import AskedPage

FILES = f"{answers.INSPECTION}/files"
FILE = f"{FILES}/{{file_id}}"
MOST_AT_ONCE = 8
"""Files sent at a time by one worker."""
TAKES = TakesFile(NewInspectionFile)

router = APIRouter(tags=["inspections"])

_TAKEN = (
    *(FormNeededError, ContentTooLargeError, FileRefusedError, FileTooLargeError),
    *(FileTypeNotTakenError, FilesFullError),
)
_OPENED = (*(FileQuarantinedError, FileWithheldError, FileNotScannedError, FileContentLostError),)
_CONTENT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file, to be saved; never to be shown within a page.",
        "content": {media_type: {} for media_type in sorted(MEDIA_TYPES.values())},
    }
}
_places = asyncio.Semaphore(MOST_AT_ONCE)


async def _filing(request: Request) -> Filing:
    held: Filing = request.app.state.filing
    return held


Files = Annotated[Filing, Depends(_filing)]


@router.post(
    FILES,
    status_code=201,
    operation_id="addInspectionFile",
    openapi_extra=TAKES.openapi(),
    responses=problems(*answers.DONE, *_TAKEN),
)
async def add_file(
    actor: Submitter,
    upload: Annotated[Upload[NewInspectionFile], Depends(TAKES)],
    session: Writing,
    filing: Files,
    response: Response,
    reference: Reference,
) -> InspectionFileOut:
    """Send a photo or a paper that shows what was seen: a JPEG, PNG, PDF or DOCX.

    Judgements name it by its id. It is for colleagues alone; take no picture of a child.
    """
    incoming = Incoming(upload.name, upload.declared_type, upload.chunks())
    of = (reference, upload.fields)
    file_id = await service.add_file(session, actor, of, incoming, filing)
    inspection, found = await service.get_file(session, reference, file_id)
    answers.located(response, f"{answers.INSPECTIONS}/{inspection.reference}/files/{file_id}")
    answers.private(response)
    return _out(found)


@router.get(FILES, operation_id="listInspectionFiles", responses=problems(*answers.LOOKED))
async def list_files(
    session: Reading, _: Reader, response: Response, reference: Reference, page: AskedPage
) -> InspectionFileList:
    """List the files of an inspection that you may see, the newest first."""
    inspection = await look_at(session, reference)
    key = page.after((str,))
    after = key[0] if key else None
    found = await queries.list_files(session, inspection.id, after, page.limit + 1)
    answers.private(response)
    links = page.links([row.InspectionFile for row in found], "file_id")
    return InspectionFileList(items=[_out(row) for row in found[: page.limit]], links=links)


@router.get(
    FILE,
    operation_id="getInspectionFile",
    responses=problems(*answers.LOOKED, StoredFileNotFoundError),
)
async def get_file(
    session: Reading, _: Reader, response: Response, reference: Reference, file_id: uuid.UUID
) -> InspectionFileOut:
    """Look at what is said of a file."""
    _, found = await service.get_file(session, reference, file_id)
    answers.private(response)
    return _out(found)


@router.get(
    f"{FILE}/file",
    operation_id="openInspectionFile",
    response_class=LongAnswer,
    status_code=200,
    responses=_CONTENT | problems(*answers.LOOKED, StoredFileNotFoundError, *_OPENED),
)
async def open_inspection_file(
    session: Looking, actor: Reader, filing: Files, reference: Reference, file_id: uuid.UUID
) -> Response:
    """Open a file; that somebody of another body than inspects did is written down."""
    of = (reference, file_id)
    opened = await service.open_inspection_file(session, actor, of, filing)
    return LongAnswer(opened.parts, places=_places, headers=dict(opened.headers))


def _out(row: Any) -> InspectionFileOut:
    said, facts = row.InspectionFile, facts_of(row.File)
    return InspectionFileOut(
        id=facts.id,
        title=said.title,
        name=facts.name,
        media_type=facts.media_type,
        size_bytes=facts.size_bytes,
        sha256=facts.sha256,
        state=facts.state,
        added_at=said.added_at,
    )
