"""One-time links, and the step between a link and a session."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from app import clock
from app.access import DOORKEEPER, Role
from app.config import Settings
from app.db.transactions import Database, transaction
from app.keyring.ring import Keyring, load
from app.organisations.errors import LinkNotGoodError, StepOverError
from app.organisations.service import one_time
from app.organisations.service.links import make_link
from app.organisations.terms import (
    MOST_LINKS_AN_HOUR,
    MOST_STEP_FAILURES,
    ONE_TIME_LINK_LASTS,
    STEP_LASTS,
    LinkKind,
    StepKind,
)
from tests.factories.people import Member, add_member, add_organisation, insert

EMAIL = "garage@example.org"


@pytest.fixture
def ring(settings: Settings) -> Keyring:
    return load(settings.keyring_path)


@pytest.fixture
async def member(owner: asyncpg.Connection) -> Member:
    """Somebody whose organisation no OpenID provider takes."""
    made = await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)
    await owner.execute("UPDATE person_contacts SET email = $1", EMAIL)
    return made


async def ask(database: Database, ring: Keyring, email: str = EMAIL) -> None:
    async with transaction(database, DOORKEEPER) as session:
        await one_time.ask_for_link(session, DOORKEEPER, ring, email)


async def links(owner: asyncpg.Connection) -> int:
    made = await owner.fetchval("SELECT count(*) FROM emailed_links")
    assert made == await owner.fetchval("SELECT count(*) FROM jobs WHERE kind = 'mail.link'")
    return int(made)


async def link_for(database: Database, ring: Keyring, member: Member) -> str:
    async with transaction(database, DOORKEEPER) as session:
        return await make_link(
            session, ring, LinkKind.SIGN_IN, member.person_id, ONE_TIME_LINK_LASTS
        )


async def follow(database: Database, token: str) -> one_time.Step:
    async with transaction(database, DOORKEEPER) as session:
        return await one_time.follow_link(session, token, "/account")


async def try_once(database: Database, token: str) -> None:
    async with transaction(database, DOORKEEPER) as session:
        await one_time.count_try(session, token)


@pytest.mark.usefixtures("member")
class TestAskingForALink:
    @pytest.mark.parametrize("typed", [EMAIL, f"  {EMAIL.upper()} "])
    async def test_it_is_sent_to_somebody_known(
        self,
        database: Database,
        ring: Keyring,
        owner: asyncpg.Connection,
        typed: str,
    ) -> None:
        await ask(database, ring, typed)

        assert await links(owner) == 1

    @pytest.mark.parametrize("typed", ["somebody@example.org", "", "x" * 5_000, "a\0b@example.org"])
    async def test_nothing_is_sent_to_anybody_else(
        self,
        database: Database,
        ring: Keyring,
        owner: asyncpg.Connection,
        typed: str,
    ) -> None:
        await ask(database, ring, typed)

        assert await links(owner) == 0

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE people SET blocked_at = now()",
            "ALTER TABLE memberships DISABLE TRIGGER USER; UPDATE memberships SET ended_at = now()",
        ],
        ids=["blocked", "works-for-nobody"],
    )
    async def test_nothing_is_sent_to_whom_it_would_not_let_in(
        self,
        database: Database,
        ring: Keyring,
        owner: asyncpg.Connection,
        change: str,
    ) -> None:
        await owner.execute(change)

        await ask(database, ring)

        assert await links(owner) == 0

    async def test_nothing_is_sent_to_whom_a_provider_vouches_for(
        self, database: Database, ring: Keyring, member: Member, owner: asyncpg.Connection
    ) -> None:
        identity = {"issuer": "https://example.org", "subject": "1", "linked_at": clock.now()}
        await insert(owner, "person_identities", identity | {"person_id": member.person_id})

        await ask(database, ring)

        assert await links(owner) == 0

    async def test_a_mailbox_cannot_be_flooded(
        self, database: Database, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        await asyncio.gather(*(ask(database, ring) for _ in range(MOST_LINKS_AN_HOUR + 5)))

        assert await links(owner) == MOST_LINKS_AN_HOUR

    async def test_an_hour_later_there_may_be_more(
        self, database: Database, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        with clock.at(clock.now() - timedelta(hours=2)):
            for _ in range(MOST_LINKS_AN_HOUR):
                await ask(database, ring)

        await ask(database, ring)

        assert await links(owner) == MOST_LINKS_AN_HOUR + 1


class TestFollowingALink:
    async def test_who_holds_nothing_must_set_something_up(
        self, database: Database, ring: Keyring, member: Member
    ) -> None:
        step = await follow(database, await link_for(database, ring, member))

        assert (step.kind, step.person_id) == (StepKind.ENROLMENT, member.person_id)

    async def test_two_clicks_at_once_take_it_once(
        self, database: Database, ring: Keyring, member: Member
    ) -> None:
        token = await link_for(database, ring, member)

        ended = await asyncio.gather(
            *(follow(database, token) for _ in range(4)), return_exceptions=True
        )

        refused = [one for one in ended if isinstance(one, LinkNotGoodError)]
        assert len(refused) == 3

    async def test_an_old_one_is_refused(
        self, database: Database, ring: Keyring, member: Member
    ) -> None:
        with clock.at(clock.now() - ONE_TIME_LINK_LASTS):
            token = await link_for(database, ring, member)

        with pytest.raises(LinkNotGoodError):
            await follow(database, token)


class TestASteps:
    @pytest.fixture
    async def step(self, database: Database, ring: Keyring, member: Member) -> one_time.Step:
        return await follow(database, await link_for(database, ring, member))

    async def test_it_can_be_tried_only_so_often(
        self, database: Database, step: one_time.Step
    ) -> None:
        for _ in range(MOST_STEP_FAILURES):
            await try_once(database, step.token)

        with pytest.raises(StepOverError):
            await try_once(database, step.token)

    async def test_tries_at_once_are_counted_one_by_one(
        self, database: Database, step: one_time.Step, owner: asyncpg.Connection
    ) -> None:
        await asyncio.gather(
            *(try_once(database, step.token) for _ in range(20)), return_exceptions=True
        )

        assert await owner.fetchval("SELECT failures FROM sign_in_steps") == MOST_STEP_FAILURES

    async def test_it_is_over_after_a_while(self, database: Database, step: one_time.Step) -> None:
        with clock.at(clock.now() + STEP_LASTS), pytest.raises(StepOverError):
            await try_once(database, step.token)

    async def test_it_is_over_once_it_was_taken(
        self, database: Database, step: one_time.Step
    ) -> None:
        async with transaction(database, DOORKEEPER) as session:
            held = await one_time.look_at_step(session, step.token)
            await one_time.end_step(session, held)

        with pytest.raises(StepOverError):
            await try_once(database, step.token)

    async def test_one_kind_does_not_pass_for_another(
        self, database: Database, step: one_time.Step
    ) -> None:
        async with transaction(database, DOORKEEPER) as session:
            with pytest.raises(StepOverError):
                await one_time.look_at_step(session, step.token, StepKind.SECOND_FACTOR)

    async def test_a_made_up_cookie_is_nobodys(self, database: Database) -> None:
        with pytest.raises(StepOverError):
            await try_once(database, "made up")
