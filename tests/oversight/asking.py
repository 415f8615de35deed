"""Asking about children who are not accounted for."""

from typing import Any

import httpx

from tests.children.asking import SAFEGUARDING, add
from tests.placements.asking import PLACEMENTS, in_days, place
from tests.placements.conftest import Setting
from tests.providers.router.asking import at_version

FOLLOW_UPS = "/v1/follow-ups"
UNACCOUNTED = "/v1/oversight/unaccounted"
BALANCE = "/v1/oversight/balance"
MARKER = "Zebediah saw them at Quartzmouth"


async def end(
    client: httpx.AsyncClient, placement: dict[str, Any], version: int = 1, **members: Any
) -> httpx.Response:
    """End a placement yesterday; nobody knows where the child went unless it is said."""
    told = {"ended_on": in_days(-1), "reason": "other", "destination": "unknown"} | members
    address = f"{PLACEMENTS}/{placement['id']}/end"
    return await client.post(address, json=told, headers=at_version(version))


async def correct(
    client: httpx.AsyncClient, placement: dict[str, Any], version: int, **members: Any
) -> httpx.Response:
    """Put right how a placement ended: the child is at its school, unless it is said otherwise."""
    told = {"ended_on": in_days(-1), "reason": "reintegrated", "destination": "home-school"}
    told |= {"known_by": "seen-on-a-roll"} | members
    address = f"{PLACEMENTS}/{placement['id']}/end/correction"
    return await client.post(address, json=told, headers=at_version(version))


async def lose(
    client: httpx.AsyncClient,
    setting: Setting,
    child: dict[str, Any] | None = None,
    **members: Any,
) -> dict[str, Any]:
    """Let a placement that began a month ago have ended, and nobody know where the child is."""
    held = child or await add(client)
    made = await place(client, setting, child=held, starts_on=in_days(-30))
    assert made.status_code == 201, made.text
    ended = await end(client, made.json(), **members)
    assert ended.status_code == 200, ended.text
    told: dict[str, Any] = ended.json()
    return told


async def unaccounted(client: httpx.AsyncClient, **query: Any) -> list[dict[str, Any]]:
    """List who is not accounted for."""
    listed = await client.get(UNACCOUNTED, params=SAFEGUARDING | query)
    assert listed.status_code == 200, listed.text
    items: list[dict[str, Any]] = listed.json()["items"]
    return items


async def read(client: httpx.AsyncClient, follow_up: dict[str, Any]) -> httpx.Response:
    """Read a follow-up."""
    return await client.get(f"{FOLLOW_UPS}/{follow_up['id']}", params=SAFEGUARDING)


async def act(
    client: httpx.AsyncClient,
    follow_up: dict[str, Any],
    path: str,
    version: int = 1,
    **members: Any,
) -> httpx.Response:
    """Take a follow-up further."""
    address = f"{FOLLOW_UPS}/{follow_up['id']}/{path}"
    return await client.post(address, json=members, headers=at_version(version))


async def step(
    client: httpx.AsyncClient, follow_up: dict[str, Any], version: int = 1, **members: Any
) -> httpx.Response:
    """Record that somebody telephoned today."""
    told = {"kind": "telephoned", "taken_on": in_days(0), "what": MARKER} | members
    return await act(client, follow_up, "steps", version, **told)


async def found(
    client: httpx.AsyncClient, follow_up: dict[str, Any], version: int = 1, **members: Any
) -> httpx.Response:
    """Say that a child was found at another school, unless it is said otherwise."""
    told = {"outcome": "found", "destination": "other-mainstream", "known_by": "seen-on-a-roll"}
    told |= {"what": MARKER} | members
    return await act(client, follow_up, "outcome", version, **told)
