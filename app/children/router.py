"""Children's records over HTTP, for their commissioners and whoever is responsible for them.

Whoever reads one says what for; that they did is written down in the same transaction.
"""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from app.access import Actor, Permission
from app.audit.service import record_read
from app.audit.terms import Purpose, Subject
from app.children.errors import (
    ChildErasedError,
    ChildHeldAlreadyError,
    ChildHeldBackError,
    ChildNotFoundError,
    ChildNotYoursError,
    ChildStillPlacedError,
    MatchAnsweredError,
    MatchQuestionNotFoundError,
)
from app.children.queries import children as queries
from app.children.schemas import (
    ChildAdded,
    ChildBrief,
    ChildErasure,
    ChildHold,
    ChildIdentity,
    ChildList,
    ChildOut,
    Circumstances,
    CircumstancesOut,
    Match,
    MatchAnswered,
    MatchQuestionBrief,
    MatchQuestionList,
    MatchQuestionOut,
    MatchSide,
    NewChild,
)
from app.children.service import erasing, keeping, questions
from app.children.terms import MatchStatus
from app.db.events import WriteSession
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking, Reading, Writing
from app.keyring.ring import Keyring
from app.organisations.router.pages import AskedPage
from app.providers.errors import PersonNeededError
from app.providers.router.answering import ASKED, EDITED, Ring, located, private

CHILDREN = "/v1/children"
QUESTIONS = "/v1/match-questions"

router = APIRouter(tags=["children"])

Reader = Annotated[Actor, Depends(Requires(Permission.CHILDREN_READ))]
Recorder = Annotated[Actor, Depends(Requires(Permission.CHILDREN_RECORD))]
Eraser = Annotated[Actor, Depends(Requires(Permission.CHILDREN_ERASE, recently=True))]
Matcher = Annotated[Actor, Depends(Requires(Permission.CHILDREN_MATCH))]
StatedPurpose = Annotated[
    Purpose, Query(description="What you read it for; it is written down beside your name.")
]

_CHANGED = (
    *(*ASKED, *EDITED, KeyReusedError),
    *(ChildNotFoundError, ChildNotYoursError, ChildErasedError),
)


@router.post(
    CHILDREN,
    status_code=201,
    operation_id="addChild",
    responses=problems(*ASKED, KeyReusedError, ChildNotYoursError, ChildHeldAlreadyError),
)
async def add_child(
    session: Writing, actor: Recorder, response: Response, ring: Ring, new: NewChild
) -> ChildAdded:
    """Add a child of your organisation. The same again under the same reference adds nothing."""
    child_id, linked = await keeping.add_child(session, actor, ring, new)
    if linked is None:
        response.status_code = 200
    told = await _told(session, response, ring, child_id)
    match = Match(status=MatchStatus.NONE, method=None)
    if linked is not None:
        match = Match(status=linked.status, method=linked.method)
    return ChildAdded(**told.model_dump(), match=match)


@router.get(CHILDREN, operation_id="listChildren", responses=problems(*ASKED))
async def list_children(
    session: Looking,
    actor: Reader,
    response: Response,
    ring: Ring,
    page: AskedPage,
    purpose: StatedPurpose,
) -> ChildList:
    """List the children of your organisation and of those within it, the newest first."""
    key = page.after((str,))
    within = await queries.organisations_within(session)
    before = key[0] if key else None
    found = await queries.list_children(session, within, before, page.limit + 1)
    subject = Subject("children", str(actor.organisation_id), None, actor.organisation_id)
    await record_read(session, actor, "children.listed", subject, purpose)
    private(response)
    items = [_brief(ring, row) for row in found[: page.limit]]
    return ChildList(items=items, links=page.links(found, "id"))


@router.get(
    f"{CHILDREN}/{{child_id}}",
    operation_id="getChild",
    responses=problems(*ASKED, ChildNotFoundError),
)
async def get_child(
    session: Looking,
    actor: Reader,
    response: Response,
    ring: Ring,
    child_id: uuid.UUID,
    purpose: StatedPurpose,
) -> ChildOut:
    """Read a child's record, and say what for."""
    held = await keeping.look_at(session, child_id)
    subject = keeping.subject_of(held.id, held.commissioner_id)
    await record_read(session, actor, "child.read", subject, purpose)
    return await _told(session, response, ring, child_id)


@router.put(
    f"{CHILDREN}/{{child_id}}/identity",
    operation_id="changeChildIdentity",
    responses=problems(*_CHANGED, ChildHeldAlreadyError),
)
async def change_identity(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    child_id: uuid.UUID,
    identity: ChildIdentity,
    expected: ExpectedVersion,
) -> ChildAdded:
    """Put right who a child is. A changed UPN is never joined to the former by machine."""
    of = (child_id, expected)
    linked = await keeping.change_identity(session, actor, ring, of, identity)
    told = await _told(session, response, ring, child_id)
    match = Match(status=linked.status, method=linked.method)
    return ChildAdded(**told.model_dump(), match=match)


@router.post(
    f"{CHILDREN}/{{child_id}}/circumstances",
    operation_id="stateChildCircumstances",
    responses=problems(*_CHANGED),
)
async def state_circumstances(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    child_id: uuid.UUID,
    stated: Circumstances,
    expected: ExpectedVersion,
) -> ChildOut:
    """Say who has which duty towards a child from a day on: home, school, plan, care."""
    await keeping.state_circumstances(session, actor, (child_id, expected), stated)
    return await _told(session, response, ring, child_id)


