"""The pages on which an owner keeps the places where a provider works."""

from typing import Annotated

from fastapi import Form, Request
from starlette.responses import Response

from app import clock
from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.owners.held_records import (
    RECORD,
    RECORDS,
    Done,
    Number,
    Own,
    Reference,
    own_record,
    show_part,
)
from app.pages.owners.sites_view import (
    SITES,
    closing_asked,
    site_asked,
    site_page,
    site_stated,
    sites_page,
)
from app.pages.signed_in import (
    RecordsManager,
    RecordsReader,
    SentOnce,
    SentVersion,
    own_router,
    understood,
)
from app.providers.schemas.sites import Closing, PrivateSite, SiteChange, SiteStated
from app.providers.service import sites as service

router = own_router()

_HERE = f"{RECORD}/{SITES}"
_SITE = f"{_HERE}/{{reference}}"


@router.get(_HERE)
async def show_sites(
    request: Request, session: Reading, actor: RecordsReader, number: Number, done: Done = None
) -> Response:
    """Show where a provider works."""
    own = await own_record(session, actor, number)
    return await show_part(request, sites_page(own, clock.today()), done)


@router.get(f"{_HERE}/add")
async def show_add(
    request: Request, session: Reading, actor: RecordsManager, number: Number
) -> Response:
    """Offer the form on which a site is added."""
    return await show_form(request, site_asked(await own_record(session, actor, number)))


@router.post(f"{_HERE}/add")
async def add_site(
    request: Request, actor: RecordsManager, number: Number, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Add a site."""

    async def ask(session: ReadSession) -> FormAsked:
        return site_asked(await own_record(session, actor, number))

    async def act(session: WriteSession, answers: Answers) -> str:
        new = understood(SiteStated, site_stated(answers))
        reference = await service.add_site(session, actor, number, new)
        return f"{_at(number)}/{reference}?done=site-added"

    return await take_form(request, actor, sent, ask, act)


@router.get(_SITE)
async def show_site(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    number: Number,
    reference: Reference,
    done: Done = None,
) -> Response:
    """Show one site, and what is offered there."""
    own, site = await own_site(session, actor, number, reference)
    return await show_part(request, site_page(own, site, clock.today()), done)


@router.get(f"{_SITE}/change")
async def show_change(
    request: Request, session: Reading, actor: RecordsManager, number: Number, reference: Reference
) -> Response:
    """Offer the form on which a site is changed."""
    return await show_form(request, site_asked(*await own_site(session, actor, number, reference)))


@router.post(f"{_SITE}/change")
async def change_site(
    request: Request,
    actor: RecordsManager,
    number: Number,
    reference: Reference,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """Change a site."""

    async def ask(session: ReadSession) -> FormAsked:
        return site_asked(*await own_site(session, actor, number, reference))

    async def act(session: WriteSession, answers: Answers) -> str:
        change = understood(SiteChange, site_stated(answers))
        await service.change_site(session, actor, number, reference, change, sent.version)
        return f"{_at(number)}/{reference}?done=site-changed"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_SITE}/close")
async def show_close(
    request: Request, session: Reading, actor: RecordsManager, number: Number, reference: Reference
) -> Response:
    """Offer the form on which a site is closed."""
    own, site = await own_site(session, actor, number, reference)
    return await show_form(request, closing_asked(own, site))


@router.post(f"{_SITE}/close")
async def close_site(
    request: Request,
    actor: RecordsManager,
    number: Number,
    reference: Reference,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """Close a site from a day on."""

    async def ask(session: ReadSession) -> FormAsked:
        return closing_asked(*await own_site(session, actor, number, reference))

    async def act(session: WriteSession, answers: Answers) -> str:
        closing = understood(Closing, answers)
        await service.close_site(session, actor, number, reference, closing, sent.version)
        return f"{_at(number)}/{reference}?done=site-closed"

    return await take_form(request, actor, sent, ask, act)


async def own_site(
    session: ReadSession | WriteSession, actor: Actor, number: str, reference: int
) -> tuple[Own, PrivateSite]:
    """Return a record in the hands of the actor's organisation, and one of its sites.

    Raises:
        ProviderNotFoundError: there is no such record.
        SiteNotFoundError: it has no such site.
    """
    own = await own_record(session, actor, number)
    for site in own.told.sites:
        if site.reference == reference:
            return own, site
    raise service.no_site(own.held, reference)


def _at(number: str) -> str:
    return f"{RECORDS}/{number}/{SITES}"
