"""Whole registers made up from a seed: few words, few places, so that much is alike or the same."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import text

from app.access import OPERATOR
from app.db.events import WriteSession, announce
from app.db.transactions import Database, transaction
from app.providers.events import ProviderChanged
from app.providers.schemas.recording import (
    Location,
    NewIdentifier,
    NewName,
    NewOffer,
    NewProvider,
    NewSite,
)
from app.providers.service import recording as service
from app.providers.service.recording import Move, Recorded, Rename
from app.providers.terms import MOVES, NameKind, Need, Scheme, Status
from app.values.site_kind import SiteKind
from app.values.uuid7 import uuid7
from tests.factories.providers import LISTED_ON, make_known_by

WORDS = ("Forest", "Farm", "Forge", "Oak", "Oaks", "River", "Café", "Noah's", "The", "and", "Łodz")
PROGRAMMES = ("Tuition", "Forest school", "Motor vehicle", "Animal care", "Art & design")
TOWNS = ("Coventry", "Kenilworth", "Stoke-on-Trent", None)
LA_CODES = ("331", "937", "330", "332")
HERE = (433_000, 279_000)
STEP_METRES = 1_500


@dataclass
class World:
    """A register in the making, and what is known about it without asking it.

    Attributes:
        chance: where every choice comes from.
        held: providers so far, with status and number of sites.
    """

    chance: random.Random
    held: dict[Recorded, tuple[Status, int]] = field(default_factory=dict)

    def some(self, *choices: Any, most: int = 3) -> tuple[Any, ...]:
        """Choose some, each at most once."""
        return tuple(self.chance.sample(choices, self.chance.randint(0, min(most, len(choices)))))


def make_name(world: World) -> str:
    """Return a name of one to three words, many of them the same."""
    return " ".join(world.chance.choices(WORDS, k=world.chance.randint(1, 3)))


def make_any_offer(world: World) -> NewOffer:
    """Return a programme for some ages and needs."""
    youngest = world.chance.randint(4, 16)
    return NewOffer(
        programme=world.chance.choice(PROGRAMMES),
        age_from=youngest,
        age_to=youngest + world.chance.randint(0, 4),
        key_stages=world.some(1, 2, 3, 4, 5),
        needs=world.some(Need.SEMH, Need.ASD, Need.MLD, Need.HI),
        hours_per_week=world.chance.choice([None, Decimal("12.5"), Decimal(25)]),
    )


def make_any_site(world: World) -> NewSite:
    """Return a site on a coarse grid, or nowhere, with up to two offers."""
    steps = [STEP_METRES * world.chance.randint(-6, 6) for _ in HERE]
    location = Location(easting=HERE[0] + steps[0], northing=HERE[1] + steps[1], precision="given")
    return NewSite(
        name=make_name(world),
        kind=world.chance.choice(list(SiteKind)),
        la_code=world.chance.choice(LA_CODES),
        address_lines=world.some("1 Example Street", "Example Yard"),
        town=world.chance.choice(TOWNS),
        postcode=world.chance.choice(["CV1 2WT", "CV8 1AA", None]),
        location=world.chance.choice([location, location, location, None]),
        opened_on=world.chance.choice([None, date(2020, 1, 1)]),
        offers=tuple(make_any_offer(world) for _ in range(world.chance.randint(0, 2))),
    )


def make_any_provider(world: World) -> NewProvider:
    """Return a provider with one to three sites: what has none cannot be listed."""
    return NewProvider(
        name=make_name(world),
        other_names=tuple(
            NewName(name=name, kind=NameKind.TRADING) for name in world.some("Forge", "Café Oak")
        ),
        identifiers=tuple(
            NewIdentifier(scheme=Scheme.UKPRN, value=value)
            for value in world.some("10000001", "10000002")
        ),
        known_by=tuple(make_known_by(code) for code in world.some(*LA_CODES)),
        sites=tuple(make_any_site(world) for _ in range(world.chance.randint(1, 3))),
    )


async def make_register(database: Database, seed: int, providers: int) -> World:
    """Make a register of providers in every status, some of their sites closed."""
    world = World(random.Random(seed))  # noqa: S311 - nothing here is secret
    async with transaction(database, OPERATOR) as session:
        await _record(world, session, providers)
        await _list_some(world, session)
    for _ in range(providers // 2):
        async with transaction(database, OPERATOR) as session:
            await change_something(world, session)
    return world


async def change_something(world: World, session: WriteSession) -> None:
    """Do one thing that operators do, to providers of this world."""
    changes: list[Callable[[World, WriteSession], Awaitable[None]]] = [
        _record_one,
        _move_one,
        _rename_one,
        _add_site,
        _close_site,
        _note_known_by,
        _narrow_scope,
        _move_a_site,
    ]
    await world.chance.choice(changes)(world, session)


async def _record(world: World, session: WriteSession, count: int) -> None:
    new = [make_any_provider(world) for _ in range(count)]
    for given, held in zip(
        new, await service.record_providers(session, OPERATOR, new), strict=True
    ):
        world.held[held] = (Status.KNOWN, len(given.sites))


async def _list_some(world: World, session: WriteSession) -> None:
    listed = [held for held in world.held if world.chance.random() < 0.8]
    await service.move_providers(
        session, OPERATOR, [Move(held.id, Status.LISTED, LISTED_ON, "made up") for held in listed]
    )
    for held in listed:
        world.held[held] = (Status.LISTED, world.held[held][1])


async def _record_one(world: World, session: WriteSession) -> None:
    await _record(world, session, 1)


async def _move_one(world: World, session: WriteSession) -> None:
    held = world.chance.choice(list(world.held))
    status = await _status_of(session, held)
    _, sites = world.held[held]
    if not MOVES[status]:
        return
    there = world.chance.choice(sorted(MOVES[status]))
    since = LISTED_ON + timedelta(days=world.chance.randint(0, 60))
    await service.move_providers(session, OPERATOR, [Move(held.id, there, since, "made up")])
    world.held[held] = (there, sites)


async def _status_of(session: WriteSession, held: Recorded) -> Status:
    """Return where a provider stands: its sites may have moved one by one."""
    lock = text("SELECT status FROM providers WHERE id = :id")
    found: str = (await session.execute(lock, {"id": held.id})).scalar_one()
    return Status(found)


async def _rename_one(world: World, session: WriteSession) -> None:
    held = world.chance.choice(list(world.held))
    renamed = Rename(held.id, make_name(world), LISTED_ON)
    await service.rename_providers(session, OPERATOR, [renamed])


async def _add_site(world: World, session: WriteSession) -> None:
    held = world.chance.choice(list(world.held))
    reference = await service.add_site(session, OPERATOR, held.id, make_any_site(world))
    world.held[held] = (world.held[held][0], reference)


async def _close_site(world: World, session: WriteSession) -> None:
    held = world.chance.choice(list(world.held))
    _, sites = world.held[held]
    if sites:
        reference = world.chance.randint(1, sites)
        await service.close_site(session, OPERATOR, (held.id, reference), on=LISTED_ON)


async def _narrow_scope(world: World, session: WriteSession) -> None:
    """Let listings cover a part of what is offered, as after somebody looked."""
    held = world.chance.choice(list(world.held))
    youngest = world.chance.choice([None, 5, 12])
    scope = {
        "age_from": youngest,
        "age_to": youngest and youngest + world.chance.randint(0, 6),
        "needs": list(world.some("SEMH", "ASD", "MLD", "HI")),
        "programmes": list(world.some(*PROGRAMMES)),
        "provider": held.id,
    }
    statement = (
        "UPDATE listings SET age_from = :age_from, age_to = :age_to, needs = :needs, "
        "programmes = :programmes WHERE provider_id = :provider"
    )
    await session.execute(text(statement), scope)
    announce(session, ProviderChanged(held.id))


async def _move_a_site(world: World, session: WriteSession) -> None:
    """Let one of a provider's sites stand otherwise than the others, for good."""
    held = world.chance.choice(list(world.held))
    row = {
        "move": uuid7(),
        "provider": held.id,
        "state": world.chance.choice(["suspended", "removed", "under-review"]),
        "on": LISTED_ON + timedelta(days=world.chance.randint(0, 60)),
    }
    newest = (
        "SELECT id FROM listings WHERE provider_id = :provider AND state IN ('listed', "
        "'listed-with-actions') ORDER BY id DESC LIMIT 1"
    )
    await session.execute(
        text(
            "INSERT INTO listing_moves (id, listing_id, to_state, effective_on, reason, "  # noqa: S608
            "actor_kind, actor_name, recorded_at) "
            "SELECT :move, l.id, :state, :on, 'made up', 'operator', 'test', clock_timestamp() "
            f"FROM ({newest}) l"
        ),
        row,
    )
    await session.execute(
        text(
            "UPDATE listings SET state = :state, state_since = :on "
            "WHERE id = (SELECT listing_id FROM listing_moves WHERE id = :move)"
        ),
        row,
    )
    announce(session, ProviderChanged(held.id))


async def _note_known_by(world: World, session: WriteSession) -> None:
    held = world.chance.choice(list(world.held))
    lines = [make_known_by(world.chance.choice(LA_CODES))]
    await service.note_known_by(session, OPERATOR, held.id, lines)
