"""What the pages on an organisation's people are given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.access import Actor, Permission
from app.errors import AppError
from app.organisations.terms import ROLES_OF, OrganisationKind
from app.pages import people_wording as words
from app.pages.filters import format_day
from app.pages.form_parts import Faults, Ticks, read_faults, select_field, ticks
from app.pages.signed_in import new_form_key
from app.pages.view_models import ActionLink, ErrorLink, Fact, Frame, SelectField

PEOPLE = "/organisation/people"
ROLE_FIELDS = {"roles": "Choose at least one role"}
PURPOSE_FIELDS = {"purpose": "Choose why you look"}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of a list of people: members, or those who were invited."""

    name: str
    roles: str
    since: str
    href: str


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The page that lists an organisation's people.

    Attributes:
        frame: what surrounds the page.
        title: in the browser's tab.
        done: what the form that led here did.
        organisation: whose people they are.
        members: some of those who work for it, by name.
        next_url: leads to more of them.
        first_url: leads back to the first of them.
        invited: whose invitations are open; `None` for whoever may not see that.
        more_invited: whether there are others that are not shown.
    """

    frame: Frame
    title: str
    done: str | None
    organisation: str
    members: tuple[PersonRow, ...]
    next_url: str | None
    first_url: str | None
    invited: tuple[PersonRow, ...] | None
    more_invited: bool


@dataclass(frozen=True, slots=True)
class MemberView:
    """The page of one member: who they are there, and what can be done about it."""

    frame: Frame
    title: str
    done: str | None
    facts: tuple[Fact, ...]
    links: tuple[ActionLink, ...]


@dataclass(frozen=True, slots=True)
class RolesView:
    """The page on which a member's roles are changed; `own` when they are one's own."""

    frame: Frame
    title: str
    name: str
    back: str
    roles: Ticks
    own: bool
    changed: str | None
    key: str
    version: int
    errors: tuple[ErrorLink, ...]


@dataclass(frozen=True, slots=True)
class ContactView:
    """The page on which a member's e-mail address is shown, once a purpose is stated."""

    frame: Frame
    title: str
    name: str
    back: str
    purpose: SelectField
    email: str | None
    errors: tuple[ErrorLink, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list as it was found.

    Attributes:
        rows: those on this page.
        next_url: leads to more.
        first_url: leads back to the first.
    """

    rows: Sequence[Any]
    next_url: str | None
    first_url: str | None


def build_people(
    frame: Frame,
    actor: Actor,
    members: Listed,
    invited: tuple[Sequence[Any], bool] | None,
    done: str | None,
) -> PeopleView:
    """Return the page that lists an organisation's people.

    Args:
        frame: what surrounds the page.
        actor: who looks.
        members: who works for it.
        invited: open invitations, and whether there are more; `None` if they may not be seen.
        done: the code of what the form that led here did.
    """
    return PeopleView(
        frame=frame,
        title="People",
        done=words.DONE.get(done or ""),
        organisation=actor.organisation_name or "",
        members=tuple(_row(one, one.began_at, one.id) for one in members.rows),
        next_url=members.next_url,
        first_url=members.first_url,
        invited=None
        if invited is None
        else tuple(_row(one, one.expires_at, f"invitations/{one.id}") for one in invited[0]),
        more_invited=invited is not None and invited[1],
    )


def build_member(frame: Frame, actor: Actor, member: Any, done: str | None) -> MemberView:
    """Return the page of one member.

    Args:
        frame: what surrounds the page.
        actor: who looks.
        member: the membership, with the person's name.
        done: the code of what the form that led here did.
    """
    facts = [
        Fact("Roles", words.role_labels(member.roles)),
        Fact("Since", (format_day(member.began_at),)),
    ]
    if member.ended_at is not None:
        facts.append(Fact("Until", (format_day(member.ended_at),)))
    return MemberView(
        frame=frame,
        title=member.name,
        done=words.DONE.get(done or ""),
        facts=tuple(facts),
        links=tuple(_links(actor, member)),
    )


def build_roles(
    frame: Frame,
    actor: Actor,
    member: Any,
    kind: str,
    again: tuple[Sequence[str] | None, AppError | None] = (None, None),
) -> RolesView:
    """Return the page on which a member's roles are changed.

    Args:
        frame: what surrounds the page.
        actor: who changes them.
        member: the membership as it is now, with the person's name.
        kind: of the organisation, which says what roles it gives.
        again: what was ticked when the form was sent before, and why that was not done.
    """
    typed, refused = again
    faults = read_faults(refused, ROLE_FIELDS)
    own = member.person_id == actor.id
    offered = offered_roles(kind, among=member.roles if own else None)
    chosen = member.roles if typed is None else typed
    now = ", ".join(words.role_labels(member.roles))
    return RolesView(
        frame=frame,
        title=faults.title(f"Change the roles of {member.name}"),
        name=member.name,
        back=f"{PEOPLE}/{member.id}",
        roles=ticks("roles", offered, chosen, faults),
        own=own,
        changed=f"Their roles now: {now}." if refused is not None else None,
        key=new_form_key(),
        version=member.version,
        errors=faults.links,
    )


def build_contact(
    frame: Frame,
    member: Any,
    purpose: str,
    *,
    email: str | None = None,
    refused: AppError | None = None,
) -> ContactView:
    """Return the page on which a member's e-mail address is shown.

    Args:
        frame: what surrounds the page.
        member: the membership, with the person's name.
        purpose: what was chosen.
        email: theirs, once it may be shown.
        refused: why it was not shown.
    """
    faults = read_faults(refused, PURPOSE_FIELDS)
    return ContactView(
        frame=frame,
        title=faults.title(f"E-mail address of {member.name}"),
        name=member.name,
        back=f"{PEOPLE}/{member.id}",
        purpose=purpose_field(purpose, faults),
        email=email,
        errors=faults.links,
    )


def purpose_field(chosen: str, faults: Faults) -> SelectField:
    """Return the select of purposes; none is chosen for anybody."""
    offered = (("", "Choose a purpose"), *words.PURPOSES.items())
    return select_field("purpose", offered, chosen, faults)


def offered_roles(
    kind: str, *, among: Iterable[str] | None = None
) -> list[tuple[str, str, str | None]]:
    """Return the roles that an organisation of a kind gives, each with a line on it.

    Args:
        kind: of the organisation.
        among: only these; of their own roles people can only give some up.
    """
    given = {role.value for role in ROLES_OF[OrganisationKind(kind)]}
    shown = given if among is None else given & set(among)
    return [
        (str(role), told.label, told.meaning) for role, told in words.ROLES.items() if role in shown
    ]


def _row(one: Any, moment: Any, place: object) -> PersonRow:
    roles = ", ".join(words.role_labels(one.roles))
    return PersonRow(one.name, roles, format_day(moment), f"{PEOPLE}/{place}")


def _links(actor: Actor, member: Any) -> Iterable[ActionLink]:
    """Yield what can be done; who may not do it sees no link to it."""
    here, manages = f"{PEOPLE}/{member.id}", Permission.MEMBERS_MANAGE in actor.permissions
    if member.ended_at is not None:
        return
    if manages or member.person_id == actor.id:
        yield ActionLink("Show the e-mail address", f"{here}/contact")
    if manages:
        yield ActionLink("Change roles", f"{here}/roles")
        yield ActionLink("Take away what they sign in with", f"{here}/second-factors")
        yield ActionLink("End the membership", f"{here}/end")
