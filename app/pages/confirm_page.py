"""The page before something that is not lightly undone: shown, sent once, or shown again."""

from collections.abc import Awaitable, Callable

from fastapi import Request
from starlette.responses import Response

from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.db.transactions import reading
from app.errors import AppError
from app.http.sessions import database_of
from app.pages.confirm_view import Asked, build_confirm
from app.pages.signed_in import MENDABLE, RECORDS_PART, SentOnce, once, own_frame, own_page


async def show_confirm(
    request: Request, asked: Asked, version: int | None = None, refused: AppError | None = None
) -> Response:
    """Ask somebody to confirm what they are about to do."""
    frame = await own_frame(request, RECORDS_PART)
    view = build_confirm(frame, asked, version=version, refused=refused)
    return own_page("confirm.html", view, status_code=refused.status if refused else 200)


async def take_confirm(
    request: Request,
    actor: Actor,
    sent: SentOnce,
    ask: Callable[[ReadSession], Awaitable[Asked]],
    act: Callable[[WriteSession], Awaitable[str]],
) -> Response:
    """Do what was confirmed, once, and lead on; or ask again and say why it was not done.

    Args:
        request: the form's.
        actor: who sent it.
        sent: what it carries along unseen.
        ask: returns what is asked, should it be shown again.
        act: does it; returns where to go on.
    """
    try:
        return (await once(request, actor, sent.form_key, act)).lead_on()
    except MENDABLE as refused:
        async with reading(database_of(request), actor) as session:
            asked = await ask(session)
        return await show_confirm(request, asked, refused=refused)
