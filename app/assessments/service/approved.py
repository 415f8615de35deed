"""Whether an approved assessment is of the very place that is to be recorded."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.access import Actor
from app.assessments.errors import AssessedOtherwiseError, NotApprovedError
from app.assessments.queries import assessments
from app.assessments.queries import options as queries
from app.assessments.service.assessing import check_own, look_at, state_of
from app.assessments.service.register_checks import listed_on
from app.assessments.terms import AssessmentState
from app.db.events import WriteSession
from app.errors import FieldFault
from app.rules.funding.rows import Route
from app.rules.suitability.facts import Listed


@dataclass(frozen=True, slots=True)
class Placed:
    """A place that is to rest on an assessment.

    Attributes:
        child_id: of this child.
        site_id: at this site.
        route: by this route.
        days: the first and the last; a first one that is `None` began before it was assessed.
        minutes: a week.
    """

    child_id: uuid.UUID
    site_id: uuid.UUID
    route: Route
    days: tuple[date | None, date | None]
    minutes: int


async def approved_for(
    session: WriteSession, actor: Actor, assessment_id: uuid.UUID, placed: Placed
) -> Listed:
    """See that an assessment is approved, and of this place; say where the setting now stands.

    Whoever else would use the assessment waits until the transaction ends.

    Raises:
        AssessmentNotFoundError: there is none that the actor may see.
        AssessmentNotYoursError: it is another commissioner's.
        NotApprovedError: it is open, refused or withdrawn.
        AssessedOtherwiseError: another child, setting, route or time, or fewer hours, was assessed.
    """
    assessment = await look_at(session, assessment_id)
    check_own(actor, assessment)
    await assessments.get_assessment(session, assessment_id, lock=True)
    state = state_of(assessment)
    decision = await queries.get_decision(session, assessment_id)
    if state is not AssessmentState.APPROVED or decision is None:
        raise NotApprovedError(
            f"The assessment is {state}. A place rests on one that is approved.", state=state.value
        )
    option = await queries.get_option(session, decision.option_id)
    if option is None:
        message = "an approved assessment is of a setting"
        raise LookupError(message)
    faults = _faults(assessment, option, placed)
    if faults:
        raise AssessedOtherwiseError(
            "Something else was assessed. Assess this place, or record the one that was.",
            errors=faults,
        )
    return await listed_on(session, option, placed.days[0] or assessment.starts_on)


def _faults(assessment: Any, option: Any, placed: Placed) -> tuple[FieldFault, ...]:
    """Say in what a place differs from what was assessed."""
    first, last = placed.days
    late = assessment.ends_on is not None and (last is None or last > assessment.ends_on)
    differs = (
        (placed.child_id != assessment.child_id, "Another child was assessed.", "/child"),
        (placed.site_id != option.site_id, "Another site was assessed.", "/site"),
        (placed.route.value != assessment.route, "Another route was assessed.", "/route"),
        (
            first is not None and first < assessment.starts_on,
            f"It was assessed from {assessment.starts_on} on.",
            "/starts_on",
        ),
        (late, f"It was assessed until {assessment.ends_on}.", "/planned_end_on"),
        (
            option.weekly_minutes is not None and placed.minutes > option.weekly_minutes,
            f"{option.weekly_minutes} minutes a week were assessed.",
            "/sessions",
        ),
    )
    return tuple(FieldFault(detail, where) for wrong, detail, where in differs if wrong)
