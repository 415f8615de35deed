import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from app.config import Settings
from tests.factories.evidence import add_checked_tutor, add_document, add_share
from tests.factories.people import add_member, add_organisation, insert
from tests.factories.records import OwnedRecord, add_officer, add_owned_record, add_site
from tests.providers.showing_evidence import YESTERDAY, at_version, browsers, pointers, problem

Opened: TypeAlias = Callable[..., AbstractAsyncContextManager[list[httpx.AsyncClient]]]

MORE_EVIDENCE = """
    INSERT INTO self_evaluation_evidence
    SELECT a.self_evaluation_id, a.criterion_id, d.id
    FROM self_evaluation_answers a, documents d
    WHERE NOT EXISTS (SELECT FROM self_evaluation_evidence e WHERE e.criterion_id = a.criterion_id)
    LIMIT 1
"""


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner, staff_size="small")


@pytest.fixture
def opened(settings: Settings, owner: asyncpg.Connection, tmp_path: Path) -> Opened:
    """Open a service for some members, with a browser for each."""
    return partial(browsers, settings, owner, tmp_path)


@pytest.fixture
async def manager(opened: Opened, record: OwnedRecord) -> AsyncIterator[httpx.AsyncClient]:
    """The owner's manager, at a browser."""
    async with opened(record.manager) as (client,):
        yield client


async def begin(client: httpx.AsyncClient, record: OwnedRecord, **body: Any) -> httpx.Response:
    return await client.post(f"{record.address}/self-evaluations", json={"site": 1} | body)


async def say(
    client: httpx.AsyncClient, where: str, criterion: str, version: int, **body: Any
) -> httpx.Response:
    return await client.put(
        f"{where}/answers/{criterion}", json={"answer": "met"} | body, headers=at_version(version)
    )


async def fill(owner: asyncpg.Connection, record: OwnedRecord, evaluation: str) -> None:
    """Answer everything that was not answered as met, with a document for what is critical."""
    rows = await owner.fetch(
        "SELECT c.* FROM criteria c JOIN self_evaluations s ON s.version_id = c.version_id "
        "WHERE s.id = $1 AND NOT EXISTS (SELECT FROM self_evaluation_answers a "
        "WHERE a.criterion_id = c.id AND a.self_evaluation_id = s.id)",
        uuid.UUID(evaluation),
    )
    papers: dict[str, uuid.UUID] = {}
    for row in rows:
        of = {"self_evaluation_id": uuid.UUID(evaluation), "criterion_id": row["id"]}
        said = {"answer": "met", "carried": False, "look_again": False}
        by = {"answered_by": record.manager.person_id, "answered_at": clock.now()}
        await insert(owner, "self_evaluation_answers", of | said | by)
        kind = row["evidence_kinds"][0]
        if row["gate"] == "critical":
            papers[kind] = papers.get(kind) or await add_document(owner, record, kind)
            await insert(owner, "self_evaluation_evidence", of | {"document_id": papers[kind]})


