"""Judging over HTTP: everything of a batch is kept or nothing, and every fault is named at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.config import Settings
from app.inspections.terms import Judgement
from app.providers.evidence import add_months
from tests.factories.inspecting import Desk, a_plan, add_desk, found, whole
from tests.factories.inspections import Found, add_published_inspection
from tests.providers.router.asking import browsers, pointers, problem

INSPECTIONS = "/v1/inspections"


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A provider, and everybody who has to do with its inspection."""
    return await add_desk(owner)


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk
) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """A signed-in browser for each of them."""
    members = {"lead": desk.lead, "colleague": desk.colleague, "second": desk.second}
    members |= {"manager": desk.record.manager}
    async with browsers(settings, owner, *members.values()) as made:
        yield dict(zip(members, made, strict=True))


@pytest.fixture
async def sheet(people: dict[str, httpx.AsyncClient], desk: Desk) -> str:
    """Where the judgements of an inspection by two are."""
    made = await people["lead"].post(INSPECTIONS, json=a_plan(desk, desk.lead, desk.colleague))
    return f"{made.headers['location']}/judgements"


async def test_what_was_found_is_read_again_and_the_first_begins_the_judging(
    people: dict[str, httpx.AsyncClient], sheet: str
) -> None:
    noted = found(note="Four files sampled.")
    kept = await people["lead"].patch(sheet, json={"judgements": [noted]})
    rest = [found("2.1b", "partly-met"), found("4.4c", "not-assessed")]
    more = await people["colleague"].patch(sheet, json={"judgements": rest})
    inspection = await people["lead"].get(sheet.removesuffix("/judgements"))
    to_owner = await people["manager"].get(sheet)

    assert (kept.json()["judged"], more.json()["judged"], more.json()["asked"]) == (1, 3, 3)
    by_number = {one["criterion"]: one["found"] for one in more.json()["items"]}
    assert by_number["1.1a"]["note"] == "Four files sampled."
    assert by_number["2.1b"]["judgement"] == "partly-met"
    assert (by_number["4.4c"]["seen_on"], by_number["4.4c"]["method"]) == (None, None)
    assert inspection.json()["state"] == "judging"
    assert to_owner.json()["judged"] == 0


YESTERYEAR = "2020-01-01"


@pytest.mark.parametrize(
    ("stated", "where"),
    [
        ([found("4.9z")], ["/judgements/0/criterion"]),
        ([found("1.1b")], ["/judgements/0/criterion"]),
        ([found(site=2)], ["/judgements/0/site"]),
        ([found(), found()], ["/judgements/1/criterion"]),
        ([found(judgement="not-met", finding=None)], ["/judgements/0/finding"]),
        ([found(judgement="not-assessed", finding=None)], ["/judgements/0/finding"]),
        ([found(seen_on=None, method=None)], None),
        ([found() | {"seen_on": None}], ["/judgements/0/seen_on"]),
        ([found() | {"method": None}], ["/judgements/0/method"]),
        ([found(judgement="not-applicable", method="desk")], ["/judgements/0/method"]),
        ([found() | {"seen_on": "2090-01-01"}], ["/judgements/0/seen_on"]),
        ([found() | {"seen_on": YESTERYEAR}], ["/judgements/0/seen_on"]),
        ([found(carried=True)], ["/judgements/0/carried"]),
        ([found(files=["11111111-1111-4111-8111-111111111111"])], ["/judgements/0/files/0"]),
        (
            [found("4.9z"), found(judgement="not-met", finding=None), found("2.1b", site=9)],
            ["/judgements/0/criterion", "/judgements/1/finding", "/judgements/2/site"],
        ),
    ],
)
async def test_every_fault_is_named_at_once_and_nothing_is_kept(
    people: dict[str, httpx.AsyncClient],
    owner: asyncpg.Connection,
    sheet: str,
    stated: list[dict[str, Any]],
    where: list[str] | None,
) -> None:
    if where is None:
        stated = [{"site": 1, "criterion": "1.1a", "judgement": "met"}]
        where = ["/judgements/0/seen_on", "/judgements/0/method"]
    refused = await people["lead"].patch(sheet, json={"judgements": stated})

    assert problem(refused) == (422, "judgements-not-accepted")
    assert pointers(refused) == where
    assert await owner.fetchval("SELECT count(*) FROM inspection_judgements") == 0


