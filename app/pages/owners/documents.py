"""The pages on which an owner sends documents as evidence, and takes them back."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import HTMLResponse, Response

from app import clock
from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.errors import AppError, FieldFault, InvalidRequestError
from app.files.errors import FileRefusedError, FileTooLargeError, FileTypeNotTakenError
from app.files.filing import Filing
from app.files.terms import Incoming
from app.http.sessions import Reading
from app.http.uploads import TakesFile, Upload
from app.organisations.router.pages import Page
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.owners.documents_view import (
    DOCUMENTS,
    HeldDocument,
    document_asked,
    documents_page,
    withdrawing_asked,
)
from app.pages.owners.held_records import RECORD, RECORDS, Done, Number, Own, own_record, show_part
from app.pages.signed_in import (
    RecordsManager,
    RecordsReader,
    SentOnce,
    SentVersion,
    only_people,
    own_router,
    understood,
)
from app.providers.evidence import state_on
from app.providers.evidence_errors import DocumentNotFoundError
from app.providers.queries import documents as queries
from app.providers.schemas.documents import NewDocument, Withdrawal
from app.providers.service import documents as service
from app.standards.queries.published_policies import policy_on
from app.standards.terms import PolicyCode

router = own_router()
sending_router = APIRouter(
    include_in_schema=False,
    default_response_class=HTMLResponse,
    dependencies=[Depends(only_people)],
)
"""A form with a file is not read before its sender is known, as other forms are."""

ON_A_PAGE = 50
_MOST_REPLACED = 200
_HERE = f"{RECORD}/{DOCUMENTS}"
_ADD = f"{_HERE}/add"
_OF_THE_FILE = (FileRefusedError, FileTooLargeError, FileTypeNotTakenError)


async def _filing(request: Request) -> Filing:
    held: Filing = request.app.state.filing
    return held


Files = Annotated[Filing, Depends(_filing)]


@router.get(_HERE)
async def show_documents(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    number: Number,
    cursor: Annotated[str | None, Query(max_length=2_000)] = None,
    done: Done = None,
) -> Response:
    """Show a provider's documents, and where each stands today."""
    own = await own_record(session, actor, number)
    here = f"{own.address}/{DOCUMENTS}"
    page = Page(here, (), ON_A_PAGE, cursor)
    key = page.after((str,))
    rows = await _rows(session, own, key[0] if key else None, ON_A_PAGE + 1)
    held = await _held(session, rows[:ON_A_PAGE])
    following = page.links([row.Document for row in rows], "id").next
    part = documents_page(own, held, following, here if cursor else None)
    return await show_part(request, part, done)


@router.get(_ADD)
async def show_add(
    request: Request,
    session: Reading,
    actor: RecordsManager,
    number: Number,
    replaces: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Offer the form on which a document is sent."""
    return await show_form(request, await _asked(session, actor, number, replaces))


@sending_router.post(_ADD)
async def add_document(
    request: Request,
    actor: RecordsManager,
    upload: Annotated[Upload[SentOnce], Depends(TakesFile(SentOnce))],
    filing: Files,
    number: Number,
) -> Response:
    """Take in a document with its file."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _asked(session, actor, number)

    async def act(session: WriteSession, answers: Answers) -> str:
        if not upload.name:
            detail = "Choose the file"
            raise InvalidRequestError(detail, errors=(FieldFault(detail, "/file"),))
        new = understood(
            NewDocument, {name: one for name, one in answers.items() if name != "file"}
        )
        incoming = Incoming(upload.name, upload.declared_type, upload.chunks())
        try:
            await service.add_document(session, actor, number, new, incoming, filing)
        except _OF_THE_FILE as refused:
            raise _at_the_file(refused) from refused
        return f"{RECORDS}/{number}/{DOCUMENTS}?done=document-added"

    return await take_form(request, actor, upload.fields, ask, act)


@router.get(f"{_HERE}/{{document_id}}/withdraw")
async def show_withdraw(
    request: Request,
    session: Reading,
    actor: RecordsManager,
    number: Number,
    document_id: uuid.UUID,
) -> Response:
    """Offer the form on which a document is taken back."""
    return await show_form(request, await _withdrawing(session, actor, number, document_id))


@router.post(f"{_HERE}/{{document_id}}/withdraw")
async def withdraw_document(
    request: Request,
    actor: RecordsManager,
    number: Number,
    document_id: uuid.UUID,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """Take a document back."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _withdrawing(session, actor, number, document_id)

    async def act(session: WriteSession, answers: Answers) -> str:
        said = understood(Withdrawal, answers)
        await service.withdraw_document(session, actor, number, document_id, said, sent.version)
        return f"{RECORDS}/{number}/{DOCUMENTS}?done=document-withdrawn"

    return await take_form(request, actor, sent, ask, act)


async def held_documents(session: ReadSession, own: Own) -> list[HeldDocument]:
    """Return the newest documents of a record, enough for every list from which one is chosen."""
    return await _held(session, await _rows(session, own, None, _MOST_REPLACED))


async def _asked(
    session: ReadSession, actor: Actor, number: str, replaces: str | None = None
) -> FormAsked:
    own = await own_record(session, actor, number)
    held = await held_documents(session, own)
    chosen = next((one for one in held if str(one.document.id) == replaces), None)
    return document_asked(own, held, chosen)


async def _withdrawing(
    session: ReadSession, actor: Actor, number: str, document_id: uuid.UUID
) -> FormAsked:
    own = await own_record(session, actor, number)
    row = await queries.get_document(session, own.held.id, document_id)
    if row is None:
        raise DocumentNotFoundError("The record has no such document. Go back to see what it has.")
    return withdrawing_asked(own, (await _held(session, [row]))[0])


async def _rows(session: ReadSession, own: Own, after: Any, most: int) -> list[Any]:
    found = await queries.list_documents(
        session, own.held.id, kind=None, site=None, only=None, after=after, most=most
    )
    return list(found)


async def _held(session: ReadSession, rows: list[Any]) -> list[HeldDocument]:
    today = clock.today()
    policy = await policy_on(session, PolicyCode.EVIDENCE_REMINDERS, today)
    days = max(policy["days"], default=0) if policy else 0
    return [
        HeldDocument(
            row.Document,
            row.File,
            row.site,
            row.replaced_by,
            state_on(
                today,
                issued_on=row.Document.issued_on,
                until=row.Document.current_until,
                withdrawn=row.Document.withdrawn_at is not None,
                reminded_days=days,
            ),
        )
        for row in rows
    ]


def _at_the_file(refused: AppError) -> InvalidRequestError:
    """Return a refusal of the file as one that is mended at the question it answers."""
    return InvalidRequestError(refused.detail, errors=(FieldFault(refused.detail, "/file"),))
