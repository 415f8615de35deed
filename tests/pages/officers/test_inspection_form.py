"""The form for an inspection: prefilled, and as one file that needs nothing else."""

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from datetime import timedelta

import asyncpg
import httpx
import pytest

from app import clock
from app.config import Settings
from app.inspections.terms import Judgement
from tests.factories.inspecting import CRITERIA, Desk, a_plan, add_desk, found
from tests.factories.inspections import add_published_inspection
from tests.factories.results import RESULTS
from tests.pages.reading import read
from tests.providers.router.asking import at_version, browsers, problem

INSPECTIONS = "/v1/inspections"
SEEN = clock.today() - timedelta(days=60)
LONG_AGO = clock.today() - timedelta(days=1_200)
HOSTILE = "Example </script><script>alert(1)</script> & <b>Barn</b>"


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A provider of a hostile name, inspected before and long before."""
    desk = await add_desk(owner, name=HOSTILE)
    site = desk.record.site_id
    await add_published_inspection(owner, {site: {"2.1b": Judgement.NOT_MET}}, LONG_AGO)
    await add_published_inspection(owner, {site: {"1.1a": Judgement.PARTLY_MET}}, SEEN)
    return desk


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk
) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """A signed-in browser for the lead, and for the provider's own manager."""
    async with browsers(settings, owner, desk.lead, desk.record.manager) as made:
        yield dict(zip(("lead", "manager"), made, strict=True))


async def planned(client: httpx.AsyncClient, desk: Desk) -> str:
    """Let an inspection be planned; return where it is."""
    made = await client.post(INSPECTIONS, json=a_plan(desk, desk.lead))
    return str(made.headers["location"])


async def test_it_begins_with_what_was_seen_last_as_long_as_that_counts(
    people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, desk: Desk
) -> None:
    lead = people["lead"]
    address = await planned(lead, desk)
    form = (await lead.get(f"{address}/form")).json()
    begun = {one["criterion"]: one for one in form["result"]["judgements"]}
    last = {one["criterion"]: one["last"] for one in form["items"]}
    rest = [found("2.1b"), found("4.4c", note="Seen twice.")]
    result = form["result"] | {"judgements": [*begun.values(), *rest]}
    landed = await lead.post(RESULTS, json=result)
    judged = (await lead.get(f"{address}/form")).json()["result"]["judgements"]

    assert list(begun) == ["1.1a"]
    assert (begun["1.1a"]["carried"], begun["1.1a"]["seen_on"]) == (True, SEEN.isoformat())
    assert last["2.1b"]["seen_on"] == LONG_AGO.isoformat()
    assert landed.status_code == 201, landed.text
    carried = "SELECT count(*) FROM inspection_judgements WHERE carried_from_id IS NOT NULL"
    assert await owner.fetchval(carried) == 1
    assert [one["note"] for one in judged] == [None, None, "Seen twice."]


async def test_it_is_for_inspectors_while_they_judge(
    people: dict[str, httpx.AsyncClient], desk: Desk
) -> None:
    address = await planned(people["lead"], desk)
    manager = await people["manager"].get(f"{address}/form")
    cancel = {"reason": "The road was flooded."}
    await people["lead"].post(f"{address}/cancellation", json=cancel, headers=at_version(1))
    late = await people["lead"].get(f"{address}/form")

    assert problem(manager) == (403, "not-your-inspection")
    assert problem(late) == (409, "inspection-move-not-allowed")


async def test_as_html_it_is_one_file_that_asks_nobody_for_anything(
    people: dict[str, httpx.AsyncClient], desk: Desk
) -> None:
    lead = people["lead"]
    address = await planned(lead, desk)
    answer = await lead.get(f"{address}/form", headers={"Accept": "text/html"})
    named = await lead.get(f"{address}/form", params={"format": "html"})
    page = read(answer.text)
    metas = {one["http-equiv"]: one["content"] for one in page.all("meta")}
    policy = metas["Content-Security-Policy"]
    style = answer.text.split("<style>")[1].split("</style>")[0]
    script = answer.text.rsplit("<script>", 1)[1].split("</script>")[0]

    assert answer.headers["content-type"].startswith("text/html")
    assert named.headers["content-type"].startswith("text/html")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; sandbox")
    assert set(re.findall("sha256-[^']+", policy)) == {hash_of(style), hash_of(script)}
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert not re.search(r"""(src|href|action)=|url\(|https?://""", answer.text)
    assert answer.text.count("<script") == 2
    assert [one["data-criterion"] for one in page.with_class("criterion")] == CRITERIA


def hash_of(text: str) -> str:
    """Return what a policy calls a style or a script by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
