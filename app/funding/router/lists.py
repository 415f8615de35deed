"""What concerns a payer, a commissioner or a provider of funding, over HTTP."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app import clock
from app.audit.service import record_read
from app.audit.terms import Subject
from app.children.queries.children import organisations_within
from app.children.router import StatedPurpose
from app.db.events import ReadSession
from app.funding.queries import lists as queries
from app.funding.router.arrangements import FUNDING, Reader
from app.funding.schemas.told import (
    AgreedPrice,
    AgreedPriceList,
    FundingGap,
    FundingList,
    FundingListItem,
    Invoiced,
    UnfundedList,
    UnfundedPlacement,
)
from app.funding.service.telling import gap_out, placement_out
from app.funding.terms import FundingListed
from app.http.problems import problems
from app.http.sessions import Looking, Reading
from app.organisations.router.pages import AskedPage
from app.providers.router.answering import ASKED, LOOKED, RECORD, Number, private
from app.providers.service.records import look_at as look_at_record

GAPS = f"{FUNDING}/gaps"
PRICES = f"{RECORD}/funding"
_DAY = timedelta(days=1)

router = APIRouter(tags=["funding"])


@router.get(FUNDING, operation_id="listFunding", responses=problems(*ASKED))
async def list_funding(
    session: Looking,
    actor: Reader,
    response: Response,
    page: AskedPage,
    purpose: StatedPurpose,
    state: Annotated[FundingListed | None, Query(description="Only these.")] = None,
) -> FundingList:
    """List what your organisation pays for or commissions, the newest first."""
    key = page.after((str,))
    found = await queries.list_arrangements(
        session,
        await queries.paying_organisations(session),
        await organisations_within(session),
        state,
        (key[0] if key else None, page.limit + 1),
    )
    await record_read(session, actor, "funding.listed", _own(actor), purpose)
    shown = found[: page.limit]
    placed = await queries.funded_placements(session, [row.placement_id for row in shown])
    private(response)
    items = [
        FundingListItem(
            **{name: getattr(row, name) for name in _LISTED},
            placement=placement_out(placed[row.placement_id]),
        )
        for row in shown
    ]
    return FundingList(items=items, links=page.links(found, "id"))


@router.get(GAPS, operation_id="listUnfundedPlacements", responses=problems(*ASKED))
async def list_gaps(
    session: Looking, actor: Reader, response: Response, page: AskedPage, purpose: StatedPurpose
) -> UnfundedList:
    """List placements you pay for or commission with days that nobody pays for, newest first."""
    key = page.after((str,))
    before = key[0] if key else None
    found = await queries.list_gaps(session, before, clock.today(), page.limit + 1)
    await record_read(session, actor, "funding.gaps_listed", _own(actor), purpose)
    shown = found[: page.limit]
    placed = await queries.funded_placements(session, [row.id for row in shown])
    private(response)
    items = [
        UnfundedPlacement(id=row.id, placement=placement_out(placed[row.id]), gaps=_gaps(row.gaps))
        for row in shown
    ]
    return UnfundedList(items=items, links=page.links(found, "id"))


@router.get(PRICES, operation_id="listAgreedPrices", responses=problems(*LOOKED))
async def list_prices(
    session: Reading, _: Reader, response: Response, page: AskedPage, number: Number
) -> AgreedPriceList:
    """List what is agreed for placements at your sites, and whom you invoice; newest first."""
    record = await look_at_record(session, number)
    key = page.after((str,))
    before: uuid.UUID | None = key[0] if key else None
    found = await queries.list_of_provider(session, record.id, before, page.limit + 1)
    shown = found[: page.limit]
    private(response)
    return AgreedPriceList(items=await _prices(session, shown), links=page.links(found, "id"))


_LISTED = (
    *("id", "kind", "since", "until", "estimate_pence", "own_amount_pence", "to_sign"),
    *("disputed", "hours_changed_on", "agreed_at"),
)
_PRICED = (
    *("id", "kind", "since", "until", "unit", "price_pence", "units_a_week", "times"),
    *("estimate_pence", "vat_note"),
)


async def _prices(session: ReadSession, shown: Sequence[Any]) -> list[AgreedPrice]:
    placed = await queries.funded_placements(session, [row.placement_id for row in shown])
    invoiced = await queries.list_invoiced(session, [row.id for row in shown])
    items = []
    for row in shown:
        of, meanwhile = placed[row.placement_id], None
        waiting = await queries.invoiced_meanwhile(session, row.id)
        if waiting is not None:
            meanwhile = waiting.name or waiting.party
        items.append(
            AgreedPrice(
                **{name: getattr(row, name) for name in _PRICED},
                placement=of.reference,
                commissioner=of.commissioner,
                site=of.site,
                agreed=row.agreed_at is not None,
                invoice=[
                    Invoiced.model_validate(one) for one in invoiced if one.arrangement_id == row.id
                ],
                meanwhile=meanwhile,
            )
        )
    return items


def _gaps(days: Any) -> list[FundingGap]:
    return [gap_out(one.lower, one.upper - _DAY if one.upper else None) for one in days]


def _own(actor: Reader) -> Subject:
    return Subject("funding", str(actor.organisation_id), None, actor.organisation_id)
