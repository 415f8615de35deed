import uuid
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import asyncpg
import httpx
import pytest
from sqlalchemy import text

from app import clock
from app.access import Role
from app.config import Settings
from app.db.transactions import Database, reading
from app.organisations.terms import OrganisationKind
from app.providers.queries import people
from tests.factories.evidence import (
    add_check,
    add_checked_tutor,
    add_document,
    add_self_evaluation,
    add_share,
    add_staff_member,
)
from tests.factories.machines import add_machine, bearer, get_token
from tests.factories.people import Member, add_member, add_organisation, insert
from tests.factories.records import (
    OwnedRecord,
    add_civil_servant,
    add_officer,
    add_owned_record,
)
from tests.files.making import pdf
from tests.providers.showing_evidence import (
    TODAY,
    TOMORROW,
    YESTERDAY,
    browsers,
    problem,
    sent,
)

Opened: TypeAlias = Callable[..., AbstractAsyncContextManager[list[httpx.AsyncClient]]]


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner)


@pytest.fixture
def opened(settings: Settings, owner: asyncpg.Connection, tmp_path: Path) -> Opened:
    """Open a service for some members, with a browser for each."""
    return partial(browsers, settings, owner, tmp_path)


@pytest.fixture
async def school(owner: asyncpg.Connection) -> Member:
    """Somebody who commissions for a school."""
    organisation = await add_organisation(owner, "Example Academy")
    return await add_member(owner, organisation, Role.COMMISSIONER, name="Example Head")


async def test_a_school_opens_what_is_shared_with_it_until_that_is_taken_back(
    settings: Settings,
    owner: asyncpg.Connection,
    record: OwnedRecord,
    school: Member,
    tmp_path: Path,
) -> None:
    consent = {"organisation_id": str(school.organisation_id), "until": TOMORROW.isoformat()}
    async with browsers(settings, owner, tmp_path, record.manager, school) as (manager, head):
        document = await sent(manager, record)
        file = f"{record.address}/documents/{document['id']}/file"
        before = await head.get(file)
        given = await manager.post(f"{record.address}/shares", json=consent)
        offered = (await head.get("/v1/shared-evidence")).json()["items"]
        opened = await head.get(file)
        revoked = await manager.delete(given.headers["Location"])
        after = await head.get(file)
        twice = await manager.delete(given.headers["Location"])
        kept = (await manager.get(f"{record.address}/shares")).json()["items"]

    assert problem(before) == (404, "provider-not-found")
    assert (given.status_code, given.json()["holds"]) == (201, True)
    assert [(one["provider_number"], one["document_id"]) for one in offered] == [
        (record.number, None)
    ]
    assert opened.content == pdf()
    assert revoked.status_code == 204
    assert problem(after) == (404, "provider-not-found")
    assert problem(twice) == (409, "share-ended")
    assert [one["holds"] for one in kept] == [False]
    acts = await owner.fetch(
        "SELECT act, actor_id, subject_organisation_id FROM audit_entries "
        "WHERE act LIKE 'evidence.%' OR act = 'document.opened' ORDER BY recorded_at"
    )
    assert [row["act"] for row in acts] == [
        *("evidence.shared", "document.opened", "evidence.unshared")
    ]
    assert acts[1]["actor_id"] == school.person_id
    assert {row["subject_organisation_id"] for row in acts} == {record.manager.organisation_id}


