from pathlib import Path

import asyncpg

from app.db.transactions import Database
from app.interchange.provider_lines import Defaults
from app.interchange.terms import Outcome
from app.providers.schemas.recording import NewIdentifier
from app.providers.terms import Scheme
from tests.factories.providers import make_provider, put_on_register, record
from tests.interchange.running import bring_postcodes, bring_providers, everything
from tests.interchange.tables import provider_list, row

POSTCODES = "postcode,la_code,lat,lon\nCV1 2WT,331,52.4068,-1.5197\nCV37 6AA,937,52.19,-1.70\n"


async def names(owner: asyncpg.Connection) -> list[str]:
    return [each[0] for each in await owner.fetch("SELECT name FROM providers ORDER BY number")]


class TestLanding:
    async def test_a_line_becomes_a_known_provider_and_nothing_more(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        line = row(
            "Example Forge",
            ref="7",
            trading_name="Forge Ltd",
            company_number="01234567",
            town="Foleshill",
            offer="music|SEMH",
            age="KS3|KS4",
            category="approved",
        )

        report = await bring_providers(database, provider_list(tmp_path, line))

        assert (report.outcome, report.counts.added) == (Outcome.LANDED, 1)
        provider = await owner.fetchrow(
            "SELECT p.number, p.name, p.status, p.last_entry, k.la_code, k.list_name, "
            "k.list_reference, k.listed_as, n.name AS other, i.scheme, i.value "
            "FROM providers p JOIN provider_known_by k ON k.provider_id = p.id "
            "JOIN provider_names n ON n.provider_id = p.id "
            "JOIN provider_identifiers i ON i.provider_id = p.id"
        )
        assert tuple(provider) == (
            report.numbers[0],
            "Example Forge",
            "known",
            None,
            "331",
            "AP list",
            "7",
            "approved",
            "Forge Ltd",
            "companies-house",
            "01234567",
        )
        site = await owner.fetchrow(
            "SELECT s.name, s.town, s.la_code, s.easting, o.programme, o.age_from, o.age_to, "
            "o.key_stages, o.needs FROM sites s JOIN offers o ON o.site_id = s.id"
        )
        assert tuple(site) == (
            "Foleshill",
            "Foleshill",
            "331",
            None,
            "music",
            11,
            16,
            [3, 4],
            ["SEMH"],
        )

    async def test_nothing_of_it_is_public(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_providers(database, provider_list(tmp_path, row("Example Forge")))

        for table in ("register_search", "register_sites", "ledger_entries"):
            assert await owner.fetchval(f"SELECT count(*) FROM {table}") == 0  # noqa: S608 - ours

    async def test_that_it_was_imported_is_an_act_of_the_operators(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        report = await bring_providers(database, provider_list(tmp_path, row("Forge")))

        act = await owner.fetchrow("SELECT * FROM audit_entries")
        assert act is not None
        assert (act["act"], act["actor_kind"]) == ("providers.imported", "operator")
        assert (act["subject_id"], act["subject_label"]) == (report.sha256, "list.csv")
        assert '"added": 1' in act["after"]

    async def test_the_run_is_on_record(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = provider_list(
            tmp_path,
            row("Forge", list_date="2021-06", source_url="https://b.example.org/x"),
            row("Kiln", list_date="2019", source_url="https://a.example.org/y"),
        )

        report = await bring_providers(database, path)

        run = dict(await owner.fetchrow("SELECT * FROM import_runs"))
        assert run.pop("id")
        assert run.pop("recorded_at")
        assert run == {
            "kind": "providers",
            "file_name": "list.csv",
            "sha256": report.sha256,
            "options": '{"la_code": null, "list_date": null, "list_name": null, "schools": []}',
            "source": "a.example.org, b.example.org",
            "source_date": "2021-06",
            "licence": "none granted: facts only",
            "rows_read": 2,
            "rows_added": 2,
            "rows_changed": 0,
            "rows_removed": 0,
            "rows_refused": 0,
            "accepted_good": False,
            "actor": "operator",
        }

    async def test_a_site_is_placed_by_a_held_postcode_in_the_area_where_it_lies(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        postcodes = tmp_path / "postcodes.csv"
        postcodes.write_text(POSTCODES)
        await bring_postcodes(database, postcodes)

        report = await bring_providers(
            database,
            provider_list(
                tmp_path,
                row("Here", postcode="cv12wt"),
                row("Over the border", postcode="CV37 6AA"),
                row("Nowhere", postcode="CV1 9ZZ"),
            ),
        )

        sites = await owner.fetch(
            "SELECT name, la_code, location_precision, easting IS NOT NULL FROM sites ORDER BY name"
        )
        assert [tuple(site) for site in sites] == [
            ("Here", "331", "postcode", True),
            ("Nowhere", "331", None, False),
            ("Over the border", "937", "postcode", True),
        ]
        assert [(remark.line, remark.text) for remark in report.remarks] == [
            (3, "CV37 6AA lies in Warwickshire, not in Coventry: its site is held there"),
            (4, "CV1 9ZZ is not among the postcodes held: its site is not placed"),
        ]

    async def test_a_list_saved_by_excel_lands_with_its_accents(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = tmp_path / "excel.csv"
        path.write_bytes("Name;x".replace(";x", ",la,list\r\nCafé,331,L\r\n").encode("cp1252"))

        await bring_providers(database, path)

        assert await names(owner) == ["Café"]

    async def test_columns_ignored_and_not_kept_are_named(
        self, database: Database, tmp_path: Path
    ) -> None:
        path = provider_list(tmp_path, row("Forge", mood="good", places="12"))

        report = await bring_providers(database, path)

        assert (report.ignored_columns, report.columns_not_kept) == (("mood",), ("places",))


class TestTheSameListAgain:
    async def test_the_same_file_changes_nothing_and_says_when_it_landed(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = provider_list(tmp_path, row("Forge"), row("Kiln"))
        await bring_providers(database, path)
        before = await everything(owner)

        report = await bring_providers(database, path)

        assert report.outcome is Outcome.ALREADY_LANDED
        assert report.earlier is not None
        assert await everything(owner) == before

    async def test_again_recognises_every_line(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = provider_list(tmp_path, row("Forge", ref="1"), row("Kiln"), row("Kiln"))
        await bring_providers(database, path)

        report = await bring_providers(database, path, again=True)

        assert (report.unchanged, report.counts.added) == (3, 0)
        assert await names(owner) == ["Forge", "Kiln", "Kiln"]

    async def test_the_same_file_under_other_options_is_another_import(
        self, database: Database, tmp_path: Path
    ) -> None:
        path = provider_list(tmp_path, {"name": "Forge", "list": "L"})
        await bring_providers(database, path, defaults=Defaults(la_code="331"))

        report = await bring_providers(database, path, defaults=Defaults(la_code="937"))

        assert (report.outcome, report.counts.added) == (Outcome.LANDED, 1)

    async def test_known_lines_are_recognised_though_the_file_changed_elsewhere(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_providers(database, provider_list(tmp_path, row("Forge", ref="1"), row("Kiln")))
        changed = provider_list(
            tmp_path,
            row("Lathe", ref="2"),
            row("Forge", ref="1", list_date="2026"),
            row("Kiln"),
            name="new.csv",
        )

        report = await bring_providers(database, changed)

        assert (report.counts.added, report.unchanged, report.redated) == (1, 1, 1)
        assert await names(owner) == ["Forge", "Kiln", "Lathe"]

    async def test_what_a_known_line_says_otherwise_is_left_for_a_person(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_providers(database, provider_list(tmp_path, row("Forge", ref="1", town="Hill")))
        before = await everything(owner)
        changed = provider_list(
            tmp_path, row("Smithy", ref="1", town="Dale", offer="music"), name="new.csv"
        )

        report = await bring_providers(database, changed)

        (line,) = report.changed_lines
        assert (line.line, line.name) == (2, "Forge")
        assert line.changes == (
            ("provider_name", "Forge", "Smithy"),
            ("place", "Hill", "Dale"),
            ("offer_tags", "", "music"),
        )
        after = await everything(owner)
        assert {**after, "import_runs": []} == {**before, "import_runs": []}


class TestDuplicates:
    async def test_they_are_told_and_neither_merged_nor_refused(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        number = NewIdentifier(scheme=Scheme.COMPANIES_HOUSE, value="01234567")
        (held,) = await put_on_register(
            database, make_provider("Ignite Example", identifiers=(number,))
        )
        await record(database, make_provider("Kingfisher Example Outdoor"))

        report = await bring_providers(
            database,
            provider_list(
                tmp_path,
                row("Spark", company_number="1234567"),
                row("Kingfisher Example Outdoors Ltd"),
                row("Moor Rangers"),
                row("Moor Rangers CIC"),
                row("Anvil"),
            ),
        )

        assert (report.outcome, report.counts.added) == (Outcome.LANDED, 5)
        told = {(each.line, each.other, each.other_name) for each in report.duplicates}
        assert (2, held.number, "Ignite Example") in told
        assert {(line, name) for line, _, name in told} == {
            (2, "Ignite Example"),
            (3, "Kingfisher Example Outdoor"),
            (5, "Moor Rangers"),
        }
        assert len(await names(owner)) == 7
