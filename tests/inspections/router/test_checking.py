"""The second officer: independence by service and by database, peers, and publication."""

import asyncio
import hashlib
import uuid
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import orjson
import pytest

from app import clock
from app.access import Role
from app.config import Settings
from app.ledger.canonical import canonical
from app.organisations.queries.facts import fact_id
from app.organisations.terms import OrganisationKind
from app.values.uuid7 import uuid7
from tests.factories.hearings import Browsers, drafted, post, published, tag, to_check
from tests.factories.inspecting import Desk, add_desk
from tests.factories.invitations import entries
from tests.factories.people import Member, insert, sign_in
from tests.factories.providers import COVENTRY
from tests.factories.records import add_officer
from tests.providers.router.asking import at_version, browsers, problem

PUBLISH = {"decision": "published"}


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A provider, and everybody who has to do with its inspection."""
    return await add_desk(owner)


@pytest.fixture
async def third(owner: asyncpg.Connection) -> Member:
    """Another second officer of Coventry, who may inspect as well."""
    return await add_officer(owner, Role.SECOND_OFFICER, Role.INSPECTOR, name="Example Third")


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


async def commission_alone(owner: asyncpg.Connection, desk: Desk, la_code: str = COVENTRY) -> None:
    """Let one authority be the only one that places children at the desk's site."""
    body = fact_id(OrganisationKind.LOCAL_AUTHORITY, la_code)
    await owner.execute(
        "INSERT INTO commitments VALUES ($1, $2, $3, $4, '[2020-01-01,)', 600, "
        "gen_random_uuid(), 'at-a-setting')",
        *(uuid7(), desk.record.site_id, body, uuid7()),
    )


