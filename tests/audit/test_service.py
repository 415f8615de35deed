import asyncio
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

import asyncpg
import orjson
import pytest

from app.access import DOORKEEPER, OPERATOR, WORKER, Actor, Permission, Role
from app.audit import service
from app.audit.terms import Change, Entry, Purpose, Subject, Wanted
from app.db.transactions import Database, transaction
from app.organisations.actors import ActingFor, machine_actor
from app.organisations.terms import OrganisationKind
from app.values.uuid7 import uuid7
from tests.factories.people import Member, add_member, add_organisation


@pytest.fixture
async def member(owner: asyncpg.Connection) -> Member:
    school = await add_organisation(owner, "Example School")
    return await add_member(owner, school, Role.ADMINISTRATOR, Role.ANALYST)


async def entries(owner: asyncpg.Connection) -> list[dict[str, Any]]:
    rows = await owner.fetch("SELECT * FROM audit_entries ORDER BY recorded_at, id")
    read = [dict(row) for row in rows]
    for row in read:
        for name in ("before", "after"):
            row[name] = None if row[name] is None else orjson.loads(row[name])
    return read


async def only(owner: asyncpg.Connection) -> dict[str, Any]:
    [entry] = await entries(owner)
    return entry


class TestRecord:
    async def test_tells_who_for_whom_under_which_roles_what_to_what_why_before_and_after(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        about = uuid7()
        subject = Subject("membership", about, "Another Person", member.organisation_id)

        async with transaction(database, member.actor) as session:
            await service.record(
                session,
                member.actor,
                "membership.roles_changed",
                subject,
                reason="Cover for a colleague",
                before={"roles": {Role.ANALYST}},
                after={"roles": {Role.ANALYST, Role.COMMISSIONER}},
            )

        entry = await only(owner)
        assert entry.pop("id").version == 7
        assert entry.pop("recorded_at") is not None
        assert entry == {
            "actor_kind": "person",
            "actor_id": member.person_id,
            "actor_name": "Example Person",
            "organisation_id": member.organisation_id,
            "organisation_name": "Example School",
            "roles": ["administrator", "analyst"],
            "act": "membership.roles_changed",
            "outcome": "done",
            "subject_kind": "membership",
            "subject_id": str(about),
            "subject_label": "Another Person",
            "subject_organisation_id": member.organisation_id,
            "subject_organisation_name": "Example School",
            "reason": "Cover for a colleague",
            "purpose": None,
            "before": {"roles": ["analyst"]},
            "after": {"roles": ["analyst", "commissioner"]},
            "request_id": "test",
        }

    async def test_of_a_machine_it_tells_the_scopes(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        organisation = ActingFor(
            member.organisation_id, "Example School", None, OrganisationKind.SCHOOL
        )
        machine = machine_actor(uuid7(), "Example system", organisation, [Permission.AUDIT_READ])

        async with transaction(database, machine) as session:
            await service.record(session, machine, "example.done", None)

        entry = await only(owner)
        assert (entry["actor_kind"], entry["actor_id"]) == ("machine", machine.id)
        assert entry["roles"] == ["audit:read"]
        assert entry["subject_kind"] is entry["before"] is entry["after"] is None

    @pytest.mark.parametrize("actor", [OPERATOR, DOORKEEPER, WORKER], ids=lambda actor: actor.name)
    async def test_the_service_itself_writes_too(
        self, database: Database, owner: asyncpg.Connection, actor: Actor
    ) -> None:
        async with transaction(database, actor) as session:
            await service.record(session, actor, "example.done", None)

        entry = await only(owner)
        assert (entry["actor_kind"], entry["actor_name"]) == (actor.kind, actor.name)

    async def test_of_another_organisations_record_it_tells_the_name_it_is_given(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)

        async with transaction(database, member.actor) as session:
            for name in (None, "Example Trust"):
                subject = Subject("membership", uuid7(), None, trust, name)
                await service.record(session, member.actor, "example.done", subject)

        names = [entry["subject_organisation_name"] for entry in await entries(owner)]
        assert names == [None, "Example Trust"]

    async def test_what_is_undone_leaves_no_entry(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        class UndoneError(Exception):
            pass

        async def fail() -> None:
            async with transaction(database, member.actor) as session:
                await service.record(session, member.actor, "example.done", None)
                raise UndoneError

        with pytest.raises(UndoneError):
            await fail()

        assert await entries(owner) == []


class TestRecordMany:
    async def test_writes_an_entry_for_each_in_their_order(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        changes = [
            Change(
                Subject("school", f"{number:06}", organisation_id=member.organisation_id),
                reason="closed" if number % 2 else None,
                before={"number": number} if number % 3 else None,
                after={"number": number + 1},
            )
            for number in range(1_200)
        ]

        async with transaction(database, OPERATOR) as session:
            await service.record_many(session, OPERATOR, "school.imported", changes)

        written = await entries(owner)
        told = [
            (entry["subject_id"], entry["reason"], entry["before"], entry["after"])
            for entry in written
        ]
        assert told == [
            (change.subject.id, change.reason, change.before, change.after) for change in changes
        ]
        assert {entry["act"] for entry in written} == {"school.imported"}

    async def test_an_entry_of_many_is_as_one_by_itself(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        subject = Subject("membership", uuid7(), "Another Person", member.organisation_id)
        facts = {"reason": "because", "before": {"a": 1}, "after": {"a": 2}}

        async with transaction(database, member.actor) as session:
            await service.record(
                session, member.actor, "example.done", subject,
                reason="because", before={"a": 1}, after={"a": 2},
            )  # fmt: skip
            change = Change(subject, reason="because", before={"a": 1}, after={"a": 2})
            await service.record_many(session, member.actor, "example.done", [change])

        one, other = await entries(owner)
        differing = {name for name in one if one[name] != other[name]}
        assert differing == {"id", "recorded_at"}
        assert {name: one[name] for name in facts} == facts

    async def test_of_nothing_writes_nothing(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async with transaction(database, OPERATOR) as session:
            await service.record_many(session, OPERATOR, "school.imported", [])

        assert await entries(owner) == []


class TestRecordRead:
    async def test_tells_the_purpose_and_what_was_asked_for(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        subject = Subject("membership", uuid7())

        async with transaction(database, member.actor) as session:
            await service.record_read(
                session,
                member.actor,
                "membership.read",
                subject,
                Purpose.SUBJECT_REQUEST,
                asked={"from": date(2026, 9, 1)},
            )

        entry = await only(owner)
        assert (entry["outcome"], entry["purpose"]) == ("read", "subject-request")
        assert (entry["before"], entry["after"]) == (None, {"from": "2026-09-01"})


class TestRecordRefusal:
    async def test_the_doorkeeper_writes_it_as_whoever_was_refused(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        async with transaction(database, DOORKEEPER) as session:
            await service.record_refusal(
                session, member.actor, "POST /v1/example", None, "not-permitted", left_out=5
            )

        entry = await only(owner)
        assert (entry["actor_id"], entry["organisation_id"]) == (
            member.person_id,
            member.organisation_id,
        )
        assert (entry["outcome"], entry["reason"]) == ("refused", "not-permitted")
        assert entry["after"] == {"left_out": 5}


class TestLookUp:
    async def test_a_look_is_written_down_and_is_not_in_its_own_answer(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        found: Sequence[Entry] = []
        for _ in range(2):
            async with transaction(database, member.actor) as session:
                found = await service.look_up(
                    session,
                    member.actor,
                    Wanted(act="audit.read"),
                    Purpose.OVERSIGHT,
                    after=None,
                    limit=10,
                )

        assert len(found) == 1
        first, second = await entries(owner)
        assert found[0]["id"] == first["id"]
        assert second["subject_kind"] == "audit"
        assert second["subject_id"] == str(member.organisation_id)
        assert second["subject_organisation_id"] == member.organisation_id
        assert second["purpose"] == "oversight"
        assert second["after"] == {"act": "audit.read"}

    async def test_concurrent_acts_of_many_leave_all_their_entries(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        async def act(number: int) -> None:
            async with transaction(database, member.actor) as session:
                subject = Subject("example", str(number))
                await service.record(session, member.actor, "example.done", subject)

        await asyncio.gather(*(act(number) for number in range(40)))

        assert {int(entry["subject_id"]) for entry in await entries(owner)} == set(range(40))


def test_what_is_asked_for_is_told_without_what_was_left_open() -> None:
    somebody = uuid.UUID(int=5)

    assert service.asked_of(Wanted(actor_id=somebody)) == {"actor_id": somebody}
