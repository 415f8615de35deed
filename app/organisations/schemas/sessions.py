"""What people are told of their own sessions."""

import uuid
from datetime import datetime

from pydantic import BaseModel, Field

from app.organisations.terms import Method


class SessionOrganisation(BaseModel):
    """For whom somebody acts in a session."""

    id: uuid.UUID
    name: str | None = Field(
        description="Empty where the organisation you act for now may not see the other one."
    )


class SessionRecord(BaseModel):
    """Somewhere somebody is signed in."""

    id: uuid.UUID
    current: bool = Field(description="Whether this request came from it.")
    method: Method = Field(description="How they showed who they are.")
    organisation: SessionOrganisation | None = Field(description="Empty until one was chosen.")
    began_at: datetime
    seen_at: datetime = Field(description="When it was last used, to the minute.")
    authenticated_at: datetime = Field(description="When they last showed who they are.")
    ends_at: datetime = Field(description="However busy it is; sooner if it is left unused.")


class SessionLinks(BaseModel):
    """Where this page and the next are."""

    self: str
    next: str | None


class SessionList(BaseModel):
    """Where somebody is signed in, the newest first."""

    items: list[SessionRecord]
    links: SessionLinks
