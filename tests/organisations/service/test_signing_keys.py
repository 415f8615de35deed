"""Keys follow one another without a gap, are published before they sign, and cannot be planted."""

import asyncio
import json
from datetime import datetime, timedelta

import asyncpg
import pytest
from joserfc.jwk import ECKey

from app import clock
from app.access import DOORKEEPER, WORKER
from app.config import Settings
from app.db.transactions import Database, reading, transaction
from app.keyring.ring import Keyring, KeyringError, load, new_keyring
from app.keyring.sealing import seal
from app.organisations.service.signing_keys import (
    PUBLISHED_AFTER,
    PUBLISHED_BEFORE,
    SIGNS_FOR,
    current_key,
    published_keys,
    rotate,
    sealing_context,
    verification_key,
)
from app.organisations.terms import TOKEN_LASTS
from tests.factories.people import insert


@pytest.fixture
def ring(settings: Settings) -> Keyring:
    return load(settings.keyring_path)


async def sign_at(database: Database, ring: Keyring, moment: datetime) -> str:
    """Return the kid of the key that signs at a moment."""
    with clock.at(moment):
        async with transaction(database, DOORKEEPER) as session:
            return str((await current_key(session, ring)).kid)


async def rotate_at(database: Database, ring: Keyring, moment: datetime) -> None:
    with clock.at(moment):
        async with transaction(database, WORKER) as session:
            await rotate(session, ring)


async def published_at(database: Database, moment: datetime) -> list[str]:
    with clock.at(moment):
        async with reading(database, DOORKEEPER) as session:
            return [str(key["kid"]) for key in await published_keys(session)]


async def verifies_at(database: Database, ring: Keyring, kid: str, moment: datetime) -> bool:
    with clock.at(moment):
        async with transaction(database, DOORKEEPER) as session:
            return await verification_key(session, ring, kid) is not None


