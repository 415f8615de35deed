"""From what a request carries to whoever asks: a session's cookie, or a bearer token."""

from starlette.requests import Request

from app.access import DOORKEEPER, Actor
from app.db.transactions import transaction
from app.http.errors import NotSignedInError
from app.http.request_ids import request_id_of
from app.http.sessions import database_of
from app.organisations.cookies import SESSION, read_cookie
from app.organisations.service.sessions import actor_of_session


async def authenticate(request: Request) -> Actor:
    """Find out who is asking.

    Raises:
        NotSignedInError: nobody said, or the session is over.
    """
    token = read_cookie(request, SESSION)
    if token is None:
        raise _not_signed_in()
    state = request.app.state
    async with transaction(database_of(request), DOORKEEPER) as session:
        actor = await actor_of_session(session, state.settings, token, request_id_of(request.scope))
    if actor is None:
        raise _not_signed_in()
    return actor


def _not_signed_in() -> NotSignedInError:
    return NotSignedInError(
        "Sign in at /sign-in, or send an access token: Authorization: Bearer …",
        headers={"WWW-Authenticate": 'Bearer realm="ap-register"'},
    )
