"""The transaction a request works in, and keys that keep it from being done twice.

One request, one transaction: it is committed after the route's function returned and before a byte
of the answer leaves (`scope="function"`), so nobody is told of what did not happen.
"""

import re
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Header
from starlette.requests import Request
from starlette.responses import Response

from app import clock
from app.access import Actor
from app.db import idempotency
from app.db.events import ReadSession, WriteSession
from app.db.transactions import Database, reading, transaction
from app.errors import FieldFault, InvalidRequestError
from app.http.errors import KeyNotTakenError, KeyReusedError
from app.http.repeats import RepeatedRequest, fingerprint_of
from app.http.routes import SAFE_METHODS, answers_itself, success_status_of
from app.http.security import CurrentActor
from app.values.uuid7 import uuid7

IDEMPOTENCY_KEY = "Idempotency-Key"

_KEY = re.compile(r'[ \t]*(?:"([\x21\x23-\x7e]{1,200})"|([\x21\x23-\x7e]{1,200}))[ \t]*')

IdempotencyKey = Annotated[
    str | None,
    Header(
        description="A key of your own choosing (a UUID, say). The same key and the same request "
        "are done once; sent again, the outcome is read again and answered."
    ),
]


def database_of(request: Request) -> Database:
    """Return the service's database."""
    held: Database = request.app.state.database
    return held


async def read_session(request: Request, actor: CurrentActor) -> AsyncIterator[ReadSession]:
    """Open a transaction as whoever asks, in which nothing can be written."""
    async with reading(database_of(request), actor) as session:
        yield session


async def looking_session(request: Request, actor: CurrentActor) -> AsyncIterator[WriteSession]:
    """Open a transaction for a read that writes down who looked, and why."""
    async with transaction(database_of(request), actor) as session:
        yield session


async def write_session(
    request: Request,
    response: Response,
    actor: CurrentActor,
    idempotency_key: IdempotencyKey = None,
) -> AsyncIterator[WriteSession]:
    """Open a transaction as whoever asks, committed before the answer leaves.

    With an `Idempotency-Key` the outcome is noted in the same transaction: its status, and the
    `Location` that the route sets on its `Response` parameter. A method that changes nothing needs
    no key, and what it is sent is overlooked.

    Raises:
        InvalidRequestError: the key cannot be one.
        KeyNotTakenError: the route makes its response itself, so its outcome cannot be noted.
        KeyReusedError: the key was used for another request.
        RepeatedRequest: this very request was done before.
    """
    keyed = idempotency_key is not None and request.method not in SAFE_METHODS
    # Before there is a transaction, which must not wait for the caller to send a body.
    claimed = await _read_claim(request, actor) if keyed else None
    async with transaction(database_of(request), actor) as session:
        if claimed is None:
            yield session
            return
        await _claim(session, claimed)
        yield session
        status = response.status_code or success_status_of(request.scope)
        await idempotency.settle(session, claimed.id, status, response.headers.get("location"))


Reading = Annotated[ReadSession, Depends(read_session, scope="function")]
Looking = Annotated[WriteSession, Depends(looking_session, scope="function")]
Writing = Annotated[WriteSession, Depends(write_session, scope="function")]


async def _claim(session: WriteSession, claimed: idempotency.Claim) -> None:
    earlier = await idempotency.claim(session, claimed)
    if earlier is None:
        return
    if earlier.fingerprint != claimed.fingerprint:
        detail = (
            "You sent another request under this Idempotency-Key before. Choose a new key for a "
            "new request; send the first one unchanged to read its outcome again."
        )
        raise KeyReusedError(detail, errors=_fault(detail))
    raise RepeatedRequest(earlier.status, earlier.location)


async def _read_claim(request: Request, actor: Actor) -> idempotency.Claim:
    return idempotency.Claim(
        id=uuid7(),
        caller=actor.caller,
        key=_read_key(request),
        fingerprint=await fingerprint_of(request, actor),
        made_at=clock.now(),
    )


def _read_key(request: Request) -> str:
    sent = request.headers.getlist(IDEMPOTENCY_KEY)
    read = _KEY.fullmatch(sent[0]) if len(sent) == 1 else None
    if read is None:
        detail = "Send it once: 1 to 200 visible ASCII characters, such as a UUID."
        raise InvalidRequestError(
            f"The {IDEMPOTENCY_KEY} cannot be one. {detail}", errors=_fault(detail)
        )
    if answers_itself(request.scope):
        detail = "This address cannot read an outcome again. Send the request without the key."
        raise KeyNotTakenError(detail, errors=_fault(detail))
    return read[1] or read[2]


def _fault(detail: str) -> tuple[FieldFault]:
    return (FieldFault(detail, parameter=IDEMPOTENCY_KEY),)
