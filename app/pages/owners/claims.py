"""The pages on which an owner accepts, or declines, a record it was invited to take over."""

import uuid
from typing import Annotated, Any

from fastapi import Form, Request
from starlette.responses import Response

from app.access import Actor, Permission
from app.db.events import ReadSession, WriteSession
from app.db.transactions import reading
from app.http.sessions import Reading, database_of
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.owners.claims_view import CLAIMS, build_claim, declining
from app.pages.owners.held_records import RECORDS
from app.pages.signed_in import (
    MENDABLE,
    RECORDS_PART,
    RecentRecordsSigner,
    RecordsReader,
    RecordsSigner,
    SentOnce,
    once,
    own_frame,
    own_page,
    own_router,
)
from app.providers.errors import ClaimNotFoundError
from app.providers.queries import claims as queries
from app.providers.service import claims as service

router = own_router()

_CLAIM = f"{CLAIMS}/{{claim_id}}"


@router.get(_CLAIM)
async def show_claim(
    request: Request, session: Reading, actor: RecordsReader, claim_id: uuid.UUID
) -> Response:
    """Say what accepting a record means, and ask for it."""
    claim = await _own_claim(session, actor, claim_id)
    frame = await own_frame(request, RECORDS_PART)
    return own_page("claim.html", build_claim(frame, claim, may_accept=_signs(actor)))


@router.post(f"{_CLAIM}/accept")
async def accept(
    request: Request,
    actor: RecentRecordsSigner,
    claim_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Take a record into the organisation's hands."""

    async def act(session: WriteSession) -> str:
        claim = await _own_claim(session, actor, claim_id)
        await service.accept_claim(session, actor, claim_id)
        return f"{RECORDS}/{claim.number}?done=claimed"

    try:
        return (await once(request, actor, sent.form_key, act)).lead_on()
    except MENDABLE as refused:
        async with reading(database_of(request), actor) as session:
            claim = await _own_claim(session, actor, claim_id)
        frame = await own_frame(request, RECORDS_PART)
        view = build_claim(frame, claim, may_accept=True, refused=refused)
        return own_page("claim.html", view, status_code=refused.status)


@router.get(f"{_CLAIM}/decline")
async def show_decline(
    request: Request, session: Reading, actor: RecordsSigner, claim_id: uuid.UUID
) -> Response:
    """Ask whether an invitation shall be declined."""
    return await show_form(request, declining(await _own_claim(session, actor, claim_id)))


@router.post(f"{_CLAIM}/decline")
async def decline(
    request: Request,
    actor: RecordsSigner,
    claim_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Say that a record is not the organisation's."""

    async def ask(session: ReadSession) -> FormAsked:
        return declining(await _own_claim(session, actor, claim_id))

    async def act(session: WriteSession, _: Answers) -> str:
        await _own_claim(session, actor, claim_id)
        await service.withdraw_claim(session, actor, claim_id)
        return f"{RECORDS}?done=not-ours"

    return await take_form(request, actor, sent, ask, act)


def _signs(actor: Actor) -> bool:
    return Permission.PROVIDER_RECORDS_SIGN in actor.permissions


async def _own_claim(session: ReadSession | WriteSession, actor: Actor, claim_id: uuid.UUID) -> Any:
    claim = await queries.get_claim(session, claim_id)
    if claim is None or claim.organisation_id != actor.organisation_id:
        raise ClaimNotFoundError(
            "No invitation to take over this record waits for the organisation you act for. If "
            "there was one, it was declined or withdrawn: ask the council for another."
        )
    return claim