class TestAsking:
    async def test_it_waits_until_the_provider_was_heard(
        self, people: Browsers, desk: Desk
    ) -> None:
        address, lead, manager = await drafted(people, desk), people["lead"], people["manager"]
        early = await lead.post(
            f"{address}/check-request", json={}, headers=await tag(lead, address)
        )
        said = {"comments": [{"site": 1, "criterion": "1.1a", "comment": "Not so."}]}
        await manager.post(f"{address}/comments", json=said)
        await manager.post(f"{address}/comments/close")
        unanswered = await lead.post(
            f"{address}/check-request", json={}, headers=await tag(lead, address)
        )
        foreign = await people["elsewhere"].post(
            f"{address}/check-request", json={}, headers=at_version(1)
        )

        assert problem(early) == problem(unanswered) == (409, "comments-open")
        assert "1.1a at site 1" in unanswered.json()["errors"][0]["detail"]
        assert problem(foreign) == (404, "inspection-not-found")

    async def test_a_peer_sees_it_in_its_queue_and_publishes_it_and_another_may_be_asked_instead(
        self, people: Browsers, desk: Desk
    ) -> None:
        peer = str(desk.elsewhere.organisation_id)
        address = await to_check(people, desk, check_body=str(desk.partner.organisation_id))
        theirs = await people["partner"].get("/v1/inspection-checks")
        await post(people["lead"], address, "check-request", {"check_body": peer})
        queue = {
            name: (await people[name].get("/v1/inspection-checks")).json()["items"]
            for name in ("partner", "elsewhere", "second")
        }
        none_of_theirs = await people["partner"].get(address)
        own = await people["second"].post(
            f"{address}/check", json=PUBLISH, headers=await tag(people["second"], address)
        )
        done = await post(people["elsewhere"], address, "check", PUBLISH)

        assert len(theirs.json()["items"]) == 1
        assert {name: len(found) for name, found in queue.items()} == {
            "partner": 0,
            "elsewhere": 1,
            "second": 0,
        }
        assert queue["elsewhere"][0]["why_not_you"] is None
        assert problem(none_of_theirs) == (404, "inspection-not-found")
        assert problem(own) == (403, "not-independent")
        assert own.json()["why"] == "not-of-body"
        assert done["state"] == "published"

    async def test_where_the_own_body_has_nobody_free_it_says_who_has_and_goes_on_there(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address, lead = await drafted(people, desk), people["lead"]
        await people["manager"].post(f"{address}/comments/close")
        await commission_alone(owner, desk)
        hearing = (await lead.get(f"{address}/hearing")).json()
        refused = await lead.post(
            f"{address}/check-request", json={}, headers=await tag(lead, address)
        )
        school = await lead.post(
            f"{address}/check-request",
            json={"check_body": str(desk.school.organisation_id)},
            headers=await tag(lead, address),
        )
        named = {one["name"]: one for one in refused.json()["could_check"]}
        peer = named["Example Partnership"]["body"]
        asked = await post(lead, address, "check-request", {"check_body": peer})
        done = await post(people["partner"], address, "check", PUBLISH)

        assert problem(refused) == problem(school) == (409, "nobody-to-check")
        assert {one["name"] for one in hearing["could_check"]} == set(named)
        assert not any(one["own"] for one in named.values())
        assert "Warwickshire" in named
        assert (asked["check_body"], done["state"]) == (peer, "published")


class TestIndependence:
    @pytest.mark.parametrize("why", ["inspected", "declared-interest", "has-stake"])
    async def test_who_is_involved_does_not_check_nor_by_going_round_the_service(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk, third: Member, why: str
    ) -> None:
        address = await to_check(people, desk)
        inspection = await owner.fetchval("SELECT id FROM inspections")
        who: dict[str, Any] = {"person_id": third.person_id}
        if why == "inspected":
            part: dict[str, Any] = {
                "inspection_id": inspection,
                "part": "inspector",
                "name": "Example Third",
            }
            part |= {"organisation_id": third.organisation_id, "added_at": clock.now()}
            await insert(owner, "inspectors", who | part)
        elif why == "declared-interest":
            tie: dict[str, Any] = {"id": uuid7(), "provider_id": desk.record.id, "kind": "friend"}
            tie |= {"detail": "A friend.", "since": clock.today(), "declared_at": clock.now()}
            tie |= {"organisation_id": third.organisation_id, "version": 1}
            await insert(owner, "declared_interests", who | tie)
        else:
            job: dict[str, Any] = {
                "id": uuid7(),
                "organisation_id": desk.record.manager.organisation_id,
            }
            job |= {"roles": ["analyst"], "began_at": clock.now(), "version": 1}
            job |= {"ended_at": clock.now()}
            await insert(owner, "memberships", who | job)
        refused = await people["third"].post(
            f"{address}/check", json=PUBLISH, headers=await tag(people["lead"], address)
        )
        (waiting,) = (await people["third"].get("/v1/inspection-checks")).json()["items"] or [{}]

        assert problem(refused) == (403, "not-independent")
        assert refused.json()["why"] == why
        assert [one["own"] for one in refused.json()["could_check"]][:1] == (
            [] if why == "has-stake" else [True]
        )
        assert waiting.get("why_not_you") in {why, None}
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="has a tie"):
            await _check_by_row(owner, inspection, third)

    async def test_the_only_commissioner_there_does_not_judge_alone(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address = await to_check(people, desk)
        await commission_alone(owner, desk)
        inspection = await owner.fetchval("SELECT id FROM inspections")
        refused = await people["second"].post(
            f"{address}/check", json=PUBLISH, headers=await tag(people["second"], address)
        )

        assert problem(refused) == (403, "not-independent")
        assert refused.json()["why"] == "only-commissioner"
        assert "Example Partnership" in refused.json()["detail"]
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="only commissioner"):
            await _check_by_row(owner, inspection, desk.second)

    async def test_nobody_publishes_alone_by_going_round_the_service(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        await to_check(people, desk)
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="alone"):
            await owner.execute("UPDATE inspections SET state = 'published', published_at = now()")

    async def test_it_takes_a_recent_sign_in(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address = await to_check(people, desk)
        long_ago = clock.now().replace(year=2020)
        await sign_in(people["second"], owner, desk.second, authenticated_at=long_ago)
        refused = await people["second"].post(
            f"{address}/check", json=PUBLISH, headers=await tag(people["lead"], address)
        )

        assert problem(refused)[1] == "sign-in-again"


class TestCheck:
    async def test_it_is_given_back_with_a_reason_and_comes_again(
        self, people: Browsers, desk: Desk
    ) -> None:
        address, second = await to_check(people, desk), people["second"]
        returned = {"decision": "returned"}
        bare = await second.post(
            f"{address}/check", json=returned, headers=await tag(second, address)
        )
        back = await post(second, address, "check", returned | {"reason": "Say what was seen."})
        hearing = (await people["lead"].get(f"{address}/hearing")).json()
        to_owner = (await people["manager"].get(f"{address}/hearing")).json()
        await post(people["lead"], address, "draft")
        await people["manager"].post(f"{address}/comments/close")
        await post(people["lead"], address, "check-request", {})
        done = await post(second, address, "check", PUBLISH)

        assert problem(bare) == (422, "reason-needed")
        assert back["state"] == "judging"
        assert hearing["checks"][0]["reason"] == "Say what was seen."
        assert (to_owner["checks"], to_owner["could_check"]) == ([], [])
        assert done["state"] == "published"

    async def test_two_at_once_publish_it_once(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address = await to_check(people, desk)
        version = await tag(people["lead"], address)
        both = await asyncio.gather(
            *(
                people[name].post(f"{address}/check", json=PUBLISH, headers=version)
                for name in ("second", "third")
            )
        )
        again = await people["second"].post(f"{address}/check", json=PUBLISH, headers=version)

        assert sorted(one.status_code for one in both) == [200, 409]
        assert problem(again) == (409, "inspection-move-not-allowed")
        assert await owner.fetchval("SELECT count(*) FROM inspection_publications") == 1
        assert len(await entries(owner, "inspection.published")) == 1

    async def test_what_is_published_is_a_fixed_list_of_public_things_and_its_hash(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address = await published(people, desk)
        row = await owner.fetchrow("SELECT * FROM inspection_publications")
        assert row is not None
        document = orjson.loads(row["document"])

        assert row["sha256"] == hashlib.sha256(row["document"]).digest()
        assert row["document"] == canonical(document)
        assert (document["reference"], document["provider"]) == (
            address.rsplit("/", 1)[1],
            desk.record.number,
        )
        site = document["sites"]["1"]
        assert site["outcome"]["outcome"] == "does-not-yet-meet"
        assert site["outcome"]["decided_by"] == [
            {"criterion": "2.1b", "judgement": "partly-met", "because": "critical-below-met"}
        ]
        assert site["criteria"]["2.1b"] == {
            "judgement": "partly-met",
            "finding": "Seen for a test.",
            "method": "visit",
            "seen_on": clock.today().isoformat(),
            "carried": False,
        }
        for private in (b"Example Lead", b"Example Second", b"It is due"):
            assert private not in row["document"]

    async def test_it_is_published_although_the_site_closes_at_the_same_moment(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address = await to_check(people, desk)
        site = f"{desk.record.address}/sites/1"
        closes = {"on": clock.today().isoformat()}
        closed, checked = await asyncio.gather(
            people["manager"].post(f"{site}/closing", json=closes, headers=at_version(1)),
            people["second"].post(
                f"{address}/check", json=PUBLISH, headers=await tag(people["second"], address)
            ),
        )

        assert (closed.status_code, checked.status_code) == (200, 200), closed.text
        assert await owner.fetchval("SELECT closed_on FROM sites") == clock.today()
        assert await owner.fetchval("SELECT count(*) FROM inspection_publications") == 1


async def _check_by_row(owner: asyncpg.Connection, inspection: uuid.UUID, who: Member) -> None:
    row: dict[str, Any] = {"id": uuid7(), "inspection_id": inspection, "person_id": who.person_id}
    row |= {"person_name": "Example", "organisation_id": who.organisation_id}
    await insert(
        owner, "inspection_checks", row | {"decision": "published", "checked_at": clock.now()}
    )
