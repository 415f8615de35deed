"""What those who place children wait for, with ten times the placements, all but a tenth ended.

Thirty thousand placements run in both registers, the same ones: 500 of each of sixty commissioners,
a hundred at each of three hundred settings, and of some that ended nobody knows where the child
went. In the larger 270,000 have ended besides. Each way is asked turn about in both; nothing that a
sweep writes is kept.
"""

import argparse
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import asyncpg
import uvloop

from app import clock, log
from app.access import WORKER, Actor
from app.children.queries.children import organisations_within
from app.cli.output import say
from app.db.events import WriteSession
from app.db.transactions import Database, transaction
from app.occupancy.queries import institution_of
from app.occupancy.service.threshold import Asked, check
from app.oversight.queries import follow_ups
from app.oversight.queries.counting import Looked, list_watched
from app.oversight.queries.follow_ups import Whose
from app.oversight.service.counting import balance
from app.oversight.terms import Watched
from app.placements.queries import placements
from app.placements.queries.placements import Wanted
from app.placements.service.sweeping import sweep_settings
from app.placements.terms import PlacementState
from app.places.facts import local_authorities
from app.reviews.queries import reviews
from app.reviews.service.opening import sweep
from app.rules.registration.facts import Delivery
from tests.benchmarks import measuring, placed
from tests.benchmarks.placed import Spell
from tests.databases import copied_database, opened_database
from tests.factories.children import Commissioners, add_commissioners
from tests.factories.providers import COVENTRY
from tests.factories.records import add_provider, add_site

COMMISSIONERS, CHILDREN_EACH, SETTINGS = 60, 500, 300
ENDED_EACH = 9
"""Placements of each child that have ended, in the larger register."""
UNKNOWN, FOUND, NOT_YET_DUE = 600, 5_400, 400
PAGE, ROUNDS, AGAIN = 51, 9, 5

Rows = Sequence[Any]
Ask = Callable[[WriteSession], Awaitable[Rows | None]]


@dataclass(frozen=True, slots=True)
class Way:
    """Something that is asked for.

    Attributes:
        name: as the table calls it.
        actor: who asks.
        ask: does it, in a transaction of theirs.
        took: seconds of each round, by size.
    """

    name: str
    actor: Actor
    ask: Ask
    took: dict[int, list[float]] = field(default_factory=lambda: {0: [], 1: []})


class _NothingIsKeptError(Exception):
    """Ends a transaction of which nothing is to stay."""


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=measuring.up_to(measuring.MOST_ROUNDS), default=ROUNDS)
    told = parser.parse_args()
    log.set_up("text", "WARNING")
    with measuring.bench() as bench:
        uvloop.run(compare(bench, told.rounds))


async def compare(bench: measuring.Bench, rounds: int) -> None:
    """Fill both registers, ask in both, and print how they compare."""
    conditions = await measuring.surroundings(bench)
    async with copied_database(bench.server) as few:
        owner = await asyncpg.connect(measuring.owner_url(few))
        say("Placing 30,000 …")
        who, sites = await _fill(owner)
        links = await owner.fetch("SELECT link_id FROM child_links ORDER BY child_id LIMIT 10")
        await owner.close()
        async with copied_database(bench.server, measuring.database_name(few)) as many:
            owner = await asyncpg.connect(measuring.owner_url(many))
            say("Placing 270,000 that have ended …")
            await _add_ended(owner, sites)
            await owner.close()
            ways = _ways(who, sites, [row["link_id"] for row in links])
            async with opened_database(few) as first, opened_database(many) as second:
                for number in range(rounds):
                    say(f"Round {number + 1} of {rounds} …")
                    for size, database in measuring.turn_about(((0, first), (1, second)), number):
                        for way in ways:
                            way.took[size].append(await _time(database, way))
    conditions.append(
        "sizes: 30,000 running placements in both, 600 children unaccounted for; rounds: "
        f"{rounds}, {AGAIN} times each"
    )
    rows = [
        [
            way.name,
            *(measuring.milliseconds(measuring.percentile(way.took[size], 0.5)) for size in (0, 1)),
            measuring.ratio(measuring.median_ratio(way.took[1], way.took[0])),
        ]
        for way in ways
    ]
    headings = ["asked", "30,600 placements, ms", "300,600, ms", "ratio"]
    measuring.show("## commissioning", conditions, headings, rows)


