"""The single central record of staff checks, over HTTP."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Query, Response

from app import clock
from app.http.conditions import ExpectedVersion
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.providers.errors import PersonNeededError
from app.providers.evidence_errors import (
    CheckNotLawfulError,
    StaffMemberLeftError,
    StaffMemberNotFoundError,
)
from app.providers.router import answering as answers
from app.providers.router.answering import Manager, Number, Reader
from app.providers.router.showing_evidence import member_told, staff_told
from app.providers.schemas.offers import Ending
from app.providers.schemas.staff import (
    CheckStated,
    StaffMemberChange,
    StaffMemberOut,
    StaffMemberStated,
    StaffRecord,
)
from app.providers.service import staff as service
from app.providers.service.sharing import see

router = APIRouter(prefix=answers.RECORD, tags=["evidence"])

_KEPT = (*answers.KEPT, StaffMemberNotFoundError, StaffMemberLeftError)


@router.get("/staff-checks", operation_id="getStaffChecks", responses=problems(*answers.LOOKED))
async def get_staff_checks(
    session: Reading,
    _: Reader,
    response: Response,
    number: Number,
    left: Annotated[bool, Query(description="Whether those who have left are told too.")] = False,
) -> StaffRecord:
    """Read the record of staff checks: who was checked for what and when, and what is due of whom.

    Its owner sees it, who answers for it, and whom it shares everything with; whom it shares single
    documents with sees how many, and never who.
    """
    sight = await see(session, number)
    answers.private(response)
    return await staff_told(session, sight, left=left)


@router.post(
    "/staff", status_code=201, operation_id="addStaffMember", responses=problems(*answers.KEPT)
)
async def add_staff_member(
    session: Writing, actor: Manager, response: Response, number: Number, new: StaffMemberStated
) -> StaffMemberOut:
    """Put somebody who works with children on the record."""
    member_id = await service.add_member(session, actor, number, new)
    return await _shown(session, response, number, member_id)


@router.get(
    "/staff/{staff_member_id}",
    operation_id="getStaffMember",
    responses=problems(*answers.LOOKED, StaffMemberNotFoundError),
)
async def get_staff_member(
    session: Reading, _: Reader, response: Response, number: Number, staff_member_id: uuid.UUID
) -> StaffMemberOut:
    """Look at one of those who work with children, and their checks."""
    return await _shown(session, response, number, staff_member_id)


@router.patch(
    "/staff/{staff_member_id}",
    operation_id="changeStaffMember",
    responses=problems(*_KEPT, *answers.EDITED),
)
async def change_staff_member(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Manager,
    response: Response,
    number: Number,
    staff_member_id: uuid.UUID,
    change: StaffMemberChange,
    expected: ExpectedVersion,
) -> StaffMemberOut:
    """Change what the record says of somebody."""
    await service.change_member(session, actor, number, staff_member_id, change, expected)
    return await _shown(session, response, number, staff_member_id)


@router.post(
    "/staff/{staff_member_id}/ending",
    operation_id="endStaffMember",
    responses=problems(*_KEPT, *answers.EDITED),
)
async def end_staff_member(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Manager,
    response: Response,
    number: Number,
    staff_member_id: uuid.UUID,
    ending: Ending,
    expected: ExpectedVersion,
) -> StaffMemberOut:
    """Say that somebody works there no longer, from a day on."""
    await service.end_member(session, actor, number, staff_member_id, ending, expected)
    return await _shown(session, response, number, staff_member_id)


@router.post(
    "/staff/{staff_member_id}/checks",
    status_code=201,
    operation_id="recordStaffCheck",
    responses=problems(*_KEPT, PersonNeededError, CheckNotLawfulError),
)
async def record_staff_check(
    session: Writing,
    actor: Manager,
    response: Response,
    number: Number,
    staff_member_id: uuid.UUID,
    stated: CheckStated,
) -> StaffMemberOut:
    """Record that a check was made: its status and day, never a certificate or its number.

    A later check of the same kind takes the place of an earlier one, which stays on record.
    """
    await service.record_check(session, actor, number, staff_member_id, stated)
    return await _shown(session, response, number, staff_member_id)


async def _shown(
    session: answers.AnySession, response: Response, number: str, member_id: uuid.UUID
) -> StaffMemberOut:
    sight = await see(session, number)
    member, checks = await service.get_member(session, sight, member_id)
    answers.located(response, f"{answers.RECORDS}/{sight.held.number}/staff/{member.id}")
    answers.private(response, member.version)
    return member_told(member, checks, clock.today())
