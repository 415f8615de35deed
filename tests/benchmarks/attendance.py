"""What it costs to find who has not arrived, with ten times the placements; and to take facts.

Thirty thousand placements run, each with a session this morning, and all but some were reported.
The same is looked at again beside 270,000 placements that have ended. Then a provider reports
batches of five hundred.
"""

import argparse
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from datetime import time as clock_time

import asyncpg
import uvloop

from app import clock, log
from app.access import WORKER
from app.attendance.queries.alerts import without_arrival
from app.attendance.schemas.asked import BatchedFact, SessionFact
from app.attendance.service.reporting import report
from app.cli.output import say
from app.db.transactions import Database, transaction
from app.rules.attendance.reporting import ReportKind
from tests.benchmarks import measuring
from tests.databases import copied_database, opened_database
from tests.factories.children import add_commissioners
from tests.factories.people import Member
from tests.factories.records import OwnedRecord, add_owned_record

LIVE, ENDED, UNREPORTED, ROUNDS = 30_000, 270_000, 300, 15
BATCH, BATCHES = 500, 20
MONDAY = date(2026, 11, 23)
_CHILD = """
    INSERT INTO children SELECT gen_random_uuid(), $1, 'C' || k, '\\x00', '2014-05-06', now(),
      now(), NULL, 1 FROM generate_series(1, $2::integer) k
"""
_PLACED = """
    INSERT INTO placements (id, commissioner_id, reference, child_id, site_id, route, delivery,
      starts_on, ended_on, end_reason, destination, recorded_by_name, recorded_at, version)
    SELECT gen_random_uuid(), $1, $3 || row_number() OVER (), c.id, $2, 'school-arranged',
      'at-a-setting', '2024-09-02', $4::date, CASE WHEN $4::date IS NOT NULL THEN 'moved' END,
      CASE WHEN $4::date IS NOT NULL THEN 'home-school' END, 'bench', now(), 1
    FROM children c, generate_series(1, $5::integer)
"""
_TIMETABLED = """
    INSERT INTO placement_timetables
      SELECT gen_random_uuid(), p.id, p.starts_on, NULL, 'green', now() FROM placements p
      WHERE NOT EXISTS (SELECT FROM placement_timetables t WHERE t.placement_id = p.id);
    INSERT INTO placement_sessions
      SELECT t.id, d, '09:00', '12:00', p.site_id FROM placement_timetables t
      JOIN placements p ON p.id = t.placement_id, generate_series(1, 5) d
      ON CONFLICT DO NOTHING;
"""
_REPORTED = """
    INSERT INTO attendance_facts (id, placement_id, day, starts, kind, source, organisation_id,
      reported_by, recorded_at)
    SELECT gen_random_uuid(), p.id, $1, '09:00', 'arrived', 'provider', p.commissioner_id, 'bench',
      now() FROM (SELECT * FROM placements WHERE ended_on IS NULL ORDER BY id OFFSET $2) p
"""


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=measuring.up_to(measuring.MOST_ROUNDS), default=ROUNDS)
    told = parser.parse_args()
    log.set_up("text", "WARNING")
    with measuring.bench() as bench:
        uvloop.run(measure(bench, told.rounds))


async def measure(bench: measuring.Bench, rounds: int) -> None:
    """Look in both sizes, then report."""
    conditions = await measuring.surroundings(bench)
    async with copied_database(bench.server) as settings, opened_database(settings) as database:
        owner = await asyncpg.connect(measuring.owner_url(settings))
        school = (await add_commissioners(owner)).school
        record = await add_owned_record(owner, status="listed")
        await owner.execute(_CHILD, school.organisation_id, 300)
        await _place(owner, school, record, ended=False)
        await owner.execute(_REPORTED, MONDAY, UNREPORTED)
        await owner.execute("VACUUM (ANALYZE)")
        few = await _look(database, rounds)
        await _place(owner, school, record, ended=True)
        await owner.execute("VACUUM (ANALYZE)")
        many = await _look(database, rounds)
        reported = await _report(database, owner, record)
        await owner.close()
    rows = [
        [f"{LIVE:,} placements", measuring.milliseconds(measuring.percentile(few, 0.5)), ""],
        [
            f"{LIVE + ENDED:,}, of which {LIVE:,} run",
            measuring.milliseconds(measuring.percentile(many, 0.5)),
            measuring.ratio(measuring.median_ratio(many, few)),
        ],
    ]
    measuring.show("Who has not arrived", conditions, ("with", "median", "ratio"), rows)
    say(f"Facts in batches of {BATCH}: {reported:,.0f} rows a second.")


async def _place(
    owner: asyncpg.Connection, school: Member, record: OwnedRecord, *, ended: bool
) -> None:
    say(f"Placing {ENDED if ended else LIVE:,} …")
    until = date(2025, 7, 18) if ended else None
    times = (ENDED if ended else LIVE) // 300
    named = "E" if ended else "L"
    of = (school.organisation_id, record.site_id, named, until, times)
    await owner.execute(_PLACED, *of)
    await owner.execute(_TIMETABLED)


async def _look(database: Database, rounds: int) -> Sequence[float]:
    """Find the sessions of a morning that nobody reported, as the worker does."""
    nine = datetime.combine(MONDAY, clock_time(9), clock.LONDON)
    within = (nine - timedelta(hours=12), nine + timedelta(hours=1))
    took = []
    for _ in range(rounds):
        async with transaction(database, WORKER) as session:
            began = time.perf_counter()
            found = await without_arrival(session, MONDAY, within, 30, ())
            took.append(time.perf_counter() - began)
        if len(found) != UNREPORTED:
            message = f"{len(found)} were found of {UNREPORTED}"
            raise AssertionError(message)
    return took


async def _report(database: Database, owner: asyncpg.Connection, record: OwnedRecord) -> float:
    """Report as the provider does; return rows a second."""
    wanted = BATCH * BATCHES
    ids = await owner.fetch("SELECT id FROM placements WHERE ended_on IS NULL LIMIT $1", wanted)
    day = MONDAY - timedelta(days=3)
    facts = [
        BatchedFact(
            placement=row["id"],
            **SessionFact(on=day, kind=ReportKind.ARRIVED, reference=f"B{number}").model_dump(),
        )
        for number, row in enumerate(ids)
    ]
    began = time.perf_counter()
    for first in range(0, wanted, BATCH):
        async with transaction(database, record.manager.actor) as session:
            outcomes = await report(session, record.manager.actor, facts[first : first + BATCH])
        if any(one.refusal for one in outcomes):
            message = "a row was refused"
            raise AssertionError(message)
    return wanted / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
