import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI, HTTPException
from openapi_spec_validator import validate
from sqlalchemy.exc import DBAPIError, IntegrityError
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app.errors import (
    AppError,
    ConflictError,
    FieldFault,
    ForbiddenError,
    NotFoundError,
    UnavailableError,
)
from app.http.errors import NotSignedInError
from app.http.openapi import document_problems
from app.http.problems import Problem, install_problem_handlers, problem_response, problems
from tests.http.support import client_of, get, make_app, scope_of

SECRET = "A123456789012"
KNOWN = {"type", "title", "status", "detail", "instance", "errors"}


class TakenError(ConflictError):
    """The name is taken already."""

    slug = "name-taken"
    title = "That name is taken"


class TakenAgainError(ConflictError):
    """The number is taken already."""

    slug = "number-taken"
    title = "That number is taken"


def failing(error: Exception, **options: Any) -> FastAPI:
    made = make_app(**options)

    @made.get("/v1/fail")
    @made.get("/fail")
    async def fail() -> None:
        raise error

    return made


async def test_a_refusal_is_a_problem_with_its_facts() -> None:
    error = ForbiddenError(
        "Only the owner may.",
        errors=(FieldFault("Wrong.", pointer="/a"), FieldFault("Odd.", parameter="b")),
        headers={"X-Why": "law"},
        number="AP123456X",
        on=dt.date(2026, 9, 1),
        fee=Decimal("1.50"),
        key=uuid.UUID(int=1),
        kept=None,
    )
    response = await get(failing(error), "/v1/fail", X_Request_ID="req-1")

    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-why"] == "law"
    assert response.headers["cache-control"] == "no-store"
    assert response.json() == {
        "type": "https://ap-register.example/problems/forbidden",
        "title": "You may not do this",
        "status": 403,
        "detail": "Only the owner may.",
        "instance": "urn:request:req-1",
        "errors": [
            {"detail": "Wrong.", "pointer": "/a"},
            {"detail": "Odd.", "parameter": "b"},
        ],
        "number": "AP123456X",
        "on": "2026-09-01",
        "fee": "1.50",
        "key": "00000000-0000-0000-0000-000000000001",
    }


async def test_facts_cannot_pretend_to_be_the_problem_itself() -> None:
    error = ForbiddenError(type="x", title="y", status=200, instance="z")
    problem = (await get(failing(error), "/v1/fail")).json()

    assert problem["status"] == 403
    assert problem["title"] == "You may not do this"
    assert problem["instance"].startswith("urn:request:")


async def test_facts_that_are_no_json_are_still_answered() -> None:
    error = ForbiddenError(odd=object, broken="\ud800", many={1, 2})
    response = await get(failing(error), "/v1/fail")

    assert response.status_code == 403
    assert response.json()["broken"] == "?"


async def test_an_unknown_address_is_not_found() -> None:
    response = await get(make_app(), "/v1/nowhere")

    assert response.status_code == 404
    assert response.json()["type"].endswith("/not-found")
    assert "How" not in response.json()["title"]


async def test_a_wrong_method_is_told_every_right_one() -> None:
    made = make_app()

    @made.get("/v1/things/{number}")
    async def read(number: int) -> None:
        """Read."""

    @made.put("/v1/things/{number}")
    async def write(number: int) -> None:
        """Write."""

    async with client_of(made) as client:
        response = await client.delete("/v1/things/4")

    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, PUT"
    assert response.json()["type"].endswith("/method-not-allowed")
    assert "GET, HEAD, PUT" in response.json()["detail"]


async def test_a_programmers_own_words_and_headers_are_kept() -> None:
    error = HTTPException(401, "Sign in first.", headers={"WWW-Authenticate": "Bearer"})
    response = await get(failing(error), "/v1/fail")

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json() == {
        "type": "about:blank",
        "title": "Unauthorized",
        "status": 401,
        "detail": "Sign in first.",
        "instance": response.json()["instance"],
    }


async def test_own_words_for_a_missing_thing_are_kept() -> None:
    response = await get(failing(HTTPException(404, "No such provider.")), "/v1/fail")

    assert response.json()["detail"] == "No such provider."


@pytest.mark.parametrize("status", [500, 502, 599])
async def test_words_about_a_fault_of_ours_are_not_shown(status: int) -> None:
    response = await get(failing(HTTPException(status, SECRET)), "/v1/fail")

    assert response.status_code == status
    assert SECRET not in response.text


async def test_a_status_without_body_has_none() -> None:
    response = await get(failing(HTTPException(304, headers={"ETag": '"x"'})), "/v1/fail")

    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["etag"] == '"x"'


def timed_out() -> asyncpg.PostgresError:
    return asyncpg.PostgresError.new({"C": "57014", "M": f"canceling {SECRET}"})


@pytest.mark.parametrize(
    "error", [TimeoutError(SECRET), timed_out(), DBAPIError(SECRET, {}, timed_out())]
)
async def test_what_took_too_long_is_unavailable(error: Exception) -> None:
    response = await get(failing(error), "/v1/fail")

    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    assert response.json()["detail"].startswith("The answer took longer")
    assert SECRET not in response.text


def broken(constraint: str) -> IntegrityError:
    cause = asyncpg.PostgresError.new(
        {"C": "23505", "M": f"duplicate {SECRET}", "D": f"Key (upn)=({SECRET})", "n": constraint}
    )
    adapted = RuntimeError(SECRET)
    adapted.__cause__ = cause
    return IntegrityError(f"INSERT {SECRET}", {"upn": SECRET}, adapted)


