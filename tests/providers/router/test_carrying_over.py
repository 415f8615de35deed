import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.config import Settings
from tests.factories.evidence import add_document, add_self_evaluation
from tests.factories.people import insert
from tests.factories.records import OwnedRecord, add_officer, add_owned_record
from tests.providers.showing_evidence import browsers, problem
from tests.standards.following import NEW, NEXT, NOBODY_S, STEPS, follow
from tests.standards.rows import WORKING_SET, add_version


@dataclass
class Desk:
    """An owner's manager at a browser, and a completed self-evaluation."""

    client: httpx.AsyncClient
    owner: asyncpg.Connection
    record: OwnedRecord
    old: uuid.UUID

    @property
    def where(self) -> str:
        return f"{self.record.address}/self-evaluations/{self.old}"

    async def say(self, criterion: str, answer: str, *documents: uuid.UUID) -> None:
        """Have an answer in the completed one, as if it had been said before that."""
        identity = await self.owner.fetchval(
            "SELECT c.id FROM criteria c JOIN standards_versions v ON v.id = c.version_id "
            "WHERE v.code = $1 AND c.number = $2",
            *(WORKING_SET, criterion),
        )
        of = {"self_evaluation_id": self.old, "criterion_id": identity}
        said = {"answer": answer, "carried": False, "look_again": False}
        by = {"answered_by": self.record.manager.person_id, "answered_at": clock.now()}
        await insert(self.owner, "self_evaluation_answers", of | said | by)
        for document in documents:
            row = of | {"document_id": document}
            await insert(self.owner, "self_evaluation_evidence", row)

    async def complete(self) -> None:
        await self.owner.execute(
            "UPDATE self_evaluations SET completed_at = now(), completed_by = begun_by "
            "WHERE id = $1",
            self.old,
        )

    async def carried(self) -> dict[str, Any]:
        answer = await self.client.post(f"{self.where}/carry-over")
        assert answer.status_code == 201, answer.text
        return {one["criterion"]: one["answer"] for one in answer.json()["criteria"]}

    async def impact(self, code: str = "working-set-2") -> dict[str, dict[str, Any]]:
        answer = await self.client.get(f"{self.record.address}/impact?version={code}")
        assert answer.status_code == 200, answer.text
        return {one["criterion"]: one for one in answer.json()["criteria"]}


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner, staff_size="small")


@pytest.fixture
async def desk(
    settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
) -> AsyncIterator[Desk]:
    old = await add_self_evaluation(owner, record, completed=False)
    async with browsers(settings, owner, tmp_path, record.manager) as (client,):
        yield Desk(client, owner, record, old)


