"""Where oversight starts: the balance, who is looked for, and how many are placed where."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated

from fastapi import Query, Request, Response

from app import clock
from app.access import Permission
from app.audit.terms import Purpose
from app.errors import FieldFault, InvalidRequestError
from app.http.sessions import Looking
from app.organisations.terms import OrganisationKind
from app.oversight.router import counting, looking
from app.oversight.router.settings import count_by_setting
from app.oversight.service.counting import authority_of
from app.pages.oversight import start_view as view
from app.pages.oversight.forms import (
    OVERSIGHT,
    Cursor,
    Overseer,
    page_of,
    show_page,
)
from app.pages.rendering import authority_choices
from app.pages.signed_in import own_router

router = own_router()

FEW = 5
"""How many of those who are looked for the start shows."""
_DAYS: Mapping[str, int] = {"": 30, "90-days": 90, "year": 365}


@router.get(OVERSIGHT)
async def show_start(
    request: Request,
    session: Looking,
    actor: Overseer,
    period: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Show whether every placement is accounted for, and what waits."""
    if period not in _DAYS:
        _refuse("period")
    until = clock.today()
    since: date = until - timedelta(days=_DAYS[period])
    balance = await counting.get_balance(session, actor, Response(), since, until)
    sought = None
    if Permission.FOLLOW_UPS_READ in actor.permissions:
        page = page_of(OVERSIGHT, None, limit=FEW)
        sought = await looking.list_unaccounted(session, actor, Response(), page, Purpose.OVERSIGHT)
    return await show_page(request, view.start_part(actor, period, balance, sought))


@router.get(view.SETTINGS)
async def show_settings(
    request: Request,
    session: Looking,
    actor: Overseer,
    la: Annotated[str, Query(pattern="^([0-9]{3})?$")] = "",
    cursor: Cursor = None,
) -> Response:
    """Show how many children are placed at each site of an area."""
    authority_of(actor)
    everybody = actor.organisation_kind == OrganisationKind.DEPARTMENT
    if la and la not in dict(authority_choices()):
        _refuse("la")
    found = None
    if la or not everybody:
        page = page_of(view.SETTINGS, cursor, (("la", la),) if la else ())
        found = await count_by_setting(session, actor, Response(), page, la or None)
    further = cursor is not None
    part = view.settings_part(actor, la, found, everybody=everybody, further=further)
    return await show_page(request, part)


def _refuse(parameter: str) -> None:
    words = "Choose from the list."
    raise InvalidRequestError(words, errors=(FieldFault(words, parameter=parameter),))
