"""Many placements over HTTP: as a batch, or as a table that people fill in."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from app.access import Actor, Permission
from app.audit.terms import Purpose
from app.calculators.schemas.stated import RuleReason
from app.errors import AppError, FieldFault
from app.http.database_errors import refusal_for
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import database_of
from app.keyring.ring import Keyring
from app.placements import table
from app.placements.errors import TableNeededError
from app.placements.router.placements import PLACEMENTS
from app.placements.schemas import (
    PlacementBatch,
    PlacementBatchOutcome,
    PlacementBatchRow,
    PlacementRowProblem,
)
from app.placements.service import loading as service
from app.placements.service.loading import Loading, Row
from app.placements.terms import LoadOutcome
from app.providers.router.answering import ASKED, Ring, located, private

CSV = "text/csv"
SHARE_OF_TIME = 0.6
"""Of what a request may take: after it no row is begun, so that the answer still leaves."""

router = APIRouter(tags=["placements"])

Recorder = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_RECORD))]

_TEMPLATE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The headings; no row", "content": {CSV: {"schema": {"type": "string"}}}}
}
_TABLE_TAKEN = {
    "requestBody": {
        "required": True,
        "content": {CSV: {"schema": {"type": "string"}}},
    }
}


@router.post(f"{PLACEMENTS}/batch", operation_id="recordPlacementBatch", responses=problems(*ASKED))
async def record_batch(
    request: Request, actor: Recorder, response: Response, ring: Ring, batch: PlacementBatch
) -> PlacementBatchOutcome:
    """Record up to 200 placements, as they run already or as they are planned.

    A row is what a single placement is, with its `child` by your own reference, and the child's
    record where you hold none. Each row is kept or refused by itself, as a single one is, and told
    by its place; sent again under the same references, nothing is added. What runs already is
    recorded as it is, not yet assessed, with the day by which it has to be.
    """
    rows = await service.load(
        loading_of(request, actor, ring), [service.read_row(one) for one in batch.items]
    )
    return told(response, [(place, row, None) for place, row in enumerate(rows)])


@router.post(
    f"{PLACEMENTS}/file",
    operation_id="recordPlacementFile",
    openapi_extra=_TABLE_TAKEN,
    responses=problems(*ASKED, TableNeededError),
)
async def record_file(
    request: Request, actor: Recorder, response: Response, ring: Ring
) -> PlacementBatchOutcome:
    """Record up to 200 placements from a CSV file with the headings of the template.

    Headings are checked before any row is; then each row is kept or refused as in a batch, and told
    by its line and column.
    """
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    if kind.strip() != CSV or ("charset" in parameters and "utf-8" not in parameters):
        raise TableNeededError(f"Send the file as {CSV} in UTF-8, as the body of the request.")
    lines = table.read(await request.body())
    stated = [service.read_line(line) for line in lines]
    rows = await service.load(loading_of(request, actor, ring), stated)
    found = zip(lines, rows, strict=True)
    return told(response, [(line.number, row, line.column) for line, row in found])


@router.get(
    f"{PLACEMENTS}/file-template",
    operation_id="getPlacementFileTemplate",
    response_class=Response,
    responses=_TEMPLATE | problems(*ASKED),
)
async def get_template(_: Recorder) -> Response:
    """Download the headings of a file of placements, to be filled in and sent."""
    return Response(
        table.template(),
        media_type=f"{CSV}; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="placements.csv"'},
    )


def loading_of(request: Request, actor: Actor, ring: Keyring) -> Loading:
    """Return what rows of a request are recorded with; no row is begun when its time is short."""
    clock = asyncio.get_running_loop().time
    until = clock() + SHARE_OF_TIME * request.app.state.settings.request_timeout_seconds

    def understand(failure: Exception) -> AppError | None:
        return refusal_for(failure, request.app.state.constraint_errors)

    return Loading(database_of(request), actor, ring, understand, lambda: clock() < until)


def told(
    response: Response,
    found: Sequence[tuple[int, Row, Callable[[str | None], str | None] | None]],
) -> PlacementBatchOutcome:
    """Return what became of rows, each with its place or line and what names its columns."""
    located(response, f"{PLACEMENTS}?purpose={Purpose.COMMISSIONING}")
    private(response)
    outcomes = [row.outcome for _, row, _ in found]
    return PlacementBatchOutcome(
        recorded=outcomes.count(LoadOutcome.RECORDED),
        held_already=outcomes.count(LoadOutcome.HELD_ALREADY),
        refused=outcomes.count(LoadOutcome.REFUSED),
        rows=[_row(number, row, column) for number, row, column in found],
    )


def _row(
    number: int, row: Row, column: Callable[[str | None], str | None] | None
) -> PlacementBatchRow:
    wrong = row.refusal
    faults = () if wrong is None else wrong.errors or (FieldFault(wrong.detail),)
    return PlacementBatchRow(
        row=number,
        outcome=row.outcome,
        reference=row.reference,
        placement=row.placement_id,
        child=row.child_id,
        assess_by=row.assess_by,
        warnings=[RuleReason.model_validate(one) for one in row.warnings],
        problems=[
            PlacementRowProblem(
                type=wrong.type if wrong else "",
                detail=one.detail,
                pointer=one.pointer,
                column=column(one.pointer) if column else None,
            )
            for one in faults
        ],
    )
