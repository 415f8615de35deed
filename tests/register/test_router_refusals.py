"""What the register refuses over HTTP, and what it takes without harm; nothing here writes."""

import random
import string
from collections.abc import AsyncIterator
from urllib.parse import quote

import httpx
import pytest

from tests.databases import TestServer, copied_database, opened_database
from tests.factories.providers import make_provider, put_on_register
from tests.register.asking import SEARCH, client_of, names, problem


@pytest.fixture(scope="module")
async def register_client(postgres: TestServer) -> AsyncIterator[httpx.AsyncClient]:
    """A client on one register for all tests of this file."""
    async with copied_database(postgres) as settings:
        async with opened_database(settings) as database:
            await put_on_register(database, make_provider("Forest"), make_provider("Oak a"))
        async with client_of(settings) as made:
            yield made


@pytest.mark.parametrize(
    ("query", "parameter", "told"),
    [
        ("nearr=CV1", "nearr", "Did you mean “near”?"),
        ("Q=forest", "Q", "Allowed: age"),
        ("page=2", "page", None),
        ("q=a&q=b", "q", "2 times"),
        ("q=", "q", None),
        ("q=%20", "q", None),
        ("q=!!!", "q", "letter or digit"),
        (f"q={'a' * 201}", "q", "200"),
        ("within_miles=5", None, "near"),
        ("within_km=5", None, "near"),
        ("sort=distance", None, "near"),
        ("near=CV1&within_miles=5&within_km=5", None, "not both"),
        ("near=CV1&within_miles=0", "within_miles", None),
        ("near=CV1&within_miles=101", "within_miles", "100"),
        ("near=CV1&within_miles=nan", "within_miles", None),
        ("near=CV1&within_miles=inf", "within_miles", None),
        ("near=CV1&within_km=1e400", "within_km", None),
        ("near=nowhere", "near", None),
        ("near=EH1+1AA", "near", "not in England"),
        ("la=Atlantis", "la", None),
        ("la=%00", "la", None),
        ("age=1", "age", "2"),
        ("age=26", "age", "25"),
        ("age=eleven", "age", None),
        ("age=" + "9" * 5000, "age", None),
        ("need=none", "need", "SEMH"),
        ("status=known", "status", "listed"),
        ("sort=age", "sort", "relevance"),
        ("limit=0", "limit", "1"),
        ("limit=101", "limit", "100"),
        ("include=everything", "include", "facets"),
        ("include=facets&as_at=1", None, "facets"),
        ("as_at=tomorrow", "as_at", "2026-09-01"),
        ("as_at=2999-01-01", "as_at", "has not come"),
        ("as_at=999", "as_at", "newest"),
        ("key_stage=6", "key_stage", "5"),
        ("offer=!", "offer", "letter"),
        ("places=none", "places", "soon"),
        ("assessed_after=2026-02-30", "assessed_after", "date"),
        ("cursor=", "cursor", "damaged"),
        ("cursor=AAAA", "cursor", "damaged"),
        ("cursor=" + "A" * 601, "cursor", "600"),
        ("cursor=%F0%9F%98%80", "cursor", "damaged"),
    ],
)
async def test_what_cannot_be_answered_is_refused_with_parameter_and_cure(
    register_client: httpx.AsyncClient,
    query: str,
    parameter: str | None,
    told: str | None,
) -> None:
    answer = await register_client.get(f"{SEARCH}?{query}")

    assert answer.status_code == 422, answer.text
    body = problem(answer)
    if parameter is not None:
        named = [fault["parameter"] for fault in body["errors"]]
        assert named == [parameter]
    assert told is None or told in answer.text


@pytest.mark.parametrize(
    "q",
    [
        "'; DROP TABLE providers; --",
        "forest' OR '1'='1",
        "forest & !oak | (river)",
        "forest:*",
        "forest<->school",
        "a\x00b",
        "\\forest",
        "%a",
        "forest\\' ",
        "!" * 199 + "a",
        "a:" * 100,
        "1 2 3 4 5 6 7 8 9 0 " * 10,
        "ab " * 66,
        "\N{PILE OF POO}forest",
        "\u202eforest",
        "ﷺ" * 199 + "a",
        "㎉" * 200,
        "A\u0301" * 100,
        "null",
        "0",
        "-1",
        "1e309",
        "{{7*7}}",
        "<script>alert(1)</script>",
        "AP\N{ARABIC-INDIC DIGIT ONE}00000U",
    ],
)
async def test_hostile_words_are_only_words(register_client: httpx.AsyncClient, q: str) -> None:
    answer = await register_client.get(SEARCH, params={"q": q})

    assert answer.status_code == 200, answer.text
    assert names(await register_client.get(SEARCH)) == ["Forest", "Oak a"]


async def test_whatever_is_asked_is_answered_or_refused_but_never_fails(
    register_client: httpx.AsyncClient,
) -> None:
    chance = random.Random(8)  # noqa: S311 - nothing here is secret
    alphabet = string.printable + "é\x00\u0301ﷺ\N{PILE OF POO}"
    parameters = ["q", "near", "within_miles", "within_km", "la", "age", "need", "status"]
    parameters += ["sort", "limit", "cursor", "include"]
    statuses = set()
    for _ in range(150):
        query = "&".join(
            f"{name}={quote(''.join(chance.choices(alphabet, k=chance.randint(0, 12))))}"
            for name in chance.sample(parameters, chance.randint(1, 2))
        )
        answer = await register_client.get(f"{SEARCH}?{query}")
        assert answer.status_code in {200, 422}, (query, answer.text)
        statuses.add(answer.status_code)

    assert statuses == {200, 422}
