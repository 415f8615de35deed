"""Many placements at once, as they run already: each row in a transaction of its own.

So a wrong row keeps no other out, what a refused one leads to is written as for a single one, and
two files at once take their locks as two people would who send one placement after the other: no
row waits for a lock while it holds one of another row.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.children.errors import ChildNotFoundError
from app.children.queries.children import find_by_reference
from app.children.schemas import NewChild
from app.children.service.keeping import add_child
from app.db.events import WriteSession
from app.db.transactions import Database, transaction
from app.errors import AppError, FieldFault, InvalidRequestError, UnavailableError
from app.keyring.ring import Keyring
from app.placements.schemas import BatchedPlacement, ChildNamed, NewPlacement
from app.placements.service.recording import look_at, record_placement
from app.placements.service.standing import warnings_of
from app.placements.table import Line
from app.placements.terms import LoadOutcome
from app.rules.stated import Reason


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a row.

    Attributes:
        outcome: that.
        reference: the commissioner's own, where it could be read.
        placement_id: of the placement, recorded now or earlier.
        child_id: of its child.
        assess_by: by when it has to be assessed.
        warnings: what is to be known of it.
        refusal: why it was not recorded.
    """

    outcome: LoadOutcome
    reference: str | None = None
    placement_id: uuid.UUID | None = None
    child_id: uuid.UUID | None = None
    assess_by: date | None = None
    warnings: Sequence[Reason] = field(default=())
    refusal: AppError | None = None


@dataclass(frozen=True, slots=True)
class Loading:
    """What rows are recorded with.

    Attributes:
        database: where each row gets a transaction.
        actor: of the commissioner.
        ring: what children's keys are sealed under.
        understand: the refusal that a failure of the database stands for, if it is one.
        has_time: whether another row may be begun; the rest is told to come again.
    """

    database: Database
    actor: Actor
    ring: Keyring
    understand: Callable[[Exception], AppError | None]
    has_time: Callable[[], bool]


def read_row(item: Mapping[str, Any]) -> BatchedPlacement | AppError:
    """Read a row; one that cannot be read is its own refusal, with all its faults."""
    try:
        return BatchedPlacement.model_validate(item)
    except ValidationError as error:
        faults = tuple(
            FieldFault(one["msg"], "".join(f"/{part}" for part in one["loc"]))
            for one in error.errors(include_url=False, include_input=False)
        )
        return InvalidRequestError("The row cannot be read.", errors=faults)


def read_line(line: Line) -> BatchedPlacement | AppError:
    """Read a row of a table; all its faults are told, whether of a cell or of what they say."""
    if isinstance(line.item, AppError):
        return line.item
    row = read_row(line.item)
    if not line.faults:
        return row
    others = row.errors if isinstance(row, AppError) else ()
    also = [one for one in others if one.pointer != "/sessions"]  # none could be read: told above
    return InvalidRequestError("The row cannot be read.", errors=(*line.faults, *also))


async def load(loading: Loading, stated: Sequence[BatchedPlacement | AppError]) -> list[Row]:
    """Record what holds of some placements, and say of each what became of it.

    Sent again, what was recorded is held already.
    """
    rows = [await _load_one(loading, one) for one in stated]
    outcomes = [row.outcome for row in rows]
    actor = loading.actor
    async with transaction(loading.database, actor) as session:
        subject = Subject("placements", str(actor.organisation_id), None, actor.organisation_id)
        after = {one.value: outcomes.count(one) for one in LoadOutcome}
        await record(session, actor, "placements.loaded", subject, after=after)
    return rows


async def _load_one(loading: Loading, new: BatchedPlacement | AppError) -> Row:
    if isinstance(new, AppError):
        return Row(LoadOutcome.REFUSED, refusal=new)
    if not loading.has_time():
        refusal: AppError = UnavailableError("There was no time left for this row. Send it again.")
        return Row(LoadOutcome.REFUSED, new.reference, refusal=refusal)
    try:
        async with transaction(loading.database, loading.actor) as session:
            return await _record(session, loading, new)
    except Exception as failure:
        understood = failure if isinstance(failure, AppError) else loading.understand(failure)
        if understood is None:
            raise
        refusal = understood
    if refusal.afterwards is not None:
        async with transaction(loading.database, loading.actor) as session:
            await refusal.afterwards(session)
    return Row(LoadOutcome.REFUSED, new.reference, refusal=refusal)


async def _record(session: WriteSession, loading: Loading, new: BatchedPlacement) -> Row:
    child_id = await _child(session, loading, new.child)
    single = NewPlacement.model_validate(new.model_dump(exclude={"child"}) | {"child": child_id})
    placement_id, is_new = await record_placement(session, loading.actor, loading.ring, single)
    held = await look_at(session, placement_id)
    return Row(
        LoadOutcome.RECORDED if is_new else LoadOutcome.HELD_ALREADY,
        new.reference,
        placement_id,
        child_id,
        held.assess_by,
        warnings_of(held.provider_status),
    )


async def _child(session: WriteSession, loading: Loading, named: ChildNamed) -> uuid.UUID:
    """Return the id of a commissioner's child, added where it holds none under the reference."""
    actor = loading.actor
    if named.record is None:
        held = None
        if actor.organisation_id is not None:
            held = await find_by_reference(session, actor.organisation_id, named.reference)
        if held is None:
            detail = "You hold no child under this reference. Send its `record` as well."
            raise ChildNotFoundError(detail, errors=(FieldFault(detail, "/child/record"),))
        return held
    stated = named.record.model_dump() | {"reference": named.reference}
    try:
        child_id, _ = await add_child(session, actor, loading.ring, NewChild.model_validate(stated))
    except AppError as refusal:
        refusal.errors = tuple(map(_of_child, refusal.errors))
        raise
    return child_id


def _of_child(fault: FieldFault) -> FieldFault:
    """Return a fault of a child's record, pointed at where the row holds it."""
    at = fault.pointer or ""
    within = "/child" if at == "/reference" else "/child/record"
    return replace(fault, pointer=f"{within}{at}")
