"""Where people are signed in, and how they sign out from afar."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from app.access import Actor, ActorKind
from app.config import Settings
from app.db import cursors
from app.errors import FieldFault, InvalidRequestError
from app.http.errors import NotPermittedError, NotSignedInError, TokenRefusedError
from app.http.problems import problems
from app.http.security import CurrentActor
from app.http.sessions import Reading, Writing
from app.organisations.cookies import SESSION, drop_cookie
from app.organisations.errors import SessionNotFoundError
from app.organisations.schemas.sessions import (
    SessionLinks,
    SessionList,
    SessionOrganisation,
    SessionRecord,
)
from app.organisations.service import persons_sessions as service
from app.organisations.service.persons_sessions import Page

PATH = "/v1/sessions"
router = APIRouter(prefix=PATH, tags=["sessions"])

_ASKED = (NotSignedInError, TokenRefusedError, NotPermittedError)


async def _person(actor: CurrentActor) -> Actor:
    """Return who is asking.

    Raises:
        NotPermittedError: it is a machine; those have tokens, not sessions.
    """
    if actor.kind is not ActorKind.PERSON:
        raise NotPermittedError("Only people have sessions. A machine's tokens end by themselves.")
    return actor


Person = Annotated[Actor, Depends(_person)]


@router.get("", operation_id="listSessions", responses=problems(*_ASKED))
async def list_sessions(
    request: Request,
    session: Reading,
    actor: Person,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
    cursor: Annotated[str | None, Query(max_length=500, description="From `links.next`.")] = None,
) -> SessionList:
    """List where you are signed in on the pages, the newest first."""
    settings: Settings = request.app.state.settings
    search = cursors.fingerprint([PATH, str(actor.id)])
    page = Page(_read_cursor(cursor, search), limit + 1)
    held = await service.list_own(session, actor, settings, page)
    response.headers["Cache-Control"] = "no-store"
    more = len(held) > limit
    following = cursors.encode(search, 0, [str(held[limit - 1].id)]) if more else None
    return SessionList(
        items=[_record(row, actor) for row in held[:limit]],
        links=SessionLinks(
            self=_address(limit, cursor), next=_address(limit, following) if following else None
        ),
    )


@router.delete(
    "/{session_id}",
    status_code=204,
    operation_id="endSession",
    responses=problems(*_ASKED, SessionNotFoundError),
)
async def end_session(session: Writing, actor: Person, session_id: uuid.UUID) -> None:
    """Sign out in one place. Its cookie is of no use from the next request on."""
    await service.end_own(session, actor, session_id)


@router.delete("", status_code=204, operation_id="endSessions", responses=problems(*_ASKED))
async def end_sessions(
    request: Request, session: Writing, actor: Person, response: Response
) -> None:
    """Sign out everywhere, here too."""
    await service.end_all_own(session, actor)
    drop_cookie(response, request.app.state.settings, SESSION)


def _record(row: Any, actor: Actor) -> SessionRecord:
    organisation = None
    if row.organisation_id is not None:
        organisation = SessionOrganisation(id=row.organisation_id, name=row.organisation_name)
    return SessionRecord(
        id=row.id,
        current=row.id == actor.session_id,
        method=row.method,
        organisation=organisation,
        began_at=row.began_at,
        seen_at=row.seen_at,
        authenticated_at=row.authenticated_at,
        ends_at=row.ends_at,
    )


def _address(limit: int, cursor: str | None) -> str:
    return f"{PATH}?limit={limit}" + (f"&cursor={cursor}" if cursor else "")


def _read_cursor(cursor: str | None, search: str) -> uuid.UUID | None:
    if cursor is None:
        return None
    try:
        _, key = cursors.decode(cursor, search, (str,))
        return uuid.UUID(key[0])
    except cursors.CursorError as error:
        detail = str(error)
    except ValueError:
        detail = "The cursor is damaged. Begin again without it."
    raise InvalidRequestError(detail, errors=(FieldFault(detail, parameter="cursor"),))
