"""Each contract of `pyproject.toml` is shown to refuse what it is there to refuse."""

import re
import shutil
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
KINDS = ("errors", "models", "queries", "router", "schemas", "service")

DOWNWARDS = "Slices import downwards only"
PURE = "The law and the values are pure"
NO_SQL = "Services, routers and pages hold no SQL"
NO_HTTP = "Services and queries do not know HTTP"
NO_TABLES = "Routers and pages never touch tables"
APART = "The pages for each kind of visitor know nothing of the others'"

PLANTS: dict[str, tuple[str, str, set[str]]] = {
    "a slice that imports one above": (
        "places/service.py",
        "from app.register import service",
        {DOWNWARDS},
    ),
    "an upward import deep in a function": (
        "ledger/queries.py",
        "def late():\n    import app.providers.models",
        {DOWNWARDS},
    ),
    "the database that knows a slice": ("db/base.py", "import app.ledger", {DOWNWARDS}),
    "a slice that imports the entry point": ("pages/router.py", "import app.main", {DOWNWARDS}),
    "a sibling": ("interchange/service.py", "import app.statistics", {DOWNWARDS}),
    "a sibling at the bottom": ("log.py", "import app.values", {DOWNWARDS}),
    "a folder without a place": ("utils/__init__.py", "", {DOWNWARDS}),
    "a file without a place": ("helpers.py", "", {DOWNWARDS}),
    "SQLAlchemy in a value": ("values/service.py", "import sqlalchemy", {PURE, NO_SQL}),
    "Pydantic in a value": ("values/schemas.py", "from pydantic import BaseModel", {PURE}),
    "the clock in a value": ("values/errors.py", "from app import clock", {PURE, DOWNWARDS}),
    "FastAPI in access": ("access.py", "import fastapi", {PURE}),
    "SQLAlchemy in a service": ("providers/service.py", "from sqlalchemy import text", {NO_SQL}),
    "asyncpg in a router": ("register/router/providers.py", "import asyncpg", {NO_SQL}),
    "SQLAlchemy in a page": ("pages/search.py", "import sqlalchemy.orm", {NO_SQL}),
    "FastAPI in a query": ("register/queries.py", "import fastapi", {NO_HTTP}),
    "FastAPI in one of several query files": (
        "register/queries/search.py",
        "import fastapi",
        {NO_HTTP},
    ),
    "SQLAlchemy in one of several service files": (
        "providers/service/listing.py",
        "import sqlalchemy",
        {NO_SQL},
    ),
    "Starlette in a service": ("places/service.py", "import starlette.requests", {NO_HTTP}),
    "HTTP in a table": ("places/models.py", "from app.http import schemas", {NO_HTTP}),
    "tables in a router": (
        "register/router/providers.py",
        "from app.register.models import Row",
        {NO_TABLES},
    ),
    "another slice's tables in a page": (
        "pages/provider.py",
        "from app.providers import models",
        {NO_TABLES},
    ),
    "a page of owners' in one of officers'": (
        "pages/officers/records.py",
        "import app.pages.owners",
        {APART},
    ),
    "the base of all tables in a router": (
        "places/router.py",
        "from app.db.base import Base",
        {NO_TABLES},
    ),
}


def contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return found


def layers() -> list[list[str]]:
    """Every layer of the first contract, top first; bracketed names are slices yet to come."""
    written = next(one["layers"] for one in contracts() if one["name"] == DOWNWARDS)
    return [re.findall(r"\w+", layer) for layer in written]


def lint(folder: Path) -> tuple[int, str, set[str]]:
    """Check a tree; return the exit code, what was printed, and the contracts found broken."""
    run = subprocess.run(  # noqa: S603 - the linter of this environment, on a tree of our own
        [LINT_IMPORTS, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    printed = run.stdout + run.stderr
    return run.returncode, printed, set(re.findall(r"^(.+) BROKEN", printed, re.MULTILINE))


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty house of the same outline: every slice that has a place, every kind of file."""
    folder = tmp_path_factory.mktemp("skeleton")
    shutil.copy(REPOSITORY / "pyproject.toml", folder)
    for name in (name for layer in layers() for name in layer):
        package = folder / "app" / name
        package.mkdir(parents=True)
        for kind in ("__init__", *KINDS):
            (package / f"{kind}.py").touch()
    for name in next(one["modules"] for one in contracts() if one["name"] == APART):
        package = folder.joinpath(*name.split("."))
        package.mkdir()
        (package / "__init__.py").touch()
    (folder / "app" / "__init__.py").touch()
    (folder / "app" / "db" / "base.py").touch()
    return folder


@pytest.fixture
def house(skeleton: Path, tmp_path: Path) -> Path:
    """A copy to plant something in."""
    return Path(shutil.copytree(skeleton, tmp_path / "house"))


def plant(house: Path, where: str, line: str) -> None:
    path = house / "app" / where
    if path.suffix == ".py" and path.with_suffix("").is_dir():
        path = path.with_suffix("") / "__init__.py"
    if not path.parent.is_dir():
        path.parent.with_suffix(".py").unlink(missing_ok=True)
        path.parent.mkdir()
        (path.parent / "__init__.py").touch()
    path.write_text(f"{line}\n", encoding="utf-8")


class TestContracts:
    def test_this_tree_keeps_them(self) -> None:
        status, printed, broken = lint(REPOSITORY)

        assert (status, broken) == (0, set()), printed

    def test_an_empty_house_keeps_them(self, house: Path) -> None:
        status, printed, broken = lint(house)

        assert (status, broken) == (0, set()), printed
        assert printed.count("KEPT") == len(contracts())

    @pytest.mark.parametrize(("where", "line", "refused_by"), PLANTS.values(), ids=PLANTS)
    def test_each_planted_violation_is_refused(
        self, house: Path, where: str, line: str, refused_by: set[str]
    ) -> None:
        plant(house, where, line)

        status, printed, broken = lint(house)

        assert (status, broken) == (1, refused_by), printed

    def test_no_layer_may_import_the_one_above_it(self, house: Path) -> None:
        order = layers()
        pairs = [(low[0], high[0]) for high, low in pairwise(order)]
        for low, high in pairs:
            plant(house, f"{low}/errors.py", f"import app.{high}.errors")

        status, printed, _ = lint(house)

        assert status != 0
        for low, high in pairs:
            assert f"app.{low} is not allowed to import app.{high}" in printed

    def test_every_contract_has_something_planted_against_it(self) -> None:
        assert {one["name"] for one in contracts()} == set().union(
            *(refused_by for _, _, refused_by in PLANTS.values())
        )
