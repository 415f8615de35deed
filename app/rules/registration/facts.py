"""What is asked about the children at a setting: facts that name nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.rules.registration.law import (
    DECLARATION,
    FULL_TIME_HOURS,
    LITTLE_ELSEWHERE,
    NEAR_THE_LIMIT,
)


class Delivery(StrEnum):
    """How a child is taught."""

    AT_A_SETTING = "at-a-setting"
    LONE_TUTOR = "lone-tutor"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """What counts about a child, over all who commission or pay for them at the institution.

    Attributes:
        born_on: the day of birth, from which compulsory school age follows; or else
        of_compulsory_school_age: whether they are of it on the day asked about.
        minutes_a_week: timetabled there in the daytime, breaks and independent study included.
        has_plan: whether there is an education, health and care plan.
        looked_after: by a local authority.
        has_special_needs: special educational needs, with or without a plan.
        educated_elsewhere: whether they have more than a little education elsewhere; `None` where
            nobody has said.
        delivery: how they are taught.
        found_not_full_time: the department has found that they are not there full-time.
    """

    minutes_a_week: int
    born_on: date | None = None
    of_compulsory_school_age: bool | None = None
    has_plan: bool = False
    looked_after: bool = False
    has_special_needs: bool = False
    educated_elsewhere: bool | None = None
    delivery: Delivery = Delivery.AT_A_SETTING
    found_not_full_time: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """Children of compulsory school age in one band of hours.

    Attributes:
        children: how many there are.
        with_a_plan_or_looked_after: how many of them.
        with_special_needs: how many of them, those with a plan included.
    """

    children: int = 0
    with_a_plan_or_looked_after: int = 0
    with_special_needs: int = 0


_NONE = Band()


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a provider says of the children whom no school or authority places with it.

    They are educated at home, or paid for privately, and of compulsory school age. Each stands in
    one band.

    Attributes:
        declared_on: the day on which it was said.
        over_18_hours: a week.
        from_15_to_18_hours: a week, both included, with education elsewhere.
        under_15_hours: a week, with education elsewhere.
        up_to_18_hours_and_little_elsewhere: for whom it is all or substantially all.
    """

    declared_on: date
    over_18_hours: Band = _NONE
    from_15_to_18_hours: Band = _NONE
    under_15_hours: Band = _NONE
    up_to_18_hours_and_little_elsewhere: Band = _NONE

    @property
    def stale_from(self) -> date:
        """The first day on which it is no longer current."""
        days = DECLARATION.figures["current_for_days"]
        return date.fromordinal(self.declared_on.toordinal() + days + 1)

    def is_current(self, day: date) -> bool:
        """Say whether it may be relied on for a day."""
        return self.declared_on <= day < self.stale_from


def is_educated_elsewhere(minutes_held: int, minutes_said: int | None) -> bool | None:
    """Say whether a child has more than a little education elsewhere.

    Args:
        minutes_held: a week, of timetables elsewhere that the register holds.
        minutes_said: a week, at school or anywhere else, as a commissioner says; `None` where none
            has said.

    Returns:
        `None` where what is held is little, and nobody has said.
    """
    little = LITTLE_ELSEWHERE.figures["minutes_a_week"]
    if minutes_held + (minutes_said or 0) >= little:
        return True
    return None if minutes_said is None else False


def is_found_not_full_time(minutes: int, found_up_to: int | None) -> bool:
    """Say whether the department's finding covers a child's hours.

    It found so of the hours that it saw: whoever comes for longer counts by the hours again
    (`DEPARTMENTS_FINDING`).

    Args:
        minutes: a week, timetabled at the setting.
        found_up_to: as many as the department saw; `None` where it found nothing.
    """
    return found_up_to is not None and minutes <= found_up_to


def declared_children(declared: Declaration) -> Iterator[ChildFacts]:
    """Yield a child for each that was declared, with no more about them than was said."""
    over = FULL_TIME_HOURS.figures["minutes_a_week"] + 1
    near = NEAR_THE_LIMIT.figures["minutes_a_week"]
    yield from _children(declared.over_18_hours, over, elsewhere=True)
    yield from _children(declared.from_15_to_18_hours, near, elsewhere=True)
    yield from _children(declared.under_15_hours, near - 1, elsewhere=True)
    yield from _children(declared.up_to_18_hours_and_little_elsewhere, 0, elsewhere=False)


def _children(band: Band, minutes: int, *, elsewhere: bool) -> Iterator[ChildFacts]:
    for place in range(band.children):
        yield ChildFacts(
            minutes_a_week=minutes,
            of_compulsory_school_age=True,
            has_plan=place < band.with_a_plan_or_looked_after,
            # Who has a plan has needs, too; only whether there is one of either kind decides.
            has_special_needs=place < band.with_special_needs,
            educated_elsewhere=elsewhere,
        )
