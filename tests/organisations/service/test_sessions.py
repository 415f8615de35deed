from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from app import clock
from app.access import DOORKEEPER
from app.config import Settings
from app.db.events import WriteSession
from app.db.transactions import Database, transaction
from app.keyring.ring import Keyring, load, new_keyring
from app.organisations.service.sessions import (
    Browser,
    Found,
    Opened,
    SignedIn,
    end_session,
    end_sessions_of,
    find_session,
    id_token_of,
    idle_limit,
    open_session,
)
from app.organisations.terms import Method, SessionEnd
from tests.factories.people import Member, add_member, add_organisation
from tests.openid.coming import acts, sessions_of

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
async def member(owner: asyncpg.Connection) -> Member:
    """Somebody with an organisation."""
    return await add_member(owner, await add_organisation(owner))


@pytest.fixture
def ring(settings: Settings) -> Keyring:
    return load(settings.keyring_path)


@asynccontextmanager
async def doorkeeping(database: Database) -> AsyncIterator[WriteSession]:
    async with transaction(database, DOORKEEPER) as session:
        yield session


def who(member: Member, id_token: str | None = None) -> SignedIn:
    return SignedIn(member.person_id, member.membership_id, Method.OPENID, clock.now(), id_token)


@pytest.fixture
async def opened(database: Database, settings: Settings, ring: Keyring, member: Member) -> Opened:
    """A session opened at `NOW`."""
    with clock.at(NOW):
        async with doorkeeping(database) as session:
            return await open_session(session, ring, settings, who(member, "a.b.c"), Browser())


async def look(database: Database, settings: Settings, token: str) -> Found:
    async with doorkeeping(database) as session:
        found = await find_session(session, settings, token, "a-request")
    assert found is not None
    return found


class TestOpenSession:
    async def test_its_holder_acts_for_whom_they_chose(
        self, database: Database, settings: Settings, opened: Opened, member: Member
    ) -> None:
        with clock.at(NOW):
            found = await look(database, settings, opened.token)

        assert found.live
        assert (found.actor.id, found.actor.organisation_id) == (
            member.person_id,
            member.organisation_id,
        )
        assert found.actor.authenticated_at == NOW
        assert opened.ends_at == NOW + timedelta(hours=settings.session_hours)

    async def test_neither_the_token_nor_the_id_token_lies_in_the_database(
        self, owner: asyncpg.Connection, opened: Opened
    ) -> None:
        row = await owner.fetchval("SELECT to_jsonb(s)::text FROM sign_in_sessions s")

        assert opened.token not in row
        assert b"a.b.c".hex() not in row

    async def test_the_session_whose_cookie_was_brought_is_ended(
        self,
        database: Database,
        settings: Settings,
        ring: Keyring,
        opened: Opened,
        owner: asyncpg.Connection,
    ) -> None:
        other = await add_member(owner, await add_organisation(owner))
        async with doorkeeping(database) as session:
            browser = Browser(opened.token, None)
            later = await open_session(session, ring, settings, who(other), browser)

        assert later.token != opened.token
        ended = await owner.fetchval(
            "SELECT ended_because FROM sign_in_sessions WHERE id = $1", opened.id
        )
        assert ended == "replaced"
        assert await acts(owner) == ["session.began", "session.began", "session.ended"]

    async def test_a_token_the_browser_made_up_is_not_taken_over(
        self, database: Database, settings: Settings, ring: Keyring, member: Member
    ) -> None:
        async with doorkeeping(database) as session:
            made = await open_session(session, ring, settings, who(member), Browser("made up"))

        assert made.token != "made up"
        async with doorkeeping(database) as session:
            assert await find_session(session, settings, "made up", None) is None

    async def test_nobody_showed_who_they_are_in_the_future(
        self, database: Database, settings: Settings, ring: Keyring, member: Member
    ) -> None:
        with clock.at(NOW):
            early = SignedIn(member.person_id, None, Method.OPENID, NOW + timedelta(minutes=1))
            async with doorkeeping(database) as session:
                made = await open_session(session, ring, settings, early, Browser())

        assert made.actor.authenticated_at == NOW


