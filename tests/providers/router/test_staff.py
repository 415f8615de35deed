from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from app.access import Role
from app.config import Settings
from tests.factories.evidence import add_check, add_staff_member
from tests.factories.machines import add_machine, bearer, get_token
from tests.factories.people import add_member
from tests.factories.records import OwnedRecord, add_officer, add_owned_record
from tests.providers.showing_evidence import (
    TODAY,
    TOMORROW,
    YESTERDAY,
    at_version,
    browsers,
    pointers,
    problem,
)

TUTOR = {"name": "Example Tutor", "duties": "tutor", "regulated_activity": True}
CHECKED = {"status": "clear", "checked_on": TODAY.isoformat(), "checked_by": "provider"}


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner)


async def add(client: httpx.AsyncClient, record: OwnedRecord, **changes: Any) -> httpx.Response:
    return await client.post(f"{record.address}/staff", json=TUTOR | changes)


async def check(client: httpx.AsyncClient, where: str, kind: str, **changes: Any) -> httpx.Response:
    return await client.post(f"{where}/checks", json={"kind": kind} | CHECKED | changes)


async def test_what_is_due_of_a_tutor_is_due_no_more_once_it_was_checked(
    settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
) -> None:
    async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
        added = await add(manager, record)
        due = {one["kind"]: one for one in added.json()["due"]}
        where = added.headers["Location"]
        checked = [await check(manager, where, kind) for kind in due]
        whole = (await manager.get(f"{record.address}/staff-checks")).json()

    assert due.keys() == {
        *("identity", "right-to-work", "enhanced-dbs", "barred-list", "references"),
        "safeguarding-training",
    }
    assert due["barred-list"]["binding"]
    assert due["barred-list"]["source"].startswith("Safeguarding Vulnerable Groups Act 2006")
    assert not due["enhanced-dbs"]["binding"]
    assert {answer.status_code for answer in checked} == {201}
    assert checked[-1].json()["due"] == []
    assert whole["counts"] == {
        "members": 1,
        "in_regulated_activity": 1,
        "nothing_due": 1,
        "due": {},
    }
    assert [one["name"] for one in whole["members"]] == ["Example Tutor"]


async def test_the_barred_list_is_not_searched_for_who_is_not_in_regulated_activity(
    settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
) -> None:
    async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
        added = await add(manager, record, duties="cook", regulated_activity=False)
        refused = await check(manager, added.headers["Location"], "barred-list")
        said = await check(manager, added.headers["Location"], "barred-list", status="not-required")

    assert "barred-list" not in {one["kind"] for one in added.json()["due"]}
    assert problem(refused) == (422, "check-not-lawful")
    assert pointers(refused) == ["/kind"]
    assert "Police Act 1997, section 113BA" in refused.json()["detail"]
    assert said.status_code == 201


async def test_a_search_of_older_lists_than_those_of_today_is_not_taken_for_one(
    settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
) -> None:
    async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
        added = await add(manager, record)
        where = added.headers["Location"]
        refused = await check(manager, where, "barred-list", checked_on="2009-10-11")
        taken = await check(manager, where, "barred-list", checked_on="2009-10-12")

    assert problem(refused) == (422, "invalid-request")
    assert pointers(refused) == ["/checked_on"]
    assert taken.status_code == 201


class TestNumbers:
    @pytest.mark.parametrize(
        ("field", "text"),
        [("name", "Example 001234567890"), ("duties", "tutor, DBS 0012 3456 7890")],
    )
    async def test_nobody_s_number_is_taken_with_them(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        tmp_path: Path,
        field: str,
        text: str,
    ) -> None:
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            answer = await add(manager, record, **{field: text})

        assert problem(answer) == (422, "invalid-request")
        assert pointers(answer) == [f"/{field}"]

    @pytest.mark.parametrize(
        "basis", ["certificate 001234567890", "passport 123456789", "seen 123-456-789-012"]
    )
    async def test_nor_with_a_check(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        tmp_path: Path,
        basis: str,
    ) -> None:
        tutor = await add_staff_member(owner, record)
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            answer = await check(
                manager, f"{record.address}/staff/{tutor}", "enhanced-dbs", basis=basis
            )

        assert problem(answer) == (422, "invalid-request")
        assert "never a certificate" in answer.text
        assert await owner.fetchval("SELECT count(*) FROM staff_checks") == 0


