import asyncio

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from app import clock
from app.access import Role
from app.config import Settings
from app.db.transactions import Database, transaction
from app.errors import InvalidRequestError
from app.keyring.ring import load as load_keyring
from app.organisations.errors import (
    AlreadyInvitedError,
    AlreadyMemberError,
    InvitationNotFoundError,
    OrganisationNotFoundError,
    RoleNotForThisOrganisationError,
)
from app.organisations.models.people import Invitation
from app.organisations.service import invitations
from app.organisations.terms import (
    INVITATION_LASTS,
    OrganisationKind,
    SignInWay,
)
from app.values.uuid7 import uuid7
from tests.factories.invitations import ADDRESS, add_invitation, asked, entries
from tests.factories.people import Member, add_member, add_organisation, add_person
from tests.organisations.inviting import invite


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


class TestInvite:
    async def test_it_is_kept_as_asked_and_its_link_is_to_be_mailed(
        self,
        database: Database,
        owner: asyncpg.Connection,
        settings: Settings,
        administrator: Member,
    ) -> None:
        new = asked(
            administrator.organisation_id,
            "New.Person@Example.ORG",
            [Role.COMMISSIONER, Role.ANALYST, Role.ANALYST],
            way=SignInWay.LINK,
        )

        made = await invite(database, settings, administrator.actor, new)

        kept = await owner.fetchrow("SELECT * FROM invitations")
        link = await owner.fetchrow("SELECT * FROM emailed_links")
        job = await owner.fetchrow("SELECT kind, payload FROM jobs")
        assert kept is not None
        assert link is not None
        assert job is not None
        assert (kept["id"], kept["email"], kept["way"]) == (made.id, ADDRESS, "link")
        assert kept["roles"] == ["analyst", "commissioner"]
        assert kept["invited_by"] == administrator.person_id
        assert kept["expires_at"] - kept["invited_at"] == INVITATION_LASTS
        assert (link["kind"], link["invitation_id"]) == ("invitation", made.id)
        assert link["expires_at"] >= kept["expires_at"]
        assert (job["kind"], job["payload"]) == ("mail.link", f'{{"link_id": "{link["id"]}"}}')

    async def test_it_is_written_down_without_the_address_or_the_token(
        self,
        database: Database,
        owner: asyncpg.Connection,
        settings: Settings,
        administrator: Member,
    ) -> None:
        new = asked(administrator.organisation_id)

        async with transaction(database, administrator.actor) as session:
            made = await invitations.invite_with_link(
                session, administrator.actor, load_keyring(settings.keyring_path), new
            )

        (entry,) = await entries(owner, "invitation.made")
        assert entry["actor_id"] == administrator.person_id
        assert entry["subject_id"] == str(made.invitation.id)
        assert entry["subject_organisation_id"] == administrator.organisation_id
        assert entry["after"]["roles"] == ["analyst"]
        assert ADDRESS not in str(entry)
        assert made.token not in str(entry)

    async def test_whoever_is_a_member_is_not_invited(
        self,
        database: Database,
        owner: asyncpg.Connection,
        settings: Settings,
        administrator: Member,
    ) -> None:
        person = await add_person(owner, email=ADDRESS)
        await add_member(owner, administrator.organisation_id, person_id=person)

        with pytest.raises(AlreadyMemberError):
            await invite(
                database,
                settings,
                administrator.actor,
                asked(administrator.organisation_id, ADDRESS.upper()),
            )

    async def test_whoever_was_a_member_is_invited_again(
        self,
        database: Database,
        owner: asyncpg.Connection,
        settings: Settings,
        administrator: Member,
    ) -> None:
        person = await add_person(owner, email=ADDRESS)
        member = await add_member(owner, administrator.organisation_id, person_id=person)
        await owner.execute(
            "UPDATE memberships SET ended_at = now() WHERE id = $1", member.membership_id
        )

        assert (
            await invite(
                database, settings, administrator.actor, asked(administrator.organisation_id)
            )
        ).email == ADDRESS

    async def test_an_open_invitation_to_the_address_is_named(
        self,
        database: Database,
        owner: asyncpg.Connection,
        settings: Settings,
        administrator: Member,
    ) -> None:
        earlier = await add_invitation(owner, administrator.organisation_id)

        with pytest.raises(AlreadyInvitedError) as refused:
            await invite(
                database, settings, administrator.actor, asked(administrator.organisation_id)
            )

        assert refused.value.facts == {"invitation_id": str(earlier)}

    async def test_another_organisation_s_invitation_is_no_hindrance(
        self,
        database: Database,
        owner: asyncpg.Connection,
        settings: Settings,
        administrator: Member,
    ) -> None:
        await add_invitation(owner, await add_organisation(owner, "Example Second School"))

        assert (
            await invite(
                database, settings, administrator.actor, asked(administrator.organisation_id)
            )
        ).email == ADDRESS

    async def test_an_expired_one_makes_way(
        self,
        database: Database,
        owner: asyncpg.Connection,
        settings: Settings,
        administrator: Member,
    ) -> None:
        expired = await add_invitation(
            owner, administrator.organisation_id, sent_ago=INVITATION_LASTS
        )

        made = await invite(
            database, settings, administrator.actor, asked(administrator.organisation_id)
        )

        states = dict(await owner.fetch("SELECT id, withdrawn_at IS NOT NULL FROM invitations"))
        assert states == {expired: True, made.id: False}
        (entry,) = await entries(owner, "invitation.withdrawn")
        assert entry["reason"] == "expired; another was made"

    async def test_one_of_two_at_once_is_told_of_the_other(
        self, database: Database, settings: Settings, administrator: Member
    ) -> None:
        async def once() -> Invitation:
            return await invite(
                database, settings, administrator.actor, asked(administrator.organisation_id)
            )

        ended = await asyncio.gather(*(once() for _ in range(5)), return_exceptions=True)

        assert sum(isinstance(one, AlreadyInvitedError) for one in ended) == 4
        assert sum(isinstance(one, Invitation) for one in ended) == 1

    async def test_roles_of_another_kind_of_organisation_are_refused(
        self,
        database: Database,
        owner: asyncpg.Connection,
        settings: Settings,
        administrator: Member,
    ) -> None:
        with pytest.raises(RoleNotForThisOrganisationError):
            await invite(
                database,
                settings,
                administrator.actor,
                asked(administrator.organisation_id, roles=[Role.INSPECTOR]),
            )

        assert await owner.fetchval("SELECT count(*) FROM invitations") == 0

    async def test_what_is_no_name_or_address_is_refused(
        self, database: Database, settings: Settings, administrator: Member
    ) -> None:
        for name, email, pointer in (
            ("x" * 10_000, ADDRESS, "/name"),
            ("Ada\nBcc: other", ADDRESS, "/name"),
            ("Ada Example", "name@example.org\nBcc: other@example.org", "/email"),
            ("Ada Example", "no address", "/email"),
        ):
            new = asked(administrator.organisation_id, email, name=name)
            with pytest.raises(InvalidRequestError) as refused:
                await invite(database, settings, administrator.actor, new)
            assert [fault.pointer for fault in refused.value.errors] == [pointer]

    async def test_another_organisation_is_as_if_it_were_not_there(
        self,
        database: Database,
        owner: asyncpg.Connection,
        settings: Settings,
        administrator: Member,
    ) -> None:
        other = await add_organisation(owner, "Example Second School")

        for organisation_id in (other, uuid7()):
            with pytest.raises(OrganisationNotFoundError):
                await invite(database, settings, administrator.actor, asked(organisation_id))

    async def test_only_administrators_invite(
        self,
        database: Database,
        owner: asyncpg.Connection,
        settings: Settings,
        administrator: Member,
    ) -> None:
        member = await add_member(owner, administrator.organisation_id, Role.APPROVER)

        with pytest.raises(OrganisationNotFoundError):
            await invite(database, settings, member.actor, asked(administrator.organisation_id))

    async def test_past_the_service_the_database_refuses_it_all_the_same(
        self, database: Database, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        other = await add_organisation(owner, "Example Second School")
        present = clock.now()
        invitation = Invitation(
            id=uuid7(),
            organisation_id=other,
            name="Example Newcomer",
            email=ADDRESS,
            roles=["administrator"],
            way="openid",
            invited_at=present,
            expires_at=present + INVITATION_LASTS,
            version=1,
        )

        with pytest.raises(DBAPIError, match="row-level security"):
            async with transaction(database, administrator.actor) as session:
                session.add(invitation)

    async def test_a_trust_invites_for_its_schools(
        self, database: Database, owner: asyncpg.Connection, settings: Settings
    ) -> None:
        trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
        school = await add_organisation(owner, parent_id=trust)
        above = await add_member(owner, trust, Role.ADMINISTRATOR)

        made = await invite(database, settings, above.actor, asked(school))

        assert made.organisation_id == school

    async def test_a_school_does_not_invite_for_its_trust(
        self, database: Database, owner: asyncpg.Connection, settings: Settings
    ) -> None:
        trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
        school = await add_organisation(owner, parent_id=trust)
        below = await add_member(owner, school, Role.ADMINISTRATOR)

        with pytest.raises(OrganisationNotFoundError):
            await invite(database, settings, below.actor, asked(trust))


class TestGetInvitation:
    async def test_it_is_found_under_its_own_organisation_alone(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
        school = await add_organisation(owner, parent_id=trust)
        above = await add_member(owner, trust, Role.ADMINISTRATOR)
        which = await add_invitation(owner, school)

        async with transaction(database, above.actor) as session:
            assert (await invitations.get_invitation(session, school, which)).id == which
            for organisation_id, invitation_id in ((trust, which), (school, uuid7())):
                with pytest.raises(InvitationNotFoundError):
                    await invitations.get_invitation(session, organisation_id, invitation_id)
            with pytest.raises(OrganisationNotFoundError):
                await invitations.get_invitation(session, uuid7(), which)
