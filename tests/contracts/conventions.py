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

MOST_LINES = 400

SLICES = frozenset(
    {"oversight", "statistics", "notifications", "interchange", "placements", "assessments"}
    | {"children", "calculators", "funding", "attendance", "reviews", "safeguarding"}
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

EXTRA_FILES: dict[str, str] = {
    **{
        f"app/calculators/answers/{name}.py": "questions to the law and its answers; pure"
        for name in ("__init__", "attendance", "clocks", "listing", "paying", "registration")
    },
    "app/calculators/answers/safeguarding.py": "how a placement stands; pure",
    "app/audit/exporting.py": "the shape of a file others keep, and the stream it leaves by",
    "app/audit/fields.py": "what changed, as an entry tells it; pure",
    "app/audit/refusals.py": "from a refused request to an entry; `main` hands it to http",
    "app/children/journal.py": "what was erased, as a file beside the keyring; knows no database",
    "app/children/personal_parts.py": "what is personal, under a child's own key; pure",
    "app/files/caring.py": "jobs that scan later and sweep; handlers of the worker",
    "app/files/content.py": "what a file is, from its bytes; pure, and nothing else decides it",
    "app/files/docx_files.py": "the zip a DOCX is, byte by byte; pure",
    "app/files/docx_parts.py": "what may be in a DOCX; pure",
    "app/files/filing.py": "store, scanner and bounds of the settings, handed to every function",
    "app/files/image_files.py": "whether JPEG and PNG files are whole and nothing beside; pure",
    "app/files/names.py": "what a file may be called; pure",
    "app/files/pdf_files.py": "whether a PDF is whole and only shows itself; pure",
    "app/files/scanning.py": "what is said to the virus scanner and understood from it",
    "app/files/spooling.py": "a file on disk while it is looked at; knows no database",
    "app/files/store.py": "where bytes lie: a folder or a bucket; knows no database",
    "app/files/unpacking.py": "unpacking within bounds, for every kind of file; pure",
    "app/inspections/clocks.py": "by when each step of a fair hearing is due; pure",
    "app/inspections/cycle.py": "when a listed site is visited next; pure",
    "app/inspections/document.py": "what is public of an inspection, as JSON and as text; pure",
    "app/inspections/independence.py": "who may not take which part; pure, to be read on its own",
    "app/inspections/outcome.py": "the published outcome rule; pure, to be read on its own",
    "app/inspections/published.py": "the public answers; shared by the router and the pages",
    "app/inspections/risk.py": "how pressing it is to see a site; pure, a table to argue about",
    "app/interchange/gias_cells.py": "one row of an extract while it is read: its faults; pure",
    "app/interchange/gias_columns.py": "which heading of an extract means which column; pure",
    "app/interchange/group_rows.py": "one row of GIAS's groups, read and checked; pure",
    "app/interchange/link_rows.py": "one row of GIAS's links, read and checked; pure",
    "app/interchange/school_rows.py": "one row of GIAS's establishments, read and checked; pure",
    "app/notifications/follow_ups.py": "who is written to about follow-ups; handlers of jobs",
    "app/notifications/attendance.py": "who is told that somebody has not arrived; jobs",
    "app/notifications/inspection_messages.py": "our own words about inspections; pure",
    "app/notifications/inspections.py": "who is written to about inspections; handlers of jobs",
    "app/notifications/mail.py": "how a message leaves: SMTP, or a file; knows no database",
    "app/notifications/reviews.py": "who is written to about reviews; handlers of jobs",
    "app/notifications/messages.py": "our own words in messages; pure",
    "app/notifications/reliances.py": "what tells a QA body that it relies on something no more",
    "app/notifications/reminders.py": "who is reminded of what and when; handlers of the worker",
    "app/organisations/identifiers.py": "one spelling for each number others know them by; pure",
    "app/organisations/openid.py": "what is said to an OpenID provider and understood from it",
    "app/organisations/openid_claims.py": "what DfE Sign-in says of an organisation; pure",
    "app/organisations/openid_provider.py": "what a provider says of itself, and its keys, kept",
    "app/organisations/openid_tokens.py": "what must be true of a token to be believed; pure",
    "app/outbox/clearing.py": "jobs that clear away what is over; handlers of the worker",
    "app/outbox/keeping.py": "makes the jobs of schedules that are due; its own transaction",
    "app/outbox/meters.py": "what is measured of jobs; read by /metrics, never by requests",
    "app/outbox/running.py": "one attempt at one job, from claim to end; its own transactions",
    "app/outbox/schedules.py": "when work that comes round is due, in London time; pure",
    "app/interchange/ages.py": "the many ways in which lists say whom a provider takes; pure",
    "app/interchange/csv_files.py": "reading other people's files is pure; a service decides",
    "app/interchange/documents.py": "which documents are published; read by the export and tests",
    "app/interchange/faults.py": "what every import gathers while it reads, and how it is shown",
    "app/interchange/local_results.py": "an authority's own result, read and compared; pure",
    "app/interchange/known_lines.py": "which lines of a list are held already; pure",
    "app/interchange/provider_columns.py": "which heading means which column; pure",
    "app/interchange/provider_lines.py": "one line of an authority's list, read and checked; pure",
    "app/interchange/provider_offers.py": "what a list's words on ages and offers mean; pure",
    "app/interchange/schools.py": "the rule that tells a school from a provider; pure",
    "app/ledger/canonical.py": "frozen for ever: the bytes of a record, apart from what may change",
    "app/ledger/hashing.py": "frozen for ever: the bytes of a leaf, apart from what may change",
    "app/organisations/actors.py": "how a membership or machine becomes an actor; pure",
    "app/organisations/authentication.py": "from a request to an actor; `main` hands it to http",
    "app/organisations/cookies.py": "names and flags of cookies, for sign-in and authentication",
    "app/organisations/tokens.py": "random tokens and their hashes; pure",
    "app/placements/table.py": "which cell of a file of placements means what; pure",
    "app/places/facts.py": "reads the facts in facts/, which ship with the product; no database",
    "app/places/postcode_files.py": "reading other people's files is pure; a service decides",
    "app/places/postcode_rows.py": "one function for each published shape of a row; pure",
    "app/inspections/eras.py": "which standards and figures hold when; pure",
    "app/inspections/history.py": "what follows for a site, day by day; pure",
    "app/providers/evidence.py": "the words of evidence, and what its days mean; pure",
    "app/providers/completeness.py": "what a record lacks before it can apply; pure",
    "app/providers/identifiers.py": "one spelling for each number others know them by; pure",
    "app/providers/evidence_errors.py": "refusals about evidence; errors.py was too long with them",
    "app/providers/likeness.py": "how alike two records are; pure, with a threshold to argue about",
    "app/providers/lookups.py": "what is said to other registers and understood from them",
    "app/providers/persons_alike.py": "whether two names are one person's; pure",
    "app/providers/readiness.py": "what an application needs, done or missing; pure",
    "app/providers/record_terms.py": "the words of private records, apart from those of listings",
    "app/providers/standing.py": "where listings stand on a day, and when that changes; pure",
    "app/providers/traces.py": "what a record leaves, in the spellings that are compared; pure",
    "app/providers/walk_back_grounds.py": "how telling each thing in common is; pure",
    "app/providers/walking_back.py": "who may be coming back; pure, a threshold to argue about",
    "app/register/ahead.py": "standing and evidence in a record, today and next; pure",
    "app/register/answers.py": "puts rendered bytes together; shared by the router and the pages",
    "app/register/columns.py": "what stands in each cell of the register's tables; pure",
    "app/register/coming.py": "what a record tells of days ahead, as one list; pure",
    "app/register/composing.py": "the allow-list of public fields, to be read on its own",
    "app/register/differences.py": "what an entry changed, line by line; pure",
    "app/register/feed.py": "writes the log for those who follow it; reads only, so no service",
    "app/register/heads.py": "what one process knows of the head; no database of its own",
    "app/register/inspected.py": "a site's outcome, in the words of a record; pure",
    "app/register/numbers.py": "reads a number out of an address, for the router and the pages",
    "app/register/packaging.py": "describes the tables for others' tools; pure",
    "app/register/past.py": "what was known, and what held, on a day; reads only, so no service",
    "app/register/projecting.py": "the one way into the read model, for edits, imports, rebuilds",
    "app/register/publishing.py": "runs inside other slices' transactions; not called by people",
    "app/register/renditions.py": "makes files of a large register; handlers of the worker",
    "app/register/rendering.py": "the stored bytes of a record; pure",
    "app/register/resolving.py": "who bears a number, item by item; reads only, so no service",
    "app/register/packing.py": "filters as bits and tags, for the read model and memory; pure",
    "app/register/searching/__init__.py": "the search's own parts, apart from the log's",
    "app/register/searching/asked.py": "a search resolved, and its page cut; reads only",
    "app/register/searching/packed_filters.py": "the filters of every site, packed in memory; pure",
    "app/register/searching/facets.py": "exact counts over those columns; pure",
    "app/register/searching/memory.py": "what a worker holds of the register, and of which entry",
    "app/register/searching/past.py": "a search of the register as it stood; reads only",
    "app/register/searching/present.py": "a search of the present register; reads only",
    "app/register/searching/rarity.py": "which shape of statement visits fewest rows; pure",
    "app/register/searching/tables.py": "columns of equal length, and rows selected of them; pure",
    "app/register/searching/vocabulary.py": "misspelt words and the nearest ones; pure",
    "app/register/site_records.py": "a site's part of the allow-list, to be read on its own",
    "app/register/verifying.py": "compares the read model with the log; an operator's check",
    "app/register/visits.py": "counts of overdue visits, from memory; reads only, so no service",
    "app/register/watching.py": "keeps that true, beside the requests; on a connection of its own",
    "app/register/whole_files.py": "the shape of a file others keep: bytes, no decisions",
    "app/standards/answers.py": "what is public, put together; shared by router and pages",
    "app/standards/facts.py": "reads the standards in facts/, which ship; no database",
    "app/standards/walking.py": "from an old version to a new, over those between; pure",
}
"""Files of a slice by another name, and why none of the usual names would do."""

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
