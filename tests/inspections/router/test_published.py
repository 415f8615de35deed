"""Published inspections as everybody reads them, and how they are corrected and taken out."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from app.config import Settings
from app.inspections.terms import Judgement
from app.ledger.canonical import canonical
from tests.factories.hearings import Browsers, published, to_check
from tests.factories.inspecting import Desk, add_desk, found
from tests.factories.inspections import add_published_inspection
from tests.factories.people import Member
from tests.factories.records import add_officer, add_owned_record
from tests.providers.router.asking import browsers, pointers, problem

ALONE = """
UPDATE inspection_amendments SET state = 'confirmed', decided_at = now(), decided_by = proposed_by;
UPDATE inspection_judgements SET judgement = 'met';
INSERT INTO inspection_publications SELECT gen_random_uuid(), inspection_id,
  provider_id, 2, document, sha256, 'Better.', now() FROM inspection_publications;
UPDATE inspection_publications SET document = NULL, redacted_at = now(), redacted_reason = 'Gone.'
""".strip().split(";")
"""What somebody might try past the service."""
REASON = "The folder was shown after all."


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
    async with browsers(settings, owner, *members.values()) as made:
        yield dict(zip(members, made, strict=True))


def public_of(desk: Desk, address: str = "") -> str:
    """Return where everybody reads the desk's inspections, or one of them."""
    reference = f"/{address.rsplit('/', 1)[1]}" if address else ""
    return f"/v1/providers/{desk.record.number}/inspections{reference}"


async def anybody(people: Browsers, address: str, **headers: str) -> httpx.Response:
    """Ask as somebody who is not signed in."""
    client = people["lead"]
    kept, client.cookies = client.cookies, httpx.Cookies()
    try:
        return await client.get(address, headers=headers)
    finally:
        client.cookies = kept


def correction(**members: Any) -> dict[str, Any]:
    """Return a correction of the desk's one finding that falls short, as it is proposed."""
    proposed = {"kind": "correction", "of_version": 1, "reason": REASON}
    proposed["judgements"] = [found("2.1b", "met", version=1, finding="Shown.")]
    return proposed | members


def redaction(**members: Any) -> dict[str, Any]:
    """Return what proposes to take a version out."""
    return {"kind": "redaction", "of_version": 1, "reason": "It named somebody."} | members


async def propose(client: httpx.AsyncClient, address: str, body: dict[str, Any]) -> str:
    """Propose an amendment, and return where it is decided."""
    made = await client.post(f"{address}/amendments", json=body)
    assert made.status_code == 201, made.text
    return f"{address}/amendments/{made.json()['items'][-1]['id']}"


