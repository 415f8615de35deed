import json
import uuid

import asyncpg
import pytest
from sqlalchemy.exc import ProgrammingError

from app import clock
from app.access import OPERATOR, Role
from app.db.transactions import Database, transaction
from app.organisations.errors import OrganisationCannotBeError, OrganisationKnownError
from app.organisations.queries import organisations as queries
from app.organisations.queries.facts import fact_id
from app.organisations.schemas.organisations import (
    AddedKind,
    AddedOrganisation,
    OrganisationChange,
)
from app.organisations.service.organisations import (
    OperatorsOrganisation,
    add_as_operator,
    change_organisation,
)
from app.organisations.service.organisations import add_organisation as add_organisation_as
from app.organisations.terms import IdentifierScheme, OrganisationKind
from app.values.uuid7 import uuid7
from tests.factories.people import Member, add_member, add_organisation

Kind, Scheme = OrganisationKind, IdentifierScheme
COVENTRY = fact_id(Kind.LOCAL_AUTHORITY, "331")


async def add(database: Database, new: OperatorsOrganisation) -> uuid.UUID:
    async with transaction(database, OPERATOR) as session:
        return await add_as_operator(session, OPERATOR, new)


class TestOperator:
    async def test_what_the_operator_adds_is_held_with_its_numbers_and_written_down(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        new = OperatorsOrganisation(
            Kind.QA_BODY, "Example Assurers", "331", ((Scheme.COMPANIES_HOUSE, "7654321"),)
        )

        added = await add(database, new)

        row = await owner.fetchrow("SELECT * FROM organisations WHERE id = $1", added)
        assert row is not None
        assert (row["kind"], row["sort_name"], row["source"], row["la_code"]) == (
            "qa-body",
            "example assurers",
            "operator",
            "331",
        )
        numbers = "SELECT scheme || value FROM organisation_identifiers WHERE organisation_id = $1"
        assert await owner.fetchval(numbers, added) == "companies-house07654321"
        act = await owner.fetchrow("SELECT * FROM audit_entries")
        assert act is not None
        assert (act["act"], act["actor_kind"]) == ("organisation.added", "operator")
        assert json.loads(act["after"])["identifiers"] == ["companies-house:07654321"]

    async def test_a_team_belongs_to_the_authority_that_is_named(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        added = await add(
            database, OperatorsOrganisation(Kind.LOCAL_AUTHORITY_TEAM, "Example Team", "331")
        )

        parent = "SELECT parent_id FROM organisations WHERE id = $1"
        assert await owner.fetchval(parent, added) == COVENTRY

    @pytest.mark.parametrize(
        ("new", "problem"),
        [
            (OperatorsOrganisation(Kind.LOCAL_AUTHORITY, "Camelot"), "are all held"),
            (OperatorsOrganisation(Kind.LOCAL_AUTHORITY_TEAM, "Team"), "Say which with --la"),
            (OperatorsOrganisation(Kind.QA_BODY, " - "), "has a name"),
            (
                OperatorsOrganisation(Kind.QA_BODY, "Q", None, ((Scheme.URN, "100001"),)),
                "The scheme urn numbers a school, and this is a qa-body",
            ),
            (
                OperatorsOrganisation(Kind.SCHOOL, "S", None, ((Scheme.GROUP_UID, "1"),)),
                "numbers a federation and a trust",
            ),
            (
                OperatorsOrganisation(Kind.QA_BODY, "Q", None, ((Scheme.LA_CODE, "331"),)),
                "numbers a local authority",
            ),
            (
                OperatorsOrganisation(Kind.SCHOOL, "S", None, ((Scheme.URN, "1"),)),
                "“1” cannot be: A URN has six digits",
            ),
        ],
    )
    async def test_what_cannot_be_is_refused(
        self,
        database: Database,
        owner: asyncpg.Connection,
        new: OperatorsOrganisation,
        problem: str,
    ) -> None:
        before = await owner.fetchval("SELECT count(*) FROM organisations")

        with pytest.raises(OrganisationCannotBeError) as refused:
            await add(database, new)

        assert problem in refused.value.detail
        assert await owner.fetchval("SELECT count(*) FROM organisations") == before

    async def test_a_number_that_is_held_names_its_holder(self, database: Database) -> None:
        new = OperatorsOrganisation(Kind.SCHOOL, "Anvil School", None, ((Scheme.URN, "100001"),))
        added = await add(database, new)

        with pytest.raises(OrganisationKnownError) as refused:
            await add(database, new)

        assert f"urn 100001 is Anvil School, which is held already (id {added})" in (
            refused.value.detail
        )


class TestChanging:
    async def test_saying_what_is_held_already_changes_nothing(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        school = await add_organisation(owner)
        member = await add_member(owner, school, Role.ADMINISTRATOR)
        async with transaction(database, member.actor) as session:
            new = AddedOrganisation(kind=AddedKind.PROVIDER_OWNER, name="Example Garage")
            added = await add_organisation_as(session, member.actor, new)
        before = await owner.fetchrow("SELECT * FROM organisations WHERE id = $1", added)

        same = OrganisationChange(name="Example Garage", closed_on=None)
        async with transaction(database, member.actor) as session:
            await change_organisation(session, member.actor, added, same, 1)

        assert await owner.fetchrow("SELECT * FROM organisations WHERE id = $1", added) == before
        acts = "SELECT array_agg(act) FROM audit_entries"
        assert await owner.fetchval(acts) == ["organisation.added"]


class TestRowSecurity:
    """What the service would refuse, the database refuses too."""

    @pytest.fixture
    async def administrator(self, owner: asyncpg.Connection) -> Member:
        return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": "school"},
            {"kind": "department"},
            {"source": "gias"},
            {"source": "facts"},
            {"introduced_by": None},
            {"introduced_by": COVENTRY},
            {"parent_id": COVENTRY},
            {"kind": "local-authority-team", "parent_id": COVENTRY},
        ],
    )
    async def test_an_administrator_adds_nothing_but_what_they_introduce(
        self, database: Database, administrator: Member, wrong: dict[str, object]
    ) -> None:
        right = _row(administrator)
        async with transaction(database, administrator.actor) as session:
            await queries.insert_organisation(session, right)

        with pytest.raises(ProgrammingError, match="row-level security"):
            async with transaction(database, administrator.actor) as session:
                await queries.insert_organisation(session, _row(administrator) | wrong)

    async def test_who_is_no_administrator_adds_nothing(
        self, database: Database, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        others = [role for role in Role if role is not Role.ADMINISTRATOR]
        member = await add_member(owner, administrator.organisation_id, *others)

        with pytest.raises(ProgrammingError, match="row-level security"):
            async with transaction(database, member.actor) as session:
                await queries.insert_organisation(session, _row(member))

    async def test_nobody_signed_in_gives_an_organisation_a_number(
        self, database: Database, administrator: Member
    ) -> None:
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with transaction(database, administrator.actor) as session:
                await queries.insert_identifiers(
                    session, administrator.organisation_id, [("urn", "100001")]
                )

    async def test_what_comes_from_elsewhere_is_not_changed_by_anybody_signed_in(
        self, database: Database, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        async with transaction(database, administrator.actor) as session:
            await queries.update_organisation(
                session, administrator.organisation_id, {"name": "Renamed"}
            )

        held = "SELECT name FROM organisations WHERE id = $1"
        assert await owner.fetchval(held, administrator.organisation_id) == "Example School"


def _row(member: Member) -> dict[str, object]:
    present = clock.now()
    return {
        "id": uuid7(),
        "kind": "provider-owner",
        "name": "Example Garage",
        "sort_name": "example garage",
        "source": "people",
        "introduced_by": member.organisation_id,
        "parent_id": None,
        "recorded_at": present,
        "changed_at": present,
        "version": 1,
    }
