import re
import uuid
from pathlib import Path

import asyncpg
import orjson
import pytest

from app.access import DOORKEEPER, Role
from app.cli.output import Exit
from app.config import Settings
from app.db.transactions import Database, transaction
from app.organisations.service.invitations import accept_invitation
from app.organisations.service.links import take_link
from app.organisations.terms import LinkKind
from app.values.uuid7 import uuid7
from tests.cli.running import Ended, Here, addresses
from tests.factories.invitations import entries
from tests.factories.people import add_member, add_organisation, insert

LINK = re.compile(r"http://127\.0\.0\.1:8000/invitations/([\w-]{43})")


@pytest.fixture
async def school(owner: asyncpg.Connection) -> uuid.UUID:
    return await add_organisation(owner)


async def invite(
    here: Here, settings: Settings, organisation: object, *words: str, **changes: str
) -> Ended:
    """Run `ap-register administrator invite` for somebody."""
    whom = ("--name", "Ada Example", "--email", "Ada@Example.ORG")
    return await here(
        *("administrator", "invite", "--organisation", str(organisation), *whom, *words),
        **addresses(settings),
        **changes,
    )


class TestInvite:
    async def test_the_very_first_person_comes_in_by_the_link_that_is_printed(
        self,
        here: Here,
        settings: Settings,
        database: Database,
        owner: asyncpg.Connection,
        school: uuid.UUID,
    ) -> None:
        ended = await invite(here, settings, school)

        assert ended.code == Exit.DONE
        (token,) = LINK.findall(ended.out)
        async with transaction(database, DOORKEEPER) as session:
            link = await take_link(session, token, LinkKind.INVITATION)
            assert link.invitation_id is not None
            await accept_invitation(session, DOORKEEPER, link.invitation_id, None)
        membership = await owner.fetchrow(
            "SELECT m.organisation_id, m.roles, c.email FROM memberships m "
            "JOIN person_contacts c ON c.person_id = m.person_id"
        )
        assert membership is not None
        assert tuple(membership) == (school, ["administrator"], "ada@example.org")

    async def test_it_is_written_down_as_the_operator_s(
        self, here: Here, settings: Settings, owner: asyncpg.Connection, school: uuid.UUID
    ) -> None:
        await invite(here, settings, school, "--way", "link", "--role", "finance-signatory")

        (entry,) = await entries(owner, "invitation.made")
        assert (entry["actor_kind"], entry["subject_organisation_id"]) == ("operator", school)
        assert entry["after"]["roles"] == ["administrator", "finance-signatory"]
        assert entry["after"]["way"] == "link"

    async def test_where_mail_leaves_the_link_is_for_the_mailbox_alone(
        self, here: Here, settings: Settings, owner: asyncpg.Connection, school: uuid.UUID
    ) -> None:
        ended = await invite(
            here, settings, school, "--json", SMTP_URL="smtp://user:s3cret@mail.example.org"
        )

        told = orjson.loads(ended.out)
        assert (told["mailed"], told["roles"]) == (True, ["administrator"])
        assert "link" not in told
        assert "s3cret" not in ended.out + ended.err
        assert await owner.fetchval("SELECT count(*) FROM jobs WHERE kind = 'mail.link'") == 1

    async def test_it_is_found_by_a_number_it_is_known_by(
        self, here: Here, settings: Settings, owner: asyncpg.Connection, school: uuid.UUID
    ) -> None:
        await insert(
            owner,
            "organisation_identifiers",
            {"organisation_id": school, "scheme": "urn", "value": "999001"},
        )

        known = await invite(here, settings, "urn:999001", "--json")
        unknown = await invite(here, settings, "urn:999002")

        assert orjson.loads(known.out)["organisation_id"] == str(school)
        assert (unknown.code, unknown.out) == (Exit.REFUSED, "")
        assert "No organisation, or more than one" in unknown.err

    async def test_who_has_an_administrator_is_left_alone_unless_that_is_meant(
        self, here: Here, settings: Settings, owner: asyncpg.Connection, school: uuid.UUID
    ) -> None:
        await add_member(owner, school, Role.ADMINISTRATOR)

        refused = await invite(here, settings, school)
        meant = await invite(here, settings, school, "--also")

        assert (refused.code, refused.out) == (Exit.REFUSED, "")
        assert "--also" in refused.err
        assert meant.code == Exit.DONE

    async def test_what_cannot_be_is_refused_in_a_sentence(
        self, here: Here, settings: Settings, owner: asyncpg.Connection, school: uuid.UUID
    ) -> None:
        unknown = await invite(here, settings, uuid7())
        unfit = await invite(here, settings, school, "--role", "inspector")
        nameless = await invite(here, settings, school, "--name", "A\nB")
        homeless = await invite(here, settings, school, "--email", "nobody")

        for ended in (unknown, unfit, nameless, homeless):
            assert (ended.code, ended.out) == (Exit.REFUSED, "")
            assert "Traceback" not in ended.err
        assert "nobody" not in homeless.err
        assert await owner.fetchval("SELECT count(*) FROM invitations") == 0

    async def test_what_names_no_organisation_is_a_matter_of_usage(
        self, here: Here, settings: Settings
    ) -> None:
        for text in ("Example School", "urn:nonsense", "isbn:1"):
            ended = await invite(here, settings, text)
            assert (ended.code, ended.out) == (Exit.USAGE, "")

    async def test_without_a_keyring_nobody_is_invited(
        self,
        here: Here,
        settings: Settings,
        owner: asyncpg.Connection,
        school: uuid.UUID,
        tmp_path: Path,
    ) -> None:
        missing = settings.model_copy(update={"keyring_file": tmp_path / "none.json"})

        ended = await invite(here, missing, school)

        assert (ended.code, ended.out) == (Exit.SURROUNDINGS, "")
        assert "There is no keyring" in ended.err
        assert await owner.fetchval("SELECT count(*) FROM invitations") == 0
