"""The plain words of assessments, as people meet them on their pages."""

from collections.abc import Mapping

from app.assessments.terms import AssessmentState, OptionStanding
from app.pages.part_view import TagView

ASSESSMENT_STATES: Mapping[str, TagView] = {
    AssessmentState.OPEN: TagView("Open", "blue"),
    AssessmentState.APPROVED: TagView("Approved", "green"),
    AssessmentState.REFUSED: TagView("Refused", "red"),
    AssessmentState.WITHDRAWN: TagView("Withdrawn", "grey"),
}
STANDINGS: Mapping[str, TagView] = {
    OptionStanding.CHOSEN: TagView("Chosen", "green"),
    OptionStanding.CONSIDERED: TagView("Considered", "blue"),
    OptionStanding.TURNED_DOWN: TagView("Turned down", "grey"),
}
"""What becomes of a setting that is looked at."""
