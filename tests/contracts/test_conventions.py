"""The house rules hold, and each of them finds what is planted for it."""

from pathlib import Path

import pytest

from tests.contracts.conventions import (
    EVERYWHERE,
    IN_APP,
    INIT_MAY_DEFINE,
    MAY_READ_THE_TIME,
    Rule,
    Source,
    commits,
    findings,
    holds_sql,
    init_is_a_docstring,
    packages_without_init,
    reads_the_time,
    relative_imports,
    sources,
    too_long,
    undocumented,
    unfinished,
    unusual_file_names,
)
from tests.contracts.extra_files import EXTRA_FILES

REPOSITORY = Path(__file__).resolve().parents[2]
LATER = "TO" + "DO"
NOT_DONE = "NotImplemented" + "Error"

PLANTED: dict[str, tuple[Rule, str, str]] = {
    "401 lines": (too_long, "app/places/service.py", "x = 1\n" * 401),
    "something left for later": (unfinished, "app/places/service.py", f"x = 1  # {LATER}: more"),
    "something not done": (unfinished, "tests/test_x.py", f"def f():\n    raise {NOT_DONE}"),
    "a commit in a service": (commits, "app/places/service.py", "await session.commit()"),
    "a rollback in a command": (commits, "app/cli/serve.py", "a.b.rollback()"),
    "datetime.now": (reads_the_time, "app/places/terms.py", "x = datetime.now(UTC)"),
    "datetime.datetime.utcnow": (
        reads_the_time,
        "app/db/base.py",
        "import datetime as dt\nx = dt.datetime.utcnow()",
    ),
    "date.today handed on": (reads_the_time, "app/places/models.py", "f(default=date.today)"),
    "time.time": (reads_the_time, "app/http/etag.py", "x = time.time()"),
    "time imported by name": (reads_the_time, "app/http/etag.py", "from time import time_ns"),
    "SQL in a service": (holds_sql, "app/places/service.py", 'x = "SELECT 1"'),
    "SQL in lower case": (holds_sql, "app/cli/doctor.py", 'x = "select a from b"'),
    "SQL on the next line": (holds_sql, "app/main.py", 'x = """\n  WITH a AS (SELECT 1)"""'),
    "SQL with names put in": (holds_sql, "app/places/router.py", 'x = f"COPY {table} FROM STDIN"'),
    "SQLAlchemy in a page": (holds_sql, "app/pages/search.py", "from sqlalchemy import select"),
    "SQLAlchemy's sessions": (holds_sql, "app/demo/bulk.py", "import sqlalchemy.orm"),
    "a statement run in a page": (holds_sql, "app/pages/search.py", "await pool.fetch(x)"),
    "a copy in a command": (
        holds_sql,
        "app/cli/imports.py",
        "await c.copy_records_to_table('x', records=r)",
    ),
    "an empty package": (init_is_a_docstring, "app/places/__init__.py", ""),
    "a re-export": (
        init_is_a_docstring,
        "app/places/__init__.py",
        '"""Places."""\nfrom app.places.service import find',
    ),
    "more than the entry point": (
        init_is_a_docstring,
        "app/cli/__init__.py",
        '"""Commands."""\ndef main() -> None: ...\ndef other() -> None: ...',
    ),
    "a function without a docstring": (undocumented, "app/places/service.py", "def f(): pass"),
    "a method without a docstring": (
        undocumented,
        "app/places/service.py",
        'class A:\n    """A."""\n    async def f(self): pass',
    ),
    "a class without a docstring": (undocumented, "app/places/terms.py", "class A: pass"),
    "a relative import": (relative_imports, "app/places/service.py", "from . import queries"),
    "a helpers file": (unusual_file_names, "app/places/helpers.py", ""),
    "a folder of other things": (unusual_file_names, "app/places/terms/more.py", ""),
}

