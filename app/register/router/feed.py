"""The log as others follow it: a cursor is the number of an entry, and good for ever."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.http.answer_cache import state_entry
from app.http.problems import problems
from app.register.errors import CursorBeyondHeadError
from app.register.feed import feed_answer, head_answer, tombstones_answer
from app.register.queries.documents import find_tombstones, follow, get_head
from app.register.router.examples import shown
from app.register.router.providers import NOT_MODIFIED, answered
from app.register.schemas.feed import FeedAnswer, HeadAnswer, TombstonesAnswer

router = APIRouter(prefix="/v1/register", tags=["register"])

_MOST = 200
_LARGEST = 2**63 - 1
After = Annotated[
    int,
    Query(
        ge=0,
        le=_LARGEST,
        description="The entry up to which you know the register: `after` of the answer before.",
    ),
]
Limit = Annotated[int, Query(ge=1, le=_MOST, description="How many entries.")]


@router.get(
    "",
    operation_id="getRegister",
    response_model=HeadAnswer,
    responses=NOT_MODIFIED | shown("getRegister"),
)
async def get_register(request: Request) -> Response:
    """Say where the register stands: its newest entry, and which log it is."""
    async with request.app.state.read_pool.acquire() as connection:
        head = await get_head(connection)
    state_entry(request, head["entry"])
    return answered(request, head_answer(head))


@router.get(
    "/entries",
    operation_id="followRegister",
    response_model=FeedAnswer,
    responses=NOT_MODIFIED | shown("followRegister") | problems(CursorBeyondHeadError),
)
async def follow_register(
    request: Request,
    after: After = 0,
    limit: Limit = 100,
    epoch: Annotated[
        uuid.UUID | None,
        Query(description="The log you have followed; one that is another is refused."),
    ] = None,
) -> Response:
    """List entries in the order of the log, each with its record and what it changed.

    Nothing is ever skipped, told twice or reordered. Where a fact was taken out, its entry stays
    with number, time and the reason: leave out what you kept of it. Come back with `after`.
    """
    async with request.app.state.read_pool.acquire() as connection:
        head, rows = await follow(connection, after, limit + 1)
    state_entry(request, head["entry"])
    if after > head["entry"] or (epoch is not None and epoch != head["epoch"]):
        raise CursorBeyondHeadError(
            "You have followed another log than this one, or it was restored to an earlier state. "
            "Begin again with after=0, and leave out what you kept.",
            epoch=str(head["epoch"]),
            entry=head["entry"],
        )
    return answered(request, feed_answer(head, rows, after, limit))


@router.get(
    "/tombstones",
    operation_id="listTombstones",
    response_model=TombstonesAnswer,
    responses=NOT_MODIFIED | shown("listTombstones"),
)
async def list_tombstones(request: Request, after: After = 0, limit: Limit = 100) -> Response:
    """List the entries whose records were taken out of the log, whenever that was.

    For whoever keeps what they were told: leave the records of these entries out.
    """
    async with request.app.state.read_pool.acquire() as connection:
        head, rows = await find_tombstones(connection, after, limit + 1)
    state_entry(request, head["entry"])
    return answered(request, tombstones_answer(head, rows, after, limit))
