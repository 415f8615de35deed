"""The pages on which concerns about providers are raised, listed, read and closed."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response

from app.access import Actor, Permission
from app.concerns import router as api
from app.concerns import service
from app.concerns.schemas import ConcernClosure, NewConcern
from app.concerns.terms import Severity
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.http.security import Requires
from app.http.sessions import Reading
from app.organisations.router.pages import Page
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.officers.quality import concerns_view as view
from app.pages.officers.quality.forms import At, Cursor, Done, add_form, at_of, show_page
from app.pages.signed_in import own_router, understood
from app.providers.errors import ProviderNotFoundError

router = own_router()

CONCERNS = view.CONCERNS
ON_A_PAGE = 25
READS_CONCERNS = Requires(Permission.CONCERNS_READ)
RAISES = Requires(Permission.CONCERNS_RAISE)
CLOSES = Requires(Permission.CONCERNS_CLOSE)
ConcernsReader = Annotated[Actor, Depends(READS_CONCERNS)]
_ONE = f"{CONCERNS}/{{concern_id}}"


@router.get(CONCERNS)
async def show_concerns(  # noqa: PLR0913, PLR0917 - each narrows the list
    request: Request,
    session: Reading,
    actor: ConcernsReader,
    provider: Annotated[str, Query(pattern="^[A-Za-z0-9]{0,20}$")] = "",
    severity: Annotated[str, Query(max_length=40)] = "",
    still: Annotated[str, Query(pattern="^(open|closed)?$")] = "",
    cursor: Cursor = None,
    done: Done = None,
) -> Response:
    """List the concerns one's organisation raised or answers for, the newest first."""
    if severity and severity not in {*Severity}:
        words = "Choose from the list."
        raise InvalidRequestError(words, errors=(FieldFault(words, parameter="severity"),))
    shown = view.Shown(provider.upper(), severity, still)
    page = Page(CONCERNS, shown.narrowing, ON_A_PAGE, cursor)
    found = await api.list_concerns(
        session,
        actor,
        Response(),
        page,
        provider=shown.provider or None,
        severity=[Severity(severity)] if severity else None,
        open_=still == "open" if still else None,
    )
    raises = Permission.CONCERNS_RAISE in actor.permissions
    part = view.concerns_part(shown, found, raises=raises, further=cursor is not None)
    return await show_page(request, part, done)


async def _raising(_: ReadSession, at: At) -> FormAsked:
    return view.raise_form(at.query.get("provider", "")[:20])


async def _raise(session: WriteSession, at: At, answers: Answers) -> str:
    identity = await service.raise_concern(session, at.actor, understood(NewConcern, answers))
    return f"{CONCERNS}/{identity}?done=raised"


# before the page of one, whose address would take its own for somebody's
add_form(router, f"{CONCERNS}/add", RAISES, _raising, _raise, mendable=(ProviderNotFoundError,))


@router.get(_ONE)
async def show_concern(
    request: Request, session: Reading, actor: ConcernsReader, done: Done = None
) -> Response:
    """Show a concern."""
    at = at_of(request, actor)
    row = await service.look_at(session, at.id("concern_id"))
    closes = bool(row.judges) and Permission.CONCERNS_CLOSE in actor.permissions
    return await show_page(request, view.concern_part(row, closes=closes), done)


async def _closing(session: ReadSession, at: At) -> FormAsked:
    return view.close_form(await service.look_at(session, at.id("concern_id")))


async def _close(session: WriteSession, at: At, answers: Answers) -> str:
    said, which = understood(ConcernClosure, answers), at.id("concern_id")
    await service.close(session, at.actor, which, said, at.version)
    return f"{CONCERNS}/{which}?done=closed"


add_form(router, f"{_ONE}/close", CLOSES, _closing, _close)
