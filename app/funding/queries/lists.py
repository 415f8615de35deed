"""Statements that list what concerns a payer, a commissioner or a provider."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, type_coerce, union
from sqlalchemy.dialects.postgresql import DATEMULTIRANGE, UUID

from app.db.events import ReadSession, WriteSession
from app.funding.models import (
    FundingArrangement,
    FundingDispute,
    FundingPayer,
    FundingSignature,
    FundingTerms,
)
from app.funding.terms import FundingListed
from app.organisations.models.organisations import Organisation
from app.placements.models import Placement

AnySession = ReadSession | WriteSession
_FUNDED = (
    *("placement_id", "commissioner_id", "commissioner", "reference", "child_reference"),
    *("provider", "provider_name", "site", "route", "starts_on", "planned_end_on", "ended_on"),
    *("weekly_minutes", "days"),
)


async def funded_placements(
    session: AnySession, placement_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, Any]:
    """Return what whoever pays may know of placements, by their ids."""
    told = func.funded_placements(list(placement_ids)).table_valued(*_FUNDED)
    rows = await session.execute(select(*(told.c[name] for name in _FUNDED)))
    return {row.placement_id: row for row in rows}


async def paying_organisations(session: AnySession) -> Sequence[uuid.UUID]:
    """Return the organisations for which the actor may sign."""
    found: Sequence[uuid.UUID] = (
        await session.execute(select(func.paying_organisations()))
    ).scalar_one()
    return found


async def list_arrangements(
    session: AnySession,
    payers: Sequence[uuid.UUID],
    commissioners: Sequence[uuid.UUID],
    state: FundingListed | None,
    page: tuple[uuid.UUID | None, int],
) -> Sequence[Any]:
    """Return arrangements by which somebody pays or which they hold, the newest first.

    Args:
        session: of whoever asks.
        payers: the organisations for which they may sign.
        commissioners: those whose placements they hold.
        state: which are wanted; all, if none is said.
        page: the last one of the page before, and how many at most.
    """
    own = _own_part(payers)
    concerned = union(
        select(FundingPayer.arrangement_id).where(FundingPayer.organisation_id.in_(payers)),
        select(FundingArrangement.id)
        .join(Placement, Placement.id == FundingArrangement.placement_id)
        .where(Placement.commissioner_id.in_(commissioners)),
    )
    amount = select(func.sum(FundingPayer.amount_pence)).where(own).scalar_subquery()
    to_sign, disputed = _to_sign(own), _disputed()
    statement = (
        select(
            *FundingArrangement.__table__.columns,
            FundingTerms.estimate_pence,
            amount.label("own_amount_pence"),
            to_sign.label("to_sign"),
            disputed.label("disputed"),
        )
        .join(
            FundingTerms,
            and_(
                FundingTerms.arrangement_id == FundingArrangement.id,
                FundingTerms.number == FundingArrangement.terms_number,
            ),
        )
        .where(FundingArrangement.id.in_(concerned))
    )
    wanted = {
        FundingListed.TO_SIGN: to_sign,
        FundingListed.DISPUTED: disputed,
        FundingListed.TO_BE_CONFIRMED: FundingArrangement.hours_changed_on.is_not(None),
        FundingListed.AGREED: FundingArrangement.agreed_at.is_not(None),
    }
    if state is not None:
        statement = statement.where(wanted[state])
    return await _page(session, statement, *page)


async def list_gaps(
    session: AnySession, before: uuid.UUID | None, today: date, most: int
) -> Sequence[Any]:
    """Return placements with days that nobody pays for, the newest first: id and the days."""
    told = func.funding_gaps(before, today, most).table_valued("placement_id", "gaps")
    gaps = type_coerce(told.c.gaps, DATEMULTIRANGE)
    statement = select(told.c.placement_id.label("id"), gaps.label("gaps"))
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def list_of_provider(
    session: AnySession, provider_id: uuid.UUID, before: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return what a provider is paid for at its sites, the newest first."""
    of_it = select(func.provider_funding(provider_id, before, most, type_=UUID(as_uuid=True)))
    statement = (
        select(
            *FundingTerms.__table__.columns,
            FundingArrangement.id,
            FundingArrangement.placement_id,
            FundingArrangement.kind,
            FundingArrangement.agreed_at,
        )
        .join(
            FundingArrangement,
            and_(
                FundingTerms.arrangement_id == FundingArrangement.id,
                FundingTerms.number == FundingArrangement.terms_number,
            ),
        )
        .where(FundingArrangement.id.in_(of_it))
        .order_by(FundingArrangement.id.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def list_invoiced(session: AnySession, arrangement_ids: Sequence[uuid.UUID]) -> Sequence[Any]:
    """Return whom a provider invoices, for which part and under which order, by present terms."""
    statement = (
        select(
            FundingPayer.arrangement_id,
            func.coalesce(Organisation.name, FundingPayer.name).label("name"),
            FundingPayer.amount_pence,
            FundingPayer.order_number,
        )
        .join(
            FundingArrangement,
            and_(
                FundingPayer.arrangement_id == FundingArrangement.id,
                FundingPayer.terms_number == FundingArrangement.terms_number,
            ),
        )
        .outerjoin(Organisation, Organisation.id == FundingPayer.organisation_id)
        .where(FundingArrangement.id.in_(arrangement_ids))
        .order_by(FundingPayer.arrangement_id, FundingPayer.number)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def invoiced_meanwhile(session: AnySession, arrangement_id: uuid.UUID) -> Any | None:
    """Return who is invoiced while not every payer has signed: party, and name where known."""
    told = func.invoiced_meanwhile(arrangement_id).table_valued("party", "name")
    return (await session.execute(select(told.c.party, told.c.name))).one_or_none()


def _own_part(payers: Sequence[uuid.UUID]) -> ColumnElement[bool]:
    return and_(
        FundingPayer.arrangement_id == FundingArrangement.id,
        FundingPayer.terms_number == FundingArrangement.terms_number,
        FundingPayer.organisation_id.in_(payers),
    )


def _to_sign(own: ColumnElement[bool]) -> ColumnElement[bool]:
    signed = (
        exists()
        .where(
            FundingSignature.arrangement_id == FundingArrangement.id,
            FundingSignature.terms_number == FundingArrangement.amounts_of,
            FundingSignature.payer_number == FundingPayer.number,
        )
        .correlate(FundingArrangement, FundingPayer)
    )
    return exists().where(own, ~signed).correlate(FundingArrangement)


def _disputed() -> ColumnElement[bool]:
    return exists().where(
        FundingDispute.arrangement_id == FundingArrangement.id,
        FundingDispute.settled_at.is_(None),
    )


async def _page(
    session: AnySession, statement: Select[Any], before: uuid.UUID | None, most: int
) -> Sequence[Any]:
    if before is not None:
        statement = statement.where(FundingArrangement.id < before)
    ordered = statement.order_by(FundingArrangement.id.desc()).limit(most)
    found: Sequence[Any] = (await session.execute(ordered)).all()
    return found
