import asyncio
import uuid
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from app import clock
from app.access import Role
from app.config import Settings
from app.db.transactions import Database
from app.organisations.errors import TooManyInvitationsError, TooManyOpenInvitationsError
from app.organisations.service.invitation_bounds import check_rested
from app.organisations.terms import (
    INVITATION_LASTS,
    INVITATION_RESTS,
    MOST_INVITATIONS_AN_HOUR,
    MOST_INVITATIONS_TO_ONE,
    MOST_OPEN_INVITATIONS,
)
from tests.factories.invitations import ADDRESS, add_invitation, asked
from tests.factories.people import Member, add_member, add_organisation
from tests.organisations.inviting import invite, send_again, withdraw

TWO_HOURS = timedelta(hours=2)


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


async def fill(
    owner: asyncpg.Connection,
    organisation_id: uuid.UUID,
    count: int,
    ago: timedelta,
    **also: object,
) -> None:
    for number in range(count):
        email = f"somebody-{number}@example.org"
        await add_invitation(owner, organisation_id, email, sent_ago=ago, **also)


async def ask(
    database: Database, settings: Settings, who: Member, email: str = ADDRESS
) -> uuid.UUID:
    return (await invite(database, settings, who.actor, asked(who.organisation_id, email))).id


class TestCheckRoom:
    async def test_two_at_once_do_not_both_get_the_last_place(
        self,
        database: Database,
        settings: Settings,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        await fill(owner, administrator.organisation_id, MOST_OPEN_INVITATIONS - 1, TWO_HOURS)

        ended = await asyncio.gather(
            *(
                ask(database, settings, administrator, email)
                for email in ("first@example.org", "second@example.org")
            ),
            return_exceptions=True,
        )

        assert sum(isinstance(one, TooManyOpenInvitationsError) for one in ended) == 1
        assert sum(isinstance(one, uuid.UUID) for one in ended) == 1

    async def test_one_that_has_expired_needs_room_to_be_sent_again(
        self,
        database: Database,
        settings: Settings,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        await fill(owner, administrator.organisation_id, MOST_OPEN_INVITATIONS, TWO_HOURS)
        expired = await add_invitation(
            owner, administrator.organisation_id, sent_ago=INVITATION_LASTS
        )

        with pytest.raises(TooManyOpenInvitationsError):
            await send_again(database, settings, administrator.actor, expired)

    async def test_expired_accepted_and_foreign_ones_take_no_room(
        self,
        database: Database,
        settings: Settings,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        other = await add_organisation(owner, "Example Second School")
        await fill(owner, other, MOST_OPEN_INVITATIONS, TWO_HOURS)
        await fill(owner, administrator.organisation_id, MOST_OPEN_INVITATIONS, INVITATION_LASTS)

        await ask(database, settings, administrator)


class TestCheckHour:
    async def test_withdrawing_them_does_not_let_more_leave(
        self,
        database: Database,
        settings: Settings,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        lately, present = timedelta(minutes=59), clock.now()
        await fill(
            owner,
            administrator.organisation_id,
            MOST_INVITATIONS_AN_HOUR,
            lately,
            withdrawn_at=present,
        )

        with pytest.raises(TooManyInvitationsError) as refused:
            await ask(database, settings, administrator)
        assert refused.value.status == 429
        assert refused.value.headers["Retry-After"] == "3600"
        with clock.at(present + timedelta(minutes=2)):
            await ask(database, settings, administrator)


class TestCheckAddress:
    async def test_one_mailbox_is_not_flooded_by_taking_back_and_asking_again(
        self, database: Database, settings: Settings, administrator: Member
    ) -> None:
        for _ in range(MOST_INVITATIONS_TO_ONE):
            made = await ask(database, settings, administrator)
            await withdraw(database, administrator.actor, made)

        with pytest.raises(TooManyInvitationsError, match="for this address"):
            await ask(database, settings, administrator)
        await ask(database, settings, administrator, "another@example.org")


class TestCheckRested:
    def test_it_rests_for_its_time_and_no_longer(self) -> None:
        sent = datetime(2026, 11, 24, 9, tzinfo=UTC)
        expires = sent + INVITATION_LASTS

        with pytest.raises(TooManyInvitationsError) as refused:
            check_rested(expires, sent + INVITATION_RESTS - timedelta(seconds=61))
        check_rested(expires, sent + INVITATION_RESTS)

        assert refused.value.headers == {"Retry-After": "61"}
        assert "in 2 minutes" in refused.value.detail
