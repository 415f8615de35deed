import gzip
from pathlib import Path

import asyncpg
import pytest

from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.errors import AppError
from app.interchange.errors import (
    FileNotReadableError,
    ImportRunningError,
    OptionsNotRightError,
)
from app.interchange.service import runs
from app.interchange.terms import ImportKind, Outcome
from app.places.errors import PostcodeFileDamagedError, PostcodeFileNotRecognisedError
from app.providers.schemas.recording import Location
from tests.factories.providers import make_provider, make_site, put_on_register
from tests.interchange.damage import damaged
from tests.interchange.running import bring_postcodes, everything
from tests.places.reading import LAT_LON, SOUTHAMPTON, code_point

ALBANS, BATH, CROYDON = (
    "AL1 1AG,919,51.7453,-0.3286",
    "BA1 1AA,800,51.3821,-2.3590",
    "CR0 1AA,306,51.3714,-0.1000",
)


def file_of(folder: Path, *rows: str, name: str = "postcodes.csv") -> Path:
    path = folder / name
    path.write_text(LAT_LON + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


async def held(owner: asyncpg.Connection) -> list[str]:
    return [row[0] for row in await owner.fetch("SELECT postcode FROM postcodes ORDER BY 1")]


class TestLanding:
    async def test_postcodes_are_held_with_their_place_and_the_run_is_on_record(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = file_of(tmp_path, ALBANS, BATH)

        report = await bring_postcodes(
            database, path, source="OS", source_date="2025-10", licence="OGL"
        )

        assert (report.outcome, report.counts.added) == (Outcome.LANDED, 2)
        assert not path.with_suffix(".faults.csv").exists()
        row = await owner.fetchrow("SELECT * FROM postcodes WHERE postcode = 'AL1 1AG'")
        assert row is not None
        assert (row["la_code"], row["easting"], row["northing"]) == ("919", 515489, 206499)
        run = dict(await owner.fetchrow("SELECT * FROM import_runs"))
        assert run.pop("id")
        assert run.pop("recorded_at")
        assert run == {
            "kind": "postcodes",
            "file_name": "postcodes.csv",
            "sha256": report.sha256,
            "options": "{}",
            "source": "OS",
            "source_date": "2025-10",
            "licence": "OGL",
            "rows_read": 2,
            "rows_added": 2,
            "rows_changed": 0,
            "rows_removed": 0,
            "rows_refused": 0,
            "accepted_good": False,
            "actor": "operator",
        }

    async def test_another_file_adds_moves_and_removes(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_postcodes(database, file_of(tmp_path, ALBANS, BATH))
        moved = BATH.replace("51.3821", "51.3921")

        report = await bring_postcodes(database, file_of(tmp_path, moved, CROYDON, name="new.csv"))

        counts = report.counts
        assert (counts.added, counts.changed, counts.removed, report.unchanged) == (1, 1, 1, 0)
        assert await held(owner) == ["BA1 1AA", "CR0 1AA"]

    async def test_another_local_authority_alone_is_a_change(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_postcodes(database, file_of(tmp_path, ALBANS))

        report = await bring_postcodes(
            database, file_of(tmp_path, ALBANS.replace("919", ""), name="new.csv")
        )

        assert report.counts.changed == 1
        assert await owner.fetchval("SELECT la_code FROM postcodes") is None

    async def test_the_source_and_terms_follow_from_the_shape_of_the_file(
        self, database: Database, tmp_path: Path
    ) -> None:
        path = tmp_path / "codepo.csv"
        path.write_text(SOUTHAMPTON + code_point(country='"S92000003"'))

        report = await bring_postcodes(database, path)

        assert report.source == "Ordnance Survey, Code-Point Open"
        assert report.licence.startswith("Open Government Licence v3.0. Contains OS data")
        assert (report.counts.read, report.skipped) == (2, {"not-in-england": 1})

    async def test_saying_the_same_twice_is_counted_and_does_no_harm(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        report = await bring_postcodes(database, file_of(tmp_path, ALBANS, BATH, ALBANS, ALBANS))

        assert (report.outcome, report.repeated, report.counts.added) == (Outcome.LANDED, 2, 2)
        assert await held(owner) == ["AL1 1AG", "BA1 1AA"]


class TestTheSameFileTwice:
    async def test_changes_nothing_and_says_when_it_landed(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = file_of(tmp_path, ALBANS)
        await bring_postcodes(database, path)
        before = await everything(owner)

        report = await bring_postcodes(database, path.rename(tmp_path / "renamed.csv"))

        assert report.outcome is Outcome.ALREADY_LANDED
        assert report.earlier is not None
        assert report.earlier.file_name == "postcodes.csv"
        assert await everything(owner) == before

    async def test_an_older_file_may_land_again_after_another(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        first = file_of(tmp_path, ALBANS)
        await bring_postcodes(database, first)
        await bring_postcodes(database, file_of(tmp_path, BATH, name="second.csv"))

        report = await bring_postcodes(database, first)

        assert report.outcome is Outcome.LANDED
        assert await held(owner) == ["AL1 1AG"]

    async def test_again_goes_through_it_and_changes_nothing(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = file_of(tmp_path, ALBANS)
        await bring_postcodes(database, path)

        report = await bring_postcodes(database, path, again=True)

        assert (report.outcome, report.unchanged) == (Outcome.LANDED, 1)
        assert await held(owner) == ["AL1 1AG"]


class TestRefusing:
    @pytest.mark.parametrize(
        ("rows", "lines", "problem"),
        [
            (["CF1 1AA,919,2,3"], [3], "not a point in England"),
            (["AL1,919,51.7,-0.3"], [3], "not a full UK postcode"),
            (["AL1 1AJ,999,51.7,-0.3"], [3], "no local authority"),
            (["AL1 1AJ,919"], [3], "2 fields"),
            (["AL1 1AG,919,51.8,-0.3286"], [2, 3], "not always at the same point"),
            (["AL1 1AG,306,51.7453,-0.3286"], [2, 3], "in the same local authority"),
        ],
    )
    async def test_one_bad_row_keeps_everything_out(
        self,
        database: Database,
        owner: asyncpg.Connection,
        tmp_path: Path,
        rows: list[str],
        lines: list[int],
        problem: str,
    ) -> None:
        await bring_postcodes(database, file_of(tmp_path, CROYDON, name="before.csv"))
        before = await everything(owner)
        path = file_of(tmp_path, ALBANS, *rows, BATH)

        report = await bring_postcodes(database, path)

        assert report.outcome is Outcome.REFUSED
        assert [fault.line for fault in report.faults.first] == lines
        assert problem in report.faults.first[0].problem
        assert all(fault.cure for fault in report.faults.first)
        assert report.counts.refused == len(lines)
        assert report.faults.file == path.with_suffix(".faults.csv")
        assert report.faults.file.exists()
        assert await everything(owner) == before

    async def test_good_rows_land_when_that_is_accepted_and_nothing_is_removed(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_postcodes(database, file_of(tmp_path, ALBANS, CROYDON, name="before.csv"))
        path = file_of(tmp_path, ALBANS, "AL1 1AG,919,51.8,-0.3", BATH, "CR0,306,51.3,-0.1")

        report = await bring_postcodes(database, path, accept_good=True)

        assert (report.outcome, report.counts.added, report.counts.refused) == (
            Outcome.LANDED,
            1,
            3,
        )
        assert (report.counts.removed, report.kept) == (0, 2)
        assert await held(owner) == ["AL1 1AG", "BA1 1AA", "CR0 1AA"]
        assert await owner.fetchval("SELECT count(*) FROM import_runs WHERE accepted_good") == 1

    async def test_a_file_of_which_nothing_is_good_is_refused_all_the_same(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        with pytest.raises(OptionsNotRightError, match="no live postcode of England"):
            await bring_postcodes(database, file_of(tmp_path, "x,y,1,2"), accept_good=True)

        assert await owner.fetchval("SELECT count(*) FROM import_runs") == 0

    async def test_a_file_of_another_country_is_refused(
        self, database: Database, tmp_path: Path
    ) -> None:
        path = tmp_path / "wales.csv"
        path.write_text(code_point(country='"W92000004"') * 2)

        with pytest.raises(OptionsNotRightError, match="not-in-england: 2"):
            await bring_postcodes(database, path)

    async def test_a_part_of_england_does_not_remove_the_rest_unasked(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        many = [f"AL1 {n}{a}{b},919,51.7,-0.3" for n in range(4) for a in LETTERS for b in LETTERS]
        await bring_postcodes(database, file_of(tmp_path, *many, name="whole.csv"))
        before = await everything(owner)
        part = file_of(tmp_path, *many[:800], name="part.csv")

        with pytest.raises(OptionsNotRightError, match="is it the whole of England"):
            await bring_postcodes(database, part)

        assert await everything(owner) == before
        report = await bring_postcodes(database, part, accept_removals=True)
        assert report.counts.removed == len(many) - 800
        assert len(await held(owner)) == 800

    async def test_a_trial_reports_and_changes_nothing(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_postcodes(database, file_of(tmp_path, ALBANS, name="before.csv"))
        before = await everything(owner)

        report = await bring_postcodes(database, file_of(tmp_path, BATH), dry_run=True)

        assert (report.outcome, report.counts.added, report.counts.removed) == (
            Outcome.WOULD_LAND,
            1,
            1,
        )
        assert await everything(owner) == before

    async def test_a_second_import_at_the_same_time_is_told_to_wait(
        self, database: Database, tmp_path: Path
    ) -> None:
        async with transaction(database, OPERATOR) as session:
            await runs.begin(session, ImportKind.POSTCODES)

            with pytest.raises(ImportRunningError, match="Wait until it has ended"):
                await bring_postcodes(database, file_of(tmp_path, ALBANS))


LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


class TestDamage:
    async def test_a_gzip_that_breaks_off_changes_nothing(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_postcodes(database, file_of(tmp_path, CROYDON, name="before.csv"))
        before = await everything(owner)
        path = tmp_path / "cut.csv.gz"
        path.write_bytes(gzip.compress(file_of(tmp_path, ALBANS, BATH).read_bytes() * 50)[:-9])

        with pytest.raises(FileNotReadableError, match="breaks off or is corrupt"):
            await bring_postcodes(database, path)

        assert await everything(owner) == before

    async def test_a_quotation_mark_that_is_not_closed_changes_nothing(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        before = await everything(owner)

        with pytest.raises(PostcodeFileDamagedError, match="quotation mark"):
            await bring_postcodes(
                database, file_of(tmp_path, ALBANS, '"BA1 1AA,800,51.38,-2.35', CROYDON, CROYDON)
            )

        assert await everything(owner) == before

    async def test_a_file_of_something_else_is_told_the_known_shapes(
        self, database: Database, tmp_path: Path
    ) -> None:
        path = tmp_path / "schools.csv"
        path.write_text("URN,Name\n1,x\n")

        with pytest.raises(PostcodeFileNotRecognisedError, match="postcode,la_code,lat,lon"):
            await bring_postcodes(database, path)

    async def test_whatever_happens_to_a_file_it_lands_whole_or_changes_nothing(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        rows = [f"AL1 1A{letter},919,51.{number},-0.3" for number, letter in enumerate(LETTERS)]
        sound = file_of(tmp_path, *rows).read_bytes()
        ways: dict[str, int] = {}

        for seed in range(60):
            before = await everything(owner)
            path = written(tmp_path / f"spoilt{seed}.csv", damaged(sound, seed))
            how, held_now = await landed_or_not(database, path)
            after = await everything(owner)

            ways[how] = ways.get(how, 0) + 1
            assert how != "landed" or len(after["postcodes"]) == held_now
            assert len(after["import_runs"]) - len(before["import_runs"]) == (how == "landed")
            assert how == "landed" or after == before

        assert ways.keys() >= {"landed", "refused", "not read"}


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


async def landed_or_not(database: Database, path: Path) -> tuple[str, int]:
    try:
        report = await bring_postcodes(database, path)
    except AppError:
        return "not read", 0
    counts = report.counts
    return report.outcome.value, report.unchanged + counts.added + counts.changed


class TestSites:
    async def test_none_is_moved_and_those_far_from_their_postcode_are_told(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        near = Location(easting=515_489, northing=206_589, precision="given")
        far = Location(easting=515_489, northing=206_799, precision="postcode")
        (provider, _) = await put_on_register(
            database,
            make_provider("Example Forge", make_site(postcode="AL1 1AG", location=far)),
            make_provider("Example Kiln", make_site(postcode="AL1 1AG", location=near)),
        )
        before = await owner.fetch("SELECT * FROM sites ORDER BY id")
        entries = await owner.fetchval("SELECT count(*) FROM ledger_entries")

        report = await bring_postcodes(database, file_of(tmp_path, ALBANS))

        (site,) = report.distant_sites
        assert (site.number, site.reference, site.name, site.postcode, site.metres) == (
            provider.number,
            1,
            "Example Forge",
            "AL1 1AG",
            300,
        )
        assert await owner.fetch("SELECT * FROM sites ORDER BY id") == before
        assert await owner.fetchval("SELECT count(*) FROM ledger_entries") == entries

    async def test_closed_sites_and_sites_without_a_point_are_not_told(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        far = Location(easting=400_000, northing=400_000, precision="given")
        await put_on_register(
            database,
            make_provider("Example Forge", make_site(postcode="AL1 1AG", location=far)),
            make_provider("Example Kiln", make_site(postcode="AL1 1AG", location=None)),
        )
        await owner.execute("UPDATE sites SET closed_on = '2026-01-01' WHERE easting IS NOT NULL")

        report = await bring_postcodes(database, file_of(tmp_path, ALBANS))

        assert report.distant_sites == ()
