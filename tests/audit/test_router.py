import base64
import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
import httpx
import pytest

from app.access import OPERATOR, Permission, Role
from app.audit.terms import Purpose
from app.db import cursors
from app.organisations.terms import OrganisationKind
from tests.factories.audit import add_entry
from tests.factories.machines import add_machine, bearer, get_token
from tests.factories.people import Member, add_member, add_organisation, sign_in

PURPOSE = {"purpose": "oversight"}
NOON = datetime(2021, 9, 1, 12, tzinfo=UTC)


@pytest.fixture
async def member(owner: asyncpg.Connection) -> Member:
    school = await add_organisation(owner, "Example School")
    return await add_member(owner, school, Role.ADMINISTRATOR)


@pytest.fixture
async def reader(
    client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
) -> httpx.AsyncClient:
    """The member's browser, signed in."""
    return await sign_in(client, owner, member)


async def read(reader: httpx.AsyncClient, **params: str | int) -> dict[str, Any]:
    answer = await reader.get("/v1/audit", params={**PURPOSE, **params})
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def acts(page: dict[str, Any]) -> list[str]:
    return [item["act"] for item in page["items"]]


class TestSearchAudit:
    async def test_tells_an_entry_whole(
        self, reader: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        entry_id = await add_entry(
            owner,
            member.actor,
            "membership.roles_changed",
            recorded_at=NOON,
            subject_kind="membership",
            subject_id="7",
            subject_label="Another Person",
            subject_organisation_id=member.organisation_id,
            subject_organisation_name="Example School",
            reason="Cover for a colleague",
            before=json.dumps({"roles": ["analyst"]}),
            after=json.dumps({"roles": []}),
            request_id="abc",
        )

        [item] = (await read(reader))["items"]

        school = {"id": str(member.organisation_id), "name": "Example School"}
        assert item == {
            "id": str(entry_id),
            "recorded_at": "2021-09-01T12:00:00Z",
            "actor": {"kind": "person", "id": str(member.person_id), "name": "Example Person"},
            "organisation": school,
            "roles": ["administrator"],
            "act": "membership.roles_changed",
            "outcome": "done",
            "subject": {
                "kind": "membership",
                "id": "7",
                "label": "Another Person",
                "organisation": school,
            },
            "reason": "Cover for a colleague",
            "purpose": None,
            "before": {"roles": ["analyst"]},
            "after": {"roles": []},
            "request_id": "abc",
        }

    async def test_one_organisations_people_see_their_own_and_that_of_those_within_it(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
        school = await add_organisation(owner, "Example School", parent_id=trust)
        elsewhere = await add_organisation(owner, "Another School")
        people = {
            name: await add_member(owner, organisation, Role.ADMINISTRATOR)
            for name, organisation in (("trust", trust), ("school", school), ("else", elsewhere))
        }
        for number, (name, whose) in enumerate(
            [("trust", trust), ("trust", school), ("school", school), ("else", elsewhere)]
        ):
            moment = NOON + timedelta(minutes=number)
            await add_entry(
                owner, people[name].actor, f"{name}.{number}",
                recorded_at=moment, subject_organisation_id=whose,
            )  # fmt: skip
        await add_entry(owner, OPERATOR, "operator.did")

        seen = {}
        for name, member in people.items():
            reader = await sign_in(client, owner, member)
            seen[name] = acts(await read(reader, until="2021-09-01"))

        assert seen == {
            "trust": ["school.2", "trust.1", "trust.0"],
            "school": ["school.2", "trust.1"],
            "else": ["else.3"],
        }

    async def test_each_request_is_written_down_with_its_purpose_and_what_it_asked(
        self, reader: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        await read(reader, outcome="refused", purpose="complaint")

        [entry] = await owner.fetch("SELECT * FROM audit_entries")
        assert (entry["act"], entry["outcome"], entry["purpose"]) == (
            "audit.read",
            "read",
            "complaint",
        )
        assert (entry["actor_id"], entry["roles"]) == (member.person_id, ["administrator"])
        assert (entry["subject_kind"], entry["subject_id"]) == (
            "audit",
            str(member.organisation_id),
        )
        assert json.loads(entry["after"]) == {"outcome": "refused"}
        [shown] = (await read(reader))["items"]
        assert shown["id"] == str(entry["id"])

    async def test_without_a_purpose_from_the_list_it_is_refused_with_the_list(
        self, reader: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        period = {"from": "2021-09-01", "until": "2021-09-02"}
        for purpose in ({}, {"purpose": ""}, {"purpose": "curiosity"}):
            for path, params in (("/v1/audit", {}), ("/v1/audit/export", period)):
                answer = await reader.get(path, params={**params, **purpose})

                assert answer.status_code == 422
                [fault] = answer.json()["errors"]
                assert fault["parameter"] == "purpose"
                assert all(f"'{known}'" in fault["detail"] for known in Purpose)
        assert await owner.fetchval("SELECT count(*) FROM audit_entries") == 0

    async def test_filters_narrow_and_days_are_londons(
        self, reader: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        other = uuid.uuid4()
        # In summer a day in London begins at 23:00 UTC.
        late = datetime(2021, 8, 31, 22, 59, 59, tzinfo=UTC)
        await add_entry(owner, member.actor, "eve.done", recorded_at=late)
        await add_entry(owner, member.actor, "first.done", recorded_at=late + timedelta(seconds=1))
        await add_entry(
            owner, member.actor, "last.done",
            recorded_at=late + timedelta(days=1), actor_id=other,
            subject_kind="membership", subject_id="5",
        )  # fmt: skip

        day = {"from": "2021-09-01", "until": "2021-09-01"}
        assert acts(await read(reader, **day)) == ["last.done", "first.done"]
        assert acts(await read(reader, until="2021-08-31")) == ["eve.done"]
        assert acts(await read(reader, act="first.done")) == ["first.done"]
        assert acts(await read(reader, actor_id=str(other))) == ["last.done"]
        assert acts(await read(reader, subject_kind="membership", subject_id="5")) == ["last.done"]
        assert acts(await read(reader, outcome="done", until="2021-09-30")) == [
            "last.done",
            "first.done",
            "eve.done",
        ]

    async def test_pages_are_followed_to_the_end_while_new_entries_come(
        self, reader: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        for number in range(7):
            await add_entry(owner, member.actor, f"e.{number}", recorded_at=NOON)

        met, address = [], "/v1/audit?purpose=oversight&until=2021-09-01&limit=3"
        pages = 0
        while address:
            answer = await reader.get(address)
            assert answer.json()["links"]["self"] == address
            met += acts(answer.json())
            address = answer.json()["links"]["next"]
            pages += 1

        assert (pages, sorted(met)) == (3, [f"e.{number}" for number in range(7)])

    async def test_links_keep_every_parameter(
        self, reader: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        for _ in range(2):
            await add_entry(owner, member.actor, recorded_at=NOON)

        asked = {"act": "example.done", "from": "2021-09-01", "limit": "1", **PURPOSE}
        page = await read(reader, **asked)

        following = parse_qs(urlsplit(page["links"]["next"]).query)
        assert following.pop("cursor")
        assert following == {name: [value] for name, value in asked.items()}

    async def test_a_cursor_that_somebody_made_up_is_refused(
        self, reader: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        for _ in range(2):
            await add_entry(owner, member.actor, recorded_at=NOON)
        page = await read(reader, limit=1)
        given = parse_qs(urlsplit(page["links"]["next"]).query)["cursor"][0]
        search = json.loads(base64.urlsafe_b64decode(given + "=="))[0]
        made_up: list[list[Any]] = [
            [],
            ["2021-09-01T12:00:00+00:00", "no id"],
            ["no time", str(uuid.UUID(int=1))],
            ["0001-01-01T00:00:00+23:59", str(uuid.UUID(int=1))],
            [7, 8],
        ]

        for key in made_up:
            cursor = cursors.encode(search, 0, key)
            answer = await reader.get("/v1/audit", params={**PURPOSE, "cursor": cursor})

            assert answer.status_code == 422
            assert answer.json()["type"].endswith("/audit-search-refused")
            assert answer.json()["errors"][0]["parameter"] == "cursor"

    async def test_a_cursor_of_another_search_is_refused(
        self, reader: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        for _ in range(2):
            await add_entry(owner, member.actor, recorded_at=NOON)
        page = await read(reader, limit=1)
        cursor = parse_qs(urlsplit(page["links"]["next"]).query)["cursor"][0]

        answer = await reader.get(
            "/v1/audit", params={**PURPOSE, "cursor": cursor, "act": "example.done"}
        )

        assert answer.status_code == 422
        assert "belongs to another search" in answer.json()["detail"]

    async def test_what_has_no_answer_is_refused_and_is_no_look(
        self, reader: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        wrong: list[dict[str, str | int]] = [
            {"subject_id": "5"},
            {"from": "2021-09-02", "until": "2021-09-01"},
            {"from": "1066-10-14"},
            {"until": "9999-12-31"},
            {"limit": 0},
            {"limit": 201},
            {"act": "with\0nought"},
            {"actor_id": "5"},
            {"outcome": "perhaps"},
            {"before": "2021-09-01"},
        ]

        for params in wrong:
            answer = await reader.get("/v1/audit", params={**PURPOSE, **params})
            assert (answer.status_code, bool(answer.json()["errors"])) == (422, True), params
        assert await owner.fetchval("SELECT count(*) FROM audit_entries") == 0

    async def test_no_copy_of_it_is_kept_on_the_way(self, reader: httpx.AsyncClient) -> None:
        answer = await reader.get("/v1/audit", params=PURPOSE)

        assert answer.headers["Cache-Control"] == "no-store"


class TestWhoMayRead:
    @pytest.mark.parametrize("path", ["/v1/audit", "/v1/audit/export"])
    async def test_somebody_whose_roles_do_not_permit_it_is_refused_and_that_is_written_down(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member, path: str
    ) -> None:
        analyst = await add_member(owner, member.organisation_id, Role.ANALYST)
        browser = await sign_in(client, owner, analyst)
        period = {"from": "2021-09-01", "until": "2021-09-02"}

        answer = await browser.get(path, params={**PURPOSE, **period})

        assert answer.status_code == 403
        assert answer.json()["permission"] == "audit:read"
        [entry] = await owner.fetch("SELECT * FROM audit_entries")
        assert (entry["act"], entry["outcome"], entry["reason"]) == (
            f"GET {path}",
            "refused",
            "not-permitted",
        )
        assert entry["actor_id"] == analyst.person_id

    @pytest.mark.parametrize("path", ["/v1/audit", "/v1/audit/export"])
    async def test_nobody_signed_in_is_refused_and_nothing_is_written(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, path: str
    ) -> None:
        answer = await client.get(path, params=PURPOSE)

        assert answer.status_code == 401
        assert await owner.fetchval("SELECT count(*) FROM audit_entries") == 0

    async def test_a_safeguarding_lead_reads_it(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        lead = await add_member(owner, member.organisation_id, Role.SAFEGUARDING_LEAD)

        page = await read(await sign_in(client, owner, lead))

        assert page["items"] == []

    async def test_a_machine_with_the_scope_reads_it_and_one_without_does_not(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        await add_entry(owner, member.actor, recorded_at=NOON)
        statuses = {}
        for scope in (Permission.AUDIT_READ, Permission.MEMBERS_READ):
            machine = await add_machine(owner, member, scope.value)
            token = await get_token(client, machine)
            answer = await client.get("/v1/audit", params=PURPOSE, headers=bearer(token))
            statuses[scope] = answer.status_code

        assert statuses == {Permission.AUDIT_READ: 200, Permission.MEMBERS_READ: 403}
        [look] = await owner.fetch("SELECT * FROM audit_entries WHERE act = 'audit.read'")
        assert (look["actor_kind"], look["roles"]) == ("machine", ["audit:read"])

    async def test_that_a_revoked_machine_still_tries_is_written_down_as_its_own(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        machine = await add_machine(owner, member, Permission.AUDIT_READ.value)
        token = await get_token(client, machine)
        await owner.execute("UPDATE machines SET revoked_at = now() WHERE id = $1", machine.id)

        answer = await client.get("/v1/audit", params=PURPOSE, headers=bearer(token))

        assert answer.status_code == 401
        [entry] = await owner.fetch("SELECT * FROM audit_entries WHERE outcome = 'refused'")
        assert (entry["actor_kind"], entry["actor_id"]) == ("machine", machine.id)
        assert entry["organisation_id"] == member.organisation_id
        assert (entry["act"], entry["reason"]) == ("GET /v1/audit", "token-refused")
