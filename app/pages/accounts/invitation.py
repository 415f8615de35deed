"""The page an invitation leads to."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from app.http.request_ids import request_id_of
from app.organisations.authentication import Doorkeeping, find_cookie_session
from app.organisations.service import welcome
from app.pages.accounts.invitation_view import build_invitation
from app.pages.accounts.second_factor import lead_on
from app.pages.leading import frame_of, go, private
from app.pages.rendering import render

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/invitations/{token}")
async def show_invitation(request: Request, session: Doorkeeping, token: str) -> Response:
    """Say who invites, and to what, without taking the link: mail programs open links too."""
    told = await welcome.look_at_invitation(session, token)
    found = await find_cookie_session(request)
    name = found.actor.name if found is not None and found.live else None
    view = build_invitation(await frame_of(request), token, told, signed_in_as=name)
    return private(render("invitation.html", view))


@router.post("/invitations/{token}")
async def accept(request: Request, session: Doorkeeping, token: str) -> Response:
    """Accept an invitation: as whoever is signed in, or else by having received it."""
    found = await find_cookie_session(request)
    if found is not None and found.live:
        await welcome.accept_signed_in(session, found.actor, token)
        return go("/account/organisation")
    return lead_on(
        request, await welcome.accept_by_mailbox(session, request_id_of(request.scope), token)
    )