class TestRecording:
    @pytest.mark.parametrize(
        "changes",
        [
            {"checked_on": None},
            {"checked_on": TOMORROW.isoformat()},
        ],
    )
    async def test_a_check_that_was_made_has_its_day(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        tmp_path: Path,
        changes: dict[str, Any],
    ) -> None:
        tutor = await add_staff_member(owner, record)
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            where = f"{record.address}/staff/{tutor}"
            refused = await check(manager, where, "identity", **changes)
            pending = await check(manager, where, "identity", status="pending", checked_on=None)

        assert problem(refused) == (422, "invalid-request")
        assert pointers(refused) == ["/checked_on"]
        assert pending.status_code == 201
        assert "identity" in {one["kind"] for one in pending.json()["due"]}

    async def test_the_newest_of_a_kind_is_told_and_the_others_stay_on_record(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        tutor = await add_staff_member(owner, record)
        await add_check(owner, record, tutor, "enhanced-dbs", "not-clear")
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            where = f"{record.address}/staff/{tutor}"
            told = (await check(manager, where, "enhanced-dbs", status="risk-assessed")).json()

        assert [(one["kind"], one["status"]) for one in told["checks"]] == [
            ("enhanced-dbs", "risk-assessed")
        ]
        assert "enhanced-dbs" not in {one["kind"] for one in told["due"]}
        assert await owner.fetchval("SELECT count(*) FROM staff_checks") == 2

    async def test_a_machine_records_no_check_for_it_is_somebody_s_word(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        tutor = await add_staff_member(owner, record)
        machine = await add_machine(owner, record.manager, "provider-records:manage")
        async with browsers(settings, owner, tmp_path, record.manager) as (client,):
            client.cookies.clear()
            client.headers.update(bearer(await get_token(client, machine)))
            answer = await check(client, f"{record.address}/staff/{tutor}", "identity")

        assert problem(answer) == (403, "person-needed")


class TestChanging:
    async def test_what_is_changed_is_what_was_read(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        tutor = await add_staff_member(owner, record)
        where = f"{record.address}/staff/{tutor}"
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            stale = await manager.patch(where, json={"duties": "cook"}, headers=at_version(9))
            done = await manager.patch(
                where,
                json={"duties": "cook", "regulated_activity": False},
                headers=at_version(1),
            )
            empty = await manager.patch(where, json={}, headers=at_version(2))
            taken = await manager.patch(where, json={"name": None}, headers=at_version(2))

        assert problem(stale) == (412, "changed-meanwhile")
        assert (done.json()["duties"], done.headers["ETag"]) == ("cook", '"2"')
        assert problem(empty) == problem(taken) == (422, "invalid-request")
        before = await owner.fetchval(
            "SELECT before ->> 'duties' FROM audit_entries WHERE act = 'staff_member.changed'"
        )
        assert before == "tutor"

    async def test_who_has_left_stays_on_record_and_is_changed_no_more(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        tutor = await add_staff_member(owner, record, started_on=YESTERDAY)
        where = f"{record.address}/staff/{tutor}"
        early = (TODAY - timedelta(days=9)).isoformat()
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            before = await manager.post(
                f"{where}/ending", json={"on": early}, headers=at_version(1)
            )
            gone = await manager.post(
                f"{where}/ending", json={"on": TODAY.isoformat()}, headers=at_version(1)
            )
            again = await check(manager, where, "identity")
            present = (await manager.get(f"{record.address}/staff-checks")).json()
            everybody = (await manager.get(f"{record.address}/staff-checks?left=true")).json()

        assert problem(before) == (422, "invalid-request")
        assert (gone.status_code, gone.json()["due"]) == (200, [])
        assert problem(again) == (409, "staff-member-left")
        assert (present["members"], present["counts"]["members"]) == ([], 0)
        assert len(everybody["members"]) == 1


class TestWhoMay:
    async def test_owner_and_officer_read_and_only_the_owner_s_manager_writes(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        tutor = await add_staff_member(owner, record)
        analyst = await add_member(owner, record.manager.organisation_id, Role.ANALYST)
        officer = await add_officer(owner, Role.PROVIDER_MANAGER)
        elsewhere = await add_officer(owner, Role.PROVIDER_MANAGER, la_code="937")
        where = f"{record.address}/staff/{tutor}"
        async with browsers(settings, owner, tmp_path, analyst, officer, elsewhere) as clients:
            read = [await one.get(where) for one in clients]
            added = [await add(one, record) for one in clients]
            checked = [await check(one, where, "identity") for one in clients]

        assert [answer.status_code for answer in read] == [200, 200, 404]
        refused = [
            *((403, "not-permitted"), (403, "record-not-yours"), (404, "provider-not-found"))
        ]
        assert [problem(answer) for answer in added] == refused
        assert [problem(answer) for answer in checked] == refused

    async def test_somebody_of_another_provider_is_not_here(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        other = await add_owned_record(owner, "Example Second", manager=record.manager)
        tutor = await add_staff_member(owner, other)
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            answer = await manager.get(f"{record.address}/staff/{tutor}")
            checked = await check(manager, f"{record.address}/staff/{tutor}", "identity")

        assert problem(answer) == (404, "staff-member-not-found")
        assert problem(checked) == (404, "staff-member-not-found")