class TestBeginning:
    async def test_what_is_asked_is_in_proportion_and_nothing_is_said_yet(
        self, manager: httpx.AsyncClient, record: OwnedRecord
    ) -> None:
        begun = await begin(manager, record)
        told = begun.json()
        again = await manager.get(begun.headers["Location"])

        asked = {one["criterion"] for one in told["criteria"]}
        assert (begun.status_code, begun.headers["ETag"]) == (201, '"1"')
        assert told["standards"] == "working-set-1"
        assert (told["asked"], told["answered"]) == (len(asked), 0)
        assert "2.1a" not in asked, "a written policy is asked of five adults or more"
        assert again.json() == told

    async def test_one_of_a_site_and_version_is_open_at_a_time(
        self, manager: httpx.AsyncClient, record: OwnedRecord
    ) -> None:
        await begin(manager, record)

        assert problem(await begin(manager, record)) == (409, "self-evaluation-open")

    async def test_site_and_version_must_be_there(
        self, manager: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        await add_site(owner, record.id, 2, closed_on=YESTERDAY)

        assert problem(await begin(manager, record, site=9)) == (404, "site-not-found")
        assert problem(await begin(manager, record, site=2)) == (409, "part-ended")
        answer = await begin(manager, record, version="working-set-9")
        assert problem(answer) == (409, "standards-not-in-force")


class TestAnswering:
    async def test_an_answer_is_kept_with_what_shows_it_and_can_be_put_right(
        self, manager: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        paper = str(await add_document(owner, record))
        where = (await begin(manager, record)).headers["Location"]
        first = await say(manager, where, "1.2a", 1, documents=[paper])
        second = await say(manager, where, "1.2a", 2, answer="partly-met", comment="In draft.")

        (said,) = [one for one in first.json()["criteria"] if one["criterion"] == "1.2a"]
        assert (said["answer"]["answer"], said["answer"]["documents"]) == ("met", [paper])
        (said,) = [one for one in second.json()["criteria"] if one["criterion"] == "1.2a"]
        assert (said["answer"]["answer"], said["answer"]["documents"]) == ("partly-met", [])
        assert (second.json()["answered"], second.headers["ETag"]) == (1, '"3"')

    async def test_what_was_changed_meanwhile_is_not_overwritten(
        self, manager: httpx.AsyncClient, record: OwnedRecord
    ) -> None:
        where = (await begin(manager, record)).headers["Location"]
        await say(manager, where, "1.2a", 1)

        stale = await say(manager, where, "1.2b", 1)
        unsaid = await manager.put(f"{where}/answers/1.2b", json={"answer": "met"})

        assert problem(stale) == (412, "changed-meanwhile")
        assert problem(unsaid)[0] == 428

    async def test_not_applicable_beyond_proportion_says_why(
        self, manager: httpx.AsyncClient, record: OwnedRecord
    ) -> None:
        where = (await begin(manager, record)).headers["Location"]
        bare = await say(manager, where, "3.6c", 1, answer="not-applicable")
        why = {"answer": "not-applicable", "comment": "We take nobody over ten."}
        said = await say(manager, where, "3.6c", 1, **why)

        assert problem(bare) == (422, "answer-not-fit")
        assert pointers(bare) == ["/comment"]
        assert said.status_code == 200

    async def test_what_is_not_asked_is_not_answered(
        self, manager: httpx.AsyncClient, record: OwnedRecord
    ) -> None:
        where = (await begin(manager, record)).headers["Location"]

        for criterion in ("2.1a", "1.9z"):
            answer = await say(manager, where, criterion, 1)
            assert problem(answer) == (404, "criterion-not-asked")

    async def test_only_documents_of_this_site_or_the_whole_provider_show_anything(
        self, manager: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        other = await add_site(owner, record.id, 2)
        strange = await add_document(owner, await add_owned_record(owner, "Example Other"))
        papers = [
            await add_document(owner, record, site_id=other),
            await add_document(
                owner, record, withdrawn_at=clock.now(), withdrawn_reason="a mistake"
            ),
            strange,
        ]
        where = (await begin(manager, record)).headers["Location"]

        for paper in papers:
            answer = await say(manager, where, "1.2a", 1, documents=[str(paper)])
            assert problem(answer) == (422, "answer-not-fit")
            assert pointers(answer) == ["/documents/0"]


class TestCompleting:
    async def test_everything_unanswered_is_named(
        self, manager: httpx.AsyncClient, record: OwnedRecord
    ) -> None:
        begun = await begin(manager, record)
        where = begun.headers["Location"]
        await say(manager, where, "1.2b", 1, answer="not-assessed")

        answer = await manager.post(f"{where}/completion", headers=at_version(2))

        assert problem(answer) == (409, "self-evaluation-unfinished")
        asked = [f"/answers/{one['criterion']}" for one in begun.json()["criteria"]]
        assert set(pointers(answer)) <= set(asked)
        assert "/answers/1.2b" in pointers(answer)

    async def test_a_critical_criterion_is_met_only_with_something_current_to_show(
        self, manager: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        begun = await begin(manager, record)
        where = begun.headers["Location"]
        old = await add_document(owner, record, current_until=YESTERDAY)
        wrong = await add_document(owner, record, "timetable")
        await say(manager, where, "1.2a", 1, documents=[str(old), str(wrong)])
        await fill(owner, record, begun.json()["id"])

        refused = await manager.post(f"{where}/completion", headers=at_version(2))
        new = await add_document(owner, record)
        await say(manager, where, "1.2a", 2, documents=[str(new)])
        done = await manager.post(f"{where}/completion", headers=at_version(3))

        assert problem(refused) == (409, "self-evaluation-unfinished")
        assert pointers(refused) == ["/answers/1.2a/documents"]
        assert done.status_code == 200, done.text
        assert done.json()["completed_at"] is not None

    async def test_a_complete_record_of_checks_shows_that_people_are_checked(
        self, manager: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        begun = await begin(manager, record)
        where = begun.headers["Location"]
        await say(manager, where, "1.1a", 1)
        await fill(owner, record, begun.json()["id"])

        before = await manager.post(f"{where}/completion", headers=at_version(2))
        await add_checked_tutor(owner, record)
        after = await manager.post(f"{where}/completion", headers=at_version(2))

        assert pointers(before) == ["/answers/1.1a/documents"]
        assert after.status_code == 200

    async def test_a_completed_one_never_changes(
        self, manager: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        begun = await begin(manager, record)
        where = begun.headers["Location"]
        await fill(owner, record, begun.json()["id"])
        await manager.post(f"{where}/completion", headers=at_version(1))

        said = await say(manager, where, "1.2a", 2)
        twice = await manager.post(f"{where}/completion", headers=at_version(2))

        assert problem(said) == problem(twice) == (409, "self-evaluation-completed")
        for change in (
            "UPDATE self_evaluations SET version = 9",
            "DELETE FROM self_evaluations",
            "UPDATE self_evaluation_answers SET answer = 'not-met'",
            "DELETE FROM self_evaluation_evidence",
            MORE_EVIDENCE,
            "TRUNCATE self_evaluation_evidence",
        ):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError):
                await owner.execute(change)


class TestWhoMay:
    async def test_who_sees_an_open_one_and_who_only_completed_ones(
        self, opened: Opened, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        analyst = await add_member(owner, record.manager.organisation_id, Role.ANALYST)
        officer = await add_officer(owner, Role.ASSESSOR, Role.PROVIDER_MANAGER)
        elsewhere = await add_officer(owner, la_code="937")
        school = await add_member(owner, await add_organisation(owner), Role.COMMISSIONER)
        await add_share(owner, record, school.organisation_id)
        async with opened(record.manager, analyst, officer, elsewhere, school) as clients:
            manager = clients[0]
            begun = await begin(manager, record)
            where = begun.headers["Location"]
            early = [(await one.get(where)).status_code for one in clients]
            refused = [problem(await begin(one, record)) for one in clients[1:4]]
            await owner.execute(
                "INSERT INTO listings (id, provider_id, site_id, la_code, basis, state, "
                "state_since, key_stages, needs, programmes, made_at, version) VALUES "
                "($1, $2, $3, '331', 'application', 'in-assessment', current_date, '{}', '{}', "
                "'{}', now(), 1)",
                *(uuid.uuid4(), record.id, record.site_id),
            )
            assessed = (await clients[2].get(where)).status_code
            await fill(owner, record, begun.json()["id"])
            await manager.post(f"{where}/completion", headers=at_version(1))
            late = [(await one.get(where)).status_code for one in clients]
            listed = (await clients[4].get(f"{record.address}/self-evaluations")).json()

        assert early == [200, 200, 404, 404, 404]
        assert refused == [
            *((403, "not-permitted"), (403, "record-not-yours"), (403, "not-permitted"))
        ]
        assert assessed == 200
        assert late == [200, 200, 200, 404, 200]
        assert [one["site"] for one in listed["items"]] == [1]
