"""How fast an extract of schools comes in: new, unchanged, and beside reading alone.

Every measurement is a process of its own, so that its peak memory is its own. The register of
“unchanged” holds all of the schools already.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from app.access import OPERATOR
from app.cli.output import progress, say
from app.cli.surroundings import opened
from app.config import Settings
from app.db.transactions import transaction
from app.interchange.csv_files import examine, open_table
from app.interchange.gias_cells import RowReading
from app.interchange.gias_columns import understand
from app.interchange.schemas import Conditions, ExtractReport
from app.interchange.school_rows import read_row
from app.interchange.service.schools import import_schools
from app.interchange.terms import Outcome, SchoolColumn
from tests.benchmarks import measuring
from tests.databases import ROLE_PREFIX, copied_database

MODULE = "tests.benchmarks.school_imports"
REPOSITORY = Path(__file__).resolve().parents[2]
ROWS, ROUNDS, MOST_ROWS = 50_000, 3, 800_000
NAMES = {
    "new": "schools that are not held yet",
    "unchanged": "the same schools again",
    "parse": "reading and checking alone",
}
_HEADINGS = (
    "URN,EstablishmentName,LA (code),EstablishmentNumber,TypeOfEstablishment (code),"
    "EstablishmentStatus (name),OpenDate,UKPRN,UPRN,Trusts (code),Trusts (name),Street,Town,"
    "Postcode,Easting,Northing"
)


@dataclass(frozen=True, slots=True)
class Run:
    """What one process measured."""

    rows: int
    seconds: float
    peak_megabytes: float


def main() -> None:
    """Measure in children and print the table; with `--only`, be such a child."""
    told = _options().parse_args()
    if told.only:
        measured = asyncio.run(measure(told.only, told.file, Settings.load()))
        print(orjson.dumps(asdict(measured)).decode())
        return
    with measuring.bench() as bench:
        asyncio.run(compare(bench, told))


async def compare(bench: measuring.Bench, told: argparse.Namespace) -> None:
    """Run each way once a round, and print medians."""
    conditions = await measuring.surroundings(bench)
    path = told.file or write_file(bench.folder / "schools.csv", told.rows)
    runs: dict[str, list[Run]] = {way: [] for way in NAMES}
    for round_number in range(told.rounds):
        say(f"Round {round_number + 1} of {told.rounds} …")
        async with copied_database(bench.server) as settings:
            for way in NAMES:  # in this order: the first fills the register for the second
                runs[way].append(await in_a_child(way, path, settings))
    conditions.append(f"sizes: {runs['new'][0].rows:,} rows, {path.stat().st_size / 1e6:.1f} MB")
    conditions.append(f"rounds: {told.rounds}, each way once a round in a process of its own")
    headings = ("way", "seconds", "rows/s", "peak RSS, MB")
    measuring.show("## school imports", conditions, headings, [_row(runs, way) for way in NAMES])


def _row(runs: dict[str, list[Run]], way: str) -> list[str]:
    seconds = [run.seconds for run in runs[way]]
    return [
        NAMES[way],
        measuring.spread(seconds),
        measuring.number(runs[way][0].rows / statistics.median(seconds)),
        measuring.number(statistics.median(run.peak_megabytes for run in runs[way])),
    ]


async def in_a_child(way: str, path: Path, settings: Settings) -> Run:
    """Measure one way in a process of its own, which does not outlive this call."""
    addresses = {
        "DATABASE_URL": settings.database_url,
        "DATABASE_READ_URL": settings.database_read_url,
        "DATABASE_OWNER_URL": settings.database_owner_url,
    }
    environment = {name: url.get_secret_value() for name, url in addresses.items() if url}
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", MODULE, "--only", way, "--file", path),
        cwd=REPOSITORY,
        env={**os.environ, **environment, "ROLE_PREFIX": ROLE_PREFIX},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        said, complained = await child.communicate()
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode != 0:
        raise SystemExit(f"Measuring “{NAMES[way]}” failed:\n{complained.decode()}")
    return Run(**orjson.loads(said))


async def measure(way: str, path: Path, settings: Settings) -> Run:
    """Do one of the three, in this process."""
    began = time.perf_counter()
    rows = parse(path) if way == "parse" else (await _import(path, settings)).counts.read
    return Run(rows, time.perf_counter() - began, _peak_megabytes())


def parse(path: Path) -> int:
    """Read and check every row, and keep nothing."""
    with open_table(examine(path)) as table:
        columns = understand(table.headings, SchoolColumn)
        count = 0
        for line, cells in table.rows:
            read_row(RowReading(line, columns, cells))
            count += 1
        return count


async def _import(path: Path, settings: Settings) -> ExtractReport:
    with tempfile.TemporaryDirectory() as scratch:
        conditions = Conditions(faults_path=Path(scratch) / "faults.csv", again=True)
        async with opened(settings) as database, transaction(database, OPERATOR) as session:
            report = await import_schools(session, OPERATOR, examine(path), conditions, progress)
    if report.outcome is not Outcome.LANDED:
        raise SystemExit(f"{path.name} was {report.outcome}, not landed: {report.counts}.")
    return report


def _peak_megabytes() -> float:
    """Return the most memory this program held, as the kernel marked it (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    mark = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(mark.split()[1]) / 1_000


def write_file(path: Path, rows: int) -> Path:
    """Invent schools, ten to a trust; the same for the same number."""
    with path.open("w", encoding="cp1252", newline="") as file:
        file.write(f"{_HEADINGS}\r\n")
        for row in range(rows):
            trust = 1 + row // 10
            file.write(
                f"{100_000 + row},Invented School {row},331,{row % 10_000},1,Open,01-09-1999,"
                f"{10_000_000 + row},{100_000_000 + row},{trust},Invented Trust {trust},"
                f"{row} Example Street,Coventry,CV1 2WT,{430_000 + row % 9_000},279000\r\n"
            )
    return path


def _path(text: str) -> Path:
    return Path(text).resolve()  # children run in the repository, whoever started us


def _options() -> argparse.ArgumentParser:
    parser = measuring.options(__doc__, ROUNDS)
    count = measuring.up_to(MOST_ROWS)
    parser.add_argument("--rows", type=count, default=ROWS, help="how many to invent")
    parser.add_argument("--file", type=_path, help="a real extract of establishments instead")
    parser.add_argument("--only", choices=tuple(NAMES), help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    main()
