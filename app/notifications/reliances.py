"""Telling a QA body that it relies on another's inspection no more."""

import uuid

from app import clock
from app.config import Settings
from app.db.events import WriteSession
from app.inspections.queries.reliances import find_officers, get_ended
from app.notifications import inspection_messages as messages
from app.notifications.mail import Mailer
from app.notifications.terms import Envelope
from app.outbox.terms import JobHandler, Payload

_NAMESPACE = uuid.UUID("6a3f2f1e-3f61-4b0e-8a51-1f5b8a8e4c70")
"""Never to be changed: the same message to the same person has the same Message-ID."""


def mail_ended(settings: Settings, mailer: Mailer) -> JobHandler:
    """Return what tells the inspectors of a body that a reliance of theirs ended.

    Args:
        settings: the register's address, and the sender's.
        mailer: how messages leave.
    """

    async def send(session: WriteSession, payload: Payload) -> None:
        ended = await get_ended(session, uuid.UUID(payload["reliance_id"]))
        if ended is None:
            return
        facts = (ended.reference, f"{ended.name} ({ended.number})", ended.ended_on)
        for officer in await find_officers(session, ended.organisation_id):
            envelope = Envelope(
                id=uuid.uuid5(_NAMESPACE, f"{ended.id}:{officer.person_id}"),
                sender=settings.mail_from,
                email=officer.email,
                name=officer.name,
                written_at=clock.now(),
                expires_at=clock.now(),
            )
            await mailer.send(messages.reliance_ended(envelope, settings.address, facts))

    return send
