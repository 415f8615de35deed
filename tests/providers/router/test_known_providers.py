"""Providers that authorities' own lists name, over HTTP: for commissioners, with their results."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest

from app.access import Permission, Role
from app.db.transactions import Database
from app.organisations.queries.facts import DEPARTMENT_CODE, fact_id
from app.organisations.terms import COMMISSIONING_KINDS, OrganisationKind
from app.providers.schemas.known_providers import CAUTION
from tests.factories.machines import add_machine, bearer, get_token
from tests.factories.people import Member, add_member, add_organisation, sign_in
from tests.factories.providers import (
    COVENTRY,
    WARWICKSHIRE,
    make_known_by,
    make_provider,
    make_site,
    put_on_register,
    record,
)

PATH = "/v1/known-providers"
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 31)


async def member_of(owner: asyncpg.Connection, kind: OrganisationKind) -> Member:
    """Somebody who acts for an organisation of a kind; of the one that there is, if there is."""
    facts = {
        OrganisationKind.LOCAL_AUTHORITY: fact_id(OrganisationKind.LOCAL_AUTHORITY, "202"),
        OrganisationKind.DEPARTMENT: fact_id(OrganisationKind.DEPARTMENT, DEPARTMENT_CODE),
    }
    team = {"parent_id": facts[OrganisationKind.LOCAL_AUTHORITY], "la_code": "202"}
    further = team if kind is OrganisationKind.LOCAL_AUTHORITY_TEAM else {}
    organisation = facts.get(kind) or await add_organisation(owner, "Example Body", kind, **further)
    return await add_member(owner, organisation, Role.ANALYST)


@pytest.fixture
async def browser(client: httpx.AsyncClient, owner: asyncpg.Connection) -> httpx.AsyncClient:
    """A client signed in for a school that is nobody's neighbour."""
    return await sign_in(client, owner, await member_of(owner, OrganisationKind.SCHOOL))


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rsplit("/", 1)[1]


async def names(browser: httpx.AsyncClient, **asked: Any) -> list[str]:
    answer = await browser.get(PATH, params=asked)
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


class TestWhoMaySee:
    @pytest.mark.parametrize("kind", OrganisationKind)
    async def test_commissioners_of_every_kind_may_and_nobody_else(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        database: Database,
        kind: OrganisationKind,
    ) -> None:
        (known,) = await record(database, make_provider(known_by=(make_known_by(COVENTRY),)))
        await sign_in(client, owner, await member_of(owner, kind))

        answers = [await client.get(PATH), await client.get(f"{PATH}/{known.number}")]

        if kind in COMMISSIONING_KINDS:
            assert [one.status_code for one in answers] == [200, 200]
            assert len(answers[0].json()["items"]) == 1
        else:
            assert [problem(one) for one in answers] == [(403, "commissioners-only")] * 2
            assert "You act for Example Body." in answers[0].json()["detail"]
            assert known.number not in answers[0].text

    async def test_the_public_may_not(self, client: httpx.AsyncClient) -> None:
        assert (await client.get(PATH)).status_code == 401

    async def test_a_commissioners_machine_may_by_its_scope(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, database: Database
    ) -> None:
        await record(database, make_provider(known_by=(make_known_by(COVENTRY),)))
        member = await member_of(owner, OrganisationKind.TRUST)
        told = []
        for scope in (Permission.PROVIDER_RECORDS_READ, Permission.ORGANISATIONS_READ):
            machine = await add_machine(owner, member, scope)
            token = await get_token(client, machine)
            told.append((await client.get(PATH, headers=bearer(token))).status_code)

        assert told == [200, 403]

    async def test_what_no_list_names_is_not_there_for_those_who_place_children(
        self, browser: httpx.AsyncClient, database: Database
    ) -> None:
        (begun,) = await record(database, make_provider("Begun by its owner"))

        assert await names(browser) == []
        assert problem(await browser.get(f"{PATH}/{begun.number}")) == (404, "provider-not-found")


