"""From a draft to a place on the register, by HTTP."""

from datetime import timedelta

import asyncpg
import httpx
import pytest

from app import clock
from tests.factories.listings import (
    Applied,
    add_cast,
    add_entry_visit,
    add_listing,
    add_listing_of,
    add_owned_provider,
    make_ready,
)
from tests.providers.router.listing_desk import Desk, slug
from tests.providers.rows import everything_of

NEW = {"site_reference": 1, "scope": {"age_from": 11, "age_to": 14, "needs": ["SEMH"]}}


@pytest.fixture
async def desk(client: httpx.AsyncClient, owner: asyncpg.Connection) -> Desk:
    return Desk(client, owner, await add_cast(owner))


async def begun(desk: Desk) -> tuple[Applied, str]:
    """A ready provider's application, and its address."""
    provider = await add_owned_provider(desk.owner, desk.cast)
    await make_ready(desk.owner, desk.cast, provider)
    asked = NEW | {"provider_number": provider.number}
    answer = await desk.post(desk.cast.manager, "/v1/applications", asked)
    assert answer.status_code == 201, answer.text
    listing_id = answer.json()["id"]
    applied = Applied(listing_id, provider.provider_id, provider.number, provider.site_id)
    return applied, f"/v1/applications/{listing_id}"


class TestTheWholeWay:
    async def test_from_a_draft_to_the_register(self, desk: Desk) -> None:
        cast = desk.cast
        applied, address = await begun(desk)

        submitted = await desk.post(cast.manager, f"{address}/submission")
        assert submitted.status_code == 200, submitted.text
        taken = await desk.post(cast.assessor, f"{address}/assessment")
        assert taken.status_code == 200, taken.text
        asked = await desk.post(
            cast.assessor, f"{address}/questions", {"question": "Who holds the key?"}
        )
        assert asked.status_code == 201, asked.text
        (question,) = asked.json()["questions"]
        said = await desk.post(
            cast.manager,
            f"{address}/questions/{question['id']}/answer",
            {"answer": "The lead does."},
        )
        assert said.json()["questions"][0]["answer"] == "The lead does."
        listed = await desk.decide(
            applied, "listed", seen_on=clock.today().isoformat(), seen_how="visit"
        )

        assert listed.status_code == 200, listed.text
        told = listed.json()
        assert (told["state"], told["listed_on"]) == ("listed", clock.today().isoformat())
        assert told["scope"]["needs"] == ["SEMH"]
        assert told["standards_version_id"] is not None
        public = await desk.client.get(f"/v1/providers/{applied.number}")
        assert public.json()["status"]["code"] == "listed"

    async def test_its_moves_are_told_to_each_as_far_as_is_theirs(self, desk: Desk) -> None:
        cast = desk.cast
        applied = await add_listing(desk.owner, cast, "in-assessment")
        await desk.decide(applied, "listed")
        await desk.suspend(applied, reason="A worry about somebody there.")

        to_owner = await desk.get(cast.manager, f"/v1/listings/{applied.id}/moves")
        to_officer = await desk.get(cast.second, f"/v1/listings/{applied.id}/moves")

        decided, *_, suspended = to_owner.json()["items"][-3:]
        assert (decided["reason"], decided["names"]) == ("It was seen, and all is well.", [])
        assert (suspended["reason"], suspended["public_reason"]) == (None, "being-looked-into")
        decided, *_, suspended = to_officer.json()["items"][-3:]
        assert decided["names"] == ["Example Assessor", "Example Second"]
        assert suspended["reason"] == "A worry about somebody there."

    async def test_proposals_are_the_authoritys_own(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "in-assessment")
        made = await desk.propose(applied, "refused", public_reason=None)
        address = f"/v1/listings/{applied.id}/proposals"

        assert (await desk.get(desk.cast.manager, address)).json() == {"items": []}
        one = await desk.get(desk.cast.manager, f"{address}/{made.json()['id']}")
        assert (one.status_code, slug(one)) == (404, "proposal-not-found")
        assert len((await desk.get(desk.cast.second, address)).json()["items"]) == 1


class TestSubmission:
    async def test_what_is_missing_is_told_with_its_place_its_cure_and_its_basis(
        self, desk: Desk
    ) -> None:
        applied = await add_listing(desk.owner, desk.cast, "draft")
        await desk.owner.execute("UPDATE offers SET ended_on = '2026-09-02'")

        refused = await desk.post(desk.cast.manager, f"/v1/applications/{applied.id}/submission")

        assert (refused.status_code, slug(refused)) == (409, "application-not-ready")
        missing = refused.json()["missing"]
        assert {"offers", "evidence", "self-evaluation"} == {one["code"] for one in missing}
        assert {one["basis"] for one in missing} == {"policy"}
        assert all(one["cure"] and one["pointer"] for one in missing)
        assert len(refused.json()["errors"]) == len(missing)

    @pytest.mark.parametrize(
        ("code", "undone"),
        [
            ("consent", "UPDATE providers SET version = version"),
            ("staff-size", "UPDATE providers SET staff_size = NULL"),
            ("site-located", "UPDATE sites SET postcode = NULL, town = NULL"),
            ("site-open", "UPDATE sites SET closed_on = '2026-09-02'"),
            ("self-evaluation", "DELETE FROM self_evaluations"),
            ("evidence", "UPDATE documents SET withdrawn_at = now(), withdrawn_reason = 'wrong'"),
        ],
    )
    async def test_each_thing_by_itself_keeps_it_back(
        self, desk: Desk, code: str, undone: str
    ) -> None:
        _, address = await begun(desk)
        await desk.owner.execute("SET session_replication_role = replica")
        await desk.owner.execute(undone)
        if code == "consent":
            await desk.owner.execute("UPDATE provider_consents SET given = false")

        refused = await desk.post(desk.cast.manager, f"{address}/submission")

        assert slug(refused) == "application-not-ready"
        assert {one["code"] for one in refused.json()["missing"]} == {code}

    async def test_it_must_be_confirmed_within_the_year(self, desk: Desk) -> None:
        _, address = await begun(desk)
        await desk.owner.execute("SET session_replication_role = replica")
        await desk.owner.execute(
            "UPDATE provider_confirmations SET confirmed_on = $1",
            clock.today() - timedelta(days=400),
        )

        refused = await desk.post(desk.cast.manager, f"{address}/submission")

        assert {one["code"] for one in refused.json()["missing"]} == {"confirmation"}


