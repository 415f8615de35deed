"""Messages about inspections to those who keep the provider's record; jobs of the worker."""

import uuid
from datetime import date, datetime

from app.access import WORKER
from app.config import Settings
from app.db.events import WriteSession
from app.inspections.queries.telling import get_inspection_to_tell
from app.inspections.terms import Notice
from app.notifications import inspection_messages as messages
from app.notifications.mail import Mailer
from app.notifications.terms import Envelope
from app.outbox.service import enqueue
from app.outbox.terms import JobHandler, Payload
from app.providers.queries.reminders import find_people_to_remind, get_reader

MAIL = "mail.inspection"
_NAMESPACE = uuid.UUID("0b6f5a34-6a9e-4a0e-8d59-2f1c7f6f1d36")
"""Never to be changed: the same message to the same person has the same Message-ID."""


async def tell(session: WriteSession, payload: Payload) -> None:
    """Ask for a message to everybody who keeps the provider's record; to nobody if nobody does."""
    told = await get_inspection_to_tell(session, uuid.UUID(payload["inspection_id"]))
    if told is None or told.organisation_id is None:
        return
    for person_id in await find_people_to_remind(session, told.organisation_id):
        about = payload | {
            "organisation_id": str(told.organisation_id),
            "person_id": str(person_id),
            "due_on": told.comments_due_on.isoformat() if told.comments_due_on else None,
        }
        key = f"{MAIL}:{payload['inspection_id']}:{payload['notice']}:{payload['at']}:{person_id}"
        await enqueue(session, WORKER, MAIL, about, key=key)


def mail(settings: Settings, mailer: Mailer) -> JobHandler:
    """Return what writes to somebody about an inspection, while they keep the record.

    Args:
        settings: the register's address, and the sender's.
        mailer: how messages leave.
    """

    async def send(session: WriteSession, payload: Payload) -> None:
        told = await get_inspection_to_tell(session, uuid.UUID(payload["inspection_id"]))
        organisation_id, person_id = payload["organisation_id"], payload["person_id"]
        reader = await get_reader(session, uuid.UUID(organisation_id), uuid.UUID(person_id))
        if told is None or reader is None or str(told.organisation_id) != organisation_id:
            return  # not theirs to keep any more
        at = datetime.fromisoformat(payload["at"])
        identity = f"{payload['inspection_id']}:{payload['notice']}:{payload['at']}:{person_id}"
        envelope = Envelope(
            id=uuid.uuid5(_NAMESPACE, identity),
            sender=settings.mail_from,
            email=reader.email,
            name=reader.name,
            written_at=at,
            expires_at=at,
        )
        facts = (told.reference, f"{told.name} ({told.number})")
        due = date.fromisoformat(payload["due_on"]) if payload["due_on"] else None
        notice = Notice(payload["notice"])
        await mailer.send(messages.notice(envelope, settings.address, facts, notice, due))

    return send
