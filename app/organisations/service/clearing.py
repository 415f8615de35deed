"""Clears away what nobody signs in with any more, so that no more is held of people than is needed.

UK GDPR Article 5(1)(e), storage limitation. Who did what stays in the record of acts.
"""

from datetime import timedelta
from functools import partial

from app import clock
from app.access import WORKER
from app.audit import service as audit
from app.db.events import WriteSession
from app.organisations.models.sign_in import SignInAttempt, SignInStep
from app.organisations.queries import clearing as queries
from app.outbox.clearing import BATCH, MOST_BATCHES, in_batches
from app.outbox.service import enqueue
from app.outbox.terms import Payload

SIGN_IN_CLEAR = "sign_in.clear"
LINKS_KEPT = timedelta(days=30)
SESSIONS_KEPT = timedelta(days=90)
"""After their end: long enough to look into a sign-in that somebody says was not theirs."""


async def clear_sign_in(session: WriteSession, payload: Payload) -> None:
    """Remove expired attempts and steps, then old links and sessions, which those may name."""
    present = clock.now()
    passing = [
        await in_batches(partial(queries.delete_expired, session, table, present))
        for table in (SignInAttempt, SignInStep)
    ]
    made_before = present - LINKS_KEPT
    links = await in_batches(partial(queries.delete_links, session, made_before, present))
    ended_before = present - SESSIONS_KEPT
    sessions = await in_batches(partial(queries.delete_sessions, session, ended_before))
    if links or sessions:
        removed = {"emailed_links": links, "sign_in_sessions": sessions}
        await audit.record(session, WORKER, "sign_in.cleared", None, after=removed)
    if max(*passing, links, sessions) == BATCH * MOST_BATCHES:
        await enqueue(session, WORKER, SIGN_IN_CLEAR, {})
