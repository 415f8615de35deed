from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from app import clock
from app.access import DOORKEEPER
from app.config import Settings
from app.db.transactions import Database, transaction
from app.keyring.ring import load
from app.organisations.errors import OrganisationNotKnownError, PersonBlockedError
from app.organisations.openid import Identity, Visit
from app.organisations.service.attempts import Attempt
from app.organisations.service.sessions import Browser, Opened
from app.organisations.service.sign_in import (
    admit,
    check_not_blocked,
    find_known,
    only_membership,
    shown_at,
)
from tests.factories.people import add_member, add_organisation, add_person
from tests.openid.coming import known, sessions_of

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
ISSUER = "https://id.test"
ATTEMPT = Attempt(Visit("s", "n", "v" * 43, NOW, again=False), "/", None, None)


def identity(
    subject: str = "somebody", shown: datetime | None = NOW, issuer: str = ISSUER
) -> Identity:
    return Identity(issuer, subject, shown, None, "a.b.c")


async def come(database: Database, settings: Settings, one: Identity) -> Opened:
    async with transaction(database, DOORKEEPER) as session:
        coming = (one, await find_known(session, one))
        ring = load(settings.keyring_path)
        return await admit(session, ring, settings, ATTEMPT, coming, Browser())


class TestFindKnown:
    async def test_the_same_subject_of_another_provider_is_somebody_else(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        member = await known(owner, ISSUER)
        async with transaction(database, DOORKEEPER) as session:
            found = await find_known(session, identity())
            other = await find_known(session, identity(issuer="https://other.test"))
            differs = await find_known(session, identity("SOMEBODY"))

        assert found is not None
        assert found.id == member.person_id
        assert (other, differs) == (None, None)

    async def test_a_refusal_can_be_noted_of_them_for_no_organisation(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        member = await known(owner, ISSUER)
        async with transaction(database, DOORKEEPER) as session:
            found = await find_known(session, identity())

        assert found is not None
        actor = found.actor("a-request")
        assert (actor.id, actor.organisation_id) == (member.person_id, None)
        assert (actor.permissions, actor.request_id) == (frozenset(), "a-request")


class TestAdmit:
    async def test_the_session_is_as_old_as_what_was_shown(
        self, database: Database, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        await known(owner, ISSUER)
        shown = NOW - timedelta(minutes=40)
        with clock.at(NOW):
            opened = await come(database, settings, identity(shown=shown))

        assert opened.actor.authenticated_at == shown
        assert opened.ends_at == NOW + timedelta(hours=settings.session_hours)

    async def test_a_refusal_leaves_nothing_behind(
        self, database: Database, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        member = await known(owner, ISSUER)
        await owner.execute("UPDATE people SET blocked_at = now()")

        with pytest.raises(PersonBlockedError):
            await come(database, settings, identity())

        assert await sessions_of(owner, member.person_id) == []


class TestOnlyMembership:
    async def test_the_only_one_is_chosen(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        member = await add_member(owner, await add_organisation(owner))
        async with transaction(database, DOORKEEPER) as session:
            assert await only_membership(session, member.person_id) == member.membership_id

    async def test_of_several_none_is(self, database: Database, owner: asyncpg.Connection) -> None:
        member = await add_member(owner, await add_organisation(owner))
        await add_member(owner, await add_organisation(owner), person_id=member.person_id)
        async with transaction(database, DOORKEEPER) as session:
            assert await only_membership(session, member.person_id) is None

    async def test_without_any_nobody_comes_in(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        person = await add_person(owner)
        with pytest.raises(OrganisationNotKnownError):
            async with transaction(database, DOORKEEPER) as session:
                await only_membership(session, person)


class TestCheckNotBlocked:
    def test_who_is_not_blocked_may_come_in(self) -> None:
        check_not_blocked(None)

    def test_who_is_blocked_may_not(self) -> None:
        with pytest.raises(PersonBlockedError):
            check_not_blocked(NOW)


class TestShownAt:
    def test_what_the_provider_says_counts(self, settings: Settings) -> None:
        assert shown_at(settings, identity()) == NOW

    def test_what_it_does_not_say_is_taken_to_be_as_old_as_may_be(self, settings: Settings) -> None:
        with clock.at(NOW):
            assert shown_at(settings, identity(shown=None)) == NOW - timedelta(
                hours=settings.session_hours
            )
