import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
import orjson
import pytest

from app.cli import main
from app.cli.output import Exit
from app.config import Settings
from tests.cli.running import Ended, Here, addresses
from tests.interchange.running import everything
from tests.interchange.tables import provider_list, row, schools_file

POSTCODES = "postcode,la_code,lat,lon\nAL1 1AG,919,51.7453,-0.3286\n"


Bring = Callable[..., Awaitable[Ended]]


@pytest.fixture
def bring(here: Here, settings: Settings) -> Bring:
    """Run `ap-register import` on this test's register, in the test's own folder."""

    async def run(*words: str | Path) -> Ended:
        return await here("import", *words, COLUMNS="200", **addresses(settings))

    return run


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


Refused = Callable[..., str]


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Refused:
    """Run the command in this process, to be refused before it reaches for a database."""

    def run(code: Exit, *words: str | Path) -> str:
        monkeypatch.setattr(sys, "argv", ["ap-register", "import", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert (ended.value.code, said.out) == (code, "")
        return " ".join(said.err.replace("│", " ").split())

    return run


@pytest.fixture
def postcodes(tmp_path: Path) -> Path:
    path = tmp_path / "postcodes.csv"
    path.write_text(POSTCODES)
    return path


class TestPostcodes:
    async def test_they_land_with_a_report_in_words(
        self, bring: Bring, owner: asyncpg.Connection, postcodes: Path
    ) -> None:
        ended = await bring("postcodes", postcodes, "--source", "OS")

        assert (ended.code, ended.err) == (0, "")
        assert ended.out.startswith("postcodes.csv has landed.")
        assert "added: 1" in ended.out
        assert await owner.fetchval("SELECT postcode FROM postcodes") == "AL1 1AG"
        assert await owner.fetchval("SELECT source FROM import_runs") == "OS"

    async def test_the_same_file_again_is_done_and_changes_nothing(
        self, bring: Bring, owner: asyncpg.Connection, postcodes: Path
    ) -> None:
        await bring("postcodes", postcodes)
        before = await everything(owner)

        ended = await bring("postcodes", postcodes)

        assert ended.code == 0
        assert "This very file landed on" in ended.out
        assert await everything(owner) == before

    async def test_faults_end_in_refusal_and_a_file_in_the_current_folder(
        self, bring: Bring, owner: asyncpg.Connection, tmp_path: Path, postcodes: Path
    ) -> None:
        written(postcodes, f"{POSTCODES}AL1,919,51.7,-0.3\n".encode())
        before = await everything(owner)

        ended = await bring("postcodes", postcodes, "--json")

        report = orjson.loads(ended.out)
        assert (ended.code, report["outcome"]) == (1, "refused")
        assert report["faults"]["first"][0]["line"] == 3
        assert report["faults"]["file"] == "postcodes.faults.csv"
        assert (tmp_path / "postcodes.faults.csv").exists()
        assert await everything(owner) == before

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "it is empty"),
            (b"\x1f\x8b\x08broken", "corrupt"),
            (b"postcode\0\n", "0x00"),
            (b"PK\x03\x04", "Excel workbook"),
        ],
    )
    def test_a_damaged_file_is_refused_in_one_plain_sentence(
        self, tmp_path: Path, refused: Refused, content: bytes, message: str
    ) -> None:
        path = written(tmp_path / "postcodes.csv", content)

        assert message in refused(Exit.REFUSED, "postcodes", path)


class TestProviders:
    async def test_a_list_lands_as_known_providers(
        self, bring: Bring, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = provider_list(tmp_path, {"name": "Example Forge"}, {"name": "Forge Example Ltd"})

        ended = await bring(
            *("providers", path, "--la", "Coventry", "--list", "AP list"),
            *("--list-date", "30/06/2021"),
        )

        assert (ended.code, ended.err) == (0, "")
        assert "added as known, not public: 2 (AP000001U to AP000002S)" in ended.out
        assert "Likely duplicates" in ended.out
        known = await owner.fetch("SELECT la_code, list_name, list_date FROM provider_known_by")
        assert [tuple(line) for line in known] == [("331", "AP list", "2021-06-30")] * 2

    async def test_newer_local_results_are_told_with_what_they_replace(
        self, bring: Bring, tmp_path: Path
    ) -> None:
        before = row("Anvil", result="Approved", result_date="2026-06-01")
        await bring("providers", provider_list(tmp_path, before))
        after = row("Anvil", result="Stopped", result_date="2026-07-31")

        ended = await bring("providers", provider_list(tmp_path, after))

        assert ended.code == 0
        assert "held already, newer local result taken over: 1" in ended.out
        told = " ".join(ended.out.replace("│", " ").split())
        assert "AP000001U Anvil Approved (2026-06-01) Stopped (2026-07-31)" in told

    async def test_schools_are_refused_and_the_rest_lands_when_accepted(
        self, bring: Bring, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = provider_list(tmp_path, row("Anvil"), row("Kiln"))
        gias = schools_file(tmp_path, ("100001", "331", "The Anvil School", "Open", ""))
        words = ("providers", path, "--schools", gias)

        refused = await bring(*words)
        landed = await bring(*words, "--accept-good", "--faults", "wrong.csv")

        assert (refused.code, landed.code) == (1, 0)
        assert "URN 100001" in refused.out
        assert "nothing was changed" in refused.out
        assert (tmp_path / "wrong.csv").exists()
        assert await owner.fetchval("SELECT array_agg(name) FROM providers") == ["Kiln"]

    async def test_a_trial_changes_nothing(
        self, bring: Bring, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = provider_list(tmp_path, row("Anvil"))
        before = await everything(owner)

        ended = await bring("providers", path, "--dry-run")

        assert ended.code == 0
        assert "this was a trial, and nothing was changed" in ended.out
        assert await everything(owner) == before

    @pytest.mark.parametrize(
        ("words", "code", "message"),
        [
            (("--la", "Camelot"), Exit.REFUSED, "is no local authority known here"),
            (("--la", "Cumbria"), Exit.REFUSED, "has been divided"),
            (("--list-date", "soon"), Exit.USAGE, "no day, month or year"),
            (("--schools", "nowhere.csv"), Exit.REFUSED, "there is no such file"),
        ],
    )
    def test_what_cannot_be_done_is_said_plainly(
        self,
        tmp_path: Path,
        refused: Refused,
        words: tuple[str, ...],
        code: Exit,
        message: str,
    ) -> None:
        path = provider_list(tmp_path, row("Anvil"))

        assert message in refused(code, "providers", path, *words)

    async def test_a_missing_column_is_named(
        self, bring: Bring, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        ended = await bring("providers", provider_list(tmp_path, {"town": "Rugby"}))

        assert (ended.code, ended.out) == (1, "")
        assert "lacks needed columns: provider_name" in ended.err
        assert await owner.fetchval("SELECT count(*) FROM import_runs") == 0

    async def test_a_database_that_was_not_prepared_is_told_as_such(
        self, bring: Bring, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await owner.execute("DROP TABLE import_runs")

        ended = await bring("providers", provider_list(tmp_path, row("Anvil")))

        assert ended.code == 3
        assert "The database refused" in ended.err
        assert "Nothing was changed" in ended.err
        assert "Traceback" not in ended.err
