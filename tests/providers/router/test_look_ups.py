"""Looking numbers up at other registers, against real servers that answer as those do."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import asyncpg
import httpx
import pytest
from pydantic import SecretStr

from app.config import Settings
from app.main import create_app
from app.providers import lookups
from tests.factories.people import Member, add_member, sign_in
from tests.factories.records import OwnedRecord, add_officer, add_owned_record
from tests.providers.other_registers import Register, running_register
from tests.providers.router.asking import problem

COMPANY = {
    "company_name": "EXAMPLE FORGE LIMITED",
    "company_number": "01234567",
    "company_status": "active",
    "type": "ltd",
    "previous_company_names": [{"name": "EXAMPLE ANVIL LIMITED", "ceased_on": "2020-01-01"}],
}
CHARITY = {"charity_name": "EXAMPLE FORGE", "reg_charity_number": 1012345, "reg_status": "R"}


@pytest.fixture
def register() -> Iterator[Register]:
    """A register that answers on this machine."""
    with running_register() as made:
        yield made


@dataclass
class Desk:
    """An officer at a service that looks numbers up, and a record with a number."""

    client: httpx.AsyncClient
    held: OwnedRecord
    officer: Member

    async def looks_up(self, scheme: str = "companies-house") -> httpx.Response:
        """Look the record's number of a scheme up."""
        record = (await self.client.get(self.held.address)).json()
        of = {one["scheme"]: one["id"] for one in record["identifiers"]}
        return await self.client.post(f"{self.held.address}/identifiers/{of[scheme]}/look-up")


@pytest.fixture
async def desk(settings: Settings, owner: asyncpg.Connection, register: Register) -> Any:
    """Such an officer."""
    configured = settings.model_copy(
        update={
            "companies_house_url": register.address,
            "companies_house_key": SecretStr("ch-key"),
            "charity_commission_url": f"{register.address}/register/api/",
            "charity_commission_key": SecretStr("cc-key"),
        }
    )
    app = create_app(configured)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://register.test") as made:
            held = await add_owned_record(owner)
            await sign_in(made, owner, held.manager)
            for scheme, value in (
                ("companies-house", "1234567"),
                ("charity-commission", "1012345-2"),
                ("ukprn", "10012345"),
            ):
                number = {"scheme": scheme, "value": value}
                await made.post(f"{held.address}/identifiers", json=number)
            officer = await add_officer(owner)
            await sign_in(made, owner, officer)
            yield Desk(made, held, officer)


class TestFound:
    async def test_a_company_under_the_same_name_is_verified(
        self, desk: Desk, register: Register
    ) -> None:
        register.says(COMPANY)

        answer = await desk.looks_up()

        told = answer.json()
        assert answer.status_code == 201
        assert (told["registered_name"], told["registered_status"], told["name_matches"]) == (
            *("EXAMPLE FORGE LIMITED", "active"),
            True,
        )
        verification = told["verification"]
        assert (verification["held"], verification["how"]) == (True, "companies-house")
        assert "EXAMPLE FORGE LIMITED (active), which agrees" in verification["note"]
        record = (await desk.client.get(desk.held.address)).json()
        by_scheme = {one["scheme"]: one["times"]["verified"] for one in record["identifiers"]}
        assert by_scheme["companies-house"]["held"] is True
        ((path, headers),) = register.asked
        assert path == "/company/01234567"
        assert headers["Authorization"] == "Basic Y2gta2V5Og=="

    async def test_a_charity_is_asked_for_with_its_suffix(
        self, desk: Desk, register: Register
    ) -> None:
        register.says(CHARITY)

        answer = await desk.looks_up("charity-commission")

        assert answer.json()["verification"]["how"] == "charity-commission"
        assert answer.json()["verification"]["held"] is True
        ((path, headers),) = register.asked
        assert path == "/register/api/charitydetails/1012345/2"
        assert headers["Ocp-Apim-Subscription-Key"] == "cc-key"

    async def test_a_former_name_there_counts(self, desk: Desk, register: Register) -> None:
        former = [{"name": "Example Forge Ltd"}]
        register.says(COMPANY, company_name="ZENITH PLC", previous_company_names=former)

        assert (await desk.looks_up()).json()["verification"]["held"] is True


