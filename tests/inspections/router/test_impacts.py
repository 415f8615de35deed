"""What a version of the standards would find before it takes effect, over HTTP."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.access import WORKER
from app.config import Settings
from app.db.transactions import Database, transaction
from app.inspections.service.turning import turn_outcomes
from app.inspections.terms import Judgement
from tests.factories.inspecting import Desk, add_desk
from tests.factories.inspections import Found, add_published_inspection, every_criterion, settle
from tests.factories.providers import WARWICKSHIRE, make_provider, put_on_register
from tests.factories.records import add_civil_servant, add_site
from tests.providers.router.asking import browsers, problem
from tests.standards.following import NEXT, follow

IMPACT = "/v1/standards-impact"
TOTALS = {"include": "totals", "falls_short": "false"}


@pytest.fixture
async def desk(owner: asyncpg.Connection, database: Database) -> Desk:
    """A provider of two sites that was inspected at one, and others that never were."""
    desk = await add_desk(owner, status="listed")
    await add_site(owner, desk.record.id, 2, name="Example Online", kind="online")
    await put_on_register(database, make_provider("Example Kiln"), make_provider("Example Loom"))
    found: dict[str, Any] = dict(await every_criterion(owner))
    found |= {"1.1h": Judgement.NOT_MET, "1.2a": Judgement.PARTLY_MET}
    # What is only reworded still counts, but evidence of it will have grown too old by then.
    found["1.2d"] = Found(Judgement.MET, clock.today() - timedelta(days=800))
    today = clock.today()
    await add_published_inspection(owner, {desk.record.site_id: found}, today)
    await settle(database, desk.record.id)
    return desk


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk
) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """A signed-in browser for each of them."""
    members = {"lead": desk.lead, "elsewhere": desk.elsewhere, "partner": desk.partner}
    members |= {"manager": desk.record.manager, "school": desk.school}
    members["official"] = await add_civil_servant(owner)
    async with browsers(settings, owner, *members.values()) as made:
        yield dict(zip(members, made, strict=True))


async def foretold(owner: asyncpg.Connection, database: Database) -> None:
    """Let the next version be published, and the worker look at everybody, as it is asked to."""
    await follow(owner)
    async with transaction(database, WORKER) as session:
        await turn_outcomes(session, {"everybody": True})


async def test_everybody_sees_what_their_own_would_fall_short_on_and_nothing_unknown_is_met(
    people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, database: Database, desk: Desk
) -> None:
    await foretold(owner, database)
    seen = {name: (await one.get(IMPACT)).json()["items"] for name, one in people.items()}
    (item,) = seen["lead"]

    assert {name: len(items) for name, items in seen.items()} == {
        **dict.fromkeys(("lead", "manager", "official"), 1),
        **dict.fromkeys(("elsewhere", "partner", "school"), 0),
    }
    assert (item["provider"], item["site"]) == (desk.record.number, 1)
    assert (item["not_met"], item["partly_met"]) == (["1.1a"], ["1.1b"])
    assert sorted(item["nothing_known"]) == ["1.1c", "1.1d", "1.1e", "1.1f", "1.1g", "1.1i"]
    assert (item["outcome"], item["outcome_then"]) == ("does-not-yet-meet",) * 2


async def test_what_is_counted_is_what_is_listed_page_by_page(
    people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, database: Database
) -> None:
    await foretold(owner, database)
    client = people["official"]
    first = (await client.get(IMPACT, params=TOTALS | {"limit": "2"})).json()
    items, following = list(first["items"]), first["links"]["next"]
    while following:
        page = (await client.get(following)).json()
        items, following = items + page["items"], page["links"]["next"]
    totals = first["totals"]
    counted = {
        name: {one["criterion"]: one[name] for one in totals["criteria"] if one[name]}
        for name in ("not_met", "partly_met", "nothing_known")
    }
    only = (await client.get(IMPACT, params={"criterion": "1.1b"})).json()["items"]
    other = (await client.get(IMPACT, params={"criterion": "1.1c"})).json()["items"]

    assert (first["standards"], first["first_day"]) == ("working-set-2", NEXT.isoformat())
    assert (totals["sites"], totals["falling_short"], totals["never_inspected"]) == (3, 1, 2)
    assert len({(one["provider"], one["site"]) for one in items}) == len(items) == 3
    for name, counts in counted.items():
        assert counts == Counter(number for one in items for number in one[name])
    became = {one["criterion"]: (one["became"], one["asked"]) for one in totals["criteria"]}
    assert became["1.1c"] == ("widened", 3)
    assert became["1.1i"] == (None, 3)
    assert became["1.1j"] == (None, 0)
    assert (len(only), other) == (1, [])


async def test_it_is_narrowed_to_an_area_or_a_provider_and_anothers_area_is_refused(
    people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, database: Database, desk: Desk
) -> None:
    await foretold(owner, database)
    everywhere, narrowed = people["official"], {"provider": desk.record.number.lower()}
    of_one = (await everywhere.get(IMPACT, params=TOTALS | narrowed)).json()
    of_area = (await everywhere.get(IMPACT, params={"la": WARWICKSHIRE})).json()["items"]
    refused = await people["lead"].get(IMPACT, params={"la": WARWICKSHIRE})
    damaged = await everywhere.get(IMPACT, params={"cursor": "nothing"})

    assert (len(of_one["items"]), of_one["totals"]["sites"]) == (1, 1)
    assert of_area == []
    assert problem(refused) == (403, "decided-elsewhere")
    assert problem(damaged) == (422, "invalid-request")


async def test_before_a_version_is_published_and_from_its_first_day_on_none_is_to_come(
    people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, database: Database
) -> None:
    before = await people["lead"].get(IMPACT)
    await foretold(owner, database)
    named = await people["lead"].get(IMPACT, params={"version": "working-set-1"})
    held = await owner.fetchval("SELECT count(*) FROM standards_impacts")
    with clock.at(datetime.combine(NEXT, time(0, 0, 5), clock.LONDON)):
        async with transaction(database, WORKER) as session:
            await turn_outcomes(session, {})

    assert problem(before) == problem(named) == (404, "no-coming-standards")
    assert (held, await owner.fetchval("SELECT count(*) FROM standards_impacts")) == (1, 0)
