"""On which coming days a setting tips by time alone: birthdays, school leaving days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.rules.registration.facts import ChildFacts, Declaration
from app.rules.registration.limbs import Light
from app.rules.registration.testing import registration_test
from app.rules.school_age import school_age_of

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tipping:
    """A day from which the test says something else, though nobody does anything.

    Attributes:
        on: the first day.
        light: from that day on.
        before: until then.
    """

    on: date
    light: Light
    before: Light


def tipping_days(
    children: Sequence[ChildFacts], declaration: Declaration | None, on: date, until: date
) -> list[Tipping]:
    """Return the days after one, up to and including another, on which the light changes.

    What people will do is left out: new places, new plans, children who leave.

    Raises:
        NotInForceError: nothing is known of the law on the first day.
    """
    found, before = [], registration_test(children, declaration, on).light
    for day in sorted(set(_days(children, declaration))):
        if not on < day <= until:
            continue
        light = registration_test(children, declaration, day).light
        if light is not before:
            found.append(Tipping(day, light, before))
        before = light
    return found


def _days(children: Sequence[ChildFacts], declaration: Declaration | None) -> Iterator[date]:
    """Yield every day on which time alone may change something."""
    for child in children:
        if child.born_on is not None:
            age = school_age_of(child.born_on)
            yield from (age.first, age.last + _DAY)
    if declaration is not None:
        yield from (declaration.declared_on, declaration.stale_from)
