"""Each morning: who is late is told by the reference alone, and nobody is left to no authority."""

from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import orjson

from app import clock
from app.access import WORKER
from app.db.transactions import Database, transaction
from app.oversight.service import chasing
from tests.oversight.asking import act, lose, step, unaccounted
from tests.oversight.conftest import People, Setting

MONDAY = datetime(2031, 3, 3, 7, 40, tzinfo=UTC)


async def chase(database: Database, payload: dict[str, Any] | None = None) -> None:
    async with transaction(database, WORKER) as session:
        await chasing.chase(session, payload or {})


async def _asked(owner: asyncpg.Connection) -> list[dict[str, Any]]:
    rows = await owner.fetch("SELECT payload FROM jobs WHERE kind = $1", chasing.MAIL)
    return [orjson.loads(row["payload"]) for row in rows]


async def test_who_looks_and_is_late_is_told_once_a_working_day(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    await lose(people["school"], setting)
    await lose(people["school"], setting)
    first, second = await unaccounted(people["home"])
    await chase(database)
    before = await _asked(owner)
    await step(people["home"], second)
    days = (MONDAY - timedelta(days=2), MONDAY, MONDAY, MONDAY + timedelta(days=1))
    await owner.execute(
        "UPDATE follow_ups SET next_step_by = '2031-02-28' WHERE id = $1", first["id"]
    )
    await owner.execute(
        "UPDATE follow_ups SET next_step_by = '2031-03-04' WHERE id = $1", second["id"]
    )

    for day in days:
        with clock.at(day):
            await chase(database)

    assert before == []
    told = await _asked(owner)
    assert [(one["reference"], one["asked_on"]) for one in told] == [
        (first["reference"], "2031-03-03"),
        (first["reference"], "2031-03-04"),
    ]
    assert {one["person_id"] for one in told} == {str(setting.members["home"].person_id)}
    assert all(set(one) == _MEMBERS for one in told)


_MEMBERS = {"follow_up_id", "reference", "due_on", "asked_on", "person_id", "organisation_id"}


async def test_a_batch_asks_for_the_next(
    people: People,
    setting: Setting,
    owner: asyncpg.Connection,
    database: Database,
    monkeypatch: Any,
) -> None:
    for _ in range(2):
        await lose(people["school"], setting)
    await owner.execute("UPDATE follow_ups SET next_step_by = '2031-02-28'")
    monkeypatch.setattr(chasing, "BATCH", 1)

    with clock.at(MONDAY):
        await chase(database)
        row = await owner.fetchrow("SELECT payload FROM jobs WHERE kind = $1", chasing.CHASE)
        assert row is not None
        await chase(database, orjson.loads(row["payload"]))

    assert len({one["reference"] for one in await _asked(owner)}) == 2


async def test_what_an_abolished_authority_looked_into_passes_to_its_successor(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    await lose(people["school"], setting)
    [seen] = await unaccounted(people["home"])
    await act(people["home"], seen, "handover", to_la="937", reason="seen-there")
    gss = await owner.fetchval("SELECT gss_code FROM local_authorities WHERE la_code = '331'")
    await owner.execute(
        "INSERT INTO former_local_authorities VALUES ($1, '331', 'Former', 2026)", gss
    )
    succeed = "INSERT INTO former_local_authority_successors VALUES ($1, $2)"
    await owner.execute(succeed, gss, "937")
    await owner.execute(succeed, gss, "330")
    await chase(database)
    divided = await unaccounted(people["elsewhere"])
    await owner.execute(
        "DELETE FROM former_local_authority_successors WHERE successor_la_code = '330'"
    )

    await chase(database)
    await chase(database)

    assert [one["la"] for one in divided] == ["331"]  # of two, a person says which
    [now] = await unaccounted(people["elsewhere"])
    assert (now["la"], now["offered_to_la"]) == ("937", None)
    told = await people["elsewhere"].get(
        f"/v1/follow-ups/{now['id']}", params={"purpose": "safeguarding"}
    )
    assert [one["became"] for one in told.json()["authorities"]] == ["opened", "succeeded"]


async def test_the_department_asks_where_an_authority_was_divided(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await lose(people["school"], setting)
    [seen] = await unaccounted(people["home"])
    lead = setting.members["department"].person_id
    await owner.execute(
        "UPDATE memberships SET roles = '{designated-safeguarding-lead}' WHERE person_id = $1", lead
    )

    refused = await act(people["department"], seen, "handover", to_la="937", reason="seen-there")
    offered = await act(
        people["department"], seen, "handover", to_la="937", reason="authority-abolished"
    )

    assert refused.status_code == 403
    assert offered.status_code == 200, offered.text
    assert offered.json()["offered_to_la"] == "937"
