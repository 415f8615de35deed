"""Documents over HTTP: for their owner, who answers for it, and whom it shares them with."""

import asyncio
import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from app.db.events import ReadSession, WriteSession
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
from app.files.terms import MEDIA_TYPES, Incoming
from app.http.conditions import ExpectedVersion
from app.http.errors import ContentTooLargeError, FormNeededError
from app.http.problems import problems
from app.http.sessions import Looking, Reading, Writing
from app.http.streams import LongAnswer
from app.http.uploads import TakesFile, Upload
from app.organisations.router.pages import AskedPage
from app.providers.errors import PersonNeededError, SiteNotFoundError
from app.providers.evidence_errors import (
    DocumentNotFitError,
    DocumentNotFoundError,
    DocumentReplacedError,
    DocumentWithdrawnError,
    FileMissingError,
)
from app.providers.queries import documents as queries
from app.providers.router import answering as answers
from app.providers.router.answering import Manager, Number, Reader
from app.providers.router.showing_evidence import documents_told
from app.providers.schemas.documents import (
    DocumentList,
    DocumentOut,
    NewDocument,
    Withdrawal,
)
from app.providers.service import documents as service
from app.providers.service.sharing import see
from app.standards.terms import EvidenceKind

router = APIRouter(prefix=f"{answers.RECORD}/documents", tags=["evidence"])

MOST_AT_ONCE = 8
"""Files sent at a time by one worker."""
TAKES = TakesFile(NewDocument)
_TAKEN = (
    *(FormNeededError, ContentTooLargeError, FileRefusedError, FileTooLargeError),
    *(FileTypeNotTakenError, FilesFullError),
)
_OPENED = (
    *(FileMissingError, StoredFileNotFoundError, FileQuarantinedError, FileWithheldError),
    *(FileNotScannedError, FileContentLostError, DocumentWithdrawnError),
)
_FILE: dict[int | str, dict[str, Any]] = {
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
    "",
    status_code=201,
    operation_id="addDocument",
    openapi_extra=TAKES.openapi(),
    responses=problems(
        *answers.KEPT,
        *_TAKEN,
        PersonNeededError,
        SiteNotFoundError,
        DocumentNotFitError,
        DocumentNotFoundError,
        DocumentReplacedError,
    ),
)
async def add_document(
    actor: Manager,
    upload: Annotated[Upload[NewDocument], Depends(TAKES)],
    session: Writing,
    filing: Files,
    response: Response,
    number: Number,
) -> DocumentOut:
    """Send a document as evidence: a PDF, JPEG, PNG or DOCX, and what it is.

    Everybody you share it with sees this one, so it is sent once. Never send a DBS certificate:
    what was checked is kept at `staff-checks`.
    """
    incoming = Incoming(upload.name, upload.declared_type, upload.chunks())
    document_id = await service.add_document(
        session, actor, number, upload.fields, incoming, filing
    )
    return await _shown(session, response, number, document_id)


@router.get("", operation_id="listDocuments", responses=problems(*answers.LOOKED))
async def list_documents(
    session: Reading,
    _: Reader,
    response: Response,
    number: Number,
    page: AskedPage,
    kind: Annotated[EvidenceKind | None, Query(description="Only of this kind.")] = None,
    site: Annotated[
        int | None, Query(ge=1, le=32_767, description="Only of the site with this reference.")
    ] = None,
) -> DocumentList:
    """List a provider's documents that you may see, and where each stands today; newest first."""
    sight = await see(session, number)
    key = page.after((str,))
    found = await queries.list_documents(
        session,
        sight.held.id,
        kind=kind.value if kind else None,
        site=site,
        only=sight.only,
        after=key[0] if key else None,
        most=page.limit + 1,
    )
    documents = [row.Document for row in found]
    links = page.links(documents, "id")
    answers.private(response)
    return DocumentList(
        items=await documents_told(session, sight, found[: page.limit]),
        links=links,
    )


@router.get(
    "/{document_id}",
    operation_id="getDocument",
    responses=problems(*answers.LOOKED, DocumentNotFoundError),
)
async def get_document(
    session: Reading, _: Reader, response: Response, number: Number, document_id: uuid.UUID
) -> DocumentOut:
    """Look at what is said of a document."""
    return await _shown(session, response, number, document_id)


@router.get(
    "/{document_id}/file",
    operation_id="openDocument",
    response_class=LongAnswer,
    status_code=200,
    responses=_FILE | problems(*answers.LOOKED, *_OPENED, DocumentNotFoundError),
)
async def open_document(
    session: Looking, actor: Reader, filing: Files, number: Number, document_id: uuid.UUID
) -> Response:
    """Open the file of a document. Its owner can see who of others did."""
    opened = await service.open_document(session, actor, number, document_id, filing)
    return LongAnswer(opened.parts, places=_places, headers=dict(opened.headers))


@router.post(
    "/{document_id}/withdrawal",
    operation_id="withdrawDocument",
    responses=problems(
        *answers.KEPT, *answers.EDITED, DocumentNotFoundError, DocumentWithdrawnError
    ),
)
async def withdraw_document(  # noqa: PLR0913, PLR0917 - each is a part of the request
    session: Writing,
    actor: Manager,
    response: Response,
    number: Number,
    document_id: uuid.UUID,
    withdrawal: Withdrawal,
    expected: ExpectedVersion,
) -> DocumentOut:
    """Take a document back. It stays on record with the reason, and counts for nothing."""
    await service.withdraw_document(session, actor, number, document_id, withdrawal, expected)
    return await _shown(session, response, number, document_id)


async def _shown(
    session: ReadSession | WriteSession, response: Response, number: str, document_id: uuid.UUID
) -> DocumentOut:
    sight, row = await service.get_document(session, number, document_id)
    answers.located(response, f"{answers.RECORDS}/{sight.held.number}/documents/{row.Document.id}")
    answers.private(response, row.Document.version)
    (told,) = await documents_told(session, sight, [row])
    return told
