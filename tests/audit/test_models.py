"""What the table itself refuses, whoever asks, tried as each role that the service can be."""

import uuid
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from app.access import DbRole, Role
from app.config import Settings
from app.db.roles import OWNER, role_name
from app.organisations.terms import OrganisationKind
from app.values.uuid7 import uuid7
from tests.factories.audit import add_entry
from tests.factories.people import Member, add_member, add_organisation, insert

ROLES = [DbRole.APP, DbRole.SIGN_IN, DbRole.WORKER, DbRole.OPERATOR, OWNER]
CHANGES = [
    "UPDATE audit_entries SET reason = 'another'",
    "DELETE FROM audit_entries",
    "TRUNCATE audit_entries",
    """
    INSERT INTO audit_entries SELECT * FROM audit_entries
    ON CONFLICT (id) DO UPDATE SET reason = 'another'
    """,
]
REFUSED = (asyncpg.InsufficientPrivilegeError, asyncpg.IntegrityConstraintViolationError)
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


@pytest.fixture
async def member(owner: asyncpg.Connection) -> Member:
    school = await add_organisation(owner)
    return await add_member(owner, school, Role.ADMINISTRATOR)


@pytest.fixture
async def login(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """The service's own connection, before it takes a role."""
    assert settings.database_url is not None
    connection = await asyncpg.connect(settings.database_url.get_secret_value())
    yield connection
    await connection.close()


def own_row(member: Member, **changes: Any) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "actor_kind": "person",
        "actor_id": member.person_id,
        "actor_name": member.actor.name,
        "organisation_id": member.organisation_id,
        "roles": ["administrator"],
        "act": "example.done",
        "outcome": "done",
    } | changes


def acting(member: Member) -> dict[str, str]:
    return {
        "app.person_id": str(member.person_id),
        "app.organisation_id": str(member.organisation_id),
    }


async def insert_as_app(
    login: asyncpg.Connection, settings: Mapping[str, str], row: Mapping[str, Any]
) -> None:
    async with login.transaction():
        for name, value in {"role": role_name("ap", DbRole.APP), **settings}.items():
            await login.execute("SELECT set_config($1, $2, true)", name, value)
        await insert(login, "audit_entries", row)


async def attempt(
    connection: asyncpg.Connection, settings: Mapping[str, str], statement: str
) -> None:
    """Run one statement in a transaction that begins with these settings."""
    async with connection.transaction():
        for name, value in settings.items():
            await connection.execute("SELECT set_config($1, $2, true)", name, value)
        await connection.execute(statement)


class TestOnlyEverAddedTo:
    @pytest.mark.parametrize("role", ROLES)
    async def test_no_role_changes_or_removes_an_entry(
        self, owner: asyncpg.Connection, member: Member, role: str
    ) -> None:
        await add_entry(owner, member.actor, reason="as it was")
        before = await owner.fetch("SELECT * FROM audit_entries")
        somebody = {**acting(member), "role": role_name("ap", role)}

        for change in CHANGES:
            with pytest.raises(REFUSED):
                await attempt(owner, somebody, change)

        assert await owner.fetch("SELECT * FROM audit_entries") == before

    @pytest.mark.parametrize("triggers", ["origin", "replica", "local"])
    async def test_neither_does_a_superuser_also_with_ordinary_triggers_switched_off(
        self, owner: asyncpg.Connection, member: Member, triggers: str
    ) -> None:
        await add_entry(owner, member.actor)

        for change in CHANGES:
            with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="append-only"):
                await attempt(owner, {"session_replication_role": triggers}, change)

    async def test_the_tables_owner_holds_every_right_and_is_refused_by_the_trigger(
        self, owner: asyncpg.Connection, member: Member
    ) -> None:
        await add_entry(owner, member.actor)

        for change in CHANGES:
            with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="append-only"):
                await attempt(owner, {"role": role_name("ap", OWNER)}, change)


