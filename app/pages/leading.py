"""What the pages for people who sign in share: their frame, who they are, where they go."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from app.http.errors import NotSignedInError
from app.organisations.authentication import find_cookie_session
from app.organisations.service.sessions import Found
from app.pages.view_models import Frame
from app.register.queries.documents import get_head


async def frame_of(request: Request) -> Frame:
    """Return what surrounds a page of this register."""
    async with request.app.state.read_pool.acquire() as connection:
        head = await get_head(connection)
    request.state.demonstration = head["demonstration"]
    return Frame(head["demonstration"])


async def session_of(request: Request) -> Found:
    """Return the live session whose cookie the browser brought; a token is not enough here.

    Raises:
        NotSignedInError: there is none, or it is over.
    """
    found = await find_cookie_session(request)
    if found is not None:  # so that whatever such a page refuses further on is noted as theirs
        request.state.refused_actor = found.actor
    if found is None or not found.live:
        raise NotSignedInError("You are not signed in, or not any more. Sign in at /sign-in.")
    return found


def go(address: str) -> Response:
    """Send a browser on to an address of ours, or the OpenID provider's."""
    return private(RedirectResponse(address, status_code=303))


def private(response: Response) -> Response:
    """Let nobody keep an answer that is for one person."""
    response.headers["Cache-Control"] = "no-store"
    return response
