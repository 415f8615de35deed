import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import asyncpg
import pytest

from app.access import DOORKEEPER, Role
from app.db.events import ReadSession
from app.db.transactions import Database, reading
from app.organisations.queries.organisations import (
    Wanted,
    find_by_identifiers,
    list_identifiers,
    list_organisations,
)
from app.organisations.terms import OrganisationKind
from app.values.words import search_words, sort_key
from tests.factories.people import Member, add_member, add_organisation, insert

TRUST, OWNER = OrganisationKind.TRUST, OrganisationKind.PROVIDER_OWNER


async def numbered(
    owner: asyncpg.Connection,
    name: str = "Anvil School",
    *,
    numbers: Mapping[str, str],
    **changes: Any,
) -> uuid.UUID:
    """Add a school known by numbers; `changes` are columns."""
    added = await add_organisation(owner, name, sort_name=sort_key(name), **changes)
    for scheme, value in numbers.items():
        row = {"organisation_id": added, "scheme": scheme, "value": value}
        await insert(owner, "organisation_identifiers", row)
    return added


async def as_school(owner: asyncpg.Connection, added: uuid.UUID, urn: str, status: str) -> None:
    await insert(owner, "schools", {"organisation_id": added, "urn": urn, "status": status})


@pytest.fixture
async def doorkeeper(database: Database) -> AsyncIterator[ReadSession]:
    """The service while it finds out for whom somebody signs in."""
    async with reading(database, DOORKEEPER) as session:
        yield session


class TestFindByIdentifiers:
    @pytest.mark.parametrize(
        ("scheme", "value"),
        [
            ("urn", "100001"),
            ("gias-group-uid", "2044"),
            ("dfe-number", "331/0045"),
            ("ukprn", "10012345"),
        ],
    )
    async def test_an_organisation_is_found_by_each_telling_number(
        self, owner: asyncpg.Connection, doorkeeper: ReadSession, scheme: str, value: str
    ) -> None:
        added = await numbered(owner, numbers={scheme: value})

        assert await find_by_identifiers(doorkeeper, [(scheme, value)]) == added

    async def test_the_surest_number_decides_whatever_the_order(
        self, owner: asyncpg.Connection, doorkeeper: ReadSession
    ) -> None:
        by_urn = await numbered(owner, numbers={"urn": "100001", "ukprn": "10012345"})
        await numbered(owner, "Kiln Trust", numbers={"gias-group-uid": "2044"})
        wanted = [("ukprn", "10012345"), ("gias-group-uid", "2044"), ("urn", "100001")]

        assert await find_by_identifiers(doorkeeper, wanted) == by_urn

    async def test_a_number_nobody_has_leaves_it_to_the_next(
        self, owner: asyncpg.Connection, doorkeeper: ReadSession
    ) -> None:
        added = await numbered(owner, numbers={"ukprn": "10012345"})

        found = await find_by_identifiers(doorkeeper, [("urn", "100009"), ("ukprn", "10012345")])

        assert found == added

    async def test_a_shared_ukprn_means_nobody(
        self, owner: asyncpg.Connection, doorkeeper: ReadSession
    ) -> None:
        for name in ("Anvil School", "Kiln School"):
            await numbered(owner, name, numbers={"ukprn": "10012345"})

        assert await find_by_identifiers(doorkeeper, [("ukprn", "10012345")]) is None

    async def test_what_is_passed_on_means_whoever_is_open(
        self, owner: asyncpg.Connection, doorkeeper: ReadSession
    ) -> None:
        await numbered(owner, numbers={"dfe-number": "331/0045"}, closed_on=date(2012, 8, 31))
        shut = await numbered(owner, numbers={"dfe-number": "331/0045"})
        await as_school(owner, shut, "100002", "Closed")
        still = await numbered(owner, numbers={"dfe-number": "331/0045"})
        await as_school(owner, still, "100003", "Open")

        assert await find_by_identifiers(doorkeeper, [("dfe-number", "331/0045")]) == still

    async def test_a_closed_school_is_still_found_by_its_urn(
        self, owner: asyncpg.Connection, doorkeeper: ReadSession
    ) -> None:
        added = await numbered(owner, numbers={"urn": "100001"}, closed_on=date(2012, 8, 31))

        assert await find_by_identifiers(doorkeeper, [("urn", "100001")]) == added

    @pytest.mark.parametrize(
        "wanted", [[], [("urn", "100009")], [("uprn", "000200163898")], [("nonsense", "1")]]
    )
    async def test_no_telling_number_finds_nobody(
        self, owner: asyncpg.Connection, doorkeeper: ReadSession, wanted: list[tuple[str, str]]
    ) -> None:
        await numbered(owner, numbers={"urn": "100001", "uprn": "000200163898"})

        assert await find_by_identifiers(doorkeeper, wanted) is None

    async def test_two_urns_of_two_schools_mean_neither(
        self, owner: asyncpg.Connection, doorkeeper: ReadSession
    ) -> None:
        await numbered(owner, numbers={"urn": "100001"})
        await numbered(owner, numbers={"urn": "100002"})

        found = await find_by_identifiers(doorkeeper, [("urn", "100001"), ("urn", "100002")])

        assert found is None


