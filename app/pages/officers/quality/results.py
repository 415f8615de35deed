"""The pages on which whole results in one file are sent, and decided on where they were kept."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from app.access import Actor, Permission
from app.db.events import ReadSession, WriteSession
from app.errors import AppError, FieldFault, InvalidRequestError
from app.http.sessions import Reading
from app.http.uploads import TakesFile, Upload
from app.inspections.errors import (
    InspectionNotFoundError,
    NotYourInspectionError,
    ResultNotFoundError,
)
from app.inspections.router import results as api
from app.inspections.schemas.results import ResultDecided, ResultDocument
from app.inspections.service import results as service
from app.inspections.terms import ResultDecision, ResultStatus
from app.organisations.router.pages import Page
from app.pages.form_page import Answers, show_form
from app.pages.form_page_view import FormAsked
from app.pages.officers.quality import results_view as view
from app.pages.officers.quality.forms import (
    PLANS,
    SUBMITS,
    At,
    Cursor,
    Done,
    Reader,
    Sent,
    add_form,
    at_of,
    show_page,
    take,
)
from app.pages.signed_in import only_people, own_router, understood
from app.providers.errors import (
    DecidedElsewhereError,
    NotYoursToJudgeError,
    ProviderNotFoundError,
)

router = own_router()
sending_router = APIRouter(
    include_in_schema=False,
    default_response_class=HTMLResponse,
    dependencies=[Depends(only_people)],
)
"""A form with a file is not read before its sender is known, as other forms are."""

RESULTS = view.RESULTS
ON_A_PAGE = 25
Submitter = Annotated[Actor, Depends(SUBMITS)]
_ADD = f"{RESULTS}/add"
_ONE = f"{RESULTS}/of/{{organisation_id}}/{{reference}}"
_MENDABLE = (
    *(NotYourInspectionError, ProviderNotFoundError, InspectionNotFoundError),
    *(DecidedElsewhereError, NotYoursToJudgeError),
)


@router.get(RESULTS)
async def show_results(
    request: Request, session: Reading, actor: Reader, cursor: Cursor = None, done: Done = None
) -> Response:
    """List the results one received, or of providers one answers for; the newest first."""
    page = Page(RESULTS, (), ON_A_PAGE, cursor)
    found = await api.list_results(session, actor, Response(), page)
    sends = Permission.INSPECTIONS_SUBMIT in actor.permissions
    part = view.results_part(found, sends=sends, further=cursor is not None)
    return await show_page(request, part, done)


@router.get(_ADD)
async def show_add(request: Request, _: Submitter) -> Response:
    """Offer the form on which a result is sent."""
    return await show_form(request, view.send_form())


@sending_router.post(_ADD)
async def add_result(
    request: Request,
    actor: Submitter,
    upload: Annotated[Upload[Sent], Depends(TakesFile(Sent))],
) -> Response:
    """Take in a result, and lead to what became of it."""

    async def ask(_: ReadSession, __: At) -> FormAsked:
        return view.send_form()

    async def act(session: WriteSession, at: At, _: Answers) -> str:
        sent = await _read(upload)
        try:
            row, _first = await service.submit(session, at.actor, sent)
        except AppError as refused:
            raise _in_words(refused, sent.document) from refused
        done = "result-kept" if row.status == ResultStatus.KEPT else "result-applied"
        return f"{view.address_of(row.organisation_id, row.reference)}?done={done}"

    at = at_of(request, actor)
    return await take(request, at, upload.fields, (ask, act), _MENDABLE)


@router.get(_ONE)
async def show_result(
    request: Request, session: Reading, actor: Reader, done: Done = None
) -> Response:
    """Show what became of a result."""
    at = at_of(request, actor)
    body, reference = at.id("organisation_id"), at.reference
    told = await api.get_result(session, actor, Response(), reference, body)
    decides = body == actor.organisation_id and Permission.INSPECTIONS_PLAN in actor.permissions
    return await show_page(request, view.result_part(told, decides=decides), done)


async def _deciding(session: ReadSession, at: At) -> FormAsked:
    body = at.id("organisation_id")
    told = await api.get_result(session, at.actor, Response(), at.reference, body)
    if body != at.actor.organisation_id:
        raise ResultNotFoundError("Another body received it, and decides on it.")
    return view.decide_form(told)


async def _decide(session: WriteSession, at: At, answers: Answers) -> str:
    decided = understood(ResultDecided, answers)
    of = (at.id("organisation_id"), at.reference)
    await service.decide(session, at.actor, of, decided, at.version)
    applied = decided.decision is ResultDecision.APPLY
    done = "result-applied" if applied else "result-dismissed"
    return f"{view.address_of(*of)}?done={done}"


async def _read(upload: Upload[Sent]) -> service.Sent:
    """Read a file as the API reads what is sent to it.

    Raises:
        InvalidRequestError: it is no result; every fault at once, each with its place in words.
    """
    if not upload.name:
        raise _at_the_file("Choose the file")
    body = b"".join([piece async for piece in upload.chunks()])
    try:
        whole: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _at_the_file(f"This file is not JSON: {error}") from None
    try:
        document = understood(ResultDocument, whole)
    except InvalidRequestError as refused:
        raise _in_words(refused, whole) from refused
    return service.read_sent(document, body, whole)


def _in_words(refused: AppError, document: Any) -> AppError:
    """Return a refusal whose faults say in words which part of the document each is about."""
    faults = tuple(FieldFault(view.fault_words(one, document)) for one in refused.errors)
    return type(refused)(refused.detail, errors=faults)


def _at_the_file(words: str) -> InvalidRequestError:
    return InvalidRequestError(words, errors=(FieldFault(words, "/file"),))


add_form(router, f"{_ONE}/decide", PLANS, _deciding, _decide)
