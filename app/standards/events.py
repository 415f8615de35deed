"""What happens to standards and policies."""

from dataclasses import dataclass

from app.db.events import Event


@dataclass(frozen=True, slots=True)
class RulesPublished(Event):
    """A version of the standards, or a policy, was published for that day or a later one.

    Attributes:
        policy: its code; `None` for a version of the standards.
    """

    policy: str | None = None
