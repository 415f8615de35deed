"""What the pages of signing in and out are given: finished words and addresses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from app.organisations.service.personas import Persona
from app.pages.filters import humanise
from app.pages.view_models import Frame


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation and what somebody is there: `Example School: administrator, analyst`."""

    organisation: str
    roles: str


@dataclass(frozen=True, slots=True)
class PersonaView:
    """An invented person one can be; `id` is what their button sends."""

    id: str
    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class SignInView:
    """The page to sign in at.

    Attributes:
        frame: what surrounds the page.
        title: in the browser's tab.
        openid_url: leads to the OpenID provider; `None` where none is set up.
        personas: the invented people of a demonstration; nobody elsewhere.
        personas_action: where their buttons lead.
    """

    frame: Frame
    title: str
    openid_url: str | None
    personas: tuple[PersonaView, ...]
    personas_action: str


@dataclass(frozen=True, slots=True)
class MembershipView:
    """An organisation somebody can act for; `id` is what its button sends."""

    id: str
    place: Place
    current: bool


@dataclass(frozen=True, slots=True)
class ChooseView:
    """The page on which somebody says for whom they act; `action` is where its buttons lead."""

    frame: Frame
    title: str
    name: str
    action: str
    memberships: tuple[MembershipView, ...]


@dataclass(frozen=True, slots=True)
class SignedOutView:
    """The page after signing out.

    Attributes:
        frame: what surrounds the page.
        title: in the browser's tab.
        everywhere: whether that was in every place.
        provider_url: leads on to the OpenID provider, where they are signed in still.
    """

    frame: Frame
    title: str
    everywhere: bool
    provider_url: str | None


def build_sign_in(
    frame: Frame, return_to: str, *, with_openid: bool, personas: Iterable[Persona]
) -> SignInView:
    """Return the page to sign in at.

    Args:
        frame: what surrounds the page.
        return_to: an address of ours to go on to afterwards.
        with_openid: whether an OpenID provider is set up.
        personas: whom one can be with one click; nobody outside a demonstration.
    """
    return SignInView(
        frame=frame,
        title="Sign in",
        openid_url=with_return("/sign-in/openid", return_to) if with_openid else None,
        personas=tuple(
            PersonaView(
                str(one.id), one.name, tuple(_place(name, roles) for name, roles in one.works_for)
            )
            for one in personas
        ),
        personas_action=with_return("/sign-in/demonstration", return_to),
    )


def build_choice(
    frame: Frame, name: str, memberships: Sequence[Any], current: object, return_to: str
) -> ChooseView:
    """Return the page on which somebody says for whom they act.

    Args:
        frame: what surrounds the page.
        name: theirs.
        memberships: rows of theirs: id, roles, organisation_name.
        current: the id of the one they act under now, if any.
        return_to: an address of ours to go on to afterwards.
    """
    return ChooseView(
        frame=frame,
        title="Choose an organisation",
        name=name,
        action=with_return("/account/organisation", return_to),
        memberships=tuple(
            MembershipView(str(one.id), _place(one.organisation_name, one.roles), one.id == current)
            for one in memberships
        ),
    )


def build_signed_out(frame: Frame, *, everywhere: bool, provider_url: str | None) -> SignedOutView:
    """Return the page after signing out."""
    return SignedOutView(frame, "You are signed out", everywhere, provider_url)


def with_return(address: str, return_to: str) -> str:
    """Return an address that leads on to another of ours afterwards."""
    return address if return_to == "/" else f"{address}?{urlencode({'return_to': return_to})}"


def _place(organisation: str, roles: Iterable[str]) -> Place:
    return Place(organisation, ", ".join(humanise(role).lower() for role in roles))
