"""Providers found by any number they bear, one or many at once."""

from typing import Any

import httpx
import pytest

from app.db.transactions import Database
from app.register.schemas.resolving import MOST_AT_ONCE, IdentifierAnswer, LookUpAnswer
from tests.factories.providers import make_provider, put_on_register, record
from tests.register.asking import problem, rename

LOOK_UP = "/v1/providers/lookup"
UKPRN = {"scheme": "ukprn", "value": "10000001"}
COMPANY = {"scheme": "companies-house", "value": "09000001"}


async def two_of_one_company(database: Database) -> list[str]:
    """Two providers that bear one company number, the second a UKPRN too; return their numbers."""
    held = await put_on_register(
        database,
        make_provider("One", identifiers=[COMPANY]),
        make_provider("Two", identifiers=[COMPANY, UKPRN]),
    )
    return [one.number for one in held]


class TestResolve:
    async def test_every_provider_that_bears_a_number_is_found_however_it_is_written(
        self, database: Database, client: httpx.AsyncClient
    ) -> None:
        numbers = await two_of_one_company(database)

        answer = await client.get("/v1/identifiers/companies-house/9000001")

        told = IdentifierAnswer.model_validate_json(answer.content)
        assert (told.value, [one.number for one in told.items]) == ("09000001", numbers)
        assert told.links.self == "/v1/identifiers/companies-house/09000001"
        known = {"If-None-Match": answer.headers["ETag"]}
        assert (await client.get(told.links.self, headers=known)).status_code == 304

    async def test_it_follows_the_record(
        self, database: Database, client: httpx.AsyncClient
    ) -> None:
        (held,) = await put_on_register(database, make_provider("One", identifiers=[UKPRN]))
        await rename(database, held, "Other")

        answer = await client.get("/v1/identifiers/ukprn/10000001")

        assert [one["name"] for one in answer.json()["items"]] == ["Other"]

    @pytest.mark.parametrize("value", ["10000002", "x", "%20", "1%C2%B2", "' OR 1"])
    async def test_a_number_nobody_bears_or_could_bear_is_not_found(
        self, database: Database, client: httpx.AsyncClient, value: str
    ) -> None:
        await record(database, make_provider("Only known", identifiers=[UKPRN]))
        for number in (value, UKPRN["value"]):
            answer = await client.get(f"/v1/identifiers/ukprn/{number}")

            assert answer.status_code == 404
            assert problem(answer)["type"].endswith("/provider-not-found")

    async def test_a_scheme_that_is_not_known_is_refused_by_name(
        self, client: httpx.AsyncClient
    ) -> None:
        answer = await client.get("/v1/identifiers/vat/1")

        assert answer.status_code == 422
        assert [fault["parameter"] for fault in problem(answer)["errors"]] == ["scheme"]


class TestLookUp:
    async def test_each_thing_asked_for_has_its_answer_in_its_place(
        self, database: Database, client: httpx.AsyncClient
    ) -> None:
        one, two = await two_of_one_company(database)
        (known,) = await record(database, make_provider("Only known"))
        asked = {
            "numbers": [two, known.number, "AP1", one.lower(), two],
            "identifiers": [COMPANY, {"scheme": "ukprn", "value": "1"}],
        }

        answer = await client.post(LOOK_UP, json=asked)

        told = LookUpAnswer.model_validate_json(answer.content)
        found = [[provider.number for provider in item.providers] for item in told.items]
        assert found == [[two], [], [], [one], [two], [one, two], []]
        assert [item.problem is None for item in told.items] == [bool(each) for each in found]
        assert [item.asked.number for item in told.items[:5]] == asked["numbers"]
        assert told.items[2].problem is not None
        assert told.items[1].problem is not None
        assert told.items[1].problem.detail != told.items[2].problem.detail
        assert known.number not in answer.text.replace(f'"number":"{known.number}"', "", 1)

    @pytest.mark.parametrize(
        "asked",
        [
            {},
            {"numbers": []},
            {"numbers": ["AP000001U"] * (MOST_AT_ONCE + 1)},
            {"numbers": ["AP000001U"] * MOST_AT_ONCE, "identifiers": [UKPRN]},
            {"numbers": [" "]},
            {"identifiers": [{"scheme": "vat", "value": "1"}]},
            {"numbers": ["AP000001U"], "names": ["One"]},
        ],
    )
    async def test_nothing_too_much_and_what_is_not_known_is_refused(
        self, client: httpx.AsyncClient, asked: dict[str, Any]
    ) -> None:
        answer = await client.post(LOOK_UP, json=asked)

        assert answer.status_code == 422
        assert problem(answer)["errors"]

    async def test_as_many_as_may_be_are_answered(self, client: httpx.AsyncClient) -> None:
        answer = await client.post(LOOK_UP, json={"numbers": ["AP000001U"] * MOST_AT_ONCE})

        assert len(answer.json()["items"]) == MOST_AT_ONCE
