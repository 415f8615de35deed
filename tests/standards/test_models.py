"""What the database refuses, whoever asks: overlaps, lone publishers, changes of what is published.

The connection is a superuser's, in the replication role in which ordinary triggers do not fire.
"""

import uuid
from datetime import date
from typing import Any

import asyncpg
import pytest

from app import clock
from tests.factories.people import add_person
from tests.standards.rows import (
    WORKING_SET,
    add_criterion,
    add_policy,
    add_step,
    add_version,
    close,
    follow_working_set,
    publish,
)

SOON, LATER = date(2027, 1, 1), date(2028, 1, 1)
VERSIONS, POLICIES = "standards_versions", "published_policies"


@pytest.fixture
async def superuser(owner: asyncpg.Connection) -> asyncpg.Connection:
    """Whoever restores a dump: past grants, row security and ordinary triggers."""
    await owner.execute("SET session_replication_role = replica")
    return owner


async def working_set_criterion(owner: asyncpg.Connection, number: str = "1.1a") -> uuid.UUID:
    found: uuid.UUID = await owner.fetchval(
        "SELECT c.id FROM criteria c JOIN standards_versions v ON v.id = c.version_id "
        "WHERE v.code = $1 AND c.number = $2",
        WORKING_SET,
        number,
    )
    return found


class TestPeriods:
    async def test_two_versions_cannot_be_in_force_on_one_day(
        self, owner: asyncpg.Connection
    ) -> None:
        version = await add_version(owner)

        with pytest.raises(asyncpg.ExclusionViolationError, match="one_in_force"):
            await publish(owner, VERSIONS, version, SOON)

    async def test_one_may_begin_on_the_day_on_which_the_other_is_over(
        self, owner: asyncpg.Connection
    ) -> None:
        await follow_working_set(owner, SOON)

        rows = await owner.fetch(
            "SELECT code FROM standards_versions WHERE in_force @> $1::date", SOON
        )
        assert [row["code"] for row in rows] == ["working-set-2"]

    async def test_one_that_begins_a_day_too_early_is_refused(
        self, owner: asyncpg.Connection
    ) -> None:
        await follow_working_set(owner, SOON)
        version = await add_version(owner, "too-early")

        with pytest.raises(asyncpg.ExclusionViolationError):
            await publish(owner, VERSIONS, version, date(2026, 12, 31), SOON)

    async def test_a_policy_holds_once_a_day_and_others_hold_beside_it(
        self, owner: asyncpg.Connection
    ) -> None:
        again = await add_policy(owner, "evidence-grace")
        other = await add_policy(owner, "another")

        with pytest.raises(asyncpg.ExclusionViolationError, match="one_in_force"):
            await publish(owner, POLICIES, again, SOON)
        await publish(owner, POLICIES, other, SOON)

    @pytest.mark.parametrize(
        ("table", "code"), [(VERSIONS, WORKING_SET), (POLICIES, "evidence-grace")]
    )
    async def test_what_is_ended_must_be_followed(
        self, superuser: asyncpg.Connection, table: str, code: str
    ) -> None:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="follows what"):
            await close(superuser, table, code, SOON)

    async def test_another_policys_beginning_is_no_continuation(
        self, owner: asyncpg.Connection
    ) -> None:
        other = await add_policy(owner, "another")
        await publish(owner, POLICIES, other, SOON)

        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="follows what"):
            await close(owner, POLICIES, "evidence-grace", SOON)


class TestTwoPeople:
    @pytest.mark.parametrize("writer", ["drafted_by", "last_changed_by"])
    @pytest.mark.parametrize("table", [VERSIONS, POLICIES])
    async def test_nobody_publishes_what_they_wrote(
        self, owner: asyncpg.Connection, table: str, writer: str
    ) -> None:
        one, other = await add_person(owner), await add_person(owner)
        people: dict[str, Any] = {"drafted_by": other, "last_changed_by": other} | {writer: one}
        made = (
            await add_version(owner, **people)
            if table == VERSIONS
            else await add_policy(owner, "another", **people)
        )

        with pytest.raises(asyncpg.CheckViolationError, match="two_people"):
            await owner.execute(
                f"UPDATE {table} SET state = 'published', published_by = $2, published_at = $3, "  # noqa: S608
                "in_force = daterange($4, NULL) WHERE id = $1",
                made,
                one,
                clock.now(),
                date(2099, 1, 1),
            )

    async def test_what_somebody_drafted_is_published_by_somebody(
        self, owner: asyncpg.Connection
    ) -> None:
        person = await add_person(owner)
        policy = await add_policy(owner, "another", drafted_by=person, last_changed_by=person)

        with pytest.raises(asyncpg.CheckViolationError, match="published_by_somebody"):
            await publish(owner, POLICIES, policy, SOON)


CHANGES = {
    VERSIONS: (
        "title = 'Another'",
        "state = 'draft', in_force = NULL, published_at = NULL",
        "note = 'Another'",
        "withdrawn = '{1.1a}'",
        "in_force = daterange('2025-10-01', NULL)",
        "in_force = daterange('2025-10-01', '2027-01-01')",
        "in_force = daterange('2025-09-01', '2027-01-01'), title = 'Another'",
        "title = title",
    ),
    POLICIES: (
        "parameters = NULL",
        "reason = 'Another'",
        "source = 'Another'",
        "in_force = daterange('2025-10-01', NULL)",
        "code = 'another'",
    ),
}


