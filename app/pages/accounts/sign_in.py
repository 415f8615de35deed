"""The pages of signing in and out, and of choosing for whom to act.

What a browser is sent on to is always an address of ours or the OpenID provider's own; every answer
here is for one person and is kept by nobody.
"""

import uuid
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, Response

from app.access import DOORKEEPER
from app.db.transactions import reading, transaction
from app.errors import NotFoundError
from app.http.request_ids import request_id_of
from app.http.sessions import database_of
from app.organisations.authentication import (
    Doorkeeping,
    doorkeeper_of,
    find_cookie_session,
    provider_of,
    settings_of,
)
from app.organisations.cookies import ATTEMPT, SESSION, drop_cookie, read_cookie, set_cookie
from app.organisations.openid import (
    Visit,
    authorization_address,
    check_sender,
    declined,
    end_session_address,
    redeem,
    refused,
)
from app.organisations.openid_provider import Metadata, OpenIdProvider
from app.organisations.queries.sign_in import list_memberships
from app.organisations.service.attempts import begin_visit, own_path, take_attempt
from app.organisations.service.personas import list_personas, sign_in_as
from app.organisations.service.persons_sessions import choose_organisation, end_all_own
from app.organisations.service.sessions import Browser, Found, Opened, end_session, id_token_of
from app.organisations.service.sign_in import admit, find_known
from app.organisations.terms import ATTEMPT_LASTS, Method, SessionEnd
from app.pages.accounts.sign_in_view import (
    build_choice,
    build_sign_in,
    build_signed_out,
    with_return,
)
from app.pages.leading import frame_of, go, private, session_of
from app.pages.rendering import render
from app.pages.view_models import Visitor

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
demonstration_router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
"""Is included where `settings.may_sign_in_for_demonstration`, and is nowhere else at all."""

SECOND_FACTOR_AGAIN = "/sign-in/second-factor/again"
"""Where those who sign in by link show who they are once more."""


async def _return_to(return_to: Annotated[str, Query(max_length=2000)] = "/") -> str:
    return own_path(return_to)


ReturnTo = Annotated[str, Depends(_return_to)]


class Return(BaseModel):
    """What the provider sends somebody back with."""

    model_config = ConfigDict(extra="ignore")

    state: Annotated[str, Field(max_length=200)] = ""
    code: Annotated[str, Field(max_length=4000)] = ""
    iss: Annotated[str | None, Field(max_length=600)] = None
    error: Annotated[str | None, Field(max_length=200)] = None


@router.get("/sign-in")
async def show_sign_in(request: Request, return_to: ReturnTo) -> Response:
    """Show the ways to sign in."""
    frame = await frame_of(request)
    personas = []
    if settings_of(request).may_sign_in_for_demonstration:
        async with reading(database_of(request), DOORKEEPER) as session:
            personas = await list_personas(session)
    view = build_sign_in(
        frame, return_to, with_openid=provider_of(request) is not None, personas=personas
    )
    return private(render("sign_in.html", view))