class TestWhatIsTold:
    async def test_every_authoritys_result_is_told_as_that_authoritys_the_latest_first(
        self, browser: httpx.AsyncClient, database: Database
    ) -> None:
        lines = (
            make_known_by(COVENTRY, local_result="Approved", local_result_on=JUNE),
            make_known_by(
                WARWICKSHIRE,
                list_name="County list",
                list_date="2026-08",
                listed_as="Vocational",
                local_result="Not used at present",
                local_result_on=JULY,
            ),
        )
        sites = (make_site("Yard"), make_site("Field", la_code=WARWICKSHIRE, town="Warwick"))
        (known,) = await record(database, make_provider("Forge", *sites, known_by=lines))

        answer = await browser.get(PATH)

        told = answer.json()
        assert answer.headers["Cache-Control"] == "no-store"
        assert told["caution"] == CAUTION
        assert told["items"] == [
            {
                "number": known.number,
                "name": "Forge",
                "status": "known",
                "sites": [
                    {"town": "Coventry", "la_code": COVENTRY, "la_name": "Coventry"},
                    {"town": "Warwick", "la_code": WARWICKSHIRE, "la_name": "Warwickshire"},
                ],
                "lists": [
                    {
                        "la_code": WARWICKSHIRE,
                        "la_name": "Warwickshire",
                        "list_name": "County list",
                        "list_date": "2026-08",
                        "listed_as": "Vocational",
                        "local_result": "Not used at present",
                        "local_result_on": "2026-07-31",
                    },
                    {
                        "la_code": COVENTRY,
                        "la_name": "Coventry",
                        "list_name": "Example list of providers",
                        "list_date": None,
                        "listed_as": None,
                        "local_result": "Approved",
                        "local_result_on": "2026-06-01",
                    },
                ],
            }
        ]
        alone = await browser.get(f"{PATH}/{known.number.lower()}")
        assert alone.headers["Cache-Control"] == "no-store"
        assert alone.json() == told["items"][0] | {"caution": CAUTION}

    async def test_no_street_postcode_or_source_is_told(
        self, browser: httpx.AsyncClient, database: Database
    ) -> None:
        line = make_known_by(source_url="https://example.org/secret", list_reference="R-17")
        await record(database, make_provider(known_by=(line,)))

        text = (await browser.get(PATH)).text

        assert not [
            word for word in ("Example Street", "CV1 2WT", "R-17", "secret") if word in text
        ]

    async def test_a_listed_provider_says_so_and_nothing_of_it_becomes_public(
        self, browser: httpx.AsyncClient, database: Database
    ) -> None:
        line = make_known_by(local_result="Approved", local_result_on=JULY)
        (held,) = await put_on_register(database, make_provider(known_by=(line,)))

        told = (await browser.get(PATH)).json()["items"]
        browser.cookies.clear()
        public = await browser.get(f"/v1/providers/{held.number}")

        assert [one["status"] for one in told] == ["listed"]
        assert public.status_code == 200
        assert "Approved" not in public.text


class TestFinding:
    @pytest.fixture(autouse=True)
    async def three(self, database: Database) -> None:
        """One on each authority's list, and one that another name belongs to."""
        await record(
            database,
            make_provider(
                "Noah's Café",
                known_by=(make_known_by(local_result="Approved", local_result_on=JUNE),),
            ),
            make_provider(
                "Anvil Works",
                make_site(la_code="202", town="Camden"),
                known_by=(make_known_by(WARWICKSHIRE, local_result="Met", local_result_on=JULY),),
            ),
            make_provider(
                "Kiln",
                make_site(la_code=WARWICKSHIRE),
                other_names=[{"name": "The Old Pottery"}],
                known_by=(make_known_by(WARWICKSHIRE),),
            ),
        )

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({}, ["Anvil Works", "Kiln", "Noah's Café"]),
            ({"q": "noahs cafe"}, ["Noah's Café"]),
            ({"q": "wor anv"}, ["Anvil Works"]),
            ({"q": "orks"}, []),
            ({"q": "pottery"}, ["Kiln"]),
            ({"la": "Coventry"}, ["Noah's Café"]),
            ({"la": WARWICKSHIRE}, ["Anvil Works", "Kiln"]),
            ({"la": "Camden"}, ["Anvil Works"]),
            ({"checked_since": "2026-06-01"}, ["Anvil Works", "Noah's Café"]),
            ({"checked_since": "2026-06-02", "la": "937"}, ["Anvil Works"]),
            ({"checked_since": "2026-08-01"}, []),
        ],
    )
    async def test_what_is_asked_for_narrows_the_list(
        self, browser: httpx.AsyncClient, asked: dict[str, str], found: list[str]
    ) -> None:
        assert await names(browser, **asked) == found

    async def test_pages_follow_one_another_by_name(self, browser: httpx.AsyncClient) -> None:
        seen, address = [], f"{PATH}?limit=1&checked_since=2026-01-01"
        while address:
            told = (await browser.get(address)).json()
            assert urlsplit(told["links"]["self"]).path == PATH
            seen += [item["name"] for item in told["items"]]
            address = told["links"]["next"]

        assert seen == ["Anvil Works", "Noah's Café"]

    @pytest.mark.parametrize(
        ("asked", "slug"),
        [
            ({"q": "!!"}, "invalid-request"),
            ({"la": "Camelot"}, "local-authority-not-known"),
            ({"checked_since": "June"}, "invalid-request"),
            ({"checked": "2026-06-01"}, "invalid-request"),
            ({"cursor": "x"}, "invalid-request"),
        ],
    )
    async def test_what_cannot_be_understood_is_refused(
        self, browser: httpx.AsyncClient, asked: dict[str, str], slug: str
    ) -> None:
        assert problem(await browser.get(PATH, params=asked)) == (422, slug)

    async def test_a_number_that_cannot_be_one_is_not_found(
        self, browser: httpx.AsyncClient
    ) -> None:
        answer = await browser.get(f"{PATH}/AP12")

        assert problem(answer) == (404, "provider-not-found")
        assert "six digits" in answer.json()["detail"]
