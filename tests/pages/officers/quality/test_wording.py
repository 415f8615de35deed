"""Every code that pages of quality assurance show has words."""

from collections.abc import Iterable, Mapping

import pytest

from app.concerns.terms import ConcernEnd, ConcernKind, Severity
from app.inspections import terms
from app.inspections.cycle import DueBecause
from app.inspections.independence import Why
from app.inspections.risk import RiskGround
from app.inspections.schemas.reliances import RelianceEnd
from app.inspections.schemas.suspensions import ReviewDecision
from app.pages.officers.quality import wording


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (terms.InspectionState, wording.STATES),
        (terms.Judgement, wording.JUDGEMENTS),
        (terms.Outcome, wording.OUTCOMES),
        (terms.InspectionKind, wording.KINDS),
        (RiskGround, wording.GROUNDS),
        (DueBecause, wording.DUE),
        (terms.ActionState, wording.ACTIONS),
        (terms.CommentAnswer, wording.COMMENT_ANSWERS),
        (terms.CheckDecision, wording.CHECKED),
        (terms.AppealState, wording.APPEALS),
        (terms.AppealDecision, wording.APPEAL_DECISIONS),
        (terms.RevisitState, wording.REVISITS),
        (terms.AmendmentKind, wording.AMENDMENTS),
        (terms.AmendmentState, wording.AMENDMENT_STATES),
        (terms.InspectorPart, wording.PARTS),
        (terms.InterestKind, wording.INTERESTS),
        (Why, wording.WHY),
        (terms.ResultStatus, wording.RESULTS),
        (RelianceEnd, wording.RELIANCE_ENDS),
        (ReviewDecision, wording.REVIEWS),
        (ConcernKind, wording.CONCERNS),
        (Severity, wording.SEVERITIES),
        (ConcernEnd, wording.CONCERN_ENDS),
    ],
)
def test_every_code_has_words(codes: Iterable[str], told: Mapping[str, object]) -> None:
    assert set(told) == set(codes)
    assert all(told.values())