class TestBeginning:
    async def test_a_site_has_one_application_at_a_time(self, desk: Desk) -> None:
        applied, _ = await begun(desk)
        again = await desk.post(
            desk.cast.manager, "/v1/applications", NEW | {"provider_number": applied.number}
        )

        assert (again.status_code, slug(again)) == (409, "application-open")
        assert again.json()["application_id"] == str(applied.id)

    async def test_nobody_applies_for_a_site_that_has_closed(self, desk: Desk) -> None:
        provider = await add_owned_provider(desk.owner, desk.cast)
        await desk.owner.execute("UPDATE sites SET closed_on = '2026-09-02'")
        asked = NEW | {"provider_number": provider.number}
        refused = await desk.post(desk.cast.manager, "/v1/applications", asked)
        assert (refused.status_code, slug(refused)) == (409, "part-ended")

    async def test_what_it_shares_with_other_records_is_between_the_authorities(
        self, desk: Desk
    ) -> None:
        _, address = await begun(desk)
        await desk.post(desk.cast.manager, f"{address}/submission")
        told = {
            who: {one["code"] for one in (await desk.get(who, address)).json()["readiness"]}
            for who in (desk.cast.manager, desk.cast.assessor)
        }
        assert told[desk.cast.assessor] - told[desk.cast.manager] == {"matches"}

    async def test_a_site_that_is_not_there_is_said_to_be(self, desk: Desk) -> None:
        provider = await add_owned_provider(desk.owner, desk.cast)
        asked = {"provider_number": provider.number, "site_reference": 9}
        refused = await desk.post(desk.cast.manager, "/v1/applications", asked)
        assert (refused.status_code, slug(refused)) == (404, "site-not-found")

    async def test_what_is_listed_can_be_applied_for_anew(self, desk: Desk) -> None:
        """A wider scope, say; the later listing takes the place of the earlier."""
        provider = await add_owned_provider(desk.owner, desk.cast)
        await add_listing_of(desk.owner, provider, "listed")
        later = Applied(provider.site_id, provider.provider_id, provider.number, provider.site_id)
        await add_listing_of(desk.owner, later, "in-assessment")
        await add_entry_visit(desk.owner, later.site_id)

        listed = await desk.decide(later, "listed-with-actions")

        assert listed.status_code == 200, listed.text
        states = {row["id"]: row["state"] for row in await everything_of(desk.owner, "listings")}
        assert states == {provider.id: "closed", later.id: "listed-with-actions"}
        newest = (await everything_of(desk.owner, "listing_moves"))[-2]
        assert newest["public_reason"] == "replaced-by-later-listing"

    async def test_only_a_draft_is_changed_and_only_by_who_read_it_last(self, desk: Desk) -> None:
        _, address = await begun(desk)
        change = {"scope": {"age_from": 14, "age_to": 16}}
        stale = await desk.ask(desk.cast.manager, "PATCH", address, change, **{"If-Match": '"9"'})
        fresh = await desk.ask(desk.cast.manager, "PATCH", address, change, **{"If-Match": '"1"'})
        assert (slug(stale), fresh.status_code) == ("changed-meanwhile", 200)
        assert fresh.json()["scope"]["age_from"] == 14

        await desk.post(desk.cast.manager, f"{address}/submission")
        late = await desk.ask(desk.cast.manager, "PATCH", address, change, **{"If-Match": '"3"'})
        assert slug(late) == "listing-move-not-allowed"
        twice = await desk.post(desk.cast.manager, f"{address}/submission")
        assert twice.json()["detail"].startswith("Site 1 of Example Forge is submitted;")


class TestTheQueue:
    async def test_whoever_waited_longest_comes_first_page_by_page(self, desk: Desk) -> None:
        waiting = [await add_listing(desk.owner, desk.cast, "submitted") for _ in range(5)]
        await add_listing(desk.owner, desk.cast, "draft")
        found, address = [], "/v1/applications?state=submitted&la=331&limit=2"
        while address:
            page = (await desk.get(desk.cast.assessor, address)).json()
            found += [one["id"] for one in page["items"]]
            address = page["links"]["next"]

        assert found == [str(one.id) for one in waiting]

    async def test_nobody_sees_what_is_none_of_their_business(self, desk: Desk) -> None:
        applied = await add_listing(desk.owner, desk.cast, "submitted")
        for who in (desk.cast.elsewhere, desk.cast.school):
            assert (await desk.get(who, "/v1/applications")).json()["items"] == []
            refused = await desk.get(who, f"/v1/applications/{applied.id}")
            assert (refused.status_code, slug(refused)) == (404, "application-not-found")

    async def test_a_cursor_of_another_list_is_refused(self, desk: Desk) -> None:
        refused = await desk.get(desk.cast.assessor, "/v1/applications?cursor=nonsense")
        assert slug(refused) == "invalid-request"
