"""How many children are placed at each setting of an area, over HTTP; names nobody."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.audit.service import record_read
from app.audit.terms import Purpose
from app.children.schemas import LaCode
from app.http.problems import problems
from app.http.sessions import Looking
from app.organisations.router.pages import AskedPage
from app.oversight.errors import NotAnAuthorityError
from app.oversight.router.counting import OVERSIGHT, Overseer, area_of
from app.oversight.schemas import SettingCount, SettingCountList
from app.oversight.service import counting
from app.providers.router.answering import ASKED, private

router = APIRouter(tags=["oversight"])


@router.get(
    f"{OVERSIGHT}/settings",
    operation_id="countPlacedBySetting",
    responses=problems(*ASKED, NotAnAuthorityError),
)
async def count_by_setting(
    session: Looking,
    actor: Overseer,
    response: Response,
    page: AskedPage,
    la: Annotated[LaCode | None, Query(description="Whose area; your own if left out.")] = None,
) -> SettingCountList:
    """Count the children placed today at each site of an area, over everybody who places there.

    The authority where a site lies must know, so small numbers are told; no child and, until a
    concern or suspension opens, no commissioner is.
    """
    key = page.after((str,))
    after = key[0] if key else None
    found = await counting.by_setting(session, actor, la, after, page.limit + 1)
    await record_read(session, actor, "settings.counted", area_of(actor), Purpose.OVERSIGHT)
    private(response)
    items = [SettingCount.model_validate(row) for row in found[: page.limit]]
    return SettingCountList(items=items, links=page.links(found, "site_id"))
