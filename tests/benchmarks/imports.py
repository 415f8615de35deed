"""How fast a file of postcodes comes in, beside a bare COPY of the same rows and reading alone.

Every measurement is a process of its own on an empty register, so that its peak memory is its own.
"""

import argparse
import asyncio
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import asyncpg
import orjson

from app.access import OPERATOR
from app.cli.output import progress, say
from app.cli.surroundings import opened
from app.config import Settings
from app.db.transactions import transaction
from app.interchange.csv_files import examine
from app.interchange.schemas import Conditions
from app.interchange.service.postcodes import import_postcodes
from app.interchange.terms import Outcome
from app.places.facts import postcode_districts
from app.places.postcode_files import open_postcode_file
from app.places.postcode_rows import PostcodeRow
from app.values.national_grid import to_wgs84
from tests.benchmarks import measuring
from tests.databases import ROLE_PREFIX, copied_database

MODULE = "tests.benchmarks.imports"
REPOSITORY = Path(__file__).resolve().parents[2]
ROWS, ROUNDS = 200_000, 3
NAMES = {
    "import": "import as `ap-register import postcodes` does it",
    "copy": "bare COPY of the same rows, parsed before",
    "parse": "reading and parsing alone",
}
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""Those that second halves of postcodes use."""
_ENDS = 10 * len(_LETTERS) ** 2
_STRIDE = 1_717
"""Shares no factor with `_ENDS`, so that every step gives a district another second half."""
_REACH = 1_500
MOST_ROWS = len(postcode_districts()) * _ENDS
_COLUMNS = ("postcode", "la_code", "easting", "northing")


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
    path = told.file or write_file(bench.folder / "postcodes.csv", told.rows)
    runs: dict[str, list[Run]] = {way: [] for way in NAMES}
    for round_number in range(told.rounds):
        for way in measuring.turn_about(list(NAMES), round_number):
            say(f"Round {round_number + 1} of {told.rounds}: {NAMES[way]} …")
            async with copied_database(bench.server) as settings:
                runs[way].append(await in_a_child(way, path, settings))
    kind = path.name if told.file else "generated, postcode,la_code,lat,lon"
    rows = runs["import"][0].rows
    conditions.append(f"sizes: {rows:,} rows ({kind}), {path.stat().st_size / 1e6:.1f} MB on disk")
    conditions.append(f"rounds: {told.rounds}, each way once a round in a process of its own")
    headings = ("way", "seconds", "rows/s", "import takes", "peak RSS, MB")
    measuring.show("## imports", conditions, headings, [_row(runs, way) for way in NAMES])


def _row(runs: dict[str, list[Run]], way: str) -> list[str]:
    seconds = [run.seconds for run in runs[way]]
    return [
        NAMES[way],
        measuring.spread(seconds),
        measuring.number(runs[way][0].rows / statistics.median(seconds)),
        measuring.ratio(measuring.median_ratio([r.seconds for r in runs["import"]], seconds)),
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
    """Do one of the three on an empty register, in this process."""
    if way == "import":
        rows, seconds = await _import(path, settings)
    elif way == "copy":
        rows, seconds = await _copy(path, settings)
    else:
        began = time.perf_counter()
        rows, seconds = sum(1 for _ in parsed(path)), time.perf_counter() - began
    return Run(rows, seconds, _peak_megabytes())


def _peak_megabytes() -> float:
    """Return the most memory this program held.

    On Linux `ru_maxrss` begins with what the parent held when it started us, so the kernel's own
    mark for this program is read; elsewhere `ru_maxrss` is all there is.
    """
    status = Path("/proc/self/status")
    if status.exists():
        mark = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(mark.split()[1]) / 1_000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


async def _import(path: Path, settings: Settings) -> tuple[int, float]:
    with tempfile.TemporaryDirectory() as scratch:
        began = time.perf_counter()
        conditions = Conditions(faults_path=Path(scratch) / "faults.csv")
        async with opened(settings) as database, transaction(database, OPERATOR) as session:
            report = await import_postcodes(session, OPERATOR, examine(path), conditions, progress)
        seconds = time.perf_counter() - began
    if report.outcome is not Outcome.LANDED:
        raise SystemExit(f"{path.name} was {report.outcome}, not landed: {report.counts}.")
    return report.counts.added, seconds


async def _copy(path: Path, settings: Settings) -> tuple[int, float]:
    """Copy into the table itself, with its keys and checks, in one transaction."""
    rows = list(parsed(path))
    connection = await asyncpg.connect(measuring.owner_url(settings))
    try:
        began = time.perf_counter()
        await connection.copy_records_to_table("postcodes", records=rows, columns=_COLUMNS)
        return len(rows), time.perf_counter() - began
    finally:
        await connection.close()


def parsed(path: Path) -> Iterator[PostcodeRow]:
    """Yield the sound rows of a file."""
    with open_postcode_file(path) as file:
        yield from (row for row in file if isinstance(row, tuple))


def write_file(path: Path, rows: int) -> Path:
    """Invent postcodes around the middles of real districts; the same for the same number."""
    random = Random(measuring.SEED)
    districts = postcode_districts()
    with path.open("w", encoding="ascii", newline="") as file:
        file.write("postcode,la_code,lat,lon\n")
        for row in range(rows):
            district = districts[row * len(districts) // rows]
            tens, last = divmod(row * _STRIDE % _ENDS, len(_LETTERS))
            digit, first = divmod(tens, len(_LETTERS))
            lat, lon = to_wgs84(
                district.centre_easting + random.randint(-_REACH, _REACH),
                district.centre_northing + random.randint(-_REACH, _REACH),
            )
            postcode = f"{district.outcode} {digit}{_LETTERS[first]}{_LETTERS[last]}"
            file.write(f"{postcode},{district.la_code},{lat:.6f},{lon:.6f}\n")
    return path


def _path(text: str) -> Path:
    return Path(text).resolve()  # children run in the repository, whoever started us


def _options() -> argparse.ArgumentParser:
    parser = measuring.options(__doc__, ROUNDS)
    count = measuring.up_to(MOST_ROWS)
    parser.add_argument("--rows", type=count, default=ROWS, help="how many to invent")
    parser.add_argument("--file", type=_path, help="a real file of postcodes instead")
    parser.add_argument("--only", choices=tuple(NAMES), help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    main()