class TestWhoMayBeWrittenDown:
    async def test_a_person_writes_down_what_they_do_for_the_organisation_they_act_for(
        self, owner: asyncpg.Connection, login: asyncpg.Connection, member: Member
    ) -> None:
        await insert_as_app(login, acting(member), own_row(member))

        assert await owner.fetchval("SELECT actor_id FROM audit_entries") == member.person_id

    async def test_nobody_writes_down_an_act_as_anothers(
        self, owner: asyncpg.Connection, login: asyncpg.Connection, member: Member
    ) -> None:
        lies: list[dict[str, Any]] = [
            {"actor_id": uuid.UUID(int=1)},
            {"actor_id": None},
            {"actor_kind": "machine"},
            {"actor_kind": "operator"},
            {"actor_kind": "system"},
            {"actor_kind": "operator", "actor_id": None, "organisation_id": None},
            {"organisation_id": None},
            {"organisation_id": uuid.UUID(int=2)},
        ]

        for lie in lies:
            with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
                await insert_as_app(login, acting(member), own_row(member, **lie))

        assert await owner.fetchval("SELECT count(*) FROM audit_entries") == 0

    async def test_nobody_writes_as_a_colleague_or_for_another_of_their_organisations(
        self, owner: asyncpg.Connection, login: asyncpg.Connection, member: Member
    ) -> None:
        colleague = await add_member(owner, member.organisation_id)
        elsewhere = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
        await add_member(owner, elsewhere, person_id=member.person_id)

        for lie in ({"actor_id": colleague.person_id}, {"organisation_id": elsewhere}):
            with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
                await insert_as_app(login, acting(member), own_row(member, **lie))

    async def test_a_machine_writes_as_itself_and_never_as_a_person(
        self, owner: asyncpg.Connection, login: asyncpg.Connection, member: Member
    ) -> None:
        machine = uuid7()
        machines = {
            "app.machine_id": str(machine),
            "app.organisation_id": str(member.organisation_id),
        }
        own = own_row(member, actor_id=machine, actor_kind="machine")

        await insert_as_app(login, machines, own)
        for lie in ({"actor_kind": "person"}, {"actor_id": member.person_id}):
            with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
                await insert_as_app(login, machines, own | {"id": uuid7()} | lie)

        assert await owner.fetchval("SELECT count(*) FROM audit_entries") == 1

    async def test_nobody_at_all_writes_nothing(
        self, login: asyncpg.Connection, member: Member
    ) -> None:
        row = own_row(member, actor_id=None, organisation_id=None)

        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            await insert_as_app(login, {}, row)


class TestTime:
    async def test_it_is_the_databases_own_whatever_time_the_writer_gives(
        self, owner: asyncpg.Connection, login: asyncpg.Connection, member: Member
    ) -> None:
        await insert_as_app(login, acting(member), own_row(member, recorded_at=LONG_AGO))

        by_its_clock = await owner.fetchval(
            "SELECT clock_timestamp() - recorded_at FROM audit_entries"
        )
        assert timedelta(0) <= by_its_clock < timedelta(hours=1)

    async def test_entries_of_one_transaction_keep_their_order(
        self, owner: asyncpg.Connection, login: asyncpg.Connection, member: Member
    ) -> None:
        async with login.transaction():
            for name, value in {"role": role_name("ap", DbRole.APP), **acting(member)}.items():
                await login.execute("SELECT set_config($1, $2, true)", name, value)
            for number in range(50):
                await insert(login, "audit_entries", own_row(member, act=f"example.{number:02}"))

        rows = await owner.fetch("SELECT act FROM audit_entries ORDER BY recorded_at, id")
        assert [row["act"] for row in rows] == [f"example.{number:02}" for number in range(50)]


class TestConstraints:
    async def test_an_entry_makes_sense(self, owner: asyncpg.Connection, member: Member) -> None:
        for wrong in ({"outcome": "read"}, {"outcome": "perhaps"}, {"actor_kind": "nobody"}):
            with pytest.raises(asyncpg.CheckViolationError):
                await insert(owner, "audit_entries", own_row(member, **wrong))