class TestFindSession:
    async def test_a_session_in_use_lasts_to_its_absolute_limit(
        self, database: Database, settings: Settings, opened: Opened
    ) -> None:
        moment = NOW
        while moment < opened.ends_at - timedelta(minutes=20):
            moment += timedelta(minutes=20)
            with clock.at(moment):
                assert (await look(database, settings, opened.token)).live
        with clock.at(opened.ends_at - timedelta(microseconds=1)):
            assert (await look(database, settings, opened.token)).live
        with clock.at(opened.ends_at):
            assert not (await look(database, settings, opened.token)).live

    async def test_a_session_left_alone_is_over_sooner(
        self, database: Database, settings: Settings, opened: Opened
    ) -> None:
        limit = NOW + idle_limit(settings)
        with clock.at(limit + timedelta(microseconds=1)):
            assert not (await look(database, settings, opened.token)).live
        with clock.at(limit):
            assert (await look(database, settings, opened.token)).live

    async def test_looking_at_one_that_is_over_does_not_bring_it_back(
        self, database: Database, settings: Settings, opened: Opened
    ) -> None:
        late = NOW + idle_limit(settings) + timedelta(minutes=1)
        for _ in range(2):
            with clock.at(late):
                assert not (await look(database, settings, opened.token)).live

    async def test_use_is_noted_to_the_minute(
        self, database: Database, settings: Settings, opened: Opened, owner: asyncpg.Connection
    ) -> None:
        for seconds, noted in ((59, 0), (60, 60), (119, 60), (120, 120)):
            with clock.at(NOW + timedelta(seconds=seconds)):
                await look(database, settings, opened.token)
            seen = await owner.fetchval("SELECT seen_at FROM sign_in_sessions")
            assert seen == NOW + timedelta(seconds=noted)

    async def test_none_is_found_under_another_token(
        self, database: Database, settings: Settings, opened: Opened
    ) -> None:
        async with doorkeeping(database) as session:
            assert await find_session(session, settings, opened.token + "x", None) is None


class TestEnding:
    async def test_a_session_ends_once(
        self, database: Database, settings: Settings, opened: Opened, owner: asyncpg.Connection
    ) -> None:
        for because in (SessionEnd.SIGNED_OUT, SessionEnd.BLOCKED):
            async with doorkeeping(database) as session:
                await end_session(session, opened.actor, opened.id, because)

        assert not (await look(database, settings, opened.token)).live
        assert await owner.fetchval("SELECT ended_because FROM sign_in_sessions") == "signed-out"
        assert await acts(owner) == ["session.began", "session.ended"]

    async def test_every_session_of_a_person_ends_at_once(
        self,
        database: Database,
        settings: Settings,
        ring: Keyring,
        member: Member,
        owner: asyncpg.Connection,
    ) -> None:
        other = await add_member(owner, await add_organisation(owner))
        async with doorkeeping(database) as session:
            for one in (member, member, other):
                await open_session(session, ring, settings, who(one), Browser())

        async with doorkeeping(database) as session:
            ended = await end_sessions_of(session, DOORKEEPER, member.person_id, SessionEnd.BLOCKED)

        assert ended == 2
        theirs = await sessions_of(owner, member.person_id)
        assert [row["ended_because"] for row in theirs] == ["blocked", "blocked"]
        (others,) = await sessions_of(owner, other.person_id)
        assert others["ended_at"] is None


class TestIdTokenOf:
    async def test_comes_back_for_signing_out_at_the_provider(
        self, database: Database, settings: Settings, ring: Keyring, opened: Opened
    ) -> None:
        assert id_token_of(ring, await look(database, settings, opened.token)) == "a.b.c"

    async def test_under_another_keyring_there_is_none(
        self, database: Database, settings: Settings, opened: Opened
    ) -> None:
        found = await look(database, settings, opened.token)

        assert id_token_of(new_keyring(NOW), found) is None

    async def test_a_session_without_a_provider_has_none(
        self, database: Database, settings: Settings, ring: Keyring, member: Member
    ) -> None:
        async with doorkeeping(database) as session:
            made = await open_session(session, ring, settings, who(member), Browser())

        assert id_token_of(ring, await look(database, settings, made.token)) is None
