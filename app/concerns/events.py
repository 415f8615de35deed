"""What happens to concerns."""

import uuid
from dataclasses import dataclass

from app.db.events import Event


@dataclass(frozen=True, slots=True)
class ConcernRaised(Event):
    """Somebody is concerned about a provider; who, stays with the concern.

    Attributes:
        provider_id: about whom.
        site_id: about which of its sites; empty: about the provider as a whole.
    """

    provider_id: uuid.UUID
    site_id: uuid.UUID | None
