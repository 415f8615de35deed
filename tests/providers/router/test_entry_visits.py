"""A site that applies is visited before it is listed, as the policy says on that day."""

import json
import re
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.inspections.cycle import Cycle
from app.inspections.terms import ROUND_VISITS, EvidenceMethod, Judgement
from app.providers.readiness import entry_visit_holds
from tests.factories.inspections import Found, add_published_inspection
from tests.factories.listings import (
    Applied,
    add_cast,
    add_listing_of,
    add_owned_provider,
    add_proposal,
)
from tests.providers.router.listing_desk import Desk
from tests.standards.rows import add_policy, close, publish

MONTHS = 12


@pytest.fixture
async def desk(client: httpx.AsyncClient, owner: asyncpg.Connection) -> Desk:
    """Everybody who may want to move a listing."""
    return Desk(client, owner, await add_cast(owner))


async def add_unvisited(desk: Desk) -> Applied:
    """Let a site nobody visited be assessed."""
    applied = await add_owned_provider(desk.owner, desk.cast)
    return await add_listing_of(desk.owner, applied, "in-assessment")


async def let_visits_wait(owner: asyncpg.Connection, first: date, *, asked: bool = True) -> None:
    """Let listings wait for a visit from a day on, or no more."""
    figures = asdict(Cycle()) | {"entry_visit_before_listing": asked}
    async with owner.transaction():
        policy = await add_policy(owner, "inspection-cycle", parameters=json.dumps(figures))
        await close(owner, "published_policies", "inspection-cycle", first)
        await publish(owner, "published_policies", policy, first)


async def visited(desk: Desk, applied: Applied, days_ago: int, **how: Any) -> None:
    """Let the site have been inspected, and what was found be published."""
    seen = clock.today() - timedelta(days=days_ago)
    found = {applied.site_id: {"1.1a": Found(Judgement.MET, **how)}}
    await add_published_inspection(desk.owner, found, seen, kind="entry-visit")


def in_days(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def pointers(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 409, answer.text
    assert answer.json()["type"].endswith("/application-not-ready")
    return [one["pointer"] for one in answer.json()["errors"]]


async def test_as_it_ships_a_site_that_applies_is_visited_before_it_is_listed(desk: Desk) -> None:
    applied = await add_unvisited(desk)
    later = in_days(30)

    never = await desk.propose(applied, "listed", effective_on=later)
    await visited(desk, applied, 1, method=EvidenceMethod.DESK)
    from_papers = await desk.propose(applied, "listed", effective_on=later)
    await visited(desk, applied, 360)
    too_old_by_then = await desk.propose(applied, "listed", effective_on=later)
    await visited(desk, applied, 1)
    lately = await desk.propose(applied, "listed", effective_on=later)
    await desk.confirm(applied, lately.json()["id"])

    assert [pointers(one) for one in (never, from_papers, too_old_by_then)] == [
        ["/entry-visit"]
    ] * 3
    assert "visited never" in never.json()["detail"]
    assert lately.status_code == 201


async def test_the_department_may_switch_it_off_from_a_day(desk: Desk) -> None:
    applied = await add_unvisited(desk)
    await let_visits_wait(desk.owner, clock.today() + timedelta(days=30), asked=False)

    before = await desk.propose(applied, "listed", effective_on=in_days(29))
    from_then = await desk.propose(applied, "listed", effective_on=in_days(30))

    assert pointers(before) == ["/entry-visit"]
    assert from_then.status_code == 201


async def test_it_holds_for_confirming_too_and_is_told_with_the_application(desk: Desk) -> None:
    applied = await add_unvisited(desk)
    address = f"/v1/applications/{applied.id}"
    proposed = await add_proposal(desk.owner, desk.cast.assessor, applied.id, "listed")

    early = await desk.confirm(applied, proposed)
    needed = (await desk.get(desk.cast.manager, address)).json()["readiness"]
    await visited(desk, applied, 1)
    listed = await desk.confirm(applied, proposed)

    assert pointers(early) == ["/entry-visit"]
    (lacking,) = (one for one in needed if one["code"] == "entry-visit")
    assert (lacking["done"], lacking["blocks"], lacking["basis"]) == (False, "decision", "policy")
    assert listed.json()["state"] == "listed"


async def test_listing_by_transition_rests_on_the_authoritys_own_check_and_waits_for_no_visit(
    desk: Desk,
) -> None:
    recent = clock.today() - timedelta(days=90)
    held = await add_owned_provider(desk.owner, desk.cast, checked_on=recent)
    body = {"provider_numbers": [held.number]}
    asked = await desk.post(desk.cast.assessor, "/v1/applications/transition", body)
    ids = asked.json()["items"][0]["proposal_ids"]
    done = await desk.post(desk.cast.second, "/v1/proposals/confirmation", {"proposal_ids": ids})

    assert [one["done"] for one in done.json()["items"]] == [True]


def test_a_visit_holds_for_so_many_months() -> None:
    assert entry_visit_holds(date(2026, 2, 28), MONTHS, date(2027, 2, 28))
    assert not entry_visit_holds(date(2026, 2, 28), MONTHS, date(2027, 3, 1))
    assert not entry_visit_holds(None, MONTHS, date(2027, 2, 28))


async def test_the_database_counts_the_visits_from_which_the_next_one_is_counted(
    owner: asyncpg.Connection,
) -> None:
    written = await owner.fetchval(
        "SELECT pg_get_functiondef('last_visited_on(uuid)'::regprocedure)"
    )
    kinds = re.search(r"i\.kind IN \(([^)]*)\)", written)

    assert kinds is not None
    assert {one.strip(" '") for one in kinds[1].split(",")} == set(ROUND_VISITS)
