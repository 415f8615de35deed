from pathlib import Path
from typing import Any

import asyncpg
import orjson
import pytest

from app.cli.output import Exit
from app.config import Settings
from app.db.transactions import Database
from app.pages import assets
from tests.cli.running import Here, addresses
from tests.factories.providers import make_provider, put_on_register

PLANTED = {
    "a record of the log": (
        "log",
        "UPDATE ledger_bodies SET record = '{}' WHERE entry = 1",
        "entries [1] do not give their hash",
    ),
    "a day of the log": (
        "log",
        "UPDATE ledger_entries SET recorded_at = recorded_at - interval '1 s' WHERE entry = 2",
        "entries [2] do not give their hash",
    ),
    "every document": (
        "documents",
        "UPDATE register_documents SET document = '{}'",
        "differ from the log: run `ap-register migrate --rebuild`",
    ),
    "a missing document": (
        "documents",
        "DELETE FROM register_documents WHERE number = 'AP000001U'",
        "['AP000001U'] differ from the log",
    ),
    "a miscounted vocabulary": (
        "read model",
        "UPDATE register_words SET documents = documents + 1",
        "run `ap-register migrate --rebuild`",
    ),
    "a grant too many": (
        "public role",
        "GRANT SELECT ON provider_known_by TO ap_read",
        "it can read provider_known_by: revoke that",
    ),
    "tables of another release": (
        "tables",
        "UPDATE alembic_version SET version_num = '0001'",
        "revision 0001; this release needs",
    ),
}


@pytest.fixture
async def addressed(settings: Settings, database: Database) -> dict[str, str]:
    """A register with two providers, for a command to look at."""
    await put_on_register(database, make_provider(), make_provider("Example Yard"))
    return addresses(settings)


async def look(here: Here, addressed: dict[str, str]) -> tuple[int, dict[str, dict[str, Any]]]:
    """Return the exit code, and what was found: one JSON document and nothing beside it."""
    ended = await here("doctor", "--json", **addressed)
    assert ended.err == ""
    findings = orjson.loads(ended.out)["findings"]
    return ended.code, {finding["about"]: finding for finding in findings}


async def test_a_sound_register_is_fine(addressed: dict[str, str], here: Here) -> None:
    code, found = await look(here, addressed)

    assert (code, {finding["fine"] for finding in found.values()}) == (Exit.DONE, {True})
    assert {"disk", "front-end files", "tables", "log", "documents"} <= found.keys()


@pytest.mark.parametrize(("about", "damage", "told"), PLANTED.values(), ids=PLANTED)
async def test_finds_what_is_wrong_and_says_how_to_mend_it(
    addressed: dict[str, str],
    owner: asyncpg.Connection,
    here: Here,
    about: str,
    damage: str,
    told: str,
) -> None:
    await owner.execute("SET session_replication_role = replica")  # past the log's own guards
    await owner.execute(damage)

    code, found = await look(here, addressed)

    assert code == Exit.REFUSED
    assert next(name for name, finding in found.items() if finding["fine"] is False) == about
    assert told in found[about]["detail"]


async def test_missing_front_end_files_are_named_with_their_cure(
    addressed: dict[str, str], here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "STATIC", tmp_path)

    code, found = await look(here, addressed)

    assert code == Exit.REFUSED
    assert found["front-end files"]["fine"] is False
    assert "run `python -m app.pages.assets`" in found["front-end files"]["detail"]


async def test_people_are_shown_the_same_as_a_table(
    addressed: dict[str, str], owner: asyncpg.Connection, here: Here
) -> None:
    await owner.execute("UPDATE register_words SET documents = documents + 1")

    ended = await here("doctor", COLUMNS="200", **addressed)

    assert (ended.code, ended.out) == (Exit.REFUSED, "")
    wrong = [line for line in ended.err.splitlines() if "✗" in line]
    assert len(wrong) == 1
    assert "miscounted" in wrong[0]


async def test_migrate_mends_a_damaged_read_model_from_the_log(
    addressed: dict[str, str], owner: asyncpg.Connection, here: Here
) -> None:
    before = await owner.fetch("SELECT * FROM register_documents ORDER BY number")
    await owner.execute("DELETE FROM register_documents WHERE number = 'AP000001U'")
    await owner.execute("UPDATE register_words SET documents = documents + 1")
    assert (await look(here, addressed))[0] == Exit.REFUSED

    ended = await here("migrate", "--rebuild", "--json", **addressed)

    migrated = orjson.loads(ended.out)
    assert migrated["before"] == migrated["after"]
    assert (await look(here, addressed))[0] == Exit.DONE
    assert await owner.fetch("SELECT * FROM register_documents ORDER BY number") == before
