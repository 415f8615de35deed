import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import asyncpg
import pytest
from pydantic import SecretStr

from app import clock
from app.access import WORKER, Role
from app.config import Settings
from app.db.transactions import Database, transaction
from app.handlers import jobs
from app.keyring.ring import load as load_keyring
from app.notifications.reminders import PAST, REMIND, step_of
from app.outbox.terms import JobHandlers
from app.providers.evidence import add_months
from app.values.uuid7 import uuid7
from tests.factories.evidence import add_document
from tests.factories.people import add_member, insert
from tests.factories.records import OwnedRecord, add_owned_record
from tests.notifications.mail_servers import HOST, Received, mail_server

LAST = clock.today() + timedelta(days=100)
"""The last day of the document reminded of."""


@dataclass
class Mornings:
    """A worker on any morning, and where its messages arrive."""

    database: Database
    owner: asyncpg.Connection
    handlers: JobHandlers
    received: Received

    async def come(self, day: date) -> list[str]:
        """Remind on a morning and send everything; return the subjects that arrived since."""
        before = len(self.received.messages)
        with clock.at(datetime.combine(day, time(7, 30), UTC)):
            async with transaction(self.database, WORKER) as session:
                await self.handlers[REMIND](session, {})
            await self.send()
        return [str(message["Subject"]) for message in self.received.messages[before:]]

    async def send(self) -> None:
        rows = await self.owner.fetch("SELECT id, kind, payload FROM jobs ORDER BY id")
        for row in rows:
            async with transaction(self.database, WORKER) as session:
                await self.handlers[row["kind"]](session, json.loads(row["payload"]))
            await self.owner.execute("DELETE FROM jobs WHERE id = $1", row["id"])


@pytest.fixture
async def mornings(
    settings: Settings, database: Database, owner: asyncpg.Connection
) -> AsyncIterator[Mornings]:
    received = Received()
    async with mail_server(received) as port:
        changed = settings.model_copy(
            update={
                "smtp_url": SecretStr(f"smtp://{HOST}:{port}"),
                "public_url": "https://register.example.org",
                "mail_from": "register@example.org",
            }
        )
        handlers = jobs(changed, load_keyring(settings.keyring_path))
        yield Mornings(database, owner, handlers, received)


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner)


class TestStepOf:
    @pytest.mark.parametrize(
        ("before", "step"), [(61, None), (60, 60), (31, 60), (30, 30), (7, 7), (0, 7), (-1, PAST)]
    )
    def test_it_is_the_newest_reminder_that_is_due(self, before: int, step: int | None) -> None:
        assert step_of(LAST - timedelta(days=before), LAST, [60, 30, 7]) == step