class TestTheFirstKey:
    async def test_is_made_when_it_is_needed_and_then_kept(
        self, database: Database, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        present = clock.now()

        first = await sign_at(database, ring, present)
        again = await sign_at(database, ring, present + timedelta(days=5))

        assert first == again
        assert await owner.fetchval("SELECT count(*) FROM signing_keys") == 1

    async def test_is_one_however_many_need_it_at_once(
        self, database: Database, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        async def need() -> str:
            async with transaction(database, DOORKEEPER) as session:
                return str((await current_key(session, ring)).kid)

        kids = await asyncio.gather(*(need() for _ in range(12)))

        assert len(set(kids)) == 1
        assert await owner.fetchval("SELECT count(*) FROM signing_keys") == 1

    async def test_is_one_also_where_a_rotation_meets_a_request(
        self, database: Database, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        async def turn() -> None:
            async with transaction(database, WORKER) as session:
                await rotate(session, ring)

        async def need() -> None:
            async with transaction(database, DOORKEEPER) as session:
                await current_key(session, ring)

        await asyncio.gather(*(job() for _ in range(5) for job in (turn, need)))

        assert await owner.fetchval("SELECT count(*) FROM signing_keys") == 1

    async def test_lies_sealed_and_is_named_by_its_thumbprint(
        self, database: Database, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        async with transaction(database, DOORKEEPER) as session:
            key = await current_key(session, ring)

        row = await owner.fetchrow("SELECT * FROM signing_keys")
        assert row is not None
        public, private = json.loads(row["public_jwk"]), key.as_dict(private=True)
        assert row["kid"] == key.thumbprint() == ECKey.import_key(public).thumbprint()
        assert public.keys() == {"kty", "crv", "x", "y", "kid", "use", "alg"}
        assert (public["alg"], public["crv"], public["use"]) == ("ES256", "P-256", "sig")
        assert str(private["d"]).encode() not in row["sealed_private_jwk"]


class TestRotation:
    async def test_publishes_the_next_key_before_it_signs_and_the_last_one_after(
        self, database: Database, ring: Keyring
    ) -> None:
        start = clock.now()
        first = await sign_at(database, ring, start)
        for day in range(1, 29):
            await rotate_at(database, ring, start + timedelta(days=day))
        ahead = start + SIGNS_FOR - PUBLISHED_BEFORE + timedelta(days=1)
        handover = start + SIGNS_FOR

        second = next(kid for kid in await published_at(database, ahead) if kid != first)

        assert await sign_at(database, ring, ahead) == first
        assert await sign_at(database, ring, handover) == second
        assert set(await published_at(database, handover)) == {first, second}
        last_token = handover + TOKEN_LASTS
        assert await verifies_at(database, ring, first, last_token)
        assert not await verifies_at(database, ring, first, handover + PUBLISHED_AFTER)
        assert await published_at(database, handover + PUBLISHED_AFTER) == [second]

    async def test_never_leaves_a_moment_without_a_key_in_a_year_of_days(
        self, database: Database, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        start, signed = clock.now(), []
        for day in range(366):
            await rotate_at(database, ring, start + timedelta(days=day))
            signed.append(await sign_at(database, ring, start + timedelta(days=day, hours=12)))

        assert len(set(signed)) == 13
        # None was made at the moment it was needed: each was there, and published, days before.
        short = "SELECT count(*) FROM signing_keys WHERE signs_from < made_at + interval '1 day'"
        assert await owner.fetchval(short) == 0

    async def test_done_twice_does_nothing_the_second_time(
        self, database: Database, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        due = clock.now() + SIGNS_FOR - timedelta(days=1)
        await sign_at(database, ring, clock.now())

        for _ in range(2):
            await rotate_at(database, ring, due)

        assert await owner.fetchval("SELECT count(*) FROM signing_keys") == 2

    async def test_forgets_keys_that_nothing_needs(
        self, database: Database, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        first = await sign_at(database, ring, clock.now())

        await rotate_at(database, ring, clock.now() + SIGNS_FOR + PUBLISHED_AFTER)

        assert [row["kid"] for row in await owner.fetch("SELECT kid FROM signing_keys")] != [first]
        assert await owner.fetchval("SELECT count(*) FROM signing_keys") == 1

    async def test_that_stood_still_for_months_is_caught_up_with_by_the_next_request(
        self, database: Database, ring: Keyring
    ) -> None:
        first = await sign_at(database, ring, clock.now())
        late = clock.now() + timedelta(days=90)

        second = await sign_at(database, ring, late)

        assert second != first
        assert await verifies_at(database, ring, second, late)


class TestVerificationKeys:
    async def test_are_read_again_when_a_kid_is_new_but_not_at_every_made_up_one(
        self, database: Database, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        present = clock.now()
        first = await sign_at(database, ring, present)
        assert await verifies_at(database, ring, first, present)
        await rotate_at(database, ring, present + SIGNS_FOR - timedelta(days=1))
        second = await owner.fetchval("SELECT kid FROM signing_keys WHERE kid <> $1", first)

        at_once = await verifies_at(database, ring, second, present)
        a_second_later = await verifies_at(database, ring, second, present + timedelta(seconds=1))

        assert (at_once, a_second_later) == (False, True)

    async def test_withdrawn_by_an_operator_are_forgotten_within_a_minute(
        self, database: Database, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        present = clock.now()
        kid = await sign_at(database, ring, present)
        assert await verifies_at(database, ring, kid, present)
        await owner.execute("DELETE FROM signing_keys")

        assert not await verifies_at(database, ring, kid, present + timedelta(minutes=1))

    async def test_end_to_the_moment_though_they_are_kept_for_a_minute(
        self, database: Database, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        kid = await sign_at(database, ring, clock.now())
        ends = await owner.fetchval("SELECT published_until FROM signing_keys")

        before = await verifies_at(database, ring, kid, ends - timedelta(seconds=1))
        after = await verifies_at(database, ring, kid, ends)

        assert (before, after) == (True, False)

    async def test_planted_by_somebody_without_the_keyring_are_not_believed(
        self,
        database: Database,
        ring: Keyring,
        owner: asyncpg.Connection,
    ) -> None:
        present = clock.now()
        await sign_at(database, ring, present)
        theirs = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"})
        kid, other_ring = theirs.thumbprint(), new_keyring(present)
        text = json.dumps(theirs.as_dict(private=True)).encode()
        row = {
            "kid": kid,
            "algorithm": "ES256",
            "public_jwk": json.dumps(theirs.as_dict(private=False, kid=kid)),
            "sealed_private_jwk": seal(other_ring, text, sealing_context(kid)),
            "made_at": present,
            "signs_from": present,
            "signs_until": present + SIGNS_FOR,
            "published_until": present + SIGNS_FOR,
        }
        await insert(owner, "signing_keys", row)

        assert not await verifies_at(database, ring, kid, present)

    async def test_of_another_keyring_do_not_sign(self, database: Database, ring: Keyring) -> None:
        await sign_at(database, ring, clock.now())

        with pytest.raises(KeyringError):
            await sign_at(database, new_keyring(clock.now()), clock.now())

    async def test_moved_under_another_name_do_not_open(
        self, database: Database, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        await sign_at(database, ring, clock.now())
        await owner.execute("UPDATE signing_keys SET kid = 'another'")

        with pytest.raises(KeyringError):
            await sign_at(database, ring, clock.now())

    @pytest.mark.parametrize("what", ["another key", "no key", "no JSON"])
    async def test_that_are_not_what_their_name_says_do_not_open(
        self, database: Database, ring: Keyring, owner: asyncpg.Connection, what: str
    ) -> None:
        kid = await sign_at(database, ring, clock.now())
        other = ECKey.generate_key("P-256").as_dict(private=True)
        text = {"another key": json.dumps(other), "no key": "{}", "no JSON": "x"}[what]
        sealed = seal(ring, text.encode(), sealing_context(kid))
        await owner.execute("UPDATE signing_keys SET sealed_private_jwk = $1", sealed)

        with pytest.raises(KeyringError):
            await sign_at(database, ring, clock.now())
