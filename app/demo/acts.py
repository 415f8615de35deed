"""Being one invented person after the other, on one day after the other, in one transaction."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

from app import clock
from app.access import Actor
from app.db.events import WriteSession
from app.db.transactions import acting_for
from app.demo.assessing import Place
from app.demo.people import acting
from app.keyring.ring import Keyring

_MORNING = time(10)


@dataclass(frozen=True, slots=True)
class Placing:
    """What everything here is done with.

    Attributes:
        session: the one transaction.
        ring: seals children's keys.
        monday: of the present week.
        listed: two settings on the register in Coventry.
        garage: the invented garage's only site.
    """

    session: WriteSession
    ring: Keyring
    monday: date
    listed: Sequence[Place]
    garage: Place

    @asynccontextmanager
    async def as_of(self, name: str, day: date) -> AsyncIterator[Actor]:
        """Be an invented person, in the morning of a day."""
        with clock.at(datetime.combine(day, _MORNING, clock.LONDON)):
            actor = acting(name)
            async with acting_for(self.session, actor):
                yield actor
