"""What follows a publication over HTTP: replies, actions and revisits asked for."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar

import asyncpg
import pytest

from app import clock
from app.access import Role
from app.config import Settings
from app.providers.evidence import add_months
from app.values.uuid7 import uuid7
from tests.factories.evidence import add_document
from tests.factories.hearings import INSPECTIONS, Browsers, published, to_check
from tests.factories.inspecting import Desk, a_plan, add_desk
from tests.factories.people import Member, insert
from tests.factories.records import add_officer
from tests.inspections.router.test_published import anybody, public_of
from tests.providers.router.asking import browsers, pointers, problem

SHORT = {"site": 1, "criterion": "2.1b"}


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


def an_action(**members: Any) -> dict[str, Any]:
    """Return a plan of one action, as it is sent."""
    due = (clock.today() + timedelta(days=30)).isoformat()
    planned = SHORT | {"action": "Buy a folder.", "role": "Head of centre", "due_on": due}
    return {"actions": [planned | members]}


class TestReplies:
    async def test_the_newest_is_shown_beside_the_finding_and_may_be_taken_back(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address, manager = await published(people, desk), people["manager"]
        public = public_of(desk, address)
        for words in ("We disagree.", "We disagree.", "It was mended."):
            await manager.post(f"{address}/replies", json={"replies": [SHORT | {"reply": words}]})
        shown = (await anybody(people, public)).json()["replies"]
        text = (await anybody(people, public, Accept="text/plain")).text
        withdrawn = await manager.post(f"{address}/replies/withdrawal", json=SHORT)
        again = await manager.post(f"{address}/replies/withdrawal", json=SHORT)
        after = (await anybody(people, public)).json()["replies"]

        assert (shown["1"]["2.1b"]["reply"], shown["1"]["2.1b"]["version"]) == ("It was mended.", 2)
        assert "The provider replies:\n  It was mended." in text
        assert [one["version"] for one in withdrawn.json()["replies"]] == [1, 2]
        assert problem(again) == (404, "reply-not-found")
        assert after == {}
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="as it was signed"):
            await owner.execute("UPDATE inspection_replies SET reply = 'Other words.'")

    async def test_only_to_what_was_judged_and_is_published(
        self, people: Browsers, desk: Desk
    ) -> None:
        address, manager = await to_check(people, desk), people["manager"]
        replies = {"replies": [SHORT | {"reply": "No."}]}
        early = await manager.post(f"{address}/replies", json=replies)
        officer = await people["second"].post(f"{address}/replies", json=replies)
        await people["second"].post(
            f"{address}/check",
            json={"decision": "published"},
            headers={"If-Match": (await people["second"].get(address)).headers["etag"]},
        )
        stated = [SHORT | {"reply": "No."}] * 2 + [{"site": 9, "criterion": "1.1a", "reply": "No."}]
        wrong = await manager.post(f"{address}/replies", json={"replies": stated})

        assert problem(early) == (409, "inspection-move-not-allowed")
        assert problem(officer) == (403, "not-permitted")
        assert problem(wrong) == (422, "answers-not-accepted")
        assert pointers(wrong) == ["/replies/1", "/replies/2/criterion"]


class TestWithholding:
    WRONG: ClassVar = SHORT | {"version": 1, "because": "child-recognisable", "reason": "A name."}

    async def replied(self, people: Browsers, desk: Desk, words: str = "It was Milo.") -> str:
        address = await published(people, desk)
        said = {"replies": [SHORT | {"reply": words}]}
        await people["manager"].post(f"{address}/replies", json=said)
        return address

    async def test_what_must_not_be_public_is_not_and_that_it_is_not_is_said(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address, wrong = await self.replied(people, desk), self.WRONG
        public, manager = public_of(desk, address), people["manager"]
        done = [
            await people["third"].post(f"{address}/replies/withholding", json=wrong) for _ in "12"
        ]
        shown = await anybody(people, public)
        text = await anybody(people, public, Accept="text/plain")
        page = await anybody(people, public.removeprefix("/v1"), Accept="text/html")
        told = (await manager.get(f"{address}/follow-up")).json()["replies"][0]
        again = {"replies": [SHORT | {"reply": "It was a pupil."}]}
        await manager.post(f"{address}/replies", json=again)
        after = (await anybody(people, public)).json()
        mails = await owner.fetchval(
            "SELECT count(*) FROM jobs WHERE payload->>'notice' = 'reply-withheld'"
        )

        assert [one.status_code for one in done] == [200, 200]
        assert shown.json()["replies"] == {}
        assert shown.json()["withheld_replies"]["1"]["2.1b"]["because"] == "child-recognisable"
        assert not any("Milo" in one.text for one in (shown, text, page))
        assert "The reply is withheld: A child could be recognised by it." in page.text
        assert "is withheld: child-recognisable." in text.text
        assert (told["withheld_reason"], told["reply"]) == ("A name.", "It was Milo.")
        assert after["replies"]["1"]["2.1b"]["reply"] == "It was a pupil."
        assert after["withheld_replies"] == {}
        assert mails == 1
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="and that stays"):
            await owner.execute("DELETE FROM withheld_replies")

    async def test_an_earlier_version_never_takes_the_place_of_one_that_is_withheld(
        self, people: Browsers, desk: Desk
    ) -> None:
        address = await self.replied(people, desk, "First words.")
        said = {"replies": [SHORT | {"reply": "It was Milo."}]}
        await people["manager"].post(f"{address}/replies", json=said)
        overtaken = await people["third"].post(f"{address}/replies/withholding", json=self.WRONG)
        newest = self.WRONG | {"version": 2}
        await people["third"].post(f"{address}/replies/withholding", json=newest)
        shown = (await anybody(people, public_of(desk, address))).json()

        assert problem(overtaken) == (404, "reply-not-found")
        assert shown["replies"] == {}
        assert shown["withheld_replies"]["1"]["2.1b"]["version"] == 2

    async def test_by_an_uninvolved_second_officer_alone(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address = await self.replied(people, desk)
        by = {
            name: problem(
                await people[name].post(f"{address}/replies/withholding", json=self.WRONG)
            )
            for name in ("lead", "manager", "elsewhere")
        }
        no_reason = await people["third"].post(
            f"{address}/replies/withholding", json=self.WRONG | {"because": "unfriendly"}
        )
        row = await owner.fetchrow("SELECT * FROM inspection_replies")
        assert row is not None
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="uninvolved"):
            await withhold_past_the_service(owner, row, desk.lead)

        assert by == {
            "lead": (403, "not-permitted"),
            "manager": (403, "not-permitted"),
            "elsewhere": (404, "inspection-not-found"),
        }
        assert problem(no_reason) == (422, "invalid-request")


async def withhold_past_the_service(owner: asyncpg.Connection, reply: Any, by: Member) -> None:
    """Withhold a reply as its inspector, straight in the database."""
    async with owner.transaction():
        person = str(by.person_id)
        await owner.execute("SELECT set_config('app.person_id', $1, true)", person)
        copied = ("inspection_id", "provider_id", "site", "criterion", "version")
        row = {name: reply[name] for name in copied} | {"id": uuid7(), "reply_id": reply["id"]}
        row |= {"because": "unlawful", "reason": "No.", "withheld_by": by.person_id}
        row |= {"organisation_id": by.organisation_id, "withheld_at": clock.now()}
        await insert(owner, "withheld_replies", row)


class TestActions:
    async def test_it_is_planned_shown_sent_back_and_verified(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address, manager, lead = await published(people, desk), people["manager"], people["lead"]
        before = (await manager.get(f"{address}/follow-up")).json()
        planned = await manager.post(f"{address}/actions", json=an_action())
        await manager.post(f"{address}/actions", json=an_action())
        (one,) = planned.json()["actions"]
        action = f"{address}/actions/{one['id']}"
        early = await lead.post(f"{action}/verification", json={"verified": True})
        document = str(await add_document(owner, desk.record))
        foreign = await manager.post(f"{action}/evidence", json={"document": str(uuid7())})
        await manager.post(f"{action}/evidence", json={"document": document})
        own = await manager.post(f"{action}/verification", json={"verified": True})
        bare = await lead.post(f"{action}/verification", json={"verified": False})
        back = await lead.post(
            f"{action}/verification", json={"verified": False, "reason": "It is empty."}
        )
        await manager.post(f"{action}/evidence", json={"document": document})
        done = [await lead.post(f"{action}/verification", json={"verified": True}) for _ in "12"]
        late = await manager.post(f"{action}/evidence", json={"document": document})
        public = (await anybody(people, public_of(desk, address))).json()["actions"]

        assert before["needs_action"] == [SHORT]
        assert planned.json()["needs_action"] == []
        assert problem(early) == problem(late) == (409, "action-move-not-allowed")
        assert problem(foreign) == (422, "answers-not-accepted")
        assert problem(own) == (403, "not-permitted")
        assert problem(bare) == (422, "reason-needed")
        assert back.json()["actions"][0]["sent_back_reason"] == "It is empty."
        assert [one.json()["actions"][0]["state"] for one in done] == ["verified"] * 2
        assert (public["1"]["2.1b"]["state"], "action" in public["1"]["2.1b"]) == (
            "verified",
            False,
        )
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="verified stays"):
            await owner.execute("UPDATE inspection_actions SET action = 'Other words.'")

    async def test_what_does_not_fit_is_named_and_its_last_day_is_the_judgements(
        self, people: Browsers, desk: Desk
    ) -> None:
        address, manager = await published(people, desk), people["manager"]
        last = add_months(clock.today(), 14)
        refused = [
            await manager.post(f"{address}/actions", json=an_action(**members))
            for members in (
                {"criterion": "1.1a"},
                {"due_on": (clock.today() - timedelta(days=1)).isoformat()},
                {"due_on": (last + timedelta(days=1)).isoformat()},
            )
        ]
        on_the_day = await manager.post(
            f"{address}/actions", json=an_action(due_on=last.isoformat())
        )

        assert [pointers(one)[0] for one in refused] == [
            "/actions/0/criterion",
            "/actions/0/due_on",
            "/actions/0/due_on",
        ]
        assert on_the_day.status_code == 200

    async def test_it_is_overdue_from_the_day_after_its_last(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address = await published(people, desk)
        due = clock.today()
        await people["manager"].post(f"{address}/actions", json=an_action(due_on=due.isoformat()))
        public, states = public_of(desk, address), []
        for day in (due, due + timedelta(days=1)):
            with clock.at(noon(day)):
                told = (await anybody(people, public)).json()
            states.append(told["actions"]["1"]["2.1b"]["state"])

        assert states == ["open", "overdue"]
        assert await owner.fetchval("SELECT state FROM inspection_actions") == "open"


class TestRevisits:
    async def test_it_stands_in_a_queue_everybody_sees_and_is_answered_by_a_plan(
        self, people: Browsers, desk: Desk
    ) -> None:
        address, manager, lead = await published(people, desk), people["manager"], people["lead"]
        asked = [
            await manager.post(f"{address}/revisits", json={"reason": "It is mended."})
            for _ in range(2)
        ]
        other = await manager.post(f"{address}/revisits", json={"reason": "Again."})
        (one,) = asked[1].json()["revisits"]
        public = (await anybody(people, public_of(desk, address))).json()
        queue = (await lead.get("/v1/revisit-requests")).json()["items"]
        answer = f"{address}/revisits/{one['id']}/answer"
        neither = await lead.post(answer, json={})
        itself = await lead.post(answer, json={"inspection": address.rsplit("/", 1)[1]})
        made = await lead.post(INSPECTIONS, json=a_plan(desk, desk.lead))
        planned = await lead.post(answer, json={"inspection": made.json()["reference"]})
        late = await lead.post(answer, json={"reason": "No."})
        after = (await anybody(people, public_of(desk, address))).json()

        assert problem(other) == (409, "revisit-not-possible")
        assert (one["place"], public["revisits"][0]["place"], queue[0]["place"]) == (1, 1, 1)
        assert public["pending"] == ["revisit-asked"]
        assert problem(neither) == (422, "reason-needed")
        assert problem(itself) == (409, "revisit-not-possible")
        assert planned.json()["revisits"][0]["inspection"] == made.json()["reference"]
        assert problem(late) == (409, "revisit-settled")
        assert after["pending"] == []

    async def test_it_is_refused_with_a_reason_or_taken_back_and_asked_for_anew(
        self, people: Browsers, desk: Desk
    ) -> None:
        address, manager = await published(people, desk), people["manager"]
        reason = {"reason": "It is mended."}
        (one,) = (await manager.post(f"{address}/revisits", json=reason)).json()["revisits"]
        gone = await manager.post(f"{address}/revisits/{one['id']}/withdrawal")
        two = (await manager.post(f"{address}/revisits", json=reason)).json()["revisits"][1]
        refused = await people["second"].post(
            f"{address}/revisits/{two['id']}/answer", json={"reason": "Send evidence first."}
        )
        settled = await manager.post(f"{address}/revisits/{two['id']}/withdrawal")

        assert gone.json()["revisits"][0]["state"] == "withdrawn"
        assert refused.json()["revisits"][1]["answer"] == "Send evidence first."
        assert problem(settled) == (409, "revisit-settled")


def noon(day: date) -> datetime:
    """Return the middle of a day."""
    return datetime.combine(day, time(12), UTC)
