"""How many sites are overdue for a visit, by local authority: counted in memory, exactly.

Everything it is counted from is in the open records, beside the days that the policy leaves.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import asyncpg
import numpy as np
import orjson
from numpy.typing import NDArray

from app.places.facts import la_name
from app.providers.evidence import add_months
from app.providers.terms import ON_REGISTER
from app.register import packing
from app.register.queries.documents import get_head
from app.register.queries.memory import NOWHERE
from app.register.rendering import utc
from app.register.searching.memory import Memory, memory_of
from app.register.searching.packed_filters import EPOCH, Columns
from app.register.searching.tables import Mask, Table
from app.standards.queries.published import list_policies
from app.standards.terms import PolicyCode

SOON_MONTHS = 3
"""How far ahead a visit is counted as due soon."""
PATH = "/v1/quality-assurance"
COUNTED = ("sites", "never_inspected", "overdue", "due_within_3_months")


@dataclass(frozen=True, slots=True)
class Visits:
    """How visits stand on a day.

    Attributes:
        on: the day.
        head: the register's newest entry.
        overdue_days: how late a visit may be before it is called overdue; `None` where the policy
            is switched off, and none is due.
        total: of the whole register, by the names of `COUNTED`.
        by_la: by code of the authority, the same.
    """

    on: date
    head: Any
    overdue_days: int | None
    total: dict[str, int]
    by_la: dict[str, dict[str, int]]


async def count_visits(connection: asyncpg.Connection, memory: Memory, on: date) -> Visits:
    """Count the sites on the register whose visit is overdue, or soon due, on a day.

    Args:
        connection: the public's.
        memory: what the worker holds of the register; brought up to date.
        on: the day in London.
    """
    async with memory.lock, connection.transaction(isolation="repeatable_read", readonly=True):
        await memory.bring_up_to_date(connection)
        head = await get_head(connection)
        current = memory.entry == head["entry"]
        columns = (memory if current else await memory_of(connection)).columns
        policies = await list_policies(connection, on)
    cycle = next(
        (one for one in policies if one["code"] == PolicyCode.INSPECTION_CYCLE and one["holds"]),
        None,
    )
    overdue_days = orjson.loads(cycle["parameters"])["overdue_days"] if cycle else None
    sites = _on_register(columns)
    masks = _masks(sites, on, overdue_days)
    totals = {name: int(np.count_nonzero(masks[name])) for name in COUNTED}
    counts = {name: np.bincount(sites["la"][masks[name]], minlength=1) for name in COUNTED}
    by_la = {
        f"{la:03}": {name: _at(counts[name], la) for name in COUNTED}
        for la in np.flatnonzero(counts["sites"])
    }
    return Visits(on, head, overdue_days, totals, by_la)


def visits_answer(visits: Visits) -> bytes:
    """Write the counts as JSON, in the shape of `schemas.visits.VisitsAnswer`."""
    head = visits.head
    items = [
        {"local_authority": {"la_code": code, "name": la_name(code)}, **visits.by_la[code]}
        for code in sorted(visits.by_la, key=la_name)
    ]
    answer = {
        "on": visits.on.isoformat(),
        "total": visits.total,
        "items": items,
        "overdue_after_days": visits.overdue_days,
        "definitions": definitions(visits.overdue_days),
        "register": {
            "entry": head["entry"],
            "recorded_at": utc(head["recorded_at"]) if head["recorded_at"] else None,
        },
        "links": {
            "self": PATH,
            "sites": "/v1/register/download?format=csv&table=sites",
            "policies": "/v1/policies",
        },
    }
    return orjson.dumps(answer)


def definitions(overdue_days: int | None) -> dict[str, str]:
    """Say what each count counts, so that anybody can count it again from the open records."""
    days = f"{overdue_days} days" if overdue_days is not None else "the days the policy leaves"
    return {
        "sites": "Open sites whose listing is listed, listed with actions, under review or "
        "suspended: `status` in the table of sites.",
        "never_inspected": "Of them, those of which no inspection is published: `inspection` is "
        "empty.",
        "overdue": f"Of them, those whose next visit was due more than {days} before `on`: "
        "`visit_due_on`, and `overdue_days` of the policy inspection-cycle. What a concern calls "
        "for is not announced, and not counted.",
        "due_within_3_months": "Of those that are not overdue, those whose visit is due by the "
        "same day three months after `on`, or was due before.",
    }


def _on_register(columns: Columns) -> Table:
    there = np.zeros(len(packing.STATUSES) + 1, dtype=np.bool_)
    for state in ON_REGISTER:
        there[packing.STATUSES.index(state.value) + 1] = True
    return columns.sites.where(there[columns.sites["status"]])


def _masks(sites: Table, on: date, overdue_days: int | None) -> dict[str, Mask]:
    due, has_due = sites["due"], sites["due"] != NOWHERE
    late = overdue_days is not None
    overdue = has_due & (due < _day(on - timedelta(days=overdue_days or 0))) & late
    soon = has_due & (due <= _day(add_months(on, SOON_MONTHS))) & ~overdue & late
    return {
        "sites": np.ones(len(sites), dtype=np.bool_),
        "never_inspected": sites["inspected"] == 0,
        "overdue": overdue,
        "due_within_3_months": soon,
    }


def _day(on: date) -> int:
    return (on - EPOCH).days


def _at(counts: NDArray[np.intp], la: Any) -> int:
    return int(counts[la]) if la < len(counts) else 0
