"""A client that `openapi-python-client` writes from our document walks over a real server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from tests.cli.services import Service
from tests.clients.saw import check

pytestmark = pytest.mark.heavy

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CONFIG = "project_name_override: register-client\npackage_name_override: register_client\n"
SECONDS = 240


async def test_a_generated_python_client_walks_from_search_to_feed(
    service: Service, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    python = _environment(tmp_path)
    warned = _generate(python, service, tmp_path)
    assert "/v1/register" not in warned, warned
    assert "/v1/providers" not in warned, warned

    told = _run(python, str(HERE / "walk.py"), service.base, folder=tmp_path)

    await check(json.loads(told), owner)


def _environment(folder: Path) -> Path:
    """Make an environment that holds what the lock names, and nothing of ours."""
    _run(Path(sys.executable), "-m", "venv", str(folder / "venv"), folder=folder)
    python = folder / "venv" / "bin" / "python"
    lock = ROOT / "requirements-clients.lock"
    asked = ("install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", str(lock))
    try:
        _run(python, "-m", "pip", *asked, folder=folder)
    except subprocess.CalledProcessError as error:
        pytest.skip(f"THE GENERATED PYTHON CLIENT IS NOT TESTED: pip says {error.stderr[-300:]}")
    return python


def _generate(python: Path, service: Service, folder: Path) -> str:
    """Write the client from the document that the service serves; return what was said."""
    (folder / "config.yaml").write_text(CONFIG)
    (folder / "openapi.json").write_bytes(service.get("/openapi.json"))
    return _run(
        python,
        "-m",
        "openapi_python_client",
        *("generate", "--path", "openapi.json", "--config", "config.yaml"),
        *("--meta", "none", "--output-path", "register_client"),
        folder=folder,
    )


def _run(python: Path, *arguments: str, folder: Path) -> str:
    done = subprocess.run(  # noqa: S603 - an interpreter, fixed arguments, no shell
        [str(python), *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
        env=os.environ | {"PATH": f"{python.parent}:{os.environ['PATH']}", "PYTHONPATH": "."},
        timeout=SECONDS,
    )
    return done.stdout + done.stderr
