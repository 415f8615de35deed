"""By when something is tried to find a child, and how pressing it is."""

from datetime import date
from enum import StrEnum

from app.rules.clocks.clock import Clock, CountedIn
from app.rules.missing.law import CHASED
from app.rules.stated import Reason, in_force
from app.rules.working_days import after_working_days, is_working_day


class Pressing(StrEnum):
    """How pressing the next step is."""

    GREEN = "green"
    AMBER = "amber"
    """Due today."""
    RED = "red"
    """Overdue."""


def first_contact(known_on: date) -> Clock:
    """Say by when the first contact is tried: that day, or the next working day.

    Args:
        known_on: when it was known that nobody knows where the child is.

    Raises:
        NotInForceError: no bank holidays are known of that year.
    """
    rule = in_force((CHASED,), known_on)
    due = after_working_days(known_on, rule.figures["first_contact_working_days"])
    if not is_working_day(due):
        due = after_working_days(due, 1)
    return _clock(due, Reason("The first contact is tried on the same day.", rule))


def next_step(tried_on: date) -> Clock:
    """Say by when something further is tried after a step.

    Raises:
        NotInForceError: no bank holidays are known of that year.
    """
    rule = in_force((CHASED,), tried_on)
    days = rule.figures["next_step_working_days"]
    because = f"Something further within {days} working days of the last step."
    return _clock(after_working_days(tried_on, days), Reason(because, rule))


def pressing_on(due_on: date, day: date) -> Pressing:
    """Say how pressing a step is on a day."""
    if due_on < day:
        return Pressing.RED
    return Pressing.AMBER if due_on == day else Pressing.GREEN


def _clock(due_on: date, reason: Reason) -> Clock:
    return Clock(
        due_on=due_on, counted_in=CountedIn.WORKING_DAYS, approximate=False, reasons=(reason,)
    )
