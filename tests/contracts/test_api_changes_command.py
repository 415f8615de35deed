import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.api_changes import compare, main
from tests.contracts.changes import Json

REPOSITORY = Path(__file__).resolve().parents[2]


def a_document() -> Json:
    """One operation that takes a limit and a body."""
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer"}}
    operation = {"parameters": [limit], "requestBody": {"content": {}}, "responses": {}}
    return {"openapi": "3.1.0", "paths": {"/v1/lookup": {"post": operation}}}


def written(folder: Path, name: str, document: Json) -> str:
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


class TestMain:
    def test_prints_the_breaks_first_and_returns_one(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        new = a_document()
        operation = new["paths"]["/v1/lookup"]["post"]
        operation["parameters"][0]["schema"]["default"] = 50
        del operation["requestBody"]

        status = main([written(tmp_path, "old", a_document()), written(tmp_path, "new", new)])

        place = "POST /v1/lookup →"
        assert status == 1
        assert capsys.readouterr().out.splitlines() == [
            f"breaking: {place} body: is no longer accepted",
            f"careful: {place} query parameter limit: the default was none and is now 50",
        ]

    def test_returns_nought_when_nothing_breaks(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = written(tmp_path, "same", a_document())

        assert main([path, path]) == 0
        assert capsys.readouterr().out == ""

    @pytest.mark.parametrize(("position", "status"), [("input", 0), ("output", 1)])
    def test_takes_json_schemas_and_who_writes_them(
        self, tmp_path: Path, position: str, status: int
    ) -> None:
        old = written(tmp_path, "old", {"type": "string"})
        new = written(tmp_path, "new", {"type": ["string", "null"]})

        assert main([old, new, "--position", position]) == status
        assert main([old, new]) == 1

    def test_refuses_documents_of_two_kinds(self) -> None:
        with pytest.raises(ValueError, match="cannot be compared"):
            compare(a_document(), {"type": "string"})

    def test_runs_from_the_command_line(self, tmp_path: Path) -> None:
        new = {**a_document(), "paths": {}}
        files = [written(tmp_path, "old", a_document()), written(tmp_path, "new", new)]

        run = subprocess.run(  # noqa: S603 - our own module, with files this test wrote
            [sys.executable, "-m", "tests.contracts.api_changes", *files],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
        )

        assert (run.returncode, run.stderr) == (1, "")
        assert run.stdout == "breaking: /v1/lookup: the path is gone\n"
