"""What it costs to say who would fall short on what when standards take effect, by who asks.

A demonstration with a version of the standards that is to come. What it would find at each site is
written as the service writes it, by chance: much is unknown, and some falls short. Then the
department, an authority and an owner ask, turn about, for a page and for everything counted.
"""

import argparse
import statistics
import time
from collections import defaultdict
from itertools import product

import asyncpg
import uvloop

from app import log
from app.access import Role
from app.cli.output import say
from app.db.transactions import Database, reading
from app.demo.plan import MOST_PROVIDERS
from app.inspections.queries import impacts as queries
from app.inspections.service import impacts as service
from tests.benchmarks import measuring
from tests.databases import opened_database
from tests.factories.people import Member
from tests.factories.records import add_civil_servant, add_manager, add_officer, give_to
from tests.standards.following import follow

PROVIDERS, ROUNDS, PAGE = 10_000, 7, 26
ASKED = ("a page", "everything, counted")
_FOUND = """
    INSERT INTO standards_impacts
    SELECT o.site_id, v.id, 'not-yet-assessed',
      CASE WHEN random() < 0.3 THEN '{1.1a,1.1b}'::text[] ELSE '{}' END,
      CASE WHEN random() < 0.2 THEN '{1.1g}'::text[] ELSE '{}' END,
      (SELECT array_agg('2.' || k || 'a') FROM generate_series(1, 50) k)
    FROM site_outcomes o, standards_versions v WHERE v.code = 'working-set-2'
"""
_LARGEST = "SELECT la_code FROM sites GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
_ONE = """
    SELECT s.provider_id FROM sites s JOIN site_outcomes o ON o.site_id = s.id
    JOIN providers p ON p.id = s.provider_id
    WHERE p.status = 'listed' AND s.closed_on IS NULL LIMIT 1
"""


def main() -> None:
    """Measure, and print the table."""
    told = _options().parse_args()
    log.set_up("text", "WARNING")
    with measuring.bench() as bench:
        uvloop.run(ask_all(bench, told))


async def ask_all(bench: measuring.Bench, told: argparse.Namespace) -> None:
    """Ask as everybody, in every round."""
    conditions = await measuring.surroundings(bench)
    async with (
        measuring.demonstration(bench.server, told.providers) as settings,
        opened_database(settings) as database,
    ):
        owner = await asyncpg.connect(measuring.owner_url(settings))
        await follow(owner)
        await owner.execute("SELECT setseed(0.5)")
        await owner.execute(_FOUND)
        await owner.execute("VACUUM (ANALYZE)")
        who = await _people(owner)
        await owner.close()
        took: dict[tuple[str, str], list[float]] = defaultdict(list)
        sites: dict[str, int] = {}
        for round_number in range(told.rounds):
            say(f"Round {round_number + 1} of {told.rounds} …")
            for name, what in product(measuring.turn_about(list(who), round_number), ASKED):
                began = time.perf_counter()
                counted = await _ask(database, who[name], what)
                took[name, what].append(time.perf_counter() - began)
                sites[name] = max(counted, sites.get(name, 0))
    _show(conditions, took, sites)


async def _people(owner: asyncpg.Connection) -> dict[str, Member]:
    largest = await owner.fetchval(_LARGEST)
    manager = await add_manager(owner)
    await give_to(owner, await owner.fetchval(_ONE), manager.organisation_id)
    return {
        "the department": await add_civil_servant(owner),
        "the largest authority": await add_officer(owner, Role.INSPECTOR, la_code=largest),
        "an owner": manager,
    }


async def _ask(database: Database, member: Member, what: str) -> int:
    """Ask as the route does; return of how many sites the answer is."""
    async with reading(database, member.actor) as session:
        held = await service.coming(session, None)
        wanted = await service.wanted_by(session, member.actor, held, None, None)
        if what == ASKED[0]:
            rows = await queries.list_sites(session, wanted, None, None, PAGE, falls_short=True)
            return len(rows)
        return (await service.totals_of(session, held, wanted)).sites


def _show(
    conditions: list[str], took: dict[tuple[str, str], list[float]], sites: dict[str, int]
) -> None:
    rows = [
        [
            name,
            measuring.number(sites[name]),
            what,
            measuring.milliseconds(statistics.median(times)),
            measuring.milliseconds(max(times)),
        ]
        for (name, what), times in took.items()
    ]
    headings = ["asked by", "sites", "asked for", "p50 ms", "slowest ms"]
    measuring.show("## impacts", conditions, headings, rows)


def _options() -> argparse.ArgumentParser:
    parser = measuring.options(__doc__, ROUNDS)
    count = measuring.up_to(MOST_PROVIDERS)
    parser.add_argument("--providers", type=count, default=PROVIDERS, help="in the demonstration")
    return parser


if __name__ == "__main__":
    main()