class TestSeeing:
    async def test_one_document_shows_that_document_and_how_many_work_there(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        school: Member,
        tmp_path: Path,
    ) -> None:
        shown, hidden = [await add_document(owner, record) for _ in range(2)]
        await add_share(owner, record, school.organisation_id, shown)
        tutor = await add_checked_tutor(owner, record)
        await add_staff_member(owner, record, "Example Bookkeeper", regulated_activity=False)
        async with browsers(settings, owner, tmp_path, school) as (head,):
            listed = (await head.get(f"{record.address}/documents")).json()["items"]
            other = await head.get(f"{record.address}/documents/{hidden}")
            staff = await head.get(f"{record.address}/staff-checks")
            person = await head.get(f"{record.address}/staff/{tutor}")
            offered = (await head.get("/v1/shared-evidence")).json()["items"]

        assert [one["id"] for one in listed] == [str(shown)]
        assert problem(other) == (404, "document-not-found")
        assert staff.json()["members"] is None
        assert staff.json()["counts"]["members"] == 2
        assert staff.json()["counts"]["in_regulated_activity"] == 1
        assert "Example" not in staff.text
        assert problem(person) == (404, "staff-member-not-found")
        assert [one["document_id"] for one in offered] == [str(shown)]

    async def test_everything_shows_who_was_checked_and_no_private_contact_or_account(
        self,
        settings: Settings,
        database: Database,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        school: Member,
        tmp_path: Path,
    ) -> None:
        present = clock.now()
        await insert(
            owner,
            "provider_contacts",
            {"id": uuid.uuid4(), "provider_id": record.id, "kind": "phone"}
            | {"value": "01632 960001", "canonical": "+441632960001", "recorded_at": present},
        )
        await insert(
            owner,
            "bank_references",
            {"id": uuid.uuid4(), "provider_id": record.id, "reference_hash": bytes(32)}
            | {"given_by": record.manager.person_id, "given_at": present},
        )
        await add_document(owner, record)
        tutor = await add_checked_tutor(owner, record)
        await add_check(owner, record, tutor, "identity", "pending", checked_on=None)
        await add_share(owner, record, school.organisation_id)
        async with browsers(settings, owner, tmp_path, school) as (head,):
            listed = (await head.get(f"{record.address}/documents")).json()["items"]
            staff = (await head.get(f"{record.address}/staff-checks")).json()
            reached = await head.get(f"{record.address}/contacts")
        async with reading(database, school.actor) as session:
            contacts = await people.list_contacts(session, record.id)
            account = await people.present_bank_reference(session, record.id)

        assert len(listed) == 1
        (member,) = staff["members"]
        assert member["name"] == "Example Tutor"
        assert {one["kind"] for one in member["due"]} == {
            *("identity", "right-to-work", "references", "safeguarding-training")
        }
        assert problem(reached) == (404, "provider-not-found")
        assert (contacts, account) == ([], None)

    async def test_a_withdrawn_document_is_told_of_and_opens_no_more(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        school: Member,
        tmp_path: Path,
    ) -> None:
        gone = await add_document(
            owner, record, withdrawn_at=clock.now(), withdrawn_reason="names a child"
        )
        await add_share(owner, record, school.organisation_id)
        async with browsers(settings, owner, tmp_path, school) as (head,):
            seen = await head.get(f"{record.address}/documents/{gone}")
            file = await head.get(f"{record.address}/documents/{gone}/file")

        assert seen.json()["state"] == "withdrawn"
        assert seen.json()["withdrawn_reason"] is None
        assert problem(file) == (409, "document-withdrawn")

    @pytest.mark.parametrize(
        ("columns", "seen"),
        [
            ({"until": TODAY}, True),
            ({"until": YESTERDAY}, False),
            ({"until": TOMORROW, "revoked_at": clock.now()}, False),
        ],
    )
    async def test_consent_is_good_to_the_end_of_its_last_day(
        self,
        opened: Opened,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        school: Member,
        columns: dict[str, Any],
        seen: bool,
    ) -> None:
        await add_share(owner, record, school.organisation_id, **columns)
        async with opened(school) as (head,):
            answer = await head.get(f"{record.address}/documents")
            offered = (await head.get("/v1/shared-evidence")).json()["items"]

        assert (answer.status_code == 200) is seen
        assert bool(offered) is seen

    @pytest.mark.parametrize(
        ("moment", "seen"),
        [
            pytest.param(datetime(2027, 6, 30, 22, 59, tzinfo=UTC), True, id="23:59-in-summer"),
            pytest.param(datetime(2027, 6, 30, 23, 1, tzinfo=UTC), False, id="00:01-in-summer"),
        ],
    )
    async def test_that_day_is_one_of_london(
        self,
        opened: Opened,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        school: Member,
        moment: datetime,
        seen: bool,
    ) -> None:
        last = datetime(2027, 6, 30, tzinfo=UTC).date()
        await add_share(owner, record, school.organisation_id, until=last)
        with clock.at(moment):
            async with opened(school) as (head,):
                answer = await head.get(f"{record.address}/documents")

        assert (answer.status_code == 200) is seen

    async def test_who_answers_for_it_needs_no_consent_and_a_stranger_finds_nothing(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        school: Member,
        tmp_path: Path,
    ) -> None:
        await add_document(owner, record)
        officer, elsewhere = await add_officer(owner), await add_officer(owner, la_code="937")
        civil_servant = await add_civil_servant(owner)
        async with browsers(
            settings, owner, tmp_path, officer, civil_servant, elsewhere, school
        ) as clients:
            answers = [await one.get(f"{record.address}/documents") for one in clients]

        assert [answer.status_code for answer in answers] == [200, 200, 404, 404]

    async def test_a_school_s_machine_reads_what_is_shared_and_shares_nothing(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        school: Member,
        tmp_path: Path,
    ) -> None:
        document = await add_document(owner, record)
        await add_share(owner, record, school.organisation_id)
        machine = await add_machine(owner, school, "provider-records:read")
        keeper = await add_machine(owner, record.manager, "provider-records:manage")
        async with browsers(settings, owner, tmp_path, school) as (client,):
            client.cookies.clear()
            token = bearer(await get_token(client, machine))
            seen = await client.get(f"{record.address}/documents/{document}", headers=token)
            shared = await client.post(f"{record.address}/shares", json={}, headers=token)
            other = bearer(await get_token(client, keeper))
            added = await client.post(
                f"{record.address}/documents",
                data={"kind": "curriculum", "title": "Ours", "issued_on": TODAY.isoformat()},
                files={"file": ("a.pdf", pdf(), "application/pdf")},
                headers=other,
            )

        assert seen.status_code == 200
        assert problem(shared) == (403, "not-permitted")
        assert problem(added) == (403, "person-needed")

    async def test_completed_self_evaluations_go_with_everything_and_open_ones_do_not(
        self, database: Database, owner: asyncpg.Connection, record: OwnedRecord, school: Member
    ) -> None:
        await add_self_evaluation(owner, record, completed=False)
        await add_self_evaluation(owner, record)
        await add_share(owner, record, school.organisation_id)
        trust = await add_member(
            owner, await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
        )
        async with reading(database, school.actor) as session:
            count = await session.scalar(text("SELECT count(*) FROM self_evaluations"))
        async with reading(database, trust.actor) as session:
            nothing = await session.scalar(text("SELECT count(*) FROM self_evaluations"))

        assert (count, nothing) == (1, 0)
