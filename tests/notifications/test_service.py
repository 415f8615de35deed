import asyncio
import re
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

import asyncpg
import pytest
from pydantic import SecretStr

from app import clock
from app.access import DOORKEEPER, WORKER, Role
from app.config import Settings
from app.db.transactions import Database, transaction
from app.keyring.ring import Keyring
from app.keyring.ring import load as load_keyring
from app.notifications.errors import MailNotTakenError, MailRefusedError
from app.notifications.mail import mailer_of
from app.notifications.service import send_link
from app.organisations.service.links import make_link, take_link
from app.organisations.terms import ONE_TIME_LINK_LASTS, LinkKind
from app.outbox.terms import JobHandler
from app.values.uuid7 import uuid7
from tests.factories.invitations import ADDRESS, accept_all, asked
from tests.factories.people import Member, add_member, add_organisation, add_person
from tests.notifications.mail_servers import HOST, Received, mail_server
from tests.organisations.inviting import invite, send_again, withdraw

LINK = re.compile(r"https://register\.example\.org/(invitations|sign-in/link)/([\w-]{43})\r\n")


@dataclass
class Post:
    """A mail server, and the job that hands links to it."""

    received: Received
    handler: JobHandler
    settings: Settings
    ring: Keyring


@pytest.fixture
async def post(settings: Settings) -> AsyncIterator[Post]:
    received = Received()
    async with mail_server(received) as port:
        changed = settings.model_copy(
            update={
                "smtp_url": SecretStr(f"smtp://{HOST}:{port}"),
                "public_url": "https://register.example.org",
                "mail_from": "register@example.org",
            }
        )
        ring = load_keyring(settings.keyring_path)
        yield Post(received, send_link(changed, ring, mailer_of(changed)), changed, ring)


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(
        owner, await add_organisation(owner), Role.ADMINISTRATOR, name="Example Head"
    )


async def deliver(database: Database, post: Post, link_id: uuid.UUID) -> None:
    """Do the job as the worker does."""
    async with transaction(database, WORKER) as session:
        await post.handler(session, {"link_id": str(link_id)})


async def deliver_all(database: Database, owner: asyncpg.Connection, post: Post) -> None:
    for row in await owner.fetch("SELECT payload ->> 'link_id' AS id FROM jobs ORDER BY id"):
        await deliver(database, post, uuid.UUID(row["id"]))


async def ask_to_sign_in(database: Database, post: Post, person_id: uuid.UUID) -> str:
    async with transaction(database, DOORKEEPER) as session:
        return await make_link(session, post.ring, LinkKind.SIGN_IN, person_id, ONE_TIME_LINK_LASTS)


def link_in(message: EmailMessage) -> tuple[str, str]:
    """Return what a message's one link is for, and its token."""
    (found,) = LINK.findall(message.get_content())
    return found[0], found[1]


