"""Appeals over HTTP: by when, by whom they are decided, and what they come to."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import asyncpg
import pytest

from app import clock
from app.access import Role
from app.config import Settings
from app.rules.working_days import after_working_days
from tests.factories.hearings import Browsers, published
from tests.factories.inspecting import Desk, add_desk, found
from tests.factories.people import Member, sign_in
from tests.factories.records import add_officer
from tests.inspections.router.test_checking import commission_alone
from tests.inspections.router.test_published import anybody, public_of
from tests.providers.router.asking import browsers, pointers, problem

SHORT = {"site": 1, "criterion": "2.1b"}
GROUNDS = {"grounds": "The folder was there.", "judgements": [SHORT]}
DISMISSED = {"decision": "dismissed", "reason": "The folder was not there."}
UPHELD = {
    "decision": "upheld",
    "reason": "The folder was there.",
    "judgements": [found("2.1b", "met", version=1)],
}


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A public provider, and everybody who has to do with its inspection."""
    return await add_desk(owner, status="listed")


@pytest.fixture
async def third(owner: asyncpg.Connection) -> Member:
    """Another second officer of Coventry."""
    return await add_officer(owner, Role.SECOND_OFFICER, name="Example Third")


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk, third: Member
) -> AsyncIterator[Browsers]:
    """A signed-in browser for each of them."""
    members = {"lead": desk.lead, "second": desk.second, "third": third}
    members |= {"manager": desk.record.manager, "elsewhere": desk.elsewhere}
    members |= {"partner": desk.partner}
    async with browsers(settings, owner, *members.values()) as made:
        yield dict(zip(members, made, strict=True))


async def appealed(people: Browsers, address: str) -> str:
    """Appeal, and return where it is decided."""
    made = await people["manager"].post(f"{address}/appeals", json=GROUNDS)
    assert made.status_code == 201, made.text
    return f"{address}/appeals/{made.json()['appeals'][-1]['id']}"


