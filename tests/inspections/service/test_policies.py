"""The rules of inspections as the policies with days give them."""

import json
from dataclasses import asdict, replace
from datetime import date

import asyncpg
import pytest

from app.access import OPERATOR, WORKER, Actor, DbRole
from app.db.transactions import Database, reading
from app.inspections.clocks import FairHearing
from app.inspections.cycle import Cycle
from app.inspections.outcome import OutcomeRule
from app.inspections.service.policies import WITHOUT_LEEWAY, Rules, rules_on
from app.standards.schemas.policy_drafts import PARAMETERS
from app.standards.terms import Gate, PolicyCode
from tests.standards.rows import add_policy, close, publish

FIRST, CHANGE = date(2025, 9, 1), date(2027, 1, 1)
NOBODY = Actor(name="nobody", role=DbRole.APP)
TABLE = "published_policies"
SHIPPED = Rules(
    OutcomeRule(3, {Gate.CRITICAL: 14, Gate.MAJOR: 14, Gate.MINOR: 26}), Cycle(), FairHearing()
)
VISITED_FIRST = replace(SHIPPED, cycle=Cycle(entry_visit_before_listing=True))
"""What ships for the days since then (migration 0047)."""
OFF = Rules(WITHOUT_LEEWAY, None, None)


@pytest.mark.parametrize("actor", [NOBODY, OPERATOR, WORKER])
async def test_what_ships_holds_from_the_day_of_the_working_set(
    database: Database, actor: Actor
) -> None:
    async with reading(database, actor) as session:
        assert await rules_on(session, FIRST) == SHIPPED
        assert await rules_on(session, date(2025, 8, 31)) == OFF


async def test_other_figures_hold_from_their_day_and_what_is_switched_off_leaves_a_default(
    database: Database, owner: asyncpg.Connection
) -> None:
    other = asdict(replace(Cycle(), yearly_months=6))
    for code, figures in (
        ("outcome-rule", None),
        ("inspection-cycle", json.dumps(other)),
        ("fair-hearing", None),
    ):
        async with owner.transaction():
            policy = await add_policy(owner, code, parameters=figures)
            await close(owner, TABLE, code, CHANGE)
            await publish(owner, TABLE, policy, CHANGE)

    async with reading(database, WORKER) as session:
        assert await rules_on(session, date(2026, 12, 31)) == VISITED_FIRST
        assert await rules_on(session, CHANGE) == replace(OFF, cycle=Cycle(yearly_months=6))


@pytest.mark.parametrize(
    ("code", "rule"),
    [(PolicyCode.INSPECTION_CYCLE, Cycle()), (PolicyCode.FAIR_HEARING, FairHearing())],
)
def test_editors_give_each_figure_that_is_read_and_no_other(
    code: PolicyCode, rule: Cycle | FairHearing
) -> None:
    figures = asdict(rule)

    assert PARAMETERS[code].model_validate(figures).model_dump() == figures
