"""Facts that were published wrongly, and how they leave the log."""

import uuid
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from app.access import Actor, Permission
from app.db.events import ReadSession, WriteSession
from app.errors import InvalidRequestError
from app.http.conditions import version_tag
from app.http.errors import (
    KeyReusedError,
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    SignInAgainError,
    TokenRefusedError,
)
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Reading, Writing
from app.organisations.errors import NotAPersonError
from app.organisations.router.pages import AskedPage
from app.providers.errors import ProviderNotFoundError
from app.register import service
from app.register.errors import (
    DepartmentAloneError,
    NotAnsweringForProviderError,
    NothingToRedactError,
    OwnRedactionError,
    RedactionNotFoundError,
    RedactionOpenError,
    RedactionRefusedError,
    RedactionSettledError,
    StillPublishedError,
)
from app.register.numbers import read_number
from app.register.queries import redactions as queries
from app.register.schemas.redactions import (
    RedactedEntry,
    RedactionAsked,
    RedactionList,
    RedactionRecord,
    ToldElsewhere,
)
from app.register.terms import RedactionState

router = APIRouter(prefix="/v1", tags=["redactions"])

_ASKED = (NotSignedInError, TokenRefusedError, OrganisationNotChosenError, NotPermittedError)
_SENT = (*_ASKED, SignInAgainError, NotAPersonError, KeyReusedError, InvalidRequestError)
_SETTLED = (
    *(RedactionNotFoundError, DepartmentAloneError, OwnRedactionError),
    *(NotAnsweringForProviderError, RedactionSettledError),
)

Reader = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_READ))]
Proposer = Annotated[Actor, Depends(Requires(Permission.DECISIONS_PROPOSE, recently=True))]
Settler = Annotated[Actor, Depends(Requires(Permission.DECISIONS_CONFIRM, recently=True))]


@router.post(
    "/provider-records/{number}/redactions",
    status_code=201,
    operation_id="proposeRedaction",
    responses=problems(
        *_SENT,
        *(ProviderNotFoundError, NotAnsweringForProviderError, RedactionRefusedError),
        *(StillPublishedError, NothingToRedactError, RedactionOpenError),
    ),
)
async def propose(
    session: Writing, actor: Proposer, response: Response, number: str, asked: RedactionAsked
) -> RedactionRecord:
    """Propose to take a fact out of every entry that tells it; the newest must not any more.

    Correct the record first. A second officer of the department confirms; the entries' numbers,
    times and proofs stay.
    """
    fact = service.Fact(asked.pointer, asked.value, asked.grounds, asked.reason)
    redaction, elsewhere = await service.propose(session, actor, read_number(number), fact)
    shown = await _shown(session, redaction, response)
    return shown.model_copy(
        update={"elsewhere": [ToldElsewhere(entry=e.entry, pointer=e.pointer) for e in elsewhere]}
    )


@router.get(
    "/redactions", operation_id="listRedactions", responses=problems(*_ASKED, InvalidRequestError)
)
async def list_redactions(
    session: Reading,
    _: Reader,
    response: Response,
    page: AskedPage,
    state: Annotated[RedactionState | None, Query(description="Only those that stand so.")] = None,
) -> RedactionList:
    """List redactions of providers you answer for, newest first; the department sees all."""
    key = page.after((str,))
    found = await queries.list_redactions(
        session, state.value if state else None, key[0] if key else None, page.limit + 1
    )
    response.headers["Cache-Control"] = "no-store"
    items = found[: page.limit]
    return RedactionList(items=await _records(session, items), links=page.links(found, "id"))


@router.get(
    "/redactions/{redaction_id}",
    operation_id="getRedaction",
    responses=problems(*_ASKED, RedactionNotFoundError, InvalidRequestError),
)
async def get_redaction(
    session: Reading, _: Reader, response: Response, redaction_id: uuid.UUID
) -> RedactionRecord:
    """Look at a redaction; what it takes out, the history shows until it is done."""
    redaction = await queries.get_redaction(session, redaction_id)
    if redaction is None:
        raise RedactionNotFoundError("There is no redaction with this id that you may see.")
    return await _shown(session, redaction, response)


@router.post(
    "/redactions/{redaction_id}/confirmation",
    operation_id="confirmRedaction",
    responses=problems(*_SENT, *_SETTLED, StillPublishedError, NothingToRedactError),
)
async def confirm(
    session: Writing, actor: Settler, response: Response, redaction_id: uuid.UUID
) -> RedactionRecord:
    """Take the fact out, for good: what told it becomes a tombstone everywhere."""
    return await _shown(session, await service.confirm(session, actor, redaction_id), response)


@router.post(
    "/redactions/{redaction_id}/refusal",
    operation_id="refuseRedaction",
    responses=problems(*_SENT, *_SETTLED),
)
async def refuse(
    session: Writing, actor: Settler, response: Response, redaction_id: uuid.UUID
) -> RedactionRecord:
    """Leave the log as it is."""
    return await _shown(session, await service.refuse(session, actor, redaction_id), response)


async def _shown(
    session: ReadSession | WriteSession, held: Any, response: Response
) -> RedactionRecord:
    response.headers["ETag"] = version_tag(held.version)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Location"] = f"/v1/redactions/{held.id}"
    return (await _records(session, [held]))[0]


async def _records(
    session: ReadSession | WriteSession, held: Sequence[Any]
) -> list[RedactionRecord]:
    times = await queries.find_recorded_times(session, [n for one in held for n in one.entries])
    plain = set(RedactionRecord.model_fields) - {"entries", "elsewhere"}
    return [
        RedactionRecord(
            **{name: getattr(one, name) for name in plain},
            entries=[RedactedEntry(entry=n, recorded_at=times[n]) for n in one.entries],
        )
        for one in held
    ]
