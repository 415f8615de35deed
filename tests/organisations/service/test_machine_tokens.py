"""A token is given for the right secret alone, and taken only while everything behind it holds."""

import base64
import json
import uuid
from datetime import timedelta

import asyncpg
import pytest

from app import clock
from app.access import ACT_OF, MACHINE_ACTS, SCOPES, Permission, Role
from app.config import Settings
from app.db.transactions import Database
from app.http.errors import NotPermittedError
from app.http.security import Requires
from app.keyring.ring import Keyring, load
from app.organisations.errors import (
    ClientRefusedError,
    ScopeRefusedError,
)
from app.organisations.terms import TOKEN_LASTS
from tests.factories.machines import (
    HeldMachine,
    add_machine,
    add_secret,
    claims_of,
    sign,
    signing_key,
)
from tests.factories.people import Member, add_member, add_organisation
from tests.organisations.service.door import Door

READ_ALL = sorted(SCOPES)


@pytest.fixture
def ring(settings: Settings) -> Keyring:
    return load(settings.keyring_path)


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


@pytest.fixture
async def machine(owner: asyncpg.Connection, administrator: Member) -> HeldMachine:
    return await add_machine(owner, administrator, *READ_ALL)


@pytest.fixture
def door(database: Database, settings: Settings, ring: Keyring) -> Door:
    return Door(database, settings, ring)