@router.post(
    f"{CHILDREN}/{{child_id}}/erasure",
    operation_id="eraseChild",
    responses=problems(*_CHANGED, PersonNeededError, ChildStillPlacedError, ChildHeldBackError),
)
async def erase_child(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Eraser,
    response: Response,
    ring: Ring,
    child_id: uuid.UUID,
    stated: ChildErasure,
    expected: ExpectedVersion,
) -> ChildOut:
    """Erase a child's record for ever: its key is thrown away. Others' records of it stay."""
    await erasing.erase(session, actor, (child_id, expected), stated)
    return await _told(session, response, ring, child_id)


@router.put(
    f"{CHILDREN}/{{child_id}}/hold",
    operation_id="holdChild",
    responses=problems(*_CHANGED, PersonNeededError),
)
async def hold_child(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Eraser,
    response: Response,
    ring: Ring,
    child_id: uuid.UUID,
    stated: ChildHold,
    expected: ExpectedVersion,
) -> ChildOut:
    """Say what stands against erasing a record: an inquiry, a court, a complaint, safeguarding."""
    await erasing.hold(session, actor, (child_id, expected), stated)
    return await _told(session, response, ring, child_id)


@router.get(QUESTIONS, operation_id="listMatchQuestions", responses=problems(*ASKED))
async def list_questions(
    session: Reading,
    _: Matcher,
    response: Response,
    page: AskedPage,
    open_: Annotated[
        bool | None, Query(alias="open", description="Only those that are open, or are not.")
    ] = None,
) -> MatchQuestionList:
    """List where two records may be of one child, for your authority or the department to say."""
    key = page.after((str,))
    before = key[0] if key else None
    found = await queries.list_questions(session, open_, before, page.limit + 1)
    private(response)
    items = [MatchQuestionBrief.model_validate(row) for row in found[: page.limit]]
    return MatchQuestionList(items=items, links=page.links(found, "id"))


@router.get(
    f"{QUESTIONS}/{{question_id}}",
    operation_id="getMatchQuestion",
    responses=problems(*ASKED, MatchQuestionNotFoundError),
)
async def get_question(
    session: Looking,
    actor: Matcher,
    response: Response,
    ring: Ring,
    question_id: uuid.UUID,
    purpose: StatedPurpose,
) -> MatchQuestionOut:
    """Look at both records, to say whether they are of one child."""
    question = await questions.look_at(session, question_id)
    subject = Subject("match-question", question_id, None, actor.organisation_id)
    await record_read(session, actor, "match.read", subject, purpose)
    return await _asked(session, response, ring, question)


@router.post(
    f"{QUESTIONS}/{{question_id}}/answer",
    operation_id="answerMatchQuestion",
    responses=problems(
        *(*ASKED, *EDITED, KeyReusedError, PersonNeededError),
        *(MatchQuestionNotFoundError, MatchAnsweredError),
    ),
)
async def answer_question(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Matcher,
    response: Response,
    ring: Ring,
    question_id: uuid.UUID,
    stated: MatchAnswered,
    expected: ExpectedVersion,
) -> MatchQuestionOut:
    """Say whether they are of one child; if so they count as one in every registration test."""
    await questions.answer(session, actor, (question_id, expected), stated)
    return await _asked(session, response, ring, await questions.look_at(session, question_id))


async def _told(
    session: WriteSession, response: Response, ring: Keyring, child_id: uuid.UUID
) -> ChildOut:
    held = await keeping.look_at(session, child_id)
    identity = keeping.identity_of(ring, held)
    duties = await queries.list_circumstances(session, child_id)
    located(response, f"{CHILDREN}/{child_id}?purpose={Purpose.COMMISSIONING}")
    private(response, held.version)
    return ChildOut(
        id=held.id,
        reference=held.reference,
        commissioner=held.commissioner,
        upn=identity.upn if identity else None,
        given_names=identity.given_names if identity else None,
        family_name=identity.family_name if identity else None,
        date_of_birth=held.date_of_birth,
        circumstances=[CircumstancesOut.model_validate(one) for one in duties],
        recorded_at=held.recorded_at,
        erased_at=held.erased_at,
        held_because=held.held_because,
        version=held.version,
    )


def _brief(ring: Keyring, held: Any) -> ChildBrief:
    identity = keeping.identity_of(ring, held)
    return ChildBrief(
        id=held.id,
        reference=held.reference,
        commissioner=held.commissioner,
        given_names=identity.given_names if identity else None,
        family_name=identity.family_name if identity else None,
        date_of_birth=held.date_of_birth,
        erased_at=held.erased_at,
    )


async def _asked(
    session: WriteSession, response: Response, ring: Keyring, question: Any
) -> MatchQuestionOut:
    sides = []
    for held in await questions.sides_of(session, question):
        identity = keeping.identity_of(ring, held)
        if identity is not None:
            side = identity.model_dump() | {"child": held.id, "commissioner": held.commissioner}
            sides.append(MatchSide(**side, home_la=held.home_la))
    located(response, f"{QUESTIONS}/{question.id}?purpose={Purpose.SAFEGUARDING}")
    private(response, question.version)
    return MatchQuestionOut(
        id=question.id,
        method=question.method,
        asked_at=question.asked_at,
        sides=sides,
        answer=question.answer,
        answered_at=question.answered_at,
        answered_reason=question.answered_reason,
        version=question.version,
    )
