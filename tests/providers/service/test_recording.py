from dataclasses import replace
from datetime import UTC, date, datetime

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from app import clock
from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.providers.errors import (
    CONSTRAINT_ERRORS,
    MoveNotAllowedError,
    NumbersUsedUpError,
    ProviderNotFoundError,
    ProviderWithoutSiteError,
)
from app.providers.events import ProviderChanged
from app.providers.schemas.recording import NewIdentifier
from app.providers.service import recording as service
from app.providers.service.recording import Move, Recorded, Rename
from app.providers.terms import MOVES, Scheme, Status
from app.values.provider_number import LARGEST, provider_number
from app.values.uuid7 import uuid7
from tests.factories.providers import (
    LISTED_ON,
    commissioner,
    make_known_by,
    make_offer,
    make_provider,
    make_site,
    move_to,
    put_on_register,
    record,
)
from tests.providers.rows import everything_of

NIGHT_IN_SUMMER = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)


def silent(database: Database) -> Database:
    """The same database, where nothing is published."""
    return replace(database, handlers={ProviderChanged: ()})


class TestRecordProviders:
    async def test_each_is_known_from_today_under_a_number_of_its_own_in_the_order_given(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        with clock.at(NIGHT_IN_SUMMER):
            recorded = await record(database, make_provider("B"), make_provider("A"))

        assert [held.number for held in recorded] == [provider_number(1), provider_number(2)]
        rows = await everything_of(owner, "providers")
        assert [(row["id"], row["number"], row["name"]) for row in rows] == [
            (recorded[0].id, recorded[0].number, "B"),
            (recorded[1].id, recorded[1].number, "A"),
        ]
        assert {(row["status"], row["status_since"], row["recorded_at"]) for row in rows} == {
            ("known", date(2026, 7, 1), NIGHT_IN_SUMMER)
        }

    async def test_everything_said_is_kept(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        offer = make_offer(key_stages=(3, 4), needs=("SEMH", "ASD"), hours_per_week="12.5")
        given = make_provider(
            "Example Forge",
            make_site("First", offers=(offer, make_offer("Farming"))),
            make_site("Second", location=None, offers=(), opened_on=date(2020, 1, 1)),
            other_names=[{"name": "Forge", "kind": "trading"}],
            identifiers=[{"scheme": "ukprn", "value": "10000001"}],
            known_by=[make_known_by(list_reference="7", listed_as="Tuition")],
        )
        (held,) = await record(database, given)

        sites = await everything_of(owner, "sites")
        assert [(site["provider_id"], site["reference"], site["name"]) for site in sites] == [
            (held.id, 1, "First"),
            (held.id, 2, "Second"),
        ]
        assert sites[0]["address_lines"] == ["1 Example Street"]
        points = [(site["easting"], site["northing"], site["location_precision"]) for site in sites]
        assert points == [(433_000, 279_000, "postcode"), (None, None, None)]
        assert sites[1]["opened_on"] == date(2020, 1, 1)
        offers = await everything_of(owner, "offers")
        assert [(one["site_id"], one["programme"]) for one in offers] == [
            (sites[0]["id"], "Blacksmithing"),
            (sites[0]["id"], "Farming"),
        ]
        assert (
            offers[0]
            | offer.model_dump()
            | {
                "key_stages": [3, 4],
                "needs": ["SEMH", "ASD"],
            }
            == offers[0]
        )
        (line,) = await everything_of(owner, "provider_known_by")
        assert (line["la_code"], line["list_reference"], line["listed_as"]) == (
            "331",
            "7",
            "Tuition",
        )
        (name,) = await everything_of(owner, "provider_names")
        assert (name["name"], name["kind"], name["until"]) == ("Forge", "trading", None)
        (identifier,) = await everything_of(owner, "provider_identifiers")
        assert (identifier["scheme"], identifier["value"]) == ("ukprn", "10000001")

    async def test_none_is_recorded_when_numbers_run_out(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await owner.execute("SELECT setval('provider_numbers', $1)", LARGEST - 1)

        with pytest.raises(NumbersUsedUpError):
            await record(database, make_provider(), make_provider())

        assert await everything_of(owner, "providers") == []

    async def test_the_last_number_can_be_given(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await owner.execute("SELECT setval('provider_numbers', $1)", LARGEST - 1)

        assert [held.number for held in await record(database, make_provider())] == [
            provider_number(LARGEST)
        ]

    async def test_a_number_is_never_given_again(self, database: Database) -> None:
        async def fail() -> None:
            async with transaction(database, OPERATOR) as session:
                await service.record_providers(session, OPERATOR, [make_provider()])
                raise RuntimeError("planted")

        with pytest.raises(RuntimeError, match="planted"):
            await fail()

        assert [held.number for held in await record(database, make_provider())] == [
            provider_number(2)
        ]

    async def test_nothing_to_record_is_nothing_recorded(self, database: Database) -> None:
        assert await record(database) == []

    async def test_the_same_identifier_twice_has_a_name_of_its_own(
        self, database: Database
    ) -> None:
        identifier = NewIdentifier(scheme=Scheme.UKPRN, value="10000001")

        with pytest.raises(IntegrityError) as refused:
            await record(database, make_provider(identifiers=[identifier, identifier]))

        assert refused.value.orig is not None
        cause = refused.value.orig.__cause__
        assert isinstance(cause, asyncpg.UniqueViolationError)
        assert cause.constraint_name in CONSTRAINT_ERRORS

    async def test_a_past_can_be_brought_along_for_a_demonstration(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async with transaction(silent(database), OPERATOR) as session:
            await service.record_providers(
                session, OPERATOR, [make_provider()], simulated_at=[NIGHT_IN_SUMMER]
            )

        (row,) = await everything_of(owner, "providers")
        assert (row["recorded_at"], row["status_since"]) == (NIGHT_IN_SUMMER, date(2026, 7, 1))

    async def test_somebody_signed_in_may_not(self, database: Database) -> None:
        async def try_it() -> None:
            async with transaction(database, commissioner("331")) as session:
                await service.record_providers(session, commissioner("331"), [make_provider()])

        with pytest.raises(DBAPIError, match="permission denied"):
            await try_it()


class TestMoveProviders:
    async def test_every_status_leads_where_it_may_and_nowhere_else(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        held = dict(
            zip(Status, await record(database, *[make_provider()] * len(Status)), strict=True)
        )
        for status, one in held.items():
            await owner.execute("UPDATE providers SET status = $1 WHERE id = $2", status, one.id)

        done = {
            (here, there)
            for here in Status
            for there in Status
            if await self.can_move(silent(database), held[here], there)
        }

        assert done == {(here, there) for here, leads in MOVES.items() for there in leads}

    async def can_move(self, database: Database, held: Recorded, status: Status) -> bool:
        """Try a move and undo it."""

        async def attempt() -> None:
            async with transaction(database, OPERATOR) as session:
                move = Move(held.id, status, LISTED_ON, "for a test")
                await service.move_providers(session, OPERATOR, [move])
                raise _EnoughError

        try:
            await attempt()
        except MoveNotAllowedError:
            return False
        except _EnoughError:
            pass
        return True

    async def test_the_refusal_says_what_is_allowed(self, database: Database) -> None:
        (held,) = await put_on_register(database, make_provider(), status=Status.CLOSED)

        with pytest.raises(MoveNotAllowedError) as refused:
            await move_to(database, held, Status.LISTED)

        assert refused.value.detail == f"{held.number} is closed; it cannot become listed."
        assert refused.value.facts == {"number": held.number, "status": "closed", "allowed": []}

    async def test_one_that_may_not_keeps_the_others_from_moving(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        one, other = await record(database, make_provider(), make_provider())

        async def move_both() -> None:
            async with transaction(database, OPERATOR) as session:
                moves = [
                    Move(one.id, Status.LISTED, LISTED_ON, "for a test"),
                    Move(other.id, Status.REMOVED, LISTED_ON, "for a test"),
                ]
                await service.move_providers(session, OPERATOR, moves)

        with pytest.raises(MoveNotAllowedError):
            await move_both()

        assert {row["status"] for row in await everything_of(owner, "providers")} == {"known"}

    async def test_is_noted_with_its_day_its_reason_and_who_did_it(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await record(database, make_provider())
        with clock.at(NIGHT_IN_SUMMER):
            await move_to(database, held, Status.LISTED, reason="Visited; all well.")

        (provider,) = await everything_of(owner, "providers")
        assert (provider["status"], provider["status_since"]) == ("listed", LISTED_ON)
        (change,) = await everything_of(owner, "provider_status_changes")
        assert (
            change
            | {
                "provider_id": held.id,
                "status": "listed",
                "effective_on": LISTED_ON,
                "actor": "operator",
                "recorded_at": NIGHT_IN_SUMMER,
            }
            == change
        )
        (why,) = await everything_of(owner, "listing_moves")
        assert (why["to_state"], why["reason"]) == ("listed", "Visited; all well.")
        assert (why["actor_kind"], why["recorded_at"]) == ("operator", NIGHT_IN_SUMMER)

    async def test_every_open_site_is_listed_and_goes_along(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await record(
            database, make_provider("Two", make_site("One"), make_site("Other"), make_site("Shut"))
        )
        async with transaction(database, OPERATOR) as session:
            await service.close_site(session, OPERATOR, (held.id, 3), on=date(2026, 8, 1))
        await move_to(database, held, Status.LISTED)
        await move_to(database, held, Status.SUSPENDED)

        listings = await everything_of(owner, "listings")
        assert [row["state"] for row in listings] == ["suspended", "suspended"]
        assert {row["listed_on"] for row in listings} == {LISTED_ON}
        assert len(await everything_of(owner, "listing_moves")) == 4

    async def test_moves_of_one_moment_keep_their_order(self, database: Database) -> None:
        for _ in range(5):
            with clock.at(NIGHT_IN_SUMMER):
                await put_on_register(database, make_provider(), status=Status.SUSPENDED)

    async def test_a_site_added_later_is_listed_with_the_next_move(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await put_on_register(database, make_provider())
        async with transaction(database, OPERATOR) as session:
            await service.add_site(session, OPERATOR, held.id, make_site("Second"))
        await move_to(database, held, Status.UNDER_REVIEW)

        states = [row["state"] for row in await everything_of(owner, "listings")]
        assert states == ["under-review", "under-review"]

    async def test_without_a_site_there_is_nothing_to_list(self, database: Database) -> None:
        (held,) = await record(database, make_provider("Nowhere").model_copy(update={"sites": ()}))

        with pytest.raises(ProviderWithoutSiteError, match="has no site"):
            await move_to(database, held, Status.LISTED)

    async def test_no_moves_are_no_change(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await put_on_register(database, make_provider())
        async with transaction(database, OPERATOR) as session:
            await service.move_providers(session, OPERATOR, [])
            await service.rename_providers(session, OPERATOR, [])

        (provider,) = await everything_of(owner, "providers")
        assert (provider["id"], provider["status"]) == (held.id, "listed")
        assert await everything_of(owner, "provider_names") == []

    async def test_nobody_there_to_move_is_a_refusal(self, database: Database) -> None:
        with pytest.raises(ProviderNotFoundError):
            await move_to(database, Recorded(uuid7(), "AP000001U"), Status.LISTED)


class _EnoughError(Exception):
    """Ends an attempt that went well, so that nothing of it stays."""


class TestRenameProviders:
    async def test_the_former_name_is_kept_with_its_last_day(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await record(database, make_provider("Old"))
        await rename(database, held, "New")

        assert [row["name"] for row in await everything_of(owner, "providers")] == ["New"]
        (former,) = await everything_of(owner, "provider_names")
        assert (former["kind"], former["name"], former["until"]) == ("former", "Old", LISTED_ON)

    async def test_a_name_can_come_back_and_go_again(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await put_on_register(database, make_provider("A"))
        for day, name in enumerate(("B", "A", "C", "A", "D"), start=1):
            await rename(database, held, name, effective_on=date(2026, 10, day))

        former = await everything_of(owner, "provider_names")
        assert sorted((row["name"], row["until"].day) for row in former) == [
            ("A", 5),
            ("B", 2),
            ("C", 4),
        ]

    async def test_what_else_changes_in_the_same_transaction_changes_too(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await put_on_register(database, make_provider("Old"))
        async with transaction(database, OPERATOR) as session:
            await service.rename_providers(session, OPERATOR, [Rename(held.id, "New", LISTED_ON)])
            moves = [Move(held.id, Status.SUSPENDED, LISTED_ON, "for a test")]
            await service.move_providers(session, OPERATOR, moves)
            await service.add_site(session, OPERATOR, held.id, make_site("Second"))
            await service.close_site(session, OPERATOR, (held.id, 1), on=LISTED_ON)
            await service.rename_providers(session, OPERATOR, [Rename(held.id, "Newer", LISTED_ON)])

        (provider,) = await everything_of(owner, "providers")
        assert (provider["name"], provider["status"]) == ("Newer", "suspended")
        former = await everything_of(owner, "provider_names")
        assert {row["name"] for row in former} == {"Old", "New"}
        sites = await everything_of(owner, "sites")
        assert {site["reference"]: site["closed_on"] for site in sites} == {1: LISTED_ON, 2: None}

    async def test_nobody_there_to_rename_is_a_refusal(self, database: Database) -> None:
        with pytest.raises(ProviderNotFoundError):
            await rename(database, Recorded(uuid7(), "AP000001U"), "New")


async def rename(
    database: Database, held: Recorded, name: str, effective_on: date = LISTED_ON
) -> None:
    async with transaction(database, OPERATOR) as session:
        await service.rename_providers(session, OPERATOR, [Rename(held.id, name, effective_on)])
