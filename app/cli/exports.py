"""`ap-register export`: the register, an authority's own list, and what others build against."""

import asyncio
import csv
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Annotated, Any
from urllib.parse import unquote, urlsplit

import asyncpg
import orjson
import typer

from app.access import OPERATOR
from app.cli import audit
from app.cli.files import written
from app.cli.output import Advance, Exit, progress, result, stop
from app.cli.surroundings import address, database, opened
from app.config import ConfigurationError, Settings
from app.db.embedded.binaries import find_binaries
from app.db.transactions import reading
from app.interchange import documents
from app.places.facts import find_la
from app.providers.queries import recording as provider_queries
from app.register.queries.downloads import snapshot
from app.register.terms import DownloadFormat, Table
from app.register.whole_files import Wanted, write
from app.values.cells import safe_cell

app = typer.Typer(help="Write the register, or documents about it, to files.", no_args_is_help=True)
app.command("audit")(audit.export_audit)

KNOWN_COLUMNS = (
    "number",
    "name",
    "status",
    "list_name",
    "list_date",
    "list_reference",
    "listed_as",
    "source_url",
    "local_result",
    "local_result_on",
)
ROOT = Path(__file__).resolve().parents[2]
_LINE = 200
"""How long a line of a large JSON document may be before its members get lines of their own."""


Output = Annotated[Path, typer.Option("--output", "-o", help="A file; `-` is standard output.")]


@app.command()
def register(
    output: Output = Path("-"),
    *,
    shape: Annotated[DownloadFormat, typer.Option("--format")] = DownloadFormat.JSONL,
    table: Annotated[Table, typer.Option(help="What a row of a CSV file is.")] = Table.PROVIDERS,
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON.")] = False,
) -> None:
    """Write the whole public register; its last line says what it holds."""
    if shape is DownloadFormat.JSONL and table is not Table.PROVIDERS:
        stop(Exit.USAGE, "Only CSV has tables: add --format csv, or leave --table out.")
    wanted = Wanted(shape, table)
    with (
        database(Settings.load()) as reached,
        written(output) as file,
        progress("Writing the register") as advance,
    ):
        count = asyncio.run(_write(reached.settings, wanted, file, advance))
    if str(output) != "-":
        text = f"{count} providers written to {output}."
        result({"providers": count, "file": str(output)}, as_json=as_json, text=text)


@app.command()
def known(
    la: Annotated[str, typer.Argument(help="A local authority: DfE code, GSS code or name.")],
    output: Output = Path("-"),
) -> None:
    """Write the providers a local authority's own lists name, as CSV. Not public."""
    authority = find_la(la)
    with database(Settings.load()) as reached, written(output) as file:
        rows = asyncio.run(_known(reached.settings, authority.la_code))
        lines = csv.writer(_Encoded(file), lineterminator="\r\n")
        lines.writerow(KNOWN_COLUMNS)
        lines.writerows([[safe_cell(cell) for cell in row] for row in rows])


@app.command("documents")
def write_documents(
    *,
    check: Annotated[
        bool, typer.Option(help="Change nothing; fail if one is out of date.")
    ] = False,
) -> None:
    """Write openapi/, schemas/ and migrations/schema.sql anew from the code."""
    from app.main import create_app  # noqa: PLC0415 - the whole service, for this one export alone

    made = {ROOT / "openapi/openapi.json": folded(create_app(Settings(public_url=None)).openapi())}
    for name, schema in documents.json_schemas().items():
        made[ROOT / f"schemas/{name}.json"] = _pretty(schema)
    with database(Settings.load()) as reached:
        made[ROOT / "migrations/schema.sql"] = dump_schema(reached.settings)
    changed = [path for path, text in made.items() if not path.exists() or path.read_text() != text]
    names = ", ".join(str(path.relative_to(ROOT)) for path in changed)
    if check and changed:
        stop(Exit.REFUSED, f"Out of date: {names}. Run `make documents` and commit what it writes.")
    for path in changed:
        path.parent.mkdir(exist_ok=True)
        path.write_text(made[path])
    result({"changed": names}, as_json=False, text=f"Written: {names or 'nothing had changed'}.")


def dump_schema(settings: Settings) -> str:
    """Return the tables, policies, triggers and grants as they are now, without what varies.

    Raises:
        ConfigurationError: `pg_dump` cannot read them; the message is its own.
    """
    dump = find_binaries(settings).bin_dir / "pg_dump"
    owner = address(settings.database_owner_url, "DATABASE_OWNER_URL")
    bare, password = _without_password(owner)
    done = subprocess.run(  # noqa: S603 - the server's own pg_dump on our own database
        [str(dump), "--schema-only", "--no-owner", f"--dbname={bare}"],
        capture_output=True,
        check=False,
        env={**os.environ, **({"PGPASSWORD": password} if password else {})},
        text=True,
    )
    if done.returncode:
        message = f"pg_dump cannot read the tables; check DATABASE_OWNER_URL. {done.stderr.strip()}"
        raise ConfigurationError(message)
    lines = [
        line
        for line in done.stdout.splitlines()
        if not line.startswith(("\\restrict", "\\unrestrict", "--", "SET "))
    ]
    text = "\n".join(lines)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip() + "\n"


def _without_password(url: str) -> tuple[str, str]:
    """Part the two: a program's arguments can be read by everybody on the machine."""
    parts = urlsplit(url)
    login, at, hosts = parts.netloc.rpartition("@")
    name, _, password = login.partition(":")
    return parts._replace(netloc=f"{name}{at}{hosts}").geturl(), unquote(password)


async def _write(settings: Settings, wanted: Wanted, file: IO[bytes], advance: Advance) -> int:
    connection = await asyncpg.connect(address(settings.database_read_url, "DATABASE_READ_URL"))
    count = 0
    try:
        async with snapshot(connection) as state:
            async for chunk in write(connection, state, wanted):
                file.write(chunk.data)
                if chunk.providers != count:
                    advance(chunk.providers)
                count = chunk.providers
    finally:
        await connection.close()
    return count


async def _known(settings: Settings, la_code: str) -> list[Any]:
    async with opened(settings) as held, reading(held, OPERATOR) as session:
        return list(await provider_queries.find_known_by(session, la_code))


class _Encoded:
    """Lets `csv` write text to a file of bytes."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def write(self, text: str) -> int:
        """Write text as UTF-8."""
        return self.file.write(text.encode())


def _pretty(document: dict[str, Any]) -> str:
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(document, option=options).decode()


def folded(document: Any) -> str:
    """Return a large JSON document of which a change shows as a few lines that changed.

    What fits on a line is on one; the whole is a third of what it would be with a line for each
    member.
    """
    return "".join(_folded(document, "")) + "\n"


def _folded(value: Any, indent: str) -> Iterator[str]:
    whole = orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    if len(indent) + len(whole) <= _LINE or not isinstance(value, dict | list):
        yield whole
        return
    deeper = indent + " "
    inside = sorted(value.items()) if isinstance(value, dict) else [("", one) for one in value]
    yield "{" if isinstance(value, dict) else "["
    for number, (name, held) in enumerate(inside):
        yield f"{',' * bool(number)}\n{deeper}"
        if isinstance(value, dict):
            yield f"{orjson.dumps(name).decode()}: "
        yield from _folded(held, deeper)
    yield f"\n{indent}" + ("}" if isinstance(value, dict) else "]")
