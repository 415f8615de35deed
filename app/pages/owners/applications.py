"""The pages on which an owner sees where each place stands, and applies for it to be listed."""

import uuid
from typing import Annotated

from fastapi import Form, Request
from starlette.responses import Response

from app import clock
from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.owners.acts import refused_plainly
from app.pages.owners.applications_forms import answer_asked, begin_asked, change_asked
from app.pages.owners.applications_view import (
    APPLICATIONS,
    application_page,
    applications_page,
    current_of,
    of_site,
)
from app.pages.owners.held_records import (
    RECORD,
    RECORDS,
    Done,
    Number,
    Reference,
    own_record,
    show_part,
)
from app.pages.owners.listings import listings_of, own_listing, told_whole
from app.pages.owners.sites import own_site
from app.pages.signed_in import (
    RecordsManager,
    RecordsReader,
    SentOnce,
    SentVersion,
    own_router,
    understood,
)
from app.providers.errors import QuestionNotFoundError
from app.providers.queries import listings as queries
from app.providers.schemas.listings import NewAnswer, Scope
from app.providers.service import applications as service

router = own_router()

HERE = f"{RECORD}/{APPLICATIONS}"
ONE = f"{HERE}/{{listing_id}}"
_APPLY = f"{RECORD}/sites/{{reference}}/apply"
_ANSWER = f"{ONE}/questions/{{question_id}}/answer"


@router.get(HERE)
async def show_applications(
    request: Request, session: Reading, actor: RecordsReader, number: Number, done: Done = None
) -> Response:
    """Show where each place stands, and what to do next."""
    own = await own_record(session, actor, number)
    every = await listings_of(session, own)
    now = [one for site in own.told.sites for one in current_of(of_site(every, site))]
    told = [await told_whole(session, one.row) for one in now]
    earlier = [one for one in every if one not in now]
    return await show_part(request, applications_page(own, told, earlier, clock.today()), done)


@router.get(ONE)
async def show_application(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    number: Number,
    listing_id: uuid.UUID,
    done: Done = None,
) -> Response:
    """Show one application or listing: what is done, what is missing, and how it came here."""
    own, row = await own_listing(session, actor, number, listing_id)
    listing = await told_whole(session, row)
    return await show_part(request, application_page(actor, own, listing), done)


@router.get(_APPLY)
async def show_begin(
    request: Request, session: Reading, actor: RecordsManager, number: Number, reference: Reference
) -> Response:
    """Offer the form on which an application for a place is begun."""
    own, site = await own_site(session, actor, number, reference)
    return await show_form(request, begin_asked(own, site, clock.today()))


@router.post(_APPLY)
async def begin(
    request: Request,
    actor: RecordsManager,
    number: Number,
    reference: Reference,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Begin an application for a place."""

    async def ask(session: ReadSession) -> FormAsked:
        own, site = await own_site(session, actor, number, reference)
        return begin_asked(own, site, clock.today())

    async def act(session: WriteSession, answers: Answers) -> str:
        scope = understood(Scope, answers).columns()
        listing_id = await service.begin(session, actor, number, reference, scope)
        return f"{at(number, listing_id)}?done=application-begun"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{ONE}/change")
async def show_change(
    request: Request,
    session: Reading,
    actor: RecordsManager,
    number: Number,
    listing_id: uuid.UUID,
) -> Response:
    """Offer the form on which it is changed what a draft applies for."""
    return await show_form(request, await _change_asked(session, actor, number, listing_id))


@router.post(f"{ONE}/change")
async def change(
    request: Request,
    actor: RecordsManager,
    number: Number,
    listing_id: uuid.UUID,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """Change what a draft applies for."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _change_asked(session, actor, number, listing_id)

    async def act(session: WriteSession, answers: Answers) -> str:
        await own_listing(session, actor, number, listing_id)
        scope = understood(Scope, answers).columns()
        with refused_plainly():
            await service.change_scope(session, actor, listing_id, scope, sent.version)
        return f"{at(number, listing_id)}?done=scope-changed"

    return await take_form(request, actor, sent, ask, act)


@router.get(_ANSWER)
async def show_answer(
    request: Request,
    session: Reading,
    actor: RecordsManager,
    number: Number,
    listing_id: uuid.UUID,
    question_id: uuid.UUID,
) -> Response:
    """Offer the form on which an assessor's question is answered."""
    asked = await _answer_asked(session, actor, number, listing_id, question_id)
    return await show_form(request, asked)


@router.post(_ANSWER)
async def answer(
    request: Request,
    actor: RecordsManager,
    number: Number,
    listing_id: uuid.UUID,
    question_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Answer an assessor's question."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _answer_asked(session, actor, number, listing_id, question_id)

    async def act(session: WriteSession, answers: Answers) -> str:
        await own_listing(session, actor, number, listing_id)
        said = understood(NewAnswer, answers)
        await service.answer(session, actor, listing_id, question_id, said.answer)
        return f"{at(number, listing_id)}?done=question-answered"

    return await take_form(request, actor, sent, ask, act)


def at(number: str, listing_id: uuid.UUID) -> str:
    """Return where an application is shown."""
    return f"{RECORDS}/{number}/{APPLICATIONS}/{listing_id}"


async def _change_asked(
    session: ReadSession, actor: Actor, number: str, listing_id: uuid.UUID
) -> FormAsked:
    own, row = await own_listing(session, actor, number, listing_id)
    _own, site = await own_site(session, actor, number, row.site_reference)
    return change_asked(own, site, row, clock.today())


async def _answer_asked(
    session: ReadSession, actor: Actor, number: str, listing_id: uuid.UUID, question_id: uuid.UUID
) -> FormAsked:
    own, row = await own_listing(session, actor, number, listing_id)
    for question in await queries.list_questions(session, listing_id):
        if question.id == question_id:
            return answer_asked(own, row, question)
    raise QuestionNotFoundError(f"Nothing of the kind was asked about {row.site_name}.")
