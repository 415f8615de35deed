"""Statements on results that came in one document, for whoever may see them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, any_, func, insert, select, update

from app.db.events import ReadSession, WriteSession
from app.inspections.models.inspections import Inspection
from app.inspections.models.results import ReceivedResult
from app.organisations.models.organisations import Organisation
from app.providers.models.providers import Provider

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which results are listed; what is empty does not narrow.

    Attributes:
        statuses: any of these.
        provider_number: of one provider.
        organisation_id: of one body.
    """

    statuses: tuple[str, ...] = ()
    provider_number: str | None = None
    organisation_id: uuid.UUID | None = None


def _shown() -> Select[Any]:
    """A result without its body, with its provider, and whether the actor's body sent it."""
    columns = ReceivedResult.__table__.columns
    return (
        select(
            *(column for column in columns if column.name != "body"),
            Provider.number.label("provider_number"),
            Provider.name.label("provider_name"),
            Organisation.name.label("organisation_name"),
            Inspection.reference.label("inspection_reference"),
            (ReceivedResult.organisation_id == any_(func.organisations_acted_for())).label("ours"),
        )
        .join(Provider, Provider.id == ReceivedResult.provider_id)
        .join(Organisation, Organisation.id == ReceivedResult.organisation_id)
        .outerjoin(Inspection, Inspection.id == ReceivedResult.inspection_id)
    )


async def lock_reference(session: WriteSession, organisation_id: uuid.UUID, reference: str) -> None:
    """Let nobody else send anything under a body's reference until the end."""
    key = func.hashtextextended(f"{organisation_id} {reference}", 2)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


async def get_result(
    session: AnySession, organisation_id: uuid.UUID, reference: str, *, lock: bool = False
) -> Any | None:
    """Return a body's result by its own reference, without the document.

    Args:
        session: the transaction.
        organisation_id: of the body.
        reference: the inspector's own.
        lock: whether nobody else may decide about it until the end.
    """
    of_it = (
        ReceivedResult.organisation_id == organisation_id,
        ReceivedResult.reference == reference,
    )
    if lock:
        await session.execute(select(ReceivedResult.id).where(*of_it).with_for_update())
    return (await session.execute(_shown().where(*of_it))).one_or_none()


async def get_body(session: AnySession, result_id: uuid.UUID) -> bytes:
    """Return the document as it came."""
    statement = select(ReceivedResult.body).where(ReceivedResult.id == result_id)
    return bytes((await session.execute(statement)).scalar_one())


async def list_results(
    session: AnySession, wanted: Wanted, after: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return results that the actor may see, the newest first."""
    statement = _shown().order_by(ReceivedResult.id.desc()).limit(most)
    if wanted.statuses:
        statement = statement.where(ReceivedResult.status.in_(wanted.statuses))
    if wanted.provider_number:
        statement = statement.where(Provider.number == wanted.provider_number)
    if wanted.organisation_id:
        statement = statement.where(ReceivedResult.organisation_id == wanted.organisation_id)
    if after is not None:
        statement = statement.where(ReceivedResult.id < after)
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def insert_result(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a result as it came."""
    await session.execute(insert(ReceivedResult), [row])


async def update_result(
    session: WriteSession, result_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Write down what was decided of a result, and count the change."""
    changed = {**values, "version": ReceivedResult.version + 1}
    await session.execute(
        update(ReceivedResult).where(ReceivedResult.id == result_id).values(changed)
    )


async def staff_size_of(session: AnySession, provider_id: uuid.UUID) -> str | None:
    """Return how many work for a provider, as its record says."""
    statement = select(Provider.staff_size).where(Provider.id == provider_id)
    return (await session.execute(statement)).scalar_one()
