"""Who was expected and has not arrived: found every few minutes, told once.

An alert and the asking for its message are one transaction, and a session has one alert at most:
killed in between, the next round finds what is missing, and nobody is told twice.
"""

from datetime import datetime, timedelta

from app import clock
from app.access import WORKER
from app.attendance.queries import alerts as queries
from app.clock import LONDON
from app.db.events import WriteSession
from app.outbox.service import enqueue
from app.outbox.terms import Payload
from app.rules.attendance.reporting import alert_rule, bank_holidays_between
from app.values.uuid7 import uuid7

WATCH = "attendance.watch"
MAIL = "mail.attendance_alert"
EVERY_MINUTES = 5
BACK = timedelta(hours=12)
"""Sessions whose alert fell due longer ago are history: telling of them now helps nobody."""
_MOST = 1_000
"""Alerts written in one statement."""


async def watch(session: WriteSession, _: Payload) -> None:
    """Open an alert for each session that is due, and ask for a message about each."""
    present = clock.now()
    since = present - BACK
    days = sorted({moment.astimezone(LONDON).date() for moment in (since, present)})
    for day in days:
        minutes = alert_rule(day).figures["minutes"]
        closed = bank_holidays_between(day, day)
        found = await queries.without_arrival(session, day, (since, present), minutes, closed)
        rows = [
            {
                "id": uuid7(),
                "placement_id": row.placement_id,
                "day": day,
                "starts": row.starts,
                "why": row.why,
                "due_at": row.due_at,
                "opened_at": present,
            }
            for row in found
        ]
        for first in range(0, len(rows), _MOST):
            for alert_id in await queries.open_alerts(session, rows[first : first + _MOST]):
                payload = {"alert_id": str(alert_id), "at": _written(present)}
                await enqueue(session, WORKER, MAIL, payload, key=f"{MAIL}:{alert_id}")


def _written(moment: datetime) -> str:
    return moment.isoformat()
