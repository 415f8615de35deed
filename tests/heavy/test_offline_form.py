"""The form of an inspection in a real browser that has no network, and what it saves, sent."""

import json
import subprocess
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.config import Settings
from app.inspections.terms import Judgement
from tests.browser.chromium import HERE, find_chromium, trouble
from tests.factories.inspecting import Desk, a_plan, add_desk, found
from tests.factories.inspections import add_published_inspection
from tests.factories.results import RESULTS
from tests.node_packages import find_node
from tests.providers.router.asking import browsers

pytestmark = pytest.mark.heavy

INSPECTIONS = "/v1/inspections"
SECONDS = 180
SEEN = clock.today() - timedelta(days=60)
FOUND = [
    found(
        "2.1b", "not-met", finding="The door is shut — with a chain & padlock.", note="Ask again."
    ),
    found("4.4c", "not-assessed", finding="Nobody was in."),
]


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A provider that was inspected before."""
    desk = await add_desk(owner)
    before = {desk.record.site_id: {"1.1a": Judgement.PARTLY_MET}}
    await add_published_inspection(owner, before, SEEN)
    return desk


@pytest.fixture
async def lead(
    settings: Settings, owner: asyncpg.Connection, desk: Desk
) -> AsyncIterator[httpx.AsyncClient]:
    """The inspector who leads, at the office."""
    async with browsers(settings, owner, desk.lead) as (made,):
        yield made


def filled_in(file: Path, folder: Path) -> dict[str, Any]:
    """Let somebody without a network fill in a form; return what they saw."""
    node = find_node()
    assert node is not None
    told: dict[str, Any] = {"executable": find_chromium(), "file": str(file)}
    told |= {"found": FOUND, "folder": str(folder), "profile": str(folder / "profile")}
    done = subprocess.run(  # noqa: S603 - a fixed command, no shell
        [node, str(HERE / "offline.mjs"), json.dumps(told)],
        capture_output=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stderr.decode()
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen | {"body": Path(seen["saved"]).read_bytes()}


async def test_it_is_filled_in_without_a_network_kept_saved_and_sent(
    lead: httpx.AsyncClient, desk: Desk, tmp_path: Path
) -> None:
    reason = trouble()
    if reason is not None:
        pytest.skip(reason)
    made = await lead.post(INSPECTIONS, json=a_plan(desk, desk.lead))
    address = made.headers["location"]
    file = tmp_path / f"{made.json()['reference']}.html"
    file.write_bytes((await lead.get(f"{address}/form", params={"format": "html"})).content)

    seen = filled_in(file, tmp_path)
    as_json = {"Content-Type": "application/json"}
    sent = [await lead.post(RESULTS, content=seen["body"], headers=as_json) for _ in range(2)]
    sheet = (await lead.get(f"{address}/judgements")).json()
    held = {one["criterion"]: one["found"] for one in sheet["items"]}

    assert (seen["requests"], seen["errors"], seen["violations"]) == ([], [], [])
    assert [one.split(": ")[0] for one in seen["faults"]] == ["Site 1, 2.1b", "Site 1, 4.4c"]
    assert seen["focused"] == "faults"
    assert (seen["begun"], seen["again"]) == (
        "Nothing was typed yet.",
        "What you typed before is here again.",
    )
    assert seen["told"].startswith("Saved as ")
    assert seen["left"] == 0
    assert "padlock" not in seen["erased"]
    paper = seen["paper"]
    assert (paper["criterion"], paper["signature"], paper["buttons"]) == (True, True, False)
    assert paper["pdf"] > 5_000

    assert [one.status_code for one in sent] == [201, 200], sent[0].text
    assert sent[0].json()["inspection"] == made.json()["reference"]
    assert (held["1.1a"]["carried"], held["1.1a"]["seen_on"]) == (True, SEEN.isoformat())
    assert held["2.1b"]["finding"] == FOUND[0]["finding"]
    assert held["2.1b"]["note"] == "Ask again."
    assert held["4.4c"]["judgement"] == "not-assessed"
