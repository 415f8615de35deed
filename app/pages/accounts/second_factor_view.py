"""What the pages between a one-time link and a session are given."""

from dataclasses import dataclass
from urllib.parse import quote

import segno

from app.organisations.service.authenticators import SetUp
from app.organisations.terms import ONE_TIME_LINK_LASTS
from app.pages.view_models import ErrorLink, Frame, TextField


@dataclass(frozen=True, slots=True)
class LinkSentView:
    """The page after asking for a link; `minutes` is how long one is good."""

    frame: Frame
    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class FollowLinkView:
    """The page a one-time link leads to; `action` is where its button leads."""

    frame: Frame
    title: str
    action: str


@dataclass(frozen=True, slots=True)
class SecondFactorView:
    """The page that asks for a second factor.

    Attributes:
        frame: what surrounds the page.
        title: in the browser's tab.
        code: the box for a code; `None` for whoever has no authenticator.
        with_passkey: whether a passkey can be used.
        errors: what is to be mended.
    """

    frame: Frame
    title: str
    code: TextField | None
    with_passkey: bool
    errors: tuple[ErrorLink, ...]


@dataclass(frozen=True, slots=True)
class SetUpView:
    """The page that offers ways to show who one is.

    Attributes:
        frame: what surrounds the page.
        title: in the browser's tab.
        code: the box for the first code; `None` for whoever has an authenticator already.
        secret: to be typed into an authenticator, in groups of four.
        picture: the same as a QR code, as a `data:` address.
        with_passkey: whether a passkey can be made.
        errors: what is to be mended.
    """

    frame: Frame
    title: str
    code: TextField | None
    secret: str
    picture: str
    with_passkey: bool
    errors: tuple[ErrorLink, ...]


def build_link_sent(frame: Frame) -> LinkSentView:
    """Return the page after asking for a link, the same for every address."""
    minutes = int(ONE_TIME_LINK_LASTS.total_seconds() // 60)
    return LinkSentView(frame, "Look at your mail", minutes)


def build_follow_link(frame: Frame, token: str) -> FollowLinkView:
    """Return the page a one-time link leads to."""
    return FollowLinkView(frame, "Continue to sign in", f"/sign-in/link/{quote(token, safe='')}")


def build_second_factor(
    frame: Frame, *, with_code: bool, with_passkey: bool, fault: str | None
) -> SecondFactorView:
    """Return the page that asks for a second factor; `fault` is what was wrong with the last."""
    return SecondFactorView(
        frame=frame,
        title=_title("Show that it is you", fault),
        code=TextField("code", "", fault) if with_code else None,
        with_passkey=with_passkey,
        errors=_errors(fault),
    )


def build_set_up(
    frame: Frame, offered: SetUp | None, *, with_passkey: bool, fault: str | None
) -> SetUpView:
    """Return the page that offers ways to show who one is.

    Args:
        frame: what surrounds the page.
        offered: the secret for an authenticator; `None` for whoever has one already.
        with_passkey: whether a passkey can be made at this address.
        fault: what was wrong with the code that was sent.
    """
    secret = offered.secret if offered else ""
    return SetUpView(
        frame=frame,
        title=_title("Choose how you show that it is you", fault),
        code=TextField("code", "", fault) if offered else None,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        picture=_picture(offered.address) if offered else "",
        with_passkey=with_passkey,
        errors=_errors(fault),
    )


def _picture(address: str) -> str:
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=4))


def _title(title: str, fault: str | None) -> str:
    return f"Error: {title}" if fault else title


def _errors(fault: str | None) -> tuple[ErrorLink, ...]:
    return (ErrorLink(fault, "#code"),) if fault else ()