class TestSendLink:
    async def test_an_invitation_arrives_with_the_link_that_is_good(
        self, database: Database, owner: asyncpg.Connection, post: Post, administrator: Member
    ) -> None:
        new = asked(administrator.organisation_id, name="Zoë Newcomer")
        made = await invite(database, post.settings, administrator.actor, new)

        await deliver_all(database, owner, post)

        (message,) = post.received.messages
        link_id = await owner.fetchval("SELECT id FROM emailed_links")
        assert post.received.recipients == [[ADDRESS]]
        assert str(message["To"]) == f"Zoë Newcomer <{ADDRESS}>"
        assert message["Message-ID"] == f"<{link_id}@example.org>"
        words = " ".join(message.get_content().split())
        assert "Example Head has invited you to join Example School" in words
        kind, token = link_in(message)
        assert kind == "invitations"
        async with transaction(database, DOORKEEPER) as session:
            link = await take_link(session, token, LinkKind.INVITATION)
        assert link.invitation_id == made.id

    async def test_it_holds_nothing_that_it_need_not(
        self, database: Database, owner: asyncpg.Connection, post: Post, administrator: Member
    ) -> None:
        theirs = await owner.fetchval("SELECT email FROM person_contacts")
        new = asked(administrator.organisation_id, roles=[Role.SAFEGUARDING_LEAD])
        made = await invite(database, post.settings, administrator.actor, new)

        await deliver_all(database, owner, post)

        (raw,) = post.received.raw
        for untold in (
            str(theirs),
            str(made.id),
            str(administrator.person_id),
            str(administrator.organisation_id),
            "safeguarding",
        ):
            assert untold.encode() not in raw

    async def test_a_one_time_link_arrives_with_whoever_asked(
        self, database: Database, owner: asyncpg.Connection, post: Post
    ) -> None:
        person = await add_person(owner, "Ada Example", "ada@example.org")
        token = await ask_to_sign_in(database, post, person)

        await deliver_all(database, owner, post)

        (message,) = post.received.messages
        assert str(message["To"]) == "Ada Example <ada@example.org>"
        assert link_in(message) == ("sign-in/link", token)

    async def test_once_it_has_left_the_token_is_forgotten_and_it_leaves_no_more(
        self, database: Database, owner: asyncpg.Connection, post: Post
    ) -> None:
        await ask_to_sign_in(database, post, await add_person(owner))

        for _ in range(2):
            await deliver_all(database, owner, post)

        assert len(post.received.messages) == 1
        assert await owner.fetchval("SELECT sealed_token FROM emailed_links") is None

    async def test_if_the_job_is_undone_it_leaves_again_the_same_to_the_last_byte(
        self, database: Database, owner: asyncpg.Connection, post: Post
    ) -> None:
        await ask_to_sign_in(database, post, await add_person(owner))
        link_id = await owner.fetchval("SELECT id FROM emailed_links")

        async def send_and_fail() -> None:
            async with transaction(database, WORKER) as session:
                await post.handler(session, {"link_id": str(link_id)})
                raise RuntimeError

        with pytest.raises(RuntimeError):
            await send_and_fail()
        await deliver(database, post, link_id)

        first, second = post.received.raw
        assert first == second

    @pytest.mark.parametrize("way", ["withdrawn", "accepted", "expires", "used"])
    async def test_what_is_of_no_use_any_more_does_not_leave(
        self,
        database: Database,
        owner: asyncpg.Connection,
        post: Post,
        administrator: Member,
        way: str,
    ) -> None:
        new = asked(administrator.organisation_id)
        made = await invite(database, post.settings, administrator.actor, new)
        if way == "withdrawn":
            await withdraw(database, administrator.actor, made.id)
        elif way == "accepted":
            await accept_all(owner, administrator.person_id, clock.now())
        else:
            await owner.execute(f"UPDATE emailed_links SET {way}_at = now()")  # noqa: S608

        await deliver_all(database, owner, post)

        assert post.received.messages == []
        assert await owner.fetchval("SELECT sealed_token FROM emailed_links") is None

    async def test_whoever_is_blocked_is_sent_nothing(
        self, database: Database, owner: asyncpg.Connection, post: Post
    ) -> None:
        await ask_to_sign_in(database, post, await add_person(owner))
        await owner.execute("UPDATE people SET blocked_at = now()")

        await deliver_all(database, owner, post)

        assert post.received.messages == []
        assert await owner.fetchval("SELECT sealed_token FROM emailed_links") is None

    async def test_a_link_that_was_cleared_away_is_no_trouble(
        self, database: Database, post: Post
    ) -> None:
        await deliver(database, post, uuid7())

        assert post.received.messages == []

    async def test_an_invitation_that_is_sent_again_has_a_message_of_its_own(
        self, database: Database, owner: asyncpg.Connection, post: Post, administrator: Member
    ) -> None:
        new = asked(administrator.organisation_id)
        made = await invite(database, post.settings, administrator.actor, new)
        with clock.at(clock.now() + timedelta(hours=1)):
            await send_again(database, post.settings, administrator.actor, made.id)

        await deliver_all(database, owner, post)

        first, second = post.received.messages
        assert first["Message-ID"] != second["Message-ID"]
        assert link_in(first) != link_in(second)

    async def test_what_is_not_taken_waits_with_its_token(
        self, database: Database, owner: asyncpg.Connection, post: Post
    ) -> None:
        await ask_to_sign_in(database, post, await add_person(owner))

        for answer, error in (
            ("451 not now", MailNotTakenError),
            ("550 never", MailRefusedError),
        ):
            post.received.answers = {"RCPT": answer}
            with pytest.raises(error):
                await deliver_all(database, owner, post)
            assert await owner.fetchval("SELECT sealed_token FROM emailed_links") is not None
        post.received.answers = {}
        await deliver_all(database, owner, post)

        assert len(post.received.messages) == 1

    async def test_no_name_of_an_organisation_adds_to_the_message(
        self, database: Database, owner: asyncpg.Connection, post: Post
    ) -> None:
        name = "School\r\nBcc: other@example.org\r\n\r\n" + "x" * 10_000
        hostile = await add_organisation(owner, name)
        head = await add_member(owner, hostile, Role.ADMINISTRATOR, name=name)
        await invite(database, post.settings, head.actor, asked(hostile))

        await deliver_all(database, owner, post)

        (message,) = post.received.messages
        assert post.received.recipients == [[ADDRESS]]
        assert "Bcc" not in message
        assert len(post.received.raw[0]) < 4_000

    async def test_a_slow_server_holds_up_nobody_else(
        self, database: Database, owner: asyncpg.Connection, post: Post
    ) -> None:
        await ask_to_sign_in(database, post, await add_person(owner))
        link_id = await owner.fetchval("SELECT id FROM emailed_links")
        post.received.goes_on = asyncio.Event()

        sending = asyncio.create_task(deliver(database, post, link_id))
        await post.received.asked.wait()
        # While it waits, the link can be used: nothing of it is locked.
        used = await owner.execute(
            "UPDATE emailed_links SET used_at = now() WHERE id = $1", link_id
        )
        assert not sending.done()
        post.received.goes_on.set()
        await sending

        assert used == "UPDATE 1"
