"""Statements on what follows a publication: replies, actions, appeals, revisits asked for."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Text,
    Uuid,
    column,
    func,
    insert,
    select,
    tuple_,
    update,
)

from app.db.base import Base
from app.db.events import ReadSession, WriteSession
from app.inspections.models.following import (
    InspectionAction,
    InspectionAppeal,
    InspectionReply,
    InspectionRevisit,
    WithheldReply,
)
from app.inspections.models.inspections import Inspection
from app.inspections.terms import AppealState, RevisitState
from app.organisations.models.organisations import Organisation
from app.providers.models.documents import Document
from app.providers.models.providers import Provider

AnySession = ReadSession | WriteSession


async def insert_rows(
    session: WriteSession, table: type[Base], rows: Sequence[dict[str, Any]]
) -> None:
    """Insert rows."""
    if rows:
        await session.execute(insert(table), list(rows))


async def update_row(
    session: WriteSession, table: Any, row_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Change a row by its id."""
    await session.execute(update(table).where(table.id == row_id).values(values))


async def list_of(session: AnySession, table: Any, inspection_id: uuid.UUID) -> Sequence[Any]:
    """Return the rows of one of these tables that belong to an inspection, the earliest first."""
    statement = (
        select(*table.__table__.columns)
        .where(table.inspection_id == inspection_id)
        .order_by(table.id)
    )
    return (await session.execute(statement)).all()


async def list_replies(session: AnySession, inspection_id: uuid.UUID) -> Sequence[Any]:
    """Return every version of every reply, by site and criterion, and why one is withheld."""
    statement = (
        select(
            *InspectionReply.__table__.columns,
            WithheldReply.because.label("withheld_because"),
            WithheldReply.reason.label("withheld_reason"),
            WithheldReply.withheld_at,
        )
        .outerjoin(WithheldReply, WithheldReply.reply_id == InspectionReply.id)
        .where(InspectionReply.inspection_id == inspection_id)
        .order_by(InspectionReply.site, InspectionReply.criterion, InspectionReply.version)
    )
    return (await session.execute(statement)).all()


async def list_actions(session: AnySession, inspection_id: uuid.UUID) -> Sequence[Any]:
    """Return the actions of an inspection, by site and criterion."""
    statement = (
        select(*InspectionAction.__table__.columns)
        .where(InspectionAction.inspection_id == inspection_id)
        .order_by(InspectionAction.site, InspectionAction.criterion)
    )
    return (await session.execute(statement)).all()


async def list_appeals(session: AnySession, inspection_id: uuid.UUID) -> Sequence[Any]:
    """Return the appeals about an inspection, the earliest first."""
    return await list_of(session, InspectionAppeal, inspection_id)


async def list_revisits(session: AnySession, inspection_id: uuid.UUID) -> Sequence[Any]:
    """Return the revisits asked for after an inspection, the earliest first."""
    return await list_of(session, InspectionRevisit, inspection_id)


async def has_document(session: AnySession, provider_id: uuid.UUID, document_id: uuid.UUID) -> bool:
    """Say whether a provider's record has this piece of evidence, not withdrawn."""
    statement = select(Document.id).where(
        Document.id == document_id,
        Document.provider_id == provider_id,
        Document.withdrawn_at.is_(None),
    )
    return (await session.execute(statement)).one_or_none() is not None


async def who_could_decide(session: AnySession, inspection_id: uuid.UUID) -> Sequence[Any]:
    """Return the bodies with somebody who could decide an appeal, the inspecting one first.

    Each row: `organisation_id`, `name`, `own`, `people`: how many.
    """
    called = func.who_could_decide(inspection_id).table_valued(
        column("organisation_id", Uuid),
        column("name", Text),
        column("own", Boolean),
        column("people", BigInteger),
    )
    statement = select(called).order_by(
        called.c.own.desc(), called.c.name, called.c.organisation_id
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def acts_for_deciding_body(session: AnySession, inspection_id: uuid.UUID) -> bool:
    """Say whether whoever acts does so for the body, a peer it asked, or who answers there."""
    statement = select(func.amends_inspection(inspection_id))
    return bool((await session.execute(statement)).scalar_one())


async def list_open_appeals(
    session: AnySession, after: tuple[datetime, uuid.UUID] | None, most: int
) -> Sequence[Any]:
    """Return appeals that whoever acts might decide, the oldest first, with their inspection."""
    statement = (
        select(
            *InspectionAppeal.__table__.columns,
            Inspection.reference,
            Inspection.appeal_body_id,
            Provider.number,
            Provider.name.label("provider_name"),
            Organisation.name.label("body_name"),
        )
        .join(Inspection, Inspection.id == InspectionAppeal.inspection_id)
        .join(Provider, Provider.id == InspectionAppeal.provider_id)
        .join(Organisation, Organisation.id == Inspection.body_id)
        .where(
            InspectionAppeal.state == AppealState.OPEN.value,
            func.amends_inspection(InspectionAppeal.inspection_id),
        )
        .order_by(InspectionAppeal.appealed_at, InspectionAppeal.id)
        .limit(most)
    )
    if after is not None:
        statement = statement.where(
            tuple_(InspectionAppeal.appealed_at, InspectionAppeal.id) > after
        )
    return (await session.execute(statement)).all()


async def list_open_revisits(
    session: AnySession, after: tuple[datetime, uuid.UUID] | None, most: int
) -> Sequence[Any]:
    """Return the revisits asked for that the actor may see, the oldest first."""
    statement = (
        select(
            *InspectionRevisit.__table__.columns,
            Inspection.reference,
            Provider.number,
            Provider.name.label("provider_name"),
            Organisation.name.label("body_name"),
        )
        .join(Inspection, Inspection.id == InspectionRevisit.inspection_id)
        .join(Provider, Provider.id == InspectionRevisit.provider_id)
        .join(Organisation, Organisation.id == InspectionRevisit.body_id)
        .where(InspectionRevisit.state == RevisitState.OPEN.value)
        .order_by(InspectionRevisit.asked_at, InspectionRevisit.id)
        .limit(most)
    )
    if after is not None:
        statement = statement.where(
            tuple_(InspectionRevisit.asked_at, InspectionRevisit.id) > after
        )
    return (await session.execute(statement)).all()


async def place_in_queue(session: AnySession, revisit_id: uuid.UUID) -> int | None:
    """Return how many revisits of the same body are asked for up to this one; 1 is the next."""
    called = select(func.place_in_revisit_queue(revisit_id, type_=BigInteger))
    found: int | None = (await session.execute(called)).scalar_one()
    return found


async def find_followed_by(
    session: AnySession, reference: str, provider_id: uuid.UUID
) -> Any | None:
    """Return another inspection of the same provider: `id`, `state`."""
    statement = select(Inspection.id, Inspection.state).where(
        Inspection.reference == reference, Inspection.provider_id == provider_id
    )
    return (await session.execute(statement)).one_or_none()


async def reference_of(session: AnySession, inspection_id: uuid.UUID) -> str | None:
    """Return the reference of an inspection, if the actor may see it."""
    statement = select(Inspection.reference).where(Inspection.id == inspection_id)
    return (await session.execute(statement)).scalar_one_or_none()
