"""Looking anew at placements that something touched, and at all of them once a day.

The index says which placements may stand otherwise; here they are judged, as their commissioner.
"""

import uuid
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from app import clock
from app.access import WORKER, Actor, DbRole
from app.db.events import WriteSession
from app.db.transactions import acting_for
from app.outbox.service import enqueue
from app.outbox.terms import Payload
from app.placements.errors import PlacementNotFoundError
from app.safeguarding.queries import statuses as queries
from app.safeguarding.service.standing import find, look_at

SWEEP = "safeguarding.sweep"
EVERY_MINUTES = 5
BATCH = 100


async def sweep(session: WriteSession, _: Payload) -> None:
    """Look anew at the next batch, and ask for the one after."""
    today = clock.today()
    rows = await queries.list_unsettled(session, today, BATCH)
    settled: list[dict[str, Any]] = []
    of = attrgetter("commissioner_id")
    for commissioner_id, own in groupby(sorted(rows, key=of), key=of):
        actor = Actor("safeguarding", DbRole.APP, organisation_id=commissioner_id)
        async with acting_for(session, actor):
            for row in own:
                status = await _status(session, row.placement_id)
                if status is not None:
                    seen = {"of": row.placement_id, "seen": row.touched, "on": today}
                    settled.append(seen | {"stands": status})
    if settled:
        # In the order in which triggers lock them, so that neither waits for the other.
        await queries.settle(session, sorted(settled, key=itemgetter("of")))
    if len(rows) == BATCH and settled:
        await enqueue(session, WORKER, SWEEP, {})


async def _status(session: WriteSession, placement_id: uuid.UUID) -> str | None:
    try:
        held = await look_at(session, placement_id)
    except PlacementNotFoundError:
        return None
    return (await find(session, placement_id, held)).stands.status.value
