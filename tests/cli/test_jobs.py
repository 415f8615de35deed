import uuid

import asyncpg
import orjson
import pytest

from app.cli.output import Exit
from app.config import Settings
from app.db.transactions import Database
from tests.cli.running import Here, addresses
from tests.outbox.effects import ask, job, states

DIED = """
    UPDATE jobs SET state = 'dead', attempts = 8, ended_at = now(),
      last_error = E'builtins.ValueError\\n  app/x.py:1 f'
    WHERE key = ANY ($1)
"""


@pytest.fixture
async def addressed(
    settings: Settings, database: Database, owner: asyncpg.Connection
) -> dict[str, str]:
    """A register with two dead jobs, one that waits and one that was done."""
    await ask(database, "bad", "done", "waits", "worse")
    await owner.execute(DIED, ["bad", "worse"])
    await owner.execute("UPDATE jobs SET state = 'done', ended_at = now() WHERE key = 'done'")
    return addresses(settings)


async def id_of(owner: asyncpg.Connection, name: str) -> str:
    return str((await job(owner, name))["id"])


async def acts(owner: asyncpg.Connection) -> list[tuple[str, str, str]]:
    rows = await owner.fetch(
        "SELECT act, actor_kind, subject_id FROM audit_entries ORDER BY recorded_at, id"
    )
    return [(row["act"], row["actor_kind"], row["subject_id"]) for row in rows]


class TestList:
    async def test_counts_every_kind_and_shows_what_waits(
        self, addressed: dict[str, str], here: Here
    ) -> None:
        ended = await here("jobs", "list", "--json", **addressed)

        assert (ended.code, ended.err) == (Exit.DONE, "")
        facts = orjson.loads(ended.out)
        assert {(one["state"], one["jobs"]) for one in facts["counts"]} == {
            ("dead", 2),
            ("done", 1),
            ("waiting", 1),
        }
        assert [one["key"] for one in facts["jobs"]] == ["waits"]

    async def test_people_read_lines(self, addressed: dict[str, str], here: Here) -> None:
        ended = await here("jobs", "list", "--state", "done", **addressed)

        assert ended.code == Exit.DONE
        assert "2 dead    effect.write" in ended.out
        assert "effect.write, ended 20" in ended.out

    async def test_where_there_are_none_it_says_so(self, settings: Settings, here: Here) -> None:
        ended = await here("jobs", "list", **addresses(settings))

        assert (ended.code, ended.out) == (Exit.DONE, "No jobs.\n")


class TestDead:
    async def test_shows_them_with_the_place_where_they_failed(
        self, addressed: dict[str, str], here: Here
    ) -> None:
        ended = await here("jobs", "dead", "--json", **addressed)

        jobs = orjson.loads(ended.out)["jobs"]
        assert sorted(one["key"] for one in jobs) == ["bad", "worse"]
        assert {one["attempts"] for one in jobs} == {8}
        assert {one["last_error"] for one in jobs} == {"builtins.ValueError\n  app/x.py:1 f"}

    async def test_people_read_the_same(self, addressed: dict[str, str], here: Here) -> None:
        ended = await here("jobs", "dead", "--limit", "1", **addressed)

        assert ended.out.count("8 attempts\n    builtins.ValueError\n      app/x.py:1 f") == 1

    async def test_where_there_are_none_it_says_so(self, settings: Settings, here: Here) -> None:
        ended = await here("jobs", "dead", **addresses(settings))

        assert (ended.code, ended.out) == (Exit.DONE, "No job is dead.\n")


class TestRetry:
    async def test_sends_one_back_and_writes_it_down(
        self, addressed: dict[str, str], owner: asyncpg.Connection, here: Here
    ) -> None:
        job_id = await id_of(owner, "bad")
        ended = await here("jobs", "retry", job_id, "--json", **addressed)

        assert (ended.code, orjson.loads(ended.out)) == (Exit.DONE, {"retried": [job_id]})
        row = await job(owner, "bad")
        assert (row["state"], row["attempts"]) == ("waiting", 0)
        assert (await job(owner, "worse"))["state"] == "dead"
        assert await acts(owner) == [("job.retried", "operator", job_id)]

    async def test_sends_all_back(
        self, addressed: dict[str, str], owner: asyncpg.Connection, here: Here
    ) -> None:
        ended = await here("jobs", "retry", "--all", **addressed)

        assert (ended.code, ended.out) == (
            Exit.DONE,
            "2 sent back; a worker begins with them now.\n",
        )
        assert dict(await states(owner)) == {
            "bad": "waiting",
            "done": "done",
            "waits": "waiting",
            "worse": "waiting",
        }
        assert [act for act, _, _ in await acts(owner)] == ["job.retried"] * 2

    @pytest.mark.parametrize("words", [(), ("--all", str(uuid.UUID(int=1)))])
    async def test_which_must_be_said(
        self, addressed: dict[str, str], owner: asyncpg.Connection, here: Here, words: list[str]
    ) -> None:
        ended = await here("jobs", "retry", *words, **addressed)

        assert (ended.code, ended.out) == (Exit.USAGE, "")
        assert "Name one dead job, or say --all" in ended.err
        assert await acts(owner) == []

    async def test_one_that_is_not_dead_is_refused(
        self, addressed: dict[str, str], owner: asyncpg.Connection, here: Here
    ) -> None:
        ended = await here("jobs", "retry", await id_of(owner, "done"), **addressed)

        assert (ended.code, ended.out) == (Exit.REFUSED, "")
        assert "is done; only a dead one" in ended.err
        assert await acts(owner) == []


class TestDrop:
    async def test_removes_one_and_writes_it_down(
        self, addressed: dict[str, str], owner: asyncpg.Connection, here: Here
    ) -> None:
        job_id = await id_of(owner, "bad")
        ended = await here("jobs", "drop", job_id, "--json", **addressed)

        assert (ended.code, orjson.loads(ended.out)) == (Exit.DONE, {"dropped": job_id})
        assert [key for key, _ in await states(owner)] == ["done", "waits", "worse"]
        assert await acts(owner) == [("job.dropped", "operator", job_id)]

    async def test_one_that_is_not_there_is_refused(
        self, addressed: dict[str, str], owner: asyncpg.Connection, here: Here
    ) -> None:
        ended = await here("jobs", "drop", str(uuid.UUID(int=1)), **addressed)

        assert (ended.code, ended.out) == (Exit.REFUSED, "")
        assert "There is no job 00000000" in ended.err
        assert len(await states(owner)) == 4
