"""What the pages on invitations are given, for those who invite."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.errors import AppError
from app.organisations.policies import state_of
from app.organisations.terms import InvitationState, SignInWay
from app.pages import people_wording as words
from app.pages.accounts.people_view import PEOPLE, offered_roles
from app.pages.filters import format_moment
from app.pages.form_parts import Ticks, read_faults, text_field, ticks
from app.pages.signed_in import new_form_key
from app.pages.view_models import ActionLink, ErrorLink, Fact, Frame, TextField

INVITATIONS = f"{PEOPLE}/invitations"
FIELDS = {
    "name": "Enter their name",
    "email": "Enter their e-mail address, such as name@example.org",
    "roles": "Choose at least one role",
    "way": "Choose how they will sign in",
}
_CAN_STILL = frozenset({InvitationState.OPEN, InvitationState.EXPIRED})


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the form, or what it begins with."""

    name: str = ""
    email: str = ""
    roles: Sequence[str] = ()
    way: str = SignInWay.OPENID.value


@dataclass(frozen=True, slots=True)
class InviteView:
    """The page on which somebody is invited."""

    frame: Frame
    title: str
    organisation: str
    name: TextField
    email: TextField
    roles: Ticks
    way: Ticks
    key: str
    errors: tuple[ErrorLink, ...]


@dataclass(frozen=True, slots=True)
class SentInvitationView:
    """The page of one invitation, for those who made it: where it stands, what can be done."""

    frame: Frame
    title: str
    name: str
    done: str | None
    facts: tuple[Fact, ...]
    links: tuple[ActionLink, ...]


def build_invite(
    frame: Frame, organisation: Any, typed: Typed, refused: AppError | None = None
) -> InviteView:
    """Return the page on which somebody is invited.

    Args:
        frame: what surrounds the page.
        organisation: name and kind of the one that invites.
        typed: what was typed before.
        refused: why the form was not taken, if it was sent.
    """
    faults = read_faults(refused, FIELDS)
    ways = ((str(way), told.label, told.meaning) for way, told in words.WAYS.items())
    return InviteView(
        frame=frame,
        title=faults.title("Invite somebody"),
        organisation=organisation.name,
        name=text_field("name", typed.name, faults),
        email=text_field("email", typed.email, faults),
        roles=ticks("roles", offered_roles(organisation.kind), typed.roles, faults),
        way=ticks("way", ways, (typed.way,), faults),
        key=new_form_key(),
        errors=faults.links,
    )


def build_sent_invitation(
    frame: Frame, invitation: Any, moment: datetime, done: str | None
) -> SentInvitationView:
    """Return the page of one invitation.

    Args:
        frame: what surrounds the page.
        invitation: as it is kept.
        moment: now.
        done: the code of what the form that led here did.
    """
    state, here = state_of(invitation, moment), f"{INVITATIONS}/{invitation.id}"
    links = (
        ActionLink("Send it again", f"{here}/send-again"),
        ActionLink("Withdraw it", f"{here}/withdraw"),
    )
    return SentInvitationView(
        frame=frame,
        title=f"Invitation of {invitation.name}",
        name=invitation.name,
        done=words.DONE.get(done or ""),
        facts=(
            Fact("E-mail address", (invitation.email,)),
            Fact("Roles", words.role_labels(invitation.roles)),
            Fact("Signs in", (words.WAYS[invitation.way].label,)),
            Fact("Where it stands", (words.INVITATION_STATES[state],)),
            Fact("Invited", (format_moment(invitation.invited_at),)),
            Fact("Open until", (format_moment(invitation.expires_at),)),
        ),
        links=links if state in _CAN_STILL else (),
    )
