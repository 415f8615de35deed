"""The clocks of a fair hearing, all counted here, each with its rule in words; pure.

Working days are England's. Who hears what on which day is the service's to know; a clock begins on
the day after. Where the policy is switched off there is no clock, and nothing is ever over.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.rules.working_days import after_working_days

POLICY: Final = "policy"
"""The authority of what the register gives by its own policy, and no law or guidance asks for."""


@dataclass(frozen=True, slots=True)
class FairHearing:
    """How long each step of the hearing has, in working days."""

    comments_working_days: int = 5
    action_plan_working_days: int = 10
    appeal_working_days: int = 15
    appeal_decision_working_days: int = 20
    suspension_review_working_days: int = 5
    self_evaluation_working_days: int = 10


@dataclass(frozen=True, slots=True)
class Clock:
    """By when something is to be done.

    Attributes:
        due_on: the last day, London.
        rule: how it was counted, in words that can be shown.
        authority: on whose authority it runs.
    """

    due_on: date
    rule: str
    authority: str = POLICY


def comments_due(sent_on: date, hearing: FairHearing | None) -> Clock | None:
    """Say until when a provider says what is factually wrong in a draft.

    Args:
        sent_on: the day on which the draft was sent.
        hearing: the policy in force; `None` where it is switched off.
    """
    working_days = None if hearing is None else hearing.comments_working_days
    return _clock(working_days, "the draft was sent", sent_on)


def action_plan_due(published_on: date, hearing: FairHearing | None) -> Clock | None:
    """Say until when a provider gives its plan of actions.

    Args:
        published_on: the day on which the inspection was published.
        hearing: the policy in force; `None` where it is switched off.
    """
    working_days = None if hearing is None else hearing.action_plan_working_days
    return _clock(working_days, "the inspection was published", published_on)


def appeal_due(published_on: date, hearing: FairHearing | None) -> Clock | None:
    """Say until when a provider may appeal.

    Args:
        published_on: the day on which the inspection was published.
        hearing: the policy in force; `None` where it is switched off.
    """
    working_days = None if hearing is None else hearing.appeal_working_days
    return _clock(working_days, "the inspection was published", published_on)


def appeal_decision_due(appealed_on: date, hearing: FairHearing | None) -> Clock | None:
    """Say until when an appeal is decided.

    Args:
        appealed_on: the day on which the appeal was received.
        hearing: the policy in force; `None` where it is switched off.
    """
    working_days = None if hearing is None else hearing.appeal_decision_working_days
    return _clock(working_days, "the appeal was received", appealed_on)


def suspension_review_due(imposed_on: date, hearing: FairHearing | None) -> Clock | None:
    """Say until when an interim suspension is looked at again.

    Args:
        imposed_on: the day on which it was imposed, or last looked at.
        hearing: the policy in force; `None` where it is switched off.
    """
    working_days = None if hearing is None else hearing.suspension_review_working_days
    return _clock(working_days, "the suspension was imposed or last reviewed", imposed_on)


def self_evaluation_due(asked_on: date, hearing: FairHearing | None) -> Clock | None:
    """Say until when a provider gives its self-evaluation before a visit.

    Args:
        asked_on: the day on which it was asked for.
        hearing: the policy in force; `None` where it is switched off.
    """
    working_days = None if hearing is None else hearing.self_evaluation_working_days
    return _clock(working_days, "the self-evaluation was asked for", asked_on)


def is_over(clock: Clock | None, today: date) -> bool:
    """Say whether the last day of a clock has passed; that of none never does.

    Args:
        clock: the clock, if one runs.
        today: the present day in London.
    """
    return clock is not None and clock.due_on < today


def _clock(working_days: int | None, what: str, day: date) -> Clock | None:
    if working_days is None:
        return None
    days = "1 working day" if working_days == 1 else f"{working_days} working days"
    return Clock(
        after_working_days(day, working_days), f"{days} after {what} on {day.day} {day:%B %Y}"
    )
