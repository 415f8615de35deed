"""Machines are added, renamed and revoked by administrators; what they hold is shown once."""

import asyncio
import json
import uuid
from datetime import timedelta

import asyncpg
import pytest

from app import clock
from app.access import SCOPES, Permission, Role
from app.db.transactions import Database, reading, transaction
from app.errors import VersionChangedError
from app.organisations.errors import (
    MachineNotFoundError,
    MachineRevokedError,
    OrganisationNotFoundError,
    ScopesNotForMachinesError,
    SecretNotFoundError,
    SecretRevokedError,
    TooManySecretsError,
)
from app.organisations.queries import machines as queries
from app.organisations.schemas.machines import NewMachine
from app.organisations.service import machines as service
from app.organisations.service.machines import MadeSecret, Which
from app.organisations.terms import MOST_SECRETS, SECRET_LASTS, OrganisationKind
from app.organisations.tokens import hash_token
from app.values.uuid7 import uuid7
from tests.factories.machines import HeldMachine, add_machine, add_secret
from tests.factories.people import Member, add_member, add_organisation


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


@pytest.fixture
async def stranger(owner: asyncpg.Connection) -> Member:
    other = await add_organisation(owner, "Another School")
    return await add_member(owner, other, Role.ADMINISTRATOR)


def new(*scopes: str) -> NewMachine:
    return NewMachine(name="Placement system", scopes=scopes or ("members:read",))


async def add(database: Database, by: Member, asked: NewMachine | None = None) -> MadeSecret:
    async with transaction(database, by.actor) as session:
        return await service.add_machine(session, by.actor, by.organisation_id, asked or new())


async def make_secret(database: Database, by: Member, machine: HeldMachine) -> MadeSecret:
    async with transaction(database, by.actor) as session:
        return await service.add_secret(session, by.actor, which(machine))


def which(machine: HeldMachine) -> Which:
    return Which(machine.organisation_id, machine.id)


async def acts(owner: asyncpg.Connection) -> list[str]:
    return [
        row["act"]
        for row in await owner.fetch("SELECT act FROM audit_entries ORDER BY recorded_at, id")
    ]


