"""What is asked and told of invitations to providers to take their records into their hands."""

import uuid
from datetime import datetime
from typing import Self

from pydantic import Field, model_validator

from app.organisations.schemas.members import PageLinks
from app.organisations.schemas.people import EmailAddress, PersonName
from app.organisations.terms import SignInWay
from app.providers.record_terms import ClaimantKnown, ClaimState
from app.providers.schemas.stating import Day, Line, Prose, Stated, Told


class OwnerNamed(Stated):
    """The organisation that is to own the record, where it is not on the service yet."""

    name: Line


class OwnersContact(Stated):
    """Who will administer the owner, and keep the record for it."""

    name: PersonName
    email: EmailAddress = Field(description="Where the link is sent.")
    way: SignInWay = Field(
        default=SignInWay.LINK,
        description="`link`: by a link to their mailbox and a second factor. `openid`: through the "
        "sign-in service, where they have an account there.",
    )


class NewClaim(Stated):
    """Whom an officer invites to claim a record, and how they made sure who that is."""

    owner: OwnerNamed | None = Field(default=None, description="An owner to be added.")
    organisation_id: uuid.UUID | None = Field(
        default=None, description="Or one that is on the service already."
    )
    contact: OwnersContact | None = Field(
        default=None, description="Needed for an owner for whom nobody works yet."
    )
    verified_how: ClaimantKnown
    verified_note: Prose | None = None

    @model_validator(mode="after")
    def _one_owner(self) -> Self:
        if (self.owner is None) == (self.organisation_id is None):
            message = "give either owner or organisation_id"
            raise ValueError(message)
        if self.owner is not None and self.contact is None:
            message = "say in contact who will administer the new owner"
            raise ValueError(message)
        return self


class ClaimOut(Told):
    """An invitation to claim a record, and what became of it."""

    id: uuid.UUID
    number: str = Field(description="Of the provider whose record it is.")
    name: str
    organisation_id: uuid.UUID
    organisation: str = Field(description="The invited owner.")
    state: ClaimState
    verified_how: ClaimantKnown
    verified_note: str | None = Field(description="Told to the inviting side alone.")
    invited_by_organisation: str | None
    invited_at: datetime
    accepted_at: datetime | None
    withdrawn_at: datetime | None


class ClaimList(Told):
    """Claims, newest first."""

    items: list[ClaimOut]
    links: PageLinks


class NewPredecessor(Stated):
    """A provider that this one goes on from."""

    number: str = Field(pattern="^[A-Za-z0-9]{1,20}$", description="The other provider's number.")
    since: Day | None = None
    reason: Prose = Field(description="How that is known; never public.")


class NewInstitutionSite(Stated):
    """A site of another provider that counts to this provider's institution."""

    provider_number: str = Field(pattern="^[A-Za-z0-9]{1,20}$")
    site_reference: int = Field(strict=True, ge=1, le=32_767)
    reason: Prose