class TestDocuments:
    async def test_each_reminder_comes_once_and_then_word_that_it_is_out_of_date(
        self, owner: asyncpg.Connection, record: OwnedRecord, mornings: Mornings
    ) -> None:
        await add_document(owner, record, title="Example insurance", current_until=LAST)
        came = {}
        for before in (61, 60, 59, 45, 30, 29, 8, 7, 0, -1, -2):
            subjects = await mornings.come(LAST - timedelta(days=before))
            came[before] = len(subjects)

        assert {before for before, count in came.items() if count} == {60, 30, 7, -1}
        assert set(came.values()) == {0, 1}
        first, *_, last = mornings.received.messages
        assert "Example insurance" in first.get_content()
        assert "https://register.example.org/sign-in" in first.get_content()
        assert first["Subject"].startswith("Evidence ends on")
        words = " ".join(last.get_content().split())
        grace = LAST + timedelta(days=28)
        assert "out of date" in words
        assert f"before the end of {grace.day} {grace:%B %Y}" in words

    async def test_after_days_with_nobody_there_only_the_newest_is_sent(
        self, owner: asyncpg.Connection, record: OwnedRecord, mornings: Mornings
    ) -> None:
        await add_document(owner, record, current_until=LAST)

        assert len(await mornings.come(LAST - timedelta(days=6))) == 1
        assert await mornings.come(LAST - timedelta(days=5)) == []

    async def test_what_was_renewed_is_not_reminded_of_any_more(
        self, owner: asyncpg.Connection, record: OwnedRecord, mornings: Mornings
    ) -> None:
        old = await add_document(owner, record, current_until=LAST)
        assert len(await mornings.come(LAST - timedelta(days=60))) == 1

        await add_document(owner, record, current_until=LAST + timedelta(days=365), replaces_id=old)

        for before in (30, 7, -1):
            assert await mornings.come(LAST - timedelta(days=before)) == []

    async def test_what_was_renewed_between_asking_and_sending_is_not_sent(
        self, owner: asyncpg.Connection, record: OwnedRecord, mornings: Mornings
    ) -> None:
        await add_document(owner, record, current_until=LAST)
        with clock.at(datetime.combine(LAST - timedelta(days=60), time(7, 30), UTC)):
            async with transaction(mornings.database, WORKER) as session:
                await mornings.handlers[REMIND](session, {})
        await add_document(owner, record, current_until=None)

        await mornings.send()

        assert mornings.received.messages == []

    @pytest.mark.parametrize("columns", ["withdrawn", "elsewhere"])
    async def test_only_a_renewal_that_counts_there_silences_it(
        self,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        mornings: Mornings,
        columns: str,
    ) -> None:
        later = LAST + timedelta(days=365)
        await add_document(owner, record, current_until=LAST)
        if columns == "withdrawn":
            gone: dict[str, Any] = {"withdrawn_at": clock.now(), "withdrawn_reason": "a mistake"}
            await add_document(owner, record, current_until=later, **gone)
        else:
            await add_document(owner, record, current_until=later, site_id=record.site_id)

        assert len(await mornings.come(LAST - timedelta(days=60))) == 1

    async def test_it_goes_to_who_keeps_the_record_and_to_nobody_else(
        self, owner: asyncpg.Connection, record: OwnedRecord, mornings: Mornings
    ) -> None:
        theirs = record.manager.organisation_id
        administrator = await add_member(owner, theirs, Role.ADMINISTRATOR)
        await add_member(owner, theirs, Role.ANALYST)
        gone = await add_member(owner, theirs, Role.PROVIDER_MANAGER)
        await owner.execute(
            "UPDATE memberships SET ended_at = now() WHERE id = $1", gone.membership_id
        )
        blocked = await add_member(owner, theirs, Role.PROVIDER_MANAGER)
        await owner.execute("UPDATE people SET blocked_at = now() WHERE id = $1", blocked.person_id)
        await add_document(owner, record, current_until=LAST)

        await mornings.come(LAST - timedelta(days=60))

        wanted = await owner.fetch(
            "SELECT email FROM person_contacts WHERE person_id = ANY($1)",
            [record.manager.person_id, administrator.person_id],
        )
        reached = sorted(one for each in mornings.received.recipients for one in each)
        assert reached == sorted(row["email"] for row in wanted)


class TestConfirmation:
    async def test_the_yearly_word_is_asked_for_thirty_and_seven_days_before(
        self, owner: asyncpg.Connection, record: OwnedRecord, mornings: Mornings
    ) -> None:
        confirmed = clock.today() + timedelta(days=1)
        said = {"person_id": record.manager.person_id, "person_name": "Example Manager"}
        await insert(
            owner,
            "provider_confirmations",
            {"id": uuid7(), "provider_id": record.id, "confirmed_on": confirmed}
            | said
            | {"recorded_at": clock.now()},
        )
        due = add_months(confirmed, 12)
        came = {
            before: len(await mornings.come(due - timedelta(days=before)))
            for before in (31, 30, 29, 8, 7, 6, 0, -1)
        }

        assert came == {31: 0, 30: 1, 29: 0, 8: 0, 7: 1, 6: 0, 0: 0, -1: 0}
        assert mornings.received.messages[0]["Subject"].startswith("Please confirm by")

    @pytest.mark.usefixtures("record")
    async def test_who_never_confirmed_is_asked_a_year_after_they_took_it_over(
        self, owner: asyncpg.Connection, mornings: Mornings
    ) -> None:
        due = add_months(clock.today(), 12)

        assert len(await mornings.come(due - timedelta(days=30))) == 1
        await owner.execute("UPDATE provider_owners SET ended_at = now()")
        assert await mornings.come(due - timedelta(days=7)) == []
