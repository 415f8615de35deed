import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from app import clock
from app.access import Role
from app.config import Settings
from app.db.transactions import Database
from app.errors import VersionChangedError
from app.organisations.errors import (
    InvitationNotFoundError,
    InvitationNotOpenError,
    TooManyInvitationsError,
)
from app.organisations.terms import (
    INVITATION_LASTS,
    INVITATION_RESTS,
)
from app.values.uuid7 import uuid7
from tests.factories.invitations import add_invitation, entries
from tests.factories.people import Member, add_member, add_organisation
from tests.organisations.inviting import accept, send_again, withdraw


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


class TestSendAgain:
    async def test_a_new_link_leaves_and_the_time_begins_anew(
        self,
        database: Database,
        owner: asyncpg.Connection,
        settings: Settings,
        administrator: Member,
    ) -> None:
        earlier = await add_invitation(owner, administrator.organisation_id)
        present = clock.now()

        with clock.at(present):
            sent = await send_again(database, settings, administrator.actor, earlier)

        kept = await owner.fetchrow("SELECT expires_at, version FROM invitations")
        assert kept is not None
        assert (kept["expires_at"], kept["version"]) == (present + INVITATION_LASTS, 2)
        assert sent.version == 2
        assert await owner.fetchval("SELECT count(*) FROM emailed_links") == 1
        assert await owner.fetchval("SELECT count(*) FROM jobs WHERE kind = 'mail.link'") == 1
        (entry,) = await entries(owner, "invitation.sent_again")
        assert entry["after"] == {"expires_at": (present + INVITATION_LASTS).isoformat()}
        assert entry["before"]["expires_at"] < entry["after"]["expires_at"]

    async def test_an_expired_one_is_open_again(
        self,
        database: Database,
        owner: asyncpg.Connection,
        settings: Settings,
        administrator: Member,
    ) -> None:
        expired = await add_invitation(
            owner, administrator.organisation_id, sent_ago=INVITATION_LASTS
        )

        await send_again(database, settings, administrator.actor, expired)

        assert (await accept(database, expired)).organisation_id == administrator.organisation_id

    async def test_it_must_have_rested(
        self,
        database: Database,
        owner: asyncpg.Connection,
        settings: Settings,
        administrator: Member,
    ) -> None:
        just_now = await add_invitation(
            owner,
            administrator.organisation_id,
            sent_ago=INVITATION_RESTS - timedelta(seconds=30),
        )

        with pytest.raises(TooManyInvitationsError) as refused:
            await send_again(database, settings, administrator.actor, just_now)

        assert 0 < int(refused.value.headers["Retry-After"]) <= 30

    @pytest.mark.parametrize("end", ["accepted", "withdrawn"])
    async def test_what_has_ended_is_not_sent(
        self,
        database: Database,
        owner: asyncpg.Connection,
        settings: Settings,
        administrator: Member,
        end: str,
    ) -> None:
        ended: dict[str, Any] = {f"{end}_at": clock.now()}
        if end == "accepted":
            ended["accepted_by"] = administrator.person_id
        which = await add_invitation(owner, administrator.organisation_id, **ended)

        with pytest.raises(InvitationNotOpenError) as refused:
            await send_again(database, settings, administrator.actor, which)

        assert refused.value.facts == {"state": end}
        assert await owner.fetchval("SELECT count(*) FROM emailed_links") == 0

    async def test_another_organisation_s_is_not_there(
        self,
        database: Database,
        owner: asyncpg.Connection,
        settings: Settings,
        administrator: Member,
    ) -> None:
        other = await add_invitation(owner, await add_organisation(owner, "Example Second School"))

        for guessed in (other, uuid7()):
            with pytest.raises(InvitationNotFoundError):
                await send_again(database, settings, administrator.actor, guessed)


class TestWithdraw:
    async def test_its_link_is_of_no_further_use(
        self, database: Database, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        which = await add_invitation(owner, administrator.organisation_id)

        await withdraw(database, administrator.actor, which)

        with pytest.raises(InvitationNotOpenError) as refused:
            await accept(database, which)
        assert refused.value.facts == {"state": "withdrawn"}
        (entry,) = await entries(owner, "invitation.withdrawn")
        assert entry["before"] == {"withdrawn_at": None}
        assert entry["subject_id"] == str(which)

    async def test_it_is_withdrawn_once(
        self, database: Database, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        which = await add_invitation(owner, administrator.organisation_id, withdrawn_at=clock.now())

        with pytest.raises(InvitationNotOpenError):
            await withdraw(database, administrator.actor, which)

    async def test_not_if_it_was_changed_meanwhile(
        self, database: Database, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        which = await add_invitation(owner, administrator.organisation_id, version=2)

        with pytest.raises(VersionChangedError):
            await withdraw(database, administrator.actor, which)

    async def test_acceptance_and_withdrawal_at_once_do_not_both_happen(
        self, database: Database, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        which = await add_invitation(owner, administrator.organisation_id)

        ended = await asyncio.gather(
            accept(database, which),
            withdraw(database, administrator.actor, which),
            return_exceptions=True,
        )

        assert sum(isinstance(one, InvitationNotOpenError) for one in ended) == 1
        kept = await owner.fetchrow("SELECT accepted_at, withdrawn_at FROM invitations")
        assert kept is not None
        assert (kept["accepted_at"] is None) != (kept["withdrawn_at"] is None)
