"""Messages about follow-ups and reviews: to whoever works there, and nothing about a child."""

from typing import Any

import asyncpg
import pytest
from pydantic import SecretStr

from app.access import WORKER, Role
from app.config import Settings
from app.db.transactions import Database, transaction
from app.handlers import jobs
from app.keyring.ring import load as load_keyring
from app.oversight.service import chasing
from app.reviews.service import opening
from tests.factories.people import Member, add_member, add_organisation
from tests.notifications.mail_servers import HOST, Received, mail_server

FOLLOW_UP = {"follow_up_id": "1", "reference": "FU-TESTTEST", "due_on": "2026-11-27"}
REVIEW = {"provider_id": "1", "provider": "Example Forge (AP000001U)", "cause": "concern"}


async def sent(
    database: Database, settings: Settings, kind: str, payload: dict[str, Any]
) -> Received:
    """Do a job twice, as where the first time was lost; return what arrived."""
    received = Received()
    async with mail_server(received) as port:
        changed = {"smtp_url": SecretStr(f"smtp://{HOST}:{port}"), "mail_from": "r@example.org"}
        configured = settings.model_copy(update=changed)
        handlers = jobs(configured, load_keyring(configured.keyring_path))
        for _ in range(2):
            async with transaction(database, WORKER) as session:
                await handlers[kind](session, payload)
    return received


@pytest.fixture
async def lead(owner: asyncpg.Connection) -> Member:
    """Somebody who looks for children, and places them."""
    school = await add_organisation(owner, "Example School")
    return await add_member(owner, school, Role.SAFEGUARDING_LEAD, name="Example Lead")


@pytest.mark.parametrize(
    ("kind", "about", "words"),
    [
        (
            chasing.MAIL,
            FOLLOW_UP | {"asked_on": "2026-11-30"},
            ("FU-TESTTEST", "27 November 2026"),
        ),
        (
            opening.MAIL,
            REVIEW
            | {"opened_on": "2026-11-30", "acknowledge_by": "2026-12-02"}
            | {"review_by": "2026-12-14"},
            ("A concern about the provider", "2 December 2026", "14 December 2026"),
        ),
    ],
)
async def test_whoever_works_there_is_told_and_whoever_left_is_not(  # noqa: PLR0913, PLR0917
    database: Database,
    settings: Settings,
    owner: asyncpg.Connection,
    lead: Member,
    kind: str,
    about: dict[str, str],
    words: tuple[str, ...],
) -> None:
    whom = {"person_id": str(lead.person_id), "organisation_id": str(lead.organisation_id)}

    told = await sent(database, settings, kind, about | whom)
    await owner.execute("UPDATE memberships SET ended_at = now()")
    after = await sent(database, settings, kind, about | whom)

    first, again = told.messages
    assert first["Message-ID"] == again["Message-ID"]
    text = " ".join(f"{first['Subject']} {first.get_content()}".split())
    assert all(one in text for one in words)
    assert after.messages == []
