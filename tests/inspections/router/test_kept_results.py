"""Results that came too late to be applied: kept as they came, and decided on by an officer."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.config import Settings
from app.inspections.terms import Judgement
from tests.factories.inspecting import CRITERIA, Desk, a_plan, add_desk, found
from tests.factories.inspections import add_published_inspection
from tests.factories.results import RESULTS, a_result, of_day
from tests.providers.router.asking import at_version, browsers, problem
from tests.standards.rows import WORKING_SET, add_criterion, add_version, close, publish

INSPECTIONS = "/v1/inspections"
People = dict[str, httpx.AsyncClient]
TODAY = clock.today()
BEFORE = TODAY - timedelta(days=10)
APPLY = {"decision": "apply", "reason": "It was seen all the same."}
DISMISS = {"decision": "dismiss", "reason": "It was sent by mistake."}


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A provider, and everybody who has to do with its inspection."""
    return await add_desk(owner)


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk
) -> AsyncIterator[People]:
    """A signed-in browser for each of them."""
    members = {"lead": desk.lead, "colleague": desk.colleague, "second": desk.second}
    members |= {"manager": desk.record.manager}
    async with browsers(settings, owner, *members.values()) as made:
        yield dict(zip(members, made, strict=True))


async def kept(people: People, sent: dict[str, Any], *reasons: str) -> httpx.Response:
    """Let the lead send a result; see that it is kept, why, and that nothing else came of it."""
    answer = await people["lead"].post(RESULTS, json=sent)
    again = await people["lead"].post(RESULTS, json=sent)

    assert (answer.status_code, again.status_code) == (202, 202), answer.text
    assert answer.json() == again.json()
    assert answer.json()["status"] == "kept"
    assert [one["code"] for one in answer.json()["reasons"]] == list(reasons)
    assert all(one["detail"] and one["go_on"] for one in answer.json()["reasons"])
    assert answer.json()["inspection"] is None
    return answer


async def decide(
    client: httpx.AsyncClient, of: httpx.Response, decision: dict[str, str], version: int = 1
) -> httpx.Response:
    """Decide what becomes of a result."""
    address = f"{RESULTS}/{of.json()['reference']}/decision"
    return await client.post(address, json=decision, headers=at_version(version))


async def found_in(people: People, reference: str) -> dict[str, str]:
    """Return what an inspection holds, by criterion."""
    sheet = (await people["lead"].get(f"{INSPECTIONS}/{reference}/judgements")).json()
    return {one["criterion"]: one["found"]["judgement"] for one in sheet["items"] if one["found"]}


async def follow_by_the_same(owner: asyncpg.Connection) -> None:
    """Let the standards be followed yesterday by others that ask the same of every site."""
    async with owner.transaction():
        version_id = await add_version(owner, "working-set-2")
        for number in CRITERIA:
            await add_criterion(owner, version_id, number)
        await close(owner, "standards_versions", WORKING_SET, TODAY - timedelta(days=1))
        await publish(owner, "standards_versions", version_id, TODAY - timedelta(days=1))


async def test_what_was_judged_by_older_standards_is_applied_against_those_in_force(
    people: People, owner: asyncpg.Connection, desk: Desk
) -> None:
    await follow_by_the_same(owner)
    came = await kept(people, a_result(desk), "standards-not-in-force")
    applied = await decide(people["second"], came, APPLY)
    inspection = await people["lead"].get(f"{INSPECTIONS}/{applied.json()['inspection']}")
    again = await people["lead"].post(RESULTS, json=(await _document(people, came)))

    assert applied.json()["status"] == "applied"
    assert applied.json()["decision_reason"] == APPLY["reason"]
    assert (inspection.json()["standards"], inspection.json()["judged"]) == ("working-set-2", 3)
    assert (again.status_code, again.json()) == (200, applied.json())


async def test_what_the_standards_in_force_do_not_ask_is_refused_and_stays_kept(
    people: People, owner: asyncpg.Connection, desk: Desk
) -> None:
    await follow_by_the_same(owner)
    criteria = [*CRITERIA, "1.1c"]
    sent = a_result(desk, criteria=criteria, judgements=[found(one) for one in criteria])
    came = await kept(people, sent, "standards-not-in-force")
    refused = await decide(people["second"], came, APPLY)
    dismissed = await decide(people["second"], came, DISMISS)

    assert problem(refused) == (422, "inspection-result-not-accepted")
    assert dismissed.json()["status"] == "dismissed"
    assert await owner.fetchval("SELECT count(*) FROM inspections") == 0


async def test_a_closed_site_is_not_inspected_until_its_day_is_corrected(
    people: People, owner: asyncpg.Connection, desk: Desk
) -> None:
    await owner.execute("UPDATE sites SET closed_on = $1", TODAY)
    came = await kept(people, a_result(desk), "site-closed")
    early = await people["lead"].post(RESULTS, json=of_day(desk, TODAY - timedelta(days=1)))
    still = await decide(people["lead"], came, APPLY)
    await owner.execute("UPDATE sites SET closed_on = NULL")
    applied = await decide(people["lead"], came, APPLY)

    assert early.status_code == 201, "on its last day it was open"
    assert problem(still) == (409, "inspection-result-still-stale")
    assert still.json()["reasons"] == ["site-closed"]
    assert applied.json()["status"] == "applied"


