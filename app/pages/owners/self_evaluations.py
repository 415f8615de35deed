"""The pages on which an owner says, place by place, how each standard is met."""

import uuid
from typing import Annotated, Any

from fastapi import Form, Path, Request
from starlette.responses import Response

from app import clock
from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.errors import AppError, FieldFault, InvalidRequestError
from app.http.sessions import Reading
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.owners.documents import held_documents
from app.pages.owners.held_records import RECORD, RECORDS, Done, Number, Own, own_record, show_part
from app.pages.owners.self_evaluations_view import (
    SAID,
    Evaluated,
    answered_in,
    begin_asked,
    completing,
    evaluation_page,
    evaluations_page,
    standard_asked,
)
from app.pages.owners.standards_view import versions_section
from app.pages.questions import read_typed
from app.pages.signed_in import (
    RecordsManager,
    RecordsReader,
    RecordsSigner,
    SentOnce,
    SentVersion,
    own_router,
    understood,
)
from app.providers.evidence_errors import CriterionNotAskedError
from app.providers.queries import self_evaluations as queries
from app.providers.schemas.self_evaluations import AnswerStated, NewSelfEvaluation
from app.providers.service import self_evaluations as service
from app.standards.queries import versions

router = own_router()

_HERE = f"{RECORD}/{SAID}"
_ONE = f"{_HERE}/{{self_evaluation_id}}"
_MOST_SHOWN = 100
Standard = Annotated[str, Path(pattern="^[1-4][.][0-9]{1,2}$")]


@router.get(_HERE)
async def show_evaluations(
    request: Request, session: Reading, actor: RecordsReader, number: Number, done: Done = None
) -> Response:
    """Show a provider's self-evaluations."""
    own = await own_record(session, actor, number)
    rows = await queries.list_self_evaluations(session, own.held.id, None, None, _MOST_SHOWN)
    published = await versions.list_published(session)
    missing = versions_section(own, published, clock.today())
    return await show_part(request, evaluations_page(own, rows, missing), done)


@router.get(f"{_HERE}/add")
async def show_begin(
    request: Request, session: Reading, actor: RecordsManager, number: Number
) -> Response:
    """Offer the form on which a self-evaluation is begun."""
    return await show_form(request, begin_asked(await own_record(session, actor, number)))


