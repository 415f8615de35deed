from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, Query
from pydantic import AliasChoices, BaseModel, Field

from app.http.problems import install_problem_handlers
from tests.http.support import client_of, get, make_app


class Search(BaseModel):
    q: str | None = None
    within_miles: int | None = None
    need: list[str] = []
    key_stage: Annotated[int | None, Field(alias="keyStage")] = None
    sort: Annotated[str | None, Field(validation_alias=AliasChoices("sort", "order"))] = None


async def paging(limit: int = 20, cursor: str | None = None) -> int:
    return limit


async def purpose(reason: str | None = None) -> str | None:
    return reason


def app() -> FastAPI:
    made = make_app()

    @made.get("/v1/plain")
    async def plain() -> str:
        return "plain"

    @made.get("/v1/direct")
    async def direct(
        near: str | None = None,
        la: Annotated[list[str] | None, Query()] = None,
        as_at: Annotated[str | None, Query(alias="asAt")] = None,
    ) -> str:
        return "direct"

    leaf = APIRouter(prefix="/leaf")

    @leaf.get("/search")
    async def search(
        found: Annotated[Search, Query()], limit: Annotated[int, Depends(paging)]
    ) -> str:
        return f"{found.q} {found.need} {found.key_stage} {found.sort} {limit}"

    @leaf.get("/nothing/{number}")
    async def nothing(number: int) -> str:
        return str(number)

    @leaf.post("/posted")
    async def posted(body: dict[str, int]) -> str:
        return "posted"

    branch = APIRouter(prefix="/branch")
    branch.include_router(leaf, dependencies=[Depends(purpose)])
    trunk = APIRouter(prefix="/v1")
    trunk.include_router(branch)
    trunk.include_router(leaf, prefix="/bare")
    made.include_router(trunk)
    return made


BRANCH = "/v1/branch/leaf"


@pytest.mark.parametrize(
    "url",
    [
        "/v1/plain",
        "/v1/plain?",
        "/v1/direct?near=SW1&la=301&la=302&asAt=4",
        f"{BRANCH}/search?q=x&need=a&need=b&within_miles=5&limit=3&cursor=c&reason=care",
        f"{BRANCH}/search?keyStage=4&sort=name",
        f"{BRANCH}/search?order=name",
        f"{BRANCH}/search?q=",
        f"{BRANCH}/nothing/4?reason=care",
        "/v1/bare/leaf/search?q=x",
    ],
)
async def test_known_parameters_pass(url: str) -> None:
    assert (await get(app(), url)).status_code == 200


async def test_what_passes_is_read() -> None:
    response = await get(app(), f"{BRANCH}/search?q=x&need=a&need=b&keyStage=4&order=name&limit=3")

    assert response.json() == "x ['a', 'b'] 4 name 3"


@pytest.mark.parametrize(
    ("url", "parameter", "words"),
    [
        ("/v1/plain?x=1", "x", "Unknown parameter “x”. This address takes no query parameters."),
        ("/healthz?x=1", "x", "Unknown parameter “x”. This address takes no query parameters."),
        ("/readyz?x", "x", "Unknown parameter “x”."),
        ("/openapi.json?x=", "x", "Unknown parameter “x”."),
        ("/v1/direct?naer=SW1", "naer", "Did you mean “near”? Allowed: asAt, la, near."),
        ("/v1/direct?as_at=4", "as_at", "Did you mean “asAt”?"),
        (f"{BRANCH}/search?key_stage=4", "key_stage", "Did you mean “keyStage”?"),
        (f"{BRANCH}/search?withinmiles=4", "withinmiles", "Did you mean “within_miles”?"),
        (f"{BRANCH}/nothing/4?limit=4", "limit", "Allowed: reason."),
        ("/v1/bare/leaf/search?reason=x", "reason", "Unknown parameter “reason”."),
        ("/v1/bare/leaf/nothing/4?reason=x", "reason", "takes no query parameters"),
        ("/v1/direct?near=a&near=b", "near", "“near” is given 2 times; give it once."),
        (f"{BRANCH}/search?q=a&q=a&q=a", "q", "“q” is given 3 times; give it once."),
        (f"{BRANCH}/search?keyStage=1&keyStage=2", "keyStage", "given 2 times"),
        (f"{BRANCH}/search?sort=a&order=b", "order", "sort and order mean the same"),
        (f"{BRANCH}/search?zzzzzz=1", "zzzzzz", "“zzzzzz”. Allowed: "),
    ],
)
async def test_unknown_and_repeated_parameters_are_refused(
    url: str, parameter: str, words: str
) -> None:
    response = await get(app(), url)

    assert response.status_code == 422
    (fault,) = response.json()["errors"]
    assert fault["parameter"] == parameter
    assert words in fault["detail"]
    assert "pointer" not in fault


async def test_other_methods_are_as_strict() -> None:
    async with client_of(app()) as client:
        assert (await client.post(f"{BRANCH}/posted?x=1", json={})).status_code == 422
        assert (await client.head(f"{BRANCH}/search?x=1")).status_code == 422


async def test_an_unknown_parameter_is_named_before_a_wrong_value() -> None:
    response = await get(app(), "/v1/branch/leaf/search?limit=x&x=1")

    assert [fault["parameter"] for fault in response.json()["errors"]] == ["x"]


async def test_every_unknown_parameter_is_told_up_to_a_score() -> None:
    few = await get(app(), "/v1/plain?a&b&c")
    many = await get(app(), f"{BRANCH}/search?" + "&".join(f"limi{n}" for n in range(3_000)))

    assert [fault["parameter"] for fault in few.json()["errors"]] == ["a", "b", "c"]
    assert len(many.json()["errors"]) == 20


@pytest.mark.parametrize(
    "name",
    [
        "%0d%0aSet-Cookie:%20a=b",
        "%3Cscript%3E",
        "%00",
        "%ff%fe",
        "x" * 10_240,
        "%E2%80%AE",
        "%",
        "",
    ],
)
async def test_hostile_parameter_names_are_harmless(name: str) -> None:
    response = await get(app(), f"{BRANCH}/search?{name}=1")

    assert response.status_code == 422
    (fault,) = response.json()["errors"]
    assert len(fault["detail"]) < 400
    assert fault["detail"].isprintable()
    assert "set-cookie" not in response.headers


async def test_an_address_without_a_route_stays_not_found() -> None:
    assert (await get(app(), "/v1/nowhere?x=1")).status_code == 404


async def test_a_forbidding_query_model_names_the_nearest_parameter_by_itself() -> None:
    class Closed(BaseModel):
        model_config = {"extra": "forbid"}

        near: str | None = None

    made = FastAPI()
    install_problem_handlers(made)

    @made.get("/v1/closed")
    async def closed(found: Annotated[Closed, Query()]) -> None:
        """Take nothing else."""

    response = await get(made, "/v1/closed?neer=x")

    (fault,) = response.json()["errors"]
    assert fault["detail"] == "Unknown parameter “neer”. Did you mean “near”? Allowed: near."