async def test_evidence_seen_later_is_not_overtaken_unseen(
    people: People, owner: asyncpg.Connection, desk: Desk
) -> None:
    seen = {desk.record.site_id: {"1.1a": Judgement.NOT_MET}}
    await add_published_inspection(owner, seen, TODAY - timedelta(days=5))
    came = await kept(people, of_day(desk, BEFORE), "later-result")
    newer = await people["lead"].post(RESULTS, json=of_day(desk, TODAY - timedelta(days=5)))
    carried = found("1.1a", seen_on=BEFORE, carried=True)
    rest = [found(number) for number in CRITERIA[1:]]
    overtaken = await kept(people, a_result(desk, judgements=[carried, *rest]), "later-result")
    applied = await decide(people["second"], overtaken, APPLY)

    assert "1.1a" in came.json()["reasons"][0]["detail"]
    assert newer.status_code == 201, "seen on the same day it is as good"
    rows = await owner.fetch(
        "SELECT carried_from_id FROM inspection_judgements WHERE seen_on = $1", BEFORE
    )
    assert applied.json()["status"] == "applied"
    assert [one["carried_from_id"] for one in rows] == [None]


async def test_for_an_inspection_that_is_over_another_is_planned_where_an_officer_says_so(
    people: People, desk: Desk
) -> None:
    planned = await people["lead"].post(INSPECTIONS, json=a_plan(desk, desk.lead))
    address = planned.headers["location"]
    cancel = {"reason": "The road was flooded."}
    await people["lead"].post(f"{address}/cancellation", json=cancel, headers=at_version(1))
    sent = a_result(desk, inspection=planned.json()["reference"], criteria=[])
    came = await kept(people, sent, "inspection-over")
    applied = await decide(people["second"], came, APPLY)

    reference = applied.json()["inspection"]
    assert reference not in {None, planned.json()["reference"]}
    assert await found_in(people, reference) == dict.fromkeys(CRITERIA, "met")


async def test_what_a_colleague_judged_meanwhile_is_not_undone_unseen(
    people: People, desk: Desk
) -> None:
    plan = a_plan(desk, desk.lead, desk.colleague)
    planned = (await people["lead"].post(INSPECTIONS, json=plan)).json()["reference"]
    judged = {"judgements": [found("1.1a", "not-met"), found("2.1b")]}
    await people["colleague"].patch(f"{INSPECTIONS}/{planned}/judgements", json=judged)
    same = [found("2.1b"), found("4.4c")]
    landed = await people["lead"].post(
        RESULTS, json=a_result(desk, inspection=planned, judgements=same)
    )
    came = await kept(people, a_result(desk, inspection=planned), "judged-meanwhile")
    before = await found_in(people, planned)
    await decide(people["second"], came, APPLY)

    assert landed.status_code == 201, "what is held already need not be sent, nor differ"
    assert before == {"1.1a": "not-met", "2.1b": "met", "4.4c": "met"}
    assert await found_in(people, planned) == dict.fromkeys(CRITERIA, "met")


async def test_what_does_not_fit_the_planned_inspection_is_refused(
    people: People, desk: Desk
) -> None:
    planned = (await people["lead"].post(INSPECTIONS, json=a_plan(desk, desk.lead))).json()
    wrong = a_result(desk, inspection=planned["reference"], kind="annual", criteria=CRITERIA[:1])
    refused = await people["lead"].post(RESULTS, json=wrong)
    unnamed = a_result(desk, desk.colleague, inspection=planned["reference"])
    not_named = await people["colleague"].post(RESULTS, json=unnamed)

    assert {"/kind", "/criteria"} <= {one["pointer"] for one in refused.json()["errors"]}
    assert problem(not_named) == (403, "not-your-inspection")


async def test_it_is_decided_once_by_an_officer_who_read_it(
    people: People, owner: asyncpg.Connection, desk: Desk
) -> None:
    await owner.execute("UPDATE sites SET closed_on = $1", BEFORE)
    came = await kept(people, a_result(desk), "site-closed")
    address = f"{RESULTS}/{came.json()['reference']}/decision"
    blind = await people["second"].post(address, json=DISMISS)
    manager = await decide(people["manager"], came, DISMISS)
    dismissed = await decide(people["second"], came, DISMISS)
    late = await decide(people["lead"], came, APPLY)
    again = await decide(people["lead"], came, APPLY, version=2)
    sent_again = await people["lead"].post(RESULTS, json=await _document(people, came))
    listed = await people["lead"].get(RESULTS, params={"status": "dismissed"})

    assert (blind.status_code, problem(manager)) == (428, (403, "not-permitted"))
    assert dismissed.json()["status"] == "dismissed"
    assert (problem(late), problem(again)) == (
        (412, "changed-meanwhile"),
        (409, "inspection-result-decided"),
    )
    assert (sent_again.status_code, sent_again.json()["status"]) == (200, "dismissed")
    assert listed.json()["items"] == [sent_again.json()]


async def _document(people: People, of: httpx.Response) -> Any:
    return (await people["lead"].get(of.json()["document"])).json()
