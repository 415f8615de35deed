"""Other names of a provider and its identifiers, over HTTP."""

import uuid

from fastapi import APIRouter, Response

from app.db.events import WriteSession
from app.http.problems import problems
from app.http.sessions import Writing
from app.providers.errors import (
    IdentifierAlreadyHeldError,
    NameAlreadyHeldError,
    PartNotFoundError,
)
from app.providers.router import answering as answers
from app.providers.router.answering import Manager, Number
from app.providers.router.showing import record_shown
from app.providers.schemas.record import NewNumber, NewOtherName, PrivateRecord
from app.providers.service import naming as service
from app.providers.service.records import look_at

router = APIRouter(prefix=answers.RECORD, tags=["provider records"])


@router.post(
    "/names",
    status_code=201,
    operation_id="addProviderName",
    responses=problems(*answers.KEPT, NameAlreadyHeldError),
)
async def add_name(
    session: Writing, actor: Manager, response: Response, number: Number, new: NewOtherName
) -> PrivateRecord:
    """Add a name the provider trades under."""
    await service.add_name(session, actor, number, new)
    return await _shown(session, response, number)


@router.delete(
    "/names/{name_id}",
    status_code=204,
    operation_id="withdrawProviderName",
    responses=problems(*answers.KEPT, PartNotFoundError),
)
async def withdraw_name(
    session: Writing, actor: Manager, number: Number, name_id: uuid.UUID
) -> None:
    """Take a name out of the record that was a mistake, or is used no more."""
    await service.withdraw_name(session, actor, number, name_id)


@router.post(
    "/identifiers",
    status_code=201,
    operation_id="addProviderIdentifier",
    responses=problems(*answers.KEPT, IdentifierAlreadyHeldError),
)
async def add_identifier(
    session: Writing, actor: Manager, response: Response, number: Number, new: NewNumber
) -> PrivateRecord:
    """Add what another register calls the provider; nobody has made sure of it yet."""
    await service.add_identifier(session, actor, number, new)
    return await _shown(session, response, number)


@router.delete(
    "/identifiers/{identifier_id}",
    status_code=204,
    operation_id="withdrawProviderIdentifier",
    responses=problems(*answers.KEPT, PartNotFoundError),
)
async def withdraw_identifier(
    session: Writing, actor: Manager, number: Number, identifier_id: uuid.UUID
) -> None:
    """Take a number out of the record that was a mistake."""
    await service.withdraw_identifier(session, actor, number, identifier_id)


async def _shown(session: WriteSession, response: Response, number: str) -> PrivateRecord:
    told = await record_shown(session, await look_at(session, number))
    answers.located(response, f"{answers.RECORDS}/{told.number}")
    answers.private(response, told.version)
    return told
