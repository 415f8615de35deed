"""What the store of files announces."""

import uuid
from dataclasses import dataclass

from app.db.events import Event


@dataclass(frozen=True, slots=True)
class FileSpoiled(Event):
    """A file that was taken in was found infected; it shows nothing any more."""

    file_id: uuid.UUID
