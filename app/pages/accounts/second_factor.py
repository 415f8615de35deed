"""The pages between a one-time link and a session: the link, the second factor, setting one up.

They work without JavaScript, by an authenticator's code; passkeys need a script, because only a
browser can ask a device for one.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Form, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from app import clock
from app.db.transactions import transaction
from app.http.errors import SignInAgainError
from app.http.request_ids import request_id_of
from app.http.security import is_recent
from app.http.sessions import database_of
from app.organisations.authentication import Doorkeeping, doorkeeper_of, settings_of
from app.organisations.cookies import ATTEMPT, SESSION, drop_cookie, read_cookie, set_cookie
from app.organisations.errors import SecondFactorRefusedError, StepOverError
from app.organisations.service import one_time, passkeys, second_factors
from app.organisations.service.authenticators import set_up_authenticator
from app.organisations.service.links import look_at_link
from app.organisations.service.second_factors import Door, Through
from app.organisations.service.sessions import Browser
from app.organisations.terms import STEP_LASTS, LinkKind, StepKind
from app.pages.accounts.second_factor_view import (
    build_follow_link,
    build_link_sent,
    build_second_factor,
    build_set_up,
)
from app.pages.accounts.sign_in import ReturnTo
from app.pages.accounts.sign_in_view import with_return
from app.pages.leading import frame_of, go, private, session_of
from app.pages.rendering import render

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AFTER_LINK = "/account"
SECOND_FACTOR, SET_UP = "/sign-in/second-factor", "/sign-in/set-up"
Typed = Annotated[str, Form(max_length=300)]
Credential = Annotated[dict[str, Any], Body()]


@router.post("/sign-in/link")
async def ask_for_link(request: Request, email: Typed = "") -> Response:
    """Have a one-time link sent; the answer says nothing of whether the address is known."""
    async with transaction(database_of(request), doorkeeper_of(request)) as session:
        await one_time.ask_for_link(
            session, doorkeeper_of(request), request.app.state.keyring, email
        )
    return private(render("link_sent.html", build_link_sent(await frame_of(request))))


@router.get("/sign-in/link/{token}")
async def show_link(request: Request, session: Doorkeeping, token: str) -> Response:
    """Show a button: programs that look at mail open links too, and must not use them up."""
    await look_at_link(session, token, LinkKind.SIGN_IN)
    return private(render("follow_link.html", build_follow_link(await frame_of(request), token)))


@router.post("/sign-in/link/{token}")
async def follow_link(request: Request, session: Doorkeeping, token: str) -> Response:
    """Take a one-time link, and go on to the second factor."""
    return lead_on(request, await one_time.follow_link(session, token, AFTER_LINK))


@router.get(SECOND_FACTOR)
async def show_second_factor(request: Request, session: Doorkeeping) -> Response:
    """Ask for a second factor."""
    return await _ask(request, session)


@router.post(SECOND_FACTOR)
async def show_code(request: Request, code: Typed = "") -> Response:
    """Sign in with an authenticator's code."""
    door = _door(request)
    await _count_try(request, door)
    try:
        async with transaction(database_of(request), doorkeeper_of(request)) as session:
            return _welcome(request, await second_factors.show_code(session, door, code))
    except SecondFactorRefusedError as refused:
        async with transaction(database_of(request), doorkeeper_of(request)) as session:
            return await _ask(request, session, fault=refused.detail)


@router.get(f"{SECOND_FACTOR}/again")
async def show_again(request: Request, session: Doorkeeping, return_to: ReturnTo) -> Response:
    """Have somebody who signed in by link show a second factor once more."""
    found = await session_of(request)
    step = await one_time.begin_step(
        session, found.person_id, return_to, session_id=found.id, kind=StepKind.AGAIN
    )
    return lead_on(request, step)


@router.post(f"{SECOND_FACTOR}/passkey/options")
async def ask_for_passkey(request: Request, session: Doorkeeping) -> JSONResponse:
    """Say what a passkey shall sign."""
    step = await one_time.look_at_step(session, _token(request))
    return JSONResponse(await passkeys.ask_for_passkey(session, settings_of(request), step))


@router.post(f"{SECOND_FACTOR}/passkey")
async def show_passkey(
    request: Request, credential: Annotated[dict[str, Any], Body(embed=True)]
) -> Response:
    """Sign in with a passkey."""
    door = _door(request)
    await _count_try(request, door)
    async with transaction(database_of(request), doorkeeper_of(request)) as session:
        through = await second_factors.show_passkey(session, door, credential)
    return _welcome(request, through, by_script=True)


