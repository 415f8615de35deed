"""Which version is in force, what it asks, and what became of each criterion."""

import uuid
from datetime import date

import asyncpg
import pytest

from app.access import DOORKEEPER, OPERATOR, WORKER, Actor, DbRole
from app.db.transactions import Database, acting_as, reading, transaction
from app.standards.queries import versions as queries
from app.standards.terms import Relation
from app.standards.walking import Step
from tests.standards.rows import (
    add_criterion,
    add_step,
    add_version,
    close,
    follow_working_set,
    publish,
)

FIRST, CHANGE = date(2025, 9, 1), date(2027, 1, 1)
NOBODY = Actor(name="nobody", role=DbRole.APP)


class TestInForce:
    @pytest.mark.parametrize(
        ("day", "code"),
        [
            (date(2025, 8, 31), None),
            (FIRST, "working-set-1"),
            (date(2026, 12, 31), "working-set-1"),
            (CHANGE, "working-set-2"),
            (date(2099, 1, 1), "working-set-2"),
        ],
    )
    async def test_is_one_version_from_its_first_day_to_its_last(
        self, database: Database, owner: asyncpg.Connection, day: date, code: str | None
    ) -> None:
        await follow_working_set(owner, CHANGE)

        async with reading(database, OPERATOR) as session:
            found = await queries.in_force(session, day)

        assert (found.code if found else None) == code

    @pytest.mark.parametrize("actor", [NOBODY, OPERATOR, WORKER])
    async def test_can_be_asked_in_every_role(self, database: Database, actor: Actor) -> None:
        async with reading(database, actor) as session:
            found = await queries.in_force(session, FIRST)
            assert found is not None
            criteria = await queries.list_criteria(session, found.id)
            critical = await queries.critical_evidence(session, FIRST)

        assert (found.code, len(criteria), len(critical) > 5) == ("working-set-1", 69, True)

    async def test_can_be_asked_while_publishing(self, database: Database) -> None:
        async with transaction(database, OPERATOR) as session, acting_as(session, DbRole.PUBLISHER):
            found = await queries.in_force(session, FIRST)
            assert found is not None
            criteria = await queries.list_criteria(session, found.id)

        assert len(criteria) == 69

    async def test_is_not_for_the_doorkeeper(self, database: Database) -> None:
        with pytest.raises(Exception, match="permission denied"):
            async with reading(database, DOORKEEPER) as session:
                await queries.in_force(session, FIRST)

    async def test_a_draft_is_not_seen_by_others_than_the_department(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        draft = await add_version(owner)
        await add_criterion(owner, draft)

        async with reading(database, NOBODY) as session:
            assert await queries.list_criteria(session, draft) == []


class TestCriticalEvidence:
    async def test_are_those_a_critical_criterion_names_that_counts(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async with owner.transaction():
            version = await add_version(owner, "working-set-2")
            for number, gate, force, kind in (
                ("1.1a", "critical", "standard", "child-protection-policy"),
                ("1.1b", "critical", "law", "fire-risk-assessment"),
                ("1.1c", "critical", "good-practice", "curriculum"),
                ("1.1d", "major", "standard", "timetable"),
            ):
                named = {"gate": gate, "force": force, "evidence_kinds": [kind]}
                await add_criterion(owner, version, number, **named)
            await close(owner, "standards_versions", "working-set-1", CHANGE)
            await publish(owner, "standards_versions", version, CHANGE)

        async with reading(database, WORKER) as session:
            critical = await queries.critical_evidence(session, CHANGE)

        assert critical == {
            frozenset({"child-protection-policy"}),
            frozenset({"fire-risk-assessment"}),
        }

    async def test_insurance_is_among_those_that_ship(self, database: Database) -> None:
        async with reading(database, WORKER) as session:
            critical = await queries.critical_evidence(session, FIRST)

        assert {"public-liability-insurance", "employers-liability-insurance"} in critical
        assert not any("self-evaluation" in kinds for kinds in critical)

    async def test_there_are_none_before_any_version_is_in_force(self, database: Database) -> None:
        async with reading(database, WORKER) as session:
            assert await queries.critical_evidence(session, date(2025, 8, 31)) == frozenset()


class TestCrosswalk:
    async def test_leads_over_the_versions_between(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        first = await owner.fetchval("SELECT id FROM criteria WHERE number = '1.1a'")
        made: list[tuple[uuid.UUID, uuid.UUID, str]] = []
        for code, source, relation, begins in (
            ("working-set-2", first, "reworded", CHANGE),
            ("working-set-3", None, "same", date(2028, 1, 1)),
        ):
            async with owner.transaction():
                version = await add_version(owner, code)
                criterion = await add_criterion(owner, version)
                await add_step(owner, source or made[-1][1], criterion, relation)
                before = "working-set-1" if not made else made[-1][2]
                await close(owner, "standards_versions", before, begins)
                await publish(owner, "standards_versions", version, begins)
            made.append((version, criterion, code))

        async with reading(database, NOBODY) as session:
            steps = await queries.crosswalk(session, "working-set-1", "working-set-3")
            backwards = await queries.crosswalk(session, "working-set-3", "working-set-1")
            unknown = await queries.crosswalk(session, "working-set-1", "elsewhere")

        assert steps == [Step(first, made[1][1], Relation.REWORDED)]
        assert (backwards, unknown) == (None, None)
