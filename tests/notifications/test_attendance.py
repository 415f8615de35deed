"""That somebody has not arrived is mailed once, to who was agreed, with nothing of the child."""

import json

import asyncpg
from pydantic import SecretStr

from app.access import WORKER
from app.attendance.service.watching import MAIL
from app.config import Settings
from app.db.transactions import Database, transaction
from app.handlers import jobs
from app.keyring.ring import load as load_keyring
from tests.attendance.asking import MONDAY, expected, london
from tests.attendance.conftest import people, setting
from tests.attendance.test_watching import look
from tests.notifications.mail_servers import HOST, Received, mail_server
from tests.placements.conftest import People, Setting

__all__ = ("people", "setting")


async def test_the_message_goes_once_to_who_safeguards_and_names_nobody(
    people: People,
    setting: Setting,
    settings: Settings,
    database: Database,
    owner: asyncpg.Connection,
) -> None:
    placement = await expected(people, setting)
    await look(database, london(MONDAY, 10))
    received = Received()
    async with mail_server(received) as port:
        smtp = SecretStr(f"smtp://{HOST}:{port}")
        changed = {"smtp_url": smtp, "mail_from": "register@example.org"}
        handlers = jobs(settings.model_copy(update=changed), load_keyring(settings.keyring_path))
        (job,) = await owner.fetch("SELECT payload FROM jobs WHERE kind = $1", MAIL)
        for _ in range(2):
            async with transaction(database, WORKER) as session:
                await handlers[MAIL](session, json.loads(job["payload"]))

    assert len({message["Message-ID"] for message in received.messages}) == 1
    told = received.messages[0]
    alert = await owner.fetchval("SELECT id FROM attendance_alerts")
    assert str(alert) in told.get_content()
    assert "Example Placer" in told["To"]
    written = told.as_string()
    for personal in ("Synthetic", "Alex", placement["reference"], placement["child"], "09:00"):
        assert personal not in written
