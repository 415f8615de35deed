"""Inspections brought by HTTP to where a test begins."""

from typing import Any

import httpx

from tests.factories.inspecting import Desk, a_plan, found
from tests.providers.router.asking import at_version

INSPECTIONS = "/v1/inspections"
Browsers = dict[str, httpx.AsyncClient]

JUDGED = [found("1.1a"), found("2.1b", "partly-met"), found("4.4c")]


async def tag(client: httpx.AsyncClient, address: str) -> dict[str, str]:
    """Return the header that names the version an inspection has now."""
    return at_version((await client.get(address)).json()["version"])


async def post(client: httpx.AsyncClient, address: str, step: str, body: Any = None) -> Any:
    """Take a step of an inspection in its present version; it has to succeed."""
    answer = await client.post(f"{address}/{step}", json=body, headers=await tag(client, address))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def judged(people: Browsers, desk: Desk, **plan: Any) -> str:
    """Return where an inspection is of which everything is judged."""
    made = await people["lead"].post(INSPECTIONS, json=a_plan(desk, desk.lead, **plan))
    assert made.status_code == 201, made.text
    address: str = made.headers["location"]
    kept = await people["lead"].patch(f"{address}/judgements", json={"judgements": JUDGED})
    assert kept.status_code == 200, kept.text
    return address


async def drafted(people: Browsers, desk: Desk, **plan: Any) -> str:
    """Return where an inspection is whose draft is with the provider."""
    address = await judged(people, desk, **plan)
    await post(people["lead"], address, "draft")
    return address


async def to_check(people: Browsers, desk: Desk, **asked: Any) -> str:
    """Return where an inspection is that waits for the second officer."""
    address = await drafted(people, desk)
    await people["manager"].post(f"{address}/comments/close")
    await post(people["lead"], address, "check-request", asked)
    return address


async def published(people: Browsers, desk: Desk) -> str:
    """Return where an inspection is that is published."""
    address = await to_check(people, desk)
    await post(people["second"], address, "check", {"decision": "published"})
    return address
