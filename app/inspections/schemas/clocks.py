"""How clocks are told: until when, by which rule, on whose authority, and whether it is over."""

from datetime import date

from pydantic import Field

from app.inspections.clocks import Clock, is_over
from app.providers.schemas.stating import Told


class ClockOut(Told):
    """By when something is due."""

    due_on: date = Field(description="The last day.")
    rule: str = Field(description="How it was computed, in a sentence.")
    authority: str = Field(description="What the rule rests on.")
    over: bool = Field(description="Whether that day has passed.")


def clock_told(clock: Clock | None, today: date) -> ClockOut | None:
    """Return a clock as it is told; none where none runs."""
    if clock is None:
        return None
    over = is_over(clock, today)
    return ClockOut(due_on=clock.due_on, rule=clock.rule, authority=clock.authority, over=over)
