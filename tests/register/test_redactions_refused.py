"""What is not taken out of the log, and who may not ask."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from app.access import Role
from app.config import Settings
from app.db.transactions import Database
from tests.factories.people import add_member
from tests.factories.providers import make_provider, record
from tests.factories.records import add_civil_servant, add_manager, add_officer, give_to
from tests.organisations.asking import browsers, problem
from tests.register.redacting import (
    HOME,
    address,
    asked,
    change,
    correct,
    propose,
    publish_a_home,
)

BOTH = (Role.ASSESSOR, Role.SECOND_OFFICER)


WILL_NOT_DO: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({"pointer": "sites"}, ["/pointer"]),
    ({"pointer": "/sites/~2"}, ["/pointer"]),
    ({"pointer": "/number", "value": "AP000001U"}, ["/pointer"]),
    ({"pointer": "/status/code", "value": "listed"}, ["/pointer"]),
    ({"value": None}, ["/value"]),
    ({"value": True}, ["/value"]),
    ({"value": "  "}, ["/value"]),
    ({"value": 1e300}, ["/value"]),
    ({"value": {"ä": "x"}}, ["/value"]),
    ({"reason": f"It was {HOME.upper()}, a home."}, ["/reason"]),
    ({"reason": f"It was {HOME}, a home.", "pointer": "xx"}, ["/pointer", "/reason"]),
    ({"grounds": "embarrassing"}, ["/grounds"]),
    ({"reason": "short"}, ["/reason"]),
    ({"further": 1}, ["/further"]),
)


@pytest.fixture
async def officer(
    settings: Settings, owner: asyncpg.Connection
) -> AsyncIterator[httpx.AsyncClient]:
    """An authority's assessor."""
    async with browsers(settings, owner, await add_officer(owner)) as (made,):
        yield made


class TestWhatIsAsked:
    async def test_what_will_not_do_is_pointed_at_and_not_repeated(
        self,
        database: Database,
        owner: asyncpg.Connection,
        officer: httpx.AsyncClient,
    ) -> None:
        held = await publish_a_home(database, owner)

        for changes, pointers in WILL_NOT_DO:
            answer = await officer.post(address(held), json=asked(**changes))

            assert answer.status_code == 422, answer.text
            assert [fault["pointer"] for fault in answer.json()["errors"]] == pointers
            assert "Hiddenlea" not in answer.text
        await propose(officer, held)  # nothing of what was refused is in the way

    async def test_the_record_is_corrected_first(
        self, database: Database, owner: asyncpg.Connection, officer: httpx.AsyncClient
    ) -> None:
        held = await publish_a_home(database, owner)
        await change(database, owner, held, f"address_lines = ARRAY['{HOME}']")

        answer = await officer.post(address(held), json=asked())

        assert problem(answer) == (409, "still-published")
        await correct(database, owner, held)
        await propose(officer, held)

    @pytest.mark.parametrize(
        "changes",
        [
            {"value": "78 Hiddenlea Crescent"},
            {"pointer": "/sites/1/address/lines/0"},
            {"pointer": "/sites/*/name"},
            {"pointer": "/nothing/here"},
            {"pointer": "/name/0"},
            {"value": [HOME]},
        ],
    )
    async def test_what_no_entry_tells_is_not_taken_out(
        self,
        database: Database,
        owner: asyncpg.Connection,
        officer: httpx.AsyncClient,
        changes: dict[str, Any],
    ) -> None:
        held = await publish_a_home(database, owner)

        answer = await officer.post(address(held), json=asked(**changes))

        assert problem(answer) == (409, "nothing-to-redact")

    async def test_one_waits_at_a_time(
        self, database: Database, owner: asyncpg.Connection, officer: httpx.AsyncClient
    ) -> None:
        held = await publish_a_home(database, owner)
        await propose(officer, held)

        assert problem(await officer.post(address(held), json=asked())) == (409, "redaction-open")

    async def test_a_provider_that_is_not_there_or_only_known_elsewhere_is_not_found(
        self, database: Database, officer: httpx.AsyncClient
    ) -> None:
        elsewhere = make_provider("Known Elsewhere", sites=())
        (held,) = await record(database, elsewhere)

        for number in (held.number, "AP999999X", "nonsense"):
            answer = await officer.post(f"/v1/provider-records/{number}/redactions", json=asked())
            assert problem(answer)[0] == 404


