"""Messages about inspections go to whoever keeps the record, once, and otherwise to nobody."""

import json
from collections.abc import AsyncIterator

import asyncpg
import pytest
from pydantic import SecretStr

from app import clock
from app.access import WORKER
from app.config import Settings
from app.db.transactions import Database, transaction
from app.handlers import jobs
from app.inspections.service.drafting import TELL
from app.inspections.terms import Notice
from app.keyring.ring import load as load_keyring
from app.notifications.inspection_messages import notice
from app.notifications.terms import Envelope
from app.outbox.terms import JobHandlers
from app.values.uuid7 import uuid7
from tests.factories.hearings import Browsers, drafted
from tests.factories.inspecting import Desk, add_desk
from tests.notifications.mail_servers import HOST, Received, mail_server
from tests.providers.router.asking import browsers


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A provider, and everybody who has to do with its inspection."""
    return await add_desk(owner)


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk
) -> AsyncIterator[Browsers]:
    """A browser for who inspects."""
    async with browsers(settings, owner, desk.lead) as made:
        yield {"lead": made[0]}


async def sent(
    database: Database, owner: asyncpg.Connection, handlers: JobHandlers, kind: str
) -> None:
    """Do the jobs of a kind twice, as where the first time was lost."""
    rows = await owner.fetch("SELECT payload FROM jobs WHERE kind = $1", kind)
    for row in [*rows, *rows]:
        async with transaction(database, WORKER) as session:
            await handlers[kind](session, json.loads(row["payload"]))


async def test_who_keeps_the_record_is_told_of_the_draft_and_by_when(
    people: Browsers, settings: Settings, owner: asyncpg.Connection, database: Database, desk: Desk
) -> None:
    received = Received()
    address = await drafted(people, desk)
    async with mail_server(received) as port:
        smtp = SecretStr(f"smtp://{HOST}:{port}")
        changed = {"smtp_url": smtp, "mail_from": "register@example.org"}
        ready = settings.model_copy(update=changed)
        handlers = jobs(ready, load_keyring(settings.keyring_path))
        await sent(database, owner, handlers, TELL)
        await sent(database, owner, handlers, "mail.inspection")

    assert len({message["Message-ID"] for message in received.messages}) == 1
    told = received.messages[0]
    assert told["Subject"].startswith(f"Draft of inspection {address.rsplit('/', 1)[1]}")
    assert "to the end of" in told.get_content()


async def test_where_nobody_keeps_the_record_nobody_is_told_and_the_clock_runs(
    people: Browsers, settings: Settings, owner: asyncpg.Connection, database: Database, desk: Desk
) -> None:
    await owner.execute("UPDATE provider_owners SET ended_at = now()")
    address = await drafted(people, desk)
    handlers = jobs(settings, load_keyring(settings.keyring_path))
    await sent(database, owner, handlers, TELL)

    assert await owner.fetchval("SELECT count(*) FROM jobs WHERE kind = 'mail.inspection'") == 0
    assert (await people["lead"].get(address)).json()["comments_due_on"] is not None


@pytest.mark.parametrize("what", Notice)
def test_every_notice_has_words_and_leads_to_the_sign_in(what: Notice) -> None:
    moment = clock.now()
    sender, email = "register@example.org", "ada@example.org"
    envelope = Envelope(uuid7(), sender, email, "Ada Example", moment, moment)
    message = notice(envelope, "https://register.example.org", ("QA000017K", "A\nB"), what, None)

    assert "QA000017K" in message["Subject"]
    assert "\n" not in message["Subject"]
    assert "https://register.example.org/sign-in" in message.get_content()
