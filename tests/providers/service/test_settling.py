"""A provider stands where its listings do, and nobody has to say so."""

import uuid
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from app import clock
from app.access import OPERATOR
from app.db.events import announce
from app.db.transactions import Database, transaction
from app.providers.events import ProviderChanged
from app.providers.terms import Status
from app.values.uuid7 import uuid7
from tests.factories.people import add_member, add_organisation, insert
from tests.factories.providers import (
    LISTED_ON,
    make_provider,
    make_site,
    move_to,
    put_on_register,
    record,
)
from tests.providers.rows import everything_of


async def happens(database: Database, provider_id: uuid.UUID) -> None:
    async with transaction(database, OPERATOR) as session:
        announce(session, ProviderChanged(provider_id))


async def provider_row(owner: asyncpg.Connection, provider_id: uuid.UUID) -> Any:
    return await owner.fetchrow("SELECT * FROM providers WHERE id = $1", provider_id)


async def move_listing(owner: asyncpg.Connection, place: int, state: str, on: date) -> None:
    """Move the listing of a site, as some later service would."""
    listing = await owner.fetchval(
        "SELECT l.id FROM listings l JOIN sites s ON s.id = site_id WHERE reference = $1", place
    )
    move = {"id": uuid7(), "listing_id": listing, "to_state": state, "effective_on": on}
    by = {"actor_kind": "operator", "actor_name": "operator", "reason": "for a test"}
    await insert(owner, "listing_moves", move | by | {"recorded_at": clock.now()})
    await owner.execute(
        "UPDATE listings SET state = $1, state_since = $2 WHERE id = $3", state, on, listing
    )


class TestSettle:
    async def test_the_best_of_its_listings_counts(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await put_on_register(
            database, make_provider("Two", make_site("One"), make_site("Other"))
        )
        await move_listing(owner, 1, "suspended", date(2026, 9, 8))
        await happens(database, held.id)
        assert (await provider_row(owner, held.id))["status"] == "listed"

        await move_listing(owner, 2, "under-review", date(2026, 9, 9))
        await happens(database, held.id)

        row = await provider_row(owner, held.id)
        assert (row["status"], row["status_since"]) == ("under-review", date(2026, 9, 9))
        changes = await everything_of(owner, "provider_status_changes")
        assert [row["status"] for row in changes] == ["listed", "under-review"]

    async def test_it_is_published_as_it_then_stands(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await put_on_register(database, make_provider())
        await move_listing(owner, 1, "removed", date(2026, 9, 9))
        await happens(database, held.id)

        record = await owner.fetchval(
            "SELECT record FROM ledger_bodies ORDER BY entry DESC LIMIT 1"
        )
        assert b'"status":{"code":"removed","since":"2026-09-09"}' in bytes(record)

    async def test_settling_twice_is_settling_once(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await put_on_register(database, make_provider())
        await happens(database, held.id)
        await happens(database, held.id)

        assert len(await everything_of(owner, "provider_status_changes")) == 1

    async def test_whoever_is_only_known_stays_so(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await record(database, make_provider())
        await happens(database, held.id)

        row = await provider_row(owner, held.id)
        assert (row["status"], row["changes_on"]) == ("known", None)
        assert await everything_of(owner, "provider_status_changes") == []

    @pytest.mark.parametrize(("left", "turns"), [(5, 6), (None, None)])
    async def test_the_day_after_a_document_lapses_is_noted(
        self, database: Database, owner: asyncpg.Connection, left: int | None, turns: int | None
    ) -> None:
        today = clock.today()
        (held,) = await put_on_register(database, make_provider())
        organisation = await add_organisation(owner, "Example Owner")
        manager = await add_member(owner, organisation)
        until = today + timedelta(days=left) if left else None
        paper = {"id": uuid7(), "kind": "public-liability-insurance", "title": "Cover"}
        of = {"provider_id": held.id, "expires_on": until, "current_until": until}
        added = {"added_by": manager.person_id, "added_at": clock.now(), "version": 1}
        await insert(owner, "documents", paper | of | added)
        await happens(database, held.id)

        row = await provider_row(owner, held.id)
        assert row["changes_on"] == (today + timedelta(days=turns) if turns else None)

    async def test_a_later_move_starts_a_new_day_and_an_earlier_record_of_it_keeps_the_old(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await put_on_register(database, make_provider())
        await move_to(database, held, Status.SUSPENDED, effective_on=date(2026, 9, 20))

        row = await provider_row(owner, held.id)
        assert (row["status"], row["status_since"]) == ("suspended", date(2026, 9, 20))
        changes = await everything_of(owner, "provider_status_changes")
        assert [row["effective_on"] for row in changes] == [LISTED_ON, date(2026, 9, 20)]
