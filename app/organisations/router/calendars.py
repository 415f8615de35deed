"""The dates of terms over HTTP: read by everybody who is signed in, stated by whose they are."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Response

from app.access import Actor, Permission
from app.errors import InvalidRequestError, VersionChangedError
from app.http.conditions import ExpectedVersion, version_tag
from app.http.errors import (
    KeyReusedError,
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    TokenRefusedError,
    VersionNeededError,
)
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Reading, Writing
from app.organisations.errors import OrganisationNotFoundError, OrganisationNotYoursError
from app.organisations.queries import calendars as queries
from app.organisations.schemas.calendars import (
    FIRST_YEAR,
    LAST_YEAR,
    SchoolCalendarList,
    SchoolCalendarOut,
    SchoolCalendarStated,
)
from app.organisations.service import calendars as service
from app.organisations.service.organisations import get_organisation

router = APIRouter(prefix="/v1/organisations", tags=["organisations"])

CALENDARS = "/{organisation_id}/calendars"
_ASKED = (NotSignedInError, TokenRefusedError, OrganisationNotChosenError, NotPermittedError)

Reader = Annotated[Actor, Depends(Requires(Permission.ORGANISATIONS_READ))]
Stater = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_RECORD))]
Year = Annotated[
    int,
    Path(ge=FIRST_YEAR, le=LAST_YEAR, description="In which it begins: 2026 for 2026/27."),
]


@router.get(
    CALENDARS,
    operation_id="listSchoolCalendars",
    responses=problems(*_ASKED, OrganisationNotFoundError),
)
async def list_calendars(
    session: Reading, _: Reader, response: Response, organisation_id: uuid.UUID
) -> SchoolCalendarList:
    """List the school years that an authority or a school has stated.

    Where a school stated none, those of the local authority in whose area it lies are counted by;
    where neither did, school days are guessed, and every answer that counts them says so.
    """
    await get_organisation(session, organisation_id)
    response.headers["Cache-Control"] = "no-store"
    held = await queries.list_calendars(session, organisation_id)
    return SchoolCalendarList(items=[calendar_out(row) for row in held])


@router.put(
    CALENDARS + "/{year}",
    operation_id="stateSchoolCalendar",
    responses=problems(
        *(*_ASKED, KeyReusedError, VersionNeededError, VersionChangedError),
        *(OrganisationNotFoundError, OrganisationNotYoursError, InvalidRequestError),
    ),
)
async def state_calendar(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Stater,
    response: Response,
    organisation_id: uuid.UUID,
    year: Year,
    stated: SchoolCalendarStated,
    expected: ExpectedVersion,
) -> SchoolCalendarOut:
    """State the terms of one school year of your own; the whole of it.

    Send `If-Match: "1"` for a year that nobody has stated yet. What is counted from then on is
    counted by it; days that were told before stay.
    """
    await get_organisation(session, organisation_id)
    await service.state_calendar(session, actor, (organisation_id, year, expected), stated)
    held = await queries.list_calendars(session, organisation_id)
    row = next(one for one in held if one.school_year == year)
    response.headers["ETag"] = version_tag(row.version)
    response.headers["Cache-Control"] = "no-store"
    return calendar_out(row)


def calendar_out(row: Any) -> SchoolCalendarOut:
    """Return a school year as it is told."""
    return SchoolCalendarOut(
        organisation=row.organisation_id,
        school_year=row.school_year,
        terms=service.days_of(row.terms),
        closures=service.days_of(row.closures),
        stated_by=row.stated_by_name,
        stated_at=row.stated_at,
        version=row.version,
    )
