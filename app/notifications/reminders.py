"""Reminders to those who keep a provider's record: asked for each morning, sent one by one."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from app import clock
from app.access import WORKER
from app.config import Settings
from app.db.events import WriteSession
from app.notifications import messages
from app.notifications.mail import Mailer
from app.notifications.terms import Envelope
from app.outbox.service import enqueue
from app.outbox.terms import JobHandler, Payload
from app.providers.evidence import add_months
from app.providers.queries import reminders as queries
from app.standards.queries.published_policies import policy_on
from app.standards.terms import PolicyCode

REMIND = "evidence.remind"
MAIL_EVIDENCE = "mail.evidence"
MAIL_CONFIRMATION = "mail.confirmation"
CONFIRMATION_DAYS = (30, 7)
"""How many days before the yearly word is due its owner is reminded."""
PAST = 0
"""Stands for the reminder that a document is out of date."""
LATE = timedelta(days=30)
"""After which, however long nobody was there to send it, it is no news any more."""
_NAMESPACE = uuid.UUID("c1b0a6fe-6d0e-4f0e-9b3f-0d0f5d5f7c11")
"""Never to be changed: the same reminder to the same person has the same Message-ID."""


async def remind(session: WriteSession, _: Payload) -> None:
    """Ask for every message that is due today and was not asked for; a job of its own for each.

    However many days nobody was there to look, of each document only the newest reminder is asked
    for. What was renewed meanwhile is not reminded of.
    """
    today = clock.today()
    policy = await policy_on(session, PolicyCode.EVIDENCE_REMINDERS, today)
    if policy is not None:
        await _remind_of_documents(session, today, policy["days"])
    yearly = await policy_on(session, PolicyCode.YEARLY_CONFIRMATION, today)
    if yearly is not None:
        await _remind_to_confirm(session, today, yearly["months"])


def mail_evidence(settings: Settings, mailer: Mailer) -> JobHandler:
    """Return what tells somebody of a document that ends, or has ended.

    Args:
        settings: the register's address, and the sender's.
        mailer: how messages leave.
    """

    async def send(session: WriteSession, payload: Payload) -> None:
        due_on, days = date.fromisoformat(payload["due_on"]), int(payload["days"])
        told = await queries.get_document_to_tell(
            session, uuid.UUID(payload["document_id"]), due_on, days
        )
        envelope = await _envelope(session, settings, payload, told)
        if told is None or envelope is None:
            return  # renewed meanwhile, or not theirs to keep any more
        facts = (told.title, f"{told.name} ({told.number})", due_on)
        if days == PAST:
            policy = await policy_on(session, PolicyCode.EVIDENCE_GRACE, clock.today())
            grace = due_on + timedelta(days=policy["days"]) if policy else None
            message = messages.evidence_out_of_date(envelope, settings.address, facts, grace)
        else:
            message = messages.evidence_ending(envelope, settings.address, facts)
        await mailer.send(message)

    return send


def mail_confirmation(settings: Settings, mailer: Mailer) -> JobHandler:
    """Return what reminds somebody that their record waits to be confirmed; as `mail_evidence`."""

    async def send(session: WriteSession, payload: Payload) -> None:
        due_on, days = date.fromisoformat(payload["due_on"]), int(payload["days"])
        told = await queries.get_provider_to_tell(
            session,
            uuid.UUID(payload["provider_id"]),
            due_on,
            days,
            date.fromisoformat(payload["since"]),
        )
        envelope = await _envelope(session, settings, payload, told)
        if told is not None and envelope is not None:
            facts = (f"{told.name} ({told.number})", due_on)
            await mailer.send(messages.confirmation_due(envelope, settings.address, facts))

    return send


def step_of(today: date, last: date, days: Iterable[int]) -> int | None:
    """Return which reminder is the newest that is due: so many days before the last, or `PAST`.

    Args:
        today: the day.
        last: on which a document counts for the last time.
        days: before it, on which its provider is reminded.
    """
    if last < today:
        return PAST
    return min((one for one in days if (last - today).days <= one), default=None)


async def _remind_of_documents(session: WriteSession, today: date, days: list[int]) -> None:
    ahead = timedelta(days=max(days, default=0))
    for document in await queries.find_ending(session, today - LATE, today + ahead):
        step = step_of(today, document.current_until, days)
        if step is not None:
            about = {"document_id": str(document.id)}
            await _ask(session, MAIL_EVIDENCE, about, document, document.current_until, step)


async def _remind_to_confirm(session: WriteSession, today: date, months: int) -> None:
    for record in await queries.find_confirmed(session):
        began = record.began_at.astimezone(clock.LONDON).date()
        since = max(record.confirmed_on, began) if record.confirmed_on else began
        due_on = add_months(since, months)
        step = step_of(today, due_on, CONFIRMATION_DAYS)
        if step is not None and step != PAST:
            about = {"provider_id": str(record.id), "since": since.isoformat()}
            await _ask(session, MAIL_CONFIRMATION, about, record, due_on, step)


async def _ask(
    session: WriteSession, kind: str, about: dict[str, str], of: Any, due_on: date, step: int
) -> None:
    if not await queries.note_reminder(session, of.id, due_on, step, clock.now()):
        return
    for person_id in await queries.find_people_to_remind(session, of.organisation_id):
        payload = about | {
            "due_on": due_on.isoformat(),
            "days": step,
            "organisation_id": str(of.organisation_id),
            "person_id": str(person_id),
        }
        key = f"{kind}:{of.id}:{due_on.isoformat()}:{step}:{person_id}"
        await enqueue(session, WORKER, kind, payload, key=key)


async def _envelope(
    session: WriteSession, settings: Settings, payload: Payload, told: Any
) -> Envelope | None:
    if told is None:
        return None
    organisation_id, person_id = uuid.UUID(payload["organisation_id"]), payload["person_id"]
    reader = await queries.get_reader(session, organisation_id, uuid.UUID(person_id))
    if reader is None:
        return None
    subject = payload.get("document_id") or payload["provider_id"]
    identity = f"{subject}:{payload['due_on']}:{payload['days']}:{person_id}"
    return Envelope(
        id=uuid.uuid5(_NAMESPACE, identity),
        sender=settings.mail_from,
        email=reader.email,
        name=reader.name,
        written_at=told.asked_at,
        expires_at=told.asked_at,
    )
