import asyncio

import asyncpg
import pytest

from app import clock
from app.access import DOORKEEPER, OPERATOR, Role
from app.config import Settings
from app.db.transactions import Database, transaction
from app.keyring.ring import load as load_keyring
from app.organisations.errors import (
    AlreadyMemberError,
    InvitationNotFoundError,
    InvitationNotOpenError,
    PersonBlockedError,
    PersonNotKnownError,
    UseYourOwnSignInError,
)
from app.organisations.service import invitations
from app.organisations.service.invitations import Accepted
from app.organisations.service.links import take_link
from app.organisations.terms import (
    INVITATION_LASTS,
    LinkKind,
    SignInWay,
)
from app.values.uuid7 import uuid7
from tests.factories.invitations import ADDRESS, add_invitation, asked, entries
from tests.factories.people import Member, add_member, add_organisation, add_person, insert
from tests.organisations.inviting import accept


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


class TestAcceptInvitation:
    async def test_somebody_new_joins_with_the_address_and_the_roles(
        self, owner: asyncpg.Connection, administrator: Member, database: Database
    ) -> None:
        which = await add_invitation(
            owner, administrator.organisation_id, roles=["analyst", "approver"], way="link"
        )

        accepted = await accept(database, which)

        person = await owner.fetchrow(
            "SELECT p.name, c.email FROM people p JOIN person_contacts c ON c.person_id = p.id "
            "WHERE p.id = $1",
            accepted.person_id,
        )
        membership = await owner.fetchrow(
            "SELECT * FROM memberships WHERE id = $1", accepted.membership_id
        )
        assert person is not None
        assert membership is not None
        assert tuple(person) == ("Example Newcomer", ADDRESS)
        assert membership["person_id"] == accepted.person_id
        assert membership["roles"] == ["analyst", "approver"]
        assert accepted.organisation_id == administrator.organisation_id
        assert accepted.way is SignInWay.LINK

    async def test_it_is_written_down_as_theirs_and_their_organisation_sees_it(
        self, owner: asyncpg.Connection, administrator: Member, database: Database
    ) -> None:
        accepted = await accept(
            database, await add_invitation(owner, administrator.organisation_id)
        )

        (entry,) = await entries(owner, "invitation.accepted")
        assert (entry["actor_kind"], entry["actor_id"]) == ("person", accepted.person_id)
        assert entry["subject_organisation_id"] == administrator.organisation_id
        assert entry["after"]["membership_id"] == str(accepted.membership_id)
        assert ADDRESS not in str(entry)

    async def test_whoever_has_the_address_joins_a_further_organisation(
        self, owner: asyncpg.Connection, administrator: Member, database: Database
    ) -> None:
        person = await add_person(owner, email=ADDRESS)
        await add_member(owner, await add_organisation(owner, "Elsewhere"), person_id=person)

        accepted = await accept(
            database, await add_invitation(owner, administrator.organisation_id)
        )

        assert accepted.person_id == person
        held = "SELECT count(*) FROM memberships WHERE person_id = $1 AND ended_at IS NULL"
        assert await owner.fetchval(held, person) == 2

    @pytest.mark.parametrize(
        ("table", "row"),
        [
            ("person_identities", {"issuer": "https://login.example.org", "subject": "1"}),
            ("authenticators", {"sealed_secret": b"sealed", "last_counter": 0}),
            (
                "passkeys",
                {
                    "id": uuid7(),
                    "credential_id": b"1",
                    "public_key": b"key",
                    "sign_count": 0,
                    "transports": [],
                    "name": "A key",
                },
            ),
        ],
    )
    async def test_a_mailbox_alone_does_not_become_who_signs_in_another_way(
        self,
        owner: asyncpg.Connection,
        administrator: Member,
        database: Database,
        table: str,
        row: dict[str, object],
    ) -> None:
        person = await add_person(owner, email=ADDRESS)
        moment = "linked_at" if table == "person_identities" else "added_at"
        await insert(owner, table, {"person_id": person, moment: clock.now()} | row)
        which = await add_invitation(owner, administrator.organisation_id)

        with pytest.raises(UseYourOwnSignInError):
            await accept(database, which)

        assert (await accept(database, which, person)).person_id == person

    async def test_a_passkey_that_was_removed_is_none(
        self, owner: asyncpg.Connection, administrator: Member, database: Database
    ) -> None:
        person, present = await add_person(owner, email=ADDRESS), clock.now()
        key = {"credential_id": b"1", "public_key": b"key", "sign_count": 0, "transports": []}
        times = {"added_at": present, "removed_at": present}
        await insert(
            owner, "passkeys", {"id": uuid7(), "person_id": person, "name": "Gone", **key, **times}
        )

        accepted = await accept(
            database, await add_invitation(owner, administrator.organisation_id)
        )

        assert accepted.person_id == person

    async def test_whoever_showed_who_they_are_joins_under_another_address(
        self, owner: asyncpg.Connection, administrator: Member, database: Database
    ) -> None:
        person = await add_person(owner, email="work@example.org")

        accepted = await accept(
            database, await add_invitation(owner, administrator.organisation_id), person
        )

        assert accepted.person_id == person
        assert (
            await owner.fetchval("SELECT email FROM person_contacts WHERE person_id = $1", person)
            == "work@example.org"
        )

    async def test_it_is_accepted_once(
        self, owner: asyncpg.Connection, administrator: Member, database: Database
    ) -> None:
        which = await add_invitation(owner, administrator.organisation_id)
        await accept(database, which)

        with pytest.raises(InvitationNotOpenError) as refused:
            await accept(database, which)

        assert refused.value.facts == {"state": "accepted"}

    async def test_of_many_clicks_at_once_one_counts(
        self, owner: asyncpg.Connection, administrator: Member, database: Database
    ) -> None:
        which = await add_invitation(owner, administrator.organisation_id)

        ended = await asyncio.gather(
            *(accept(database, which) for _ in range(6)), return_exceptions=True
        )

        assert sum(isinstance(one, Accepted) for one in ended) == 1
        assert sum(isinstance(one, InvitationNotOpenError) for one in ended) == 5
        assert await owner.fetchval("SELECT count(*) FROM person_contacts") == 2

    async def test_two_organisations_at_once_get_one_and_the_same_person(
        self, owner: asyncpg.Connection, administrator: Member, database: Database
    ) -> None:
        other = await add_organisation(owner, "Example Second School")
        both = [await add_invitation(owner, one) for one in (administrator.organisation_id, other)]

        accepted = await asyncio.gather(*(accept(database, one) for one in both))

        assert len({one.person_id for one in accepted}) == 1
        assert len({one.membership_id for one in accepted}) == 2

    async def test_not_after_its_time(
        self, owner: asyncpg.Connection, administrator: Member, database: Database
    ) -> None:
        which = await add_invitation(
            owner, administrator.organisation_id, sent_ago=INVITATION_LASTS
        )

        with pytest.raises(InvitationNotOpenError, match="has expired") as refused:
            await accept(database, which)

        assert refused.value.facts == {"state": "expired"}
        assert await owner.fetchval("SELECT count(*) FROM memberships") == 1

    async def test_not_by_who_is_a_member(
        self, owner: asyncpg.Connection, administrator: Member, database: Database
    ) -> None:
        which = await add_invitation(owner, administrator.organisation_id)

        with pytest.raises(AlreadyMemberError):
            await accept(database, which, administrator.person_id)

    @pytest.mark.parametrize("shown", [True, False])
    async def test_not_by_who_is_blocked(
        self, owner: asyncpg.Connection, administrator: Member, database: Database, *, shown: bool
    ) -> None:
        person = await add_person(owner, email=ADDRESS)
        await owner.execute("UPDATE people SET blocked_at = now() WHERE id = $1", person)
        which = await add_invitation(owner, administrator.organisation_id)

        with pytest.raises(PersonBlockedError):
            await accept(database, which, person if shown else None)

    async def test_not_by_nobody(
        self, owner: asyncpg.Connection, administrator: Member, database: Database
    ) -> None:
        which = await add_invitation(owner, administrator.organisation_id)

        with pytest.raises(PersonNotKnownError):
            await accept(database, which, uuid7())

    async def test_what_was_never_made_is_not_there(self, database: Database) -> None:
        with pytest.raises(InvitationNotFoundError):
            await accept(database, uuid7())

    async def test_whoever_has_the_token_takes_the_link_and_joins(
        self, database: Database, settings: Settings, administrator: Member
    ) -> None:
        async with transaction(database, OPERATOR) as session:
            new = asked(administrator.organisation_id)
            made = await invitations.invite_with_link(
                session, OPERATOR, load_keyring(settings.keyring_path), new
            )

        async with transaction(database, DOORKEEPER) as session:
            link = await take_link(session, made.token, LinkKind.INVITATION)
            assert link.invitation_id is not None
            accepted = await invitations.accept_invitation(
                session, DOORKEEPER, link.invitation_id, None
            )

        assert accepted.organisation_id == administrator.organisation_id
