"""Assessments over HTTP, for their commissioners and whoever is responsible for the child.

Whoever reads one says what for; that they did is written down in the same transaction.
"""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.access import Actor, Permission
from app.assessments.errors import (
    AssessmentClosedError,
    AssessmentHeldAlreadyError,
    AssessmentNotFoundError,
    AssessmentNotYoursError,
)
from app.assessments.queries import assessments as queries
from app.assessments.queries.assessments import Wanted
from app.assessments.schemas.assessments import (
    AssessmentList,
    AssessmentOut,
    AssessmentWithdrawal,
    NewAssessment,
)
from app.assessments.schemas.steps import AnyStep
from app.assessments.service import assessing
from app.assessments.service.facts import facts_of
from app.assessments.service.gathering import gather
from app.assessments.service.telling import brief, tell
from app.assessments.terms import AssessmentState
from app.audit.service import record_read
from app.audit.terms import Purpose, Subject
from app.children.errors import ChildErasedError, ChildNotFoundError
from app.children.queries.children import organisations_within
from app.children.router import StatedPurpose
from app.db.events import WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking, Writing
from app.keyring.ring import Keyring
from app.organisations.router.pages import AskedPage
from app.providers.router.answering import ASKED, EDITED, Ring, located, private
from app.rules.suitability.judging import judge
from app.rules.suitability.steps import Step

ASSESSMENTS = "/v1/assessments"
ASSESSMENT = f"{ASSESSMENTS}/{{assessment_id}}"

router = APIRouter(tags=["assessments"])

Reader = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_READ))]
Recorder = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_RECORD))]

CHANGED = (
    *(*ASKED, *EDITED, KeyReusedError, ChildErasedError),
    *(AssessmentNotFoundError, AssessmentNotYoursError, AssessmentClosedError),
)


@router.post(
    ASSESSMENTS,
    status_code=201,
    operation_id="requestAssessment",
    responses=problems(
        *(*ASKED, KeyReusedError, ChildNotFoundError, ChildErasedError),
        *(AssessmentNotYoursError, AssessmentHeldAlreadyError),
    ),
)
async def request_assessment(
    session: Writing, actor: Recorder, response: Response, ring: Ring, new: NewAssessment
) -> AssessmentOut:
    """Begin an assessment of a place for a child of yours.

    The same again under the same reference adds nothing.
    """
    assessment_id, is_new = await assessing.request(session, actor, new)
    if not is_new:
        response.status_code = 200
    return await told(session, response, ring, assessment_id)


@router.get(ASSESSMENTS, operation_id="listAssessments", responses=problems(*ASKED))
async def list_assessments(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Looking,
    actor: Reader,
    response: Response,
    page: AskedPage,
    purpose: StatedPurpose,
    child: Annotated[uuid.UUID | None, Query(description="Of this child.")] = None,
    state: Annotated[AssessmentState | None, Query(description="Where it stands.")] = None,
) -> AssessmentList:
    """List the assessments of your organisation and of those within it, the newest first."""
    key = page.after((str,))
    wanted = Wanted(await organisations_within(session), child, state)
    before = key[0] if key else None
    found = await queries.list_assessments(session, wanted, before, page.limit + 1)
    subject = Subject("assessments", str(actor.organisation_id), None, actor.organisation_id)
    await record_read(session, actor, "assessments.listed", subject, purpose)
    private(response)
    items = [brief(row) for row in found[: page.limit]]
    return AssessmentList(items=items, links=page.links(found, "id"))


@router.get(
    ASSESSMENT,
    operation_id="getAssessment",
    responses=problems(*ASKED, AssessmentNotFoundError),
)
async def get_assessment(
    session: Looking,
    actor: Reader,
    response: Response,
    ring: Ring,
    assessment_id: uuid.UUID,
    purpose: StatedPurpose,
) -> AssessmentOut:
    """Read an assessment: what is done, missing and blocking, and what comes next."""
    assessment = await assessing.look_at(session, assessment_id)
    subject = assessing.subject_of(assessment.id, assessment.commissioner_id)
    await record_read(session, actor, "assessment.read", subject, purpose)
    return await told(session, response, ring, assessment_id)


@router.put(
    f"{ASSESSMENT}/steps/{{step}}",
    operation_id="stateAssessmentStep",
    responses=problems(*CHANGED),
)
async def state_step(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    assessment_id: uuid.UUID,
    step: Step,
    said: AnyStep,
    expected: ExpectedVersion,
) -> AssessmentOut:
    """Say what a person adds in a step; the whole of it. What was said before stays in the record.

    The shortlist's settings are `…/options`; what you checked of a site is `/v1/site-checks`.
    """
    if said.step is not step:
        detail = f"The address names the step {step}, and the body another. Send the same."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/step"),))
    await assessing.say(session, actor, ring, (assessment_id, expected), said)
    return await told(session, response, ring, assessment_id)


@router.post(
    f"{ASSESSMENT}/withdrawal",
    operation_id="withdrawAssessment",
    responses=problems(*CHANGED),
)
async def withdraw_assessment(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    assessment_id: uuid.UUID,
    said: AssessmentWithdrawal,
    expected: ExpectedVersion,
) -> AssessmentOut:
    """Say that an assessment is not gone on with, and why."""
    await assessing.withdraw(session, actor, (assessment_id, expected), said)
    return await told(session, response, ring, assessment_id)


async def told(
    session: WriteSession, response: Response, ring: Keyring, assessment_id: uuid.UUID
) -> AssessmentOut:
    """Tell an assessment as it stands now."""
    assessment = await assessing.look_at(session, assessment_id)
    gathered = await gather(session, ring, assessment)
    located(response, f"{ASSESSMENTS}/{assessment_id}?purpose={Purpose.COMMISSIONING}")
    private(response, assessment.version)
    return await tell(session, gathered, judge(facts_of(gathered)))
