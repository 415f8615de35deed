"""Passkeys: made and used as a browser would, and everything that must not pass for one."""

from dataclasses import replace
from typing import Any

import asyncpg
import pytest

from app.access import DOORKEEPER
from app.config import Settings
from app.db.transactions import Database, transaction
from app.organisations.errors import SecondFactorRefusedError
from app.organisations.service import one_time, passkeys
from app.organisations.service.one_time import Step
from app.organisations.terms import StepKind
from tests.factories.people import add_person
from tests.organisations.passkey_device import Device

SITE, ORIGIN = "register.test", "https://register.test"


@pytest.fixture
def site(settings: Settings) -> Settings:
    return settings.model_copy(update={"public_url": ORIGIN})


@pytest.fixture
def device() -> Device:
    return Device(SITE, ORIGIN)


@pytest.fixture
async def step(database: Database, owner: asyncpg.Connection) -> Step:
    """Somebody who followed a link and holds nothing yet."""
    return await begin(database, owner)


async def begin(database: Database, owner: asyncpg.Connection) -> Step:
    person = await add_person(owner)
    async with transaction(database, DOORKEEPER) as session:
        return await one_time.begin_step(session, person, "/")


async def again(database: Database, step: Step) -> Step:
    async with transaction(database, DOORKEEPER) as session:
        return await one_time.begin_step(session, step.person_id, "/")


async def offered(database: Database, site: Settings, step: Step) -> dict[str, Any]:
    async with transaction(database, DOORKEEPER) as session:
        held = await one_time.look_at_step(session, step.token)
        return await passkeys.offer_passkey(session, site, held)


async def keep(
    database: Database, site: Settings, step: Step, made: dict[str, Any], name: str = "My phone"
) -> None:
    async with transaction(database, DOORKEEPER) as session:
        held = await one_time.look_at_step(session, step.token)
        await passkeys.keep_passkey(session, DOORKEEPER, site, held, (made, name))


async def asked(database: Database, site: Settings, step: Step) -> dict[str, Any]:
    async with transaction(database, DOORKEEPER) as session:
        held = await one_time.look_at_step(session, step.token)
        return await passkeys.ask_for_passkey(session, site, held)


async def check(database: Database, site: Settings, step: Step, shown: dict[str, Any]) -> None:
    async with transaction(database, DOORKEEPER) as session:
        held = await one_time.look_at_step(session, step.token)
        await passkeys.check_passkey(session, site, held, shown)


@pytest.fixture
async def enrolled(database: Database, site: Settings, device: Device, step: Step) -> Step:
    """A step of somebody who set this device up."""
    await keep(database, site, step, device.make(await offered(database, site, step)))
    return await again(database, step)


class TestSiteOf:
    @pytest.mark.parametrize(
        ("address", "site"),
        [
            ("https://register.test", "register.test"),
            ("http://localhost:8000", "localhost"),
            ("http://127.0.0.1:8000", None),
            ("http://[::1]:8000", None),
        ],
    )
    def test_is_a_host_name_or_nothing(
        self, settings: Settings, address: str, site: str | None
    ) -> None:
        assert passkeys.site_of(settings.model_copy(update={"public_url": address})) == site


