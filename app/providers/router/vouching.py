"""Verifications, look-ups, consent and the yearly confirmation, over HTTP."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.organisations.router.pages import AskedPage
from app.providers.errors import (
    LookUpFailedError,
    LookUpOffError,
    PartNotFoundError,
)
from app.providers.lookups import look_ups_of
from app.providers.queries import parts
from app.providers.queries.records import newest_consents
from app.providers.router import answering as answers
from app.providers.router.answering import (
    Number,
    Reader,
    RecentSigner,
    Signer,
    Verifier,
)
from app.providers.router.showing import confirmation_told, consent_told, verification_told
from app.providers.schemas.record import ConfirmationOut, ConsentOut
from app.providers.schemas.vouching import (
    ConsentStated,
    LookedUp,
    NewVerification,
    VerificationList,
    VerificationOut,
)
from app.providers.service import looking_up
from app.providers.service import vouching as service
from app.providers.service.records import Held, look_at

router = APIRouter(prefix=answers.RECORD, tags=["provider records"])


async def _look_ups(request: Request) -> looking_up.LookUps:
    return look_ups_of(request.app.state.settings)


LookUps = Annotated[looking_up.LookUps, Depends(_look_ups)]


@router.get(
    "/verifications",
    operation_id="listVerifications",
    responses=problems(*answers.LOOKED),
)
async def list_verifications(
    session: Reading, _: Reader, response: Response, number: Number, page: AskedPage
) -> VerificationList:
    """List who made sure of what in a record, when and how, newest first."""
    held = await look_at(session, number)
    key = page.after((str,))
    found = await parts.list_verifications(
        session, held.id, key[0] if key else None, page.limit + 1
    )
    links = page.links(found, "id")
    answers.private(response)
    return VerificationList(
        items=[verification_told(held, row) for row in found[: page.limit]],
        links=links,
    )


@router.get(
    "/verifications/{verification_id}",
    operation_id="getVerification",
    responses=problems(*answers.LOOKED, PartNotFoundError),
)
async def get_verification(
    session: Reading, _: Reader, response: Response, number: Number, verification_id: uuid.UUID
) -> VerificationOut:
    """Look at one verification."""
    held = await look_at(session, number)
    answers.private(response)
    return await _verification(session, held, verification_id)


@router.post(
    "/verifications",
    status_code=201,
    operation_id="verifyProvider",
    responses=problems(*answers.JUDGED, PartNotFoundError),
)
async def verify(
    session: Writing, actor: Verifier, response: Response, number: Number, new: NewVerification
) -> VerificationOut:
    """Say that you made sure of a part of a record, or found it wrong.

    Whoever works, or ever worked, for the record's owner cannot.
    """
    verification_id = await service.verify(session, actor, number, new)
    held = await look_at(session, number)
    _located(response, held, f"verifications/{verification_id}")
    return await _verification(session, held, verification_id)


@router.post(
    "/identifiers/{identifier_id}/look-up",
    status_code=201,
    operation_id="lookUpProviderIdentifier",
    responses=problems(*answers.JUDGED, PartNotFoundError, LookUpOffError, LookUpFailedError),
)
async def look_up(
    session: Writing,
    actor: Verifier,
    look_ups: LookUps,
    response: Response,
    number: Number,
    identifier_id: uuid.UUID,
) -> LookedUp:
    """Look a number up where it was given out, and note what was found as a verification.

    It holds only where the name agrees and the registration is current.
    """
    found = await looking_up.look_up(session, actor, look_ups, number, identifier_id)
    held = await look_at(session, number)
    _located(response, held, f"verifications/{found.verification_id}")
    registered = found.registered
    return LookedUp(
        registered_name=registered.names[0] if registered else None,
        registered_status=registered.status if registered else None,
        name_matches=found.name_matches,
        verification=await _verification(session, held, found.verification_id),
    )


@router.get(
    "/consent",
    operation_id="getConsent",
    responses=problems(*answers.LOOKED, PartNotFoundError),
)
async def get_consent(
    session: Reading, _: Reader, response: Response, number: Number
) -> ConsentOut:
    """Look at the present owner's word on publication."""
    held = await look_at(session, number)
    answers.private(response)
    return await _consent(session, held)


@router.post(
    "/consent",
    status_code=201,
    operation_id="consentToPublication",
    responses=problems(*answers.KEPT),
)
async def consent(
    session: Writing, actor: Signer, response: Response, number: Number, stated: ConsentStated
) -> ConsentOut:
    """Agree to publication for the owner, or take that back.

    Taking it back takes the contact details off what the public sees. A listing stays public until
    it is closed, because whoever relies on it must be able to see it.
    """
    await service.consent(session, actor, number, given=stated.given)
    held = await look_at(session, number)
    _located(response, held, "consent")
    return await _consent(session, held)


@router.get("/confirmation", operation_id="getConfirmation", responses=problems(*answers.LOOKED))
async def get_confirmation(
    session: Reading, _: Reader, response: Response, number: Number
) -> ConfirmationOut:
    """Look at when the owner last stood by the whole record, and when that is next due."""
    held = await look_at(session, number)
    answers.private(response)
    return await _confirmation(session, held)


@router.post(
    "/confirmation",
    status_code=201,
    operation_id="confirmProviderRecord",
    responses=problems(*answers.KEPT, *answers.RECENT),
)
async def confirm(
    session: Writing, actor: RecentSigner, response: Response, number: Number
) -> ConfirmationOut:
    """Say for the owner that the whole record is right, as is asked once a year."""
    await service.confirm(session, actor, number)
    held = await look_at(session, number)
    _located(response, held, "confirmation")
    return await _confirmation(session, held)


async def _verification(
    session: answers.AnySession, held: Held, verification_id: uuid.UUID
) -> VerificationOut:
    found = await parts.list_verifications(session, held.id, None, 1, only=verification_id)
    if not found:
        raise PartNotFoundError(f"The record of {held.name} has no verification of that id.")
    return verification_told(held, found[0])


async def _consent(session: answers.AnySession, held: Held) -> ConsentOut:
    told = consent_told(held, (await newest_consents(session, [held.id])).get(held.id))
    if told is None:
        raise PartNotFoundError(
            f"The present owner of {held.name} has neither agreed to publication nor refused."
        )
    return told


async def _confirmation(session: answers.AnySession, held: Held) -> ConfirmationOut:
    newest = await parts.newest_confirmation(session, held.id)
    return await confirmation_told(session, held, newest.confirmed_on if newest else None)


def _located(response: Response, held: Held, part: str) -> None:
    answers.located(response, f"{answers.RECORDS}/{held.number}/{part}")
    answers.private(response)
