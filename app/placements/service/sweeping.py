"""Every night settings are tested as they stand, and thirty days ahead.

A place that was to end and that nobody has ended counts on. Birthdays, new plans and places that
ended elsewhere can tip a setting without anybody asking. A job tests at most a batch of settings
and asks for the next.
"""

import uuid
from datetime import timedelta

from app import clock
from app.access import WORKER, DbRole
from app.db.events import WriteSession
from app.db.transactions import acting_as
from app.occupancy import queries
from app.occupancy.service.threshold import foresee
from app.outbox.service import enqueue
from app.outbox.terms import Payload
from app.placements.service.cases import note_limit

SWEEP = "placements.sweep_settings"
BATCH = 200
AHEAD = timedelta(days=30)


async def sweep_settings(session: WriteSession, payload: Payload) -> None:
    """Test the next batch of settings; a case opens where the limit is reached within the time.

    Args:
        session: as the worker.
        payload: `after`, the last provider of the batch before.
    """
    since = clock.today()
    after = uuid.UUID(payload["after"]) if "after" in payload else None
    async with acting_as(session, DbRole.THRESHOLD):
        if after is None:
            await queries.keep_overrun_committed(session, since)
        found = await queries.placed_institutions(session, since, since + AHEAD, after, BATCH)
    for institution_id in found:
        reached = await foresee(session, institution_id, since, since + AHEAD)
        if reached is not None:
            await note_limit(session, reached, refused=False)
    if len(found) == BATCH:
        await enqueue(session, WORKER, SWEEP, {"after": str(found[-1])})
