"""The pages on which officers look after the records of providers they answer for."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from app.errors import FieldFault, InvalidRequestError
from app.http.sessions import Reading
from app.organisations.router.pages import Page
from app.pages.officers.answered_records import RECORD, RECORDS, answered_record
from app.pages.officers.claims import open_claim
from app.pages.officers.desk import ON_A_PAGE, RecordsReader
from app.pages.officers.desk import RECORDS as HERE
from app.pages.officers.records_view import STATUSES, Beside, build_record, build_records
from app.pages.signed_in import own_frame, own_page, own_router
from app.providers.lookups import look_ups_of
from app.providers.queries import records as queries
from app.providers.router.showing import record_shown
from app.providers.service.duplicates import find_duplicates

router = own_router()


@router.get(RECORDS)
async def show_records(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    q: Annotated[str, Query(max_length=200)] = "",
    status: Annotated[str, Query(max_length=40)] = "",
    cursor: Annotated[str | None, Query(max_length=2_000)] = None,
) -> Response:
    """List the records one answers for, by number, narrowed by name and status."""
    if status not in {"", *STATUSES}:
        fault = FieldFault("Choose a status from the list.", parameter="status")
        raise InvalidRequestError("Choose a status from the list.", errors=(fault,))
    page = Page(RECORDS, (("q", q), ("status", status)), ON_A_PAGE, cursor)
    wanted = queries.Wanted(tuple(q.split()), (status,) if status else ())
    rows = await queries.list_records(
        session, actor.la_code, wanted, page.after_text(), ON_A_PAGE + 1
    )
    first = RECORDS if cursor else None
    frame, following = await own_frame(request, HERE), page.links(rows, "number").next
    view = build_records(frame, (q, status), rows[:ON_A_PAGE], (following, first))
    return own_page("officer_records.html", view)


@router.get(RECORD)
async def show_record(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    number: str,
    done: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Show a record, who made sure of what in it, and what can be done about it."""
    record = await answered_record(session, actor, number)
    told = await record_shown(session, record.held)
    claim = await open_claim(session, record.held)
    alike = await find_duplicates(session, actor, record.held.number)
    frame = await own_frame(request, HERE)
    schemes = look_ups_of(request.app.state.settings).keys()
    view = build_record(frame, (actor, record), told, claim, Beside(alike, done, schemes))
    return own_page("officer_record.html", view)
