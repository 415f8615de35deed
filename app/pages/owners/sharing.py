"""The pages on which an owner shares evidence with a school or council until a day."""

import uuid
from typing import Annotated

from fastapi import Form, Query, Request
from starlette.responses import Response

from app import clock
from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.organisations.queries import organisations
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.owners.documents import held_documents
from app.pages.owners.held_records import RECORD, RECORDS, Done, Number, own_record, show_part
from app.pages.owners.sharing_view import (
    EVERYTHING,
    SHARES,
    build_found,
    ending_share,
    share_asked,
    shares_page,
)
from app.pages.signed_in import (
    RECORDS_PART,
    RecentRecordsSigner,
    RecordsReader,
    RecordsSigner,
    SentOnce,
    own_frame,
    own_page,
    own_router,
    understood,
)
from app.providers.evidence_errors import ShareNotFitError, ShareNotFoundError
from app.providers.queries import sharing as queries
from app.providers.schemas.sharing import NewShare
from app.providers.service import sharing as service
from app.values.words import search_words

router = own_router()

_HERE = f"{RECORD}/{SHARES}"
_MOST_SHOWN = 200
_MOST_FOUND = 20


@router.get(_HERE)
async def show_shares(
    request: Request, session: Reading, actor: RecordsReader, number: Number, done: Done = None
) -> Response:
    """Show whom a provider's evidence is, or was, shared with."""
    own = await own_record(session, actor, number)
    shares = await queries.list_shares(session, own.held.id, None, _MOST_SHOWN)
    return await show_part(request, shares_page(own, shares, clock.today()), done)


@router.get(f"{_HERE}/find")
async def find_commissioner(
    request: Request,
    session: Reading,
    actor: RecordsSigner,
    number: Number,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Look for a school or council to share with."""
    own = await own_record(session, actor, number)
    words = tuple(search_words(q))
    found = []
    if words:
        wanted = organisations.Wanted(
            kinds=tuple(sorted(kind.value for kind in service.COMMISSIONERS)),
            words=words,
            open_on=clock.today(),
        )
        found = list(await organisations.list_organisations(session, wanted, None, _MOST_FOUND + 1))
    more = len(found) > _MOST_FOUND
    frame = await own_frame(request, RECORDS_PART)
    view = build_found(frame, own, q, found[:_MOST_FOUND], more=more)
    return own_page("find_organisation.html", view)


@router.get(f"{_HERE}/add")
async def show_add(
    request: Request,
    session: Reading,
    actor: RecentRecordsSigner,
    number: Number,
    whom: Annotated[uuid.UUID, Query(alias="with")],
) -> Response:
    """Offer the form on which evidence is shared with somebody."""
    return await show_form(request, await _asked(session, actor, number, whom))


@router.post(f"{_HERE}/add")
async def share(
    request: Request,
    actor: RecentRecordsSigner,
    number: Number,
    whom: Annotated[uuid.UUID, Query(alias="with")],
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Share evidence with somebody until a day."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _asked(session, actor, number, whom)

    async def act(session: WriteSession, answers: Answers) -> str:
        what = answers["document_id"]
        stated = answers | {
            "organisation_id": whom,
            "document_id": None if what == EVERYTHING else what,
        }
        await service.share(session, actor, number, understood(NewShare, stated))
        return f"{RECORDS}/{number}/{SHARES}?done=shared"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_HERE}/{{share_id}}/end")
async def show_end(
    request: Request, session: Reading, actor: RecordsSigner, number: Number, share_id: uuid.UUID
) -> Response:
    """Ask whether sharing shall end."""
    return await show_form(request, await _ending(session, actor, number, share_id))


@router.post(f"{_HERE}/{{share_id}}/end")
async def end_share(
    request: Request,
    actor: RecordsSigner,
    number: Number,
    share_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Stop sharing, from now on."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _ending(session, actor, number, share_id)

    async def act(session: WriteSession, _: Answers) -> str:
        await service.revoke(session, actor, number, share_id)
        return f"{RECORDS}/{number}/{SHARES}?done=share-ended"

    return await take_form(request, actor, sent, ask, act)


async def _asked(session: ReadSession, actor: Actor, number: str, whom: uuid.UUID) -> FormAsked:
    own = await own_record(session, actor, number)
    found = await organisations.get_organisation(session, whom)
    if found is None:
        raise ShareNotFitError("No school or council is here. Go back and look for it again.")
    return share_asked(own, found.name, await held_documents(session, own))


async def _ending(
    session: ReadSession, actor: Actor, number: str, share_id: uuid.UUID
) -> FormAsked:
    own = await own_record(session, actor, number)
    found = await queries.get_share(session, own.held.id, share_id)
    if found is None:
        raise ShareNotFoundError("The record has no such consent. Go back to see what it has.")
    return ending_share(own, found)
