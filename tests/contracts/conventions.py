"""The house rules that can be read off the source; each is a function from source to findings.

Every exception to a rule is written down here, with its reason.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from tests.contracts.extra_files import EXTRA_FILES

MOST_LINES = 400

SLICES = frozenset(
    {"oversight", "statistics", "notifications", "interchange", "placements", "assessments"}
    | {"children", "calculators", "funding", "attendance", "reviews", "safeguarding"}
    | {"notices"}
    | {"register", "inspections", "occupancy", "concerns", "providers", "standards"}
    | {"organisations", "places", "files", "audit", "outbox", "ledger"}
)
"""Packages named for the field; the others are plumbing and name their files as they like."""

KINDS = frozenset(
    {"__init__", "terms", "models", "schemas", "errors", "events", "policies", "queries"}
    | {"service", "router"}
)
"""What a slice's files are called."""
MAY_BE_FOLDERS = frozenset({"models", "queries", "router", "schemas", "service"})
"""Those that may be folders, one file a subject, where a slice has several."""

MAY_COMMIT = ("app/db/",)
MAY_HOLD_SQL = ("app/db/", "app/models.py")
MAY_READ_THE_TIME = {
    "app/clock.py": "it is the clock",
    "app/http/rate_limits.py": "the limits library keeps its windows by the computer's own time",
    "app/values/uuid7.py": "a key's time only makes keys sort; it is never read back",
}
INIT_MAY_DEFINE = {"app/cli/__init__.py": {"main"}}  # the entry point of `pyproject.toml`

_EXECUTES = frozenset(
    {"execute", "executemany", "exec_driver_sql", "scalar", "scalars"}
    | {"fetch", "fetchrow", "fetchval", "fetchmany"}
    | {"copy_records_to_table", "copy_to_table", "copy_from_table", "copy_from_query"}
)
_SQL = re.compile(
    r"\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|COPY|CREATE|ALTER|DROP|GRANT|REVOKE"
    r"|TRUNCATE|MERGE INTO|LOCK|NOTIFY|LISTEN|VACUUM|ANALYZE|EXPLAIN|SET LOCAL|SET ROLE)\s"
    r"|(?i:\s*(?:select\s.*\sfrom\s|insert\s+into\s|delete\s+from\s|update\s+\w+\s+set\s))",
    re.DOTALL,
)
_TIME_READERS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime"},
}
_UNFINISHED = re.compile(
    r"\b(?:"
    + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "NotImplemented" + "Error"))
    + r")\b"
)

_Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Source:
    """A Python file.

    Attributes:
        path: where it lies, from the top of the repository, with forward slashes.
        text: what it holds.
    """

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Return the file parsed."""
        return ast.parse(self.text)

    @property
    def slice_name(self) -> str | None:
        """Return the slice the file belongs to, if it belongs to one."""
        parts = PurePosixPath(self.path).parts
        return parts[1] if len(parts) > 2 and parts[1] in SLICES else None

    @property
    def holds_queries(self) -> bool:
        """Say whether SQL belongs here."""
        name = PurePosixPath(self.path)
        return (
            self.path.startswith(MAY_HOLD_SQL)
            or name.name == "models.py"
            or name.name.startswith("queries")
            or not {"models", "queries"}.isdisjoint(name.parent.parts)
        )


Rule: TypeAlias = Callable[[Source], Iterator[str]]
"""Yields findings: `path:line: what is wrong and what to do instead`."""


def sources(repository: Path, *folders: str) -> list[Source]:
    """Read every Python file under these folders of the repository."""
    return [
        Source(path.relative_to(repository).as_posix(), path.read_text(encoding="utf-8"))
        for folder in folders
        for path in sorted((repository / folder).rglob("*.py"))
    ]


def findings(rules: tuple[Rule, ...], read: list[Source]) -> list[str]:
    """Return everything these rules find in these files."""
    return [finding for source in read for rule in rules for finding in rule(source)]


def too_long(source: Source) -> Iterator[str]:
    """Keep a file short enough to be read in one sitting."""
    lines = len(source.text.splitlines())
    if lines > MOST_LINES:
        yield f"{source.path}: {lines} lines; split it by subject, {MOST_LINES} are allowed"


def unfinished(source: Source) -> Iterator[str]:
    """Leave nothing for later in the source; what is left for later is an issue."""
    for number, line in enumerate(source.text.splitlines(), start=1):
        for word in _UNFINISHED.findall(line):
            yield f"{source.path}:{number}: {word}; finish it, or open an issue and leave it out"


def commits(source: Source) -> Iterator[str]:
    """One transaction has one owner: whoever opened it."""
    if source.path.startswith(MAY_COMMIT):
        return
    for call in _method_calls(source.tree, {"commit", "rollback"}):
        yield f"{source.path}:{call.lineno}: ends a transaction; only app/db may"


def reads_the_time(source: Source) -> Iterator[str]:
    """Whoever reads the time elsewhere cannot live on another day."""
    if source.path in MAY_READ_THE_TIME:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            named = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            read = node.attr in _TIME_READERS.get(named, ())
        else:
            read = (
                isinstance(node, ast.ImportFrom)
                and node.module == "time"
                and any(name.name in _TIME_READERS["time"] for name in node.names)
            )
        if read:
            yield f"{source.path}:{_line(node)}: reads the time; ask app.clock"


def holds_sql(source: Source) -> Iterator[str]:
    """SQL is read, indexed and tuned in one kind of file."""
    if source.holds_queries:
        return
    docstrings = {id(_docstring_node(node)) for node in ast.walk(source.tree)}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in docstrings and _SQL.match(node.value):
                yield f"{source.path}:{node.lineno}: holds SQL; move it to the slice's queries"
        elif isinstance(node, ast.Import | ast.ImportFrom) and _imports_sqlalchemy(node):
            yield f"{source.path}:{node.lineno}: imports SQLAlchemy; move it to the slice's queries"
    for call in _method_calls(source.tree, _EXECUTES):
        yield f"{source.path}:{call.lineno}: runs a statement; call a function of the queries"


def init_is_a_docstring(source: Source) -> Iterator[str]:
    """A package says what it is, and nothing else: no re-exports, no work at import."""
    if PurePosixPath(source.path).name != "__init__.py":
        return
    if not (ast.get_docstring(source.tree) or "").strip():
        yield f"{source.path}: has no docstring; say what the package is and may import"
    allowed = INIT_MAY_DEFINE.get(source.path, set())
    for node in source.tree.body[1:]:
        if getattr(node, "name", None) not in allowed:
            yield f"{source.path}:{node.lineno}: holds more than a docstring"


def undocumented(source: Source) -> Iterator[str]:
    """What others may call says what it means in the field."""
    for node in _public_definitions(source.tree.body):
        if not (ast.get_docstring(node) or "").strip():
            yield f"{source.path}:{node.lineno}: {node.name} has no docstring"


def relative_imports(source: Source) -> Iterator[str]:
    """An import says the whole path, so that a reader can search for it."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield f"{source.path}:{node.lineno}: a relative import; write it from `app` on"


def unusual_file_names(source: Source) -> Iterator[str]:
    """A reader who knows one slice knows where things are in all of them."""
    if source.slice_name is None or source.path in EXTRA_FILES:
        return
    kind = PurePosixPath(source.path).parts[2].removesuffix(".py")
    folder = len(PurePosixPath(source.path).parts) > 3
    if kind not in KINDS or (folder and kind not in MAY_BE_FOLDERS):
        yield (
            f"{source.path}: not a file of a slice ({', '.join(sorted(KINDS))}); "
            "rename it, or give a reason in EXTRA_FILES"
        )


EVERYWHERE: tuple[Rule, ...] = (too_long, unfinished, relative_imports)
"""Rules for the service and its tests alike."""
IN_APP: tuple[Rule, ...] = (
    commits,
    reads_the_time,
    holds_sql,
    init_is_a_docstring,
    undocumented,
    unusual_file_names,
)
"""Rules for the service alone."""


def packages_without_init(repository: Path) -> list[str]:
    """Return folders of Python files that do not say they are a package."""
    folders = {path.parent for path in (repository / "app").rglob("*.py")}
    return sorted(
        folder.relative_to(repository).as_posix()
        for folder in folders
        if not (folder / "__init__.py").is_file()
    )


def _method_calls(tree: ast.Module, names: frozenset[str] | set[str]) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        method = node.func if isinstance(node, ast.Call) else None
        if isinstance(method, ast.Attribute) and method.attr in names:
            yield method


def _docstring_node(node: ast.AST) -> ast.AST | None:
    """Return the string that documents a definition, or a name defined just above it."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return node.value
    return None


def _imports_sqlalchemy(node: ast.Import | ast.ImportFrom) -> bool:
    """Its errors may be known anywhere; nothing else of it."""
    modules = (
        [node.module or ""] if isinstance(node, ast.ImportFrom) else [n.name for n in node.names]
    )
    return any(name.split(".")[0] == "sqlalchemy" and name != "sqlalchemy.exc" for name in modules)


def _public_definitions(body: list[ast.stmt]) -> Iterator[_Definition]:
    for node in body:
        if not isinstance(node, _Definition) or node.name.startswith("_"):
            continue
        if not any(
            getattr(mark, "id", "") in {"override", "overload"} for mark in node.decorator_list
        ):
            yield node
        if isinstance(node, ast.ClassDef):
            yield from _public_definitions(node.body)


def _line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 0))