class TestNotVerified:
    @pytest.mark.parametrize(
        "change", [{"company_name": "ZENITH PLC"}, {"company_status": "dissolved"}]
    )
    async def test_another_name_or_a_dissolved_company_does_not_hold(
        self, desk: Desk, register: Register, change: dict[str, str]
    ) -> None:
        register.says(COMPANY, previous_company_names=[], **change)

        answer = await desk.looks_up()

        assert answer.status_code == 201
        assert answer.json()["verification"]["held"] is False

    async def test_a_removed_charity_does_not_hold(self, desk: Desk, register: Register) -> None:
        register.says(CHARITY, reg_status="RM")

        answer = await desk.looks_up("charity-commission")

        assert answer.json()["verification"]["held"] is False

    async def test_a_number_that_is_not_known_there_does_not_hold(
        self, desk: Desk, register: Register
    ) -> None:
        register.status = 404

        told = (await desk.looks_up()).json()

        assert (told["registered_name"], told["verification"]["held"]) == (None, False)


class TestNoAnswer:
    @pytest.mark.parametrize(
        ("status", "body"),
        [
            (500, b"{}"),
            (401, b"{}"),
            (302, b"{}"),
            (200, b"<html>"),
            (200, b"[]"),
            (200, b"{}"),
            (200, json.dumps(COMPANY | {"company_name": 7}).encode()),
            (200, json.dumps(COMPANY | {"company_name": "x" * 301}).encode()),
            (200, b'{"company_name": "' + b"x" * 300_000 + b'"}'),
            (200, b"\xff\xfe"),
        ],
    )
    async def test_what_is_no_answer_is_told_and_nothing_noted(
        self,
        desk: Desk,
        owner: asyncpg.Connection,
        register: Register,
        status: int,
        body: bytes,
    ) -> None:
        register.status, register.body = status, body

        answer = await desk.looks_up()

        assert problem(answer) == (503, "look-up-failed")
        assert await owner.fetchval("SELECT count(*) FROM provider_verifications") == 0

    @pytest.mark.parametrize(
        ("header", "wait"),
        [({"Retry-After": "120"}, "120"), ({}, "60"), ({"Retry-After": "x"}, "60")],
    )
    async def test_whoever_asks_too_often_is_told_how_long_to_wait(
        self, desk: Desk, register: Register, header: dict[str, str], wait: str
    ) -> None:
        register.status, register.headers = 429, header

        answer = await desk.looks_up()

        assert problem(answer) == (503, "look-up-failed")
        assert answer.headers["Retry-After"] == wait

    async def test_nobody_waits_for_one_that_is_slow(
        self, desk: Desk, register: Register, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lookups, "SECONDS", 0.2)
        register.seconds = 1.0
        register.says(COMPANY)

        assert problem(await desk.looks_up()) == (503, "look-up-failed")

    async def test_marks_that_turn_a_name_around_are_left_out(
        self, desk: Desk, register: Register
    ) -> None:
        register.says(COMPANY, company_name="EXAMPLE\u202e FORGE\x00 LTD")

        assert (await desk.looks_up()).json()["registered_name"] == "EXAMPLE FORGE LTD"


class TestWhoAndWhether:
    async def test_a_number_of_another_scheme_is_not_looked_up(self, desk: Desk) -> None:
        assert problem(await desk.looks_up("ukprn")) == (409, "look-up-off")

    async def test_whoever_has_a_stake_in_it_asks_nobody(
        self, desk: Desk, owner: asyncpg.Connection, register: Register
    ) -> None:
        organisation = desk.held.manager.organisation_id
        await add_member(owner, organisation, person_id=desk.officer.person_id)

        assert problem(await desk.looks_up()) == (403, "not-yours-to-judge")
        assert register.asked == []

    async def test_where_it_is_not_set_up_it_says_so(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        await sign_in(client, owner, desk.officer)
        here = Desk(client, desk.held, desk.officer)

        answer = await here.looks_up()

        assert problem(answer) == (409, "look-up-off")
        assert "not looked up by this register" in answer.json()["detail"]
