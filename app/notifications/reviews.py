"""Messages to whoever places children where something changed; jobs of the worker."""

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
from app.reviews.terms import CAUSES, ReviewCause

_NAMESPACE = uuid.UUID("8c0a4d0e-33a1-4a57-93f1-0c1f6e8d2b19")
"""Never to be changed: the same message to the same person has the same Message-ID."""


def mail(settings: Settings, mailer: Mailer) -> JobHandler:
    """Return what tells somebody that placements at a provider are reviewed; it names no child.

    Args:
        settings: the register's address, and the sender's.
        mailer: how messages leave.
    """

    async def send(session: WriteSession, payload: Payload) -> None:
        organisation_id, person_id = payload["organisation_id"], payload["person_id"]
        reader = await get_reachable(session, uuid.UUID(organisation_id), uuid.UUID(person_id))
        if reader is None:
            return  # they do not work there any more
        opened_on = date.fromisoformat(payload["opened_on"])
        written_at = datetime.combine(opened_on, time(), clock.LONDON)
        told = ("provider_id", "cause", "opened_on", "organisation_id", "person_id")
        envelope = Envelope(
            id=uuid.uuid5(_NAMESPACE, ":".join(payload[one] for one in told)),
            sender=settings.mail_from,
            email=reader.email,
            name=reader.name,
            written_at=written_at,
            expires_at=written_at,
        )
        days = [date.fromisoformat(payload[one]) for one in ("acknowledge_by", "review_by")]
        facts = (payload["provider"], CAUSES[ReviewCause(payload["cause"])], *days)
        await mailer.send(messages.review_opened(envelope, settings.address, facts))

    return send
