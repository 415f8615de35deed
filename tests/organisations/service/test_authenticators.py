"""Codes from an authenticator."""

from datetime import timedelta

import asyncpg
import pyotp
import pytest

from app import clock
from app.access import DOORKEEPER
from app.config import Settings
from app.db.transactions import Database, transaction
from app.keyring.ring import Keyring, load
from app.organisations.errors import SecondFactorRefusedError
from app.organisations.service import authenticators, one_time
from app.organisations.service.authenticators import SetUp
from app.organisations.service.one_time import Step
from tests.factories.people import add_person


@pytest.fixture
def ring(settings: Settings) -> Keyring:
    return load(settings.keyring_path)


@pytest.fixture
async def step(database: Database, owner: asyncpg.Connection) -> Step:
    person = await add_person(owner, "Zoë Example")
    async with transaction(database, DOORKEEPER) as session:
        return await one_time.begin_step(session, person, "/")


async def set_up(database: Database, ring: Keyring, step: Step) -> SetUp:
    async with transaction(database, DOORKEEPER) as session:
        held = await one_time.look_at_step(session, step.token)
        return await authenticators.set_up_authenticator(session, ring, held)


async def confirm(database: Database, ring: Keyring, step: Step, code: str) -> None:
    async with transaction(database, DOORKEEPER) as session:
        held = await one_time.look_at_step(session, step.token)
        await authenticators.confirm_authenticator(session, DOORKEEPER, ring, held, code)


async def check(database: Database, ring: Keyring, step: Step, code: str) -> None:
    async with transaction(database, DOORKEEPER) as session:
        held = await one_time.look_at_step(session, step.token)
        await authenticators.check_code(session, ring, held, code)


@pytest.fixture
async def secret(database: Database, ring: Keyring, step: Step) -> str:
    """The secret of an authenticator that was set up two minutes ago."""
    with clock.at(clock.now() - timedelta(minutes=2)):
        made = await set_up(database, ring, step)
        await confirm(database, ring, step, code_of(made.secret))
    return made.secret


def code_of(secret: str, late: timedelta = timedelta()) -> str:
    return pyotp.TOTP(secret).at(clock.now() + late)


class TestSettingUp:
    async def test_the_page_may_be_loaded_twice(
        self, database: Database, ring: Keyring, step: Step
    ) -> None:
        first, second = await set_up(database, ring, step), await set_up(database, ring, step)

        assert first == second
        assert first.secret in first.address
        assert first.address.startswith("otpauth://totp/")

    async def test_a_wrong_code_keeps_nothing(
        self, database: Database, ring: Keyring, step: Step, owner: asyncpg.Connection
    ) -> None:
        made = await set_up(database, ring, step)
        wrong = str((int(code_of(made.secret)) + 1) % 1_000_000).zfill(6)

        with pytest.raises(SecondFactorRefusedError):
            await confirm(database, ring, step, wrong)

        assert await owner.fetchval("SELECT count(*) FROM authenticators") == 0

    async def test_nothing_was_offered_yet(
        self, database: Database, ring: Keyring, step: Step
    ) -> None:
        with pytest.raises(SecondFactorRefusedError):
            await confirm(database, ring, step, "123456")

    @pytest.mark.usefixtures("secret")
    async def test_a_second_one_is_refused(
        self, database: Database, ring: Keyring, step: Step
    ) -> None:
        made = await set_up(database, ring, step)

        with pytest.raises(SecondFactorRefusedError, match="already"):
            await confirm(database, ring, step, code_of(made.secret))

    async def test_the_secret_is_nowhere_in_the_clear(
        self, secret: str, owner: asyncpg.Connection
    ) -> None:
        for table in ("authenticators", "sign_in_steps", "audit_entries"):
            rows = await owner.fetch(f"SELECT t::text AS row FROM {table} t")  # noqa: S608
            assert rows
            assert not any(secret in row["row"] for row in rows)
            assert not any(secret.encode().hex() in row["row"] for row in rows)


class TestCodes:
    @pytest.mark.parametrize("seconds", [-30, 0, 30])
    async def test_a_clock_may_be_half_a_minute_off(
        self, database: Database, ring: Keyring, step: Step, secret: str, seconds: int
    ) -> None:
        await check(database, ring, step, code_of(secret, timedelta(seconds=seconds)))

    @pytest.mark.parametrize("seconds", [-95, 95])
    async def test_an_older_or_later_code_is_refused(
        self, database: Database, ring: Keyring, step: Step, secret: str, seconds: int
    ) -> None:
        with pytest.raises(SecondFactorRefusedError):
            await check(database, ring, step, code_of(secret, timedelta(seconds=seconds)))

    async def test_a_code_works_once(
        self, database: Database, ring: Keyring, step: Step, secret: str
    ) -> None:
        code = code_of(secret)
        await check(database, ring, step, code)

        with pytest.raises(SecondFactorRefusedError):
            await check(database, ring, step, code)

    async def test_a_code_older_than_one_that_was_used_is_refused(
        self, database: Database, ring: Keyring, step: Step, secret: str
    ) -> None:
        earlier = code_of(secret, timedelta(seconds=-30))
        await check(database, ring, step, code_of(secret))

        with pytest.raises(SecondFactorRefusedError):
            await check(database, ring, step, earlier)

    async def test_spaces_are_overlooked(
        self, database: Database, ring: Keyring, step: Step, secret: str
    ) -> None:
        code = code_of(secret)

        await check(database, ring, step, f" {code[:3]} {code[3:]} ")

    @pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "\uff11" * 6, "\0" * 6])
    @pytest.mark.usefixtures("secret")
    async def test_what_is_no_code_is_refused(
        self, database: Database, ring: Keyring, step: Step, code: str
    ) -> None:
        with pytest.raises(SecondFactorRefusedError):
            await check(database, ring, step, code)

    async def test_whoever_has_no_authenticator_has_no_code(
        self, database: Database, ring: Keyring, step: Step
    ) -> None:
        with pytest.raises(SecondFactorRefusedError):
            await check(database, ring, step, "123456")