FINE: dict[str, tuple[Rule, str, str]] = {
    "400 lines": (too_long, "app/places/service.py", "x = 1\n" * 400),
    "a commit in the database's own code": (commits, "app/db/migrating.py", "c.commit()"),
    "a commit that is not one": (commits, "app/places/service.py", "x = row.commit"),
    "the clock": (reads_the_time, "app/clock.py", "datetime.now(UTC)"),
    "a stopwatch": (reads_the_time, "app/http/metrics.py", "time.perf_counter()"),
    "our clock": (reads_the_time, "app/places/service.py", "clock.now(); clock.today()"),
    "SQL in queries": (holds_sql, "app/places/queries.py", 'x = "SELECT 1"'),
    "SQL in one of several query files": (
        holds_sql,
        "app/register/queries/search.py",
        "from sqlalchemy import text\nawait c.execute(text('SELECT 1'))",
    ),
    "a condition in a table": (holds_sql, "app/places/models.py", "import sqlalchemy"),
    "English": (holds_sql, "app/pages/search.py", 'x = "Select a place, or update yours"'),
    "SQL told of": (holds_sql, "app/cli/x.py", 'def f():\n    """SELECT on everything."""'),
    "SQL told of beside a name": (holds_sql, "app/cli/x.py", 'X = 1\n"""SELECT 1"""'),
    "SQLAlchemy's errors": (holds_sql, "app/http/x.py", "from sqlalchemy.exc import DBAPIError"),
    "a docstring alone": (init_is_a_docstring, "app/places/__init__.py", '"""Places."""'),
    "the entry point": (
        init_is_a_docstring,
        "app/cli/__init__.py",
        '"""Commands."""\ndef main() -> None: ...',
    ),
    "a private function": (undocumented, "app/places/service.py", "def _f(): pass"),
    "a function inside another": (
        undocumented,
        "app/places/service.py",
        'def f():\n    """F."""\n    def g(): pass',
    ),
    "an override": (
        undocumented,
        "app/places/service.py",
        "class _A:\n    def f(self): pass\n@override\ndef g(): pass",
    ),
    "an import from app": (relative_imports, "app/places/service.py", "from app.places import x"),
    "a usual file": (unusual_file_names, "app/places/queries.py", ""),
    "one of several query files": (unusual_file_names, "app/register/queries/search.py", ""),
    "plumbing": (unusual_file_names, "app/http/etag.py", ""),
}


class TestRules:
    @pytest.mark.parametrize(("rule", "path", "text"), PLANTED.values(), ids=PLANTED)
    def test_each_rule_finds_what_is_planted(self, rule: Rule, path: str, text: str) -> None:
        found = list(rule(Source(path, text)))

        assert len(found) == 1
        assert found[0].startswith(path)

    @pytest.mark.parametrize(("rule", "path", "text"), FINE.values(), ids=FINE)
    def test_no_rule_minds_what_is_fine(self, rule: Rule, path: str, text: str) -> None:
        assert list(rule(Source(path, text))) == []

    def test_every_rule_has_something_planted_for_it(self) -> None:
        assert {rule for rule, _, _ in PLANTED.values()} == {*EVERYWHERE, *IN_APP}

    def test_a_folder_that_is_no_package_is_found(self, tmp_path: Path) -> None:
        for name in ("app/__init__.py", "app/places/__init__.py", "app/places/queries/search.py"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).touch()

        assert packages_without_init(tmp_path) == ["app/places/queries"]


class TestThisTree:
    def test_keeps_the_rules_for_all_source(self) -> None:
        assert findings(EVERYWHERE, sources(REPOSITORY, "app", "tests")) == []

    def test_keeps_the_rules_for_the_service(self) -> None:
        assert findings(IN_APP, sources(REPOSITORY, "app")) == []

    def test_leaves_nothing_for_later_in_migrations(self) -> None:
        assert findings((unfinished,), sources(REPOSITORY, "migrations")) == []

    def test_has_a_docstring_in_every_package(self) -> None:
        assert packages_without_init(REPOSITORY) == []

    @pytest.mark.parametrize("path", [*EXTRA_FILES, *MAY_READ_THE_TIME, *INIT_MAY_DEFINE])
    def test_makes_no_exception_for_a_file_that_is_gone(self, path: str) -> None:
        assert (REPOSITORY / path).is_file()

    def test_gives_a_reason_for_every_unusual_file(self) -> None:
        assert [path for path, reason in EXTRA_FILES.items() if len(reason.split()) < 4] == []
