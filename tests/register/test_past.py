"""What the register said of a provider on a day: what it knew then, and what holds then."""

from datetime import UTC, date, datetime, timedelta

import asyncpg
import httpx
import pytest

from app import clock
from app.db.transactions import Database
from app.providers.service.recording import Recorded
from app.providers.terms import Status
from app.register.schemas.records import ProviderRecord
from tests.factories.providers import LISTED_ON, make_provider, move_to, put_on_register
from tests.ledger.entries import take_out
from tests.register.asking import problem


def day(number: int) -> date:
    return LISTED_ON + timedelta(days=number)


async def told(client: httpx.AsyncClient, held: Recorded, **days: date | int) -> tuple[str, int]:
    answer = await client.get(
        f"/v1/providers/{held.number}", params={name: str(on) for name, on in days.items()}
    )
    assert answer.status_code == 200, answer.text
    record = ProviderRecord.model_validate_json(answer.content)
    assert (await client.get(record.links.self)).content == answer.content
    return record.status.code, record.register_.entry


async def suspended_late(database: Database) -> Recorded:
    """Told of since day 10; on day 30 it is told that it has been suspended since day 20."""
    noon = datetime.combine(day(10), datetime.min.time(), UTC) + timedelta(hours=12)
    with clock.at(noon):
        (held,) = await put_on_register(database, make_provider())
    with clock.at(noon + timedelta(days=20)):
        await move_to(database, held, Status.SUSPENDED, effective_on=day(20))
    return held


async def test_what_was_known_and_what_holds_are_two_questions(
    database: Database, client: httpx.AsyncClient
) -> None:
    held = await suspended_late(database)

    assert await told(client, held, as_at=day(29)) == ("listed", 1)
    assert await told(client, held, as_at=day(30)) == ("suspended", 2)
    assert await told(client, held, in_force_on=day(19)) == ("listed", 1)
    assert await told(client, held, in_force_on=day(20)) == ("suspended", 2)
    assert await told(client, held, in_force_on=day(25), as_at=day(29)) == ("listed", 1)
    assert await told(client, held, as_at=clock.today()) == ("suspended", 2)
    assert await told(client, held, as_at=1) == ("listed", 1)
    assert await told(client, held, as_at=2) == ("suspended", 2)
    assert await told(client, held, as_at=2, in_force_on=day(19)) == ("listed", 1)


async def test_a_day_ends_in_london(database: Database, client: httpx.AsyncClient) -> None:
    summer = datetime(2026, 9, 10, 23, 30, tzinfo=UTC)  # half past midnight there
    with clock.at(summer):
        (held,) = await put_on_register(database, make_provider())

    missing = await client.get(f"/v1/providers/{held.number}?as_at=2026-09-10")

    assert missing.status_code == 404
    assert await told(client, held, as_at=date(2026, 9, 11)) == ("listed", 1)


@pytest.mark.parametrize("clock_asked", ["as_at", "in_force_on"])
async def test_before_it_was_told_of_there_is_nothing_and_the_future_is_not_the_past(
    database: Database, client: httpx.AsyncClient, clock_asked: str
) -> None:
    held = await suspended_late(database)
    ahead = clock.today() + timedelta(days=1)

    early = await client.get(f"/v1/providers/{held.number}?{clock_asked}=2020-01-01")
    late = await client.get(f"/v1/providers/{held.number}?{clock_asked}={ahead}")
    wrong = await client.get(f"/v1/providers/{held.number}?{clock_asked}=2026-06-31")

    assert problem(early)["type"].endswith("/not-known-then")
    assert problem(late)["type"].endswith("/day-ahead")
    for answer in (late, wrong):
        assert answer.status_code == 422
        assert [fault["parameter"] for fault in problem(answer)["errors"]] == [clock_asked]


async def test_what_was_taken_out_is_gone_and_its_reason_told(
    database: Database, client: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    held = await suspended_late(database)
    await take_out(owner, 1)

    answer = await client.get(f"/v1/providers/{held.number}?as_at={day(15)}")

    assert answer.status_code == 410
    assert problem(answer)["redacted"]["reason"] == "It named a child."
    assert await told(client, held, as_at=day(40)) == ("suspended", 2)


@pytest.mark.parametrize(("typed", "slug"), [("3", "entry-ahead"), (f"9{'0' * 18}", "entry-ahead")])
async def test_an_entry_that_is_not_written_is_named_with_the_newest(
    database: Database, client: httpx.AsyncClient, typed: str, slug: str
) -> None:
    held = await suspended_late(database)

    answer = await client.get(f"/v1/providers/{held.number}?as_at={typed}")

    fact = problem(answer)
    assert (answer.status_code, fact["type"].rpartition("/")[2], fact["entry"]) == (422, slug, 2)
    assert [fault["parameter"] for fault in fact["errors"]] == ["as_at"]


@pytest.mark.parametrize("typed", ["0", "-1", "1e3", "1.5", "", f"9{'0' * 19}", "2026-9-1"])
async def test_what_is_neither_a_day_nor_an_entry_is_refused(
    database: Database, client: httpx.AsyncClient, typed: str
) -> None:
    answer = await client.get(f"/v1/providers/AP000001U?as_at={typed}")

    assert answer.status_code == 422
    assert [fault["parameter"] for fault in problem(answer)["errors"]] == ["as_at"]