async def test_a_broken_constraint_is_the_refusal_it_stands_for() -> None:
    made = failing(broken("uq_name"), constraint_errors={"uq_name": TakenError})
    response = await get(made, "/v1/fail")

    assert response.status_code == 409
    assert response.json()["type"].endswith("/name-taken")
    assert SECRET not in response.text


@pytest.mark.parametrize(
    "error",
    [
        broken("uq_unknown"),
        RuntimeError(SECRET),
        KeyError(SECRET),
        DBAPIError(SECRET, {"upn": SECRET}, RuntimeError(SECRET)),
        asyncpg.PostgresError.new({"C": "42501", "M": SECRET, "D": SECRET}),
        AppError(),
        ExceptionGroup(SECRET, [ValueError(SECRET)]),
        RecursionError(SECRET),
    ],
)
async def test_anything_else_is_our_fault_and_leaks_nothing(error: Exception) -> None:
    response = await get(failing(error, constraint_errors={"uq_name": TakenError}), "/v1/fail")

    assert response.status_code == 500
    assert response.json()["type"].endswith("/internal-error")
    assert set(response.json()) <= KNOWN
    assert SECRET not in response.text
    assert SECRET not in str(response.headers)
    assert "Error" not in response.text


def page(request: Request, problem: Problem) -> Response:
    return HTMLResponse(f"<h1>{problem.title}</h1>{problem.instance}", status_code=problem.status)


@pytest.mark.parametrize("path", ["/fail", "/nowhere", "/v1x", "/v", "/statically", "/"])
async def test_people_get_a_page(path: str) -> None:
    made = failing(NotFoundError(headers={"X-Why": "gone"}), render_page=page)
    response = await get(made, path, X_Request_ID="req-1")

    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "urn:request:req-1" in response.text
    assert response.headers["cache-control"] == "no-store"


async def test_a_page_keeps_the_headers_of_the_refusal() -> None:
    made = failing(UnavailableError(headers={"Retry-After": "9"}), render_page=page)

    assert (await get(made, "/fail")).headers["retry-after"] == "9"


@pytest.mark.parametrize(
    "path",
    ["/v1/fail", "/v1/x", "/v1", "/healthz/x", "/metrics", "/static/x.css", "/openapi.json/"],
)
async def test_programs_get_a_problem(path: str) -> None:
    made = failing(NotFoundError(), render_page=page)

    response = await get(made, path)

    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


async def test_without_pages_everybody_gets_a_problem() -> None:
    response = await get(failing(NotFoundError()), "/fail")

    assert response.headers["content-type"] == "application/problem+json"


async def test_a_page_that_breaks_does_not_hide_the_refusal() -> None:
    def broken_page(request: Request, problem: Problem) -> Response:
        raise RuntimeError(SECRET)

    response = await get(failing(ForbiddenError(), render_page=broken_page), "/fail")

    assert response.status_code == 403
    assert response.json()["type"].endswith("/forbidden")
    assert SECRET not in response.text


async def test_the_handlers_work_on_a_bare_application() -> None:
    made = FastAPI()
    install_problem_handlers(made)

    @made.get("/v1/fail")
    async def fail() -> None:
        raise RuntimeError(SECRET)

    async with client_of(made, strict=False) as client:
        response = await client.get("/v1/fail")

    assert response.status_code == 500
    assert response.json()["instance"].startswith("urn:request:")
    assert SECRET not in response.text


def test_a_problem_can_be_made_outside_a_route() -> None:
    made = make_app()
    response = problem_response(Request(scope_of("/v1/x") | {"app": made}), ConflictError())

    assert response.status_code == 409


def test_refusals_under_one_status_are_documented_together_and_once() -> None:
    documented = problems(TakenError, NotFoundError, TakenAgainError, TakenError, TakenError)

    assert set(documented) == {404, 409}
    assert documented[409]["description"] == "That name is taken; That number is taken"
    content = documented[409]["content"]["application/problem+json"]
    assert set(content["examples"]) == {"name-taken", "number-taken"}
    assert content["examples"]["name-taken"]["value"]["status"] == 409


def test_a_route_that_documents_the_same_refusal_twice_is_valid_openapi() -> None:
    made = FastAPI(responses=problems(NotFoundError))
    document_problems(made)

    @made.get(
        "/v1/x", responses=problems(NotFoundError, TakenError, NotFoundError, TakenAgainError)
    )
    async def read(number: int) -> None:
        """Read."""

    document = made.openapi()

    validate(document)
    responses = document["paths"]["/v1/x"]["get"]["responses"]
    assert set(responses) == {"200", "404", "409", "422", "default"}
    for status in ("404", "409", "422", "default"):
        assert responses[status]["content"].keys() == {"application/problem+json"}


@pytest.mark.parametrize("path", ["/v1/fail", "/fail"])
async def test_whoever_has_not_said_who_they_are_is_told_how(path: str) -> None:
    made = failing(NotSignedInError(), render_page=page)

    challenge = (await get(made, path)).headers["www-authenticate"]

    assert challenge == 'Bearer realm="ap-register"'
    assert "www-authenticate" not in (await get(failing(ForbiddenError()), path)).headers
