"""Messages to whoever looks for a child and is late; jobs of the worker."""

import uuid
from datetime import date, datetime, time

from app import clock
from app.config import Settings
from app.db.events import WriteSession
from app.notifications import messages
from app.notifications.mail import Mailer
from app.notifications.terms import Envelope
from app.organisations.queries.people import get_reachable
from app.outbox.terms import JobHandler, Payload

_NAMESPACE = uuid.UUID("2f6a9f0c-5c0d-4f37-9d2e-7a2a0c1b7e55")
"""Never to be changed: the same message to the same person has the same Message-ID."""


def mail(settings: Settings, mailer: Mailer) -> JobHandler:
    """Return what tells somebody that a follow-up is overdue, by its reference alone.

    Args:
        settings: the register's address, and the sender's.
        mailer: how messages leave.
    """

    async def send(session: WriteSession, payload: Payload) -> None:
        organisation_id, person_id = payload["organisation_id"], payload["person_id"]
        reader = await get_reachable(session, uuid.UUID(organisation_id), uuid.UUID(person_id))
        if reader is None:
            return  # they do not work there any more
        asked_on = date.fromisoformat(payload["asked_on"])
        written_at = datetime.combine(asked_on, time(7, 40), clock.LONDON)
        identity = f"{payload['follow_up_id']}:{payload['asked_on']}:{organisation_id}:{person_id}"
        envelope = Envelope(
            id=uuid.uuid5(_NAMESPACE, identity),
            sender=settings.mail_from,
            email=reader.email,
            name=reader.name,
            written_at=written_at,
            expires_at=written_at,
        )
        facts = (payload["reference"], date.fromisoformat(payload["due_on"]))
        await mailer.send(messages.follow_up_overdue(envelope, settings.address, facts))

    return send
