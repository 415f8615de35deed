import asyncio
import uuid
from datetime import timedelta

import asyncpg
import pytest

from app import clock
from app.access import DOORKEEPER
from app.config import Settings
from app.db.transactions import Database, transaction
from app.keyring.ring import KeyringError
from app.keyring.ring import load as load_keyring
from app.keyring.sealing import open_sealed
from app.organisations.errors import LinkNotGoodError
from app.organisations.models.sign_in import EmailedLink
from app.organisations.service.links import look_at_link, make_link, sealing_context, take_link
from app.organisations.terms import ONE_TIME_LINK_LASTS, LinkKind
from app.values.uuid7 import uuid7
from tests.factories.people import add_person


@pytest.fixture
async def token(database: Database, settings: Settings, owner: asyncpg.Connection) -> str:
    """The token of a one-time link that was just made."""
    return await make(database, settings, await add_person(owner))


async def make(database: Database, settings: Settings, person_id: uuid.UUID) -> str:
    ring = load_keyring(settings.keyring_path)
    async with transaction(database, DOORKEEPER) as session:
        return await make_link(session, ring, LinkKind.SIGN_IN, person_id, ONE_TIME_LINK_LASTS)


async def take(database: Database, token: str, kind: LinkKind = LinkKind.SIGN_IN) -> EmailedLink:
    async with transaction(database, DOORKEEPER) as session:
        return await take_link(session, token, kind)


class TestMakeLink:
    async def test_its_token_is_kept_hashed_and_sealed_and_nowhere_else(
        self, settings: Settings, owner: asyncpg.Connection, token: str
    ) -> None:
        row = await owner.fetchrow(
            "SELECT id, sealed_token, emailed_links::text FROM emailed_links"
        )
        job = await owner.fetchval("SELECT jobs::text FROM jobs")
        assert row is not None
        ring = load_keyring(settings.keyring_path)

        opened = open_sealed(ring, row["sealed_token"], sealing_context(row["id"]))
        assert opened.decode() == token
        assert token not in row["emailed_links"] + job
        assert token.encode().hex() not in row["emailed_links"]
        with pytest.raises(KeyringError):
            open_sealed(ring, row["sealed_token"], sealing_context(uuid7()))

    async def test_no_two_are_alike(
        self, database: Database, settings: Settings, owner: asyncpg.Connection, token: str
    ) -> None:
        assert await make(database, settings, await add_person(owner)) != token


class TestTakeLink:
    async def test_looking_does_not_take_it_and_taking_does(
        self, database: Database, token: str
    ) -> None:
        for _ in range(2):
            async with transaction(database, DOORKEEPER) as session:
                assert (await look_at_link(session, token, LinkKind.SIGN_IN)).used_at is None

        await take(database, token)

        with pytest.raises(LinkNotGoodError):
            await take(database, token)
        with pytest.raises(LinkNotGoodError):
            async with transaction(database, DOORKEEPER) as session:
                await look_at_link(session, token, LinkKind.SIGN_IN)

    async def test_of_many_clicks_at_once_one_takes_it(
        self, database: Database, token: str
    ) -> None:
        ended = await asyncio.gather(
            *(take(database, token) for _ in range(6)), return_exceptions=True
        )

        assert sum(isinstance(one, LinkNotGoodError) for one in ended) == 5

    async def test_it_is_good_until_its_time_for_its_purpose_and_whole(
        self, database: Database, token: str
    ) -> None:
        for wrong in (token[:-1], token + "A", token.swapcase(), "", "\ud800"):
            with pytest.raises(LinkNotGoodError):
                await take(database, wrong)
        with pytest.raises(LinkNotGoodError):
            await take(database, token, LinkKind.INVITATION)
        with (
            clock.at(clock.now() + ONE_TIME_LINK_LASTS + timedelta(seconds=1)),
            pytest.raises(LinkNotGoodError),
        ):
            await take(database, token)

        assert (await take(database, token)).kind == LinkKind.SIGN_IN

    async def test_a_taking_that_is_undone_took_nothing(
        self, database: Database, token: str
    ) -> None:
        async def take_and_fail() -> None:
            async with transaction(database, DOORKEEPER) as session:
                await take_link(session, token, LinkKind.SIGN_IN)
                raise RuntimeError

        with pytest.raises(RuntimeError):
            await take_and_fail()

        assert (await take(database, token)).kind == LinkKind.SIGN_IN
