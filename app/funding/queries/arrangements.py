"""Statements on arrangements, their terms, signatures and disputes."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, insert, literal, select, update

from app.db.events import ReadSession, WriteSession
from app.funding.models import (
    FundingArrangement,
    FundingBudget,
    FundingDispute,
    FundingOverride,
    FundingPayer,
    FundingRecovery,
    FundingSignature,
    FundingTerms,
    InterimPayer,
)
from app.organisations.models.organisations import Organisation

AnySession = ReadSession | WriteSession
Rows = Sequence[Mapping[str, Any]]


async def get_arrangement(
    session: AnySession, arrangement_id: uuid.UUID, *, lock: bool = False
) -> Any | None:
    """Return an arrangement that the actor may see whole; locked, so that nobody else changes it.

    A provider sees rows of what it is paid for, and not what else belongs to them.
    """
    statement = select(*FundingArrangement.__table__.columns).where(
        FundingArrangement.id == arrangement_id, func.may_see_funding(FundingArrangement.id)
    )
    if lock:
        statement = statement.with_for_update()
    return (await session.execute(statement)).one_or_none()


async def list_of_placement(session: AnySession, placement_id: uuid.UUID) -> Sequence[Any]:
    """Return a placement's arrangements, the latest days first."""
    statement = (
        select(*FundingArrangement.__table__.columns)
        .where(FundingArrangement.placement_id == placement_id)
        .order_by(FundingArrangement.since.desc(), FundingArrangement.id)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def add_arrangement(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Keep an arrangement; its terms follow."""
    await session.execute(insert(FundingArrangement), [dict(row)])


async def change_arrangement(
    session: WriteSession, arrangement_id: uuid.UUID, values: Mapping[str, Any]
) -> None:
    """Write down what changed of an arrangement."""
    changed = {**values, "version": FundingArrangement.version + 1}
    statement = update(FundingArrangement).where(FundingArrangement.id == arrangement_id)
    await session.execute(statement.values(changed))


async def add_terms(
    session: WriteSession,
    terms: Mapping[str, Any],
    payers: Rows,
    budgets: Rows,
    recoveries: Rows,
) -> None:
    """Keep terms, who pays by them, out of which money, and what is got back."""
    await session.execute(insert(FundingTerms), [dict(terms)])
    for table, rows in (
        (FundingPayer, payers),
        (FundingBudget, budgets),
        (FundingRecovery, recoveries),
    ):
        if rows:
            await session.execute(insert(table), [dict(row) for row in rows])


async def list_terms(session: AnySession, arrangement_id: uuid.UUID) -> Sequence[Any]:
    """Return an arrangement's terms, the newest first."""
    statement = (
        select(*FundingTerms.__table__.columns)
        .where(FundingTerms.arrangement_id == arrangement_id)
        .order_by(FundingTerms.number.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def list_payers(session: AnySession, arrangement_id: uuid.UUID) -> Sequence[Any]:
    """Return who pays by all of an arrangement's terms, with the budget where it may be seen."""
    statement = (
        select(
            *FundingPayer.__table__.columns,
            FundingBudget.budget_line,
            Organisation.name.label("organisation_name"),
        )
        .outerjoin(Organisation, Organisation.id == FundingPayer.organisation_id)
        .outerjoin(
            FundingBudget,
            (FundingBudget.arrangement_id == FundingPayer.arrangement_id)
            & (FundingBudget.terms_number == FundingPayer.terms_number)
            & (FundingBudget.payer_number == FundingPayer.number),
        )
        .where(FundingPayer.arrangement_id == arrangement_id)
        .order_by(FundingPayer.terms_number, FundingPayer.number)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def list_recoveries(session: AnySession, arrangement_id: uuid.UUID) -> Sequence[Any]:
    """Return what is got back by all of an arrangement's terms."""
    statement = (
        select(*FundingRecovery.__table__.columns, Organisation.name.label("from_name"))
        .join(Organisation, Organisation.id == FundingRecovery.from_organisation_id)
        .where(FundingRecovery.arrangement_id == arrangement_id)
        .order_by(FundingRecovery.terms_number, FundingRecovery.number)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def list_signatures(session: AnySession, arrangement_id: uuid.UUID) -> Sequence[Any]:
    """Return who signed which terms."""
    statement = select(*FundingSignature.__table__.columns).where(
        FundingSignature.arrangement_id == arrangement_id
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def add_signature(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Keep a signature."""
    await session.execute(insert(FundingSignature), [dict(row)])


async def list_disputes(session: AnySession, arrangement_id: uuid.UUID) -> Sequence[Any]:
    """Return an arrangement's disputes, the newest first."""
    statement = (
        select(
            *FundingDispute.__table__.columns,
            func.coalesce(Organisation.name, FundingPayer.name).label("payer_name"),
        )
        .join(
            FundingPayer,
            (FundingPayer.arrangement_id == FundingDispute.arrangement_id)
            & (FundingPayer.terms_number == FundingDispute.terms_number)
            & (FundingPayer.number == FundingDispute.payer_number),
        )
        .outerjoin(Organisation, Organisation.id == FundingDispute.organisation_id)
        .where(FundingDispute.arrangement_id == arrangement_id)
        .order_by(FundingDispute.id.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def add_dispute(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Keep a dispute."""
    await session.execute(insert(FundingDispute), [dict(row)])


async def settle_dispute(
    session: WriteSession, dispute_id: uuid.UUID, values: Mapping[str, Any]
) -> None:
    """Write down how a dispute ended."""
    statement = update(FundingDispute).where(FundingDispute.id == dispute_id)
    await session.execute(statement.values(dict(values)))


async def get_override(session: AnySession, arrangement_id: uuid.UUID, terms: int) -> Any | None:
    """Return why somebody pays first whom the matrix does not allow, if that is so."""
    statement = select(*FundingOverride.__table__.columns).where(
        FundingOverride.arrangement_id == arrangement_id, FundingOverride.terms_number == terms
    )
    return (await session.execute(statement)).one_or_none()


async def add_override(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Keep the reason for another payer."""
    await session.execute(insert(FundingOverride), [dict(row)])


async def confirm_override(
    session: WriteSession, arrangement_id: uuid.UUID, terms: int, values: Mapping[str, Any]
) -> None:
    """Write down who confirmed another payer."""
    statement = update(FundingOverride).where(
        FundingOverride.arrangement_id == arrangement_id, FundingOverride.terms_number == terms
    )
    await session.execute(statement.values(dict(values)))


async def get_interim(session: AnySession, arrangement_id: uuid.UUID) -> Any | None:
    """Return who pays meanwhile, or did last."""
    statement = (
        select(*InterimPayer.__table__.columns, Organisation.name.label("name"))
        .outerjoin(Organisation, Organisation.id == InterimPayer.organisation_id)
        .where(InterimPayer.arrangement_id == arrangement_id)
        .order_by(InterimPayer.until.desc().nulls_first())
        .limit(1)
    )
    return (await session.execute(statement)).one_or_none()


async def add_interim(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Say who pays meanwhile."""
    await session.execute(insert(InterimPayer), [dict(row)])


async def end_interim(session: WriteSession, interim_id: uuid.UUID, until: date) -> None:
    """Say until when somebody paid meanwhile."""
    statement = update(InterimPayer).where(InterimPayer.id == interim_id)
    await session.execute(statement.values(until=until))


async def note_interim_payers(session: WriteSession, today: date) -> int:
    """Say of everything owed that began unsigned who pays meanwhile; return how many are new."""
    return int((await session.execute(select(func.note_interim_payers(today)))).scalar_one())


async def child_key(session: AnySession, arrangement_id: uuid.UUID) -> Any | None:
    """Return the child's id and its key, sealed: what stands in words of it is under that key."""
    told = func.funding_child_key(arrangement_id).table_valued("child_id", "sealed_key")
    return (await session.execute(select(told.c.child_id, told.c.sealed_key))).one_or_none()


async def mark_hours_changed(
    session: WriteSession, placement_id: uuid.UUID, since: date
) -> Sequence[uuid.UUID]:
    """Have a placement's arrangements from a day on confirmed anew; return which they are."""
    statement = (
        update(FundingArrangement)
        .where(
            FundingArrangement.placement_id == placement_id,
            FundingArrangement.until >= since,
            FundingArrangement.kind != "transport",
        )
        .values(
            hours_changed_on=func.least(
                func.coalesce(FundingArrangement.hours_changed_on, literal(since)), literal(since)
            ),
            version=FundingArrangement.version + 1,
        )
        .returning(FundingArrangement.id)
    )
    return (await session.scalars(statement)).all()
