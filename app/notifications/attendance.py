"""Telling a commissioner's contact that somebody has not arrived; nothing of the child is in it."""

import uuid
from datetime import datetime

from app.attendance.queries.alerts import recipients_of
from app.config import Settings
from app.db.events import WriteSession
from app.notifications import messages
from app.notifications.mail import Mailer
from app.notifications.terms import Envelope
from app.outbox.terms import JobHandler, Payload

_NAMESPACE = uuid.UUID("c1f0a8e4-1d0e-4f0e-9a58-7be1b0b2f7d5")
"""Never to be changed: the same message to the same person has the same Message-ID."""


def mail_alert(settings: Settings, mailer: Mailer) -> JobHandler:
    """Return what writes to the contact of a placement that was agreed, or to who safeguards.

    Args:
        settings: the register's address, and the sender's.
        mailer: how messages leave.
    """

    async def send(session: WriteSession, payload: Payload) -> None:
        alert_id, at = payload["alert_id"], datetime.fromisoformat(payload["at"])
        for reader in await recipients_of(session, uuid.UUID(alert_id)):
            envelope = Envelope(
                id=uuid.uuid5(_NAMESPACE, f"{alert_id}:{reader.person_id}"),
                sender=settings.mail_from,
                email=reader.email,
                name=reader.name,
                written_at=at,
                expires_at=at,
            )
            await mailer.send(messages.attendance_alert(envelope, settings.address, alert_id))

    return send
