"""Interim suspensions over HTTP: under a clock from the moment two officers impose one."""

from collections.abc import AsyncIterator
from datetime import timedelta

import asyncpg
import httpx
import pytest

from app import clock
from app.config import Settings
from app.main import create_app
from app.rules.working_days import after_working_days
from tests.factories.listings import Applied, Cast, add_cast, add_listing
from tests.factories.people import Member
from tests.providers.router.asking import at_version
from tests.providers.router.listing_desk import Desk, slug

SUSPENSIONS = "/v1/interim-suspensions"


@pytest.fixture
async def desk(settings: Settings, owner: asyncpg.Connection) -> AsyncIterator[Desk]:
    """Everybody who may want to move a listing."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://register.test") as made:
            yield Desk(made, owner, await add_cast(owner))


@pytest.fixture
async def suspended(desk: Desk) -> Applied:
    """A listing that two officers suspended a moment ago."""
    applied = await add_listing(desk.owner, desk.cast, "listed")
    answer = await desk.suspend(applied)
    assert answer.json()["state"] == "suspended", answer.text
    return applied


async def only(desk: Desk, who: Member) -> dict[str, object]:
    told = (await desk.get(who, SUSPENSIONS)).json()["items"]
    assert len(told) == 1
    held: dict[str, object] = told[0]
    return held


async def review(desk: Desk, who: Member, decision: str, version: int = 1) -> httpx.Response:
    held = await only(desk, desk.cast.assessor)
    body = {"decision": decision, "reason": "Looked at again."}
    address = f"{SUSPENSIONS}/{held['id']}/reviews"
    return await desk.ask(who, "POST", address, body, **at_version(version))


async def test_it_is_under_a_clock_with_its_rule_and_told_to_each_as_is_theirs(
    desk: Desk, suspended: Applied
) -> None:
    cast: Cast = desk.cast
    held, to_owner = await only(desk, cast.second), await only(desk, cast.manager)
    unseen = (await desk.get(cast.elsewhere, SUSPENSIONS)).json()["items"]
    hidden = await desk.get(cast.school, f"{SUSPENSIONS}/{held['id']}")

    due = after_working_days(clock.today(), 5)
    assert held["review"] == {
        "due_on": due.isoformat(),
        "rule": held["review"]["rule"],  # type: ignore[index]
        "authority": "policy",
        "over": False,
    }
    assert "5 working days" in str(held["review"])
    assert (held["finding"], held["holds"]) == ("A child was hurt.", True)
    assert (to_owner["finding"], to_owner["reviews"]) == (None, [])
    assert to_owner["review"] == held["review"]
    assert unseen == []
    assert (hidden.status_code, slug(hidden)) == (404, "suspension-not-found")


async def test_looked_at_again_it_stays_for_days_once_more(desk: Desk, suspended: Applied) -> None:
    kept = await review(desk, desk.cast.second, "stays")
    stale = await review(desk, desk.cast.assessor, "stays")

    assert kept.status_code == 403, "a second officer proposes nothing"
    assert stale.status_code == 201
    assert [one["decision"] for one in stale.json()["reviews"]] == ["stays"]
    late = await review(desk, desk.cast.assessor, "stays")
    assert (late.status_code, slug(late)) == (412, "changed-meanwhile")


async def test_two_officers_lift_it_and_then_nothing_is_to_review(
    desk: Desk, suspended: Applied
) -> None:
    lifting = await review(desk, desk.cast.assessor, "lift-proposed")
    proposals = (
        await desk.get(desk.cast.assessor, f"/v1/listings/{suspended.id}/proposals")
    ).json()["items"]
    lifted = await desk.confirm(suspended, proposals[0]["id"])
    address = f"{SUSPENSIONS}/{lifting.json()['id']}"
    after = (await desk.get(desk.cast.assessor, address)).json()
    body = {"decision": "stays", "reason": "Late."}
    over = await desk.ask(
        desk.cast.assessor, "POST", f"{address}/reviews", body, **at_version(after["version"])
    )

    assert (lifting.status_code, lifted.json()["state"]) == (201, "under-review")
    assert after["holds"] is False
    assert (await desk.get(desk.cast.assessor, SUSPENSIONS)).json()["items"] == []
    assert (over.status_code, slug(over)) == (409, "suspension-ended")


@pytest.mark.parametrize("who", ["manager", "formerly", "elsewhere", "school"])
async def test_who_has_a_stake_or_no_part_reviews_nothing(
    desk: Desk, suspended: Applied, who: str
) -> None:
    refused = await review(desk, getattr(desk.cast, who), "stays")

    assert (refused.status_code, slug(refused)) == {
        "manager": (403, "not-permitted"),
        "formerly": (403, "not-yours-to-judge"),
        "elsewhere": (404, "suspension-not-found"),
        "school": (403, "not-permitted"),
    }[who]


async def test_those_overdue_are_found_by_their_day(desk: Desk, suspended: Applied) -> None:
    await desk.owner.execute(
        "UPDATE interim_suspensions SET imposed_on = imposed_on - 30, reviewed_on = imposed_on "
        "- 30, review_due_on = imposed_on - 20"
    )
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    overdue = (await desk.get(desk.cast.second, f"{SUSPENSIONS}?due_until={yesterday}")).json()
    long_ago = (await desk.get(desk.cast.second, f"{SUSPENSIONS}?due_until=2020-01-01")).json()

    assert [one["review"]["over"] for one in overdue["items"]] == [True]
    assert long_ago["items"] == []