class TestAppeals:
    async def test_every_clock_is_told_with_its_rule(self, people: Browsers, desk: Desk) -> None:
        address = await published(people, desk)
        await appealed(people, address)
        told = (await people["manager"].get(f"{address}/follow-up")).json()

        clocks = {one["what"]: one for one in told["clocks"]}
        today = clock.today()
        assert {what: one["due_on"] for what, one in clocks.items()} == {
            "comments": after_working_days(today, 5).isoformat(),
            "action-plan": after_working_days(today, 10).isoformat(),
            "appeal": after_working_days(today, 15).isoformat(),
            "appeal-decision": after_working_days(today, 20).isoformat(),
        }
        assert all(f"{today:%B %Y}" in one["rule"] for one in clocks.values())
        assert told["pending"] == ["appeal-open"]

    async def test_upheld_it_corrects_what_is_published_at_once(
        self, people: Browsers, desk: Desk
    ) -> None:
        address = await published(people, desk)
        public = public_of(desk, address)
        appeal = await appealed(people, address)
        open_ = (await anybody(people, public)).json()
        record = (await anybody(people, f"/v1/providers/{desk.record.number}")).json()
        decided = await people["third"].post(f"{appeal}/decision", json=UPHELD)
        told = (await anybody(people, public)).json()
        again = await people["manager"].post(f"{address}/appeals", json=GROUNDS)

        assert (open_["pending"], open_["version"]) == (["appeal-open"], 1)
        assert record["sites"][0]["inspection"]["pending"] == ["appeal-open"]
        assert decided.json()["appeals"][0]["decision"] == "upheld"
        assert (told["pending"], told["version"]) == ([], 2)
        assert told["versions"][1]["correction"] == "The folder was there."
        assert told["appeals"][0]["reason"] == "The folder was there."
        assert told["document"]["sites"]["1"]["criteria"]["2.1b"]["judgement"] == "met"
        assert "grounds" not in told["appeals"][0]
        assert problem(again) == (409, "appeal-not-possible")

    @pytest.mark.parametrize(
        ("stated", "slug", "where"),
        [
            (DISMISSED | {"judgements": UPHELD["judgements"]}, None, ["/judgements"]),
            (UPHELD | {"judgements": []}, None, ["/judgements"]),
            (
                UPHELD | {"judgements": [found("1.1a", version=1)]},
                None,
                ["/judgements/0/criterion"],
            ),
            (UPHELD | {"judgements": [found("2.1b")]}, "judgement-changed", None),
        ],
    )
    async def test_a_decision_that_does_not_fit_is_refused(
        self,
        people: Browsers,
        desk: Desk,
        stated: dict[str, Any],
        slug: str | None,
        where: list[str] | None,
    ) -> None:
        appeal = await appealed(people, await published(people, desk))
        refused = await people["third"].post(f"{appeal}/decision", json=stated)

        assert problem(refused)[1] == (slug or "judgements-not-accepted")
        assert where is None or pointers(refused) == where

    async def test_who_had_a_part_does_not_decide_nor_by_going_round_the_service(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        appeal = await appealed(people, await published(people, desk))
        checked = await people["second"].post(f"{appeal}/decision", json=DISMISSED)
        inspector = await people["lead"].post(f"{appeal}/decision", json=DISMISSED)
        manager = await people["manager"].post(f"{appeal}/decision", json=DISMISSED)
        stranger = await people["elsewhere"].post(f"{appeal}/decision", json=DISMISSED)
        queues = {
            name: (await people[name].get("/v1/inspection-appeals")).json()["items"]
            for name in ("second", "third", "partner")
        }

        assert problem(checked) == (403, "not-independent")
        assert checked.json()["why"] == "checked"
        assert problem(inspector) == problem(manager) == (403, "not-permitted")
        assert problem(stranger) == (404, "inspection-not-found")
        assert [one["why_not_you"] for one in queues["second"]] == ["checked"]
        assert [one["why_not_you"] for one in queues["third"]] == [None]
        assert queues["partner"] == []
        for person in (desk.lead, desk.second):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="uninvolved"):
                await owner.execute(DECIDE, person.person_id, person.organisation_id)

    async def test_the_only_commissioner_never_decides_and_a_peer_is_asked(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk, third: Member
    ) -> None:
        address = await published(people, desk)
        appeal = await appealed(people, address)
        await commission_alone(owner, desk)
        own = await people["third"].post(f"{appeal}/decision", json=DISMISSED)
        peer = {"body": str(desk.partner.organisation_id)}
        nobody = await people["lead"].post(
            f"{appeal}/body", json={"body": str(desk.lead.organisation_id)}
        )
        asked = await people["lead"].post(f"{appeal}/body", json=peer)
        decided = await people["partner"].post(f"{appeal}/decision", json=UPHELD)

        assert own.json()["why"] == "only-commissioner"
        assert "Example Partnership" in own.json()["detail"]
        assert problem(nobody) == (409, "nobody-to-check")
        assert asked.status_code == 200
        assert decided.json()["appeals"][0]["decision"] == "upheld"
        assert await owner.fetchval("SELECT max(version) FROM inspection_publications") == 2
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await owner.execute(DECIDE, third.person_id, third.organisation_id)

    async def test_two_at_once_decide_it_once(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        fourth = await add_officer(owner, Role.SECOND_OFFICER, name="Example Fourth")
        address = await published(people, desk)
        twice = await asyncio.gather(
            *(people["manager"].post(f"{address}/appeals", json=GROUNDS) for _ in range(2))
        )
        (one,) = (await people["manager"].get(f"{address}/follow-up")).json()["appeals"]
        appeal = f"{address}/appeals/{one['id']}"
        await sign_in(people["second"], owner, fourth)
        both = await asyncio.gather(
            people["third"].post(f"{appeal}/decision", json=DISMISSED),
            people["second"].post(f"{appeal}/decision", json=UPHELD),
        )

        assert sorted(answer.status_code for answer in twice) == [201, 409]
        assert sorted(answer.status_code for answer in both) == [200, 409]
        assert await owner.fetchval("SELECT count(*) FROM inspection_appeals") == 1

    async def test_on_the_last_day_it_is_in_time_and_may_be_taken_back(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address, manager = await published(people, desk), people["manager"]
        last = after_working_days(clock.today(), 15)
        with clock.at(noon(last)):
            await sign_in(manager, owner, desk.record.manager)
            appeal = await appealed(people, address)
            gone = [await manager.post(f"{appeal}/withdrawal") for _ in range(2)]
        with clock.at(noon(last + timedelta(days=1))):
            await sign_in(manager, owner, desk.record.manager)
            late = await manager.post(f"{address}/appeals", json=GROUNDS)
        settled = await people["third"].post(f"{appeal}/decision", json=DISMISSED)

        assert [one.json()["appeals"][0]["state"] for one in gone] == ["withdrawn"] * 2
        assert problem(late) == (409, "appeal-not-possible")
        assert late.json()["due_on"] == last.isoformat()
        assert problem(settled) == (409, "appeal-settled")


DECIDE = (
    "UPDATE inspection_appeals SET state = 'decided', decision = 'dismissed', reason = 'No.', "
    "decided_by = $1, decided_for = $2, decided_at = now()"
)


def noon(day: date) -> datetime:
    """Return the middle of a day."""
    return datetime.combine(day, time(12), UTC)
