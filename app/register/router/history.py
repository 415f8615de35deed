"""What a provider's record said before, entry by entry."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app import clock
from app.db import cursors
from app.errors import FieldFault, InvalidRequestError
from app.http.answer_cache import state_entry
from app.http.problems import problems
from app.providers.errors import ProviderNotFoundError
from app.register.answers import history_answer
from app.register.numbers import read_number
from app.register.queries.documents import find_history, get_document
from app.register.router.examples import shown
from app.register.router.providers import NOT_MODIFIED, answered
from app.register.schemas.history import HistoryAnswer

router = APIRouter(prefix="/v1/providers", tags=["register"])


@router.get(
    "/{number}/history",
    operation_id="getProviderHistory",
    response_model=HistoryAnswer,
    responses=NOT_MODIFIED
    | shown("getProviderHistory")
    | problems(ProviderNotFoundError, InvalidRequestError),
)
async def get_history(
    request: Request,
    number: Annotated[str, Path(examples=["AP000001U"], max_length=40)],
    limit: Annotated[int, Query(ge=1, le=100, description="How many entries.")] = 20,
    cursor: Annotated[
        str | None, Query(max_length=600, description="From `links.next`; leave it out at first.")
    ] = None,
) -> Response:
    """List every entry of a provider, newest first: what it changed, and the record it published.

    `ahead` is what is known to come. Where a fact was taken out, its entry stays with number, time
    and the reason.
    """
    held = read_number(number)
    asked = cursors.fingerprint(["history", held])
    before = _before(cursor, asked)
    async with request.app.state.read_pool.acquire() as connection:
        present = await get_document(connection, held)
        found = await find_history(connection, held, before, limit + 1)
    if present is None:
        raise ProviderNotFoundError("The register has no provider with this number.")
    state_entry(request, present["head"])
    address = f"/v1/providers/{held}/history?limit={limit}"
    following = None
    if len(found) > limit:
        following = cursors.encode(asked, 0, [found[limit - 1]["entry"]])
    body = history_answer(
        found[:limit],
        present["document"],
        clock.today(),
        address + (f"&cursor={cursor}" if cursor else ""),
        f"{address}&cursor={following}" if following else None,
    )
    return answered(request, body)


def _before(cursor: str | None, asked: str) -> int | None:
    if cursor is None:
        return None
    try:
        _, key = cursors.decode(cursor, asked, (int,))
    except cursors.CursorError as error:
        fault = FieldFault(str(error), parameter="cursor")
        raise InvalidRequestError(str(error), errors=(fault,)) from None
    entry: int = key[0]
    return entry
