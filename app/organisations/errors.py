"""What organisations, memberships, sign-in and machines can refuse."""

from typing import ClassVar

from app.access import Actor
from app.errors import (
    AppError,
    ConflictError,
    ForbiddenError,
    InvalidRequestError,
    NotFoundError,
    TooManyRequestsError,
    UnavailableError,
)


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


class SignInUnavailableError(UnavailableError):
    """The OpenID provider does not answer, or not as it must; it is not the person's fault."""

    slug = "sign-in-unavailable"
    title = "Signing in is not possible just now"


class PersonBlockedError(ForbiddenError):
    """They were blocked; nothing they hold lets them in."""

    slug = "person-blocked"
    title = "You were blocked"


class SessionNotFoundError(NotFoundError):
    """No session of the caller's has this id."""

    slug = "session-not-found"
    title = "No such session of yours is here"


class SecondFactorRefusedError(ForbiddenError):
    """The code or passkey is not good."""

    slug = "second-factor-refused"
    title = "That did not work"


class WorksElsewhereError(ConflictError):
    """What is asked would concern another organisation, which has a say in it."""

    slug = "works-elsewhere"
    title = "They work for another organisation too"


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


class SecretNotFoundError(NotFoundError):
    """The machine has no secret of this id."""

    slug = "machine-secret-not-found"
    title = "No such secret is here"


class SecretRevokedError(ConflictError):
    """The secret was revoked before; it stays on record."""

    slug = "machine-secret-revoked"
    title = "This secret was revoked"


class ScopesNotForMachinesError(InvalidRequestError):
    """A machine cannot be given that: deciding, signing and publishing are a named person's."""

    slug = "scopes-not-for-machines"
    title = "Machines are not given that"


class MachineTokenRefusedError(AppError):
    """A machine's token was sent that is not good; which part is wrong is not told.

    Attributes:
        refused: the machine whose token it is, where our own signature on it proves that.
        why: what is wrong with it, for the record of acts.
    """

    status = 401
    slug = "token-refused"
    title = "The token is not good"

    def __init__(self, why: str = "", refused: Actor | None = None) -> None:
        super().__init__(
            "The token is not good for this service, or no longer. Get a new one at /oauth/token. "
            "If that is refused too, an administrator of your organisation can see whether the "
            "machine or its secret was revoked.",
            headers={"WWW-Authenticate": 'Bearer realm="ap-register", error="invalid_token"'},
        )
        self.refused = refused
        self.why = why


class TokenRequestRefusedError(AppError):
    """A request for a token cannot be answered with one (RFC 6749 section 5.2).

    Attributes:
        code: what that section calls it.
        refused: the machine that asked, where it is known.
    """

    status = 400
    slug = "token-request-refused"
    title = "No token is given for this"
    code: ClassVar[str] = "invalid_request"

    def __init__(self, detail: str | None = None, *, refused: Actor | None = None) -> None:
        super().__init__(detail)
        self.refused = refused


class GrantNotTakenError(TokenRequestRefusedError):
    """Another grant type than client credentials was asked for."""

    slug = "unsupported-grant-type"
    code = "unsupported_grant_type"


class ScopeRefusedError(TokenRequestRefusedError):
    """A scope is unknown, or was not given to the machine."""

    slug = "invalid-scope"
    code = "invalid_scope"


class ClientRefusedError(TokenRequestRefusedError):
    """The client credentials are not good; whether the client exists is not told."""

    status = 401
    slug = "invalid-client"
    code = "invalid_client"


class TooManyTriesError(TokenRequestRefusedError):
    """Wrong secrets were sent for one client too often; the right one is taken all the same."""

    status = 429
    slug = "too-many-tries"
    code = "invalid_client"


class TooManyInvitationsError(TooManyRequestsError):
    """So many messages have left for an organisation, or to one address, that more must wait."""

    slug = "too-many-invitations"
    title = "Too many invitations for now"


class TooManyOpenInvitationsError(ConflictError):
    """An organisation has as many open invitations as it may; some must be withdrawn first."""

    slug = "too-many-open-invitations"
    title = "Too many invitations are open"


class AdministratorThereError(ConflictError):
    """The organisation has an administrator, who can invite others."""

    slug = "administrator-there"
    title = "There is an administrator already"


class OwnRolesError(ForbiddenError):
    """Nobody gives themselves a further role; another administrator does."""

    slug = "own-roles"
    title = "Somebody else must give you that role"


class ContactProtectedError(ForbiddenError):
    """An e-mail address is for the person and for those who administer their organisation."""

    slug = "contact-protected"
    title = "This address is not yours to see"


class NotAPersonError(ForbiddenError):
    """Only a person has a name of their own to change."""

    slug = "not-a-person"
    title = "Only a person can do this"


class TeamsAreOfAuthoritiesError(ForbiddenError):
    """Only a local authority has teams; whoever asks acts for something else."""

    slug = "teams-are-of-authorities"
    title = "Only a local authority has teams"


class OrganisationNotYoursError(ForbiddenError):
    """Its facts are corrected where they come from, or by others; the message says where."""

    slug = "organisation-not-yours"
    title = "This organisation is not yours to change"


class OrganisationCannotBeError(InvalidRequestError):
    """An organisation of this kind cannot be added like this; the message says what is lacking."""

    slug = "organisation-cannot-be"
    title = "Such an organisation cannot be added"


CONSTRAINT_ERRORS: dict[str, type[AppError]] = {
    "memberships_last_administrator_check": LastAdministratorError,
    "memberships_live_key": AlreadyMemberError,
    "invitations_open_key": AlreadyInvitedError,
    "organisation_identifiers_unique_key": OrganisationKnownError,
}
"""What breaking each named constraint stands for."""
