"""What a comparison of two published documents can say."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Json = dict[str, Any]
"""A JSON object, as read from a document."""


class Severity(StrEnum):
    """Whether a system that relies on the old document can go on unchanged."""

    BREAKING = "breaking"
    """Some system that kept to the old document will fail."""
    CAREFUL = "careful"
    """A careful reader copes; announce it. For instance a new value in a list we send."""


class Position(StrEnum):
    """Who writes what a schema describes: that decides which way round a change breaks."""

    INPUT = "input"
    """Callers write it: whatever was accepted must stay accepted."""
    OUTPUT = "output"
    """We write it: whatever is sent must have been promised."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing a system that relies on the old document would notice.

    Attributes:
        where: the operation and, after it, the member: `GET /v1/providers → 200 … /items/[]/name`.
        what: what changed, as the end of a sentence that begins with `where`.
        severity: whether it breaks.
    """

    where: str
    what: str
    severity: Severity = Severity.BREAKING


@dataclass(frozen=True, slots=True)
class Sides:
    """The two documents under comparison, and who writes the part being looked at.

    Attributes:
        old: the document others rely on.
        new: the document that is to replace it.
        position: who writes what the schema at hand describes.
    """

    old: Json
    new: Json
    position: Position = Position.OUTPUT

    @property
    def is_input(self) -> bool:
        """Whether callers write it."""
        return self.position is Position.INPUT

    def at(self, position: Position) -> "Sides":
        """Return the same documents, seen from another position."""
        return Sides(self.old, self.new, position)


def breaks(changes: list[Change]) -> list[Change]:
    """Return the changes that some system will fail on, in the order found."""
    return [change for change in changes if change.severity is Severity.BREAKING]
