"""Who may take which step after judging, as a table; what nobody sees is not there."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from app.access import Role
from app.config import Settings
from app.values.uuid7 import uuid7
from tests.factories.hearings import Browsers, drafted, published, to_check
from tests.factories.inspecting import Desk, add_desk
from tests.factories.people import add_member
from tests.factories.records import add_officer
from tests.providers.router.asking import browsers

WHO = ("lead", "second", "third", "manager", "elsewhere", "school")
"""Inspects; checks; has no part; is inspected; acts for another authority; places children."""
NOWHERE = str(uuid7())
OF_OWNER: dict[str, Any] = {"site": 1, "criterion": "2.1b"}
COMMENT = {"comments": [OF_OWNER | {"comment": "No."}]}
REPLY = {"replies": [OF_OWNER | {"reply": "No."}]}
WITHHOLDING = OF_OWNER | {"version": 1, "because": "unlawful", "reason": "It must not be."}
APPEAL = {"grounds": "No.", "judgements": [OF_OWNER]}
DECISION = {"decision": "dismissed", "reason": "No."}
REDACTION = {"kind": "redaction", "of_version": 1, "reason": "It names somebody."}
TABLE: list[tuple[str, str, dict[str, Any], str]] = [
    ("drafted", "comments", COMMENT, "403 403 403 200 403 403"),
    ("drafted", "comments/close", {}, "403 403 403 200 403 403"),
    ("drafted", f"comments/{NOWHERE}/answer", {"answer": "accepted"}, "404 403 403 403 404 403"),
    ("to_check", "check-request", {}, "428 403 403 403 428 403"),
    ("to_check", "check", {"decision": "published"}, "403 428 428 403 428 403"),
    ("published", "replies", REPLY, "403 403 403 200 403 403"),
    ("published", "replies/withholding", WITHHOLDING, "403 200 200 403 404 403"),
    ("published", f"actions/{NOWHERE}/evidence", {"document": NOWHERE}, "403 403 403 404 403 403"),
    ("published", f"actions/{NOWHERE}/verification", {"verified": True}, "404 403 403 403 404 403"),
    ("published", "revisits", {"reason": "Mended."}, "403 403 403 201 403 403"),
    ("published", f"revisits/{NOWHERE}/answer", {"reason": "No."}, "404 404 404 403 404 403"),
    ("published", "appeals", APPEAL, "403 403 403 201 403 403"),
    ("published", f"appeals/{NOWHERE}/body", {"body": None}, "404 404 404 403 404 403"),
    ("published", f"appeals/{NOWHERE}/decision", DECISION, "403 404 404 403 404 403"),
    ("published", "amendments", REDACTION, "409 409 409 403 404 403"),
]
"""Where the inspection stands, the step, what is sent, and what each of them is answered. A 404 of
who acts for another authority is of the inspection itself; of others, of the part they name."""


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A provider, and everybody who has to do with its inspection."""
    return await add_desk(owner, status="listed")


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk
) -> AsyncIterator[Browsers]:
    """A signed-in browser for each of them."""
    third = await add_officer(owner, Role.SECOND_OFFICER, name="Example Third")
    school = await add_member(owner, desk.school.organisation_id, Role.COMMISSIONER)
    members = (desk.lead, desk.second, third, desk.record.manager, desk.elsewhere, school)
    async with browsers(settings, owner, *members) as made:
        yield dict(zip(WHO, made, strict=True))


async def status(client: httpx.AsyncClient, address: str, body: dict[str, Any]) -> str:
    """Send something, and return the status it is answered with."""
    return str((await client.post(address, json=body)).status_code)


@pytest.mark.parametrize("stands", ["drafted", "to_check", "published"])
async def test_each_is_answered_as_the_table_says(
    people: Browsers, desk: Desk, stands: str
) -> None:
    bring = {"drafted": drafted, "to_check": to_check, "published": published}[stands]
    address = await bring(people, desk)
    answered = {
        step: " ".join([await status(people[name], f"{address}/{step}", body) for name in WHO])
        for where, step, body, _ in TABLE
        if where == stands
    }

    assert answered == {step: wanted for where, step, _, wanted in TABLE if where == stands}