class TestWhatIsPublished:
    @pytest.mark.parametrize(
        ("table", "change"), [(table, one) for table, all_ in CHANGES.items() for one in all_]
    )
    async def test_never_changes_not_even_for_a_superuser(
        self, superuser: asyncpg.Connection, table: str, change: str
    ) -> None:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="never changes"):
            await superuser.execute(f"UPDATE {table} SET {change}")  # noqa: S608

    async def test_a_last_day_once_set_stays(self, superuser: asyncpg.Connection) -> None:
        await follow_working_set(superuser, SOON)

        for period in ("daterange('2025-09-01', '2027-02-01')", "daterange('2025-09-01', NULL)"):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="never changes"):
                await superuser.execute(
                    f"UPDATE standards_versions SET in_force = {period} WHERE code = $1",  # noqa: S608
                    WORKING_SET,
                )

    @pytest.mark.parametrize("table", [VERSIONS, POLICIES, "criteria"])
    async def test_is_never_deleted(self, superuser: asyncpg.Connection, table: str) -> None:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="never change"):
            await superuser.execute(f"DELETE FROM {table}")  # noqa: S608

    @pytest.mark.parametrize("table", [VERSIONS, POLICIES, "criteria", "criteria_crosswalk"])
    async def test_is_never_emptied(self, superuser: asyncpg.Connection, table: str) -> None:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="append-only"):
            await superuser.execute(f"TRUNCATE {table} CASCADE")

    @pytest.mark.parametrize("column", ["requirement", "gate", "force", "evidence_months"])
    async def test_keeps_its_criteria_as_they_are(
        self, superuser: asyncpg.Connection, column: str
    ) -> None:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="never change"):
            await superuser.execute(f"UPDATE criteria SET {column} = {column}")  # noqa: S608

    async def test_takes_no_further_criterion(self, superuser: asyncpg.Connection) -> None:
        held = await superuser.fetchval("SELECT id FROM standards_versions")

        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="never change"):
            await add_criterion(superuser, held, "4.9a")

    async def test_gives_no_criterion_to_a_draft_and_takes_none_from_it(
        self, superuser: asyncpg.Connection
    ) -> None:
        draft = await add_version(superuser)
        own = await add_criterion(superuser, draft, "4.9a")
        held = await superuser.fetchval("SELECT id FROM standards_versions WHERE code <> 'example'")

        for target, moved in ((held, own), (draft, await working_set_criterion(superuser))):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="never change"):
                await superuser.execute(
                    "UPDATE criteria SET version_id = $1 WHERE id = $2", target, moved
                )

    async def test_keeps_its_crosswalk(self, superuser: asyncpg.Connection) -> None:
        before = await working_set_criterion(superuser)
        draft = await add_version(superuser)
        after = await add_criterion(superuser, draft)
        other = await add_criterion(superuser, draft, "1.1b")
        await add_step(superuser, before, after)
        async with superuser.transaction():
            await close(superuser, VERSIONS, WORKING_SET, SOON)
            await publish(superuser, VERSIONS, draft, SOON)

        for statement in (
            "UPDATE criteria_crosswalk SET relation = 'split'",
            "DELETE FROM criteria_crosswalk",
        ):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="never changes"):
                await superuser.execute(statement)
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="never changes"):
            await add_step(superuser, before, other)


class TestDrafts:
    async def test_change_as_they_like(self, superuser: asyncpg.Connection) -> None:
        before = await working_set_criterion(superuser)
        draft = await add_version(superuser)
        criterion = await add_criterion(superuser, draft)
        await add_step(superuser, before, criterion)

        await superuser.execute("UPDATE criteria SET gate = 'major' WHERE id = $1", criterion)
        await superuser.execute(
            "DELETE FROM criteria_crosswalk WHERE to_criterion_id = $1", criterion
        )
        await superuser.execute("DELETE FROM criteria WHERE id = $1", criterion)
        await superuser.execute("DELETE FROM standards_versions WHERE id = $1", draft)

        assert await superuser.fetchval("SELECT count(*) FROM standards_versions") == 1

    @pytest.mark.parametrize(
        ("number", "changes"),
        [
            ("1.1a", {"standard": "1.2"}),
            ("1.1a", {"part": 2}),
            ("5.1a", {}),
            ("1.1a", {"site_kinds": ["castle"]}),
            ("1.1a", {"staff_sizes": ["huge"]}),
            ("1.1a", {"evidence_months": 0}),
            ("1.1a", {"requirement": "  "}),
            ("1.1a", {"force": "custom"}),
            ("1.1a", {"gate": "garden"}),
            ("1.1a", {"source_status": "hearsay"}),
        ],
    )
    async def test_hold_no_criterion_that_cannot_be(
        self, owner: asyncpg.Connection, number: str, changes: dict[str, object]
    ) -> None:
        draft = await add_version(owner)

        with pytest.raises(asyncpg.CheckViolationError):
            await add_criterion(owner, draft, number, **changes)
