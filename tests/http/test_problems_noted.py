"""Refusals that tell of somebody who tried what they may not, and who writes them down."""

import asyncio

import pytest
from fastapi import HTTPException
from starlette.requests import Request
from structlog.testing import capture_logs

from app.errors import (
    AppError,
    ConflictError,
    ForbiddenError,
    InvalidRequestError,
    NotFoundError,
    UnavailableError,
)
from app.http.errors import NotPermittedError, NotSignedInError, TokenRefusedError
from tests.http.support import client_of, get
from tests.http.test_problems import SECRET, broken, failing


@pytest.mark.parametrize(
    "error",
    [
        ForbiddenError("No."),
        NotPermittedError("No.", permission="members:read"),
        NotSignedInError("No."),
        TokenRefusedError("No."),
    ],
)
async def test_what_somebody_tried_and_may_not_is_noted_once(error: AppError) -> None:
    noted: list[tuple[str, AppError]] = []

    async def note(request: Request, error: AppError) -> None:
        noted.append((request.url.path, error))

    made = failing(error)
    made.state.note_refusal = note
    response = await get(made, "/v1/fail")

    assert response.status_code == error.status
    assert noted == [("/v1/fail", error)]


async def test_a_broken_constraint_that_stands_for_it_is_noted_too() -> None:
    noted: list[str] = []

    async def note(request: Request, error: AppError) -> None:
        noted.append(error.slug)

    made = failing(broken("uq_mine"), constraint_errors={"uq_mine": ForbiddenError})
    made.state.note_refusal = note

    assert (await get(made, "/v1/fail")).status_code == 403
    assert noted == ["forbidden"]


@pytest.mark.parametrize(
    "error",
    [
        NotFoundError(),
        ConflictError(),
        UnavailableError(),
        InvalidRequestError(),
        RuntimeError(SECRET),
        HTTPException(403, "In a programmer's own words."),
        broken("uq_unknown"),
    ],
)
async def test_nothing_else_is_noted(error: Exception) -> None:
    noted: list[str] = []

    async def note(request: Request, error: AppError) -> None:
        noted.append(error.slug)

    made = failing(error)
    made.state.note_refusal = note
    await get(made, "/v1/fail")
    await get(made, "/v1/nowhere")
    await get(made, "/v1/fail?unknown=1")
    async with client_of(made) as client:
        await client.delete("/v1/fail")
        await client.get("/metrics")

    assert noted == []


@pytest.mark.parametrize("trouble", [RuntimeError(SECRET), OSError(SECRET), TimeoutError()])
async def test_trouble_with_noting_it_does_not_hide_the_refusal(trouble: Exception) -> None:
    async def note(request: Request, error: AppError) -> None:
        raise trouble

    made = failing(ForbiddenError("Only the owner may."))
    made.state.note_refusal = note
    with capture_logs() as lines:
        response = await get(made, "/v1/fail")

    assert response.status_code == 403
    assert response.json()["detail"] == "Only the owner may."
    assert SECRET not in response.text
    noted = [line for line in lines if line["event"] == "refusal.not_noted"]
    assert [(line["log_level"], SECRET in str(line)) for line in noted] == [("error", False)]


async def test_who_is_refused_does_not_wait_for_ever_until_that_is_noted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def note(request: Request, error: AppError) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("app.http.problems._NOTING_SECONDS", 0.02)
    made = failing(ForbiddenError())
    made.state.note_refusal = note
    with capture_logs() as lines:
        response = await get(made, "/v1/fail")

    assert response.status_code == 403
    assert "refusal.not_noted" in [line["event"] for line in lines]
