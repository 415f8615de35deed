"""Two hundred at once place children at two settings: no limit is ever passed, and nobody hangs."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from app.config import Settings
from tests.children.asking import add
from tests.factories.children import identity_of
from tests.factories.records import add_owned_record
from tests.placements.asking import PLACEMENTS, a_placement, declare, in_days, mornings
from tests.placements.conftest import SCHOOLS, Setting, add_setting
from tests.providers.router.asking import browsers

pytestmark = pytest.mark.heavy

AT_ONCE, CHILDREN = 200, 24
BUSY = 503
LIMIT = 5


@pytest.fixture
async def setting(owner: asyncpg.Connection) -> Setting:
    return await add_setting(owner)


@pytest.fixture
async def schools(
    settings: Settings, owner: asyncpg.Connection, setting: Setting
) -> AsyncIterator[list[httpx.AsyncClient]]:
    async with browsers(settings, owner, *(setting.members[name] for name in SCHOOLS)) as made:
        yield made


async def test_two_hundred_at_once_never_pass_the_limit(
    schools: list[httpx.AsyncClient], setting: Setting, owner: asyncpg.Connection
) -> None:
    """Half of the children are held by two schools each: their hours add up over both."""
    other = Setting(await add_owned_record(owner, status="listed"), setting.members)
    for each in (setting, other):
        await declare(owner, each)
    chance = random.Random(7)  # noqa: S311 - the same every time
    held = await _hold(schools)
    asked = [_ask(chance, schools, (setting, other), held) for _ in range(AT_ONCE)]

    answers = await asyncio.wait_for(asyncio.gather(*asked), timeout=240)

    statuses = Counter(answers)
    assert set(statuses) <= {201, 409}, statuses
    assert statuses[201] >= 8
    assert statuses[409] > 0
    for each in (setting, other):
        assert await _full_time(owner, each) < LIMIT
    assert await owner.fetchval("SELECT count(*) FROM registration_cases") in {1, 2}


async def _hold(schools: list[httpx.AsyncClient]) -> list[tuple[int, dict[str, Any]]]:
    """Let the schools hold children, every second one held by the next school as well."""
    held = []
    for number in range(CHILDREN):
        first = number % len(schools)
        child = await add(schools[first])
        held.append((first, child))
        if number % 2:
            second = (first + 1) % len(schools)
            held.append((second, await add(schools[second], **identity_of(child))))
    return held


async def _ask(
    chance: random.Random,
    schools: list[httpx.AsyncClient],
    settings: tuple[Setting, Setting],
    held: list[tuple[int, dict[str, Any]]],
) -> int:
    """Place one of the children at one of the settings; ask again while the service is busy."""
    school, child = chance.choice(held)
    days = chance.sample(("monday", "tuesday", "wednesday", "thursday", "friday"), 4)
    sent = a_placement(chance.choice(settings), child["id"], sessions=mornings(*days, ends="14:00"))
    while True:
        answer = await schools[school].post(PLACEMENTS, json=sent)
        if answer.status_code != BUSY:
            return answer.status_code
        await asyncio.sleep(chance.random())


async def _full_time(owner: asyncpg.Connection, setting: Setting) -> int:
    """Count who is there for more than 18 hours a week, past every rule of the service."""
    found: int = await owner.fetchval(
        "SELECT count(*) FROM (SELECT c.child_link FROM commitments c JOIN sites s "
        "ON s.id = c.site_id WHERE s.provider_id = $1 AND c.period @> $2::text::date "
        "GROUP BY 1 HAVING sum(c.weekly_minutes) > 1080) full_time",
        *(setting.record.id, in_days(8)),
    )
    return found