async def names(database: Database, member: Member, wanted: Wanted) -> list[str]:
    """Return the names of what a member finds."""
    async with reading(database, member.actor) as session:
        return [row.name for row in await list_organisations(session, wanted, None, 100)]


class TestWords:
    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("st marys", ["St Mary's School, Forge End"]),
            ("ST. MARY\N{RIGHT SINGLE QUOTATION MARK}S", ["St Mary's School, Forge End"]),
            ("forge st", ["St Mary's School, Forge End"]),
            ("cole", ["Ash Coleshill School"]),
            ("ecole", ["École Anvil"]),
            ("ary", []),
            ("100%", []),
            ("marys kiln", []),
        ],
    )
    async def test_each_word_begins_a_word_of_the_name(
        self, database: Database, owner: asyncpg.Connection, typed: str, found: list[str]
    ) -> None:
        for name in ("St Mary's School, Forge End", "École Anvil", "Ash Coleshill School"):
            await add_organisation(owner, name, sort_name=sort_key(name))
        member = await add_member(owner, await add_organisation(owner, "Caller"))
        wanted = Wanted(kinds=("school",), words=tuple(search_words(typed)))

        assert await names(database, member, wanted) == found


class TestWhoSees:
    async def test_a_providers_owner_is_seen_within_and_by_who_introduced_it_alone(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        school = await add_organisation(owner, "Introducing School")
        trust = await add_organisation(owner, "Introducing Trust", TRUST)
        await owner.execute("UPDATE organisations SET parent_id = $1 WHERE id = $2", trust, school)
        garage = await add_organisation(owner, "Example Garage", OWNER, introduced_by=school)
        await insert(
            owner,
            "organisation_identifiers",
            {"organisation_id": garage, "scheme": "companies-house", "value": "07654321"},
        )
        others = [
            await add_organisation(owner, "Another School"),
            await add_organisation(owner, "Another Garage", OWNER, introduced_by=trust),
            await add_organisation(owner, "Example Council", OrganisationKind.QA_BODY),
            trust,
        ]
        see = [await add_member(owner, one, Role.ADMINISTRATOR) for one in (garage, school)]
        blind = [await add_member(owner, one, Role.ADMINISTRATOR) for one in others]

        seen = {
            member.organisation_id: (
                "Example Garage"
                in await names(database, member, Wanted(kinds=("provider-owner",))),
                await _numbers_of(database, member, garage),
                bool(
                    await names(
                        database, member, Wanted(identifier=("companies-house", "07654321"))
                    )
                ),
            )
            for member in (*see, *blind)
        }

        assert seen == {
            **{member.organisation_id: (True, ["07654321"], True) for member in see},
            **{member.organisation_id: (False, [], False) for member in blind},
        }

    async def test_a_member_of_nothing_chosen_sees_no_owner_of_a_provider(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        school = await add_organisation(owner)
        await add_organisation(owner, "Example Garage", OWNER, introduced_by=school)
        await add_organisation(owner, "Example Workshop", OWNER)
        member = await add_member(owner, school)
        nobody = replace(member, actor=replace(member.actor, organisation_id=None))

        assert await names(database, nobody, Wanted(kinds=("provider-owner",))) == []


async def _numbers_of(database: Database, member: Member, organisation: uuid.UUID) -> list[str]:
    async with reading(database, member.actor) as session:
        return [row.value for row in await list_identifiers(session, [organisation])]