class TestIssuing:
    async def test_gives_a_token_in_the_shape_of_rfc_9068(
        self, door: Door, machine: HeldMachine, settings: Settings
    ) -> None:
        given = await door.issue(machine)

        header = json.loads(base64.urlsafe_b64decode(given.token.split(".")[0] + "=="))
        claims = claims_of(given.token)
        assert header.keys() == {"alg", "typ", "kid"}
        assert (header["alg"], header["typ"]) == ("ES256", "at+jwt")
        assert claims["iss"] == claims["aud"] == settings.address
        assert claims["sub"] == claims["client_id"] == str(machine.id)
        assert claims["scope"] == " ".join(READ_ALL)
        assert claims["exp"] - claims["iat"] == given.expires_in == TOKEN_LASTS.total_seconds()
        assert claims["ap_secret"] == str(machine.secret_id)
        assert uuid.UUID(claims["jti"]).version == 7

    async def test_gives_every_token_an_id_of_its_own(
        self, door: Door, machine: HeldMachine
    ) -> None:
        ids = {claims_of((await door.issue(machine)).token)["jti"] for _ in range(5)}

        assert len(ids) == 5

    async def test_gives_part_of_the_scopes_to_whoever_asks_for_part(
        self, door: Door, machine: HeldMachine
    ) -> None:
        given = await door.issue(machine, "members:read  members:read")

        assert given.scopes == ("members:read",)
        assert (await door.let_in(given.token)).permissions == {Permission.MEMBERS_READ}

    @pytest.mark.parametrize(
        "scope",
        ["audit:read", "organisations:read audit:read", "everything", "Organisations:read", "\0"],
    )
    async def test_refuses_scopes_that_the_machine_was_not_given(
        self, door: Door, administrator: Member, owner: asyncpg.Connection, scope: str
    ) -> None:
        machine = await add_machine(owner, administrator, "organisations:read")

        with pytest.raises(ScopeRefusedError) as refusal:
            await door.issue(machine, scope)

        assert refusal.value.refused is not None
        assert refusal.value.refused.id == machine.id

    async def test_notes_when_a_secret_was_used_to_the_minute(
        self, door: Door, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        used, began = [], clock.now()
        for seconds in (0, 30, 59, 61):
            with clock.at(began + timedelta(seconds=seconds)):
                await door.issue(machine)
            used.append(await owner.fetchval("SELECT used_at FROM machine_secrets"))

        assert used == [began, began, began, began + timedelta(seconds=61)]

    async def test_takes_either_of_two_secrets(
        self, door: Door, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        _, second = await add_secret(owner, machine.id)

        for secret in (machine.secret, second):
            assert (await door.issue(machine, client_secret=secret)).token

    async def test_refuses_every_bad_pair_in_the_same_words(
        self, door: Door, machine: HeldMachine, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        other = await add_machine(owner, administrator)
        upper, braced = str(machine.id).upper(), f"{{{machine.id}}}"
        told = set()
        for client_id, secret in (
            (str(machine.id), "wrong"),
            (str(machine.id), ""),
            (str(machine.id), other.secret),
            (str(machine.id), machine.secret + " "),
            (str(machine.id), "\udce9"),
            (str(uuid.uuid4()), machine.secret),
            (str(other.id), machine.secret),
            ("nobody", machine.secret),
            (upper, machine.secret),
            (braced, machine.secret),
        ):
            with pytest.raises(ClientRefusedError) as refusal:
                await door.issue(machine, client_id=client_id, client_secret=secret)
            told.add((refusal.value.detail, refusal.value.slug))

        assert len(told) == 1

    @pytest.mark.parametrize(
        "ending",
        [
            "UPDATE machines SET revoked_at = now()",
            "UPDATE machine_secrets SET revoked_at = now()",
            "UPDATE machine_secrets SET expires_at = now()",
            "UPDATE organisations SET closed_on = (now() AT TIME ZONE 'Europe/London')::date",
        ],
    )
    async def test_refuses_what_has_come_to_its_end_and_says_whose_it_was(
        self, door: Door, machine: HeldMachine, owner: asyncpg.Connection, ending: str
    ) -> None:
        await owner.execute(ending)

        with pytest.raises(ClientRefusedError) as refusal:
            await door.issue(machine)

        known = refusal.value.refused
        assert known is not None
        assert (known.id, known.organisation_id) == (machine.id, machine.organisation_id)

    async def test_takes_a_machine_of_an_organisation_that_will_close(
        self, door: Door, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        await owner.execute("UPDATE organisations SET closed_on = current_date + 7")

        assert (await door.let_in((await door.issue(machine)).token)).id == machine.id


class TestWhatMachinesMayDo:
    def test_is_only_ever_to_query_sync_submit_and_record(self) -> None:
        assert {ACT_OF[scope] for scope in SCOPES} <= MACHINE_ACTS
        assert all(ACT_OF[one] not in MACHINE_ACTS for one in set(Permission) - SCOPES)

    async def test_is_in_no_token_more_than_that_whatever_the_database_says(
        self, door: Door, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        everything = sorted(Permission)
        await owner.execute("UPDATE machines SET scopes = $1", [*everything, "made:up"])

        given = await door.issue(machine)

        assert set(given.scopes) == set(SCOPES)
        assert (await door.let_in(given.token)).permissions == SCOPES
        for forbidden in set(Permission) - SCOPES:
            with pytest.raises(ScopeRefusedError):
                await door.issue(machine, forbidden)

    async def test_is_nothing_where_nothing_it_was_given_is_for_machines(
        self, door: Door, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        await owner.execute("UPDATE machines SET scopes = '{machines:manage}'")

        with pytest.raises(ScopeRefusedError):
            await door.issue(machine)

    async def test_is_no_more_than_that_even_in_a_token_we_signed_ourselves(
        self, door: Door, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        await owner.execute("UPDATE machines SET scopes = $1", sorted(Permission))
        claims = claims_of((await door.issue(machine)).token)
        key = await signing_key(owner, door.settings)

        token = sign(key, claims | {"scope": " ".join(sorted(Permission))})

        assert (await door.let_in(token)).permissions == SCOPES

    async def test_shrinks_at_once_with_what_it_was_given(
        self, door: Door, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        token = (await door.issue(machine)).token
        await owner.execute("UPDATE machines SET scopes = '{members:read}'")

        assert (await door.let_in(token)).permissions == {Permission.MEMBERS_READ}

    async def test_does_not_grow_in_a_token_that_was_given_before(
        self, door: Door, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        machine = await add_machine(owner, administrator, "members:read")
        token = (await door.issue(machine)).token
        await owner.execute("UPDATE machines SET scopes = $1", READ_ALL)

        assert (await door.let_in(token)).permissions == {Permission.MEMBERS_READ}

    @pytest.mark.parametrize("permission", READ_ALL)
    async def test_is_never_what_needs_somebody_who_just_showed_who_they_are(
        self, door: Door, machine: HeldMachine, permission: Permission
    ) -> None:
        actor = await door.let_in((await door.issue(machine)).token)

        assert await Requires(permission)(actor) is actor
        with pytest.raises(NotPermittedError):
            await Requires(permission, recently=True)(actor)
