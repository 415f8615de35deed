"""Writing erasures down outside the database, so that a backup that comes back cannot undo them."""

import asyncio
import uuid
from datetime import datetime

from app.access import Actor
from app.children.journal import Erased, append
from app.children.terms import ErasureReason
from app.config import Settings
from app.db.events import WriteSession
from app.outbox.service import enqueue
from app.outbox.terms import JobHandler, Payload

JOURNAL = "children.journal"


async def ask_to_note(session: WriteSession, actor: Actor, erased: Erased) -> None:
    """Have the worker add an erasure to the journal once this transaction is committed."""
    payload = {
        "child_id": str(erased.child_id),
        "erased_at": erased.at.isoformat(),
        "reason": erased.reason.value,
    }
    await enqueue(session, actor, JOURNAL, payload, key=f"{JOURNAL}:{erased.child_id}")


def note_erasures(settings: Settings) -> JobHandler:
    """Return what adds an erasure to the journal.

    Args:
        settings: where the journal lies.
    """

    async def note(_: WriteSession, payload: Payload) -> None:
        child_id, at = uuid.UUID(payload["child_id"]), datetime.fromisoformat(payload["erased_at"])
        erased = Erased(child_id, at, ErasureReason(payload["reason"]))
        await asyncio.to_thread(append, settings.erasure_journal_path, erased)

    return note
