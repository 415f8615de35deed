"""Relying on another body's inspection, over HTTP, and what ends it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import orjson
import pytest

from app import clock
from app.access import WORKER
from app.config import Settings
from app.db.transactions import Database, transaction
from app.inspections.service.reliances import MAIL_ENDED, lapse
from app.inspections.terms import Judgement
from app.notifications.mail import FileMailer
from app.notifications.reliances import mail_ended
from tests.factories.hearings import published
from tests.factories.inspecting import Desk, add_desk
from tests.factories.inspections import add_published_inspection
from tests.inspections.router.test_published import correction, propose, redaction
from tests.providers.router.asking import at_version, browsers, pointers, problem

RELIANCES = "/v1/reliances"


def written(folder: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in folder.rglob("*") if file.is_file()]


def until(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A provider on the register, and everybody who has to do with its inspection."""
    return await add_desk(owner, status="listed")


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk
) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """A signed-in browser for each of them."""
    members = {"lead": desk.lead, "elsewhere": desk.elsewhere, "partner": desk.partner}
    members |= {"second": desk.second, "manager": desk.record.manager, "school": desk.school}
    async with browsers(settings, owner, *members.values()) as made:
        yield dict(zip(members, made, strict=True))


@pytest.fixture
async def address(owner: asyncpg.Connection, desk: Desk) -> str:
    """Where one relies on an inspection that Coventry published."""
    made = await add_published_inspection(
        owner, {desk.record.site_id: {"1.1a": Judgement.MET}}, clock.today()
    )
    return f"/v1/inspections/{made.reference}/reliances"


async def test_another_body_relies_on_it_and_who_inspected_and_who_was_inspected_see_that(
    people: dict[str, httpx.AsyncClient], desk: Desk, address: str
) -> None:
    body = {"until": until(90), "criteria": ["1.1a"]}
    made = await people["elsewhere"].post(address, json=body)
    twice = await people["elsewhere"].post(address, json=body)
    read = await people["elsewhere"].get(made.headers["location"])
    seen = {
        name: len((await one.get(RELIANCES, params={"holds": "true"})).json()["items"])
        for name, one in people.items()
    }
    elsewhere = await people["partner"].get(f"{RELIANCES}/{made.json()['id']}")

    assert made.status_code == 201, made.text
    assert read.json() == made.json()
    assert (made.json()["provider"], made.json()["criteria"]) == (desk.record.number, ["1.1a"])
    assert problem(twice) == (409, "reliance-already-held")
    assert seen == {"lead": 1, "second": 1, "elsewhere": 1, "partner": 0, "manager": 1, "school": 0}
    assert problem(elsewhere) == (404, "reliance-not-found")


@pytest.mark.parametrize(
    ("who", "body", "refused", "where"),
    [
        ("lead", {"until": until(90)}, (422, "reliance-not-accepted"), [""]),
        ("elsewhere", {"until": until(-1)}, (422, "reliance-not-accepted"), ["/until"]),
        ("elsewhere", {"until": until(600)}, (422, "reliance-not-accepted"), ["/until"]),
        (
            "partner",
            {"until": until(600), "criteria": ["1.1a", "4.9z"]},
            (422, "reliance-not-accepted"),
            ["/criteria/1", "/until"],
        ),
        ("school", {"until": until(90)}, (403, "not-permitted"), None),
        ("manager", {"until": until(90)}, (403, "not-permitted"), None),
    ],
)
async def test_what_cannot_be_relied_on_is_refused(
    people: dict[str, httpx.AsyncClient],
    address: str,
    who: str,
    body: dict[str, Any],
    refused: tuple[int, str],
    where: list[str] | None,
) -> None:
    answer = await people[who].post(address, json=body)

    assert problem(answer) == refused
    if where is not None:
        assert pointers(answer) == where


