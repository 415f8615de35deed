"""What the pages of somebody's own account are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.access import Actor
from app.errors import AppError
from app.organisations.queries.own_factors import OwnFactors
from app.organisations.terms import Method
from app.pages import people_wording as words
from app.pages.filters import format_day, format_moment
from app.pages.form_parts import read_faults, text_field
from app.pages.signed_in import new_form_key
from app.pages.view_models import ErrorLink, Fact, Frame, TextField

_BY_LINK = frozenset({Method.LINK_AND_CODE, Method.LINK_AND_PASSKEY})
NAME_FIELDS = {"name": "Enter your name"}


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role somebody has, and what it is for."""

    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SessionView:
    """Somewhere somebody is signed in.

    Attributes:
        began: when.
        seen: when it was last used.
        method: how they showed who they are.
        organisation: for whom they act there.
        current: whether it is this very one.
        action: where the button to sign out there leads.
        key: travels unseen with that button.
    """

    began: str
    seen: str
    method: str
    organisation: str
    current: bool
    action: str
    key: str


@dataclass(frozen=True, slots=True)
class FactorView:
    """A way to show who one is beside a link: what it is, since when, last used when."""

    name: str
    added: str
    used: str


@dataclass(frozen=True, slots=True)
class AccountView:
    """The page of somebody's own account.

    Attributes:
        frame: what surrounds the page.
        title: in the browser's tab.
        done: what the form that led here did.
        facts: who they are.
        organisation: for whom they act; `None` until they chose.
        roles: what they are there.
        permitted: what they can do there, in words.
        sessions: where they are signed in; the newest come first.
        more_sessions: whether there are others that are not shown.
        factors: what they show beside a link; `None` for whoever signs in otherwise.
    """

    frame: Frame
    title: str
    done: str | None
    facts: tuple[Fact, ...]
    organisation: str | None
    roles: tuple[RoleView, ...]
    permitted: tuple[str, ...]
    sessions: tuple[SessionView, ...]
    more_sessions: bool
    factors: tuple[FactorView, ...] | None


@dataclass(frozen=True, slots=True)
class OwnNameView:
    """The page on which somebody changes their own name."""

    frame: Frame
    title: str
    name: TextField
    key: str
    version: int
    errors: tuple[ErrorLink, ...]


def build_account(
    frame: Frame,
    actor: Actor,
    sessions: tuple[Sequence[Any], bool],
    factors: OwnFactors,
    done: str | None,
) -> AccountView:
    """Return the page of somebody's own account.

    Args:
        frame: what surrounds the page.
        actor: they.
        sessions: where they are signed in, and whether there are more.
        factors: what they can show beside a link.
        done: the code of what the form that led here did.
    """
    rows, more = sessions
    here = next((row for row in rows if row.id == actor.session_id), None)
    by_link = factors.any or (here is not None and here.method in _BY_LINK)
    return AccountView(
        frame=frame,
        title="Your account",
        done=words.DONE.get(done or ""),
        facts=_facts(actor),
        organisation=actor.organisation_name,
        roles=tuple(
            RoleView(told.label, told.meaning)
            for role, told in words.ROLES.items()
            if role in actor.roles
        ),
        permitted=tuple(
            told
            for permission, told in words.PERMISSIONS.items()
            if permission in actor.permissions
        ),
        sessions=tuple(_session(row, actor) for row in rows),
        more_sessions=more,
        factors=_factors(factors) if by_link else None,
    )


def build_own_name(
    frame: Frame, name: str, version: int, refused: AppError | None = None
) -> OwnNameView:
    """Return the page on which somebody changes their own name.

    Args:
        frame: what surrounds the page.
        name: as it is, or as typed.
        version: of what is held now.
        refused: why it was not changed, if that was tried.
    """
    faults = read_faults(refused, NAME_FIELDS)
    return OwnNameView(
        frame=frame,
        title=faults.title("Change your name"),
        name=text_field("name", name, faults),
        key=new_form_key(),
        version=version,
        errors=faults.links,
    )


def _facts(actor: Actor) -> tuple[Fact, ...]:
    shown = actor.authenticated_at
    return (
        Fact("Name", (actor.name,)),
        Fact("You last showed who you are", (_moment(shown),)),
    )


def _session(row: Any, actor: Actor) -> SessionView:
    return SessionView(
        began=_moment(row.began_at),
        seen=_moment(row.seen_at),
        method=words.METHODS[row.method],
        organisation=row.organisation_name or "None chosen, or one not named here",
        current=row.id == actor.session_id,
        action=f"/account/sessions/{row.id}/end",
        key=new_form_key(),
    )


def _factors(factors: OwnFactors) -> tuple[FactorView, ...]:
    held = tuple(
        FactorView(f"Passkey: {one.name}", format_day(one.added_at), _moment(one.used_at))
        for one in factors.passkeys
    )
    since = factors.authenticator_since
    if since is None:
        return held
    return (*held, FactorView("Authenticator that shows codes", format_day(since), "Not kept"))


def _moment(moment: datetime | None) -> str:
    return "Not yet" if moment is None else format_moment(moment)
