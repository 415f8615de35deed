"""Row security, tried out: nothing here reads a grant or a policy, everything is attempted."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from app.config import Settings
from app.db.transactions import Database
from tests.factories.providers import (
    COVENTRY,
    WARWICKSHIRE,
    make_known_by,
    make_provider,
    put_on_register,
    record,
)
from tests.migrations.access import Matrix, Who, look, matrix, written
from tests.migrations.catalogue import tables

OPEN_TABLES = {
    "alembic_version": "which release the tables belong to; compared before serving",
    "former_local_authorities": "published facts",
    "former_local_authority_successors": "published facts",
    "import_runs": "which files were imported; granted to operators alone, who may see all",
    "ledger_bodies": "public records, and salts that only operators and the publisher read",
    "ledger_entries": "numbers, times and hashes of public records",
    "ledger_head": "how far the public log has come",
    "local_authorities": "published facts",
    "postcode_areas": "published facts",
    "postcode_districts": "published facts",
    "postcodes": "published facts",
    "register_documents": "public records",
    "register_search": "public records",
    "register_sites": "public records",
    "register_words": "words of public records",
}
"""Tables without row security, and why they need none."""

EXPECTED = """
                                   app   app of an LA  read  login  operator      publisher
alembic_version                    r     r             r     .      r             r
former_local_authorities           r     r             r     .      r             r
former_local_authority_successors  r     r             r     .      r             r
import_runs                        .     .             .     .      r i           .
ledger_bodies                      .     .             .     .      r             r i
ledger_entries                     .     .             .     .      r             r i
ledger_head                        r     r             r     .      r             r u(entry recorded_at demonstration)
local_authorities                  r     r             r     .      r             r
offers                             r1/3  r2/3          .     .      r i u         r
postcode_areas                     r     r             r     .      r             r
postcode_districts                 r     r             r     .      r             r
postcodes                          r     r             r     .      r i u d t     r
provider_identifiers               r1/3  r2/3          .     .      r i           r
provider_known_by                  r0/3  r1/3          .     .      r i           .
provider_names                     r1/3  r2/3          .     .      r i u(until)  r
provider_status_changes            .     .             .     .      r i           .
providers                          r1/3  r2/3          .     .      r i u         r u(last_entry)
register_documents                 r     r             r     .      r             r i u d
register_search                    r     r             r     .      r             r i u d
register_sites                     r     r             r     .      r             r i u d
register_words                     r     r             r     .      r             r i u d
sites                              r1/3  r2/3          .     .      r i u         r
"""  # noqa: E501

HOLES: list[tuple[str, Matrix]] = [
    (
        "CREATE POLICY hole ON provider_known_by FOR SELECT TO ap_app USING (true)",
        {("provider_known_by", "app"): "r", ("provider_known_by", "app of an LA"): "r"},
    ),
    (
        "ALTER TABLE providers DISABLE ROW LEVEL SECURITY",
        {("providers", "app"): "r", ("providers", "app of an LA"): "r"},
    ),
    (
        """
        GRANT UPDATE (town) ON sites TO ap_app;
        CREATE POLICY hole ON sites FOR UPDATE TO ap_app USING (name <> '')
        """,
        {("sites", "app"): "r1/3 u(town)", ("sites", "app of an LA"): "r2/3 u(town)"},
    ),
    ("GRANT INSERT ON register_words TO ap_read", {("register_words", "read"): "r i"}),
    ("GRANT TRUNCATE ON offers TO ap_login", {("offers", "login"): "t"}),
    ("GRANT DELETE ON ledger_entries TO ap_operator", {("ledger_entries", "operator"): "r (d)"}),
]
"""Mistakes somebody may make, and where they show."""


@pytest.fixture
async def people(settings: Settings) -> AsyncIterator[list[Who]]:
    """Everybody the service can be, logged in as the service logs in."""
    assert settings.database_url is not None
    assert settings.database_read_url is not None
    login = await asyncpg.connect(settings.database_url.get_secret_value())
    read = await asyncpg.connect(settings.database_read_url.get_secret_value())
    yield [
        Who("app", login, "ap_app"),
        Who("app of an LA", login, "ap_app", COVENTRY),
        Who("read", read),
        Who("login", login),
        Who("operator", login, "ap_operator"),
        Who("publisher", login, "ap_publisher"),
    ]
    await login.close()
    await read.close()


@pytest.fixture
async def seeded(database: Database, owner: asyncpg.Connection) -> asyncpg.Connection:
    """Three providers, each on one list: one public, one of this LA's alone, one of another's."""
    particulars = {
        "other_names": [{"name": "Another name"}],
        "identifiers": [{"scheme": "ukprn", "value": "10000001"}],
    }
    ours, theirs = (make_known_by(COVENTRY),), (make_known_by(WARWICKSHIRE),)
    await put_on_register(database, make_provider("Public", known_by=theirs, **particulars))
    await record(
        database,
        make_provider("Ours", known_by=ours, **particulars),
        make_provider("Theirs", known_by=theirs, **particulars),
    )
    await owner.execute(
        """
        INSERT INTO provider_status_changes
          SELECT gen_random_uuid(), id, 'known', current_date, 'seeded', 'test', now()
          FROM providers WHERE status = 'known';
        INSERT INTO postcodes VALUES ('CV1 2WT', '331', 433512, 279034);
        INSERT INTO import_runs VALUES (gen_random_uuid(), 'postcodes', 'a.csv', 'a', '', 'OS',
          NULL, 'OGL', 1, 1, 0, 0, 0, false, 'test', now());
        """
    )
    return owner


async def test_everybody_can_do_what_they_are_for_and_nothing_else(
    seeded: asyncpg.Connection, people: list[Who]
) -> None:
    found = written(await matrix(await look(seeded, await tables(seeded)), people))
    print(found)  # noqa: T201 - shown when it differs

    assert found == EXPECTED.strip("\n")


@pytest.mark.parametrize(("hole", "found"), HOLES)
async def test_a_hole_would_be_seen(
    seeded: asyncpg.Connection, people: list[Who], hole: str, found: Matrix
) -> None:
    nearby = await look(seeded, sorted({table for table, _ in found} | {"ledger_head"}))
    before = await matrix(nearby, people)
    await seeded.execute(hole)
    after = await matrix(nearby, people)

    assert {cell: can for cell, can in after.items() if before[cell] != can} == found


async def test_every_table_is_protected_row_by_row_or_says_why_not(
    owner: asyncpg.Connection,
) -> None:
    rows = await owner.fetch(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind IN ('r', 'p') AND NOT relrowsecurity"
    )

    assert {row["relname"] for row in rows} == set(OPEN_TABLES)


async def test_every_table_and_function_belongs_to_the_owner(owner: asyncpg.Connection) -> None:
    rows = await owner.fetch(
        """
        SELECT relowner::regrole::text AS owner FROM pg_class
          WHERE relnamespace = 'public'::regnamespace
        UNION SELECT p.proowner::regrole::text FROM pg_proc p
          WHERE pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        """
    )

    assert [row["owner"] for row in rows] == ["ap_owner"]


async def test_only_operators_take_provider_numbers(people: list[Who]) -> None:
    takers = []
    for who in people:
        async with who.connection.transaction():
            await who.connection.execute(f"SET LOCAL ROLE {who.role or 'NONE'}")
            try:
                async with who.connection.transaction():
                    await who.connection.execute("SELECT nextval('provider_numbers')")
            except asyncpg.InsufficientPrivilegeError:
                continue
            takers.append(who.name)

    assert takers == ["operator"]


async def test_a_function_that_runs_as_the_owner_looks_nowhere_but_in_our_schema(
    owner: asyncpg.Connection,
) -> None:
    rows = await owner.fetch(
        "SELECT proname, proconfig, proacl::text FROM pg_proc p WHERE prosecdef "
        "AND pronamespace = 'public'::regnamespace"
    )

    assert {row["proname"]: row["proconfig"] for row in rows} == {
        "may_see_provider": ["search_path=pg_catalog, public"]
    }
    assert not any("{=X" in row["proacl"] or ",=X" in row["proacl"] for row in rows)
