"""How many invitations may be open, and how many may leave: ours to bound, by no law.

An invitation is mail to an address of the inviter's choosing. An organisation's own work never
comes near these bounds; a stolen session that is made to send mail does. Whoever counts holds the
organisation's lock on inviting, so that two at once cannot both be the last.
"""

import uuid
from datetime import datetime, timedelta

from app.db.events import WriteSession
from app.organisations.errors import TooManyInvitationsError, TooManyOpenInvitationsError
from app.organisations.queries import invitations as queries
from app.organisations.terms import (
    INVITATION_LASTS,
    INVITATION_RESTS,
    MOST_INVITATIONS_AN_HOUR,
    MOST_INVITATIONS_TO_ONE,
    MOST_OPEN_INVITATIONS,
)

_HOUR = timedelta(hours=1)


async def check_room(session: WriteSession, organisation_id: uuid.UUID, present: datetime) -> None:
    """See that an organisation may have one more open invitation.

    Raises:
        TooManyOpenInvitationsError: it has as many as it may.
    """
    if await queries.count_open(session, organisation_id, present) >= MOST_OPEN_INVITATIONS:
        raise TooManyOpenInvitationsError(
            f"{MOST_OPEN_INVITATIONS} invitations of this organisation are open, which is as many "
            "as may be. Withdraw some of them, or wait for them to be accepted."
        )


async def check_hour(session: WriteSession, organisation_id: uuid.UUID, present: datetime) -> None:
    """See that one more invitation of an organisation may leave now.

    Raises:
        TooManyInvitationsError: as many as may be left within the last hour, withdrawn ones too.
    """
    within = present + INVITATION_LASTS - _HOUR
    sent = await queries.count_expiring_after(session, organisation_id, within)
    if sent >= MOST_INVITATIONS_AN_HOUR:
        raise _too_soon(f"{sent} invitations left for this organisation within an hour.", _HOUR)


async def check_address(
    session: WriteSession, organisation_id: uuid.UUID, email: str, present: datetime
) -> None:
    """See that one more invitation of an organisation may leave for an address now.

    Raises:
        TooManyInvitationsError: as many as may be left for it within the last hour.
    """
    within = present + INVITATION_LASTS - _HOUR
    sent = await queries.count_expiring_after(session, organisation_id, within, email)
    if sent >= MOST_INVITATIONS_TO_ONE:
        raise _too_soon(f"{sent} invitations left for this address within an hour.", _HOUR)


def check_rested(expires_at: datetime, present: datetime) -> None:
    """See that an invitation has been under way for long enough to be sent again.

    Args:
        expires_at: when it does; it was sent a whole `INVITATION_LASTS` before.
        present: this moment.

    Raises:
        TooManyInvitationsError: it left a short while ago.
    """
    wait = expires_at - INVITATION_LASTS + INVITATION_RESTS - present
    if wait > timedelta(0):
        raise _too_soon("This invitation was sent a short while ago.", wait)


def _too_soon(what: str, wait: timedelta) -> TooManyInvitationsError:
    seconds = max(1, int(wait.total_seconds()))
    return TooManyInvitationsError(
        f"{what} Try again in {-(-seconds // 60)} minutes.", headers={"Retry-After": str(seconds)}
    )