@router.post(f"{_HERE}/add")
async def begin(
    request: Request, actor: RecordsManager, number: Number, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Begin a self-evaluation."""

    async def ask(session: ReadSession) -> FormAsked:
        return begin_asked(await own_record(session, actor, number))

    async def act(session: WriteSession, answers: Answers) -> str:
        new = understood(NewSelfEvaluation, answers)
        identity = await service.begin(session, actor, number, new)
        return f"{_at(number, identity)}?done=evaluation-begun"

    return await take_form(request, actor, sent, ask, act)


@router.get(_ONE)
async def show_evaluation(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    number: Number,
    self_evaluation_id: uuid.UUID,
    done: Done = None,
) -> Response:
    """Show how much of a self-evaluation is answered, standard by standard."""
    own, said = await own_said(session, actor, number, self_evaluation_id)
    published = [one.code for one in await versions.list_published(session)]
    page = evaluation_page(own, said, is_newest=said.row.standards == published[-1])
    return await show_part(request, page, done)


@router.get(f"{_ONE}/standards/{{standard}}")
async def show_standard(
    request: Request,
    session: Reading,
    actor: RecordsManager,
    number: Number,
    self_evaluation_id: uuid.UUID,
    standard: Standard,
) -> Response:
    """Offer the form on which the criteria of a standard are answered."""
    asked = await _standard_asked(session, actor, number, self_evaluation_id, standard)
    return await show_form(request, asked)


@router.post(f"{_ONE}/standards/{{standard}}")
async def answer_standard(
    request: Request,
    actor: RecordsManager,
    number: Number,
    self_evaluation_id: uuid.UUID,
    standard: Standard,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """Answer the criteria of a standard; what was left out stays unanswered."""
    form = await read_typed(request)

    async def ask(session: ReadSession) -> FormAsked:
        return await _standard_asked(session, actor, number, self_evaluation_id, standard)

    async def act(session: WriteSession, _: Answers) -> str:
        _own, said = await own_said(session, actor, number, self_evaluation_id)
        expected = sent.version
        for criterion in said.of(standard):
            answer = answered_in(form, criterion.number)
            if answer is None or answer == _held(said, criterion):
                continue
            try:
                await service.answer(
                    session,
                    actor,
                    number,
                    self_evaluation_id,
                    criterion.number,
                    understood(AnswerStated, answer),
                    expected,
                )
            except InvalidRequestError as refused:
                raise _at_criterion(refused, criterion.number) from refused
            expected += 1
        return f"{_at(number, self_evaluation_id)}?done=answers-saved"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_ONE}/complete")
async def show_complete(
    request: Request,
    session: Reading,
    actor: RecordsSigner,
    number: Number,
    self_evaluation_id: uuid.UUID,
) -> Response:
    """Ask whether a self-evaluation shall be completed."""
    asked = completing(*await own_said(session, actor, number, self_evaluation_id))
    return await show_form(request, asked)


@router.post(f"{_ONE}/complete")
async def complete(
    request: Request,
    actor: RecordsSigner,
    number: Number,
    self_evaluation_id: uuid.UUID,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """Complete a self-evaluation."""

    async def ask(session: ReadSession) -> FormAsked:
        return completing(*await own_said(session, actor, number, self_evaluation_id))

    async def act(session: WriteSession, _: Answers) -> str:
        await service.complete(session, actor, number, self_evaluation_id, sent.version)
        return f"{_at(number, self_evaluation_id)}?done=evaluation-completed"

    return await take_form(request, actor, sent, ask, act)


async def own_said(
    session: ReadSession | WriteSession, actor: Actor, number: str, identity: uuid.UUID
) -> tuple[Own, Evaluated]:
    """Return a record in the hands of the actor's organisation, and one of its self-evaluations.

    Raises:
        ProviderNotFoundError: there is no such record.
        SelfEvaluationNotFoundError: it has none with this id.
    """
    own = await own_record(session, actor, number)
    row = await service.get_self_evaluation(session, own.held.id, identity)
    criteria = await versions.list_criteria(session, row.SelfEvaluation.version_id)
    version = await queries.get_version(session, row.standards)
    return own, Evaluated(
        row,
        service.asked_of(row, criteria),
        version.standard_titles if version is not None else {},
        await queries.list_answers(session, identity),
        await queries.list_evidence(session, identity),
    )


async def _standard_asked(
    session: ReadSession, actor: Actor, number: str, identity: uuid.UUID, standard: str
) -> FormAsked:
    own, said = await own_said(session, actor, number, identity)
    if not said.of(standard):
        raise CriterionNotAskedError(
            f"Nothing of standard {standard} is asked of such a place. Go back to see what is."
        )
    return standard_asked(own, said, standard, await held_documents(session, own))


def _held(said: Evaluated, criterion: Any) -> dict[str, object] | None:
    """Return what is said of a criterion now, as a form that leaves it alone would say it."""
    answer = said.answers.get(criterion.id)
    if answer is None or answer.look_again or answer.carried:
        return None
    documents = [str(one) for one in said.shown.get(criterion.id, ())]
    return {"answer": answer.answer, "comment": answer.comment, "documents": documents}


def _at_criterion(refused: AppError, number: str) -> InvalidRequestError:
    """Return a refusal of one answer as one of the form that holds several."""
    faults = tuple(
        FieldFault(one.detail, f"/{(one.pointer or '/answer').split('/')[1]}_{number}")
        for one in refused.errors
    )
    return InvalidRequestError(refused.detail, errors=faults)


def _at(number: str, identity: uuid.UUID) -> str:
    return f"{RECORDS}/{number}/{SAID}/{identity}"
