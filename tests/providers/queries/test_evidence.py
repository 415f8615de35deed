import uuid
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from app import clock
from app.db.transactions import Database, reading
from app.providers.models.providers import Provider
from app.providers.models.sites import Site
from app.providers.queries import evidence
from app.standards.queries import versions
from tests.factories.evidence import (
    add_check,
    add_checked_tutor,
    add_document,
    add_self_evaluation,
    add_staff_member,
)
from tests.factories.people import Member, insert
from tests.factories.records import OwnedRecord, add_officer, add_owned_record, add_site

TODAY = clock.today()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
POLICY = "child-protection-policy"


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner, staff_size="small")


async def missing(
    database: Database, record: OwnedRecord, day: date = TODAY, by: Member | None = None
) -> dict[str, tuple[str, ...]]:
    """Return what is missing by the criterion's number."""
    async with reading(database, (by or record.manager).actor) as session:
        provider = await session.get(Provider, record.id)
        site = await session.get(Site, record.site_id)
        assert provider is not None
        assert site is not None
        found = await evidence.critical_documents_missing(session, provider, site, day)
    return {one.criterion: one.kinds for one in found}


async def self_evaluated(
    database: Database, record: OwnedRecord, site_id: uuid.UUID | None = None
) -> bool:
    async with reading(database, record.manager.actor) as session:
        version = await versions.in_force(session, TODAY)
        assert version is not None
        return await evidence.is_self_evaluated(session, site_id or record.site_id, version.id)


class TestCriticalDocumentsMissing:
    async def test_a_new_record_lacks_something_for_every_critical_criterion_asked_of_it(
        self, database: Database, record: OwnedRecord
    ) -> None:
        found = await missing(database, record)

        assert {"1.1a", "1.2a", "2.1g", "2.5a"} <= found.keys()
        assert found["2.1g"] == ("public-liability-insurance", "employers-liability-insurance")
        assert "1.1c" not in found, "major criteria stop nothing"

    async def test_what_is_asked_is_in_proportion_to_the_site_and_the_provider(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        lone = await add_owned_record(owner, "Example Tutor", staff_size="lone")
        await owner.execute("UPDATE sites SET kind = 'online' WHERE id = $1", lone.site_id)

        found = await missing(database, lone)

        assert "1.1a" in found
        assert found.keys().isdisjoint({"1.1g", "1.6c", "2.5a"})

    @pytest.mark.parametrize(
        ("columns", "counts"),
        [
            ({}, True),
            ({"current_until": TODAY}, True),
            ({"current_until": YESTERDAY}, False),
            ({"issued_on": TODAY, "current_until": TOMORROW}, True),
            ({"issued_on": TOMORROW}, False),
            ({"withdrawn_at": clock.now(), "withdrawn_reason": "a mistake"}, False),
            ({"kind": "behaviour-policy"}, False),
        ],
    )
    async def test_a_document_counts_from_its_own_date_to_its_last_day(
        self,
        database: Database,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        columns: dict[str, Any],
        counts: bool,
    ) -> None:
        await add_document(owner, record, **({"kind": POLICY} | columns))

        assert ("1.2a" not in await missing(database, record)) is counts

    async def test_what_belongs_to_another_site_shows_nothing_here(
        self, database: Database, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        other = await add_site(owner, record.id, 2)
        await add_document(owner, record, "fire-risk-assessment", site_id=other)
        assert "2.5a" in await missing(database, record)

        await add_document(owner, record, "fire-risk-assessment", site_id=record.site_id)
        assert "2.5a" not in await missing(database, record)

    async def test_a_file_that_was_found_infected_shows_nothing_any_more(
        self, database: Database, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        file, present = uuid.uuid4(), clock.now()
        sent = {"id": file, "organisation_id": record.manager.organisation_id, "name": "a.pdf"}
        content = {"media_type": "application/pdf", "size_bytes": 1, "sha256": bytes(32)}
        await insert(
            owner,
            "files",
            sent
            | content
            | {"state": "clean", "received_at": present}
            | {"scanned_at": present, "scanner": "test"},
        )
        await add_document(owner, record, POLICY, file_id=file)
        assert "1.2a" not in await missing(database, record)

        await owner.execute("UPDATE files SET state = 'infected', finding = 'Example'")
        assert "1.2a" in await missing(database, record)

    async def test_before_any_version_is_in_force_nothing_is_asked(
        self, database: Database, record: OwnedRecord
    ) -> None:
        assert await missing(database, record, date(2020, 1, 1)) == {}

    async def test_an_officer_of_the_area_finds_the_same(
        self, database: Database, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        await add_document(owner, record, POLICY)
        officer = await add_officer(owner)

        found = await missing(database, record, by=officer)

        assert found == await missing(database, record)
        assert "1.2a" not in found


class TestStaffChecks:
    async def test_a_complete_record_of_checks_shows_what_it_is_asked_for(
        self, database: Database, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        await add_checked_tutor(owner, record)

        found = await missing(database, record)
        assert found.keys().isdisjoint({"1.1a", "1.1b"})

    async def test_one_tutor_unchecked_and_it_shows_nothing(
        self, database: Database, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        await add_checked_tutor(owner, record)
        await add_staff_member(owner, record, "Example Second Tutor")

        assert "1.1a" in await missing(database, record)

    @pytest.mark.parametrize(
        ("kind", "status", "complete"),
        [
            ("enhanced-dbs", "risk-assessed", True),
            ("enhanced-dbs", "pending", False),
            ("enhanced-dbs", "not-clear", False),
            ("barred-list", "risk-assessed", False),
            ("barred-list", "pending", False),
            ("identity", "not-clear", True),
        ],
    )
    async def test_the_newest_check_of_a_kind_counts(
        self,
        database: Database,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        kind: str,
        status: str,
        complete: bool,
    ) -> None:
        tutor = await add_checked_tutor(owner, record)
        await add_check(owner, record, tutor, kind, status)

        assert ("1.1a" not in await missing(database, record)) is complete

    async def test_who_has_left_or_has_yet_to_come_is_not_asked_about(
        self, database: Database, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        await add_checked_tutor(owner, record)
        await add_staff_member(owner, record, ended_on=TODAY)
        await add_staff_member(owner, record, started_on=TOMORROW)
        await add_staff_member(owner, record, regulated_activity=False)

        assert "1.1a" not in await missing(database, record)
        assert "1.1a" in await missing(database, record, TOMORROW)


class TestSelfEvaluated:
    async def test_only_a_completed_one_of_the_very_site_counts(
        self, database: Database, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        other = await add_site(owner, record.id, 2)
        await add_self_evaluation(owner, record, completed=False)
        assert not await self_evaluated(database, record)

        await add_self_evaluation(owner, record)

        assert await self_evaluated(database, record)
        assert not await self_evaluated(database, record, other)
