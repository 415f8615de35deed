"""Midnight in London: what time alone changes of outcomes is found anew, and published.

Outcomes are settled, and records published, by whoever reacts to a changed provider; here the
providers are found whose day has come. A job announces at most a batch of them and asks for the
next. However long nobody was there to do it, each change holds from the day it fell on.
"""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from app import clock
from app.access import WORKER, Actor, DbRole
from app.db.events import WriteSession, announce
from app.db.transactions import acting_as
from app.inspections.queries import turning as queries
from app.outbox.service import enqueue
from app.outbox.terms import Payload
from app.providers.events import ProviderChanged
from app.standards.events import RulesPublished
from app.standards.terms import PolicyCode

TURN = "inspections.turn_day"
BATCH = 1_000
RULES = (PolicyCode.OUTCOME_RULE, PolicyCode.INSPECTION_CYCLE)
"""Policies by which outcomes, or the days on which visits are due, follow."""
RULES_LOOKED_BACK = timedelta(days=7)
"""For so long after standards or a policy began or ended, everybody is looked at each night."""


async def turn_outcomes(session: WriteSession, payload: Payload) -> None:
    """Announce the next batch of providers with a site whose outcome changes by today.

    Args:
        session: as the worker.
        payload: `after`, the last provider of the batch before; and `everybody`, where rules were
            published or have changed. Nothing of it when the schedule asks.
    """
    today = clock.today()
    everybody = bool(payload.get("everybody"))
    if not everybody and "after" not in payload:
        since = today - RULES_LOOKED_BACK
        everybody = await queries.rules_changed(session, RULES, since, today)
        if everybody:
            async with acting_as(session, DbRole.PUBLISHER):
                await queries.drop_past_impacts(session, today)
    after = uuid.UUID(payload["after"]) if "after" in payload else None
    async with acting_as(session, DbRole.PUBLISHER):
        ids = await queries.find_due(session, today, after, BATCH, everybody=everybody)
    for provider_id in ids:
        announce(session, ProviderChanged(provider_id))
    if len(ids) == BATCH:
        rest = {"after": str(ids[-1]), "everybody": everybody}
        await enqueue(session, WORKER, TURN, rest)


async def foretell(session: WriteSession, actor: Actor, events: Sequence[RulesPublished]) -> None:
    """React to rules published for a day to come: records say from now on what they will change."""
    if any(event.policy is None or event.policy in RULES for event in events):
        await enqueue(session, actor, TURN, {"everybody": True})