class TestSettingUp:
    async def test_a_device_is_kept_under_the_name_its_holder_gave_it(
        self, enrolled: Step, owner: asyncpg.Connection, device: Device
    ) -> None:
        row = await owner.fetchrow("SELECT * FROM passkeys")

        assert row is not None
        assert (row["name"], row["credential_id"]) == ("My phone", device.credential_id)
        assert row["transports"] == ["internal"]
        assert enrolled.kind is StepKind.SECOND_FACTOR

    @pytest.mark.usefixtures("enrolled")
    async def test_it_is_written_down(self, owner: asyncpg.Connection) -> None:
        after = await owner.fetchval(
            "SELECT after FROM audit_entries WHERE act = 'second_factor.added'"
        )

        assert "passkey" in after

    @pytest.mark.parametrize(
        "elsewhere",
        [
            pytest.param(Device(SITE, "https://register.test.evil.test"), id="another-origin"),
            pytest.param(Device("evil.test", ORIGIN), id="another-site"),
        ],
    )
    async def test_one_made_for_elsewhere_is_refused(
        self, database: Database, site: Settings, step: Step, elsewhere: Device
    ) -> None:
        options = await offered(database, site, step)

        with pytest.raises(SecondFactorRefusedError):
            await keep(database, site, step, elsewhere.make(options))

    async def test_one_made_for_another_persons_challenge_is_refused(
        self, database: Database, site: Settings, device: Device, owner: asyncpg.Connection
    ) -> None:
        mine, theirs = await begin(database, owner), await begin(database, owner)
        await offered(database, site, mine)
        made = device.make(await offered(database, site, theirs))

        with pytest.raises(SecondFactorRefusedError):
            await keep(database, site, mine, made)

    @pytest.mark.parametrize("made", [{}, {"id": 1}, {"id": "x", "response": {}}, {"response": []}])
    async def test_what_is_no_passkey_is_refused(
        self, database: Database, site: Settings, step: Step, made: dict[str, Any]
    ) -> None:
        await offered(database, site, step)

        with pytest.raises(SecondFactorRefusedError):
            await keep(database, site, step, made)

    async def test_where_the_address_is_a_number_there_are_none(
        self, database: Database, settings: Settings, step: Step
    ) -> None:
        with pytest.raises(SecondFactorRefusedError, match="host name"):
            await offered(database, settings, step)

    async def test_nobody_has_more_than_ten(
        self, database: Database, site: Settings, enrolled: Step, owner: asyncpg.Connection
    ) -> None:
        await owner.execute(
            "INSERT INTO passkeys SELECT gen_random_uuid(), person_id, sha256(i::text::bytea), "
            "public_key, 0, '{}', 'x', now() FROM passkeys, generate_series(2, 10) i"
        )

        with pytest.raises(SecondFactorRefusedError, match="10 passkeys"):
            await offered(database, site, enrolled)


class TestUsing:
    async def test_the_same_device_is_accepted(
        self,
        database: Database,
        site: Settings,
        device: Device,
        enrolled: Step,
        owner: asyncpg.Connection,
    ) -> None:
        await check(database, site, enrolled, device.use(await asked(database, site, enrolled)))

        assert await owner.fetchval("SELECT sign_count FROM passkeys") == 1

    async def test_an_answer_works_once(
        self, database: Database, site: Settings, device: Device, enrolled: Step
    ) -> None:
        shown = device.use(await asked(database, site, enrolled))
        await check(database, site, enrolled, shown)

        with pytest.raises(SecondFactorRefusedError):
            await check(database, site, enrolled, shown)

    async def test_an_answer_to_an_earlier_challenge_is_refused(
        self, database: Database, site: Settings, device: Device, enrolled: Step
    ) -> None:
        shown = device.use(await asked(database, site, enrolled))
        await asked(database, site, enrolled)

        with pytest.raises(SecondFactorRefusedError):
            await check(database, site, enrolled, shown)

    async def test_another_persons_device_is_refused(
        self,
        database: Database,
        site: Settings,
        enrolled: Step,
        owner: asyncpg.Connection,
    ) -> None:
        other, other_step = Device(SITE, ORIGIN), await begin(database, owner)
        await keep(
            database, site, other_step, other.make(await offered(database, site, other_step))
        )

        with pytest.raises(SecondFactorRefusedError):
            await check(database, site, enrolled, other.use(await asked(database, site, enrolled)))

    async def test_another_key_under_the_same_name_is_refused(
        self, database: Database, site: Settings, device: Device, enrolled: Step
    ) -> None:
        forged = replace(Device(SITE, ORIGIN), credential_id=device.credential_id)

        with pytest.raises(SecondFactorRefusedError):
            await check(database, site, enrolled, forged.use(await asked(database, site, enrolled)))

    async def test_a_copy_of_the_device_is_found_out_by_its_count(
        self, database: Database, site: Settings, device: Device, enrolled: Step
    ) -> None:
        device.count = 7
        await check(database, site, enrolled, device.use(await asked(database, site, enrolled)))
        device.count = 3

        with pytest.raises(SecondFactorRefusedError):
            await check(database, site, enrolled, device.use(await asked(database, site, enrolled)))

    async def test_a_removed_device_is_refused(
        self,
        database: Database,
        site: Settings,
        device: Device,
        enrolled: Step,
        owner: asyncpg.Connection,
    ) -> None:
        shown = device.use(await asked(database, site, enrolled))
        await owner.execute("UPDATE passkeys SET removed_at = now()")

        with pytest.raises(SecondFactorRefusedError):
            await check(database, site, enrolled, shown)
