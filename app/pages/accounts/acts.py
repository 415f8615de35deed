"""The page on which an organisation's people read what was done, once they say what for.

It asks what `GET /v1/audit` asks, of the same functions; each look is written down as there.
"""

from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from fastapi import Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app import clock
from app.access import Actor
from app.audit.router import search_audit
from app.audit.schemas import AuditQuery
from app.db.transactions import transaction
from app.errors import InvalidRequestError
from app.http.sessions import database_of
from app.pages.accounts.acts_view import ACTS, Found, build_acts
from app.pages.signed_in import (
    ORGANISATION,
    AuditReader,
    own_frame,
    own_page,
    own_router,
    understood,
)

router = own_router()

Typed = Annotated[str, Field(max_length=600)]


class ActsPage(BaseModel):
    """The page's own fields; an empty one was left empty, which is no fault."""

    model_config = ConfigDict(extra="ignore")

    purpose: Typed = ""
    act: Typed = ""
    outcome: Typed = ""
    from_: Typed = Field(default="", alias="from")
    until: Typed = ""
    actor_id: Typed = ""
    subject_kind: Typed = ""
    subject_id: Typed = ""
    cursor: Typed = ""


@router.get(ACTS)
async def show_acts(
    request: Request, actor: AuditReader, page: Annotated[ActsPage, Query()]
) -> Response:
    """Show what was done, the newest first; without a purpose, ask for one."""
    typed = {name: value for name, value in page.model_dump(by_alias=True).items() if value}
    found, refused = None, None
    if typed:
        try:
            found = await _look_up(request, actor, typed)
        except InvalidRequestError as error:
            refused = error
    frame = await own_frame(request, ORGANISATION)
    view = build_acts(frame, actor, typed, found, refused, today=clock.today())
    return own_page("acts.html", view, status_code=refused.status if refused else 200)


async def _look_up(request: Request, actor: Actor, typed: dict[str, str]) -> Found:
    query = understood(AuditQuery, {"purpose": "", **typed})
    async with transaction(database_of(request), actor) as session:
        answer = await search_audit(actor, session, Response(), query)
    following = parse_qs(urlsplit(answer.links.next or "").query)
    return Found(answer.items, following.get("cursor", [None])[0])