async def test_only_what_is_published_is_relied_on(
    people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, address: str
) -> None:
    nothing = await people["elsewhere"].post(
        "/v1/inspections/QA999999X/reliances", json={"until": until(9)}
    )
    await owner.execute(
        "SET session_replication_role = replica; "  # as two officers will have taken it out
        "UPDATE inspection_publications SET document = NULL, redacted_at = now(), "
        "redacted_reason = 'It named somebody.'; SET session_replication_role = DEFAULT"
    )
    gone = await people["elsewhere"].post(address, json={"until": until(9)})

    assert problem(nothing) == (404, "inspection-not-found")
    assert problem(gone) == (422, "reliance-not-accepted")


async def test_the_body_that_relies_ends_it_once(
    people: dict[str, httpx.AsyncClient], address: str
) -> None:
    made = await people["elsewhere"].post(address, json={"until": until(90)})
    withdrawal = f"{made.headers['location']}/withdrawal"
    theirs = await people["lead"].post(withdrawal, headers=at_version(1))
    stale = await people["elsewhere"].post(withdrawal, headers=at_version(7))
    ended = await people["elsewhere"].post(withdrawal, headers=at_version(1))
    again = await people["elsewhere"].post(withdrawal, headers=at_version(2))
    anew = await people["elsewhere"].post(address, json={"until": until(90)})

    assert problem(theirs) == (404, "reliance-not-found")
    assert problem(stale) == (412, "changed-meanwhile")
    assert (ended.json()["ended_because"], ended.json()["ended_on"]) == ("withdrawn", until(0))
    assert problem(again) == (409, "reliance-ended")
    assert anew.status_code == 201


async def test_what_rests_on_a_version_that_is_taken_out_ends_with_it_and_the_body_is_told(
    people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, desk: Desk
) -> None:
    inspection = await published(people, desk)
    address = f"{inspection}/reliances"
    first = await people["elsewhere"].post(address, json={"until": until(90)})
    corrected = await propose(people["lead"], inspection, correction())
    await people["second"].post(f"{corrected}/confirmation")
    later = await people["partner"].post(address, json={"until": until(90)})
    taken_out = await propose(people["lead"], inspection, redaction())
    confirmed = await people["second"].post(f"{taken_out}/confirmation")
    ended = (await people["elsewhere"].get(first.headers["location"])).json()
    still = (await people["partner"].get(later.headers["location"])).json()
    asked = await owner.fetch("SELECT payload FROM jobs WHERE kind = $1", MAIL_ENDED)
    anew = await people["elsewhere"].post(address, json={"until": until(90)})

    assert confirmed.status_code == 200, confirmed.text
    assert (ended["ended_because"], ended["ended_on"]) == ("inspection-withdrawn", until(0))
    assert still["ended_on"] is None
    assert [orjson.loads(job["payload"])["reliance_id"] for job in asked] == [ended["id"]]
    assert anew.status_code == 201


async def test_it_lapses_after_its_last_day_and_the_body_is_told(
    people: dict[str, httpx.AsyncClient],
    owner: asyncpg.Connection,
    database: Database,
    settings: Settings,
    tmp_path: Path,
    address: str,
) -> None:
    made = await people["elsewhere"].post(address, json={"until": until(0)})
    async with transaction(database, WORKER) as session:
        await lapse(session, {})
    still = (await people["elsewhere"].get(made.headers["location"])).json()["ended_on"]
    await owner.execute("UPDATE reliances SET since = since - 9, until = until - 5")
    async with transaction(database, WORKER) as session:
        await lapse(session, {})
    told = (await people["elsewhere"].get(made.headers["location"])).json()
    asked = await owner.fetch("SELECT payload FROM jobs WHERE kind = $1", MAIL_ENDED)
    async with transaction(database, WORKER) as session:
        send = mail_ended(settings, FileMailer(tmp_path))
        await send(session, {"reliance_id": told["id"]})

    assert still is None
    assert (told["ended_because"], told["ended_on"]) == ("lapsed", until(-4))
    assert len(asked) == 1
    (message,) = written(tmp_path)
    assert "You rely on" in message
