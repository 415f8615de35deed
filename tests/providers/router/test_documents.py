import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from app.config import Settings
from app.providers.evidence import add_months
from tests.factories.evidence import add_document
from tests.factories.people import add_member
from tests.factories.records import OwnedRecord, add_officer, add_owned_record
from tests.files.making import pdf
from tests.providers.showing_evidence import (
    TODAY,
    TOMORROW,
    YESTERDAY,
    at_version,
    browsers,
    files_in,
    insurance,
    pointers,
    problem,
    send,
    sent,
)


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner)


class TestSending:
    async def test_a_policy_counts_for_as_long_as_the_standards_let_it(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            answer = await send(manager, record)
            told = answer.json()
            again = await manager.get(answer.headers["Location"])

        assert answer.status_code == 201
        assert answer.headers["ETag"] == '"1"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert again.json() == told
        assert told["state"] == "current"
        assert told["current_until"] == add_months(TODAY, 12).isoformat()
        assert told["file"]["media_type"] == "application/pdf"
        assert told["site"] is None
        act = await owner.fetchrow("SELECT * FROM audit_entries WHERE act = 'document.added'")
        assert act is not None
        assert act["subject_label"] == "Child protection policy"

    async def test_the_file_comes_back_whole_and_is_only_ever_saved(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            document = await sent(manager, record)
            answer = await manager.get(f"{record.address}/documents/{document['id']}/file")

        assert answer.status_code == 200
        assert answer.content == pdf()
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="policy.pdf"')
        assert answer.headers["Cache-Control"] == "no-store"
        acts = await owner.fetch("SELECT act FROM audit_entries WHERE act = 'document.opened'")
        assert acts == [], "its owner's own look is nobody's business"

    async def test_an_insurance_tells_insurer_limit_and_end(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            told = await sent(manager, record, site=1, **insurance())
            bare = await sent(manager, record, **insurance(covers_abuse=None))
            refused = await send(
                manager,
                record,
                **insurance(insurer=None, limit_pence=None, expires_on=None),
            )

        assert (told["insurer"], told["limit_pence"], told["site"]) == (
            "Example Mutual",
            500_000_000,
            1,
        )
        assert told["warnings"] == []
        assert told["current_until"] == told["expires_on"]
        assert "covers claims of abuse" in bare["warnings"][0]
        assert problem(refused) == (422, "document-not-fit")
        assert pointers(refused) == ["/insurer", "/expires_on", "/limit_pence"]

    async def test_an_employer_is_insured_for_at_least_what_the_law_asks(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        cover = insurance(kind="employers-liability-insurance", limit_pence=499_999_999)
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            refused = await send(manager, record, **cover)
            taken = await send(manager, record, **cover | {"limit_pence": 500_000_000})

        assert problem(refused) == (422, "document-not-fit")
        assert "Regulations 1998, regulation 3(1)" in refused.text
        assert taken.status_code == 201
        assert files_in(tmp_path) != []

    @pytest.mark.parametrize(
        ("fields", "pointer"),
        [
            ({"issued_on": None}, "/issued_on"),
            ({"insurer": "Example Mutual"}, "/insurer"),
            ({"limit_pence": 1}, "/limit_pence"),
            ({"covers_abuse": "true"}, "/covers_abuse"),
            ({"expires_on": YESTERDAY.isoformat()}, "/expires_on"),
            ({"issued_on": (TODAY + timedelta(days=400)).isoformat()}, "/issued_on"),
            ({"kind": "staff-checks-record"}, "/kind"),
            ({"kind": "self-evaluation"}, "/kind"),
        ],
    )
    async def test_what_does_not_fit_is_refused_and_nothing_kept(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        tmp_path: Path,
        fields: dict[str, Any],
        pointer: str,
    ) -> None:
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            answer = await send(manager, record, **fields)

        assert problem(answer) == (422, "document-not-fit")
        assert pointer in pointers(answer)
        assert await owner.fetchval("SELECT count(*) FROM files") == 0
        assert files_in(tmp_path) == []

    @pytest.mark.parametrize(
        ("field", "text"),
        [
            ("title", "DBS certificate 001234567890"),
            ("title", "Check 0012 3456 7890"),
            ("title", "Check 001-234-567-890"),
            ("insurer", "001234567890"),
        ],
    )
    async def test_the_number_of_a_certificate_is_refused_in_words(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        tmp_path: Path,
        field: str,
        text: str,
    ) -> None:
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            answer = await send(manager, record, **insurance() | {field: text})

        assert problem(answer) == (422, "invalid-request")
        assert pointers(answer) == [f"/{field}"]
        assert "never kept" in answer.text

    async def test_a_file_that_cannot_be_taken_leaves_nothing_behind(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            answers = [
                await send(manager, record, data)
                for data in (pdf()[:-40], b"MZ no document", pdf() + b"MZ and more")
            ]

        assert [answer.status_code for answer in answers] == [422, 415, 422]
        assert await owner.fetchval("SELECT count(*) FROM documents") == 0
        assert await owner.fetchval("SELECT count(*) FROM files") == 0
        assert files_in(tmp_path) == []

    async def test_the_same_form_under_the_same_key_is_one_document(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            first, again = [await send(manager, record, key="one") for _ in range(2)]

        assert first.json() == again.json()
        assert again.headers["Idempotency-Replayed"] == "true"
        assert await owner.fetchval("SELECT count(*) FROM documents") == 1

    async def test_a_site_must_be_one_of_the_provider_s(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            answer = await send(manager, record, site=9)

        assert problem(answer) == (404, "site-not-found")
        assert pointers(answer) == ["/site"]


class TestReplacing:
    async def test_a_renewal_takes_the_place_of_what_it_renews(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            old = await sent(manager, record, **insurance())
            new = await sent(manager, record, replaces=old["id"], **insurance())
            shown = (await manager.get(f"{record.address}/documents/{old['id']}")).json()
            twice = await send(manager, record, replaces=old["id"], **insurance())
            other = await send(manager, record, replaces=new["id"])
            nowhere = await send(manager, record, replaces=uuid.uuid4(), **insurance())

        assert new["replaces"] == old["id"]
        assert shown["replaced_by"] == new["id"]
        assert problem(twice) == (409, "document-replaced")
        assert problem(other) == (422, "document-not-fit")
        assert problem(nowhere) == (404, "document-not-found")

    async def test_once_the_renewal_was_withdrawn_another_may_take_the_place(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            old = await sent(manager, record)
            wrong = await sent(manager, record, replaces=old["id"])
            await manager.post(
                f"{record.address}/documents/{wrong['id']}/withdrawal",
                json={"reason": "the wrong file"},
                headers=at_version(1),
            )
            right = await send(manager, record, replaces=old["id"])

        assert right.status_code == 201


class TestWithdrawal:
    async def test_what_is_withdrawn_stays_on_record_with_its_reason(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            document = await sent(manager, record)
            where = f"{record.address}/documents/{document['id']}"
            why = {"reason": "an older draft"}
            stale = await manager.post(f"{where}/withdrawal", json=why, headers=at_version(7))
            done = await manager.post(f"{where}/withdrawal", json=why, headers=at_version(1))
            twice = await manager.post(f"{where}/withdrawal", json=why, headers=at_version(2))
            file = await manager.get(f"{where}/file")

        assert problem(stale) == (412, "changed-meanwhile")
        assert (done.status_code, done.headers["ETag"]) == (200, '"2"')
        assert (done.json()["state"], done.json()["withdrawn_reason"]) == (
            "withdrawn",
            "an older draft",
        )
        assert problem(twice) == (409, "document-withdrawn")
        assert file.content == pdf()
        assert await owner.fetchval("SELECT count(*) FROM documents") == 1

    async def test_a_reason_is_needed_and_holds_no_certificate_s_number(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        document = await add_document(owner, record)
        where = f"{record.address}/documents/{document}/withdrawal"
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            for reason in ("", "  ", "it shows 001234567890"):
                answer = await manager.post(where, json={"reason": reason}, headers=at_version(1))
                assert problem(answer) == (422, "invalid-request")


class TestStates:
    @pytest.mark.parametrize(
        ("columns", "state"),
        [
            ({"current_until": TODAY + timedelta(days=61)}, "current"),
            ({"current_until": TODAY + timedelta(days=60)}, "expiring"),
            ({"current_until": TODAY}, "expiring"),
            ({"current_until": YESTERDAY}, "out-of-date"),
            ({"issued_on": TOMORROW}, "not-yet"),
        ],
    )
    async def test_a_document_says_where_it_stands_today(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        tmp_path: Path,
        columns: dict[str, Any],
        state: str,
    ) -> None:
        await add_document(owner, record, **columns)
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            page = (await manager.get(f"{record.address}/documents")).json()

        assert [one["state"] for one in page["items"]] == [state]

    @pytest.mark.parametrize(
        ("moment", "state"),
        [
            pytest.param(datetime(2027, 6, 30, 22, 59, tzinfo=UTC), "expiring", id="23:59-summer"),
            pytest.param(datetime(2027, 6, 30, 23, 1, tzinfo=UTC), "out-of-date", id="00:01"),
        ],
    )
    async def test_its_day_ends_at_midnight_in_london(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        tmp_path: Path,
        moment: datetime,
        state: str,
    ) -> None:
        await add_document(owner, record, current_until=date(2027, 6, 30))
        with clock.at(moment):
            async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
                page = (await manager.get(f"{record.address}/documents")).json()

        assert [one["state"] for one in page["items"]] == [state]

    async def test_the_list_goes_page_by_page_and_by_kind_and_site(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        made = [await add_document(owner, record, "curriculum") for _ in range(3)]
        made.append(await add_document(owner, record, "timetable", site_id=record.site_id))
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            seen, where = [], f"{record.address}/documents?limit=3"
            while where:
                page = (await manager.get(where)).json()
                seen += [one["id"] for one in page["items"]]
                where = page["links"]["next"]
            kinds = await manager.get(f"{record.address}/documents?kind=timetable")
            sites = await manager.get(f"{record.address}/documents?site=1")
            unknown = await manager.get(f"{record.address}/documents?kind=passport")

        assert seen == sorted((str(one) for one in made), reverse=True)
        assert [one["id"] for one in kinds.json()["items"]] == [str(made[3])]
        assert [one["id"] for one in sites.json()["items"]] == [str(made[3])]
        assert problem(unknown) == (422, "invalid-request")


class TestWhoMay:
    async def test_an_officer_of_the_area_sees_everything_and_changes_nothing(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        officer = await add_officer(owner, Role.ASSESSOR, Role.PROVIDER_MANAGER)
        async with browsers(settings, owner, tmp_path, record.manager, officer) as (
            manager,
            assessor,
        ):
            document = await sent(manager, record)
            where = f"{record.address}/documents/{document['id']}"
            seen = await assessor.get(where)
            opened = await assessor.get(f"{where}/file")
            added = await send(assessor, record)
            withdrawn = await assessor.post(
                f"{where}/withdrawal", json={"reason": "no"}, headers=at_version(1)
            )

        assert seen.json() == document
        assert opened.content == pdf()
        assert problem(added) == (403, "record-not-yours")
        assert problem(withdrawn) == (403, "record-not-yours")
        act = await owner.fetchrow("SELECT * FROM audit_entries WHERE act = 'document.opened'")
        assert act is not None
        assert act["actor_id"] == officer.person_id
        assert act["subject_organisation_id"] == record.manager.organisation_id

    async def test_an_officer_elsewhere_and_another_owner_find_nothing(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        document = await add_document(owner, record)
        elsewhere = await add_officer(owner, la_code="937")
        other = await add_owned_record(owner, "Example Rival")
        async with browsers(settings, owner, tmp_path, elsewhere, other.manager) as clients:
            for client in clients:
                for path in ("", f"/{document}", f"/{document}/file"):
                    answer = await client.get(f"{record.address}/documents{path}")
                    assert problem(answer) == (404, "provider-not-found")
            assert problem(await send(clients[1], record)) == (404, "provider-not-found")

    async def test_the_owner_s_analyst_looks_and_sends_nothing(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        analyst = await add_member(owner, record.manager.organisation_id, Role.ANALYST)
        document = await add_document(owner, record)
        async with browsers(settings, owner, tmp_path, analyst) as (client,):
            seen = await client.get(f"{record.address}/documents/{document}")
            file = await client.get(f"{record.address}/documents/{document}/file")
            refused = await send(client, record)

        assert seen.status_code == 200
        assert problem(file) == (404, "file-missing")
        assert problem(refused) == (403, "not-permitted")

    async def test_a_document_of_another_provider_is_not_here(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        other = await add_owned_record(owner, "Example Second", manager=record.manager)
        document = await add_document(owner, other)
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            answer: httpx.Response = await manager.get(f"{record.address}/documents/{document}")

        assert problem(answer) == (404, "document-not-found")
