"""The pages on which an owner agrees to publication, and confirms the record once a year."""

from typing import Annotated

from fastapi import Form, Request
from starlette.responses import Response

from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.owners.held_records import RECORD, RECORDS, Done, Number, own_record, show_part
from app.pages.owners.vouching_view import (
    CONFIRMATION,
    CONSENT,
    confirmation_page,
    confirming,
    consent_page,
    giving,
    taking_back,
)
from app.pages.signed_in import (
    RecentRecordsSigner,
    RecordsReader,
    RecordsSigner,
    SentOnce,
    own_router,
)
from app.providers.service import vouching as service

router = own_router()


@router.get(f"{RECORD}/{CONSENT}")
async def show_consent(
    request: Request, session: Reading, actor: RecordsReader, number: Number, done: Done = None
) -> Response:
    """Show whether the owner agreed to publication."""
    return await show_part(request, consent_page(await own_record(session, actor, number)), done)


@router.get(f"{RECORD}/{CONSENT}/give")
async def show_give(
    request: Request, session: Reading, actor: RecordsSigner, number: Number
) -> Response:
    """Ask for agreement to publication."""
    return await show_form(request, giving(await own_record(session, actor, number)))


@router.post(f"{RECORD}/{CONSENT}/give")
async def give(
    request: Request, actor: RecordsSigner, number: Number, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Agree to publication."""

    async def ask(session: ReadSession) -> FormAsked:
        return giving(await own_record(session, actor, number))

    async def act(session: WriteSession, _: Answers) -> str:
        await service.consent(session, actor, number, given=True)
        return f"{RECORDS}/{number}/{CONSENT}?done=consented"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{RECORD}/{CONSENT}/take-back")
async def show_take_back(
    request: Request, session: Reading, actor: RecordsSigner, number: Number
) -> Response:
    """Ask whether the agreement shall be taken back."""
    return await show_form(request, taking_back(await own_record(session, actor, number)))


@router.post(f"{RECORD}/{CONSENT}/take-back")
async def take_back(
    request: Request, actor: RecordsSigner, number: Number, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Take the agreement back."""

    async def ask(session: ReadSession) -> FormAsked:
        return taking_back(await own_record(session, actor, number))

    async def act(session: WriteSession, _: Answers) -> str:
        await service.consent(session, actor, number, given=False)
        return f"{RECORDS}/{number}/{CONSENT}?done=consent-taken-back"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{RECORD}/{CONFIRMATION}")
async def show_confirmation(
    request: Request, session: Reading, actor: RecordsReader, number: Number, done: Done = None
) -> Response:
    """Show when the owner last stood by the record, and when that is next due."""
    page = confirmation_page(await own_record(session, actor, number))
    return await show_part(request, page, done)


@router.get(f"{RECORD}/{CONFIRMATION}/confirm")
async def show_confirming(
    request: Request, session: Reading, actor: RecentRecordsSigner, number: Number
) -> Response:
    """Ask whether the whole record is right."""
    return await show_form(request, confirming(await own_record(session, actor, number)))


@router.post(f"{RECORD}/{CONFIRMATION}/confirm")
async def confirm(
    request: Request, actor: RecentRecordsSigner, number: Number, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Say that the whole record is right."""

    async def ask(session: ReadSession) -> FormAsked:
        return confirming(await own_record(session, actor, number))

    async def act(session: WriteSession, _: Answers) -> str:
        await service.confirm(session, actor, number)
        return f"{RECORDS}/{number}/{CONFIRMATION}?done=confirmed"

    return await take_form(request, actor, sent, ask, act)
