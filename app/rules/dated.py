"""How the law is written down here: values with the day from which they hold, and their source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from typing_extensions import override

ValueT = TypeVar("ValueT")


class NotInForceError(LookupError):
    """The law says nothing of the kind on that day; a person must find out what held."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands.

    Attributes:
        source: the enactment, or the guidance.
        provision: the section, regulation or paragraph.
        url: where it can be read.
        binding: true for statute; guidance may be departed from with reasons.
    """

    source: str
    provision: str
    url: str
    binding: bool

    @override
    def __str__(self) -> str:
        return f"{self.source}, {self.provision}"


@dataclass(frozen=True, slots=True)
class Value(Generic[ValueT]):
    """A value, and the first day on which it holds."""

    since: date
    value: ValueT
    citation: Citation


@dataclass(frozen=True, slots=True)
class Dated(Generic[ValueT]):
    """A figure or fact of the law over time.

    Attributes:
        name: what it is.
        unit: in what it is counted.
        values: one for each change, the earliest first.
    """

    name: str
    unit: str
    values: Sequence[Value[ValueT]]

    def on(self, day: date) -> Value[ValueT]:
        """Return what holds on a day.

        Raises:
            NotInForceError: the day is before the first value.
        """
        held = [one for one in self.values if one.since <= day]
        if not held:
            message = f"{self.name}: nothing is known of {day.isoformat()}."
            raise NotInForceError(message)
        return held[-1]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the law says of some facts.

    Attributes:
        holds: yes or no.
        because: why, in a sentence that can be shown.
        citation: on what authority.
    """

    holds: bool
    because: str
    citation: Citation
