"""What becomes public of listings, evidence and what is vouched for; and what never does."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import asyncpg
import orjson

from app import clock
from app.access import OPERATOR, WORKER
from app.db.events import announce
from app.db.transactions import Database, reading, transaction
from app.organisations.terms import OrganisationKind
from app.providers.events import ProviderChanged
from app.providers.service.recording import Recorded
from app.providers.terms import Status
from app.register.publishing import publish, publish_neighbour
from app.register.queries.checks import PUBLIC_TABLES
from app.register.verifying import stale_documents
from app.values.uuid7 import uuid7
from tests.factories.people import add_organisation, add_person, insert
from tests.factories.providers import make_provider, move_to, put_on_register, record
from tests.migrations.cast import assemble
from tests.register.looking import entries, newest_records

SECRET = "xyzzyplugh"
PUBLIC_COLUMNS = {
    ("providers", "name"),
    ("providers", "website"),
    ("providers", "public_email"),
    ("providers", "public_phone"),
    ("provider_names", "name"),
    ("provider_identifiers", "scheme"),
    ("provider_identifiers", "value"),
    ("sites", "name"),
    ("sites", "run_by"),
    ("sites", "town"),
    ("sites", "postcode"),
    ("sites", "la_code"),
    ("sites", "location_precision"),
    ("offers", "programme"),
    ("listings", "la_code"),
}
"""Texts that the public may read; every other of a provider's is a secret here."""


async def come_to(database: Database, held: Recorded, day: date) -> None:
    """Let a day come, and the service look at a provider as it does at midnight."""
    with clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
        async with transaction(database, OPERATOR) as session:
            announce(session, ProviderChanged(held.id))


async def decide(owner: asyncpg.Connection, held: Recorded, state: str, on: date) -> None:
    """Decide that a provider's listing stands otherwise from a later day on."""
    listing = await owner.fetchval("SELECT id FROM listings WHERE provider_id = $1", held.id)
    move = {"id": uuid7(), "listing_id": listing, "to_state": state, "effective_on": on}
    by = {"actor_kind": "operator", "actor_name": SECRET, "reason": SECRET}
    why = {"public_reason": "being-looked-into", "recorded_at": clock.now()}
    await insert(owner, "listing_moves", move | by | why)
    await owner.execute(
        "UPDATE listings SET next_state = $2, next_on = $3 WHERE id = $1", listing, state, on
    )


async def add_owner(owner: asyncpg.Connection, held: Recorded) -> None:
    organisation = await add_organisation(owner, SECRET, OrganisationKind.PROVIDER_OWNER)
    row = {"id": uuid7(), "provider_id": held.id, "organisation_id": organisation}
    await insert(owner, "provider_owners", row | {"began_at": clock.now()})


async def effective_days(owner: asyncpg.Connection) -> list[date]:
    rows = await owner.fetch("SELECT effective_on FROM ledger_entries ORDER BY entry")
    return [row["effective_on"] for row in rows]


async def test_a_decision_for_a_later_day_is_two_entries_announced_then_effective(
    database: Database, owner: asyncpg.Connection
) -> None:
    today = clock.today()
    later = today + timedelta(days=30)
    (held,) = await put_on_register(database, make_provider())
    await decide(owner, held, "suspended", later)
    await come_to(database, held, today)
    await come_to(database, held, today + timedelta(days=29))
    await come_to(database, held, later)

    (_, _, first), (_, _, announced), (_, _, effective) = await entries(owner)
    assert first["valid_until"] is None
    assert announced["status"]["code"] == "listed"
    assert announced["sites"][0]["listing"]["announced"] == {
        "status": "suspended",
        "from": later.isoformat(),
        "reason": "being-looked-into",
    }
    assert announced["valid_until"] == (later - timedelta(days=1)).isoformat()
    assert effective["status"] == {"code": "suspended", "since": later.isoformat()}
    assert effective["sites"][0]["listing"]["announced"] is None
    assert (await effective_days(owner))[1:] == [today, later]
    sites = await owner.fetch("SELECT status FROM register_sites")
    assert [row["status"] for row in sites] == ["suspended"]


async def test_what_time_alone_changed_holds_from_its_own_day_even_when_the_service_is_late(
    database: Database, owner: asyncpg.Connection
) -> None:
    today = clock.today()
    shut = today + timedelta(days=10)
    (held,) = await put_on_register(database, make_provider())
    offer = "UPDATE offers SET ended_on = $1"
    await owner.execute(offer, shut)
    await come_to(database, held, today)
    changes_on = await owner.fetchval("SELECT changes_on FROM providers")
    await come_to(database, held, shut + timedelta(days=3))

    *_, (_, _, announced), (_, _, ended) = await entries(owner)
    assert changes_on == shut
    assert announced["sites"][0]["offers"][0]["ends_on"] == shut.isoformat()
    assert ended["sites"][0]["offers"] == []
    assert (await effective_days(owner))[-1] == shut


async def test_an_expired_document_shows_by_itself_with_its_grace(
    database: Database, owner: asyncpg.Connection
) -> None:
    today = clock.today()
    last_day = today + timedelta(days=5)
    (held,) = await put_on_register(database, make_provider())
    person = await add_person(owner)
    paper = {"id": uuid7(), "provider_id": held.id, "kind": "public-liability-insurance"}
    dated = {"title": SECRET, "insurer": SECRET, "current_until": last_day}
    added = {"added_by": person, "added_at": clock.now(), "version": 1}
    await insert(owner, "documents", paper | dated | added)
    await come_to(database, held, today)
    await come_to(database, held, last_day + timedelta(days=1))

    *_, (_, _, before), (_, _, after) = await entries(owner)
    assert before["evidence"]["status"] == "current"
    assert before["valid_until"] == last_day.isoformat()
    assert before["next"]["evidence"] == "out-of-date"
    assert after["evidence"]["status"] == "out-of-date"
    assert after["evidence"]["since"] == (last_day + timedelta(days=1)).isoformat()
    assert after["status"]["code"] == "listed"
    assert (await effective_days(owner))[-1] == last_day + timedelta(days=1)


