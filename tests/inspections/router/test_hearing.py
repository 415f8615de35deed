"""A fair hearing over HTTP: the draft, what the provider says of it, and what inspectors answer."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.access import WORKER
from app.config import Settings
from app.db.transactions import Database, transaction
from app.inspections.service.drafting import close_due_comments
from app.rules.working_days import after_working_days
from tests.factories.hearings import Browsers, drafted, judged, post, tag
from tests.factories.inspecting import Desk, a_plan, add_desk, found
from tests.factories.invitations import entries
from tests.factories.people import sign_in
from tests.providers.router.asking import at_version, browsers, pointers, problem


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A provider, and everybody who has to do with its inspection."""
    return await add_desk(owner)


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk
) -> AsyncIterator[Browsers]:
    """A signed-in browser for each of them."""
    members = {"lead": desk.lead, "colleague": desk.colleague, "second": desk.second}
    members |= {"manager": desk.record.manager, "elsewhere": desk.elsewhere}
    async with browsers(settings, owner, *members.values()) as made:
        yield dict(zip(members, made, strict=True))


def said(criterion: str = "2.1b", comment: str = "It is in the folder.") -> dict[str, Any]:
    """Return comments as they are sent."""
    return {"comments": [{"site": 1, "criterion": criterion, "comment": comment}]}


async def only_comment(client: httpx.AsyncClient, address: str) -> dict[str, Any]:
    """Return the one comment of an inspection."""
    (one,) = (await client.get(f"{address}/comments")).json()["items"]
    return dict(one)


