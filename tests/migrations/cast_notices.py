"""Whom it is safe to tell of a school's child and another's, a notice of each, and its sending."""

from datetime import date
from typing import Any

import asyncpg

from app import clock
from app.values.uuid7 import uuid7
from tests.factories.people import Member, insert


async def add_notices(owner: asyncpg.Connection, *placers: Member) -> None:
    """Let each commissioner say who may be told, compose a notice, and send it."""
    present, by = clock.now(), "Example Person"
    for placer in placers:
        placement = await owner.fetchrow(
            "SELECT id, child_id FROM placements WHERE commissioner_id = $1", placer.organisation_id
        )
        sealed = {"encrypted": bytes(40)}
        contacts: dict[str, Any] = {"id": uuid7(), "child_id": placement["child_id"], "version": 2}
        contacts |= {"recorded_by_name": by, "recorded_at": present}
        await insert(owner, "safe_contacts", contacts | sealed)
        notice: dict[str, Any] = {"id": uuid7(), "placement_id": placement["id"], "version": 1}
        notice |= {"kind": "parent-copy", "recipient": "parent", "addressee": 1, "basis": "{}"}
        notice |= {"due_on": date(2020, 1, 1), "due_at": present, "shorter_agreed": False}
        notice |= {"composed_by_name": by, "composed_at": present}
        await insert(owner, "placement_notices", notice | sealed)
        sending: dict[str, Any] = {"id": uuid7(), "notice_id": notice["id"], "outcome": "sent"}
        sending |= {"placement_id": placement["id"], "way": "hand", "sent_by_name": by}
        sending |= {"sent_at": present, "given_at": present}
        sending |= {"recorded_by_name": by, "recorded_at": present}
        await insert(owner, "notice_sendings", sending)