async def test_what_is_vouched_for_is_read_with_its_days_and_nobodys_name(
    database: Database, owner: asyncpg.Connection
) -> None:
    identifiers = [{"scheme": "ukprn", "value": "10000001"}, {"scheme": "ukprn", "value": "2"}]
    (held,) = await put_on_register(database, make_provider(identifiers=identifiers))
    person = await add_person(owner, SECRET)
    of: dict[str, Any] = {"provider_id": held.id, "person_id": person, "person_name": SECRET}
    rows = await owner.fetch("SELECT id FROM provider_identifiers ORDER BY value DESC")
    for number, (right, day) in enumerate([(True, 1), (False, 2)]):
        for row in rows[number:]:
            seen = {"subject_kind": "identifier", "subject_id": row["id"], "held": right}
            dated = {"verified_on": date(2026, 9, day), "recorded_at": clock.now()}
            await insert(
                owner,
                "provider_verifications",
                {"id": uuid7(), "how": "seen", "note": SECRET} | seen | dated | of,
            )
    await add_owner(owner, held)
    for day in (3, 5, 4):
        confirmed = {"confirmed_on": date(2026, 9, day), "recorded_at": clock.now()}
        await insert(owner, "provider_confirmations", {"id": uuid7()} | confirmed | of)
    for given in (False, True):
        consent = {"id": uuid7(), "given": given, "recorded_at": clock.now()}
        await insert(owner, "provider_consents", consent | of)
    await owner.execute("UPDATE providers SET website = 'https://example.org'")
    await come_to(database, held, clock.today())

    published = (await newest_records(owner))[held.number]
    verified = {one["value"]: one["verified_on"] for one in published["identifiers"]}
    assert verified == {"2": "2026-09-01", "10000001": None}
    assert published["confirmed_on"] == "2026-09-05"
    assert published["contact"]["website"] == "https://example.org"
    assert SECRET.encode() not in orjson.dumps(published)

    await owner.execute("UPDATE provider_owners SET ended_at = now()")
    await add_owner(owner, held)
    await come_to(database, held, clock.today())
    of_another = (await newest_records(owner))[held.number]
    assert (of_another["contact"], of_another["confirmed_on"]) == (None, None)


async def test_a_provider_that_is_only_known_is_named_once_it_is_public(
    database: Database, owner: asyncpg.Connection
) -> None:
    (after,) = await put_on_register(database, make_provider("After"))
    (before,) = await record(database, make_provider("Before"))
    link = {"id": uuid7(), "predecessor_id": before.id, "successor_id": after.id}
    await insert(owner, "provider_links", link | {"reason": SECRET, "recorded_at": clock.now()})
    await come_to(database, after, clock.today())
    assert (await newest_records(owner))[after.number]["predecessors"] == []

    await move_to(database, before, Status.LISTED)
    (asked,) = await owner.fetch("SELECT payload FROM jobs WHERE kind = 'register.neighbour'")
    async with transaction(database, WORKER) as session:
        await publish_neighbour(session, orjson.loads(asked["payload"]))

    records = await newest_records(owner)
    assert records[after.number]["predecessors"] == [before.number]
    assert records[before.number]["successors"] == [after.number]


async def test_nothing_of_any_private_table_is_public(
    database: Database, owner: asyncpg.Connection
) -> None:
    await assemble(owner)
    planted = await _plant(owner)
    ids: list[uuid.UUID] = [row["id"] for row in await owner.fetch("SELECT id FROM providers")]
    async with transaction(database, OPERATOR) as session:
        published = await publish(session, dict.fromkeys(ids))

    assert len(published) >= 2
    assert len(planted) > 40
    for table in PUBLIC_TABLES:
        if table.startswith("inspection") or table == "withheld_replies":
            continue  # public in part: `tests/privacy` reads them as the public does
        rows = await owner.fetch(f"SELECT t.* FROM {table} t")  # noqa: S608
        told = b"".join(
            value if isinstance(value, bytes) else str(value).encode()
            for row in rows
            for value in row.values()
        )
        assert SECRET.encode() not in told.lower(), table
    async with reading(database, OPERATOR) as reader:
        assert await stale_documents(reader) == []


async def _plant(owner: asyncpg.Connection) -> list[tuple[str, str]]:
    """List every provider, and write a secret into every text that is not public."""
    await owner.execute(
        "SET session_replication_role = replica; "
        "UPDATE providers SET status = 'listed'; "
        "UPDATE listings SET state = 'listed', listed_on = '2026-09-01'"
    )
    columns = await owner.fetch(
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relrowsecurity "
        "AND a.attnum > 0 AND a.atttypid = 'text'::regtype ORDER BY 1, 2"
    )
    planted = []
    for table, column in columns:
        if (table, column) in PUBLIC_COLUMNS:
            continue
        try:
            async with owner.transaction():
                await owner.execute(f'UPDATE {table} SET "{column}" = $1', SECRET)  # noqa: S608
        except asyncpg.IntegrityConstraintViolationError:
            continue  # of a closed list, or a key
        planted.append((table, column))
    await owner.execute("SET session_replication_role = origin")
    return planted