async def test_evidence_counts_to_its_last_day_and_not_a_day_longer(
    people: dict[str, httpx.AsyncClient], sheet: str
) -> None:
    today = clock.today()
    first = next(
        day
        for day in (today - timedelta(days=days) for days in range(450, 400, -1))
        if add_months(day, 14) >= today
    )
    too_old, old = [
        await people["lead"].patch(sheet, json={"judgements": [found(seen_on=seen)]})
        for seen in (first - timedelta(days=1), first)
    ]

    assert problem(too_old) == (422, "judgements-not-accepted")
    assert "14 months" in too_old.json()["errors"][0]["detail"]
    assert old.status_code == 200


class TestTwoInspectors:
    async def test_nobody_undoes_a_colleagues_judgement_unseen(
        self, people: dict[str, httpx.AsyncClient], sheet: str
    ) -> None:
        lead, colleague = people["lead"], people["colleague"]
        await lead.patch(sheet, json={"judgements": [found()]})
        unseen = await colleague.patch(sheet, json={"judgements": [found(judgement="not-met")]})
        seen = found(judgement="not-met", version=1)
        changed = await colleague.patch(sheet, json={"judgements": [seen]})
        late = await lead.patch(sheet, json={"judgements": [found(version=1), found("2.1b")]})
        after = await lead.get(sheet)

        assert problem(unseen) == problem(late) == (412, "judgement-changed")
        assert pointers(late) == ["/judgements/0/version"]
        assert changed.json()["items"][0]["found"]["version"] == 2
        assert after.json()["judged"] == 1

    async def test_the_same_said_twice_changes_nothing(
        self, people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, sheet: str
    ) -> None:
        first = await people["lead"].patch(sheet, json=whole())
        second = await people["lead"].patch(sheet, json=whole())

        assert first.json() == second.json()
        acts = "SELECT count(*) FROM audit_entries WHERE act = 'inspection.judged'"
        assert await owner.fetchval(acts) == 1

    async def test_at_the_same_moment_one_of_two_is_told_to_look_again(
        self, people: dict[str, httpx.AsyncClient], sheet: str
    ) -> None:
        both = await asyncio.gather(
            people["lead"].patch(sheet, json={"judgements": [found()]}),
            people["colleague"].patch(sheet, json={"judgements": [found(judgement="not-met")]}),
        )

        assert sorted(one.status_code for one in both) == [200, 412]


async def test_what_was_published_last_can_be_carried_forward_as_it_was(
    people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, desk: Desk, sheet: str
) -> None:
    seen = clock.today() - timedelta(days=60)
    await add_published_inspection(
        owner, {desk.record.site_id: {"1.1a": Found(Judgement.MET, seen)}}, seen
    )
    last = (await people["lead"].get(sheet)).json()["items"][0]["last"]
    otherwise = await people["lead"].patch(sheet, json={"judgements": [found(carried=True)]})
    carried = found(seen_on=seen, carried=True, method="visit")
    kept = await people["lead"].patch(sheet, json={"judgements": [carried]})

    assert (last["judgement"], last["seen_on"]) == ("met", seen.isoformat())
    assert (problem(otherwise), pointers(otherwise)) == (
        (422, "judgements-not-accepted"),
        ["/judgements/0/carried"],
    )
    assert kept.json()["items"][0]["found"]["carried"] is True


async def test_only_who_is_named_to_inspect_judges(
    people: dict[str, httpx.AsyncClient], desk: Desk
) -> None:
    made = await people["lead"].post(INSPECTIONS, json=a_plan(desk, desk.lead))
    address = f"{made.headers['location']}/judgements"
    refused = {
        name: problem(await people[name].patch(address, json=whole()))
        for name in ("colleague", "second", "manager")
    }

    assert refused == {
        "colleague": (403, "not-your-inspection"),
        "second": (403, "not-permitted"),
        "manager": (403, "not-permitted"),
    }


async def test_what_is_over_is_judged_no_more_nor_by_going_round_the_service(
    people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, sheet: str
) -> None:
    lead = people["lead"]
    await lead.patch(sheet, json=whole())
    address = sheet.removesuffix("/judgements")
    version = (await lead.get(address)).json()["version"]
    await lead.post(
        f"{address}/cancellation",
        json={"reason": "The site shut."},
        headers={"If-Match": f'"{version}"'},
    )
    late = await lead.patch(sheet, json={"judgements": [found(judgement="not-met", version=1)]})

    assert problem(late) == (409, "inspection-move-not-allowed")
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="no longer written"):
        await owner.execute("UPDATE inspection_judgements SET judgement = 'met'")
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="stays so"):
        await owner.execute("UPDATE inspections SET state = 'judging', cancelled_reason = NULL")
