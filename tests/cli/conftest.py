"""Commands run in the test's own process: Python need not be started for each."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from app.cli import main
from tests.cli.running import Ended, Here


@pytest.fixture
def here(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Here:
    """Run a command in this process; an exception that it lets through fails the test."""

    async def run(*words: str | Path, **changes: str) -> Ended:
        with monkeypatch.context() as changed:
            for name in [name for name in os.environ if name.startswith("DATABASE_")]:
                changed.delenv(name)
            for name, value in changes.items():
                changed.setenv(name, value)
            changed.setattr(sys, "argv", ["ap-register", *map(str, words)])
            changed.chdir(tmp_path)
            capsys.readouterr()
            code = await asyncio.to_thread(_exit_code)
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return run


def _exit_code() -> int:
    """A command runs event loops of its own, so not in the thread that has the test's."""
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    message = "the command returned without an exit code"
    raise AssertionError(message)