@router.get(SET_UP)
async def show_set_up(request: Request, session: Doorkeeping) -> Response:
    """Offer ways to show who one is beside a link."""
    return await _offer(request, session)


@router.post(SET_UP)
async def add_code(request: Request, code: Typed = "") -> Response:
    """Set an authenticator up by a code from it."""
    door = _door(request)
    await _count_try(request, door)
    try:
        async with transaction(database_of(request), doorkeeper_of(request)) as session:
            return _welcome(request, await second_factors.add_code(session, door, code))
    except SecondFactorRefusedError as refused:
        async with transaction(database_of(request), doorkeeper_of(request)) as session:
            return await _offer(request, session, fault=refused.detail)


@router.post(f"{SET_UP}/passkey/options")
async def offer_passkey(request: Request, session: Doorkeeping) -> JSONResponse:
    """Say what a new passkey shall be for."""
    step = await one_time.look_at_step(session, _token(request), StepKind.ENROLMENT)
    return JSONResponse(await passkeys.offer_passkey(session, settings_of(request), step))


@router.post(f"{SET_UP}/passkey")
async def add_passkey(
    request: Request, credential: Credential, name: Annotated[str, Body()] = ""
) -> Response:
    """Set a passkey up."""
    door = _door(request)
    await _count_try(request, door)
    async with transaction(database_of(request), doorkeeper_of(request)) as session:
        through = await second_factors.add_passkey(session, door, credential, name)
    return _welcome(request, through, by_script=True)


@router.get(f"{SET_UP}/another")
async def begin_another(request: Request, session: Doorkeeping, return_to: ReturnTo) -> Response:
    """Let somebody signed in add another way to show who they are."""
    found = await session_of(request)
    if not is_recent(found.actor):
        raise SignInAgainError(
            "Show once more who you are before you add a way to do so.",
            sign_in_again="/sign-in/again",
        )
    step = await one_time.begin_step(
        session, found.person_id, return_to, session_id=found.id, kind=StepKind.ENROLMENT
    )
    return lead_on(request, step)


def lead_on(request: Request, step: one_time.Step) -> Response:
    """Send a browser to what its owner has to do next, with the cookie that says it is they."""
    response = go(SET_UP if step.kind is StepKind.ENROLMENT else SECOND_FACTOR)
    set_cookie(response, settings_of(request), ATTEMPT, step.token, clock.now() + STEP_LASTS)
    return response


async def _ask(request: Request, session: Doorkeeping, fault: str | None = None) -> Response:
    step = await one_time.look_at_step(
        session, _token(request), StepKind.SECOND_FACTOR, StepKind.AGAIN
    )
    held = await second_factors.held_by(session, step.person_id)
    with_passkey = bool(held.passkeys) and passkeys.site_of(settings_of(request)) is not None
    view = build_second_factor(
        await frame_of(request),
        with_code=held.authenticator is not None,
        with_passkey=with_passkey,
        fault=fault,
    )
    return private(render("second_factor.html", view, status_code=422 if fault else 200))


async def _offer(request: Request, session: Doorkeeping, fault: str | None = None) -> Response:
    step = await one_time.look_at_step(session, _token(request), StepKind.ENROLMENT)
    held = await second_factors.held_by(session, step.person_id)
    offered = None
    if held.authenticator is None:
        offered = await set_up_authenticator(session, request.app.state.keyring, step)
    with_passkey = passkeys.site_of(settings_of(request)) is not None
    view = build_set_up(await frame_of(request), offered, with_passkey=with_passkey, fault=fault)
    return private(render("set_up.html", view, status_code=422 if fault else 200))


async def _count_try(request: Request, door: Door) -> None:
    async with transaction(database_of(request), doorkeeper_of(request)) as session:
        await one_time.count_try(session, door.token)


def _door(request: Request) -> Door:
    browser = Browser(read_cookie(request, SESSION), request_id_of(request.scope))
    return Door(request.app.state.keyring, settings_of(request), browser, _token(request))


def _token(request: Request) -> str:
    token = read_cookie(request, ATTEMPT)
    if token is None:
        raise StepOverError(
            "This browser has not begun to sign in, or took too long. Start again at /sign-in."
        )
    return token


def _welcome(request: Request, through: Through, *, by_script: bool = False) -> Response:
    """Sign the browser in, and send it on; a script is told where to."""
    settings, opened = settings_of(request), through.opened
    address = through.return_to
    if opened is not None and opened.actor.organisation_id is None:
        address = with_return("/account/organisation", address)
    response = private(JSONResponse({"go": address})) if by_script else go(address)
    if opened is not None:
        set_cookie(response, settings, SESSION, opened.token, opened.ends_at)
    drop_cookie(response, settings, ATTEMPT)
    return response