class TestDraft:
    async def test_it_goes_to_the_provider_with_a_clock_and_a_message(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address = await judged(people, desk)
        sent = await post(people["lead"], address, "draft")
        to_owner = await people["manager"].get(f"{address}/judgements")

        due = after_working_days(clock.today(), 5)
        assert (sent["state"], sent["comments_due_on"]) == ("with-provider", due.isoformat())
        assert sent["comments_rule"].startswith("5 working days after the draft was sent on")
        assert to_owner.json()["judged"] == 3
        job = await owner.fetchrow("SELECT payload FROM jobs WHERE kind = 'inspections.tell'")
        assert job is not None
        assert '"draft-sent"' in job["payload"]
        assert len(await entries(owner, "inspection.draft_sent")) == 1

    async def test_everything_that_is_missing_is_named_at_once(
        self, people: Browsers, desk: Desk
    ) -> None:
        made = await people["lead"].post("/v1/inspections", json=a_plan(desk, desk.lead))
        address = made.headers["location"]
        lead = people["lead"]
        await lead.patch(f"{address}/judgements", json={"judgements": [found("2.1b")]})
        refused = await lead.post(f"{address}/draft", headers=await tag(lead, address))

        assert problem(refused) == (409, "judgements-missing")
        assert pointers(refused) == ["/sites/1/1.1a", "/sites/1/4.4c"]

    async def test_only_the_lead_sends_it_once_and_as_it_was_read(
        self, people: Browsers, desk: Desk
    ) -> None:
        inspectors = [{"person": str(one.person_id)} for one in (desk.lead, desk.colleague)]
        address = await judged(people, desk, inspectors=inspectors)
        version = await tag(people["lead"], address)
        colleague = await people["colleague"].post(f"{address}/draft", headers=version)
        stale = await people["lead"].post(f"{address}/draft", headers=at_version(99))
        bare = await people["lead"].post(f"{address}/draft")
        both = await asyncio.gather(
            *(people["lead"].post(f"{address}/draft", headers=version) for _ in range(2))
        )

        assert problem(colleague) == (403, "not-your-inspection")
        assert problem(stale) == (412, "changed-meanwhile")
        assert bare.status_code == 428
        assert sorted(one.status_code for one in both) == [200, 409]

    async def test_where_the_policy_is_off_the_provider_is_heard_all_the_same(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        await owner.execute("ALTER TABLE published_policies DISABLE TRIGGER USER")
        await owner.execute("DELETE FROM published_policies WHERE code = 'fair-hearing'")
        address = await drafted(people, desk)

        told = (await people["lead"].get(address)).json()
        due = after_working_days(clock.today(), 5)
        assert told["comments_due_on"] == due.isoformat()


class TestComments:
    async def test_they_are_said_said_better_and_closed_and_a_second_click_is_harmless(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address, manager = await drafted(people, desk), people["manager"]
        first = await manager.post(f"{address}/comments", json=said())
        again = await manager.post(f"{address}/comments", json=said())
        better = await manager.post(f"{address}/comments", json=said(comment="Page 3."))
        closed = [await manager.post(f"{address}/comments/close") for _ in range(2)]
        late = await manager.post(f"{address}/comments", json=said("1.1a"))

        assert first.json()["items"] == again.json()["items"]
        assert [one["comment"] for one in better.json()["items"]] == ["Page 3."]
        assert [one.json()["closed"] for one in closed] == [True, True]
        assert problem(late) == (409, "comments-over")
        assert len(await entries(owner, "inspection.commented")) == 2
        assert len(await entries(owner, "inspection.comments_closed")) == 1

    @pytest.mark.parametrize(
        ("stated", "where"),
        [
            ([said("9.9a")["comments"][0]], None),
            ([said("4.1a")["comments"][0]], ["/comments/0/criterion"]),
            ([said()["comments"][0]] * 2, ["/comments/1/criterion"]),
            (
                [said("4.1a")["comments"][0], said("3.1a")["comments"][0]],
                ["/comments/0/criterion", "/comments/1/criterion"],
            ),
        ],
    )
    async def test_every_fault_is_named_and_nothing_is_kept(
        self, people: Browsers, desk: Desk, stated: list[Any], where: list[str] | None
    ) -> None:
        address = await drafted(people, desk)
        refused = await people["manager"].post(f"{address}/comments", json={"comments": stated})
        kept = await people["manager"].get(f"{address}/comments")

        assert refused.status_code == 422
        assert where is None or pointers(refused) == where
        assert kept.json()["items"] == []

    async def test_on_the_last_day_they_are_in_time_and_on_the_next_too_late(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk, database: Database
    ) -> None:
        address, manager = await drafted(people, desk), people["manager"]
        due = date.fromisoformat((await manager.get(address)).json()["comments_due_on"])
        with clock.at(noon(due)):
            await sign_in(manager, owner, desk.record.manager)
            in_time = await manager.post(f"{address}/comments", json=said())
            await _night(database)
            still = await manager.get(f"{address}/comments")
        with clock.at(noon(due + timedelta(days=1))):
            await sign_in(manager, owner, desk.record.manager)
            await sign_in(people["lead"], owner, desk.lead)
            before_the_worker = await manager.post(f"{address}/comments", json=said("1.1a"))
            await _night(database)
            await _night(database)
            after = await people["lead"].get(address)

        assert (in_time.status_code, still.json()["closed"]) == (200, False)
        assert problem(before_the_worker) == (409, "comments-over")
        assert after.json()["comments_closed_at"] is not None
        assert len(await entries(owner, "inspection.comments_closed")) == 1

    async def test_what_came_by_letter_is_written_down_by_an_inspector(
        self, people: Browsers, desk: Desk
    ) -> None:
        address, lead = await drafted(people, desk), people["lead"]
        await people["manager"].post(f"{address}/comments/close")
        letters = f"{address}/letters"
        today, later = clock.today(), clock.today() + timedelta(days=1)
        kept = await lead.post(letters, json=said() | {"received_on": today.isoformat()})
        future = await lead.post(letters, json=said() | {"received_on": later.isoformat()})
        foreign = await people["manager"].post(
            letters, json=said() | {"received_on": today.isoformat()}
        )

        assert kept.json()["items"][0]["by_letter"] is True
        assert problem(future) == (422, "comments-not-accepted")
        assert problem(foreign) == (403, "not-permitted")

    async def test_nobody_else_comments_and_nobody_goes_round_the_service(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address = await drafted(people, desk)
        inspector = await people["lead"].post(f"{address}/comments", json=said())
        stranger = await people["elsewhere"].get(f"{address}/comments")
        await people["manager"].post(f"{address}/comments", json=said())
        await people["manager"].post(f"{address}/comments/close")

        assert problem(inspector) == (403, "not-permitted")
        assert problem(stranger) == (404, "inspection-not-found")
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="time for comments"):
            await owner.execute("UPDATE inspection_comments SET comment = 'Other words.'")
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="every comment"):
            await owner.execute("UPDATE inspections SET state = 'to-check'")


class TestAnswers:
    async def test_accepted_means_corrected_first_and_only_what_was_commented_on(
        self, people: Browsers, desk: Desk
    ) -> None:
        address, lead = await drafted(people, desk), people["lead"]
        await people["manager"].post(f"{address}/comments", json=said())
        one = await only_comment(lead, address)
        answer = f"{address}/comments/{one['id']}/answer"
        too_soon = await lead.post(answer, json={"answer": "accepted"})
        worse = found("1.1a", "not-met", version=1)
        unasked = await lead.patch(f"{address}/judgements", json={"judgements": [worse]})
        right = found("2.1b", "met", version=1)
        await lead.patch(f"{address}/judgements", json={"judgements": [right]})
        accepted = [await lead.post(answer, json={"answer": "accepted"}) for _ in range(2)]
        other = await lead.post(answer, json={"answer": "not-accepted", "reason": "No."})
        settled = found("2.1b", "not-met", version=2)
        closed = await lead.patch(f"{address}/judgements", json={"judgements": [settled]})

        assert problem(too_soon) == (409, "correct-first")
        assert problem(unasked) == problem(closed) == (422, "judgements-not-accepted")
        assert [one.json()["items"][0]["answer"] for one in accepted] == ["accepted"] * 2
        assert problem(other) == (409, "comment-answered")

    async def test_a_no_has_a_reason_which_the_provider_reads(
        self, people: Browsers, desk: Desk
    ) -> None:
        address, lead = await drafted(people, desk), people["lead"]
        await people["manager"].post(f"{address}/comments", json=said())
        one = await only_comment(lead, address)
        answer = f"{address}/comments/{one['id']}/answer"
        bare = await lead.post(answer, json={"answer": "not-accepted"})
        nowhere = await lead.post(
            answer.replace(one["id"], "11111111-1111-4111-8111-111111111111"),
            json={"answer": "not-accepted", "reason": "It was not there."},
        )
        await lead.post(answer, json={"answer": "not-accepted", "reason": "It was not there."})

        assert problem(bare) == (422, "reason-needed")
        assert problem(nowhere) == (404, "comment-not-found")
        assert (await only_comment(people["manager"], address))["reason"] == "It was not there."


def noon(day: date) -> datetime:
    """Return the middle of a day."""
    return datetime.combine(day, time(12), UTC)


async def _night(database: Database) -> None:
    async with transaction(database, WORKER) as session:
        await close_due_comments(session, {})
