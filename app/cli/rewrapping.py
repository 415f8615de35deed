"""Wrapping everything that is sealed under the current key, a transaction for each batch."""

import asyncio
from dataclasses import dataclass
from typing import Any

from app.access import OPERATOR
from app.cli.output import Advance
from app.cli.surroundings import opened
from app.config import Settings
from app.db.transactions import Database, reading, transaction
from app.keyring.ring import Keyring
from app.organisations.service import sealed

PASSES, PAUSE_SECONDS = 25, 0.2
"""How often rows that somebody else is changing are come back to."""


@dataclass(frozen=True, slots=True)
class Rewrapped:
    """What came of wrapping everything anew.

    Attributes:
        values: how many were wrapped.
        left: how many lie under other keys still.
        unopened: why those of them that do not open do not.
    """

    values: int
    left: int
    unopened: list[str]


async def rewrap_everything(settings: Settings, ring: Keyring, advance: Advance) -> Rewrapped:
    """Wrap every sealed value under the ring's current key; safe to be killed, and to run twice."""
    done = Rewrapped(0, 0, [])
    async with opened(settings) as held:
        for number in range(PASSES):
            await asyncio.sleep(PAUSE_SECONDS if number else 0)
            done = await _once(held, ring, done.values, advance)
            if done.left == len(done.unopened):
                break
    return done


async def _once(held: Database, ring: Keyring, values: int, advance: Advance) -> Rewrapped:
    unopened: list[str] = []
    for place in sealed.places():
        after: Any | None = None
        while True:
            async with transaction(held, OPERATOR) as session:
                batch = await sealed.rewrap_batch(session, OPERATOR, ring, place, after)
            values += batch.values
            unopened += batch.unopened
            advance(values)
            after = batch.last
            if after is None:
                break
    async with reading(held, OPERATOR) as session:
        counts = await sealed.count_sealed(session)
    left = sum(sum(n.values()) for key_id, n in counts.items() if key_id != ring.current.id)
    return Rewrapped(values, left, unopened)
