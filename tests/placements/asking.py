"""Asking about placements."""

import itertools
from datetime import timedelta
from typing import Any

import asyncpg
import httpx

from app import clock
from app.values.uuid7 import uuid7
from tests.children.asking import add
from tests.factories.people import insert
from tests.placements.conftest import Setting

PLACEMENTS = "/v1/placements"
CASES = "/v1/registration-cases"
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
_numbers = itertools.count(1)


def mornings(*days: str, starts: str = "09:00", ends: str = "13:00") -> list[dict[str, str]]:
    """Return sessions on some days: four hours from nine o'clock unless said otherwise."""
    return [{"weekday": day, "starts": starts, "ends": ends} for day in days or WEEK]


def in_days(days: int) -> str:
    """Return a day that far from today."""
    return (clock.today() + timedelta(days=days)).isoformat()


def a_placement(setting: Setting, child: str, **members: Any) -> dict[str, Any]:
    """Return a placement as it is sent: five mornings, 20 hours, from next week, urgent."""
    told: dict[str, Any] = {
        "reference": f"PL-{next(_numbers)}",
        "child": child,
        "provider": setting.record.number,
        "site": 1,
        "route": "school-arranged",
        "starts_on": in_days(7),
        "planned_end_on": in_days(90),
        "sessions": mornings(),
        "minutes_elsewhere": 300,
        "urgent": {"reasons": "The child would be without education meanwhile."},
    }
    if "assessment" in members:
        del told["urgent"]
    return told | members


async def place(
    client: httpx.AsyncClient, setting: Setting, *, child: dict[str, Any] | None = None, **of: Any
) -> httpx.Response:
    """Record a placement, of a new child unless one is given."""
    held = child or await add(client)
    return await client.post(PLACEMENTS, json=a_placement(setting, held["id"], **of))


async def declare(owner: asyncpg.Connection, setting: Setting, **bands: int) -> None:
    """Let the provider have declared today whom nobody places: nobody, unless bands are given."""
    row: dict[str, Any] = {"id": uuid7(), "provider_id": setting.record.id}
    row |= {"declared_on": clock.today(), "declared_by": setting.record.manager.person_id}
    await insert(owner, "attendance_declarations", row | {"recorded_at": clock.now()})
    for band, children in bands.items():
        counted = {"declaration_id": row["id"], "band": band.replace("_", "-")}
        counts = {"children": children, "with_plan_or_care": 0, "with_needs": 0}
        await insert(owner, "declared_bands", counted | counts)
