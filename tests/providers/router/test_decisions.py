"""Decisions on listings over HTTP: days, second thoughts, and people who come at once."""

import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from tests.factories.listings import (
    EARLIER,
    Applied,
    add_cast,
    add_document,
    add_entry_visit,
    add_listing,
    add_listing_of,
    add_owned_provider,
)
from tests.providers.router.listing_desk import Desk, slug
from tests.providers.rows import everything_of

WHY = {"reason": "for a test"}


@pytest.fixture
async def desk(client: httpx.AsyncClient, owner: asyncpg.Connection) -> Desk:
    return Desk(client, owner, await add_cast(owner))


def ahead(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


async def listing(desk: Desk, applied: Applied) -> Any:
    return (await desk.get(desk.cast.assessor, f"/v1/listings/{applied.id}")).json()


class TestDays:
    async def test_a_decision_for_a_later_day_is_announced(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "listed")
        told = (await desk.decide(applied, "removed", effective_on=ahead(20))).json()

        assert told["state"] == "listed"
        assert told["announced"] == {"state": "removed", "effective_on": ahead(20)}
        changes_on = await desk.owner.fetchval("SELECT changes_on FROM providers")
        assert changes_on.isoformat() == ahead(20)

    async def test_another_decision_takes_its_place(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "listed")
        await desk.decide(applied, "removed", effective_on=ahead(20))
        told = (await desk.decide(applied, "listed-with-actions")).json()
        assert (told["state"], told["announced"]) == ("listed-with-actions", None)

    async def test_two_officers_take_an_announcement_back(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "listed")
        await desk.decide(applied, "removed", effective_on=ahead(20))
        told = (await desk.decide(applied, "listed", public_reason="decision-reviewed")).json()
        assert (told["state"], told["announced"]) == ("listed", None)
        assert told["since"] == EARLIER.isoformat()

    async def test_a_suspension_in_between_leaves_what_is_stricter(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "listed")
        await desk.decide(applied, "removed", effective_on=ahead(20))
        told = (await desk.suspend(applied)).json()
        assert (told["state"], told["announced"]["state"]) == ("suspended", "removed")

    async def test_a_suspension_in_between_ends_what_is_milder(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "listed-with-actions")
        await desk.decide(applied, "listed", effective_on=ahead(20))
        told = (await desk.suspend(applied)).json()
        assert (told["state"], told["announced"]) == ("suspended", None)

    async def test_nothing_comes_onto_the_register_by_itself_while_its_site_is_suspended(
        self, desk: Desk
    ) -> None:
        earlier = await add_listing(desk.owner, desk.cast, "listed")
        later = Applied(earlier.site_id, earlier.provider_id, earlier.number, earlier.site_id)
        await add_listing_of(desk.owner, later, "in-assessment")
        await add_entry_visit(desk.owner, later.site_id)
        await desk.decide(later, "listed", effective_on=ahead(20))
        await desk.suspend(earlier)

        told = await listing(desk, later)
        assert (told["state"], told["announced"]) == ("in-assessment", None)
        assert told["listed_on"] is None

    @pytest.mark.parametrize("days", [400, -400])
    async def test_neither_too_far_ahead_nor_before_it_last_moved(
        self, desk: Desk, days: int
    ) -> None:
        applied = await add_listing(desk.owner, desk.cast, "listed")
        refused = await desk.propose(applied, "removed", effective_on=ahead(days))
        assert (refused.status_code, slug(refused)) == (422, "day-cannot-be")
        assert refused.json()["errors"][0]["pointer"] == "/effective_on"

    async def test_an_owner_cannot_leave_before_its_announced_removal(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "listed")
        await desk.decide(applied, "removed", effective_on=ahead(20))
        refused = await desk.post(desk.cast.manager, f"/v1/listings/{applied.id}/closure", WHY)
        assert refused.json()["why"] == "decision-pending"

    async def test_an_owner_announces_that_it_closes(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "listed")
        body = WHY | {"effective_on": ahead(30)}
        told = await desk.post(desk.cast.manager, f"/v1/listings/{applied.id}/closure", body)
        assert told.json()["announced"] == {"state": "closed", "effective_on": ahead(30)}

    async def test_an_owner_does_not_close_for_a_day_that_has_passed(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "listed")
        body = WHY | {"effective_on": ahead(-1)}
        refused = await desk.post(desk.cast.manager, f"/v1/listings/{applied.id}/closure", body)
        assert (refused.status_code, slug(refused)) == (422, "day-cannot-be")


class TestRiskOfHarm:
    async def test_it_is_under_review_at_once_and_suspended_when_a_second_officer_agrees(
        self, desk: Desk
    ) -> None:
        applied = await add_listing(desk.owner, desk.cast, "listed")
        address = f"/v1/listings/{applied.id}/suspension"
        made = await desk.post(desk.cast.assessor, address, WHY)
        at_once = await listing(desk, applied)
        alone = await desk.confirm(applied, made.json()["id"], desk.cast.assessor)
        twice = await desk.post(desk.cast.assessor, address, WHY)
        told = (await desk.confirm(applied, made.json()["id"])).json()

        assert (made.status_code, made.json()["to_state"]) == (201, "suspended")
        assert at_once["state"] == "under-review"
        assert slug(alone) == "second-person-needed"
        assert (twice.status_code, slug(twice)) == (409, "proposal-open")
        assert told["state"] == "suspended"

    async def test_what_else_was_proposed_gives_way(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "under-review")
        await desk.propose(applied, "listed")
        told = (await desk.suspend(applied)).json()

        assert told["state"] == "suspended"
        outcomes = [row["outcome"] for row in await everything_of(desk.owner, "listing_proposals")]
        assert sorted(outcomes) == ["confirmed", "overtaken"]

    @pytest.mark.parametrize("public_reason", ["evidence-out-of-date", "administrative"])
    async def test_paperwork_alone_suspends_nobody(self, desk: Desk, public_reason: str) -> None:
        applied = await add_listing(desk.owner, desk.cast, "listed")
        address = f"/v1/listings/{applied.id}/suspension"
        body = WHY | {"public_reason": public_reason}
        at_once = await desk.post(desk.cast.assessor, address, body)
        proposed = await desk.propose(applied, "suspended", public_reason=public_reason)

        for refused in (at_once, proposed):
            assert (refused.status_code, slug(refused)) == (422, "paperwork-never-suspends")
            assert refused.json()["errors"][0]["pointer"] == "/public_reason"
        assert (await listing(desk, applied))["state"] == "listed"


class TestProposals:
    async def test_one_waits_at_a_time(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "listed")
        await desk.propose(applied, "removed")
        again = await desk.propose(applied, "listed-with-actions", by=desk.cast.department)
        assert (again.status_code, slug(again)) == (409, "proposal-open")

    async def test_a_second_officer_may_refuse_and_nothing_moves(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "listed")
        made = await desk.propose(applied, "removed")
        address = f"/v1/listings/{applied.id}/proposals/{made.json()['id']}"
        mine = await desk.post(desk.cast.assessor, f"{address}/refusal", WHY)
        theirs = await desk.post(desk.cast.second, f"{address}/refusal", WHY)

        assert (slug(mine), theirs.json()["state"]) == ("second-person-needed", "listed")
        told = (await desk.get(desk.cast.assessor, address)).json()
        assert (told["outcome"], told["settled_reason"]) == ("declined", "for a test")
        late = await desk.confirm(applied, made.json()["id"])
        assert slug(late) == "proposal-settled"

    async def test_what_moved_meanwhile_is_looked_at_anew(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "listed")
        made = await desk.propose(applied, "listed-with-actions")
        await desk.post(desk.cast.assessor, f"/v1/listings/{applied.id}/review", WHY)

        late = await desk.confirm(applied, made.json()["id"])
        assert (late.status_code, slug(late)) == (409, "proposal-overtaken")
        again = await desk.propose(applied, "listed-with-actions")
        assert again.status_code == 201
        outcomes = [row["outcome"] for row in await everything_of(desk.owner, "listing_proposals")]
        assert sorted(outcomes, key=str) == [None, "overtaken"]

    async def test_a_match_with_a_removed_record_is_judged_first(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "in-assessment")
        other = await add_owned_provider(desk.owner, desk.cast)
        await desk.owner.execute(
            "INSERT INTO walk_back_matches (id, listing_id, other_provider_id, grounds, score, "
            "found_at) VALUES ($1, $1, $2, '{person}', 0.9, now())",
            applied.id,
            other.provider_id,
        )
        refused = await desk.propose(applied, "listed")
        assert slug(refused) == "application-not-ready"
        assert (await desk.propose(applied, "refused", public_reason=None)).status_code == 201

    async def test_a_question_is_answered_before_the_site_is_listed(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "in-assessment")
        asked = f"/v1/applications/{applied.id}/questions"
        await desk.post(desk.cast.assessor, asked, {"question": "Who holds the key?"})

        early = await desk.propose(applied, "listed")
        refusing = await desk.propose(applied, "refused", public_reason=None)

        assert (early.status_code, slug(early)) == (409, "application-not-ready")
        assert early.json()["errors"][0]["pointer"] == "/questions"
        assert refusing.status_code == 201

    async def test_a_question_asked_after_the_proposal_holds_it_up(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "in-assessment")
        proposed = (await desk.propose(applied, "listed")).json()
        asked = f"/v1/applications/{applied.id}/questions"
        await desk.post(desk.cast.assessor, asked, {"question": "Who holds the key?"})

        early = await desk.confirm(applied, proposed["id"])

        assert (early.status_code, slug(early)) == (409, "application-not-ready")

    async def test_a_public_move_needs_a_public_reason(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "listed")
        refused = await desk.propose(applied, "removed", public_reason=None)
        assert (refused.status_code, slug(refused)) == (422, "invalid-request")

    async def test_an_appeal_against_a_refusal_is_heard_by_two(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "refused")
        told = await desk.decide(applied, "in-assessment", public_reason=None)
        assert told.json()["state"] == "in-assessment"


class TestRaces:
    async def test_of_two_who_confirm_at_once_one_does(self, desk: Desk) -> None:
        await desk.admit(desk.cast.second, desk.cast.another)
        for _ in range(5):
            applied = await add_listing(desk.owner, desk.cast, "listed")
            made = (await desk.propose(applied, "removed")).json()["id"]
            answers = await asyncio.gather(
                desk.confirm(applied, made), desk.confirm(applied, made, desk.cast.another)
            )
            assert sorted(one.status_code for one in answers) == [200, 409]
            moves = await everything_of(desk.owner, "listing_moves")
            assert [one["listing_id"] for one in moves].count(applied.id) == 2

    @pytest.mark.parametrize(
        ("state", "who", "address", "ends"),
        [
            ("in-assessment", "manager", "/v1/applications/{}/withdrawal", {"draft", "listed"}),
            ("under-review", "assessor", "/v1/listings/{}/suspension", {"under-review", "listed"}),
        ],
    )
    async def test_whoever_comes_second_finds_it_moved(
        self, desk: Desk, state: str, who: str, address: str, ends: set[str]
    ) -> None:
        await desk.admit(desk.cast.second, getattr(desk.cast, who))
        for _ in range(5):
            applied = await add_listing(desk.owner, desk.cast, state)
            made = (await desk.propose(applied, "listed")).json()["id"]
            confirmed, other = await asyncio.gather(
                desk.confirm(applied, made),
                desk.post(getattr(desk.cast, who), address.format(applied.id), WHY),
            )
            assert {confirmed.status_code, other.status_code} <= {200, 201, 409}
            assert {200, 201} & {confirmed.status_code, other.status_code}
            assert (await listing(desk, applied))["state"] in ends


class TestTransition:
    async def propose(self, desk: Desk, *numbers: str) -> list[Any]:
        body = {"provider_numbers": numbers}
        answer = await desk.post(desk.cast.assessor, "/v1/applications/transition", body)
        assert answer.status_code == 200, answer.text
        items: list[Any] = answer.json()["items"]
        return items

    async def test_what_was_checked_lately_is_listed_by_two_many_at_once(self, desk: Desk) -> None:
        recent = clock.today() - timedelta(days=90)
        held = [
            await add_owned_provider(desk.owner, desk.cast, checked_on=recent) for _ in range(3)
        ]
        proposed = await self.propose(desk, *[one.number for one in held])
        ids = [item["proposal_ids"][0] for item in proposed]

        mine = await desk.post(
            desk.cast.assessor, "/v1/proposals/confirmation", {"proposal_ids": ids}
        )
        body = {"proposal_ids": [*ids, str(held[0].id)]}
        done = await desk.post(desk.cast.second, "/v1/proposals/confirmation", body)

        assert {one["problem"] for one in mine.json()["items"]} == {"second-person-needed"}
        assert [one["done"] for one in done.json()["items"]] == [True, True, True, False]
        assert done.json()["items"][3]["problem"] == "proposal-not-found"
        listings = await everything_of(desk.owner, "listings")
        assert {(row["basis"], row["state"]) for row in listings} == {("transition", "listed")}
        statuses = {row["status"] for row in await everything_of(desk.owner, "providers")}
        assert statuses == {"listed"}

    @pytest.mark.parametrize(
        ("undone", "words"),
        [
            ("UPDATE provider_known_by SET local_result_on = '2020-01-01'", "within 12 months"),
            ("UPDATE provider_known_by SET local_result_on = NULL", "never"),
            ("UPDATE provider_consents SET given = false", "consented"),
            ("DELETE FROM provider_owners", "claimed"),
            ("UPDATE sites SET closed_on = '2026-09-02'", "Every open site"),
        ],
    )
    async def test_what_is_lacking_is_said_of_each(
        self, desk: Desk, undone: str, words: str
    ) -> None:
        recent = clock.today() - timedelta(days=90)
        held = await add_owned_provider(desk.owner, desk.cast, checked_on=recent)
        await desk.owner.execute("SET session_replication_role = replica")
        await desk.owner.execute(undone)

        (outcome,) = await self.propose(desk, held.number)

        assert (outcome["done"], outcome["problem"]) == (False, "application-not-ready")
        assert words in outcome["detail"]
        assert await everything_of(desk.owner, "listings") == []

    async def test_once_switched_off_it_says_since_when(self, desk: Desk) -> None:
        await desk.owner.execute("ALTER TABLE published_policies DISABLE TRIGGER ALL")
        await desk.owner.execute(
            "UPDATE published_policies SET in_force = daterange(lower(in_force), '2026-10-01') "
            "WHERE code = 'transition-listing'"
        )
        body = {"provider_numbers": ["AP000017B"]}
        refused = await desk.post(desk.cast.assessor, "/v1/applications/transition", body)
        assert (refused.status_code, slug(refused)) == (409, "transition-off")
        assert refused.json()["ended_on"] == "2026-10-01"

    async def test_only_an_authority_lists_by_its_own_checks(self, desk: Desk) -> None:
        body = {"provider_numbers": ["AP000017B"]}
        refused = await desk.post(desk.cast.department, "/v1/applications/transition", body)
        assert slug(refused) == "decided-elsewhere"


async def test_a_renewed_document_and_two_officers_bring_it_back(desk: Desk) -> None:
    applied = await add_listing(desk.owner, desk.cast, "under-review")
    await add_document(desk.owner, desk.cast, applied)
    told = await desk.decide(applied, "listed", public_reason="decision-reviewed")
    assert told.json()["state"] == "listed"