class TestCarryingOver:
    async def test_what_stayed_is_carried_and_what_changed_is_looked_at_again(
        self, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        paper = await add_document(owner, desk.record)
        await desk.say("1.1h", "met")
        await desk.say("1.2a", "met", paper)
        await desk.say("1.2b", "partly-met")
        await desk.say("1.2c", "met")
        await desk.say("1.3a", "met", paper)
        await desk.say("1.3b", "not-met")
        await desk.complete()
        await follow(owner)
        before = await owner.fetch("SELECT * FROM self_evaluation_answers ORDER BY criterion_id")

        carried = await desk.carried()

        assert carried["1.1a"]["answer"] == "met"
        assert (carried["1.1a"]["carried"], carried["1.1a"]["look_again"]) == (True, False)
        assert carried["1.1b"]["documents"] == [str(paper)]
        assert (carried["1.1c"]["answer"], carried["1.1c"]["look_again"]) == ("partly-met", True)
        assert carried["1.1d"]["look_again"]
        assert carried["1.1e"]["look_again"]
        assert (carried["1.1f"]["answer"], carried["1.1f"]["look_again"]) == ("not-met", True)
        assert carried["1.1f"]["documents"] == [str(paper)]
        assert carried["1.1g"] is None, "nothing was said of what it came from"
        assert carried[NEW] is None
        assert NOBODY_S not in carried
        after = await owner.fetch(
            "SELECT * FROM self_evaluation_answers WHERE self_evaluation_id = $1 "
            "ORDER BY criterion_id",
            desk.old,
        )
        assert after == before

    async def test_what_must_be_looked_at_again_keeps_it_from_being_completed(
        self, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        await desk.say("1.2b", "met")
        await desk.complete()
        await follow(owner)
        answer = await desk.client.post(f"{desk.where}/carry-over")
        where = answer.headers["Location"]

        refused = await desk.client.post(f"{where}/completion", headers={"If-Match": '"1"'})
        again = await desk.client.put(
            f"{where}/answers/1.1c", json={"answer": "met"}, headers={"If-Match": '"1"'}
        )

        faults = {one["pointer"]: one["detail"] for one in refused.json()["errors"]}
        assert "Say it anew" in faults["/answers/1.1c"]
        (said,) = [one for one in again.json()["criteria"] if one["criterion"] == "1.1c"]
        assert (said["answer"]["carried"], said["answer"]["look_again"]) == (False, False)

    async def test_a_document_that_was_withdrawn_is_not_carried(
        self, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        paper = await add_document(owner, desk.record)
        await desk.say("1.2a", "met", paper)
        await desk.complete()
        await owner.execute(
            "UPDATE documents SET withdrawn_at = now(), withdrawn_reason = 'a mistake'"
        )
        await follow(owner)

        assert (await desk.carried())["1.1b"]["documents"] == []

    async def test_only_what_is_completed_and_followed_is_carried_over_and_once_at_a_time(
        self, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        unfinished = await desk.client.post(f"{desk.where}/carry-over")
        await desk.complete()
        nowhere = await desk.client.post(f"{desk.where}/carry-over")
        await follow(owner)
        await desk.carried()
        twice = await desk.client.post(f"{desk.where}/carry-over")

        assert problem(unfinished) == (409, "self-evaluation-unfinished")
        assert problem(nowhere) == (409, "standards-not-in-force")
        assert problem(twice) == (409, "self-evaluation-open")


class TestImpact:
    async def test_a_provider_sees_what_the_next_version_would_find_missing(
        self, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        paper = await add_document(owner, desk.record, current_until=NEXT)
        await desk.say("1.1h", "met")
        await desk.say("1.2a", "met", paper)
        await desk.say("1.2b", "met")
        await desk.say("1.2d", "partly-met")
        await desk.complete()
        await follow(owner)

        found = await desk.impact()

        assert found.keys() == {"1.1c", "1.1d", "1.1e", "1.1f", "1.1g", NEW}
        assert found["1.1c"]["became"] == "widened"
        assert found["1.1g"]["why"] == "Of what was asked before you said: partly-met."
        assert found[NEW]["became"] is None

    async def test_a_critical_criterion_needs_what_is_current_on_the_first_day(
        self, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        lapsing = NEXT - timedelta(days=1)
        paper = await add_document(owner, desk.record, current_until=lapsing)
        await desk.say("1.2a", "met", paper)
        await desk.complete()
        await follow(owner)

        found = await desk.impact()

        assert f"current on {NEXT.isoformat()}" in found["1.1b"]["why"]

    async def test_without_a_self_evaluation_everything_would_be_missed(
        self, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        await follow(owner)

        assert len(await desk.impact()) == len(STEPS) + 1

    async def test_an_officer_of_the_area_sees_the_same_and_a_version_must_be_published(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        tmp_path: Path,
    ) -> None:
        officer, elsewhere = await add_officer(owner), await add_officer(owner, la_code="937")
        await add_version(owner, "working-set-3")
        async with browsers(settings, owner, tmp_path, officer, elsewhere) as clients:
            where = f"{record.address}/impact"
            seen = await clients[0].get(where, params={"version": WORKING_SET})
            draft = await clients[0].get(where, params={"version": "working-set-3"})
            hidden = await clients[1].get(where, params={"version": WORKING_SET})

        assert seen.json()["criteria"] != []
        assert problem(draft) == (409, "standards-not-in-force")
        assert problem(hidden) == (404, "provider-not-found")
