"""Predecessors and institutions over HTTP."""

from typing import Any

import asyncpg
import httpx
import pytest

from app.access import Role
from app.db.transactions import Database, reading
from app.providers.queries.links import institution_of, sites_of_institution
from tests.factories.invitations import entries
from tests.factories.people import sign_in
from tests.factories.records import (
    OwnedRecord,
    add_civil_servant,
    add_officer,
    add_owned_record,
    add_site,
)
from tests.providers.router.asking import pointers, problem


@pytest.fixture
async def pair(owner: asyncpg.Connection) -> tuple[OwnedRecord, OwnedRecord]:
    """A record, and one that came before it; both in one area."""
    return await add_owned_record(owner), await add_owned_record(owner, "Example Smithy")


class TestPredecessors:
    async def test_both_sides_tell_of_the_link_until_it_ends(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        pair: tuple[OwnedRecord, OwnedRecord],
    ) -> None:
        held, before = pair
        await sign_in(client, owner, await add_officer(owner))
        body = {"number": before.number, "since": "2026-01-01", "reason": "Same yard and people"}

        made = await client.post(f"{held.address}/predecessors", json=body)
        link = made.json()["predecessors"][0]
        other = (await client.get(before.address)).json()
        ended = await client.delete(f"{held.address}/predecessors/{link['id']}")
        again = await client.delete(f"{held.address}/predecessors/{link['id']}")
        after = (await client.get(held.address)).json()

        assert made.status_code == 201
        assert (link["number"], link["since"]) == (before.number, "2026-01-01")
        assert [one["number"] for one in other["successors"]] == [held.number]
        assert "Same yard" not in made.text
        assert ended.status_code == 204
        assert problem(again) == (404, "part-not-found")
        assert after["predecessors"] == []
        assert [entry["reason"] for entry in await entries(owner, "provider_link.made")] == [
            "Same yard and people"
        ]

    async def test_it_is_held_once_whichever_way(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        pair: tuple[OwnedRecord, OwnedRecord],
    ) -> None:
        held, before = pair
        await sign_in(client, owner, await add_officer(owner))
        reason = {"reason": "Same people"}

        await client.post(f"{held.address}/predecessors", json={"number": before.number, **reason})
        again = await client.post(
            f"{held.address}/predecessors", json={"number": before.number, **reason}
        )
        round_about = await client.post(
            f"{before.address}/predecessors", json={"number": held.number, **reason}
        )

        assert problem(again) == problem(round_about) == (409, "link-already-held")

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"number": "AP999999X"}, "/number"),
            ({"number": "self"}, "/number"),
            ({"number": "a b"}, "/number"),
            ({"reason": ""}, "/reason"),
            ({"reason": None}, "/reason"),
        ],
    )
    async def test_what_cannot_be_is_refused_where_it_stands(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        pair: tuple[OwnedRecord, OwnedRecord],
        change: dict[str, Any],
        pointer: str,
    ) -> None:
        held, before = pair
        await sign_in(client, owner, await add_officer(owner))
        body = {"number": before.number, "reason": "Same people"} | change
        body["number"] = held.number if body["number"] == "self" else body["number"]

        answer = await client.post(f"{held.address}/predecessors", json=body)

        assert problem(answer) == (422, "invalid-request")
        assert pointers(answer) == [pointer]

    async def test_owners_and_analysts_do_not_link(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        pair: tuple[OwnedRecord, OwnedRecord],
    ) -> None:
        held, before = pair
        body = {"number": before.number, "reason": "Same people"}
        for member in (held.manager, await add_officer(owner, Role.ANALYST)):
            await sign_in(client, owner, member)

            answer = await client.post(f"{held.address}/predecessors", json=body)

            assert problem(answer) == (403, "not-permitted")


class TestInstitutions:
    async def test_the_department_counts_a_site_to_another_providers_institution(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        database: Database,
        pair: tuple[OwnedRecord, OwnedRecord],
    ) -> None:
        held, other = pair
        stays = await add_site(owner, other.id, reference=2)
        civil_servant = await add_civil_servant(owner)
        await sign_in(client, owner, civil_servant)
        body = {"provider_number": other.number, "site_reference": 1, "reason": "One school day"}

        made = await client.post(f"{held.address}/institution-sites", json=body)
        again = await client.post(f"{held.address}/institution-sites", json=body)

        (told,) = made.json()["institution"]
        assert (told["provider_number"], told["institution_number"]) == (other.number, held.number)
        assert problem(again) == (409, "site-grouped")
        async with reading(database, civil_servant.actor) as session:
            assert await institution_of(session, other.site_id) == held.id
            assert await institution_of(session, stays) == other.id
            assert set(await sites_of_institution(session, held.id)) == {
                held.site_id,
                other.site_id,
            }
            assert await sites_of_institution(session, other.id) == [stays]
        await sign_in(client, owner, other.manager)
        seen = (await client.get(other.address)).json()["institution"]
        assert [one["site_reference"] for one in seen] == []  # the institution is not theirs to see

        await sign_in(client, owner, civil_servant)
        ended = await client.delete(f"{held.address}/institution-sites/{told['id']}")
        twice = await client.delete(f"{held.address}/institution-sites/{told['id']}")
        assert ended.status_code == 204
        assert problem(twice) == (404, "part-not-found")
        async with reading(database, civil_servant.actor) as session:
            assert await institution_of(session, other.site_id) == other.id

    async def test_an_authority_cannot(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        pair: tuple[OwnedRecord, OwnedRecord],
    ) -> None:
        held, other = pair
        await sign_in(client, owner, await add_officer(owner))
        body = {"provider_number": other.number, "site_reference": 1, "reason": "One school day"}

        answer = await client.post(f"{held.address}/institution-sites", json=body)

        assert problem(answer) == (403, "not-yours-to-judge")

    @pytest.mark.parametrize(
        ("change", "refusal"),
        [
            ({"site_reference": 9}, (404, "site-not-found")),
            ({"site_reference": 1.0}, (422, "invalid-request")),
            ({"provider_number": "AP999999X"}, (422, "invalid-request")),
            ({"reason": "\u202e"}, (422, "invalid-request")),
        ],
    )
    async def test_what_cannot_be_is_refused(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        pair: tuple[OwnedRecord, OwnedRecord],
        change: dict[str, Any],
        refusal: tuple[int, str],
    ) -> None:
        held, other = pair
        await sign_in(client, owner, await add_civil_servant(owner))
        body = {"provider_number": other.number, "site_reference": 1, "reason": "One school day"}

        answer = await client.post(f"{held.address}/institution-sites", json=body | change)

        assert problem(answer) == refusal
