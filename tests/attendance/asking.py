"""Asking about attendance."""

from datetime import date, datetime, timedelta
from typing import Any

import httpx

from app import clock
from tests.children.asking import add
from tests.factories.children import circumstances
from tests.placements.asking import PLACEMENTS, mornings, place
from tests.placements.conftest import People, Setting

ATTENDANCE = "/v1/attendance"
READING = {"purpose": "safeguarding"}
MONDAY = date(2026, 11, 23)
"""A past Monday in term; the tests' own today is later."""


def london(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of London."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.LONDON)


async def expected(
    people: People, setting: Setting, who: str = "school", **members: Any
) -> dict[str, Any]:
    """Let a child be expected every Monday from nine to one since long ago."""
    duties = members.pop("duties", {})
    child = await add(people[who], circumstances=circumstances(**duties))
    told = {"starts_on": "2026-09-07", "planned_end_on": None, "sessions": mornings("monday")}
    made = await place(people[who], setting, child=child, **(told | members))
    assert made.status_code == 201, made.text
    placement: dict[str, Any] = made.json()
    return placement


async def report(
    client: httpx.AsyncClient, placement: dict[str, Any], **fact: Any
) -> httpx.Response:
    """Report one session: that the child arrived, on that Monday, unless said otherwise."""
    sent = {"on": MONDAY.isoformat(), "kind": "arrived"} | fact
    return await client.post(f"{PLACEMENTS}/{placement['id']}/attendance", json=sent)


async def batch(client: httpx.AsyncClient, *items: dict[str, Any]) -> dict[str, Any]:
    """Report many sessions."""
    answer = await client.post(f"{ATTENDANCE}/batches", json={"items": list(items)})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def attendance(
    client: httpx.AsyncClient, placement: dict[str, Any], since: date = MONDAY, days: int = 1
) -> dict[str, Any]:
    """Read a placement's attendance on some days."""
    until = since + timedelta(days=days - 1)
    asked = READING | {"since": since.isoformat(), "until": until.isoformat()}
    answer = await client.get(f"{PLACEMENTS}/{placement['id']}/attendance", params=asked)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def enter(
    client: httpx.AsyncClient, placement: dict[str, Any], code: str, half: str = "morning"
) -> httpx.Response:
    """Enter a code for that Monday."""
    sent = {"on": MONDAY.isoformat(), "half": half, "code": code}
    return await client.post(f"{PLACEMENTS}/{placement['id']}/attendance/codes", json=sent)
