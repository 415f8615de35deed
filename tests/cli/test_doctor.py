from pathlib import Path

import asyncpg
import orjson
import pytest

from app.cli.output import Exit
from app.config import Settings
from app.db.transactions import Database
from tests.cli.running import addresses, run
from tests.factories.providers import make_provider, put_on_register

PLANTED = {
    "log": "SET session_replication_role = replica; "
    "UPDATE ledger_bodies SET record = '{}' WHERE entry = 1",
    "documents": "UPDATE register_documents SET document = '{}'",
    "read model": "UPDATE register_words SET documents = documents + 1",
    "public role": "GRANT SELECT ON provider_known_by TO ap_read",
}


@pytest.fixture
async def addressed(settings: Settings, database: Database) -> dict[str, str]:
    """A register with two providers, for a command to look at."""
    await put_on_register(database, make_provider(), make_provider("Example Yard"))
    return addresses(settings)


def look(folder: Path, addressed: dict[str, str]) -> tuple[int, dict[str, bool]]:
    """Return the exit code, and what was found fine or not."""
    ended = run("doctor", "--json", folder=folder, **addressed)
    findings = orjson.loads(ended.stdout)["findings"]
    return ended.returncode, {finding["about"]: finding["fine"] for finding in findings}


def test_a_sound_register_is_fine(addressed: dict[str, str], tmp_path: Path) -> None:
    code, found = look(tmp_path, addressed)

    found.pop("disk")
    assert (code, set(found.values())) == (Exit.DONE, {True})


@pytest.mark.parametrize("about", PLANTED)
async def test_finds_what_is_wrong(
    addressed: dict[str, str], owner: asyncpg.Connection, tmp_path: Path, about: str
) -> None:
    await owner.execute(PLANTED[about])

    code, found = look(tmp_path, addressed)

    assert code == Exit.REFUSED
    assert found[about] is False


async def test_migrate_mends_a_damaged_read_model_from_the_log(
    addressed: dict[str, str], owner: asyncpg.Connection, tmp_path: Path
) -> None:
    await owner.execute("DELETE FROM register_search WHERE id = 1")
    assert look(tmp_path, addressed)[0] == Exit.REFUSED

    ended = run("migrate", "--rebuild", "--json", folder=tmp_path, **addressed)

    migrated = orjson.loads(ended.stdout)
    assert migrated["before"] == migrated["after"]
    assert look(tmp_path, addressed)[0] == Exit.DONE
