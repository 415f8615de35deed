"""What happens to providers."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from app.db.events import Event


@dataclass(frozen=True, slots=True)
class ProviderChanged(Event):
    """Something changed that the provider's public record may show.

    Attributes:
        provider_id: whose.
        simulated_at: for a demonstration's past only: when it is to have happened.
    """

    provider_id: uuid.UUID
    simulated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListingSuspended(Event):
    """Two officers found a risk of harm at a site, and suspended its listing.

    Attributes:
        provider_id: whose site it is.
        listing_id: of the site.
        proposal_id: which says why, and who they are.
    """

    provider_id: uuid.UUID
    listing_id: uuid.UUID
    proposal_id: uuid.UUID
