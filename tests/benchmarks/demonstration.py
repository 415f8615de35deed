"""How fast a demonstration is written in bulk, beside writing each happening by itself."""

import argparse
import statistics
import time
from dataclasses import dataclass, field

import uvloop

from app.cli.output import say
from app.demo.plan import MOST_PROVIDERS, Plan, plan
from app.demo.writing import write_in_bulk, write_one_by_one
from tests.benchmarks import measuring
from tests.databases import TestServer, copied_database, opened_database

PROVIDERS, FEW, ROUNDS = 1_000, 150, 3


@dataclass(slots=True)
class Way:
    """One way of writing one plan.

    Attributes:
        name: what the table calls it.
        plan: what is written.
        in_bulk: many happenings a transaction, as `ap-register demo` does it.
        seconds: how long it took, a value a round.
    """

    name: str
    plan: Plan
    in_bulk: bool
    seconds: list[float] = field(default_factory=list)

    @property
    def happenings(self) -> int:
        """How many providers are recorded, moved or renamed."""
        return len(self.plan.recordings) + len(self.plan.changes)


def main() -> None:
    """Measure, and print the table."""
    told = _options().parse_args()
    with measuring.bench() as bench:
        uvloop.run(compare(bench, told))


async def compare(bench: measuring.Bench, told: argparse.Namespace) -> None:
    """Write each way into an empty register once a round, and print medians."""
    conditions = await measuring.surroundings(bench)
    few = plan(told.few, measuring.SEED)
    began = time.perf_counter()
    many = plan(told.providers, measuring.SEED)
    inventing = time.perf_counter() - began
    one_by_one = Way("one by one", few, in_bulk=False)
    ways = [one_by_one, Way("in bulk", few, in_bulk=True), Way("in bulk", many, in_bulk=True)]
    for round_number in range(told.rounds):
        for way in measuring.turn_about(ways, round_number):
            say(f"Round {round_number + 1} of {told.rounds}: {way.plan.size:,} {way.name} …")
            way.seconds.append(await _write(bench.server, way))
    conditions.append(
        f"sizes: demonstrations of {told.few:,} and {told.providers:,}; inventing the larger plan, "
        f"before anything is written, takes {inventing:.2f} s"
    )
    conditions.append(f"rounds: {told.rounds}, each way once a round into an empty register")
    headings = ("way", "providers", "happenings", "seconds", "happenings/s", "one by one takes")
    rows = [_row(way, one_by_one) for way in ways]
    measuring.show("## demonstration", conditions, headings, rows)


def _row(way: Way, slow: Way) -> list[str]:
    each = [seconds / way.happenings for seconds in way.seconds]
    each_slowly = [seconds / slow.happenings for seconds in slow.seconds]
    return [
        way.name,
        f"{way.plan.size:,}",
        f"{way.happenings:,}",
        measuring.spread(way.seconds),
        measuring.number(1 / statistics.median(each)),
        measuring.ratio(measuring.median_ratio(each_slowly, each)),
    ]


async def _write(on: TestServer, way: Way) -> float:
    async with copied_database(on) as settings, opened_database(settings) as database:
        began = time.perf_counter()
        if way.in_bulk:
            await write_in_bulk(database, way.plan, lambda *_: None)
        else:
            await write_one_by_one(database, way.plan)
        return time.perf_counter() - began


def _options() -> argparse.ArgumentParser:
    parser = measuring.options(__doc__, ROUNDS)
    count, few = measuring.up_to(MOST_PROVIDERS), "how many are written in both ways"
    parser.add_argument("--providers", type=count, default=PROVIDERS, help="in bulk alone")
    parser.add_argument("--few", type=count, default=FEW, help=few)
    return parser


if __name__ == "__main__":
    main()
