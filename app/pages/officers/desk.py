"""What the pages of local authorities' officers, and of the department's, have in common."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from app.access import Actor, Permission
from app.db.events import ReadSession, WriteSession
from app.db.transactions import reading
from app.errors import AppError
from app.http.security import Requires
from app.http.sessions import database_of
from app.pages.officers.own_form import OwnForm, Typed, build_own_form
from app.pages.signed_in import MENDABLE, SentOnce, once, own_frame, own_page

APPLICATIONS, RECORDS = "applications", "records"
"""Parts of the navigation."""
ON_A_PAGE = 25

RecordsReader = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_READ))]
Proposer = Annotated[Actor, Depends(Requires(Permission.DECISIONS_PROPOSE))]
RecentProposer = Annotated[Actor, Depends(Requires(Permission.DECISIONS_PROPOSE, recently=True))]
RecentConfirmer = Annotated[Actor, Depends(Requires(Permission.DECISIONS_CONFIRM, recently=True))]


def typed_in(request: Request) -> Typed:
    """Return what the form that was sent held, every value of each field."""
    typed: dict[str, list[str]] = {}
    for name, value in getattr(request.state, "sent_fields", ()):
        typed.setdefault(name, []).append(value)
    return typed


async def form_page(request: Request, form: OwnForm) -> Response:
    """Return the page of a form that nobody has sent yet."""
    return own_page("own_form.html", build_own_form(await own_frame(request, form.here), form))


async def take_form(
    request: Request,
    actor: Actor,
    sent: SentOnce,
    act: Callable[[WriteSession], Awaitable[str]],
    again: Callable[[ReadSession], Awaitable[OwnForm]],
    mendable: tuple[type[AppError], ...] = MENDABLE,
) -> Response:
    """Do what a form asks for, once, and lead on; where it is refused, show it as it was typed.

    Args:
        request: the form's.
        actor: who sent it.
        sent: what it carried along unseen.
        act: does it in the transaction it is given, and returns the address to go on to.
        again: returns the form, from what now holds.
        mendable: refusals that other answers on the form would mend.

    Raises:
        AppError: it was refused, and no other answer on the form would mend that.
    """
    try:
        return (await once(request, actor, sent.form_key, act)).lead_on()
    except mendable as refusal:
        refused = refusal
        async with reading(database_of(request), actor) as session:
            form = await again(session)
    frame = await own_frame(request, form.here)
    view = build_own_form(frame, form, typed_in(request), refused)
    return own_page("own_form.html", view, status_code=refused.status)
