"""What is announced about children."""

import uuid
from dataclasses import dataclass
from datetime import date

from app.db.events import Event


@dataclass(frozen=True, slots=True)
class ChildChanged(Event):
    """What counts in a registration test may have changed for a child: birth, duties, link.

    Attributes:
        child_id: whose row.
        link_id: what links the rows of this child now.
    """

    child_id: uuid.UUID
    link_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class ChildErased(Event):
    """A child's record is being erased in this transaction.

    Attributes:
        child_id: whose.
        homes: the local authorities where it lived, each with its first day. They go with the
            record; whoever counts children by authority keeps them without the child.
    """

    child_id: uuid.UUID
    homes: tuple[tuple[date, str], ...]
