"""The pages on which an owner reads inspections, and says and does what is theirs to."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import Form, Path, Request
from starlette.responses import Response

from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.inspections.queries import inspections as queries
from app.inspections.queries.inspections import Wanted
from app.inspections.router.follow_up import follow_up_told
from app.inspections.router.hearing import comments_told
from app.inspections.router.showing import inspection_told, sheet_told
from app.inspections.schemas.following import (
    ActionEvidence,
    ActionsStated,
    NewAppeal,
    NewRevisit,
    RepliesStated,
)
from app.inspections.schemas.hearing import CommentsStated
from app.inspections.service import answering, appealing, commenting, revisiting
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.owners.held_records import (
    RECORD,
    RECORDS,
    Done,
    Number,
    Own,
    own_record,
    show_part,
)
from app.pages.owners.inspections_forms import asking_of_finding, asking_of_inspection
from app.pages.owners.inspections_view import (
    INSPECTIONS,
    Finding,
    OfInspection,
    Read,
    inspection_page,
    inspections_page,
)
from app.pages.signed_in import RecordsReader, RecordsSigner, SentOnce, own_router, understood
from app.providers.queries.documents import list_documents

router = own_router()

MOST = 100
_HERE = f"{RECORD}/{INSPECTIONS}"
_ONE = f"{_HERE}/{{reference}}"
_FINDING = f"{_ONE}/sites/{{site}}/criteria/{{criterion}}"

Reference = Annotated[str, Path(pattern="^[A-Za-z0-9]{1,20}$")]
Site = Annotated[int, Path(ge=1, le=32_767)]
Criterion = Annotated[str, Path(pattern="^[1-4][.][0-9]{1,2}[a-z]{1,2}$")]


class OfFinding(StrEnum):
    """What can be done about one finding; each is the last part of an address."""

    COMMENT = "comment"
    REPLY = "reply"
    TAKE_BACK = "take-back"
    ACTION = "action"
    EVIDENCE = "evidence"


@router.get(_HERE)
async def show_inspections(
    request: Request, session: Reading, actor: RecordsReader, number: Number
) -> Response:
    """Show every inspection of a provider that its owner is told of."""
    own = await own_record(session, actor, number)
    wanted = Wanted(provider_number=own.held.number)
    found = await queries.list_inspections(session, wanted, None, MOST)
    return await show_part(request, inspections_page(own, found))


@router.get(_ONE)
async def show_inspection(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    number: Number,
    reference: Reference,
    done: Done = None,
) -> Response:
    """Show an inspection: its findings, the clocks, and what can be said and done now."""
    own = await own_record(session, actor, number)
    page = inspection_page(own, await _read(session, reference))
    return await show_part(request, page, done)


@router.get(f"{_ONE}/{{step}}")
async def show_step(
    request: Request,
    session: Reading,
    actor: RecordsSigner,
    number: Number,
    reference: Reference,
    step: OfInspection,
) -> Response:
    """Ask what a step about a whole inspection needs."""
    own = await own_record(session, actor, number)
    asked = asking_of_inspection(own, await _read(session, reference), step)
    return await show_form(request, asked)


@router.post(f"{_ONE}/{{step}}")
async def take_step(
    request: Request,
    actor: RecordsSigner,
    number: Number,
    reference: Reference,
    step: OfInspection,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Take a step about a whole inspection."""

    async def ask(session: ReadSession) -> FormAsked:
        own = await own_record(session, actor, number)
        return asking_of_inspection(own, await _read(session, reference), step)

    async def act(session: WriteSession, answers: Answers) -> str:
        await _of_inspection(session, actor, reference, step, answers)
        return f"{RECORDS}/{number}/{INSPECTIONS}/{reference}?done=inspection-{step}"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_FINDING}/{{step}}")
async def show_step_of_finding(  # noqa: PLR0913, PLR0917 - one step about one finding
    request: Request,
    session: Reading,
    actor: RecordsSigner,
    number: Number,
    reference: Reference,
    site: Site,
    criterion: Criterion,
    step: OfFinding,
) -> Response:
    """Ask what a step about one finding needs."""
    own = await own_record(session, actor, number)
    asked = await _asking(session, own, reference, Finding(site, criterion, step))
    return await show_form(request, asked)


@router.post(f"{_FINDING}/{{step}}")
async def take_step_of_finding(  # noqa: PLR0913, PLR0917 - one step about one finding
    request: Request,
    actor: RecordsSigner,
    number: Number,
    reference: Reference,
    site: Site,
    criterion: Criterion,
    step: OfFinding,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Take a step about one finding."""
    finding = Finding(site, criterion, step)

    async def ask(session: ReadSession) -> FormAsked:
        own = await own_record(session, actor, number)
        return await _asking(session, own, reference, finding)

    async def act(session: WriteSession, answers: Answers) -> str:
        await _of_finding(session, actor, reference, finding, answers)
        return f"{RECORDS}/{number}/{INSPECTIONS}/{reference}?done=finding-{step}"

    return await take_form(request, actor, sent, ask, act)


async def _read(session: ReadSession | WriteSession, reference: str) -> Read:
    unsent = Response()
    return Read(
        told=await inspection_told(session, reference, unsent),
        sheet=await sheet_told(session, reference, unsent),
        comments=await comments_told(session, reference, unsent),
        follow_up=await follow_up_told(session, reference, unsent),
    )


async def _asking(session: ReadSession, own: Own, reference: str, finding: Finding) -> FormAsked:
    documents: list[tuple[str, str]] = []
    if finding.step == OfFinding.EVIDENCE:
        rows = await list_documents(
            session, own.held.id, kind=None, site=None, only=None, after=None, most=MOST
        )
        documents = [(str(row.Document.id), row.Document.title) for row in rows]
    return asking_of_finding(own, await _read(session, reference), finding, documents)


async def _of_inspection(
    session: WriteSession, actor: Actor, reference: str, step: OfInspection, answers: Answers
) -> None:
    if step is OfInspection.NO_MORE:
        await commenting.close(session, actor, reference)
    elif step is OfInspection.REVISIT:
        wanted = understood(NewRevisit, answers)
        await revisiting.ask(session, actor, reference, wanted.reason)
    else:
        chosen: Any = answers.pop("judgements")
        named = [one.split(":", 1) for one in chosen]
        judgements = [{"site": int(site), "criterion": number} for site, number in named]
        new = understood(NewAppeal, {**answers, "judgements": judgements})
        await appealing.appeal(session, actor, reference, new)


async def _of_finding(
    session: WriteSession, actor: Actor, reference: str, finding: Finding, answers: Answers
) -> None:
    key = {"site": finding.site, "criterion": finding.criterion}
    step = OfFinding(finding.step)
    if step is OfFinding.COMMENT:
        said = understood(CommentsStated, {"comments": [key | answers]})
        await commenting.comment(session, actor, reference, said.comments)
    elif step is OfFinding.REPLY:
        replies = understood(RepliesStated, {"replies": [key | answers]})
        await answering.reply(session, actor, reference, replies)
    elif step is OfFinding.TAKE_BACK:
        await answering.withdraw_reply(session, actor, reference, (finding.site, finding.criterion))
    elif step is OfFinding.ACTION:
        planned = understood(ActionsStated, {"actions": [key | answers]})
        await answering.plan_actions(session, actor, reference, planned)
    else:
        evidence = understood(ActionEvidence, answers)
        action_id = (await _read(session, reference)).action_of(finding)
        await answering.send_evidence(session, actor, reference, action_id, evidence)
