"""Whole results of inspections, as a device that was offline writes them."""

from datetime import date
from typing import Any

from app import clock
from app.values.uuid7 import uuid7
from tests.factories.inspecting import CRITERIA, Desk, found
from tests.factories.people import Member

RESULTS = "/v1/inspection-results"


def a_result(desk: Desk, *inspectors: Member, **members: Any) -> dict[str, Any]:
    """Return a result of a themed inspection of the desk's site today, all of it met."""
    result: dict[str, Any] = {
        "schema": "inspection-result/1",
        "reference": f"BARN-{uuid7()}",
        "provider": desk.record.number,
        "kind": "themed",
        "sites": [1],
        "standards": "working-set-1",
        "visited_on": clock.today().isoformat(),
        "inspectors": [str(one.person_id) for one in inspectors or (desk.lead,)],
        "criteria": CRITERIA,
        "judgements": [found(number) for number in CRITERIA],
        "written_at": "2026-01-01T09:30:00Z",
    }
    return result | members


def of_day(desk: Desk, day: date, *inspectors: Member, **members: Any) -> dict[str, Any]:
    """Return a result of a visit on a day, on which everything was seen."""
    judgements = [found(number, seen_on=day) for number in CRITERIA]
    return a_result(
        desk, *inspectors, **{"visited_on": day.isoformat(), "judgements": judgements} | members
    )
