"""The work queue over HTTP: who is to be seen first, and why."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.config import Settings
from app.inspections.terms import Judgement
from app.values.uuid7 import uuid7
from tests.factories.inspecting import Desk, a_plan, add_desk
from tests.factories.inspections import add_published_inspection
from tests.factories.people import insert
from tests.factories.records import OwnedRecord, add_civil_servant, add_owned_record
from tests.providers.router.asking import browsers, problem

QUEUE = "/v1/inspection-queue"
TODAY = clock.today()


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A provider on the register, and everybody who has to do with its inspection."""
    made = await add_desk(owner, status="listed", name="Example Never Seen")
    await listed(owner, made.record)
    return made


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk
) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """A signed-in browser for each of them."""
    members = {"lead": desk.lead, "elsewhere": desk.elsewhere, "school": desk.school}
    members |= {"department": await add_civil_servant(owner)}
    async with browsers(settings, owner, *members.values()) as made:
        yield dict(zip(members, made, strict=True))


async def listed(
    owner: asyncpg.Connection, record: OwnedRecord, state: str = "listed", days: int = 30
) -> None:
    """Let the one site of a record have been on the register for some days."""
    since = TODAY - timedelta(days=days)
    row: dict[str, Any] = {"id": uuid7(), "provider_id": record.id, "site_id": record.site_id}
    row |= {"la_code": "331", "basis": "operator", "state": state, "state_since": since}
    row |= {"listed_on": since, "key_stages": [], "needs": [], "programmes": []}
    await insert(owner, "listings", row | {"made_at": clock.now(), "version": 1})
    await owner.execute(
        "UPDATE sites SET changed_at = now() - interval '5 years' WHERE id = $1", record.site_id
    )


async def queue(client: httpx.AsyncClient, **asked: str) -> dict[str, Any]:
    answer = await client.get(QUEUE, params=asked)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def worry(owner: asyncpg.Connection, desk: Desk, record: OwnedRecord, severity: str) -> None:
    row: dict[str, Any] = {"id": uuid7(), "provider_id": record.id, "kind": "safeguarding"}
    row |= {"severity": severity, "what": "For a test.", "noticed_on": TODAY, "version": 1}
    row |= {"raised_by": desk.school.person_id, "raised_by_name": "Example Person"}
    row |= {"organisation_id": desk.school.organisation_id, "raised_at": clock.now()}
    await insert(owner, "concerns", row)


async def test_what_is_worried_about_comes_before_what_was_never_seen_and_that_before_the_rest(
    people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, desk: Desk
) -> None:
    seen = await add_owned_record(owner, "Example Seen", status="listed")
    worried = await add_owned_record(owner, "Example Worried", status="listed")
    for record in (seen, worried):
        await listed(owner, record)
        await add_published_inspection(owner, {record.site_id: {"1.1a": Judgement.MET}}, TODAY)
    await worry(owner, desk, worried, "immediate")
    await people["lead"].post("/v1/inspections", json=a_plan(desk, desk.lead))
    told = await queue(people["lead"])

    assert [one["provider_name"] for one in told["items"]] == [
        "Example Worried",
        "Example Never Seen",
        "Example Seen",
    ]
    worst, never, fine = told["items"]
    assert worst["grounds"] == ["concern"]
    assert never["grounds"] == ["never-seen"]
    assert (never["due"]["kind"], never["due"]["overdue"]) == ("monitoring", False)
    assert never["planned"][0]["kind"] == "themed"
    assert (fine["grounds"], fine["last_seen_on"]) == ([], TODAY.isoformat())
    assert (told["sites"], told["never_seen"], told["overdue"]) == (3, 1, 0)


@pytest.mark.parametrize(("days", "overdue"), [(200, 0), (300, 1)])
async def test_who_was_not_seen_in_time_is_overdue(
    people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, days: int, overdue: int
) -> None:
    await owner.execute("UPDATE listings SET listed_on = $1", TODAY - timedelta(days=days))

    assert (await queue(people["lead"]))["overdue"] == overdue


@pytest.mark.parametrize(
    ("kind", "ground"),
    [("designated-safeguarding-lead", "lead-changed"), ("director", "proprietor-changed")],
)
async def test_a_change_of_people_counts_until_somebody_came(
    people: dict[str, httpx.AsyncClient],
    owner: asyncpg.Connection,
    desk: Desk,
    kind: str,
    ground: str,
) -> None:
    row: dict[str, Any] = {"id": uuid7(), "provider_id": desk.record.id, "kind": kind}
    row |= {"name": "Example Person", "source": "owner", "recorded_at": clock.now(), "version": 1}
    row |= {"appointed_on": TODAY - timedelta(days=3), "changed_at": clock.now()}
    await insert(owner, "provider_people", row)
    before = (await queue(people["lead"]))["items"][0]["grounds"]
    await add_published_inspection(owner, {desk.record.site_id: {"1.1a": Judgement.MET}}, TODAY)
    after = (await queue(people["lead"]))["items"][0]["grounds"]

    assert ground in before
    assert ground not in after


async def test_a_moved_site_a_suspension_and_stale_evidence_are_told(
    people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, desk: Desk
) -> None:
    await owner.execute("UPDATE sites SET changed_at = now()")
    await owner.execute("ALTER TABLE listings DISABLE TRIGGER explained")
    await owner.execute("UPDATE listings SET state = 'suspended'")
    document: dict[str, Any] = {"id": uuid7(), "provider_id": desk.record.id, "version": 1}
    document |= {"kind": "fire-risk-assessment", "title": "Example", "added_at": clock.now()}
    document |= {"current_until": date(2026, 1, 1), "added_by": desk.record.manager.person_id}
    await insert(owner, "documents", document)
    (held,) = (await queue(people["lead"]))["items"]

    assert held["grounds"] == ["suspended", "never-seen", "site-changed", "evidence-out-of-date"]


async def test_it_is_for_those_who_decide_there(people: dict[str, httpx.AsyncClient]) -> None:
    elsewhere = await people["elsewhere"].get(QUEUE, params={"la": "331"})
    department = await people["department"].get(QUEUE)
    school = await people["school"].get(QUEUE, params={"la": "331"})

    assert (await queue(people["elsewhere"]))["items"] == []
    assert problem(elsewhere) == (403, "decided-elsewhere")
    assert (problem(department), department.json()["errors"][0]["parameter"]) == (
        (422, "invalid-request"),
        "la",
    )
    assert problem(school) == (403, "not-permitted")
    assert (await queue(people["department"], la="331"))["sites"] == 1
