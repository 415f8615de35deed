"""Which policy holds on which day."""

import json
from datetime import date
from typing import Any

import asyncpg
import pytest

from app.access import OPERATOR, WORKER, Actor, DbRole
from app.db.transactions import Database, reading
from app.standards.queries.published_policies import policy_on
from app.standards.terms import PolicyCode
from tests.standards.rows import add_policy, close, publish

FIRST, OFF, ON_AGAIN = date(2025, 9, 1), date(2027, 1, 1), date(2028, 1, 1)
NOBODY = Actor(name="nobody", role=DbRole.APP)
TABLE = "published_policies"


@pytest.mark.parametrize(
    ("code", "parameters"),
    [
        (PolicyCode.EVIDENCE_GRACE, {"days": 28}),
        (PolicyCode.EVIDENCE_REMINDERS, {"days": [60, 30, 7]}),
        (PolicyCode.YEARLY_CONFIRMATION, {"months": 12}),
        (PolicyCode.TRANSITION_LISTING, {"recent_months": 12}),
    ],
)
@pytest.mark.parametrize("actor", [NOBODY, OPERATOR, WORKER])
async def test_every_role_reads_what_ships(
    database: Database, actor: Actor, code: PolicyCode, parameters: dict[str, Any]
) -> None:
    async with reading(database, actor) as session:
        assert await policy_on(session, code, FIRST) == parameters
        assert await policy_on(session, code, date(2025, 8, 31)) is None


async def test_what_is_switched_off_holds_until_the_day_before_and_may_come_back(
    database: Database, owner: asyncpg.Connection
) -> None:
    code = PolicyCode.TRANSITION_LISTING.value
    for begins, parameters in ((OFF, None), (ON_AGAIN, json.dumps({"recent_months": 6}))):
        async with owner.transaction():
            policy = await add_policy(owner, code, parameters=parameters)
            await close(owner, TABLE, code, begins)
            await publish(owner, TABLE, policy, begins)

    async with reading(database, WORKER) as session:
        held = [
            await policy_on(session, PolicyCode.TRANSITION_LISTING, day)
            for day in (date(2026, 12, 31), OFF, date(2027, 12, 31), ON_AGAIN)
        ]

    assert held == [{"recent_months": 12}, None, None, {"recent_months": 6}]


async def test_a_draft_never_holds(database: Database, owner: asyncpg.Connection) -> None:
    await add_policy(owner, "evidence-grace", parameters=json.dumps({"days": 1}))

    async with reading(database, WORKER) as session:
        assert await policy_on(session, PolicyCode.EVIDENCE_GRACE, FIRST) == {"days": 28}
