"""The transaction a request works in, and keys that keep it from being done twice.

One request, one transaction: it is committed after the route's function returned and before a byte
of the answer leaves (`scope="function"`), so nobody is told of what did not happen.
"""

import hashlib
import re
import uuid
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
from app.http.errors import KeyReusedError
from app.http.repeats import RepeatedRequest
from app.http.routes import success_status_of
from app.http.security import CurrentActor
from app.values.uuid7 import uuid7

_KEY = re.compile(r'"?([\x21\x23-\x7e]{1,200})"?')

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


async def write_session(
    request: Request,
    response: Response,
    actor: CurrentActor,
    idempotency_key: IdempotencyKey = None,
) -> AsyncIterator[WriteSession]:
    """Open a transaction as whoever asks, committed before the answer leaves.

    With an `Idempotency-Key` the outcome is noted in the same transaction: its status, and the
    `Location` that the route sets on its `Response` parameter.

    Raises:
        InvalidRequestError: the key cannot be one.
        KeyReusedError: the key was used for another request.
        RepeatedRequest: this very request was done before.
    """
    key = _read_key(idempotency_key)
    async with transaction(database_of(request), actor) as session:
        if key is None:
            yield session
            return
        row_id = uuid7()
        await _claim(session, row_id, actor, key, await _fingerprint(request))
        yield session
        status = response.status_code or success_status_of(request.scope)
        await idempotency.settle(session, row_id, status, response.headers.get("location"))


Reading = Annotated[ReadSession, Depends(read_session, scope="function")]
Writing = Annotated[WriteSession, Depends(write_session, scope="function")]


async def _claim(
    session: WriteSession, row_id: uuid.UUID, actor: Actor, key: str, fingerprint: bytes
) -> None:
    earlier = await idempotency.claim(
        session, row_id, actor.caller, key, (fingerprint, clock.now())
    )
    if earlier is None:
        return
    if earlier.fingerprint != fingerprint:
        raise KeyReusedError(
            "You sent another request under this Idempotency-Key before. Choose a new key for a "
            "new request; send the first one unchanged to read its outcome again."
        )
    raise RepeatedRequest(earlier.status, earlier.location)


def _read_key(sent: str | None) -> str | None:
    if sent is None:
        return None
    read = _KEY.fullmatch(sent.strip())
    if read is None:
        detail = "Send 1 to 200 visible ASCII characters, such as a UUID."
        fault = FieldFault(detail, parameter="Idempotency-Key")
        raise InvalidRequestError(f"The Idempotency-Key cannot be one. {detail}", errors=(fault,))
    return read[1]


async def _fingerprint(request: Request) -> bytes:
    digest = hashlib.sha256()
    for part in (request.method, request.url.path, request.url.query):
        digest.update(part.encode() + b"\0")
    digest.update(await request.body())
    return digest.digest()
