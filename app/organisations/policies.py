"""What must hold of one row, in its state, for one person, before it is changed; pure."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from app.access import Actor, ActorKind, Role
from app.errors import FieldFault, VersionChangedError
from app.organisations.errors import (
    NotAPersonError,
    OwnRolesError,
    RoleNotForThisOrganisationError,
)
from app.organisations.models.people import Invitation
from app.organisations.terms import ROLES_OF, InvitationState, OrganisationKind


def state_of(invitation: Invitation, moment: datetime) -> InvitationState:
    """Return where an invitation stands."""
    if invitation.accepted_at is not None:
        return InvitationState.ACCEPTED
    if invitation.withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    if invitation.expires_at <= moment:
        return InvitationState.EXPIRED
    return InvitationState.OPEN


def fitting_roles(kind: str, roles: Iterable[Role]) -> list[str]:
    """Return roles, each once, that an organisation of this kind can give.

    Raises:
        RoleNotForThisOrganisationError: it does not give one of them, or none was named.
    """
    asked, given = tuple(roles), ROLES_OF[OrganisationKind(kind)]
    allowed = ", ".join(sorted(given))
    faults = tuple(
        FieldFault(f"This organisation does not give it. Choose among: {allowed}.", f"/roles/{n}")
        for n, role in enumerate(asked)
        if role not in given
    )
    if faults or not asked:
        raise RoleNotForThisOrganisationError(
            f"Everybody has at least one role, and an organisation of the kind {kind} can give "
            f"these: {allowed}.",
            errors=faults or (FieldFault("Name at least one role.", "/roles"),),
        )
    return sorted({role.value for role in asked})


def check_own_roles(
    actor: Actor, person_id: uuid.UUID, before: Iterable[str], after: Iterable[str]
) -> None:
    """Keep people from giving themselves a further role; giving one up is always theirs.

    What needs two people, such as a decision and its approval, would else need only one.

    Raises:
        OwnRolesError: it would.
    """
    further = sorted(set(after) - set(before))
    if actor.kind is ActorKind.PERSON and actor.id == person_id and further:
        raise OwnRolesError(
            f"You cannot give yourself the role {', '.join(further)}. Ask another administrator of "
            "your organisation; where there is none, the register's operator.",
            roles=further,
        )


def check_version(held: int, expected: int) -> None:
    """Keep somebody from undoing, unseen, what another did meanwhile.

    Raises:
        VersionChangedError: it was changed since they read it.
    """
    if held != expected:
        raise VersionChangedError(
            "Somebody changed it since you read it. Read it again, then decide anew.",
            version=held,
        )


def check_person(actor: Actor) -> uuid.UUID:
    """Return the id of the person who acts.

    Raises:
        NotAPersonError: a machine acts, or the service itself.
    """
    if actor.kind is not ActorKind.PERSON or actor.id is None:
        raise NotAPersonError("Only a person who is signed in can do this. Sign in at /sign-in.")
    return actor.id
