"""Every refusal in one shape: problem details (RFC 9457), or a page where people read pages."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, TypeAlias, cast

import asyncpg
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.access import Actor
from app.db.transactions import transaction
from app.errors import (
    PROBLEM_BASE,
    AppError,
    FieldFault,
    InvalidRequestError,
    UnavailableError,
)
from app.http import database_errors, failures, faults, framework_refusals, routes
from app.http.request_ids import request_id_of

MEDIA_TYPE = "application/problem+json"
SCHEMA_REF = {"$ref": "#/components/schemas/Problem"}

_OUR_FAULT = "This is a fault of the service, not of your request. It has been recorded."
_NO_CONTENT = frozenset({204, 205, 304})
_REFUSALS = frozenset({401, 403})
"""Statuses that tell of somebody who tried what they may not."""
_NOTING_SECONDS = 5.0
"""How long a refused caller may be kept waiting while the refusal is written down."""
UNNOTED = "app.unnoted"
"""Marks the scope of what the service asks itself on a caller's behalf: no attempt of theirs."""
_CHALLENGE = 'Bearer realm="ap-register"'


class ProblemFault(BaseModel):
    """One thing wrong in what was sent."""

    detail: str = Field(description="What is wrong and how to mend it.")
    pointer: str | None = Field(
        default=None, description="JSON pointer (RFC 6901) into the body, when the fault is there."
    )
    parameter: str | None = Field(
        default=None, description="The query or path parameter, when the fault is there."
    )


class Problem(BaseModel):
    """Why a request was refused (RFC 9457). Further members state the facts of the case."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(
        description="Names this kind of problem; stable, nothing has to answer there."
    )
    title: str = Field(description="The kind of problem in words; the same for every case of it.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What is wrong in this case, and how to mend it.")
    instance: str = Field(description="Names this answer; quote it when asking for help.")
    errors: list[ProblemFault] | None = Field(default=None, description="Each thing that is wrong.")


NoteRefusal: TypeAlias = Callable[[Request, AppError], Awaitable[None]]
"""Writes down that somebody tried what they may not; `main` hands it in as `state.note_refusal`."""
RenderPage: TypeAlias = Callable[[Request, Problem], Response]
"""Turns a refusal into a page, for addresses at which people read pages."""


def install_problem_handlers(
    app: FastAPI,
    *,
    constraint_errors: Mapping[str, type[AppError]] | None = None,
    render_page: RenderPage | None = None,
) -> None:
    """Answer every refusal and every failure of `app` as a problem.

    Args:
        app: the application.
        constraint_errors: the refusal that breaking each named database constraint stands for; each
            class can be raised without facts.
        render_page: shows a problem to people, at addresses that are not for programs.
    """
    app.state.constraint_errors = dict(constraint_errors or {})
    app.state.render_page = render_page
    for kind in (
        AppError,
        RequestValidationError,
        HTTPException,
        TimeoutError,
        DBAPIError,
        asyncpg.PostgresError,
        Exception,
    ):
        app.add_exception_handler(kind, _handle)


def problem_response(request: Request, error: AppError) -> Response:
    """Return a refusal as it leaves: problem details, or a page at an address for people."""
    problem = Problem.model_validate(
        {
            **error.facts,
            "type": error.type,
            "title": error.title,
            "status": error.status,
            "detail": error.detail,
            "instance": _instance(request),
            "errors": [_fault_out(fault) for fault in error.errors] or None,
        }
    )
    return _respond(request, problem, error.headers)


def failure_response(request: Request, failure: Exception) -> Response:
    """Return the answer to anything that was raised; what is our fault is logged, not shown."""
    if isinstance(failure, HTTPException):
        return _framework_response(request, failure)
    error = _refusal_for(request, failure)
    if error is None or error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        failures.record("request.failed", failure, ours=error is None)
    return problem_response(request, error or AppError(_OUR_FAULT))


def problems(*errors: type[AppError]) -> dict[int | str, dict[str, Any]]:
    """Return what a route's `responses=` says of the refusals it may answer with.

    Several refusals under one status, or the same one twice, become one entry that lists each once.
    """
    documented: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        entry = documented.setdefault(
            error.status,
            {"description": "", "content": {MEDIA_TYPE: {"schema": SCHEMA_REF, "examples": {}}}},
        )
        examples = entry["content"][MEDIA_TYPE]["examples"]
        if error.slug in examples:
            continue
        examples[error.slug] = {"value": _example(error)}
        entry["description"] = "; ".join(filter(None, [entry["description"], error.title]))
    return documented


async def _handle(request: Request, failure: Exception) -> Response:
    malformed = isinstance(failure, RequestValidationError)  # slow to describe, and never noted
    error = None if malformed else _refusal_for(request, failure)
    if error is not None and error.status in _REFUSALS and UNNOTED not in request.scope:
        await _note_refusal(request, error)
    if error is not None:
        await write_afterwards(request, error)
    return failure_response(request, failure)


async def _note_refusal(request: Request, error: AppError) -> None:
    """Have a refusal written down; that this fails, or hangs, must not hide the refusal."""
    note: NoteRefusal | None = getattr(request.app.state, "note_refusal", None)
    if note is None:
        return
    try:
        async with asyncio.timeout(_NOTING_SECONDS):
            await note(request, error)
    except Exception as failure:  # noqa: BLE001 - whatever ails it, the caller is answered
        failures.record("refusal.not_noted", failure, ours=True)


async def write_afterwards(request: Request, refused: AppError) -> None:
    """Write what a refusal leads to, as whoever asked; the request's own transaction is undone."""
    afterwards = refused.afterwards
    if afterwards is None:
        return
    try:
        async with asyncio.timeout(_NOTING_SECONDS):
            actor: Actor = request.state.actor
            async with transaction(request.app.state.database, actor) as session:
                await afterwards(session)
    except Exception as failure:  # noqa: BLE001 - whatever ails it, the caller is answered
        failures.record("refusal.nothing_written_afterwards", failure, ours=True)


