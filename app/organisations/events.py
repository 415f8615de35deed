"""What organisations announce."""

import uuid
from dataclasses import dataclass

from app.db.events import Event


@dataclass(frozen=True, slots=True)
class LinkMade(Event):
    """A link was made that somebody is waiting for in their mailbox."""

    link_id: uuid.UUID
