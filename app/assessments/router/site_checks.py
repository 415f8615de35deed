"""A commissioner's own checks of sites over HTTP."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from app import clock
from app.access import Actor, Permission
from app.assessments.errors import (
    SiteCheckNotFoundError,
    SiteCheckNotYoursError,
    SiteCheckWithdrawnError,
)
from app.assessments.queries import site_checks as queries
from app.assessments.queries.site_checks import Wanted
from app.assessments.schemas.site_checks import (
    NewSiteCheck,
    SiteCheckList,
    SiteCheckOut,
    SiteCheckWithdrawal,
)
from app.assessments.service import site_checks as service
from app.db.events import ReadSession, WriteSession
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Reading, Writing
from app.organisations.router.pages import AskedPage
from app.providers.errors import ProviderNotFoundError
from app.providers.router.answering import ASKED, EDITED, located, private
from app.rules.site_checks import SiteCheckKind

SITE_CHECKS = "/v1/site-checks"

router = APIRouter(prefix=SITE_CHECKS, tags=["assessments"])

Reader = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_READ))]
Recorder = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_RECORD))]


@router.post(
    "",
    status_code=201,
    operation_id="recordSiteCheck",
    responses=problems(*ASKED, KeyReusedError, SiteCheckNotYoursError, ProviderNotFoundError),
)
async def record_check(
    session: Writing, actor: Recorder, response: Response, new: NewSiteCheck
) -> SiteCheckOut:
    """Record what you saw of a site for yourself; it is used for every child you place there."""
    return await _shown(session, response, await service.record_check(session, actor, new))


@router.get("", operation_id="listSiteChecks", responses=problems(*ASKED))
async def list_checks(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Reading,
    _: Reader,
    response: Response,
    page: AskedPage,
    provider: Annotated[
        str | None, Query(pattern="^[A-Za-z0-9]{1,20}$", description="Of this provider's sites.")
    ] = None,
    site: Annotated[int | None, Query(ge=1, le=32_767, description="Of this site.")] = None,
    kind: Annotated[SiteCheckKind | None, Query(description="Of this kind.")] = None,
    usable: Annotated[
        bool, Query(description="Only those that may be used today; otherwise all.")
    ] = False,
) -> SiteCheckList:
    """List checks that your organisation recorded or that are shared with it, the newest first."""
    key = page.after((str,))
    wanted = Wanted(
        provider.upper() if provider else None, site, kind, clock.today() if usable else None
    )
    before = key[0] if key else None
    found = await queries.list_checks(session, wanted, before, page.limit + 1)
    private(response)
    items = [_out(row) for row in found[: page.limit]]
    return SiteCheckList(items=items, links=page.links(found, "id"))


@router.get(
    "/{check_id}", operation_id="getSiteCheck", responses=problems(*ASKED, SiteCheckNotFoundError)
)
async def get_check(
    session: Reading, _: Reader, response: Response, check_id: uuid.UUID
) -> SiteCheckOut:
    """Look at a check of a site."""
    return await _shown(session, response, check_id)


@router.post(
    "/{check_id}/withdrawal",
    operation_id="withdrawSiteCheck",
    responses=problems(
        *(*ASKED, *EDITED, KeyReusedError),
        *(SiteCheckNotFoundError, SiteCheckNotYoursError, SiteCheckWithdrawnError),
    ),
)
async def withdraw_check(
    session: Writing,
    actor: Recorder,
    response: Response,
    check_id: uuid.UUID,
    said: SiteCheckWithdrawal,
    expected: ExpectedVersion,
) -> SiteCheckOut:
    """Say that a check is no longer to be used."""
    await service.withdraw(session, actor, (check_id, expected), said)
    return await _shown(session, response, check_id)


async def _shown(
    session: ReadSession | WriteSession, response: Response, check_id: uuid.UUID
) -> SiteCheckOut:
    told = _out(await service.look_at(session, check_id))
    located(response, f"{SITE_CHECKS}/{told.id}")
    private(response, told.version)
    return told


def _out(row: Any) -> SiteCheckOut:
    usable = row.withdrawn_at is None and row.seen_on <= clock.today() <= row.usable_until
    return SiteCheckOut(
        id=row.id,
        commissioner=row.commissioner,
        provider=row.provider,
        provider_name=row.provider_name,
        site=row.site,
        kind=SiteCheckKind(row.kind),
        seen_on=row.seen_on,
        seen_by=row.seen_by,
        what=row.what,
        usable_until=row.usable_until,
        usable=usable,
        shared=row.is_shared,
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
        version=row.version,
    )
