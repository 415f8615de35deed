"""Who was expected and has not arrived: told once, at the agreed interval, by London's clock."""

import asyncio
from datetime import date, timedelta
from typing import Any

import asyncpg

from app import clock
from app.access import WORKER
from app.attendance.service.watching import MAIL, watch
from app.db.transactions import Database, transaction
from tests.attendance.asking import ATTENDANCE, MONDAY, READING, expected, london, report
from tests.placements.asking import PLACEMENTS, mornings
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import problem


async def look(database: Database, moment: Any) -> None:
    with clock.at(moment):
        async with transaction(database, WORKER) as session:
            await watch(session, {})


async def alerts(people: People, who: str = "school") -> list[dict[str, Any]]:
    answer = await people[who].get(f"{ATTENDANCE}/alerts", params=READING)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def mails(owner: asyncpg.Connection) -> int:
    return int(await owner.fetchval("SELECT count(*) FROM jobs WHERE kind = $1", MAIL))


async def test_half_an_hour_after_the_time_somebody_is_told_once(
    people: People, setting: Setting, database: Database, owner: asyncpg.Connection
) -> None:
    placement = await expected(people, setting)

    await look(database, london(MONDAY, 9, 29))
    early = await alerts(people)
    await asyncio.gather(*(look(database, london(MONDAY, 9, 30)) for _ in range(3)))
    await look(database, london(MONDAY, 9, 35))

    assert early == []
    (alert,) = await alerts(people)
    assert (alert["placement"], alert["why"]) == (placement["id"], "not-reported")
    assert alert["due_at"] == "2026-11-23T09:30:00Z"
    assert await mails(owner) == 1
    assert await alerts(people, "other") == []


async def test_whoever_came_is_no_alert_and_whoever_is_absent_is(
    people: People, setting: Setting, database: Database
) -> None:
    came, away = await expected(people, setting), await expected(people, setting)
    off = await expected(people, setting)
    await report(people["manager"], came)
    await report(people["manager"], away, kind="absent")
    await report(people["manager"], off, kind="not-expected")

    await look(database, london(MONDAY, 10))

    (alert,) = await alerts(people)
    assert (alert["placement"], alert["why"]) == (away["id"], "absent")


async def test_another_interval_and_contact_are_agreed(
    people: People, setting: Setting, database: Database
) -> None:
    placement = await expected(people, setting)
    address = f"{PLACEMENTS}/{placement['id']}/attendance/contact"
    person = str(setting.members["school"].person_id)
    stranger = str(setting.members["other"].person_id)

    refused = await people["school"].post(address, json={"person": stranger, "minutes": 10})
    others = await people["home"].post(address, json={"person": stranger, "minutes": 10})
    agreed = await people["school"].post(address, json={"person": person, "minutes": 10})
    await look(database, london(MONDAY, 9, 10))

    assert problem(refused) == (422, "invalid-request")
    assert problem(others) == (403, "placement-not-yours")
    assert (agreed.json()["minutes"], agreed.json()["name"]) == (10, "Example Placer")
    assert len(await alerts(people)) == 1


async def test_nobody_is_told_of_days_without_or_of_long_ago(
    people: People, setting: Setting, database: Database
) -> None:
    await expected(people, setting)
    days = {"since": str(MONDAY), "until": str(MONDAY), "reason": "closed"}
    site = {"scope": "site", "provider": setting.record.number, "site": 1}
    await people["manager"].post(f"{ATTENDANCE}/closures", json=days | site)

    await look(database, london(MONDAY, 10))
    await look(database, london(date(2026, 12, 28), 10))
    await look(database, london(MONDAY - timedelta(days=7), 22))

    assert await alerts(people) == []


async def test_the_clock_on_the_wall_counts_when_clocks_change(
    people: People, setting: Setting, database: Database
) -> None:
    """On 25 October 2026 clocks went back, and on 28 March 2027 they go forward; Sundays both."""
    sundays = mornings("sunday")
    placement = await expected(people, setting, sessions=sundays, starts_on="2026-10-19")
    for day, hour_in_utc in ((date(2026, 10, 25), 9), (date(2027, 3, 28), 8)):
        await look(database, london(day, 9, 29))
        await look(database, london(day, 9, 30))
        (alert, *_) = await alerts(people)
        assert alert["placement"] == placement["id"]
        assert alert["due_at"] == f"{day}T{hour_in_utc:02}:30:00Z"


async def test_an_alert_is_taken_by_one_person(
    people: People, setting: Setting, database: Database
) -> None:
    await expected(people, setting)
    await look(database, london(MONDAY, 10))
    (alert,) = await alerts(people)
    address = f"{ATTENDANCE}/alerts/{alert['id']}"

    taken = await asyncio.gather(
        *(
            people["school"].post(f"{address}/acknowledgement", json={"answer": "safe"})
            for _ in range(2)
        )
    )
    others = await people["home"].post(f"{address}/acknowledgement", json={"answer": "safe"})
    unseen = await people["other"].get(address, params=READING)
    seen = await people["school"].get(address, params=READING)

    assert sorted(answer.status_code for answer in taken) == [200, 409]
    assert problem(others) == (403, "placement-not-yours")
    assert problem(unseen) == (404, "attendance-alert-not-found")
    assert (seen.json()["answer"], seen.json()["answered_by"]) == ("safe", "Example Placer")
    listed = await people["school"].get(f"{ATTENDANCE}/alerts", params=READING | {"open": "true"})
    assert listed.json()["items"] == []
