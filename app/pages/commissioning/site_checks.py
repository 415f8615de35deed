"""The pages on which an organisation's own checks of sites are listed, recorded and withdrawn."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.assessments.errors import SiteCheckWithdrawnError
from app.assessments.router import site_checks as api
from app.assessments.schemas.site_checks import NewSiteCheck, SiteCheckWithdrawal
from app.assessments.service import site_checks as service
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.pages.commissioning import site_checks_view as view
from app.pages.commissioning.finding import show_finding
from app.pages.commissioning.forms import (
    RECORDS,
    At,
    Cursor,
    Done,
    Reader,
    Recorder,
    add_form,
    at_of,
    page_of,
    show_page,
)
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.signed_in import own_router, understood
from app.providers.errors import ProviderNotFoundError

router = own_router()

SITE_CHECKS = view.SITE_CHECKS
_ONE = f"{SITE_CHECKS}/{{check_id}}"


@router.get(SITE_CHECKS)
async def show_checks(  # noqa: PLR0913, PLR0917 - each narrows the list
    request: Request,
    session: Reading,
    actor: Reader,
    provider: Annotated[str, Query(pattern="^[A-Za-z0-9]{0,20}$")] = "",
    usable: Annotated[str, Query(pattern="^(yes)?$")] = "",
    cursor: Cursor = None,
    done: Done = None,
) -> Response:
    """List checks of sites that an organisation recorded, or that are shared with it."""
    shown = view.Shown(provider.upper(), usable == "yes")
    page = page_of(SITE_CHECKS, cursor, shown.narrowing)
    found = await api.list_checks(
        session, actor, Response(), page, provider=shown.provider or None, usable=shown.usable
    )
    part = view.checks_part(actor, shown, found, further=cursor is not None)
    return await show_page(request, part, view.DONE.get(done or ""))


@router.get(f"{SITE_CHECKS}/find")
async def find_setting(
    request: Request, _: Recorder, q: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Look for the setting that was checked."""
    return await show_finding(request, q, f"{SITE_CHECKS}/add?", view.BACK)


async def _adding(_: ReadSession, at: At) -> FormAsked:
    return view.add_form_asked(at.query.get("provider", "")[:20], at.query.get("site", "")[:5])


async def _add(session: WriteSession, at: At, answers: Answers) -> str:
    given = {name: held for name, held in answers.items() if held is not None}
    given["shared"] = given.get("shared", False)
    new = understood(NewSiteCheck, given)
    check_id = await service.record_check(session, at.actor, new)
    return f"{SITE_CHECKS}/{check_id}?done=recorded"


# before the page of one, whose address would take its own for somebody's
add_form(router, f"{SITE_CHECKS}/add", RECORDS, _adding, _add, mendable=(ProviderNotFoundError,))


@router.get(_ONE)
async def show_check(
    request: Request, session: Reading, actor: Reader, done: Done = None
) -> Response:
    """Show a check of a site."""
    at = at_of(request, actor)
    told = await api.get_check(session, actor, Response(), at.id("check_id"))
    return await show_page(request, view.check_part(actor, told), view.DONE.get(done or ""))


async def _withdrawing(session: ReadSession, at: At) -> FormAsked:
    return view.withdraw_form(await service.look_at(session, at.id("check_id")))


async def _withdraw(session: WriteSession, at: At, answers: Answers) -> str:
    check_id, said = at.id("check_id"), understood(SiteCheckWithdrawal, answers)
    await service.withdraw(session, at.actor, (check_id, at.version), said)
    return f"{SITE_CHECKS}/{check_id}?done=withdrawn"


add_form(
    router,
    f"{_ONE}/withdraw",
    RECORDS,
    _withdrawing,
    _withdraw,
    mendable=(SiteCheckWithdrawnError,),
)
