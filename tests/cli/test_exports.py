import asyncio
import csv
import hashlib
import io
import os
import subprocess
from datetime import date
from pathlib import Path

import asyncpg
import orjson
import pytest

from app.cli import exports
from app.cli.exports import KNOWN_COLUMNS
from app.cli.output import Exit
from app.config import Settings
from app.db.embedded.binaries import find_binaries
from app.db.transactions import Database
from tests.cli.running import SECRET, Here, addresses, command, environment, prepared, run
from tests.factories.providers import make_known_by, make_provider, put_on_register, record

COVENTRY, WARWICKSHIRE = "331", "937"
SMALL_FILES_ONLY = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))"
"""As on a full disk, a file cannot grow any longer."""
WRITTEN_BY = 18
"""The version whose `pg_dump` writes the schema's snapshot; others word the same differently."""


@pytest.fixture
async def addressed(settings: Settings, database: Database) -> dict[str, str]:
    """A register with two providers, one of whose names a spreadsheet would compute."""
    await put_on_register(database, make_provider("=1+1"), make_provider("Example Yard"))
    return addresses(settings)


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def left_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class TestRegister:
    async def test_the_last_line_is_true_of_the_lines_before(
        self, addressed: dict[str, str], owner: asyncpg.Connection, here: Here, tmp_path: Path
    ) -> None:
        ended = await here("export", "register", "-o", "register.jsonl", "--json", **addressed)

        assert (ended.code, ended.err) == (Exit.DONE, "")
        assert orjson.loads(ended.out) == {"providers": 2, "file": "register.jsonl"}
        files = left_in(tmp_path)
        assert list(files) == ["register.jsonl"]
        *lines, last = files["register.jsonl"].splitlines(keepends=True)
        end = orjson.loads(last)
        assert end["count"] == len(lines) == 2
        assert end["sha256"] == hashlib.sha256(b"".join(lines)).hexdigest()
        assert end["register"]["entry"] == await owner.fetchval("SELECT entry FROM ledger_head")

    async def test_as_csv_it_is_true_as_well_and_holds_no_formula(
        self, addressed: dict[str, str], here: Here
    ) -> None:
        ended = await here("export", "register", "--format", "csv", **addressed)

        assert (ended.code, ended.err) == (Exit.DONE, "")
        before, _, _ = ended.out.rpartition("#end")
        rows = rows_of(ended.out)
        assert [row[0] for row in rows] == ["number", "AP000001U", "AP000002S", "#end"]
        assert [row[1] for row in rows[1:3]] == ["'=1+1", "Example Yard"]
        assert rows[3][1] == "2"
        assert rows[3][3] == hashlib.sha256(before.encode()).hexdigest()

    def test_standard_output_holds_the_file_and_nothing_else(
        self, addressed: dict[str, str], tmp_path: Path
    ) -> None:
        ended = run("export", "register", folder=tmp_path, **addressed)

        assert (ended.returncode, ended.stderr) == (Exit.DONE, b"")
        assert [len(orjson.loads(line)) > 2 for line in ended.stdout.splitlines()] == [True] * 3

    async def test_a_file_that_cannot_be_written_is_said_plainly(
        self, addressed: dict[str, str], here: Here, tmp_path: Path
    ) -> None:
        ended = await here("export", "register", "-o", "no/such/folder.jsonl", **addressed)

        assert (ended.code, ended.out) == (Exit.SURROUNDINGS, "")
        assert "No such file or directory" in ended.err
        assert left_in(tmp_path) == {}

    async def test_a_folder_in_the_files_place_is_said_plainly(
        self, addressed: dict[str, str], here: Here, tmp_path: Path
    ) -> None:
        ended = await here("export", "register", "-o", tmp_path, **addressed)

        assert (ended.code, ended.out) == (Exit.SURROUNDINGS, "")
        assert "Is a directory" in ended.err
        assert not tmp_path.with_name(tmp_path.name + ".part").exists()

    def test_one_that_breaks_off_in_the_middle_leaves_what_was_there(
        self, addressed: dict[str, str], tmp_path: Path
    ) -> None:
        (tmp_path / "register.jsonl").write_bytes(b"of yesterday")

        ended = subprocess.run(  # noqa: S603 - this interpreter, our own module
            prepared(SMALL_FILES_ONLY, "export", "register", "-o", "register.jsonl"),
            cwd=tmp_path,
            env=environment(**addressed),
            capture_output=True,
            check=False,
            timeout=120,
        )

        assert (ended.returncode, ended.stdout) == (Exit.SURROUNDINGS, b"")
        assert b"File too large" in ended.stderr
        assert ended.stderr.count(b"\n") == 1
        assert left_in(tmp_path) == {"register.jsonl": b"of yesterday"}

    def test_a_reader_that_goes_away_is_told_of_in_one_sentence(
        self, addressed: dict[str, str], tmp_path: Path
    ) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        try:
            ended = subprocess.run(  # noqa: S603 - this interpreter, our own module
                command("export", "register"),
                cwd=tmp_path,
                env=environment(**addressed),
                stdout=writing,
                stderr=subprocess.PIPE,
                check=False,
                timeout=120,
            )
        finally:
            os.close(writing)

        assert ended.returncode == Exit.SURROUNDINGS
        assert ended.stderr.startswith(b"Standard output was closed before everything was written")
        assert ended.stderr.count(b"\n") == 1

    async def test_a_pipe_is_written_to_and_never_replaced_by_a_file(
        self, addressed: dict[str, str], here: Here, tmp_path: Path
    ) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        try:
            ended = await here("export", "register", "-o", "pipe", **addressed)
            read = await asyncio.to_thread(os.read, reading, 65_536)
        finally:
            os.close(reading)

        assert ended.code == Exit.DONE
        assert pipe.is_fifo()
        assert orjson.loads(read.splitlines()[-1])["count"] == 2


