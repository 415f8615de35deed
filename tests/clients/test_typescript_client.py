"""A client that `openapi-typescript` writes from our document walks over a real server."""

import json
import shutil
import subprocess
from pathlib import Path

import asyncpg
import pytest

from app.config import Settings
from app.main import create_app
from tests.cli.services import Service
from tests.clients.saw import check
from tests.node_packages import find_node, install, is_installed

pytestmark = pytest.mark.heavy

HERE = Path(__file__).parent / "typescript"
SECONDS = 240


async def test_a_generated_typescript_client_walks_from_search_to_feed(
    service: Service, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    _set_up(tmp_path, service.get("/openapi.json"))
    _run("openapi-typescript/bin/cli.js", "openapi.json", "-o", "api.d.ts", folder=tmp_path)
    _run("typescript/bin/tsc", "--project", ".", folder=tmp_path)

    told = _node("walk.js", service.base, folder=tmp_path)

    await check(json.loads(told.stdout), owner)


def test_a_client_that_takes_an_answer_for_what_it_is_not_is_refused(
    tmp_path: Path,
) -> None:
    _set_up(tmp_path, json.dumps(create_app(Settings()).openapi()).encode())
    wrong = (HERE / "walk.ts").read_text().replace("one.name)", "one.nome)")
    (tmp_path / "walk.ts").write_text(wrong)
    _run("openapi-typescript/bin/cli.js", "openapi.json", "-o", "api.d.ts", folder=tmp_path)

    with pytest.raises(AssertionError, match="Property 'nome' does not exist"):
        _run("typescript/bin/tsc", "--project", ".", folder=tmp_path)


def _set_up(folder: Path, document: bytes) -> None:
    """Lay out what is compiled, with the packages that the lock names."""
    if find_node() is None:
        pytest.skip("THE GENERATED TYPESCRIPT CLIENT IS NOT TESTED: there is no Node.js")
    if install(HERE) != 0 or not is_installed(HERE):
        pytest.skip("THE GENERATED TYPESCRIPT CLIENT IS NOT TESTED: npm could not install it")
    for name in ("package.json", "tsconfig.json", "walk.ts"):
        shutil.copy(HERE / name, folder / name)
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    (folder / "openapi.json").write_bytes(document)


def _run(program: str, *arguments: str, folder: Path) -> None:
    done = _node(f"node_modules/{program}", *arguments, folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr


def _node(program: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    node = find_node()
    assert node is not None
    return subprocess.run(  # noqa: S603 - Node.js, fixed arguments, no shell
        [node, program, *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=SECONDS,
    )
