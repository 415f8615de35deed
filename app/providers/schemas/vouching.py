"""What is asked and told of who made sure of what, when and how."""

import uuid
from datetime import date, datetime

from pydantic import Field

from app.organisations.schemas.members import PageLinks
from app.providers.record_terms import VerifiedHow, VerifiedSubject
from app.providers.schemas.stating import Day, Prose, Stated, Told


class Verified(Told):
    """When and how somebody other than the owner last made sure of it."""

    held: bool = Field(description="Whether it was found to be right.")
    how: VerifiedHow
    verified_on: date
    organisation: str | None = Field(description="For whom they looked.")
    person: str | None = Field(description="Who looked; told to authorities alone.")


class Times(Told):
    """Three times that are never one: what was said, stood by, and looked into."""

    changed_at: datetime = Field(description="When it was last said differently.")
    confirmed_on: date | None = Field(description="When the owner last stood by the record.")
    verified: Verified | None


class NewVerification(Stated):
    """That somebody made sure of a part of a record, or found it wrong."""

    subject_kind: VerifiedSubject
    subject_id: uuid.UUID | None = Field(
        default=None, description="Of the part; left out for the provider as a whole."
    )
    held: bool = Field(strict=True, description="Whether it was found to be right.")
    how: VerifiedHow
    note: Prose | None = Field(default=None, description="What was seen; told to authorities.")
    verified_on: Day | None = Field(default=None, description="Today, unless given.")


class VerificationOut(Verified):
    """One look at one part of a record."""

    id: uuid.UUID
    subject_kind: VerifiedSubject
    subject_id: uuid.UUID
    note: str | None = Field(description="What was seen; told to authorities alone.")
    recorded_at: datetime


class VerificationList(Told):
    """Who made sure of what, newest first."""

    items: list[VerificationOut]
    links: PageLinks


class LookedUp(Told):
    """What another register says of a number, and the verification that came of it."""

    registered_name: str | None = Field(description="Nothing where it does not know the number.")
    registered_status: str | None
    name_matches: bool
    verification: VerificationOut


class ConsentStated(Stated):
    """Whether the owner agrees to publication."""

    given: bool = Field(strict=True)
