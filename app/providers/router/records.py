"""Private records of providers: listed, read, begun and changed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app import clock
from app.http.conditions import ExpectedVersion
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.organisations.router.pages import AskedPage
from app.providers.errors import NumbersUsedUpError, OwnersOnlyError, PersonNeededError
from app.providers.queries import records as queries
from app.providers.router import answering as answers
from app.providers.router.answering import Manager, Number, Reader
from app.providers.router.showing import missing_told, owner_told, record_shown, record_told
from app.providers.schemas.record import (
    BegunRecord,
    NewRecord,
    PrivateRecord,
    RecordChange,
    RecordList,
    RecordSummary,
)
from app.providers.schemas.stating import Line
from app.providers.service import records as service
from app.providers.terms import Status

router = APIRouter(prefix=answers.RECORDS, tags=["provider records"])


async def _wanted(
    q: Annotated[
        Line | None, Query(description="Words of the name, each of which may be cut short.")
    ] = None,
    status: Annotated[
        list[Status] | None, Query(description="Any of these.", max_length=len(Status))
    ] = None,
    owned: Annotated[
        bool | None, Query(description="Whether they are in an owner's hands.")
    ] = None,
) -> queries.Wanted:
    """Return which records are asked for."""
    statuses = tuple(one.value for one in status or ())
    return queries.Wanted(tuple(q.split()) if q else (), statuses, owned)


@router.get("", operation_id="listProviderRecords", responses=problems(*answers.ASKED))
async def list_records(
    session: Reading,
    actor: Reader,
    response: Response,
    page: AskedPage,
    wanted: Annotated[queries.Wanted, Depends(_wanted)],
) -> RecordList:
    """List the records you own or answer for, by number, each with what it lacks."""
    key = page.after_text()
    found = await queries.list_records(session, actor.la_code, wanted, key, page.limit + 1)
    shown = found[: page.limit]
    facts = await queries.facts_of(session, shown, clock.today())
    answers.private(response)
    links = page.links(found, "number")
    return RecordList(
        items=[
            RecordSummary(
                number=row.number,
                name=row.name,
                status=row.status,
                owner=owner_told(row),
                missing=missing_told(facts[row.id]),
            )
            for row in shown
        ],
        links=links,
    )


@router.post(
    "",
    status_code=201,
    operation_id="beginProviderRecord",
    responses=problems(*answers.ASKED, PersonNeededError, OwnersOnlyError, NumbersUsedUpError),
)
async def begin_record(
    session: Writing, actor: Manager, response: Response, new: NewRecord
) -> BegunRecord:
    """Begin the record of a provider that your organisation owns.

    Records that may be the same provider are named in the answer; nothing is refused for them.
    """
    number, alike = await service.begin(session, actor, new)
    held = await service.look_at(session, number)
    told = await record_told(session, held)
    answers.located(response, f"{answers.RECORDS}/{number}")
    answers.private(response, told["version"])
    return BegunRecord(**told, likely_duplicates=alike)


@router.get("/{number}", operation_id="getProviderRecord", responses=problems(*answers.LOOKED))
async def get_record(
    session: Reading, _: Reader, response: Response, number: Number
) -> PrivateRecord:
    """Look at the whole private record of a provider that you own or answer for.

    The people behind it and how they are reached are at `/people` and `/contacts`.
    """
    told = await record_shown(session, await service.look_at(session, number))
    answers.private(response, told.version)
    return told


@router.patch(
    "/{number}",
    operation_id="changeProviderRecord",
    responses=problems(*answers.KEPT, *answers.EDITED),
)
async def change_record(
    session: Writing,
    actor: Manager,
    response: Response,
    number: Number,
    change: RecordChange,
    expected: ExpectedVersion,
) -> PrivateRecord:
    """Change what the record says of the provider itself; a former name is kept."""
    await service.change(session, actor, number, change, expected)
    told = await record_shown(session, await service.look_at(session, number))
    answers.located(response, f"{answers.RECORDS}/{told.number}")
    answers.private(response, told.version)
    return told
