"""Asking about assessments."""

import itertools
from typing import Any

import httpx

from app import clock
from tests.assessments.conftest import World
from tests.children.asking import COMMISSIONING, add
from tests.placements.asking import PLACEMENTS, in_days, mornings
from tests.providers.router.asking import at_version

ASSESSMENTS = "/v1/assessments"
CHECKS = "/v1/site-checks"
_numbers = itertools.count(1)


def steps(**changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return everything that a person says of a case in which nothing is missing."""
    today = clock.today().isoformat()
    agreed = {"name": "Example Lead", "post": "lead", "on": today}
    heard = {"view": "I like to make things.", "heard_on": today, "how": "in talk"}
    said: dict[str, dict[str, Any]] = {
        "need": {
            "why": "Needs a small group for a while.",
            "purpose": "engagement",
            "needs": ["SEMH"],
            "school_kind": "maintained",
        },
        "alternatives": {
            "tried": [{"what": "Mentoring", "came_of_it": "Came more often."}],
            "considered": "A later start to the day.",
        },
        "voices": {"child": heard, "parent": heard, "consent": "given"},
        "told": {"told": [{"who": "local-authority", "on": today}]},
        "shortlist": {"only_one_because": "No other within an hour teaches it."},
        "registration": {"considered": "Few hours, and school for the rest of the week."},
        "match": {
            "needs": [{"need": "Anxiety in groups", "met_by": "Groups of four."}],
            "english": "At school, three lessons.",
            "mathematics": "At school, three lessons.",
            "full_time": True,
        },
        "risk": {
            "risks": [{"about": "child", "what": "Tools", "level": "medium", "then": "low"}],
            "we_agree": agreed,
            "provider_agrees": agreed,
        },
        "plan": {
            "objectives": [{"what": "Come every day", "measured_by": "attendance"}],
            "starts_on": in_days(7),
            "ends_on": in_days(60),
            "first_review_on": in_days(30),
            "steps_back": ["Back to school on Mondays from the fourth week"],
        },
        "money": {
            "payer": "school",
            "price_pence": 9_000,
            "unit": "half-day",
            "units_a_week": 1,
            "weeks": 8,
            "travel": {"payer": "school", "pence": 0},
            "meals": {"payer": "school", "pence": 0},
            "value": "Cheaper than any other.",
        },
    }
    return {name: one | changes.get(name, {}) for name, one in said.items()}


def a_request(child: str, **members: Any) -> dict[str, Any]:
    """Return an assessment as it is sent."""
    told = {"reference": f"AS-{next(_numbers)}", "child": child, "route": "school-arranged"}
    return told | {"starts_on": in_days(7)} | members


def an_option(world: World, **members: Any) -> dict[str, Any]:
    """Return a setting as it is sent: chosen, four hours on Mondays."""
    told: dict[str, Any] = {"provider": world.number, "site": 1, "standing": "chosen"}
    week = {"sessions": mornings("monday"), "minutes_elsewhere": 1_200}
    return told | {"timetable": week, "price": {"pence": 9_000, "unit": "half-day"}} | members


async def begin(
    client: httpx.AsyncClient, *, child: dict[str, Any] | None = None, **members: Any
) -> dict[str, Any]:
    """Begin an assessment, of a new child unless one is given; it is taken."""
    held = child or await add(client)
    made = await client.post(ASSESSMENTS, json=a_request(held["id"], **members))
    assert made.status_code == 201, made.text
    told: dict[str, Any] = made.json()
    return told


async def say(
    client: httpx.AsyncClient, held: dict[str, Any], step: str, said: dict[str, Any]
) -> httpx.Response:
    """Say something in a step, of the version that is held."""
    return await client.put(
        f"{ASSESSMENTS}/{held['id']}/steps/{step}",
        json=said | {"step": step},
        headers=at_version(held["version"]),
    )


async def offer(
    client: httpx.AsyncClient, held: dict[str, Any], option: dict[str, Any]
) -> httpx.Response:
    """Look at one more setting."""
    address = f"{ASSESSMENTS}/{held['id']}/options"
    return await client.post(address, json=option, headers=at_version(held["version"]))


async def decide(
    client: httpx.AsyncClient,
    held: dict[str, Any],
    *departures: str,
    outcome: str = "approved",
    **members: Any,
) -> httpx.Response:
    """Decide, and depart from what is named."""
    said = {"outcome": outcome, "reasons": "It suits, as far as can be seen."} | members
    said["departures"] = [{"code": one, "reason": "Seen, and weighed."} for one in departures]
    address = f"{ASSESSMENTS}/{held['id']}/decision"
    return await client.post(address, json=said, headers=at_version(held["version"]))


async def check_site(client: httpx.AsyncClient, world: World, *besides: str) -> None:
    """Let the commissioner have seen for itself what is asked of every site."""
    for kind in {"staff-checks", "insurance", "safeguarding-policy", "visit"} - set(besides):
        check = {"provider": world.number, "site": 1, "kind": kind, "what": "All was well."}
        seen = {"seen_on": clock.today().isoformat(), "seen_by": "Example Lead, head"}
        assert (await client.post(CHECKS, json=check | seen)).status_code == 201


async def fill(
    client: httpx.AsyncClient,
    held: dict[str, Any],
    world: World,
    *,
    option: dict[str, Any] | None = None,
    leave_out: tuple[str, ...] = (),
    **changes: dict[str, Any],
) -> dict[str, Any]:
    """Say everything that is asked, and choose a setting; return the assessment."""
    for step, said in steps(**changes).items():
        if step not in leave_out:
            answer = await say(client, held, step, said)
            assert answer.status_code == 200, answer.text
            held = answer.json()
    answer = await offer(client, held, option or an_option(world))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def approved(
    people: dict[str, httpx.AsyncClient],
    world: World,
    *,
    child: dict[str, Any] | None = None,
    **of: Any,
) -> dict[str, Any]:
    """Let an assessment be approved by somebody else; return it."""
    held = await fill(people["school"], await begin(people["school"], child=child), world, **of)
    answer = await decide(people["approver"], held, *found(held))
    assert answer.status_code == 201, answer.text
    return held


def found(held: dict[str, Any]) -> list[str]:
    """Return the codes of everything that is missing or blocking."""
    return [one["code"] for step in held["steps"] for one in step["found"]]


async def read(client: httpx.AsyncClient, held: dict[str, Any], part: str = "") -> httpx.Response:
    """Read an assessment, or a part of it."""
    return await client.get(f"{ASSESSMENTS}/{held['id']}{part}", params=COMMISSIONING)


async def place(
    client: httpx.AsyncClient, world: World, held: dict[str, Any], **members: Any
) -> httpx.Response:
    """Record the placement that was assessed."""
    told: dict[str, Any] = {"reference": f"PL-{next(_numbers)}", "child": held["child"]}
    told |= {"provider": world.number, "site": 1, "route": held["route"]}
    told |= {"starts_on": held["starts_on"], "planned_end_on": held["ends_on"]}
    told |= {"sessions": mornings("monday"), "minutes_elsewhere": 1_200}
    body = told | {"assessment": held["id"]} | members
    sent = {name: value for name, value in body.items() if value is not None}
    return await client.post(PLACEMENTS, json=sent)
