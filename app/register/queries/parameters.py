"""What a caller typed travels beside a statement, never in it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Parameters:
    """The parameters of one statement, in order; each value once, however often it is named."""

    values: list[Any] = field(default_factory=list)

    def add(self, value: Any, kind: str) -> str:
        """Return the name under which a statement uses a value, as a type of PostgreSQL."""
        self.values.append(value)
        return f"${len(self.values)}::{kind}"
