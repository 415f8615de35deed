import uuid

import asyncpg
import orjson
import pytest

from app.cli.output import Exit
from app.config import Settings
from app.organisations.terms import OrganisationKind
from tests.cli.running import Here, addresses
from tests.factories.people import add_organisation, insert


class TestAdd:
    async def test_it_is_held_and_its_id_kind_and_name_are_printed(
        self, settings: Settings, owner: asyncpg.Connection, here: Here
    ) -> None:
        ended = await here(
            *("organisation", "add", "--kind", "qa-body", "--name", "Example  Assurers"),
            *("--la", "Coventry", "--identifier", "companies-house:7654321"),
            **addresses(settings),
        )

        row = await owner.fetchrow("SELECT * FROM organisations WHERE source = 'operator'")
        assert row is not None
        assert (ended.code, ended.err) == (Exit.DONE, "")
        assert ended.out.split() == [str(row["id"]), "qa-body", "Example", "Assurers"]
        assert (row["name"], row["la_code"]) == ("Example Assurers", "331")

    @pytest.mark.parametrize(
        ("words", "code", "message"),
        [
            (("--kind", "local-authority", "--name", "Camelot"), Exit.REFUSED, "are all held"),
            (
                ("--kind", "local-authority-team", "--name", "T"),
                Exit.REFUSED,
                "Say which with --la",
            ),
            (("--kind", "prison", "--name", "P"), Exit.USAGE, "prison"),
            (("--kind", "qa-body", "--name", "Q", "--la", "Camelot"), Exit.REFUSED, "Camelot"),
            (
                ("--kind", "qa-body", "--name", "Q", "--identifier", "7"),
                Exit.USAGE,
                "scheme:number",
            ),
            (
                ("--kind", "school", "--name", "S", "--identifier", "urn:7"),
                Exit.REFUSED,
                "six digits",
            ),
        ],
    )
    async def test_what_cannot_be_is_said_plainly(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        here: Here,
        words: tuple[str, ...],
        code: Exit,
        message: str,
    ) -> None:
        ended = await here("organisation", "add", *words, **addresses(settings))

        assert (ended.code, ended.out) == (code, "")
        assert message in " ".join(ended.err.replace("│", " ").split())
        added = "SELECT count(*) FROM organisations WHERE source = 'operator'"
        assert await owner.fetchval(added) == 0


class TestList:
    @pytest.fixture(autouse=True)
    async def _held(self, owner: asyncpg.Connection) -> uuid.UUID:
        await add_organisation(owner, "Kiln Trust", OrganisationKind.TRUST, sort_name="kiln trust")
        school = await add_organisation(
            owner, "St Mary's School", la_code="331", sort_name="st marys school"
        )
        row = {"organisation_id": school, "scheme": "urn", "value": "100001"}
        await insert(owner, "organisation_identifiers", row)
        return school

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            (("--q", "st mary"), ["St Mary's School"]),
            (("--q", "kiln", "--kind", "trust"), ["Kiln Trust"]),
            (("--kind", "department"), ["Department for Education"]),
            (("--la", "331"), ["Coventry", "St Mary's School"]),
            (("--identifier", "urn:100001"), ["St Mary's School"]),
            (("--q", "nobody"), []),
        ],
    )
    async def test_organisations_are_looked_up(
        self, settings: Settings, here: Here, words: tuple[str, ...], found: list[str]
    ) -> None:
        ended = await here("organisation", "list", *words, "--json", **addresses(settings))

        assert ended.code == Exit.DONE
        assert [one["name"] for one in orjson.loads(ended.out)["organisations"]] == found

    async def test_one_that_closed_says_when(
        self, settings: Settings, owner: asyncpg.Connection, here: Here
    ) -> None:
        await owner.execute("UPDATE organisations SET closed_on = '2024-08-31' WHERE name ~ 'Kiln'")

        ended = await here("organisation", "list", "--q", "kiln", **addresses(settings))

        assert ended.out.rstrip().endswith("trust                 Kiln Trust (closed 2024-08-31)")

    async def test_nothing_found_is_said(self, settings: Settings, here: Here) -> None:
        ended = await here("organisation", "list", "--q", "nobody", **addresses(settings))

        assert ended.out.startswith("No organisation is held")

    @pytest.mark.parametrize("words", [("--q", "!"), ("--identifier", "urn:1")])
    async def test_what_cannot_be_looked_up_is_refused(
        self, settings: Settings, here: Here, words: tuple[str, ...]
    ) -> None:
        assert (
            await here("organisation", "list", *words, **addresses(settings))
        ).code == Exit.USAGE
