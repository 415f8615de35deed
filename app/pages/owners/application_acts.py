"""The pages on which whoever speaks for an owner submits applications, and takes them back."""

import uuid
from typing import Annotated

from fastapi import Form, Request
from starlette.responses import Response

from app import clock
from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault
from app.http.sessions import Reading
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.owners.acts import refused_plainly
from app.pages.owners.applications import ONE, at
from app.pages.owners.applications_forms import closing_asked, submitting, withdrawing_asked
from app.pages.owners.held_records import Number
from app.pages.owners.listings import own_listing
from app.pages.owners.needs_view import said_of
from app.pages.signed_in import RecentRecordsSigner, SentOnce, own_router, understood
from app.providers.errors import ApplicationNotReadyError
from app.providers.readiness import Stage, lacking_before
from app.providers.schemas.listings import Closure, Reasoned
from app.providers.service import applications as service

router = own_router()


@router.get(f"{ONE}/submit")
async def show_submit(
    request: Request,
    session: Reading,
    actor: RecentRecordsSigner,
    number: Number,
    listing_id: uuid.UUID,
) -> Response:
    """Ask whether an application shall be submitted."""
    return await show_form(request, await _submitting(session, actor, number, listing_id))


@router.post(f"{ONE}/submit")
async def submit(
    request: Request,
    actor: RecentRecordsSigner,
    number: Number,
    listing_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Submit an application."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _submitting(session, actor, number, listing_id)

    async def act(session: WriteSession, _: Answers) -> str:
        _own, row = await own_listing(session, actor, number, listing_id)
        try:
            with refused_plainly():
                await service.submit(session, actor, listing_id)
        except ApplicationNotReadyError as refused:
            lacking = lacking_before(await service.items_of(session, row), Stage.SUBMISSION)
            faults = tuple(FieldFault(said_of(one), one.pointer) for one in lacking)
            raise ApplicationNotReadyError(refused.detail, errors=faults) from refused
        return f"{at(number, listing_id)}?done=application-submitted"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{ONE}/withdraw")
async def show_withdraw(
    request: Request,
    session: Reading,
    actor: RecentRecordsSigner,
    number: Number,
    listing_id: uuid.UUID,
) -> Response:
    """Offer the form on which an application is taken back."""
    asked = withdrawing_asked(*await own_listing(session, actor, number, listing_id))
    return await show_form(request, asked)


@router.post(f"{ONE}/withdraw")
async def withdraw(
    request: Request,
    actor: RecentRecordsSigner,
    number: Number,
    listing_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Take an application back."""

    async def ask(session: ReadSession) -> FormAsked:
        return withdrawing_asked(*await own_listing(session, actor, number, listing_id))

    async def act(session: WriteSession, answers: Answers) -> str:
        await own_listing(session, actor, number, listing_id)
        said = understood(Reasoned, answers)
        with refused_plainly():
            await service.withdraw(session, actor, listing_id, said.reason)
        return f"{at(number, listing_id)}?done=application-withdrawn"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{ONE}/close")
async def show_close(
    request: Request,
    session: Reading,
    actor: RecentRecordsSigner,
    number: Number,
    listing_id: uuid.UUID,
) -> Response:
    """Offer the form on which a place leaves the register, or an application is given up."""
    own, row = await own_listing(session, actor, number, listing_id)
    return await show_form(request, closing_asked(own, row, clock.today()))


@router.post(f"{ONE}/close")
async def close(
    request: Request,
    actor: RecentRecordsSigner,
    number: Number,
    listing_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Leave the register with a place, or give an application up."""

    async def ask(session: ReadSession) -> FormAsked:
        own, row = await own_listing(session, actor, number, listing_id)
        return closing_asked(own, row, clock.today())

    async def act(session: WriteSession, answers: Answers) -> str:
        await own_listing(session, actor, number, listing_id)
        said = understood(Closure, answers)
        with refused_plainly():
            await service.close(session, actor, listing_id, said.reason, said.effective_on)
        return f"{at(number, listing_id)}?done=listing-closed"

    return await take_form(request, actor, sent, ask, act)


async def _submitting(
    session: ReadSession, actor: Actor, number: str, listing_id: uuid.UUID
) -> FormAsked:
    own, row = await own_listing(session, actor, number, listing_id)
    return submitting(own, row, await service.items_of(session, row))
