"""What a provider declares of the children whom no school or authority places with it."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.occupancy import queries
from app.placements.schemas import AttendanceDeclared
from app.providers.service.records import keep, look_at, person_of, subject_of
from app.values.uuid7 import uuid7


async def declare(
    session: WriteSession, actor: Actor, number: str, said: AttendanceDeclared
) -> None:
    """Write down how many children a provider teaches whom nobody on this service placed.

    Raises:
        PersonNeededError: a machine asks.
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        InvalidRequestError: the day lies ahead, or before the last declaration.
    """
    person_id = person_of(actor)
    held, _ = await keep(session, number)
    latest = await queries.latest_declaration(session, held.id, date.max)
    if said.declared_on > clock.today() or (latest and said.declared_on < latest[0]):
        detail = "Declare what is so today, or was on a day since your last declaration."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/declared_on"),))
    row = {
        "id": uuid7(),
        "provider_id": held.id,
        "declared_on": said.declared_on,
        "declared_by": person_id,
        "recorded_at": clock.now(),
    }
    bands = [
        {"declaration_id": row["id"], "band": name.replace("_", "-"), **counts}
        for name, counts in said.model_dump(exclude={"declared_on"}).items()
    ]
    await queries.add_declaration(session, row, bands)
    after = {"declared_on": said.declared_on}
    await record(session, actor, "attendance.declared", subject_of(held), after=after)


async def latest(
    session: ReadSession | WriteSession, number: str
) -> tuple[date, Sequence[Any]] | None:
    """Return what a provider last declared.

    Raises:
        ProviderNotFoundError: there is no such record that the actor may see.
    """
    held = await look_at(session, number)
    provider_id: uuid.UUID = held.id
    return await queries.latest_declaration(session, provider_id, date.max)
