"""How a membership or a machine becomes whoever acts."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.access import Actor, ActorKind, DbRole, Permission, Role, permissions_of
from app.organisations.terms import OrganisationKind


@dataclass(frozen=True, slots=True)
class ActingFor:
    """The organisation somebody acts for, as much of it as everything they do carries along.

    Attributes:
        id: its own.
        name: as it is now.
        la_code: of the local authority it is or is a team of; empty for every other kind, because
            what an authority may see a school in its area may not.
        kind: what it is.
    """

    id: uuid.UUID
    name: str
    la_code: str | None
    kind: OrganisationKind


def acting_for(
    organisation_id: uuid.UUID | None, name: str | None, kind: str | None, la_code: str | None
) -> ActingFor | None:
    """Return the organisation of a row, or `None` where the row has none."""
    if organisation_id is None or name is None or kind is None:
        return None
    known = OrganisationKind(kind)
    is_authority = known in {
        OrganisationKind.LOCAL_AUTHORITY,
        OrganisationKind.LOCAL_AUTHORITY_TEAM,
    }
    return ActingFor(organisation_id, name, la_code if is_authority else None, known)


def person_actor(
    person_id: uuid.UUID,
    name: str,
    organisation: ActingFor | None,
    roles: Iterable[str],
    *,
    session: tuple[uuid.UUID | None, datetime | None] = (None, None),
    request_id: str | None = None,
) -> Actor:
    """Return a person as an actor; without an organisation they may only see to what is their own.

    Args:
        person_id: theirs.
        name: theirs.
        organisation: the organisation, once it is chosen.
        roles: held there.
        session: its id, and when they last showed who they are.
        request_id: of the request.
    """
    held = frozenset(Role(role) for role in roles) if organisation else frozenset()
    return Actor(
        name=name,
        role=DbRole.APP,
        la_code=organisation.la_code if organisation else None,
        kind=ActorKind.PERSON,
        id=person_id,
        organisation_id=organisation.id if organisation else None,
        organisation_name=organisation.name if organisation else None,
        organisation_kind=organisation.kind if organisation else None,
        roles=held,
        permissions=permissions_of(held),
        session_id=session[0],
        authenticated_at=session[1],
        request_id=request_id,
    )


def machine_actor(
    machine_id: uuid.UUID,
    name: str,
    organisation: ActingFor,
    scopes: Iterable[str],
    *,
    request_id: str | None = None,
) -> Actor:
    """Return a machine as an actor: no roles, and the scopes its token carries."""
    return Actor(
        name=name,
        role=DbRole.APP,
        la_code=organisation.la_code,
        kind=ActorKind.MACHINE,
        id=machine_id,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        organisation_kind=organisation.kind,
        permissions=frozenset(Permission(scope) for scope in scopes),
        request_id=request_id,
    )
