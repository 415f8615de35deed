"""What the page of an invitation is given."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from app.organisations.service.welcome import Welcome
from app.organisations.terms import SignInWay
from app.pages.filters import humanise
from app.pages.view_models import Frame


@dataclass(frozen=True, slots=True)
class InvitationView:
    """The page of an invitation.

    Attributes:
        frame: what surrounds the page.
        title: in the browser's tab.
        organisation: who asks.
        roles: what they would be there.
        signed_in_as: who is signed in and can accept at once.
        action: where the button to accept leads; empty where they must sign in first.
        openid_url: where they sign in to accept; empty where they do not.
    """

    frame: Frame
    title: str
    organisation: str
    roles: str
    signed_in_as: str | None
    action: str
    openid_url: str


def build_invitation(
    frame: Frame, token: str, told: Welcome, *, signed_in_as: str | None
) -> InvitationView:
    """Return the page of an invitation.

    Args:
        frame: what surrounds the page.
        token: of its link.
        told: who invites, and to what.
        signed_in_as: the name of whoever is signed in.
    """
    at_once = signed_in_as is not None or told.way is SignInWay.LINK
    openid = "/sign-in/openid?" + urlencode({"invitation": token, "return_to": "/account"})
    return InvitationView(
        frame=frame,
        title=f"{told.organisation} invites you",
        organisation=told.organisation,
        roles=", ".join(humanise(role) for role in told.roles),
        signed_in_as=signed_in_as,
        action=f"/invitations/{quote(token, safe='')}" if at_once else "",
        openid_url="" if at_once else openid,
    )