async def _fill(owner: asyncpg.Connection) -> tuple[Commissioners, Sequence[uuid.UUID]]:
    who = await add_commissioners(owner)
    sites = []
    for number in range(SETTINGS):
        provider_id, _ = await add_provider(owner, f"Example {number}", status="listed")
        sites.append(await add_site(owner, provider_id))
    others = await owner.fetch(
        "SELECT id FROM organisations WHERE kind = 'local-authority' AND id <> $1 ORDER BY id "
        "LIMIT $2",
        who.home.organisation_id,
        COMMISSIONERS - 2,
    )
    holding = [who.school.organisation_id, who.home.organisation_id, *(row["id"] for row in others)]
    areas = [la.la_code for la in local_authorities() if la.la_code != COVENTRY]
    await placed.add_children(
        owner, holding, CHILDREN_EACH, [COVENTRY, *areas[: COMMISSIONERS - 1]]
    )
    await placed.place(owner, sites, Spell("L", date(2026, 9, 2)))
    await owner.execute(
        "UPDATE placements SET planned_end_on = '2026-10-01' WHERE id IN "
        "(SELECT id FROM placements ORDER BY md5(id::text) LIMIT 1200)"
    )
    lost = Spell("U", date(2026, 2, 1), ended=True, sample=UNKNOWN)
    await placed.place(owner, sites, lost)
    await placed.follow_up(owner, "U", UNKNOWN, closed=False)
    await placed.commit(owner)
    await placed.ask_for_reviews(owner, but=NOT_YET_DUE)
    await owner.execute("VACUUM (ANALYZE)")
    return who, sites


async def _add_ended(owner: asyncpg.Connection, sites: Sequence[uuid.UUID]) -> None:
    ended = Spell("E", date(2021, 9, 2), times=ENDED_EACH, ended=True)
    await placed.place(owner, sites, ended)
    await placed.follow_up(owner, "F", FOUND, closed=True)
    await placed.commit(owner)
    await owner.execute("VACUUM (ANALYZE)")


def _ways(who: Commissioners, sites: Sequence[uuid.UUID], links: Sequence[uuid.UUID]) -> list[Way]:
    school, home, department = who.school.actor, who.home.actor, who.department.actor
    ending, ended = (partial(_watched, why=why) for why in (Watched.OVERRUN, Watched.ENDED))
    everybody = partial(_unaccounted, actor=department, everybody=True)
    return [
        Way(
            "ten threshold checks",
            school,
            partial(_check, places=list(zip(links, sites[: len(links)], strict=True))),
        ),
        Way("nightly threshold sweep, 200 settings", WORKER, partial(sweep_settings, payload={})),
        Way("nightly review sweep", WORKER, partial(sweep, _={})),
        Way("a commissioner's placements", school, _placements),
        Way("a commissioner's, running", school, partial(_placements, state=PlacementState.LIVE)),
        Way("a commissioner's reviews due", school, _reviews),
        Way("an authority's placements", home, _placements),
        Way("an authority's, running", home, partial(_placements, state=PlacementState.LIVE)),
        Way("an authority's past their planned end", home, ending),
        Way("an authority's ended", home, ended),
        Way("unaccounted for, a commissioner's", school, partial(_unaccounted, actor=school)),
        Way("unaccounted for, an authority's", home, partial(_unaccounted, actor=home)),
        Way("unaccounted for, everybody's", department, everybody),
        Way("balance of a term, an authority's", home, partial(_balance, actor=home)),
        Way("balance of a term, everybody's", department, partial(_balance, actor=department)),
    ]


async def _check(session: WriteSession, places: Sequence[tuple[uuid.UUID, uuid.UUID]]) -> None:
    for link, site in places:
        institution = await institution_of(session, site)
        asked = Asked(link, {institution: 600}, clock.today(), None, Delivery.AT_A_SETTING, None)
        await check(session, asked)


async def _placements(session: WriteSession, state: PlacementState | None = None) -> Rows:
    wanted = Wanted(await organisations_within(session), clock.today(), state=state)
    return await placements.list_placements(session, wanted, None, PAGE)


async def _reviews(session: WriteSession) -> Rows:
    wanted = reviews.Wanted(await organisations_within(session))
    return await reviews.list_due(session, wanted, None, PAGE)


async def _watched(session: WriteSession, why: Watched) -> Rows:
    looked = Looked(why, clock.today(), await organisations_within(session), COVENTRY)
    return await list_watched(session, looked, None, PAGE)


async def _unaccounted(session: WriteSession, actor: Actor, *, everybody: bool = False) -> Rows:
    whose = Whose(actor.la_code, await organisations_within(session), everybody)
    return await follow_ups.list_open(session, whose, None, PAGE)


async def _balance(session: WriteSession, actor: Actor) -> None:
    await balance(session, actor, date(2026, 9, 1), clock.today())


async def _time(database: Database, way: Way) -> float:
    """Ask some times, and return the middle one's seconds; at least a row is found, or it is wrong.

    Raises:
        SystemExit: a list is empty, which ends the benchmark.
    """
    took = []
    for _ in range(AGAIN):
        with suppress(_NothingIsKeptError):
            async with transaction(database, way.actor) as session:
                began = time.perf_counter()
                found = await way.ask(session)
                took.append(time.perf_counter() - began)
                if found is not None and not found:
                    raise SystemExit(f"{way.name}: nothing was found.")
                _keep_nothing()
    return measuring.percentile(took, 0.5)


def _keep_nothing() -> None:
    raise _NothingIsKeptError


if __name__ == "__main__":
    main()
