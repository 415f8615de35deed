"""What changes at a provider opens a review of every placement that runs there."""

from typing import Any

import asyncpg
import orjson

from app.access import OPERATOR, WORKER
from app.db.events import announce
from app.db.transactions import Database, transaction
from app.providers.events import ListingSuspended, ProviderChanged
from app.reviews.service import opening
from tests.placements.asking import PLACEMENTS, in_days, place
from tests.placements.conftest import Setting
from tests.providers.router.asking import problem
from tests.reviews.conftest import People
from tests.reviews.test_reviews import review, running, told

HANDLERS = {opening.LOOK: opening.look, opening.OPEN: opening.open_for}


async def work(owner: asyncpg.Connection, database: Database) -> int:
    """Do the jobs of reviews that wait; return how many there were."""
    rows = await owner.fetch(
        "DELETE FROM jobs WHERE kind = ANY ($1) RETURNING kind, payload", list(HANDLERS)
    )
    for row in rows:
        async with transaction(database, WORKER) as session:
            await HANDLERS[row["kind"]](session, orjson.loads(row["payload"]))
    return len(rows)


async def change(database: Database, setting: Setting) -> None:
    """Announce that something changed at the provider."""
    async with transaction(database, OPERATOR) as session:
        announce(session, ProviderChanged(setting.record.id))


def causes(body: dict[str, Any]) -> list[str]:
    """Return what opened reviews that none has followed yet."""
    return sorted(one["cause"] for one in body["opened"] if one["settled_on"] is None)


async def test_a_change_of_the_provider_opens_one_review_of_each_placement_and_cause(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    placed = [await running(people, setting), (await place(people["other"], setting)).json()]
    await work(owner, database)
    await change(database, setting)
    await work(owner, database)
    same = await told(people["school"], placed[0])

    for sql in (
        "UPDATE providers SET status = 'under-review' WHERE id = $1",
        "UPDATE providers SET status = 'listed' WHERE id = $1",
    ):
        await owner.execute(sql, setting.record.id)
        async with transaction(database, WORKER) as session:
            await opening.look(session, {"provider_ids": [str(setting.record.id)]})

    assert same["opened"] == []
    for name, one in zip(("school", "other"), placed, strict=True):
        body = await told(people[name], one)
        assert causes(body) == ["listing"]
        assert body["light"] == "amber"
        assert body["next_on"] <= in_days(20)


async def test_it_is_acknowledged_and_settled_by_a_review(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    placed = await running(people, setting)
    address = f"{PLACEMENTS}/{placed['id']}/reviews/acknowledgement"
    nothing = await people["school"].post(address)
    async with transaction(database, WORKER) as session:
        about = {"provider_id": str(setting.record.id), "cause": "suspension"}
        await opening.open_for(session, about)
    by_home = await people["home"].post(address)
    await owner.execute("UPDATE review_openings SET acknowledge_by = current_date - 1")
    late = await told(people["school"], placed)

    known = await people["school"].post(address)
    held = await review(people["school"], placed)

    assert problem(nothing) == (404, "nothing-to-acknowledge")
    assert problem(by_home) == (403, "placement-not-yours")
    assert late["light"] == "red"
    assert known.json()["light"] == "green"
    assert causes(known.json()) == ["suspension"]
    assert causes(held.json()) == []


async def test_a_concern_opens_reviews_and_says_nothing_of_who_raised_it(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    placed = await running(people, setting)
    await work(owner, database)
    raised = await people["home"].post(
        "/v1/concerns",
        json={"provider": setting.record.number, "kind": "quality", "severity": "high"}
        | {"what": "Marked words of whoever raised it.", "noticed_on": in_days(0)},
    )

    done = await work(owner, database)

    assert (raised.status_code, done) == (201, 1)
    body = await told(people["school"], placed)
    assert causes(body) == ["concern"]
    assert body["opened"][0]["because"] == "A concern about the provider is being looked into."
    mails = await owner.fetch("SELECT payload FROM jobs WHERE kind = $1", opening.MAIL)
    assert {orjson.loads(row["payload"])["person_id"] for row in mails} == {
        str(setting.members["school"].person_id)
    }
    told_of = str(body) + str([row["payload"] for row in mails])
    assert "Example Home" not in told_of
    assert "Marked words" not in told_of
    assert placed["child"] not in str(mails)


async def test_a_document_that_ends_opens_reviews(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    placed = await running(people, setting)
    await work(owner, database)
    await owner.execute(
        "UPDATE review_watches SET documents_out = -1, outcomes = 'meets-standards'"
    )
    await change(database, setting)

    await work(owner, database)

    assert causes(await told(people["school"], placed)) == ["document", "outcome"]


async def test_where_nobody_is_placed_no_job_is_asked_for(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    await change(database, setting)
    before = await owner.fetchval("SELECT count(*) FROM jobs WHERE kind = $1", opening.LOOK)
    await running(people, setting)
    await work(owner, database)
    await change(database, setting)
    await change(database, setting)
    after = await owner.fetchval("SELECT count(*) FROM jobs WHERE kind = $1", opening.LOOK)

    assert (before, after) == (0, 2)


async def test_a_suspension_asks_for_its_job(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    event = ListingSuspended(setting.record.id, setting.record.id, setting.record.id)
    async with transaction(database, OPERATOR) as session:
        await opening.ask_for_suspension(session, OPERATOR, [event])

    payload = await owner.fetchval("SELECT payload FROM jobs WHERE kind = $1", opening.OPEN)
    assert orjson.loads(payload)["cause"] == "suspension"


async def test_what_was_there_before_gets_its_day_by_night(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    placed = await running(people, setting)
    await owner.execute("DELETE FROM reviews_due")

    async with transaction(database, WORKER) as session:
        await opening.sweep(session, {})

    assert (await told(people["school"], placed))["light"] == "green"


async def test_the_sweep_reads_an_index_of_what_runs(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await running(people, setting)
    await owner.execute("SET enable_seqscan = off")
    plan = await owner.fetch(
        "EXPLAIN SELECT placement_id FROM reviews_due WHERE next_on < current_date "
        "ORDER BY next_on, placement_id LIMIT 26"
    )

    assert "reviews_due_next_on_idx" in "".join(row[0] for row in plan)
