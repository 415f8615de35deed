import asyncio

from fastapi import FastAPI
from structlog.testing import capture_logs

from app.http.health import ReadinessCheck, add_health
from app.http.problems import install_problem_handlers
from tests.http.support import get, make_app

SECRET = "postgresql://ap:hunter2@db/ap"


def app(**checks: ReadinessCheck) -> FastAPI:
    made = make_app()
    made.state.readiness_checks.update(checks)
    return made


async def well() -> None:
    """Be well."""


async def ill() -> None:
    raise ConnectionError(SECRET)


async def test_a_living_process_says_so_whatever_else_is_ill() -> None:
    response = await get(app(database=ill), "/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert response.headers["cache-control"] == "no-store"


async def test_a_service_whose_needs_are_met_is_ready() -> None:
    response = await get(app(database=well, mail=well), "/readyz")

    assert response.status_code == 200
    assert response.json() == {"status": "ready", "checks": {"database": "ok", "mail": "ok"}}
    assert response.headers["cache-control"] == "no-store"


async def test_a_service_that_needs_nothing_is_ready() -> None:
    assert (await get(app(), "/readyz")).json() == {"status": "ready", "checks": {}}


async def test_a_service_that_lacks_something_says_what_and_not_why() -> None:
    with capture_logs() as lines:
        response = await get(app(database=ill, mail=well), "/readyz")

    assert response.status_code == 503
    assert response.json()["type"].endswith("/not-ready")
    assert response.json()["checks"] == {"database": "failed", "mail": "ok"}
    assert response.json()["detail"] == "Not ready: database. Try again shortly."
    assert response.headers["retry-after"] == "5"
    assert "hunter2" not in response.text
    assert "hunter2" not in str([line for line in lines if line["log_level"] != "debug"])
    (line,) = [line for line in lines if line["event"] == "readiness.failed"]
    assert (line["check"], line["error"]) == ("database", "ConnectionError")


async def test_a_check_that_does_not_answer_is_not_waited_for() -> None:
    made = FastAPI()
    install_problem_handlers(made)
    add_health(made, check_seconds=0.02)
    cancelled = []

    async def stuck() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.append("stuck")

    made.state.readiness_checks = {"database": stuck, "mail": stuck, "disk": well}
    response = await get(made, "/readyz")

    assert response.status_code == 503
    assert response.json()["checks"] == {
        "database": "took too long",
        "mail": "took too long",
        "disk": "ok",
    }
    assert cancelled == ["stuck", "stuck"]


async def test_the_checks_run_side_by_side() -> None:
    met = asyncio.Barrier(2)

    async def meet() -> None:
        await met.wait()

    assert (await get(app(one=meet, other=meet), "/readyz")).status_code == 200
