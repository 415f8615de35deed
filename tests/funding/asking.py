"""Asking about funding."""

from typing import Any

import httpx

from tests.children.asking import add
from tests.factories.children import circumstances
from tests.placements.asking import PLACEMENTS, in_days, place
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import at_version

FUNDING = "/v1/funding"
FINANCE = {"purpose": "finance"}


def of(setting: Setting, who: str) -> str:
    """Return the id of the organisation somebody acts for."""
    return str(setting.members[who].organisation_id)


def payer(setting: Setting, who: str, capacity: str, **members: Any) -> dict[str, Any]:
    """Return one who pays, as it is sent."""
    return {"organisation": of(setting, who), "capacity": capacity} | members


def split(setting: Setting, school: int = 6_000) -> list[dict[str, Any]]:
    """Return the school and the home authority sharing: 60 and 40 % unless said otherwise."""
    return [
        payer(
            setting,
            "school",
            "school",
            share_basis_points=school,
            budget_line="pupil-premium",
            order_number="PO-7",
        ),
        payer(
            setting,
            "payer",
            "home-la",
            share_basis_points=10_000 - school,
            budget_line="high-needs-top-up",
        ),
    ]


def terms(setting: Setting, **members: Any) -> dict[str, Any]:
    """Return terms as they are sent: £50.05 a half day, five a week, for twelve weeks."""
    told: dict[str, Any] = {
        "since": in_days(7),
        "until": in_days(90),
        "unit": "half-day",
        "price_pence": 5_005,
        "units_a_week": "5",
        "times": 12,
        "payers": split(setting),
    }
    return told | members


async def placed(people: People, setting: Setting, **members: Any) -> dict[str, Any]:
    """Let the school place a child of Coventry."""
    duties = members.pop("duties", {})
    child = await add(people["school"], circumstances=circumstances(**duties))
    made = await place(people["school"], setting, child=child, **members)
    assert made.status_code == 201, made.text
    told: dict[str, Any] = made.json()
    return told


async def arrange(
    client: httpx.AsyncClient, placement: dict[str, Any], sent: dict[str, Any]
) -> httpx.Response:
    """Arrange who pays."""
    return await client.post(f"{PLACEMENTS}/{placement['id']}/funding", json=sent)


async def arranged(
    people: People, setting: Setting, placement: dict[str, Any] | None = None, **members: Any
) -> dict[str, Any]:
    """Let the school arrange who pays for a new placement, or this one."""
    held = placement or await placed(people, setting)
    made = await arrange(people["school"], held, terms(setting, **members))
    assert made.status_code == 201, made.text
    told: dict[str, Any] = made.json()
    return told


async def sign(
    client: httpx.AsyncClient, arrangement: dict[str, Any], number: int, **members: Any
) -> httpx.Response:
    """Sign for a payer the terms that were read."""
    sent = {"payer": number, "terms": arrangement["terms"]["number"]} | members
    return await client.post(f"{FUNDING}/{arrangement['id']}/signatures", json=sent)


async def amend(
    client: httpx.AsyncClient, arrangement: dict[str, Any], sent: dict[str, Any]
) -> httpx.Response:
    """Amend an arrangement as it was read."""
    address = f"{FUNDING}/{arrangement['id']}/amendments"
    body = {"why": "Agreed anew."} | sent
    return await client.post(address, json=body, headers=at_version(arrangement["version"]))


async def read(client: httpx.AsyncClient, arrangement: dict[str, Any]) -> httpx.Response:
    """Read an arrangement."""
    return await client.get(f"{FUNDING}/{arrangement['id']}", params=FINANCE)


async def overview(client: httpx.AsyncClient, placement: dict[str, Any]) -> dict[str, Any]:
    """Read everything of who pays for a placement."""
    answer = await client.get(f"{PLACEMENTS}/{placement['id']}/funding", params=FINANCE)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told
