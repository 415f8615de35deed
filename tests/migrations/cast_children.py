"""Children of a school and of another authority, one of them erased, and what was asked of them."""

import secrets
import uuid
from datetime import date
from typing import Any

import asyncpg

from app import clock
from app.values.uuid7 import uuid7
from tests.factories.people import Member, insert
from tests.factories.providers import COVENTRY, WARWICKSHIRE

SINCE = date(2026, 9, 1)


async def add_children(owner: asyncpg.Connection, school: Member, elsewhere: Member) -> None:
    """Let a school hold a child at home in Coventry, and another authority some of its own."""
    held = await _add_child(owner, school, COVENTRY)
    asked = await _add_child(owner, elsewhere, WARWICKSHIRE)
    other = await _add_child(owner, elsewhere, WARWICKSHIRE)
    for pair, la_code in (((asked, held), COVENTRY), ((other, held), None)):
        row: dict[str, Any] = {"id": uuid7(), "child_id": pair[0], "other_child_id": pair[1]}
        row |= {"method": "name-and-birth", "la_code": la_code, "asked_at": clock.now()}
        await insert(owner, "match_questions", row | {"version": 1})
    erased, present = uuid7(), clock.now()
    row = {"id": erased, "commissioner_id": school.organisation_id, "erased_at": present}
    row |= {"recorded_at": present, "changed_at": present, "version": 2}
    await insert(owner, "children", row)
    journal = {"child_id": erased, "erased_at": present, "erased_by": school.person_id}
    await insert(owner, "erasures", journal | {"reason": "recorded-by-mistake"})


async def _add_child(owner: asyncpg.Connection, holder: Member, home: str) -> uuid.UUID:
    child, present = uuid7(), clock.now()
    row: dict[str, Any] = {"id": child, "commissioner_id": holder.organisation_id, "version": 1}
    row |= {"reference": secrets.token_hex(4), "sealed_key": b"\x00"}
    row |= {"date_of_birth": date(2014, 5, 6), "recorded_at": present, "changed_at": present}
    await insert(owner, "children", row)
    await insert(owner, "child_particulars", {"child_id": child, "encrypted": bytes(28)})
    duties: dict[str, Any] = {"child_id": child, "since": SINCE, "home_la_code": home}
    duties |= {"has_sen": False, "recorded_at": present, "version": 1}
    await insert(owner, "child_circumstances", duties)
    link = {"child_id": child, "link_id": uuid7(), "likeness_hash": bytes(32)}
    await insert(owner, "child_links", link)
    return child
