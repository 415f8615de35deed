"""Visits to the OpenID provider: begun in one browser, come back from once, in the same one."""

import re
import uuid
from dataclasses import dataclass

from app import clock
from app.db.events import WriteSession
from app.organisations.openid import Visit, refused
from app.organisations.queries import sign_in as queries
from app.organisations.service.links import look_at_link
from app.organisations.terms import ATTEMPT_LASTS, LinkKind
from app.organisations.tokens import hash_token, new_token
from app.values.uuid7 import uuid7

HOME = "/"
_OWN_PATH = re.compile(r"/(?!/)[\x21-\x5b\x5d-\x7e]{0,600}")
"""A path of ours: no second slash, no backslash, no control character, which browsers overlook."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A visit to the provider that somebody has come back from.

    Attributes:
        visit: what ties the answer to it.
        return_to: an address of ours.
        link_id: the invitation's link that is being accepted, if any.
        session_id: the session whose holder shows who they are again, if any.
    """

    visit: Visit
    return_to: str
    link_id: uuid.UUID | None
    session_id: uuid.UUID | None


def own_path(value: str | None) -> str:
    """Return an address of ours to go on to; our home for anything that could lead elsewhere."""
    return value if value is not None and _OWN_PATH.fullmatch(value) else HOME


async def begin_visit(
    session: WriteSession,
    return_to: str,
    *,
    invitation: str | None = None,
    again: uuid.UUID | None = None,
) -> tuple[Visit, str]:
    """Begin a visit to the provider; return it with the cookie that ties it to this browser.

    Args:
        session: a doorkeeper's transaction.
        return_to: an address of ours.
        invitation: the token of an invitation's link that is to be accepted.
        again: the session whose holder shows who they are again.

    Raises:
        LinkNotGoodError: the invitation's link is no longer good.
    """
    link = await look_at_link(session, invitation, LinkKind.INVITATION) if invitation else None
    present, browser = clock.now(), new_token()
    visit = Visit(new_token(), new_token(), new_token(), present, again=again is not None)
    await queries.insert_attempt(
        session,
        {
            "id": uuid7(),
            "state_hash": hash_token(visit.state),
            "browser_hash": hash_token(browser),
            "nonce": visit.nonce,
            "code_verifier": visit.code_verifier,
            "return_to": own_path(return_to),
            "link_id": link.id if link else None,
            "session_id": again,
            "began_at": present,
            "expires_at": present + ATTEMPT_LASTS,
        },
    )
    return visit, browser


async def take_attempt(session: WriteSession, state: str, browser: str | None) -> Attempt:
    """Take the visit somebody came back from; nobody can take it again.

    To be committed before the code is exchanged: whatever comes of that, the way back is spent.

    Raises:
        SignInRefusedError: there was no such visit, it was taken, it took too long, or another
            browser began it.
    """
    present = clock.now()
    held = await queries.lock_attempt(session, hash_token(state))
    if held is None:
        raise refused("state")
    if browser is None or hash_token(browser) != held.browser_hash:
        raise refused("browser")
    if held.used_at is not None:
        raise refused("used")
    if held.expires_at <= present:
        raise refused("too-late")
    await queries.mark_attempt_used(session, held.id, present)
    again = held.session_id is not None
    return Attempt(
        Visit(state, held.nonce, held.code_verifier, held.began_at, again),
        held.return_to,
        held.link_id,
        held.session_id,
    )
