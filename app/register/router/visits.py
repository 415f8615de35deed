"""How visits stand over the whole register."""

from fastapi import APIRouter, Request, Response

from app import clock
from app.register.router.providers import NOT_MODIFIED, answered
from app.register.schemas.visits import VisitsAnswer
from app.register.visits import PATH, count_visits, visits_answer

router = APIRouter(prefix=PATH, tags=["register"])


@router.get(
    "",
    operation_id="countVisits",
    response_model=VisitsAnswer,
    responses=NOT_MODIFIED,
)
async def get_visits(request: Request) -> Response:
    """Count, by local authority, the sites never inspected, overdue for a visit, or due soon.

    As of today in London, and of the entry that the answer states. Each count says what it counts;
    all of them can be counted again from the open records.
    """
    async with request.app.state.read_pool.acquire() as connection:
        visits = await count_visits(connection, request.app.state.memory, clock.today())
    return answered(request, visits_answer(visits))
