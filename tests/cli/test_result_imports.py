"""Results of inspections out of files: each lands or is refused by itself, and is reported."""

import json
from pathlib import Path
from typing import Any

import asyncpg
import orjson

from app.access import Permission
from app.cli.output import Exit
from app.config import Settings
from tests.cli.running import Here, addresses
from tests.factories.inspecting import add_desk, found, somebody
from tests.factories.machines import add_machine
from tests.factories.results import a_result


def written(folder: Path, name: str, *documents: Any) -> Path:
    """Write documents into a file, one a line."""
    path = folder / name
    path.write_text("\n".join(json.dumps(one) for one in documents) + "\n", encoding="utf-8")
    return path


async def test_each_document_lands_or_is_refused_by_itself_and_a_second_run_changes_nothing(
    here: Here, settings: Settings, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    desk = await add_desk(owner)
    machine = await add_machine(owner, desk.lead, Permission.INSPECTIONS_SUBMIT)
    first, second = a_result(desk), a_result(desk, desk.colleague)
    wrong = a_result(desk, judgements=[found("1.1a", "not-met", finding=None)])
    odd = a_result(desk, sites="1")
    many = written(tmp_path, "many.jsonl", second, wrong, odd, first)
    broken = tmp_path / "broken.json"
    broken.write_text('{"schema": ')
    files = (written(tmp_path, "one.json", first), many, broken)
    words = ("import", "results", *files, "--machine", str(machine.id))
    trial = await here(*words, "--dry-run", "--json", **addresses(settings))
    untouched = await owner.fetchval("SELECT count(*) FROM received_results")
    ran = await here(*words, "--json", **addresses(settings))
    again = await here(*words, **addresses(settings))

    assert (trial.code, ran.code, again.code) == (Exit.REFUSED,) * 3, ran.err
    assert untouched == 0
    told = orjson.loads(ran.out)
    assert told["counts"] == {
        "applied": 3,
        "kept": 0,
        "dismissed": 0,
        "refused": 3,
        "landed_before": 1,
    }
    by_line = {(one["file"], one["line"]): one for one in told["results"]}
    assert [one["pointer"] for one in by_line["many.jsonl", 2]["errors"]] == [
        "/judgements/0/finding",
        "/judgements",
        "/judgements",
    ]
    assert by_line["many.jsonl", 3]["errors"][0]["pointer"] == "/sites"
    assert by_line["many.jsonl", 4]["again"]
    assert "not JSON" in by_line["broken.json", None]["detail"]
    assert "3 landed before" in again.out
    assert "many.jsonl, line 2" in again.out
    assert await owner.fetchval("SELECT count(*) FROM inspections") == 2


async def test_only_a_machine_with_the_scope_submits(
    here: Here, settings: Settings, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    desk = await add_desk(owner)
    may_not = await add_machine(owner, desk.lead, Permission.INSPECTIONS_READ)
    file = written(tmp_path, "one.json", a_result(desk))
    for machine, words in ((str(may_not.id), "scope"), (somebody(), "No machine")):
        ended = await here("import", "results", file, "--machine", machine, **addresses(settings))

        assert ended.code == Exit.REFUSED
        assert words in ended.err
    missing = await here(
        "import", "results", tmp_path / "none.json", "--machine", somebody(), **addresses(settings)
    )
    assert missing.code == Exit.USAGE
    assert await owner.fetchval("SELECT count(*) FROM received_results") == 0