class TestAdding:
    async def test_gives_the_machine_a_secret_that_is_kept_as_a_hash_alone(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        made = await add(database, administrator)

        row = await owner.fetchrow("SELECT * FROM machine_secrets")
        assert row is not None
        assert (row["machine_id"], row["id"]) == (made.machine_id, made.id)
        assert row["secret_hash"] == hash_token(made.secret)
        assert row["expires_at"] - row["made_at"] == SECRET_LASTS
        everything = await owner.fetch(
            "SELECT to_jsonb(m)::text AS row FROM machines m UNION ALL "
            "SELECT to_jsonb(s)::text FROM machine_secrets s UNION ALL "
            "SELECT to_jsonb(a)::text FROM audit_entries a"
        )
        assert made.secret not in json.dumps([row["row"] for row in everything])

    async def test_is_written_down_without_the_secret_its_hash_or_its_ending(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        made = await add(database, administrator)

        written = await owner.fetch("SELECT * FROM audit_entries ORDER BY recorded_at, id")
        assert [row["act"] for row in written] == ["machine.added", "machine_secret.made"]
        assert {row["actor_id"] for row in written} == {administrator.person_id}
        assert {row["subject_organisation_id"] for row in written} == {
            administrator.organisation_id
        }
        assert json.loads(written[0]["after"]) == {
            "name": "Placement system",
            "scopes": ["members:read"],
        }
        assert json.loads(written[1]["after"]).keys() == {"machine_id", "expires_at"}
        told = "".join(str(dict(row)) for row in written)
        assert made.secret[-4:] not in told.replace(str(made.id), "")
        assert hash_token(made.secret).hex() not in told

    async def test_gives_each_scope_once_and_in_order(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        await add(database, administrator, new("organisations:read", "audit:read", "audit:read"))

        scopes = await owner.fetchval("SELECT scopes FROM machines")
        assert scopes == ["audit:read", "organisations:read"]

    @pytest.mark.parametrize("scope", sorted(set(Permission) - SCOPES))
    async def test_refuses_what_only_a_named_person_does(
        self, database: Database, administrator: Member, scope: str
    ) -> None:
        with pytest.raises(ScopesNotForMachinesError) as refusal:
            await add(database, administrator, new("members:read", scope))

        (fault,) = refusal.value.errors
        assert fault.pointer == "/scopes/1"
        assert all(allowed in fault.detail for allowed in SCOPES)

    async def test_refuses_a_scope_nobody_knows(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        with pytest.raises(ScopesNotForMachinesError):
            await add(database, administrator, new("everything"))

        assert await owner.fetchval("SELECT count(*) FROM machines") == 0
        assert await acts(owner) == []

    async def test_is_for_a_school_also_by_its_trusts_administrator(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
        school = await add_organisation(owner, parent_id=trust)
        head = await add_member(owner, trust, Role.ADMINISTRATOR)

        async with transaction(database, head.actor) as session:
            made = await service.add_machine(session, head.actor, school, new())

        held = await owner.fetchval("SELECT organisation_id FROM machines")
        assert (held, made.secret != "") == (school, True)

    async def test_is_refused_to_another_organisations_administrator(
        self, database: Database, administrator: Member, stranger: Member
    ) -> None:
        with pytest.raises(OrganisationNotFoundError):
            async with transaction(database, stranger.actor) as session:
                await service.add_machine(
                    session, stranger.actor, administrator.organisation_id, new()
                )

    async def test_is_refused_for_an_organisation_that_cannot_be_seen(
        self, database: Database, stranger: Member, owner: asyncpg.Connection
    ) -> None:
        hidden = await add_organisation(owner, "A Garage", OrganisationKind.PROVIDER_OWNER)

        with pytest.raises(OrganisationNotFoundError):
            async with transaction(database, stranger.actor) as session:
                await service.add_machine(session, stranger.actor, hidden, new())

    async def test_is_refused_to_a_member_who_is_no_administrator(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        analyst = await add_member(owner, administrator.organisation_id, Role.ANALYST)

        with pytest.raises(OrganisationNotFoundError):
            await add(database, analyst)


class TestSeeing:
    async def test_nobody_elses_administrator_sees_a_machine_or_its_secrets(
        self,
        database: Database,
        administrator: Member,
        stranger: Member,
        owner: asyncpg.Connection,
    ) -> None:
        machine = await add_machine(owner, administrator)

        async with reading(database, stranger.actor) as session:
            with pytest.raises(MachineNotFoundError):
                await service.get_machine(session, which(machine))
            secrets = await queries.list_secrets(session, [machine.id])
            of = administrator.organisation_id
            assert await queries.list_machines(session, of, None, 10) == []
        assert secrets == []

    async def test_the_services_own_role_cannot_read_a_hash(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        machine = await add_machine(owner, administrator)

        async with reading(database, administrator.actor) as session:
            (secret,) = await queries.list_secrets(session, [machine.id])
        rights = await owner.fetchval(
            "SELECT has_column_privilege('ap_app', 'machine_secrets', 'secret_hash', 'SELECT')"
        )

        assert not hasattr(secret, "secret_hash")
        assert rights is False

    async def test_a_machine_is_not_found_under_another_organisation(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        machine = await add_machine(owner, administrator)
        other = await add_organisation(owner, "A Second School")

        async with reading(database, administrator.actor) as session:
            with pytest.raises(MachineNotFoundError):
                await service.get_machine(session, Which(other, machine.id))


class TestRenaming:
    async def test_says_what_it_was_called_before(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        machine = await add_machine(owner, administrator, name="Old name")

        async with transaction(database, administrator.actor) as session:
            actor = administrator.actor
            await service.rename_machine(session, actor, which(machine), "New name", 1)

        row = await owner.fetchrow("SELECT name, version FROM machines")
        written = await owner.fetchrow("SELECT * FROM audit_entries")
        assert row is not None
        assert written is not None
        assert tuple(row) == ("New name", 2)
        assert written["act"] == "machine.renamed"
        assert json.loads(written["before"]) == {"name": "Old name"}
        assert json.loads(written["after"]) == {"name": "New name"}

    async def test_of_a_version_that_is_no_longer_the_present_one_is_refused(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        machine = await add_machine(owner, administrator, version=3)

        with pytest.raises(VersionChangedError):
            async with transaction(database, administrator.actor) as session:
                await service.rename_machine(session, administrator.actor, which(machine), "New", 2)

    async def test_by_a_stranger_finds_nothing(
        self,
        database: Database,
        administrator: Member,
        stranger: Member,
        owner: asyncpg.Connection,
    ) -> None:
        machine = await add_machine(owner, administrator)

        with pytest.raises(MachineNotFoundError):
            async with transaction(database, stranger.actor) as session:
                await service.rename_machine(session, stranger.actor, which(machine), "New", 1)


class TestRevoking:
    async def test_is_for_good(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        machine, actor = await add_machine(owner, administrator), administrator.actor
        async with transaction(database, actor) as session:
            await service.revoke_machine(session, actor, which(machine), 1)

        for again in (
            lambda session: service.revoke_machine(session, actor, which(machine), 2),
            lambda session: service.rename_machine(session, actor, which(machine), "New", 2),
            lambda session: service.add_secret(session, actor, which(machine)),
        ):
            with pytest.raises(MachineRevokedError):
                async with transaction(database, actor) as session:
                    await again(session)
        assert await owner.fetchval("SELECT revoked_at IS NOT NULL FROM machines")
        assert await acts(owner) == ["machine.revoked"]

    async def test_of_a_version_that_is_no_longer_the_present_one_is_refused(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        machine = await add_machine(owner, administrator, version=2)

        with pytest.raises(VersionChangedError):
            async with transaction(database, administrator.actor) as session:
                await service.revoke_machine(session, administrator.actor, which(machine), 1)

        assert await owner.fetchval("SELECT revoked_at FROM machines") is None


class TestSecrets:
    async def test_are_two_at_most_and_the_machines_version_counts_them(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        machine = await add_machine(owner, administrator)

        await make_secret(database, administrator, machine)
        with pytest.raises(TooManySecretsError):
            await make_secret(database, administrator, machine)

        assert await owner.fetchval("SELECT version FROM machines") == 2
        assert await acts(owner) == ["machine_secret.made"]

    async def test_are_two_at_most_however_many_are_asked_for_at_once(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        machine = await add_machine(owner, administrator)

        outcomes = await asyncio.gather(
            *(make_secret(database, administrator, machine) for _ in range(8)),
            return_exceptions=True,
        )

        made = [one for one in outcomes if isinstance(one, MadeSecret)]
        refused = [one for one in outcomes if isinstance(one, TooManySecretsError)]
        assert (len(made), len(refused)) == (MOST_SECRETS - 1, 8 - (MOST_SECRETS - 1))
        assert await owner.fetchval("SELECT count(*) FROM machine_secrets") == MOST_SECRETS

    async def test_that_expired_or_were_revoked_make_room(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        machine = await add_machine(owner, administrator)
        await add_secret(owner, machine.id, expires_at=clock.now() - timedelta(seconds=1))
        async with transaction(database, administrator.actor) as session:
            await service.revoke_secret(
                session, administrator.actor, which(machine), machine.secret_id
            )

        for _ in range(MOST_SECRETS):
            await make_secret(database, administrator, machine)

        assert await owner.fetchval("SELECT count(*) FROM machine_secrets") == 2 + MOST_SECRETS

    async def test_are_revoked_once_and_written_down_once(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        machine = await add_machine(owner, administrator)

        async def revoke() -> None:
            async with transaction(database, administrator.actor) as session:
                await service.revoke_secret(
                    session, administrator.actor, which(machine), machine.secret_id
                )

        await revoke()
        with pytest.raises(SecretRevokedError):
            await revoke()

        assert await acts(owner) == ["machine_secret.revoked"]
        assert await owner.fetchval("SELECT revoked_at IS NOT NULL FROM machine_secrets")

    async def test_of_another_machine_are_not_found(
        self, database: Database, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        machine, other = [await add_machine(owner, administrator) for _ in range(2)]

        for secret_id in (other.secret_id, uuid7()):
            with pytest.raises(SecretNotFoundError):
                async with transaction(database, administrator.actor) as session:
                    await service.revoke_secret(
                        session, administrator.actor, which(machine), secret_id
                    )

    async def test_of_a_strangers_machine_are_not_found(
        self,
        database: Database,
        administrator: Member,
        stranger: Member,
        owner: asyncpg.Connection,
    ) -> None:
        machine = await add_machine(owner, administrator)

        with pytest.raises(MachineNotFoundError):
            async with transaction(database, stranger.actor) as session:
                await service.revoke_secret(
                    session, stranger.actor, which(machine), machine.secret_id
                )
        with pytest.raises(MachineNotFoundError):
            await make_secret(database, stranger, machine)

    async def test_are_told_apart_by_their_last_characters(
        self, database: Database, administrator: Member
    ) -> None:
        made = await add(database, administrator)

        async with reading(database, administrator.actor) as session:
            (secret,) = await queries.list_secrets(session, [made.machine_id])

        assert (secret.ending, secret.used_at) == (made.secret[-4:], None)
        assert isinstance(secret.id, uuid.UUID)