class TestWho:
    async def test_another_authority_does_not_propose(
        self, settings: Settings, database: Database, owner: asyncpg.Connection
    ) -> None:
        held = await publish_a_home(database, owner)
        async with browsers(settings, owner, await add_officer(owner, la_code="937")) as (other,):
            answer = await other.post(address(held), json=asked())

        assert problem(answer) == (403, "not-answering-for-provider")

    async def test_whoever_worked_for_the_owner_neither_proposes_nor_settles(
        self,
        settings: Settings,
        database: Database,
        owner: asyncpg.Connection,
        officer: httpx.AsyncClient,
    ) -> None:
        held = await publish_a_home(database, owner)
        where = await propose(officer, held)
        manager = await add_manager(owner)
        await give_to(owner, held.id, manager.organisation_id)
        servant = await add_civil_servant(owner, *BOTH)
        await add_member(owner, manager.organisation_id, person_id=servant.person_id)
        async with browsers(settings, owner, servant) as (both,):
            proposed = await both.post(address(held), json=asked(pointer="/name"))
            settled = [await both.post(f"{where}/{way}") for way in ("confirmation", "refusal")]

        assert problem(proposed) == (403, "not-answering-for-provider")
        assert [problem(one) for one in settled] == [(403, "not-answering-for-provider")] * 2

    async def test_nobody_settles_what_they_proposed(
        self, settings: Settings, database: Database, owner: asyncpg.Connection
    ) -> None:
        held = await publish_a_home(database, owner)
        async with browsers(settings, owner, await add_civil_servant(owner, *BOTH)) as (both,):
            where = await propose(both, held)
            settled = [await both.post(f"{where}/{way}") for way in ("confirmation", "refusal")]

        assert [problem(one) for one in settled] == [(403, "own-redaction")] * 2
        assert await owner.fetchval("SELECT count(*) FROM ledger_bodies WHERE record IS NULL") == 0

    async def test_an_authoritys_second_officer_does_not_settle_it(
        self, settings: Settings, database: Database, owner: asyncpg.Connection
    ) -> None:
        held = await publish_a_home(database, owner)
        members = [await add_officer(owner, *BOTH) for _ in range(2)]
        async with browsers(settings, owner, *members) as (one, another):
            where = await propose(one, held)
            answer = await another.post(f"{where}/confirmation")

        assert problem(answer) == (403, "department-alone")

    async def test_a_stranger_finds_nothing_to_settle(
        self,
        settings: Settings,
        database: Database,
        owner: asyncpg.Connection,
        officer: httpx.AsyncClient,
    ) -> None:
        where = await propose(officer, await publish_a_home(database, owner))
        stranger = await add_officer(owner, Role.SECOND_OFFICER, la_code="937")
        async with browsers(settings, owner, stranger) as (other,):
            answer = await other.post(f"{where}/confirmation")

        assert problem(answer) == (404, "redaction-not-found")

    async def test_the_tables_themselves_refuse_one_person_and_a_second_settling(
        self, database: Database, owner: asyncpg.Connection, officer: httpx.AsyncClient
    ) -> None:
        await propose(officer, await publish_a_home(database, owner))
        settle = "UPDATE redactions SET state = 'done', salt = NULL, settled_at = now(), "

        with pytest.raises(asyncpg.CheckViolationError, match="by_two_people"):
            await owner.execute(settle + "settled_by = proposed_by")
        other = await add_officer(owner)
        await owner.execute(settle + "settled_by = $1", other.person_id)
        for again in ("UPDATE redactions SET state = 'declined'", "DELETE FROM redactions"):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="settled once"):
                await owner.execute(again)
