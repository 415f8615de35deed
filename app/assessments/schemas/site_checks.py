"""What is asked and told of a commissioner's own checks of sites."""

import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from app.organisations.schemas.members import PageLinks
from app.providers.schemas.stating import Day, Line, Prose, Stated, Told, Whole
from app.rules.site_checks import SiteCheckKind


class NewSiteCheck(Stated):
    """What you saw for yourself of a site, for every child you place there."""

    provider: Annotated[str, Field(pattern="^[A-Za-z0-9]{1,20}$")]
    site: Annotated[Whole, Field(ge=1, le=32_767)]
    kind: SiteCheckKind
    seen_on: Day
    seen_by: Line = Field(description="Who looked, and what they are: a name and a post.")
    what: Prose = Field(description="What was seen; name no child and no certificate number.")
    valid_until: Day | None = Field(
        None, description="The last day that a certificate names; leave it out if there is none."
    )
    shared: bool = Field(
        False, description="Whether every organisation of your trust or authority may use it."
    )


class SiteCheckWithdrawal(Stated):
    """Why a check is no longer to be used."""

    reason: Prose


class SiteCheckOut(Told):
    """A commissioner's own check of a site. Its `ETag` names the version."""

    id: uuid.UUID
    commissioner: str
    provider: str
    provider_name: str
    site: int
    kind: SiteCheckKind
    seen_on: date
    seen_by: str
    what: str
    usable_until: date = Field(description="The last day on which it may be used.")
    usable: bool = Field(description="Whether it may be used today.")
    shared: bool
    recorded_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str | None
    version: int


class SiteCheckList(Told):
    """Checks of sites, the newest first."""

    items: list[SiteCheckOut]
    links: PageLinks
