"""Whole results over HTTP: sent, read again, and decided on where they were kept."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.http.conditions import ExpectedVersion
from app.http.errors import ContentTooLargeError, KeyReusedError
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.inspections.errors import (
    InspectionNotPlannableError,
    NoStandardsInForceError,
    NotYourInspectionError,
    ResultDecidedError,
    ResultDiffersError,
    ResultNotAcceptedError,
    ResultNotFoundError,
    ResultStillStaleError,
)
from app.inspections.queries import results as queries
from app.inspections.queries.results import Wanted
from app.inspections.router import answering as answers
from app.inspections.router.answering import Planner, Reader, Submitter
from app.inspections.schemas.results import (
    ReasonTold,
    ResultDecided,
    ResultDocument,
    ResultList,
    ResultOut,
)
from app.inspections.service import results as service
from app.inspections.terms import GO_ON, ResultStatus, StaleReason
from app.organisations.router.pages import AskedPage
from app.providers.errors import (
    DecidedElsewhereError,
    NotYoursToJudgeError,
    PersonNeededError,
    ProviderNotFoundError,
)

RESULTS = "/v1/inspection-results"
RESULT = f"{RESULTS}/{{reference}}"

router = APIRouter(tags=["inspections"])

OwnReference = Annotated[
    str,
    Path(pattern="^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$", description="The inspector's own."),
]
OfBody = Annotated[
    uuid.UUID | None, Query(description="The body that received it; your own, unless you say.")
]
_APPLIED = (
    *(ResultNotAcceptedError, ProviderNotFoundError, NotYoursToJudgeError, DecidedElsewhereError),
    *(NoStandardsInForceError, InspectionNotPlannableError, NotYourInspectionError),
)
_BECAME: dict[int | str, dict[str, Any]] = {
    200: {"model": ResultOut, "description": "It came before; this is what became of it."},
    202: {
        "model": ResultOut,
        "description": "Kept as it came and not applied; `reasons` says why, and how to go on.",
    },
}
_DOCUMENT: dict[int | str, dict[str, Any]] = {
    200: {"model": ResultDocument, "description": "The document, as it came."}
}


@router.post(
    RESULTS,
    status_code=201,
    operation_id="submitInspectionResult",
    responses=_BECAME
    | problems(*answers.ASKED, *_APPLIED, ResultDiffersError, ContentTooLargeError, KeyReusedError),
)
async def submit_result(
    session: Writing,
    actor: Submitter,
    request: Request,
    response: Response,
    document: ResultDocument,
) -> ResultOut:
    """Send a whole result, as a device that was offline wrote it; safe to send again, at any time.

    The same document under the same reference lands once. Something wrong with it refuses it
    whole. Where something has gone on since it was made (standards, a closed site, a later
    result, an inspection that is over), it is kept as it came, for an officer to decide.
    """
    sent = service.read_sent(document, await request.body(), await request.json())
    row, first = await service.submit(session, actor, sent)
    if row.status == ResultStatus.KEPT:
        response.status_code = 202
    elif not first:
        response.status_code = 200
    return _told(row, response)


@router.get(RESULTS, operation_id="listInspectionResults", responses=problems(*answers.ASKED))
async def list_results(
    session: Reading,
    _: Reader,
    response: Response,
    page: AskedPage,
    status: Annotated[list[ResultStatus] | None, Query(description="Any of these.")] = None,
    provider: Annotated[
        str | None, Query(pattern="^[A-Za-z0-9]{1,20}$", description="Of this provider.")
    ] = None,
    organisation: Annotated[uuid.UUID | None, Query(description="Of this body.")] = None,
) -> ResultList:
    """List results that you received, or that are of providers you answer for; newest first."""
    wanted = Wanted(tuple(status or ()), provider.upper() if provider else None, organisation)
    key = page.after((str,))
    found = await queries.list_results(session, wanted, key[0] if key else None, page.limit + 1)
    answers.private(response)
    items = [_out(row) for row in found[: page.limit]]
    return ResultList(items=items, links=page.links(found, "id"))


@router.get(
    RESULT,
    operation_id="getInspectionResult",
    responses=problems(*answers.ASKED, ResultNotFoundError),
)
async def get_result(
    session: Reading,
    actor: Reader,
    response: Response,
    reference: OwnReference,
    organisation: OfBody = None,
) -> ResultOut:
    """See what became of a result."""
    row = await _found(session, actor, reference, organisation)
    return _told(row, response)


@router.get(
    f"{RESULT}/document",
    operation_id="getInspectionResultDocument",
    responses=_DOCUMENT | problems(*answers.ASKED, ResultNotFoundError),
)
async def get_document(
    session: Reading, actor: Reader, reference: OwnReference, organisation: OfBody = None
) -> Response:
    """Read a result again as it came, byte by byte."""
    row = await _found(session, actor, reference, organisation)
    body = await queries.get_body(session, row.id)
    named = f'attachment; filename="{row.reference}.json"'
    headers = {"Cache-Control": "no-store", "Content-Disposition": named}
    return Response(body, media_type="application/json", headers=headers)


@router.post(
    f"{RESULT}/decision",
    operation_id="decideInspectionResult",
    responses=problems(
        *answers.ASKED,
        *answers.EDITED,
        *_APPLIED,
        ResultNotFoundError,
        ResultDecidedError,
        ResultStillStaleError,
        PersonNeededError,
        KeyReusedError,
    ),
)
async def decide(  # noqa: PLR0913, PLR0917 - each is a part of the request
    session: Writing,
    actor: Planner,
    response: Response,
    reference: OwnReference,
    decided: ResultDecided,
    expected: ExpectedVersion,
    organisation: OfBody = None,
) -> ResultOut:
    """Apply a result that was kept, or dismiss it; what came can be read again ever after."""
    of = (organisation or _own(actor), reference)
    await service.decide(session, actor, of, decided, expected)
    return _told(await service.get_result(session, *of), response)


async def _found(
    session: ReadSession | WriteSession, actor: Actor, reference: str, body: uuid.UUID | None
) -> Any:
    return await service.get_result(session, body or _own(actor), reference)


def _own(actor: Actor) -> uuid.UUID:
    return actor.organisation_id or uuid.UUID(int=0)


def _told(row: Any, response: Response) -> ResultOut:
    answers.located(response, _address(row))
    answers.private(response, row.version)
    return _out(row)


def _address(row: Any, part: str = "") -> str:
    return f"{RESULTS}/{row.reference}{part}?organisation={row.organisation_id}"


def _out(row: Any) -> ResultOut:
    return ResultOut(
        reference=row.reference,
        organisation=row.organisation_id,
        organisation_name=row.organisation_name,
        provider=row.provider_number,
        provider_name=row.provider_name,
        status=row.status,
        reasons=[
            ReasonTold(code=StaleReason(code), detail=detail, go_on=GO_ON[StaleReason(code)])
            for code, detail in zip(row.reasons, row.details, strict=True)
        ],
        inspection=row.inspection_reference,
        sha256=bytes(row.sha256).hex(),
        received_at=row.received_at,
        decided_at=row.decided_at,
        decision_reason=row.decision_reason,
        document=_address(row, "/document"),
        version=row.version,
    )
