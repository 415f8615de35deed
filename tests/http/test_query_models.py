"""A query read at once: what it gives and refuses is what FastAPI gives and refuses."""

from typing import Annotated, Any
from urllib.parse import urlencode

import httpx
import pytest
from fastapi import Depends, FastAPI, Query
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.config import Settings
from app.http import wiring
from app.http.query_models import query_reader
from app.register.schemas.search import SearchQuery

NAMES = [*SearchQuery.model_fields, "nonsense"]
VALUES = ["", "forest", "14", "-1", "4", "SEMH", "listed", "CV1", "10.5", "total", "facets", "é"]
VALUES += ["2026-02-30", "2026-02-28", "places-now", "distance", "name", "x" * 700]


@pytest.fixture(scope="module")
def both() -> FastAPI:
    """Two routes over one model: read by FastAPI, and at once."""
    app = FastAPI(openapi_url=None)
    wiring.install(
        app, Settings(rate_limit="1000000/second"), constraint_errors={}, render_page=None
    )

    @app.get("/v1/fastapi")
    async def by_fastapi(query: Annotated[SearchQuery, Query()]) -> dict[str, Any]:
        return query.model_dump(mode="json")

    @app.get("/v1/at-once")
    async def at_once(
        query: Annotated[SearchQuery, Depends(query_reader(SearchQuery))],
    ) -> dict[str, Any]:
        return query.model_dump(mode="json")

    return app


async def told(app: FastAPI, path: str, sent: list[tuple[str, str]]) -> tuple[int, Any]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://register.test") as client:
        answer = await client.get(f"{path}?{urlencode(sent)}")
    body = answer.json()
    return answer.status_code, body.get("errors", body) if answer.is_error else body


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES)), max_size=5))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_it_gives_and_refuses_what_fastapi_does(
    both: FastAPI, sent: list[tuple[str, str]]
) -> None:
    assert await told(both, "/v1/at-once", sent) == await told(both, "/v1/fastapi", sent)


def test_the_document_says_the_same_of_its_parameters(both: FastAPI) -> None:
    paths = both.openapi()["paths"]
    spoken = [paths[path]["get"]["parameters"] for path in ("/v1/at-once", "/v1/fastapi")]

    assert spoken[0] == spoken[1]
    assert len(spoken[0]) == len(SearchQuery.model_fields)