def _refusal_for(request: Request, failure: Exception) -> AppError | None:
    """Return the refusal that a failure stands for, or `None` when it is our own fault."""
    if isinstance(failure, AppError):
        return failure
    if isinstance(failure, RequestValidationError):
        found = faults.faults_of(failure, routes.query_parameters_of(request.scope))
        count = len(failure.errors())
        return InvalidRequestError(
            "One thing in the request is wrong; see errors."
            if count == 1
            else f"{count} things in the request are wrong; see errors.",
            errors=found,
        )
    if isinstance(failure, TimeoutError):
        return UnavailableError(database_errors.TOOK_TOO_LONG, headers={"Retry-After": "5"})
    known: Mapping[str, type[AppError]] = getattr(request.app.state, "constraint_errors", {})
    return database_errors.refusal_for(failure, known)


def _framework_response(request: Request, failure: HTTPException) -> Response:
    status = failure.status_code
    if status in _NO_CONTENT:
        return Response(status_code=status, headers=failure.headers)
    refusal = framework_refusals.refusal_of(request, failure)
    if refusal.kind is not None:
        return problem_response(request, refusal.kind(refusal.detail, headers=refusal.headers))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        failures.record("request.failed", failure, ours=True)
    problem = Problem(
        type="about:blank",
        title=refusal.title,
        status=status,
        detail=refusal.detail,
        instance=_instance(request),
    )
    return _respond(request, problem, refusal.headers)


def _respond(request: Request, problem: Problem, headers: Mapping[str, str]) -> Response:
    response = _page(request, problem) or Response(
        _as_json(problem), status_code=problem.status, media_type=MEDIA_TYPE
    )
    response.headers.setdefault("Cache-Control", "no-store")
    if problem.status == HTTPStatus.UNAUTHORIZED:  # which must say how (RFC 9110 §15.5.2)
        response.headers.setdefault("WWW-Authenticate", _CHALLENGE)
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _page(request: Request, problem: Problem) -> Response | None:
    render = cast("RenderPage | None", getattr(request.app.state, "render_page", None))
    if render is None or routes.is_api_path(request.scope["path"]):
        return None
    try:
        return render(request, problem)
    except Exception as failure:  # noqa: BLE001 - a broken page must not hide the refusal
        failures.record("page.failed", failure, ours=True)
        return None


def _as_json(problem: Problem) -> bytes:
    body = problem.model_dump(mode="json", exclude_none=True, fallback=str)
    # A lone surrogate that someone sent inside a string has no UTF-8; it is replaced.
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _instance(request: Request) -> str:
    return f"urn:request:{request_id_of(request.scope)}"


def _fault_out(fault: FieldFault) -> dict[str, str | None]:
    return {"detail": fault.detail, "pointer": fault.pointer, "parameter": fault.parameter}


def _example(error: type[AppError]) -> dict[str, Any]:
    return {
        "type": PROBLEM_BASE + error.slug,
        "title": error.title,
        "status": error.status,
        "detail": error.title,
        "instance": "urn:request:4f1c2d7e9a6b4c0f8e3d5a7b9c1d3e5f",
    }
