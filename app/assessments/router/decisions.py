"""Settings looked at, what-ifs and decisions over HTTP."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.access import Actor, Permission
from app.assessments.errors import (
    AssessmentClosedError,
    AssessmentIncompleteError,
    AssessmentNotFoundError,
    AssessmentNotYoursError,
    DecisionNotYoursError,
    NotDecidedError,
    OptionNotFoundError,
    StatuteStandsAgainstError,
    WhatIfLimitError,
)
from app.assessments.router.assessments import ASSESSMENT, ASSESSMENTS, CHANGED, Reader, Recorder
from app.assessments.router.assessments import told as told_whole
from app.assessments.schemas.assessments import AssessmentOut
from app.assessments.schemas.decisions import DecisionOut, DecisionStated
from app.assessments.schemas.options import OptionStated, WhatIfAsked, WhatIfOut
from app.assessments.service import assessing, deciding, options, testing
from app.audit.service import record_read
from app.audit.terms import Purpose
from app.children.router import StatedPurpose
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking, Writing
from app.providers.errors import PersonNeededError, ProviderNotFoundError
from app.providers.router.answering import ASKED, RECENT, Ring, located, private

router = APIRouter(tags=["assessments"])

Decider = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_DECIDE, recently=True))]
_LOOKED_AT = (*CHANGED, ProviderNotFoundError, WhatIfLimitError)


@router.post(
    f"{ASSESSMENT}/options",
    status_code=201,
    operation_id="addAssessmentOption",
    responses=problems(*_LOOKED_AT),
)
async def add_option(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    assessment_id: uuid.UUID,
    stated: OptionStated,
    expected: ExpectedVersion,
) -> AssessmentOut:
    """Look at one more setting. With a proposed week it is tested at once, and that is counted."""
    await options.add(session, actor, ring, (assessment_id, expected), stated)
    return await told_whole(session, response, ring, assessment_id)


@router.put(
    f"{ASSESSMENT}/options/{{option_id}}",
    operation_id="changeAssessmentOption",
    responses=problems(*_LOOKED_AT, OptionNotFoundError),
)
async def change_option(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    assessment_id: uuid.UUID,
    option_id: uuid.UUID,
    stated: OptionStated,
    expected: ExpectedVersion,
) -> AssessmentOut:
    """Put a setting right, choose it, or turn it down with reasons; the whole of it is sent."""
    of = (assessment_id, option_id, expected)
    await options.change(session, actor, ring, of, stated)
    return await told_whole(session, response, ring, assessment_id)


@router.post(
    f"{ASSESSMENT}/what-if",
    operation_id="askWhatIf",
    responses=problems(
        *(*ASKED, KeyReusedError, ProviderNotFoundError, WhatIfLimitError),
        *(AssessmentNotFoundError, AssessmentNotYoursError, AssessmentClosedError),
    ),
)
async def ask_what_if(
    session: Writing,
    actor: Recorder,
    response: Response,
    assessment_id: uuid.UUID,
    asked: WhatIfAsked,
) -> WhatIfOut:
    """Ask what a week would mean for a setting: a light and the day, never who or why.

    It takes an open assessment, is written down, and can be asked so often in an hour.
    """
    found = await testing.what_if(session, actor, assessment_id, asked)
    located(response, f"{ASSESSMENTS}/{assessment_id}?purpose={Purpose.COMMISSIONING}")
    private(response)
    return found


@router.post(
    f"{ASSESSMENT}/decision",
    status_code=201,
    operation_id="decideAssessment",
    responses=problems(
        *(*CHANGED, *RECENT, PersonNeededError, DecisionNotYoursError),
        *(AssessmentIncompleteError, StatuteStandsAgainstError),
    ),
)
async def decide(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Decider,
    response: Response,
    ring: Ring,
    assessment_id: uuid.UUID,
    stated: DecisionStated,
    expected: ExpectedVersion,
) -> DecisionOut:
    """Approve or refuse a place that somebody else asked for. It is decided once.

    What is missing or stands against it can be departed from, by its code and with a reason; what
    a statute asks cannot. Everything that was shown is frozen.
    """
    await deciding.decide(session, actor, ring, (assessment_id, expected), stated)
    address = f"{ASSESSMENTS}/{assessment_id}/decision?purpose={Purpose.COMMISSIONING}"
    located(response, address)
    private(response)
    return await deciding.read_decision(session, ring, assessment_id)


@router.get(
    f"{ASSESSMENT}/decision",
    operation_id="getAssessmentDecision",
    responses=problems(*ASKED, AssessmentNotFoundError, NotDecidedError),
)
async def get_decision(
    session: Looking,
    actor: Reader,
    response: Response,
    ring: Ring,
    assessment_id: uuid.UUID,
    purpose: StatedPurpose,
) -> DecisionOut:
    """Read a decision as it was made, and whether what is held still gives its hash."""
    found = await deciding.read_decision(session, ring, assessment_id)
    assessment = await assessing.look_at(session, assessment_id)
    subject = assessing.subject_of(assessment.id, assessment.commissioner_id)
    await record_read(session, actor, "assessment.decision_read", subject, purpose)
    private(response)
    return found
