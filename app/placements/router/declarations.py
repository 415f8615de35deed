"""What a provider declares of the children whom nobody places with it, over HTTP."""

from fastapi import APIRouter, Response

from app.db.events import ReadSession, WriteSession
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.placements.errors import (
    NothingDeclaredError,
)
from app.placements.schemas import (
    AttendanceDeclarationOut,
    AttendanceDeclared,
    DeclaredCount,
)
from app.placements.service import declaring
from app.providers.errors import PersonNeededError
from app.providers.router.answering import (
    KEPT,
    LOOKED,
    RECORD,
    Manager,
    Number,
    located,
    private,
)
from app.providers.router.answering import Reader as RecordReader
from app.rules.registration.facts import Declaration

DECLARATION = f"{RECORD}/attendance-declaration"

router = APIRouter(tags=["provider records"])


@router.put(
    DECLARATION, operation_id="declareAttendance", responses=problems(*KEPT, PersonNeededError)
)
async def declare_attendance(
    session: Writing, actor: Manager, response: Response, number: Number, said: AttendanceDeclared
) -> AttendanceDeclarationOut:
    """Declare the children whom no school or authority places with you; renewed each quarter."""
    await declaring.declare(session, actor, number, said)
    return await _declared(session, response, number)


@router.get(
    DECLARATION,
    operation_id="getAttendanceDeclaration",
    responses=problems(*LOOKED, NothingDeclaredError),
)
async def get_declaration(
    session: Reading, _: RecordReader, response: Response, number: Number
) -> AttendanceDeclarationOut:
    """Look at what a provider last declared."""
    return await _declared(session, response, number)


async def _declared(
    session: ReadSession | WriteSession, response: Response, number: str
) -> AttendanceDeclarationOut:
    found = await declaring.latest(session, number)
    if found is None:
        raise NothingDeclaredError("The provider has declared nothing yet.")
    declared_on, rows = found
    bands = {
        row.band: DeclaredCount(
            children=row.children,
            with_plan_or_care=row.with_plan_or_care,
            with_needs=row.with_needs,
        )
        for row in rows
    }
    located(response, DECLARATION.replace("{number}", number.upper()))
    private(response)
    stale_from = Declaration(declared_on).stale_from
    return AttendanceDeclarationOut(declared_on=declared_on, stale_from=stale_from, bands=bands)
