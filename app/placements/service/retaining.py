"""Records of children whom nobody places any more are erased when their time is over."""

import uuid

from app import clock
from app.access import WORKER
from app.children.journal import Erased
from app.children.queries import unattended
from app.children.service.erasing import erase_unattended
from app.children.terms import ErasureReason
from app.db.events import WriteSession
from app.outbox.service import enqueue
from app.outbox.terms import Payload
from app.rules.retention import REGISTERS_KEPT, kept_until, years_after

RETAIN = "children.retain"
BATCH = 200


async def erase_over(session: WriteSession, payload: Payload) -> None:
    """Erase what is over among the next records; ask for the batch after it.

    Args:
        session: as the worker.
        payload: `after`, the last record of the batch before.
    """
    today = clock.today()
    after = uuid.UUID(payload["after"]) if "after" in payload else None
    soonest = years_after(today, -REGISTERS_KEPT.figures["years"])
    found = await unattended.list_quiet(session, soonest, after, BATCH)
    for row in found:
        kept = kept_until(row.born_on, row.quiet_since, plan_or_care=row.plan_or_care)
        if kept.until < today:
            erased = Erased(row.child_id, clock.now(), ErasureReason.RETENTION_OVER)
            await erase_unattended(session, WORKER, erased)
    if len(found) == BATCH:
        await enqueue(session, WORKER, RETAIN, {"after": str(found[-1].child_id)})
