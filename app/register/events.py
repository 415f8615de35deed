"""What publishing announces."""

import uuid
from dataclasses import dataclass

from app.db.events import Event


@dataclass(frozen=True, slots=True)
class NeighbourPublished(Event):
    """A provider became public whose number the record of another, this one, is to name."""

    provider_id: uuid.UUID
