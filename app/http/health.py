"""Is the process alive, and can it do its work? Two questions, for whoever routes traffic here."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal, TypeAlias

from fastapi import FastAPI
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from app import log
from app.http.errors import NotReadyError
from app.http.problems import problems

CHECK_SECONDS = 2.0

ReadinessCheck: TypeAlias = Callable[[], Awaitable[None]]
"""Returns if something the service needs is well, and raises if it is not."""

_logger = log.get(__name__)


class Alive(BaseModel):
    """The process answers; nothing is said of what it needs."""

    status: Literal["ok"] = "ok"


class Ready(BaseModel):
    """Everything the service needs answers."""

    status: Literal["ready"] = "ready"
    checks: dict[str, str] = Field(description="What was tried, and how it went.")


def add_health(app: FastAPI, check_seconds: float = CHECK_SECONDS) -> None:
    """Put the two routes on an application.

    Args:
        app: what is tried is found by name in its `state.readiness_checks`.
        check_seconds: how long each check may take.
    """

    @app.get("/healthz", tags=["service"])
    async def read_health(response: Response) -> Alive:
        """Say that the process is alive; it depends on nothing else."""
        response.headers["Cache-Control"] = "no-store"
        return Alive()

    @app.get("/readyz", tags=["service"], responses=problems(NotReadyError))
    async def read_readiness(request: Request, response: Response) -> Ready:
        """Say whether everything the service needs answers within two seconds."""
        checks: dict[str, ReadinessCheck] = getattr(request.app.state, "readiness_checks", {})
        outcomes = await asyncio.gather(
            *(_outcome(name, check, check_seconds) for name, check in checks.items())
        )
        told = dict(zip(checks, outcomes, strict=True))
        failed = sorted(name for name, outcome in told.items() if outcome != "ok")
        if failed:
            raise NotReadyError(
                f"Not ready: {', '.join(failed)}. Try again shortly.",
                headers={"Retry-After": "5"},
                checks=told,
            )
        response.headers["Cache-Control"] = "no-store"
        return Ready(checks=told)


async def _outcome(name: str, check: ReadinessCheck, seconds: float) -> str:
    """Return how a check went, without its words: they may name hosts or accounts."""
    try:
        async with asyncio.timeout(seconds):
            await check()
    except TimeoutError:
        outcome = "took too long"
    except Exception as failure:  # noqa: BLE001 - whatever ails it, the answer is "not ready"
        _logger.warning("readiness.failed", check=name, error=type(failure).__name__)
        return "failed"
    else:
        return "ok"
    _logger.warning("readiness.failed", check=name, error="TimeoutError")
    return outcome
