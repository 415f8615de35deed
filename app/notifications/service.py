"""Sending: what the worker does for those who wait for a message."""

import uuid
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from app import clock
from app.config import Settings
from app.db.events import WriteSession
from app.keyring.ring import Keyring
from app.keyring.sealing import open_sealed
from app.notifications import messages
from app.notifications.mail import Mailer
from app.notifications.terms import Envelope
from app.organisations.queries.links import forget_token, get_link_to_send
from app.organisations.service.links import sealing_context
from app.organisations.terms import LinkKind
from app.outbox.terms import JobHandler, Payload


def send_link(settings: Settings, ring: Keyring, mailer: Mailer) -> JobHandler:
    """Return what sends a link to whoever waits for it, for the table of jobs.

    A link that is of no use any more is not sent. Either way its token is forgotten in the job's
    own transaction, so that afterwards only the mailbox has it. If that transaction fails after the
    message has left, it leaves again, under the same Message-ID.

    Args:
        settings: the address links begin with, and the sender's.
        ring: what tokens are sealed under.
        mailer: how messages leave.
    """

    async def send(session: WriteSession, payload: Payload) -> None:
        link = await get_link_to_send(session, uuid.UUID(payload["link_id"]))
        if link is None:
            return  # cleared away: it is older than any link lasts
        if _is_wanted(link, clock.now()):
            token = open_sealed(ring, link.sealed_token, sealing_context(link.id)).decode()
            await mailer.send(_message(settings, link, token))
        await forget_token(session, link.id)

    return send


def _is_wanted(link: Any, present: datetime) -> bool:
    """Say whether a link is still good for something, and has yet to be sent."""
    over = link.used_at or link.accepted_at or link.withdrawn_at or link.blocked_at
    return bool(link.sealed_token and link.email) and not over and link.expires_at > present


def _message(settings: Settings, link: Any, token: str) -> EmailMessage:
    envelope = Envelope(
        id=link.id,
        sender=settings.mail_from,
        email=link.email,
        name=link.name,
        written_at=link.made_at,
        expires_at=link.expires_at,
    )
    if link.kind == LinkKind.INVITATION:
        address = f"{settings.address}/invitations/{token}"
        return messages.invitation(envelope, address, link.organisation_name, link.inviter_name)
    return messages.sign_in(envelope, f"{settings.address}/sign-in/link/{token}")
