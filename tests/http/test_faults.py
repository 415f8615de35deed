import datetime as dt
import json
from enum import StrEnum
from typing import Annotated, Any, Literal

import httpx
import pytest
from fastapi import FastAPI, Header, Query
from pydantic import BaseModel, Field, field_validator

from app.http.faults import pointer, shown
from tests.http.support import client_of, make_app


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int


class Dog(BaseModel):
    kind: Literal["dog"]
    name: str


class Place(BaseModel):
    model_config = {"extra": "forbid"}

    starts_on: dt.date
    hours: Annotated[int, Field(ge=1, le=25)]
    colour: Colour = Colour.RED
    words: dict[str, int] = {}
    tags: Annotated[list[str], Field(max_length=2)] = []
    either: int | list[int] = 0
    pet: Annotated[Cat | Dog, Field(discriminator="kind")] | None = None
    code: str = ""

    @field_validator("code")
    @classmethod
    def _known(cls, value: str) -> str:
        if value:
            message = "There is no such code; see /v1/codes"
            raise ValueError(message)
        return value


def app() -> FastAPI:
    made = make_app()

    @made.post("/v1/places")
    async def add(place: Place) -> None:
        """Take a place."""

    @made.get("/v1/places/{number}")
    async def read(
        number: int,
        miles: Annotated[float, Query(gt=0, le=50)] = 1,
        on: dt.date | None = None,
        x_purpose: Annotated[Literal["care"] | None, Header()] = None,
    ) -> None:
        """Read a place."""

    return made


async def post(body: Any) -> dict[str, str]:
    async with client_of(app()) as client:
        response = await client.post(
            "/v1/places", content=json.dumps(body), headers={"Content-Type": "application/json"}
        )
    return told(response)


def told(response: httpx.Response) -> dict[str, str]:
    assert response.status_code == 422
    return {
        fault.get("pointer", fault.get("parameter")): fault["detail"]
        for fault in response.json()["errors"]
    }


GOOD = {"starts_on": "2026-09-01", "hours": 5}


@pytest.mark.parametrize(
    ("wrong", "where", "words"),
    [
        ({"starts_on": "1/9/26"}, "/starts_on", "It must be a date such as 2026-09-01."),
        ({"hours": 0}, "/hours", "It must be 1 or more."),
        ({"hours": 26}, "/hours", "It must be 25 or less."),
        ({"hours": "x"}, "/hours", "It must be a whole number."),
        ({"hours": 1.5}, "/hours", "It must be a whole number."),
        ({"colour": "green"}, "/colour", "It must be one of: 'red' or 'blue'."),
        ({"words": {"a/b~c": "x"}}, "/words/a~1b~0c", "It must be a whole number."),
        ({"tags": ["a", 2]}, "/tags/1", "It must be text."),
        ({"tags": ["a", "b", "c"]}, "/tags", "It must have at most 2 items."),
        ({"surprise": 1}, "/surprise", "This is not known here; leave it out."),
        ({"code": "x"}, "/code", "There is no such code; see /v1/codes"),
        ({"pet": {"kind": "cat"}}, "/pet/lives", "This is required."),
        ({"pet": {"kind": "dog", "name": 3}}, "/pet/name", "It must be text."),
        ({"pet": {"kind": "fish"}}, "/pet/kind", "It must be one of: 'cat', 'dog'."),
        ({"pet": {"name": "x"}}, "/pet/kind", "This is required."),
    ],
)
async def test_a_fault_in_the_body_is_placed_and_put_in_plain_words(
    wrong: dict[str, Any], where: str, words: str
) -> None:
    assert await post(GOOD | wrong) == {where: words}


async def test_a_missing_member_is_placed_where_it_belongs() -> None:
    assert await post({"hours": 5}) == {"/starts_on": "This is required."}


async def test_the_branches_of_a_union_are_no_part_of_the_place() -> None:
    assert set(await post(GOOD | {"either": ["x"]})) == {"/either", "/either/0"}


async def test_a_body_of_the_wrong_kind_is_placed_at_its_root() -> None:
    assert await post([1]) == {"": "It must be an object."}
    assert await post("x") == {"": "It must be an object."}


async def test_an_absent_body_is_asked_for() -> None:
    async with client_of(app()) as client:
        assert told(await client.post("/v1/places")) == {"": "This is required."}


@pytest.mark.parametrize("body", [b"{", b'{"hours": }', b"{'a': 1}", b"nonsense"])
async def test_broken_json_is_said_to_be_so(body: bytes) -> None:
    async with client_of(app()) as client:
        response = await client.post(
            "/v1/places", content=body, headers={"Content-Type": "application/json"}
        )
    (detail,) = told(response).values()
    assert detail.startswith("The body is not valid JSON at character ")


async def test_json_sent_under_another_name_is_told_how_to_be_sent() -> None:
    async with client_of(app()) as client:
        response = await client.post(
            "/v1/places", content=b"{}", headers={"Content-Type": "text/plain"}
        )
    assert "Content-Type: application/json" in told(response)[""]


@pytest.mark.parametrize("body", [b'{"a": "\xff"}', b"[" * 100_000])
async def test_bytes_that_are_no_text_and_bottomless_nesting_are_unreadable(body: bytes) -> None:
    async with client_of(app()) as client:
        response = await client.post(
            "/v1/places", content=body, headers={"Content-Type": "application/json"}
        )
    assert response.status_code == 400
    assert response.json()["type"].endswith("/unreadable-request")


async def test_a_fault_in_the_address_names_the_parameter() -> None:
    async with client_of(app()) as client:
        response = await client.get(
            "/v1/places/x?miles=0&on=soon", headers={"X-Purpose": "curiosity"}
        )
    assert told(response) == {
        "number": "It must be a whole number.",
        "miles": "It must be greater than 0.",
        "on": "It must be a date such as 2026-09-01.",
        "x-purpose": "The header x-purpose: It must be one of: 'care'.",
    }


async def test_what_was_sent_is_never_repeated() -> None:
    async with client_of(app()) as client:
        for wrong in ({"hours": "A123456789012"}, {"pet": {"kind": "A123456789012"}}):
            response = await client.post("/v1/places", json=GOOD | wrong)
            assert response.status_code == 422
            assert "A123456789012" not in response.text


async def test_a_body_of_nothing_but_faults_gets_a_short_answer() -> None:
    async with client_of(app()) as client:
        response = await client.post(
            "/v1/places", json=GOOD | {f"wrong{number}": 1 for number in range(5_000)}
        )
    problem = response.json()
    assert len(problem["errors"]) == 20
    assert problem["detail"].startswith("5000 things")
    assert len(response.content) < 5_000


@pytest.mark.parametrize("name", ["\x00\n", "x" * 10_240, "\u202e", "ключ", "", "~/"])
async def test_hostile_member_names_are_harmless(name: str) -> None:
    places = await post(GOOD | {name: 1})
    ((where, words),) = places.items()
    assert words == "This is not known here; leave it out."
    assert len(where) < 120
    assert where.isprintable()


async def test_half_a_character_is_refused_without_repeating_it() -> None:
    assert await post(GOOD | {"\ud800": 1}) == {
        "": "It must be text without halves of characters (lone surrogates)."
    }


def test_pointers_are_escaped() -> None:
    assert pointer([]) == ""
    assert pointer(["a", 0, "m~n", "x/y", "~1"]) == "/a/0/m~0n/x~1y/~01"


def test_shown_names_are_short_and_printable() -> None:
    assert shown("within_miles") == "within_miles"
    assert shown("a\nb\u202e") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    assert len(shown("x" * 10_000)) == 101
