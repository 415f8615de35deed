"""A token is taken while everything behind it holds, and not for a moment longer."""

import json
import random
import uuid
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from app import clock
from app.access import SCOPES, ActorKind, Role
from app.config import Settings
from app.db.transactions import Database
from app.keyring.ring import Keyring, load
from app.organisations.errors import MachineTokenRefusedError
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


class TestLettingIn:
    async def test_makes_the_machine_an_actor_for_its_organisation(
        self, door: Door, owner: asyncpg.Connection
    ) -> None:
        authority, code = await owner.fetchrow(
            "SELECT id, la_code FROM organisations WHERE kind = 'local-authority' LIMIT 1"
        )
        by = await add_member(owner, authority, Role.ADMINISTRATOR)
        machine = await add_machine(owner, by, "members:read", name="Case system")

        actor = await door.let_in((await door.issue(machine)).token)

        assert (actor.kind, actor.id, actor.name) == (ActorKind.MACHINE, machine.id, "Case system")
        assert (actor.organisation_id, actor.la_code) == (authority, code)
        assert (actor.roles, actor.authenticated_at) == (frozenset(), None)
        assert actor.request_id == "came"

    @pytest.mark.parametrize(
        ("ending", "why"),
        [
            ("UPDATE machines SET revoked_at = now()", "machine-revoked"),
            ("UPDATE machine_secrets SET revoked_at = now()", "secret-revoked"),
            ("UPDATE machine_secrets SET expires_at = now()", "secret-expired"),
            ("UPDATE organisations SET closed_on = current_date - 1", "organisation-closed"),
        ],
    )
    async def test_ends_at_the_next_request_with_what_stands_behind_the_token(
        self, door: Door, machine: HeldMachine, owner: asyncpg.Connection, ending: str, why: str
    ) -> None:
        token = (await door.issue(machine)).token
        await door.let_in(token)
        await owner.execute(ending)

        with pytest.raises(MachineTokenRefusedError) as refusal:
            await door.let_in(token)

        assert refusal.value.why == why
        assert refusal.value.refused is not None
        assert refusal.value.refused.id == machine.id

    async def test_ends_only_for_the_secret_that_was_revoked(
        self, door: Door, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        second_id, second = await add_secret(owner, machine.id)
        tokens = [
            (await door.issue(machine, client_secret=secret)).token
            for secret in (machine.secret, second)
        ]
        await owner.execute(
            "UPDATE machine_secrets SET revoked_at = now() WHERE id = $1", second_id
        )

        assert (await door.let_in(tokens[0])).id == machine.id
        with pytest.raises(MachineTokenRefusedError):
            await door.let_in(tokens[1])

    async def test_ends_with_the_ten_minutes_to_the_second(
        self, door: Door, machine: HeldMachine
    ) -> None:
        token = (await door.issue(machine)).token
        ends = claims_of(token)["exp"]
        last = clock.now().fromtimestamp(ends, tz=clock.LONDON) - timedelta(seconds=1)

        with clock.at(last):
            assert (await door.let_in(token)).id == machine.id
        with clock.at(last + timedelta(seconds=1)), pytest.raises(MachineTokenRefusedError) as over:
            await door.let_in(token)
        assert over.value.why == "expired"

    @pytest.mark.parametrize(
        "change",
        [
            {"iss": "https://elsewhere.example.org"},
            {"iss": None},
            {"aud": "https://elsewhere.example.org"},
            {"aud": ["https://elsewhere.example.org"]},
            {"aud": None},
            {"exp": None},
            {"exp": "tomorrow"},
            {"exp": float("nan")},
            {"iat": 99_999_999_999},
            {"nbf": 99_999_999_999},
            {"sub": str(uuid.UUID(int=7))},
            {"sub": None},
            {"sub": 7},
            {"client_id": str(uuid.UUID(int=7))},
            {"client_id": None},
            {"scope": None},
            {"ap_secret": None},
            {"ap_secret": str(uuid.UUID(int=7))},
            {"ap_secret": "'; DROP TABLE machines"},
        ],
        ids=json.dumps,
    )
    async def test_refuses_a_token_that_says_another_thing_even_if_we_signed_it(
        self, door: Door, machine: HeldMachine, owner: asyncpg.Connection, change: dict[str, Any]
    ) -> None:
        claims = claims_of((await door.issue(machine)).token) | change
        key = await signing_key(owner, door.settings)
        kept = {name: value for name, value in claims.items() if value is not None}

        with pytest.raises(MachineTokenRefusedError):
            await door.let_in(sign(key, kept))

    @pytest.mark.parametrize(
        "header",
        [
            {"typ": "JWT"},
            {"typ": None},
            {"typ": "AT+JWT"},
            {"kid": None},
            {"kid": "another"},
            {"kid": ""},
        ],
        ids=json.dumps,
    )
    async def test_refuses_a_token_of_another_kind_even_if_we_signed_it(
        self, door: Door, machine: HeldMachine, owner: asyncpg.Connection, header: dict[str, Any]
    ) -> None:
        claims = claims_of((await door.issue(machine)).token)
        key = await signing_key(owner, door.settings)

        assert (await door.let_in(sign(key, claims))).id == machine.id
        with pytest.raises(MachineTokenRefusedError):
            await door.let_in(sign(key, claims, **header))

    async def test_allows_for_a_clock_that_is_a_little_ahead_of_ours(
        self, door: Door, machine: HeldMachine
    ) -> None:
        present = clock.now()
        with clock.at(present + timedelta(seconds=50)):
            token = (await door.issue(machine)).token

        with clock.at(present):
            assert (await door.let_in(token)).id == machine.id
        with clock.at(present - timedelta(minutes=1)), pytest.raises(MachineTokenRefusedError):
            await door.let_in(token)

    async def test_refuses_every_token_of_which_one_character_was_changed(
        self, door: Door, machine: HeldMachine
    ) -> None:
        token = (await door.issue(machine)).token
        chance = random.Random(1)  # noqa: S311 - nothing here is secret
        # Of the signature's 86 characters the last carries two bits that mean nothing.
        for place in chance.sample(range(len(token) - 1), 120):
            letter = "A" if token[place] != "A" else "B"
            altered = token[:place] + letter + token[place + 1 :]
            with pytest.raises(MachineTokenRefusedError) as refusal:
                await door.let_in(altered)
            assert refusal.value.refused is None

    @pytest.mark.parametrize(
        "token",
        [
            "",
            ".",
            "..",
            "...",
            "a.b.c",
            "....",
            "e30.e30.e30",
            "bnVsbA.e30.",
            "W10.e30.e30",
            "\u00e9.\u00e9.\u00e9",
            "\udce9",
            "\0",
            "W1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tb.e30.",
            "[" * 4000,
            "A" * 5000,
            "A" * 2_000_000,
            ".".join("e" * 1300 for _ in range(3)),
        ],
        ids=lambda token: f"{len(token)}-{token[:12]!a}",
    )
    async def test_refuses_what_is_no_token_at_all(self, door: Door, token: str) -> None:
        with pytest.raises(MachineTokenRefusedError):
            await door.let_in(token)

    async def test_refuses_a_token_of_a_machine_that_was_never_held(
        self, door: Door, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        token = (await door.issue(machine)).token
        await owner.execute("DELETE FROM machine_secrets")
        await owner.execute("DELETE FROM machines")

        with pytest.raises(MachineTokenRefusedError):
            await door.let_in(token)