@router.get("/sign-in/openid")
async def go_to_provider(
    request: Request,
    session: Doorkeeping,
    return_to: ReturnTo,
    invitation: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """Send somebody to the OpenID provider, to sign in or to accept an invitation."""
    metadata = await _provider(request).metadata()
    visit, browser = await begin_visit(session, return_to, invitation=invitation)
    return _send_on(request, metadata, visit, browser)


@router.get("/sign-in/again")
async def show_again(request: Request, session: Doorkeeping, return_to: ReturnTo) -> Response:
    """Have somebody signed in show once more who they are, before they decide something."""
    found = await session_of(request)
    if found.method is Method.DEMONSTRATION:
        return go(with_return("/sign-in", return_to))
    if found.method is not Method.OPENID:
        return go(with_return(SECOND_FACTOR_AGAIN, return_to))
    metadata = await _provider(request).metadata()
    visit, browser = await begin_visit(session, return_to, again=found.id)
    return _send_on(request, metadata, visit, browser)


@router.get("/sign-in/return")
async def come_back(request: Request, answer: Annotated[Return, Query()]) -> Response:
    """Take somebody back from the OpenID provider, and sign them in."""
    settings, provider = settings_of(request), _provider(request)
    database, doorkeeper = database_of(request), doorkeeper_of(request)
    async with transaction(database, doorkeeper) as session:
        attempt = await take_attempt(session, answer.state, read_cookie(request, ATTEMPT))
    check_sender(await provider.metadata(), provider.issuer, answer.iss)
    if answer.error is not None:
        raise declined(answer.error)
    if not answer.code:
        raise refused("no-code")
    identity = await redeem(provider, settings, attempt.visit, answer.code)
    async with transaction(database, doorkeeper) as session:
        known = await find_known(session, identity)
        if known is not None:
            request.state.refused_actor = known.actor(doorkeeper.request_id)
        opened = await admit(
            session,
            request.app.state.keyring,
            settings,
            attempt,
            (identity, known),
            _browser(request),
        )
    return _welcome(request, opened, attempt.return_to)


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Sign out here, and lead on to the OpenID provider to sign out there too."""
    found = await find_cookie_session(request)
    if found is not None:  # committed before anything is asked of the provider
        async with transaction(database_of(request), doorkeeper_of(request)) as session:
            await end_session(session, found.actor, found.id, SessionEnd.SIGNED_OUT)
    return await _farewell(request, found, everywhere=False)


@router.post("/sign-out/everywhere")
async def sign_out_everywhere(request: Request) -> Response:
    """Sign out in every place where one is signed in."""
    found = await session_of(request)
    async with transaction(database_of(request), doorkeeper_of(request)) as session:
        await end_all_own(session, found.actor)
    return await _farewell(request, found, everywhere=True)


@router.get("/signed-out")
async def show_signed_out(request: Request) -> Response:
    """Say that one is signed out, after the OpenID provider has said so too."""
    view = build_signed_out(await frame_of(request), everywhere=False, provider_url=None)
    return private(render("signed_out.html", view))


@router.get("/account/organisation")
async def show_choice(request: Request, session: Doorkeeping, return_to: ReturnTo) -> Response:
    """Show for whom one can act."""
    found = await session_of(request)
    memberships = await list_memberships(session, found.person_id)
    visitor = Visitor(found.actor.name, found.actor.organisation_name, "account")
    frame = replace(await frame_of(request), visitor=visitor)
    view = build_choice(frame, found.actor.name, memberships, found.membership_id, return_to)
    return private(render("choose_organisation.html", view))


@router.post("/account/organisation")
async def choose(
    request: Request,
    session: Doorkeeping,
    return_to: ReturnTo,
    membership_id: Annotated[uuid.UUID, Form()],
) -> Response:
    """Act for an organisation from now on."""
    found = await session_of(request)
    token = await choose_organisation(session, found, membership_id)
    response = go(return_to)
    set_cookie(response, settings_of(request), SESSION, token, found.ends_at)
    return response


@demonstration_router.post("/sign-in/demonstration")
async def be_persona(
    request: Request,
    session: Doorkeeping,
    return_to: ReturnTo,
    person_id: Annotated[uuid.UUID, Form()],
) -> Response:
    """Sign in as an invented person."""
    opened = await sign_in_as(
        session,
        request.app.state.keyring,
        settings_of(request),
        person_id,
        _browser(request),
    )
    return _welcome(request, opened, return_to)


def _provider(request: Request) -> OpenIdProvider:
    provider = provider_of(request)
    if provider is None:
        raise NotFoundError(
            "No service to sign in with is set up here. Whoever runs this register can do so with "
            "the setting OPENID_ISSUER."
        )
    return provider


def _send_on(request: Request, metadata: Metadata, visit: Visit, browser: str) -> Response:
    settings = settings_of(request)
    response = go(authorization_address(metadata, settings, visit))
    set_cookie(response, settings, ATTEMPT, browser, visit.began_at + ATTEMPT_LASTS)
    return response


def _welcome(request: Request, opened: Opened, return_to: str) -> Response:
    """Sign the browser in, and send it on; whoever belongs to several chooses first."""
    settings = settings_of(request)
    chosen = opened.actor.organisation_id is not None
    response = go(return_to if chosen else with_return("/account/organisation", return_to))
    set_cookie(response, settings, SESSION, opened.token, opened.ends_at)
    drop_cookie(response, settings, ATTEMPT)
    return response


async def _farewell(request: Request, found: Found | None, *, everywhere: bool) -> Response:
    """Take the cookie back, and lead on to the provider.

    By a page and not by a redirect: a form may lead to ourselves alone (`form-action`), and
    browsers hold what it is redirected to against it as well.
    """
    there = await _sign_out_there(request, found)
    view = build_signed_out(await frame_of(request), everywhere=everywhere, provider_url=there)
    response = private(render("signed_out.html", view))
    drop_cookie(response, settings_of(request), SESSION)
    return response


async def _sign_out_there(request: Request, found: Found | None) -> str | None:
    provider = provider_of(request)
    id_token = id_token_of(request.app.state.keyring, found) if found is not None else None
    if provider is None or id_token is None:
        return None
    metadata = await provider.lately()
    return end_session_address(metadata, settings_of(request), id_token) if metadata else None


def _browser(request: Request) -> Browser:
    return Browser(read_cookie(request, SESSION), request_id_of(request.scope))
