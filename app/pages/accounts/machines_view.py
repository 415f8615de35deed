"""What the pages on an organisation's machines are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.access import SCOPES, Actor, Permission
from app.errors import AppError
from app.organisations.service.machines import MadeSecret
from app.pages import people_wording as words
from app.pages.filters import format_day, format_moment
from app.pages.form_parts import Ticks, read_faults, text_field, ticks
from app.pages.signed_in import new_form_key
from app.pages.view_models import ActionLink, ErrorLink, Fact, Frame, TextField

MACHINES = "/organisation/machines"
FIELDS = {"name": "Enter what you call it", "scopes": "Choose at least one thing it may do"}


@dataclass(frozen=True, slots=True)
class MachineRow:
    """A line of the list of machines."""

    name: str
    scopes: str
    added: str
    revoked: bool
    href: str


@dataclass(frozen=True, slots=True)
class MachinesView:
    """The page that lists an organisation's machines; `may_add` for those who can add one."""

    frame: Frame
    title: str
    organisation: str
    machines: tuple[MachineRow, ...]
    next_url: str | None
    first_url: str | None
    may_add: bool


@dataclass(frozen=True, slots=True)
class AddMachineView:
    """The page on which a machine is added."""

    frame: Frame
    title: str
    name: TextField
    scopes: Ticks
    key: str
    errors: tuple[ErrorLink, ...]


@dataclass(frozen=True, slots=True)
class SecretView:
    """A secret of a machine, by its ending; what it is was shown once."""

    ending: str
    made: str
    used: str
    until: str
    state: str
    revoke_url: str | None


@dataclass(frozen=True, slots=True)
class MachineView:
    """The page of one machine."""

    frame: Frame
    title: str
    done: str | None
    facts: tuple[Fact, ...]
    secrets: tuple[SecretView, ...]
    links: tuple[ActionLink, ...]


@dataclass(frozen=True, slots=True)
class ShownSecretView:
    """The one page on which a secret is shown.

    Attributes:
        frame: what surrounds the page.
        title: in the browser's tab.
        name: of the machine.
        client_id: of the machine.
        secret: which nobody can read again.
        token_url: where the machine gets its tokens.
        until: when the secret ends.
        machine_url: the machine's page.
    """

    frame: Frame
    title: str
    name: str
    client_id: str
    secret: str
    token_url: str
    until: str
    machine_url: str


def build_machines(
    frame: Frame, actor: Actor, rows: Sequence[Any], next_url: str | None, first_url: str | None
) -> MachinesView:
    """Return the page that lists an organisation's machines.

    Args:
        frame: what surrounds the page.
        actor: who looks.
        rows: those on this page.
        next_url: leads to more.
        first_url: leads back to the first.
    """
    return MachinesView(
        frame=frame,
        title="Machines",
        organisation=actor.organisation_name or "",
        machines=tuple(
            MachineRow(
                name=one.name,
                scopes=", ".join(_scope(scope) for scope in one.scopes),
                added=format_day(one.added_at),
                revoked=one.revoked_at is not None,
                href=f"{MACHINES}/{one.id}",
            )
            for one in rows
        ),
        next_url=next_url,
        first_url=first_url,
        may_add=Permission.MACHINES_MANAGE in actor.permissions,
    )


def build_add_machine(
    frame: Frame, name: str = "", scopes: Sequence[str] = (), refused: AppError | None = None
) -> AddMachineView:
    """Return the page on which a machine is added.

    Args:
        frame: what surrounds the page.
        name: as typed.
        scopes: as ticked.
        refused: why the form was not taken, if it was sent.
    """
    faults = read_faults(refused, FIELDS)
    offered = ((scope, _scope(scope), f"Scope {scope}") for scope in sorted(SCOPES))
    return AddMachineView(
        frame=frame,
        title=faults.title("Add a machine"),
        name=text_field("name", name, faults),
        scopes=ticks("scopes", offered, scopes, faults),
        key=new_form_key(),
        errors=faults.links,
    )


def build_machine(
    frame: Frame,
    actor: Actor,
    machine: Any,
    secrets: Sequence[Any],
    moment: datetime,
    done: str | None = None,
) -> MachineView:
    """Return the page of one machine.

    Args:
        frame: what surrounds the page.
        actor: who looks.
        machine: as it is kept.
        secrets: its own, without what they are.
        moment: now.
        done: the code of what the form that led here did.
    """
    here = f"{MACHINES}/{machine.id}"
    live = machine.revoked_at is None
    manages = live and Permission.MACHINES_MANAGE in actor.permissions
    facts = [
        Fact("Client ID", (str(machine.id),)),
        Fact("What it may do", tuple(_scope(scope) for scope in machine.scopes)),
        Fact("Added", (format_moment(machine.added_at),)),
    ]
    if not live:
        facts.append(Fact("Revoked", (format_moment(machine.revoked_at),)))
    links = (
        ActionLink("Make another secret", f"{here}/secrets/add"),
        ActionLink("Revoke this machine", f"{here}/revoke"),
    )
    return MachineView(
        frame=frame,
        title=machine.name,
        done=words.DONE.get(done or ""),
        facts=tuple(facts),
        secrets=tuple(_secret(one, here, moment, manages=manages) for one in secrets),
        links=links if manages else (),
    )


def build_shown_secret(
    frame: Frame, machine: Any, made: MadeSecret, until: datetime, address: str
) -> ShownSecretView:
    """Return the one page on which a secret is shown.

    Args:
        frame: what surrounds the page.
        machine: whose it is.
        made: the secret.
        until: when it ends.
        address: that of the register.
    """
    return ShownSecretView(
        frame=frame,
        title="Keep this secret now",
        name=machine.name,
        client_id=str(machine.id),
        secret=made.secret,
        token_url=f"{address}/oauth/token",
        until=format_day(until),
        machine_url=f"{MACHINES}/{machine.id}",
    )


def _scope(scope: str) -> str:
    return words.PERMISSIONS.get(scope, scope)


def _secret(one: Any, here: str, moment: datetime, *, manages: bool) -> SecretView:
    live = one.revoked_at is None and one.expires_at > moment
    over = f"Revoked {format_day(one.revoked_at)}" if one.revoked_at else "Expired"
    return SecretView(
        ending=one.ending,
        made=format_day(one.made_at),
        used=format_moment(one.used_at) if one.used_at else "Never",
        until=format_day(one.expires_at),
        state="In force" if live else over,
        revoke_url=f"{here}/secrets/{one.id}/revoke" if live and manages else None,
    )
