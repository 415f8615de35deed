"""Asking about notices."""

from datetime import timedelta
from typing import Any

import httpx

from app import clock
from tests.children.asking import CHILDREN, COMMISSIONING
from tests.placements.asking import PLACEMENTS, place
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import at_version

MOTHER: dict[str, Any] = {
    "number": 1,
    "name": "Example Mother",
    "relation": "parent",
    "has_parental_responsibility": True,
    "post_to": ["1 Safe Street", "Coventry"],
}
FATHER: dict[str, Any] = {
    "number": 2,
    "name": "Example Father",
    "relation": "parent",
    "has_parental_responsibility": True,
}


async def placed(people: People, setting: Setting, **of: Any) -> dict[str, Any]:
    """Let a school's child be placed from next week."""
    answer = await place(people["school"], setting, **of)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def state_contacts(
    client: httpx.AsyncClient, child: str, *contacts: dict[str, Any], version: int = 1
) -> httpx.Response:
    """Say who may be told of a child."""
    return await client.put(
        f"{CHILDREN}/{child}/safe-contacts",
        json={"contacts": list(contacts)},
        headers=at_version(version),
    )


async def compose(
    client: httpx.AsyncClient, placement: dict[str, Any], kind: str = "parent-copy", **of: Any
) -> httpx.Response:
    """Compose a notice."""
    address = f"{PLACEMENTS}/{placement['id']}/notices"
    return await client.post(address, json={"kind": kind} | of)


async def composed(
    client: httpx.AsyncClient, placement: dict[str, Any], kind: str = "parent-copy", **of: Any
) -> dict[str, Any]:
    """Compose a notice; it is composed."""
    answer = await compose(client, placement, kind, **of)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def send(
    client: httpx.AsyncClient, placement: dict[str, Any], notice: dict[str, Any], **of: Any
) -> httpx.Response:
    """Write down that a notice was handed over just now, unless said otherwise."""
    said = {"way": "hand", "sent_at": clock.now().isoformat()} | of
    address = f"{PLACEMENTS}/{placement['id']}/notices/{notice['id']}/sendings"
    return await client.post(address, json={name: one for name, one in said.items() if one})


async def notices(client: httpx.AsyncClient, placement: dict[str, Any]) -> dict[str, Any]:
    """Read where a placement's notices stand; what is needed by kind, too."""
    address = f"{PLACEMENTS}/{placement['id']}/notices"
    answer = await client.get(address, params=COMMISSIONING)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told | {"by": {one["kind"]: one for one in told["needed"]}}


async def read_notice(
    client: httpx.AsyncClient, placement: dict[str, Any], notice: dict[str, Any]
) -> httpx.Response:
    """Read one notice."""
    address = f"{PLACEMENTS}/{placement['id']}/notices/{notice['id']}"
    return await client.get(address, params=COMMISSIONING)


def text_of(notice: dict[str, Any]) -> str:
    """Return everything that a notice says."""
    document = notice["document"]
    lines = [document["title"], *document["to"]]
    for section in document["sections"]:
        lines += [section["heading"], *section["lines"]]
    return "\n".join(lines)


def minutes_ago(minutes: int) -> str:
    """Return a moment that is past."""
    return (clock.now() - timedelta(minutes=minutes)).isoformat()