class TestReading:
    async def test_it_is_read_without_a_key_and_its_hash_can_be_computed_anew(
        self, people: Browsers, desk: Desk
    ) -> None:
        address = public_of(desk, await published(people, desk))
        read = await anybody(people, address, Origin="https://elsewhere.example")
        known = await anybody(people, address, **{"If-None-Match": read.headers["etag"]})
        told = read.json()

        assert (read.status_code, told["version"], told["corrected_by"]) == (200, 1, None)
        assert hashlib.sha256(canonical(told["document"])).hexdigest() == told["sha256"]
        assert read.headers["access-control-allow-origin"] == "*"
        assert "Accept" in read.headers["vary"]
        assert (known.status_code, known.content) == (304, b"")

    async def test_whoever_has_the_number_of_a_record_that_was_merged_still_finds_it(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address = public_of(desk, await published(people, desk))
        kept = await add_owned_record(owner, "Example Kept", status="listed")
        both = (kept.id, desk.record.id)
        await owner.execute("SET session_replication_role = replica")  # as merging leaves it
        for table in ("inspections", "inspection_publications"):
            moved = f"UPDATE {table} SET provider_id = $1 WHERE provider_id = $2"  # noqa: S608
            await owner.execute(moved, *both)
        merged = "UPDATE providers SET merged_into = $1, status = 'removed' WHERE id = $2"
        await owner.execute(merged, *both)
        one = await anybody(people, address)
        every = (await anybody(people, public_of(desk))).json()
        page = await anybody(people, address.removeprefix("/v1"), Accept="text/html")

        assert (one.status_code, page.status_code) == (200, 200)
        assert [each["reference"] for each in every["items"]] == [address.rsplit("/", 1)[1]]
        assert every["links"]["self"].startswith(f"/v1/providers/{kept.number}/inspections")

    async def test_it_is_a_page_beside_the_provider(self, people: Browsers, desk: Desk) -> None:
        address = public_of(desk, await published(people, desk)).removeprefix("/v1")
        page = await anybody(people, address, Accept="text/html")
        nowhere = await anybody(people, f"{address}?version=7", Accept="text/html")

        assert (page.status_code, nowhere.status_code) == (200, 404)
        assert "Does not yet meet the standards" in page.text
        assert "Example Lead" not in page.text

    async def test_it_is_read_as_plain_text_by_who_likes_that_better(
        self, people: Browsers, desk: Desk
    ) -> None:
        address = public_of(desk, await published(people, desk))
        text = await anybody(people, address, Accept="application/json;q=0.1, text/plain")
        neither = await anybody(people, address, Accept="application/pdf")

        assert text.headers["content-type"] == "text/plain; charset=utf-8"
        assert "2.1b: partly-met\n  Seen " in text.text
        assert "Outcome: does-not-yet-meet" in text.text
        assert max(map(len, text.text.splitlines())) <= 76
        assert problem(neither) == (406, "not-offered")
        assert neither.json()["offered"] == ["application/json", "text/plain"]

    async def test_the_newest_come_first_page_by_page(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        await published(people, desk)
        whole = await owner.fetchval("SELECT document FROM inspection_publications")
        for days in (1, 2, 3):
            seen = clock.today() - timedelta(days=days)
            moment = clock.now() - timedelta(days=days)
            findings = {desk.record.site_id: {"1.1a": Judgement.MET}}
            await add_published_inspection(owner, findings, seen, published_at=moment)
        async with owner.transaction():
            await owner.execute("SET LOCAL session_replication_role = 'replica'")
            await owner.execute("UPDATE inspection_publications SET document = $1", whole)
        pages, following = [], f"{public_of(desk)}?limit=2"
        while following:
            page = (await anybody(people, following)).json()
            pages.append([one["published_at"] for one in page["items"]])
            following = page["links"]["next"]
        damaged = await anybody(people, f"{public_of(desk)}?cursor=xx")

        assert [len(page) for page in pages] == [2, 2]
        every = [moment for page in pages for moment in page]
        assert every == sorted(every, reverse=True)
        assert problem(damaged) == (422, "invalid-request")

    async def test_what_is_not_public_is_not_there(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        unpublished = public_of(desk, await to_check(people, desk))
        before = await anybody(people, unpublished)
        nowhere = await anybody(people, "/v1/providers/AP999999X/inspections")
        listed = await anybody(people, public_of(desk))
        await owner.execute("UPDATE providers SET status = 'known'")
        withheld = await anybody(people, public_of(desk))

        assert problem(before) == (404, "inspection-not-found")
        assert listed.json()["items"] == []
        assert problem(nowhere) == problem(withheld) == (404, "provider-not-found")


class TestCorrections:
    async def test_a_further_version_stands_and_the_old_one_says_so(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address = await published(people, desk)
        one = await propose(people["lead"], address, correction())
        await people["second"].post(f"{one}/confirmation")
        public = public_of(desk, address)
        newest = (await anybody(people, public)).json()
        old = (await anybody(people, f"{public}?version=1")).json()
        old_text = (await anybody(people, f"{public}?version=1", Accept="text/plain")).text
        never = await anybody(people, f"{public}?version=3")

        assert (newest["version"], newest["corrected_by"]) == (2, None)
        assert [one["correction"] for one in newest["versions"]] == [None, REASON]
        assert newest["document"]["sites"]["1"]["outcome"]["outcome"] != "does-not-yet-meet"
        assert (old["version"], old["corrected_by"]) == (1, 2)
        assert old["document"]["sites"]["1"]["criteria"]["2.1b"]["judgement"] == "partly-met"
        assert "It was corrected: version 2 stands in its place." in " ".join(old_text.split())
        assert problem(never) == (404, "inspection-version-not-found")
        kept = "SELECT judgement, judged_by FROM inspection_judgements WHERE finding = 'Shown.'"
        assert tuple(await owner.fetchrow(kept)) == ("met", desk.lead.person_id)

    async def test_nobody_confirms_what_they_proposed_or_inspected(
        self, people: Browsers, desk: Desk
    ) -> None:
        address = await published(people, desk)
        one = await propose(people["second"], address, correction())
        own = await people["second"].post(f"{one}/confirmation")
        inspector = await people["lead"].post(f"{one}/confirmation")
        stranger = await people["elsewhere"].post(f"{one}/confirmation")
        provider = await people["manager"].post(f"{address}/amendments", json=correction())
        done = await people["third"].post(f"{one}/confirmation")

        assert problem(own) == (403, "not-independent")
        assert problem(inspector) == problem(provider) == (403, "not-permitted")
        assert problem(stranger) == (404, "inspection-not-found")
        assert done.json()["items"][0]["state"] == "confirmed"

    async def test_two_at_once_confirm_it_once_and_the_same_proposal_is_one(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address = await published(people, desk)
        one = await propose(people["lead"], address, correction())
        again = await propose(people["lead"], address, correction())
        other = await people["lead"].post(
            f"{address}/amendments", json=correction(reason="Another reason.")
        )
        both = await asyncio.gather(
            *(people[name].post(f"{one}/confirmation") for name in ("second", "third"))
        )

        assert one == again
        assert problem(other) == (409, "amendment-settled")
        assert sorted(answer.status_code for answer in both) == [200, 409]
        assert await owner.fetchval("SELECT max(version) FROM inspection_publications") == 2

    @pytest.mark.parametrize(
        ("wanted", "slug", "where"),
        [
            (correction(of_version=2), "amendment-not-possible", None),
            (correction(judgements=[]), "judgements-not-accepted", ["/judgements"]),
            (
                correction(judgements=[found("2.1b", "not-met", finding=None, version=1)]),
                "judgements-not-accepted",
                ["/judgements/0/finding"],
            ),
            (
                correction(judgements=[found("2.1b", version=7)]),
                "judgement-changed",
                ["/judgements/0/version"],
            ),
            (redaction(), "amendment-not-possible", None),
            (redaction(of_version=9), "amendment-not-possible", None),
        ],
    )
    async def test_what_cannot_be_amended_like_this_is_refused(
        self,
        people: Browsers,
        desk: Desk,
        wanted: dict[str, Any],
        slug: str,
        where: list[str] | None,
    ) -> None:
        address = await published(people, desk)
        refused = await people["lead"].post(f"{address}/amendments", json=wanted)

        assert problem(refused)[1] == slug
        assert where is None or pointers(refused) == where

    async def test_it_is_refused_or_taken_back_and_stays_so(
        self, people: Browsers, desk: Desk
    ) -> None:
        address = await published(people, desk)
        one = await propose(people["lead"], address, correction())
        foreign = await people["second"].post(f"{one}/withdrawal")
        taken_back = await people["lead"].post(f"{one}/withdrawal")
        two = await propose(people["lead"], address, correction())
        refused = await people["second"].post(f"{two}/refusal", json={"reason": "It is so."})
        late = await people["second"].post(f"{two}/confirmation")

        assert problem(foreign) == (404, "amendment-not-found")
        assert taken_back.json()["items"][0]["state"] == "withdrawn"
        assert refused.json()["items"][1]["decision_reason"] == "It is so."
        assert problem(late) == (409, "amendment-settled")

    async def test_nobody_goes_round_the_service(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address = await published(people, desk)
        await propose(people["lead"], address, correction())
        for statement in ALONE:
            with pytest.raises(asyncpg.IntegrityConstraintViolationError):
                await owner.execute(statement)


class TestRedactions:
    async def test_what_should_never_have_been_public_goes_and_its_hash_stays(
        self, people: Browsers, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        address = await published(people, desk)
        one = await propose(people["lead"], address, correction())
        await people["second"].post(f"{one}/confirmation")
        two = await propose(people["lead"], address, redaction())
        await people["second"].post(f"{two}/confirmation")
        public = public_of(desk, address)
        gone = await anybody(people, f"{public}?version=1")
        newest = (await anybody(people, public)).json()
        again = await people["lead"].post(f"{address}/amendments", json=redaction())

        assert problem(gone) == (410, "inspection-taken-out")
        assert "It named somebody." in gone.json()["detail"]
        assert gone.json()["sha256"] == newest["versions"][0]["sha256"]
        assert newest["versions"][0]["taken_out"] == "It named somebody."
        assert problem(again) == (409, "amendment-not-possible")
        assert await owner.fetchval("SELECT count(document) FROM inspection_publications") == 1
