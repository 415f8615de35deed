"""Links that are e-mailed: made once, sent by the worker, taken once."""

import uuid
from datetime import datetime, timedelta

from app import clock
from app.db.events import WriteSession, announce
from app.keyring.ring import Keyring
from app.keyring.sealing import seal
from app.organisations.errors import LinkNotGoodError
from app.organisations.events import LinkMade
from app.organisations.models.sign_in import EmailedLink
from app.organisations.queries import links as queries
from app.organisations.terms import LinkKind
from app.organisations.tokens import hash_token, new_token
from app.values.uuid7 import uuid7


def sealing_context(link_id: uuid.UUID) -> str:
    """Return what a link's sealed token is bound to."""
    return f"emailed_links.sealed_token {link_id}"


async def make_link(
    session: WriteSession, ring: Keyring, kind: LinkKind, about: uuid.UUID, lasts: timedelta
) -> str:
    """Make a link and have it sent once this transaction has committed; return its token.

    Args:
        session: the transaction whose consequence it is.
        ring: what the token is sealed under until it is sent.
        kind: what it is for.
        about: the invitation, or for a sign-in the person.
        lasts: how long it is good.
    """
    link_id, token, present = uuid7(), new_token(), clock.now()
    await queries.insert_link(
        session,
        {
            "id": link_id,
            "kind": kind.value,
            "invitation_id": about if kind is LinkKind.INVITATION else None,
            "person_id": about if kind is LinkKind.SIGN_IN else None,
            "token_hash": hash_token(token),
            "sealed_token": seal(ring, token.encode(), sealing_context(link_id)),
            "made_at": present,
            "expires_at": present + lasts,
        },
    )
    announce(session, LinkMade(link_id))
    return token


async def look_at_link(session: WriteSession, token: str, kind: LinkKind) -> EmailedLink:
    """Return a link that is still good, without taking it: mail programs open links too.

    Raises:
        LinkNotGoodError: it was used, is too old, or never was.
    """
    return _good(await queries.get_link(session, hash_token(token)), kind, clock.now())


async def take_link(session: WriteSession, token: str, kind: LinkKind) -> EmailedLink:
    """Take a link that is still good; nobody can take it again.

    Raises:
        LinkNotGoodError: it was used, is too old, or never was.
    """
    present = clock.now()
    link = _good(await queries.get_link(session, hash_token(token), lock=True), kind, present)
    await queries.mark_used(session, link.id, present)
    return link


def _good(link: EmailedLink | None, kind: LinkKind, present: datetime) -> EmailedLink:
    if link is None or link.kind != kind or link.used_at or link.expires_at <= present:
        raise LinkNotGoodError(
            "This link was used already, is too old, or is not complete. Ask for a new one: for an "
            "invitation whoever sent it, for signing in at /sign-in."
        )
    return link
