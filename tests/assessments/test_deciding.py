"""An assessment from the need to the decision, over HTTP."""

import asyncpg

from tests.assessments.asking import begin, check_site, decide, fill, found, read
from tests.assessments.conftest import Browsers, World
from tests.providers.router.asking import problem


async def test_it_is_led_from_step_to_step_and_decided_by_somebody_else(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    held = await begin(members["school"])
    assert (held["next"], held["state"]) == ("need", "open")
    await check_site(members["school"], world)

    held = await fill(members["school"], held, world)

    by_requester = await decide(members["school"], held)
    assert by_requester.status_code == 403
    incomplete = await decide(members["approver"], held)
    assert problem(incomplete) == (409, "assessment-incomplete"), incomplete.text
    done = await decide(members["approver"], held, *found(held))
    assert done.status_code == 201, done.text
    assert (await read(members["home"], held, "/decision")).json() == done.json()