class TestKnown:
    async def test_only_lines_of_that_authoritys_lists_are_written(
        self, settings: Settings, database: Database, here: Here, tmp_path: Path
    ) -> None:
        for la_code in (COVENTRY, WARWICKSHIRE):
            result = {"local_result": "=Approved", "local_result_on": date(2026, 7, 31)}
            known_by = (make_known_by(la_code, list_reference=f"=ref {la_code}", **result),)
            await record(database, make_provider(f"Known to {la_code}", known_by=known_by))

        ended = await here("export", "known", "Coventry", "-o", "known.csv", **addresses(settings))

        assert (ended.code, ended.err) == (Exit.DONE, "")
        files = left_in(tmp_path)
        assert list(files) == ["known.csv"]
        rows = rows_of(files["known.csv"].decode())
        assert tuple(rows[0]) == KNOWN_COLUMNS
        assert [(row[1], row[2], row[5], *row[8:]) for row in rows[1:]] == [
            (f"Known to {COVENTRY}", "known", f"'=ref {COVENTRY}", "'=Approved", "2026-07-31")
        ]

    async def test_an_authority_that_knows_nobody_gets_headings_alone(
        self, settings: Settings, here: Here
    ) -> None:
        ended = await here("export", "known", "E08000026", **addresses(settings))

        assert (ended.code, rows_of(ended.out)) == (Exit.DONE, [list(KNOWN_COLUMNS)])


class TestDocuments:
    async def test_those_of_this_tree_are_up_to_date(self, settings: Settings, here: Here) -> None:
        major = find_binaries(settings).major
        if major != WRITTEN_BY:
            pytest.skip(f"NOT RUN: the snapshot is PostgreSQL {WRITTEN_BY}'s, this is {major}")

        ended = await here("export", "documents", "--check", **addresses(settings))

        assert (ended.code, ended.err) == (Exit.DONE, "")
        assert ended.out == "Written: nothing had changed.\n"

    async def test_missing_ones_are_named_then_written_then_up_to_date(
        self,
        settings: Settings,
        here: Here,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(exports, "ROOT", tmp_path)
        check = ("export", "documents", "--check")

        first = await here(*check, **addresses(settings))
        assert left_in(tmp_path) == {}
        written = await here("export", "documents", **addresses(settings))
        last = await here(*check, **addresses(settings))

        assert (first.code, written.code, last.code) == (Exit.REFUSED, Exit.DONE, Exit.DONE)
        assert "Out of date: openapi/openapi.json, schemas/" in first.err
        assert "migrations/schema.sql. Run `make documents`" in first.err
        assert orjson.loads((tmp_path / "openapi/openapi.json").read_bytes())["openapi"]

    async def test_a_refused_login_shows_no_password(self, settings: Settings, here: Here) -> None:
        wrong = addresses(settings)
        login, _, rest = wrong["DATABASE_OWNER_URL"].rpartition("@")
        wrong["DATABASE_OWNER_URL"] = f"{login.rpartition(':')[0]}:{SECRET}@{rest}"

        ended = await here("export", "documents", "--check", **wrong)

        assert (ended.code, ended.out) == (Exit.SURROUNDINGS, "")
        assert "check DATABASE_OWNER_URL" in ended.err
        assert SECRET not in ended.err


@pytest.mark.parametrize("words", [("export",), ("export", "--help")])
async def test_help_names_what_can_be_exported(here: Here, words: tuple[str, ...]) -> None:
    ended = await here(*words, COLUMNS="120")

    assert all(word in ended.out + ended.err for word in ("register", "known", "documents"))


class TestFolded:
    def test_what_fits_on_a_line_is_on_one(self) -> None:
        long = ["x" * 120, {"b": "y" * 120, "a": []}]

        text = exports.folded({"short": {"b": 1, "a": 2}, "long": long, "é": None})

        assert orjson.loads(text) == {"short": {"a": 2, "b": 1}, "long": long, "é": None}
        assert text.splitlines() == [
            "{",
            ' "long": [',
            f'  "{"x" * 120}",',
            f'  {{"a":[],"b":"{"y" * 120}"}}',
            " ],",
            ' "short": {"a":2,"b":1},',
            ' "é": null',
            "}",
        ]
