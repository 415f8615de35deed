"""Row security, tried out: nothing here reads a grant or a policy, everything is attempted."""

from collections.abc import AsyncIterator
from pathlib import Path

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
from tests.migrations.as_owner import AS_OWNER
from tests.migrations.cast import Cast, acting, assemble
from tests.migrations.catalogue import tables

OPEN_TABLES = {
    "alembic_version": "which release the tables belong to; compared before serving",
    "former_local_authorities": "published facts",
    "former_local_authority_successors": "published facts",
    "import_runs": "which files were imported; granted to operators alone, who may see all",
    "schedules": "how far each schedule has come; granted to worker and operator alone",
    "school_links": "published facts",
    "schools": "published facts",
    "ledger_bodies": "public records, and salts that only operators and the publisher read",
    "ledger_causes": "in which part somebody caused each public entry, never who",
    "ledger_entries": "numbers, times and hashes of public records",
    "ledger_head": "how far the public log has come",
    "local_authorities": "published facts",
    "postcode_areas": "published facts",
    "postcode_districts": "published facts",
    "postcodes": "published facts",
    "register_documents": "public records",
    "register_renditions": "which files of public records are kept; worker and public alone",
    "register_past": "what was public, as far as the log still tells it",
    "register_past_sites": "the same",
    "register_search": "public records",
    "register_sites": "public records",
    "register_words": "words of public records",
}
"""Tables without row security, and why they need none."""

PAGE = Path(__file__).resolve().parents[2] / "docs" / "access.md"
"""Where the matrix is published; what it says is what was found."""

SIGNED_IN = ("nobody", "analyst", "administrator", "machine", "stranger", "manager", "commissioner")
"""Who the role `app` stands for, by whoever is signed in."""

HOLES: list[tuple[str, Matrix]] = [
    (
        "CREATE POLICY hole ON provider_known_by FOR SELECT TO ap_app USING (true)",
        {("provider_known_by", who): "r" for who in ("nobody", "manager")},
    ),
    (
        "ALTER TABLE providers DISABLE ROW LEVEL SECURITY",
        {
            ("providers", who): "r i u(changed_at legal_form name public_email public_phone "
            "staff_size version website)"
            for who in SIGNED_IN
        },
    ),
    (
        """
        GRANT UPDATE (list_name) ON provider_known_by TO ap_app;
        CREATE POLICY hole ON provider_known_by FOR UPDATE TO ap_app USING (list_name <> '')
        """,
        {
            ("provider_known_by", who): "r u(list_name)"
            for who in ("analyst", "administrator", "machine", "stranger", "commissioner")
        },
    ),
    ("GRANT INSERT ON register_words TO ap_read", {("register_words", "read"): "r i"}),
    ("GRANT TRUNCATE ON offers TO ap_login", {("offers", "login"): "t"}),
    ("GRANT DELETE ON ledger_entries TO ap_operator", {("ledger_entries", "operator"): "r (d)"}),
    (
        "CREATE POLICY hole ON memberships FOR SELECT TO ap_app USING (roles IS NOT NULL)",
        {("memberships", "nobody"): "r", ("memberships", "analyst"): "r"}
        | {("memberships", "machine"): "r"}
        | {
            ("memberships", "administrator"): "r u2/6(ended_at roles version)",
            ("memberships", "stranger"): "r u1/6(ended_at roles version)",
            ("memberships", "manager"): "r",
            ("memberships", "commissioner"): "r",
        },
    ),
    (
        "GRANT SELECT ON machine_secrets TO ap_app",
        {
            ("machine_secrets", "nobody"): "r0/2",
            ("machine_secrets", "analyst"): "r0/2",
            ("machine_secrets", "machine"): "r0/2",
            ("machine_secrets", "manager"): "r0/2",
            ("machine_secrets", "commissioner"): "r0/2",
            ("machine_secrets", "administrator"): "r1/2 i1/2 u1/2(expires_at revoked_at)",
            ("machine_secrets", "stranger"): "r1/2 i1/2 u1/2(expires_at revoked_at)",
        },
    ),
    (
        """
        DROP POLICY app_adds ON audit_entries;
        CREATE POLICY hole ON audit_entries FOR INSERT TO ap_app WITH CHECK (true)
        """,
        {
            ("audit_entries", "nobody"): "r0/2 i",
            ("audit_entries", "analyst"): "r1/2 i",
            ("audit_entries", "administrator"): "r1/2 i",
            ("audit_entries", "machine"): "r1/2 i",
            ("audit_entries", "manager"): "r0/2 i",
            ("audit_entries", "commissioner"): "r0/2 i",
            ("audit_entries", "stranger"): "r1/2 i",
        },
    ),
    (
        """
        GRANT UPDATE ON audit_entries TO ap_worker;
        CREATE POLICY hole ON audit_entries FOR UPDATE TO ap_worker USING (true)
        """,
        {("audit_entries", "worker"): "i (u)"},
    ),
]
"""Mistakes somebody may make, and where they show."""


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
        INSERT INTO register_renditions VALUES (gen_random_uuid(), 'jsonl', 1, now(), 0, 3, 9,
          now());
        """
    )
    return owner


@pytest.fixture
async def cast(seeded: asyncpg.Connection) -> Cast:
    """Two authorities' people and machines, with something of everybody's in every table."""
    return await assemble(seeded)


@pytest.fixture
async def people(settings: Settings, cast: Cast) -> AsyncIterator[list[Who]]:
    """Everybody the service can be, logged in as the service logs in."""
    assert settings.database_url is not None
    assert settings.database_read_url is not None
    login = await asyncpg.connect(settings.database_url.get_secret_value())
    read = await asyncpg.connect(settings.database_read_url.get_secret_value())
    yield [
        Who("nobody", login, "ap_app"),
        Who("analyst", login, "ap_app", acting(cast.officer)),
        Who("administrator", login, "ap_app", acting(cast.administrator)),
        Who("machine", login, "ap_app", cast.machine),
        Who("stranger", login, "ap_app", acting(cast.stranger)),
        Who("manager", login, "ap_app", acting(cast.manager)),
        Who("commissioner", login, "ap_app", acting(cast.commissioner)),
        Who("read", read),
        Who("login", login),
        Who("operator", login, "ap_operator"),
        Who("publisher", login, "ap_publisher"),
        Who("sign_in", login, "ap_sign_in"),
        Who("matcher", login, "ap_matcher"),
        Who("overseer", login, "ap_overseer"),
        Who("threshold", login, "ap_threshold"),
        Who("worker", login, "ap_worker"),
    ]
    await login.close()
    await read.close()


async def test_everybody_can_do_what_they_are_for_and_nothing_else(
    seeded: asyncpg.Connection, people: list[Who]
) -> None:
    found = await matrix(await look(seeded, await tables(seeded)), people)
    signed_in = {cell: can for cell, can in found.items() if cell[1] in SIGNED_IN}
    of_the_service = {cell: can for cell, can in found.items() if cell[1] not in SIGNED_IN}
    tables_found = [written(of_the_service), written(signed_in)]
    print(*tables_found, sep="\n\n")  # noqa: T201 - shown when it differs from the page

    assert PAGE.read_text(encoding="utf-8").split("```")[1::2] == [
        f"text\n{table}\n" for table in tables_found
    ]


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

    assert {row["proname"] for row in rows} == AS_OWNER
    assert all(row["proconfig"] == ["search_path=pg_catalog, public"] for row in rows)
    assert not any("{=X" in row["proacl"] or ",=X" in row["proacl"] for row in rows)
