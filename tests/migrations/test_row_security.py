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

AS_OWNER = {
    "acts_for_commissioner",
    "acts_for_department",
    "acts_within",
    "administers",
    "administers_invitation",
    "administers_machine",
    "amends_inspection",
    "answers_for_listing",
    "answers_for_provider",
    "answers_match",
    "carry_findings",
    "carry_renewals",
    "checks_inspection",
    "claimant_of",
    "close_comments",
    "end_reliances_taken_back",
    "evidence_days",
    "evidence_is_shared",
    "follow_site",
    "funded_placements",
    "funding_child_key",
    "funding_gaps",
    "has_part_in_inspections_of",
    "has_stake_in",
    "holds_assessment",
    "holds_child",
    "holds_funding",
    "holds_placement",
    "inspection_told",
    "inspects",
    "institution_of",
    "institution_sites_of",
    "institutions_of_link",
    "invoiced_meanwhile",
    "invites_providers",
    "is_being_corrected",
    "is_public_provider",
    "is_responsible_for_child",
    "is_uninvolved",
    "judges_listing",
    "judges_provider",
    "judges_site",
    "keep_overrun_committed",
    "last_visited_on",
    "may_add_inspection_file",
    "may_decide_assessment",
    "may_match_child",
    "may_own_providers",
    "may_see_assessment",
    "may_see_child",
    "may_see_findings",
    "may_see_funding",
    "may_see_inspection",
    "may_see_inspection_files",
    "may_see_notes",
    "may_see_organisation",
    "may_see_person",
    "may_see_placement",
    "may_see_provider",
    "may_take_provider",
    "may_write_to",
    "merge_obstacle",
    "merge_providers",
    "named_in_merge",
    "note_interim_payers",
    "organisations_acted_for",
    "organisations_belonged_to",
    "owner_of_provider",
    "owns_inspected",
    "owns_listing",
    "owns_provider",
    "owns_site",
    "part_in_inspection",
    "part_providers",
    "paying_organisations",
    "pays_for",
    "pays_part",
    "place_in_revisit_queue",
    "placed_institutions",
    "placement_minutes",
    "plans_inspection",
    "proposer_of_redaction",
    "provider_funding",
    "provides_for",
    "public_provider",
    "published_inspection",
    "records_matched",
    "records_named",
    "refuse_adding_to_merged",
    "refuse_groundless_amendment",
    "refuse_late_comment",
    "refuse_late_judgement",
    "refuse_leaving_nobody",
    "refuse_misplaced_answer",
    "refuse_misplaced_withholding",
    "refuse_own_verification",
    "refuse_partial_amendment",
    "refuse_partial_appeal",
    "refuse_partial_check",
    "refuse_tied_inspector",
    "refuse_unamended_publication",
    "refuse_unanswered_check",
    "refuse_unchecked_publication",
    "refuse_unexplained_state",
    "refuse_unproposed_move",
    "require_redaction",
    "root_of",
    "shares_root_with",
    "sole_commissioner_of",
    "some_evidence_is_shared",
    "staff_check_facts",
    "take_inspection_number",
    "take_provider_number",
    "threshold_days",
    "threshold_facts",
    "tie_of",
    "timetabled_for",
    "traces_around",
    "welcomes",
    "welcomes_by",
    "who_could_check",
    "who_could_decide",
}
"""Functions that ask protected tables past row security; each is read with care."""

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
