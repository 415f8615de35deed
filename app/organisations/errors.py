"""What organisations, memberships, sign-in and machines can refuse."""

from app.errors import AppError, ConflictError, ForbiddenError, InvalidRequestError, NotFoundError


class OrganisationNotFoundError(NotFoundError):
    """No organisation has this id, or none that the caller may see."""

    slug = "organisation-not-found"
    title = "No organisation is here"


class OrganisationKnownError(ConflictError):
    """An organisation with this identifier is held already."""

    slug = "organisation-known"
    title = "This organisation is held already"


class RoleNotForThisOrganisationError(InvalidRequestError):
    """Organisations of this kind do not give that role."""

    slug = "role-not-for-this-organisation"
    title = "This kind of organisation does not give that role"


class MembershipNotFoundError(NotFoundError):
    """No membership has this id, or none that the caller may see."""

    slug = "membership-not-found"
    title = "No such member is here"


class LastAdministratorError(ConflictError):
    """An organisation would be left without an administrator."""

    slug = "last-administrator"
    title = "The last administrator stays until there is another"


class MembershipEndedError(ConflictError):
    """The membership has ended; it stays on record and is not changed."""

    slug = "membership-ended"
    title = "This membership has ended"


class InvitationNotFoundError(NotFoundError):
    """No invitation has this id, or none that the caller may see."""

    slug = "invitation-not-found"
    title = "No such invitation is here"


class AlreadyMemberError(ConflictError):
    """Whoever is invited is a member of the organisation."""

    slug = "already-a-member"
    title = "They are a member already"


class AlreadyInvitedError(ConflictError):
    """An invitation to the same address is open; it can be sent again."""

    slug = "already-invited"
    title = "An invitation to this address is open"


class InvitationNotOpenError(ConflictError):
    """The invitation was accepted, withdrawn, or has expired."""

    slug = "invitation-not-open"
    title = "This invitation is no longer open"


class LinkNotGoodError(ForbiddenError):
    """A mailed link was used already, is too old, or never was."""

    slug = "link-not-good"
    title = "This link is no longer good"


class SignInRefusedError(ForbiddenError):
    """Somebody came back from the OpenID provider with what we cannot accept."""

    slug = "sign-in-refused"
    title = "You could not be signed in"


class PersonNotKnownError(ForbiddenError):
    """The provider knows them, but nobody here has invited them."""

    slug = "person-not-known"
    title = "Nobody has invited you yet"


class OrganisationNotKnownError(ForbiddenError):
    """They signed in for an organisation that is not held here, or that they do not belong to."""

    slug = "organisation-not-known"
    title = "You do not belong to that organisation here"


class UseYourOwnSignInError(ForbiddenError):
    """The address is somebody's who signs in another way; a link alone must not become them."""

    slug = "use-your-own-sign-in"
    title = "Sign in the way you always do, then accept"


class SecondFactorRefusedError(ForbiddenError):
    """The code or passkey is not good."""

    slug = "second-factor-refused"
    title = "That did not work"


class StepOverError(ForbiddenError):
    """Too long ago, too many tries, or never begun; signing in starts anew."""

    slug = "sign-in-over"
    title = "Start signing in again"


class MachineNotFoundError(NotFoundError):
    """No machine has this id, or none that the caller may see."""

    slug = "machine-not-found"
    title = "No such machine is here"


class MachineRevokedError(ConflictError):
    """The machine was revoked, for good."""

    slug = "machine-revoked"
    title = "This machine was revoked"


class TooManySecretsError(ConflictError):
    """A machine has as many live secrets as it may; revoke one first."""

    slug = "too-many-secrets"
    title = "Revoke a secret before you make another"


CONSTRAINT_ERRORS: dict[str, type[AppError]] = {
    "memberships_last_administrator_check": LastAdministratorError,
    "memberships_live_key": AlreadyMemberError,
    "invitations_open_key": AlreadyInvitedError,
    "organisation_identifiers_unique_key": OrganisationKnownError,
}
"""What breaking each named constraint stands for."""
