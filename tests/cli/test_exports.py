import csv
import hashlib
import io
from pathlib import Path

import orjson
import pytest

from app.cli.exports import KNOWN_COLUMNS
from app.cli.output import Exit
from app.config import Settings
from app.db.transactions import Database
from tests.cli.running import addresses, run
from tests.factories.providers import make_known_by, make_provider, put_on_register, record

COVENTRY, WARWICKSHIRE = "331", "937"


class TestRegister:
    async def test_the_last_line_is_true_of_the_lines_before(
        self, settings: Settings, database: Database, tmp_path: Path
    ) -> None:
        await put_on_register(database, make_provider(), make_provider("Example Yard"))

        ended = run(
            "export", "register", "-o", "register.jsonl", folder=tmp_path, **addresses(settings)
        )

        assert ended.returncode == Exit.DONE, ended.stderr
        *lines, last = (tmp_path / "register.jsonl").read_bytes().splitlines(keepends=True)
        end = orjson.loads(last)
        assert end["count"] == len(lines) == 2
        assert end["sha256"] == hashlib.sha256(b"".join(lines)).hexdigest()
        assert not (tmp_path / "register.jsonl.part").exists()

    async def test_standard_output_holds_the_file_and_nothing_else(
        self, settings: Settings, database: Database, tmp_path: Path
    ) -> None:
        await put_on_register(database, make_provider("=Forge"))

        ended = run("export", "register", "--format", "csv", folder=tmp_path, **addresses(settings))

        rows = list(csv.reader(io.StringIO(ended.stdout.decode(), newline="")))
        assert [row[0] for row in rows] == ["number", "AP000001U", "#end"]
        assert rows[1][1] == "'=Forge"

    def test_a_file_that_cannot_be_written_is_said_plainly(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        ended = run(
            "export",
            "register",
            "-o",
            "no/such/folder.jsonl",
            folder=tmp_path,
            **addresses(settings),
        )

        assert ended.returncode == Exit.SURROUNDINGS
        assert b"No such file or directory" in ended.stderr
        assert b"Traceback" not in ended.stderr
        assert list(tmp_path.iterdir()) == []


class TestKnown:
    async def test_only_lines_of_that_authoritys_lists_are_written(
        self, settings: Settings, database: Database, tmp_path: Path
    ) -> None:
        for la_code in (COVENTRY, WARWICKSHIRE):
            known_by = (make_known_by(la_code, list_reference=f"ref {la_code}"),)
            await record(database, make_provider(f"Known to {la_code}", known_by=known_by))

        ended = run("export", "known", "Coventry", folder=tmp_path, **addresses(settings))

        rows = list(csv.reader(io.StringIO(ended.stdout.decode(), newline="")))
        assert tuple(rows[0]) == KNOWN_COLUMNS
        assert [(row[1], row[2], row[5]) for row in rows[1:]] == [
            (f"Known to {COVENTRY}", "known", f"ref {COVENTRY}")
        ]


@pytest.mark.parametrize("words", [("export",), ("export", "--help")])
def test_help_names_what_can_be_exported(tmp_path: Path, words: tuple[str, ...]) -> None:
    ended = run(*words, folder=tmp_path, COLUMNS="120")

    told = (ended.stdout + ended.stderr).decode()
    assert all(word in told for word in ("register", "known", "documents"))
