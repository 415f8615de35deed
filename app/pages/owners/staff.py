"""The pages on which an owner keeps the record of checks on staff."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import Form, Request
from starlette.responses import Response

from app import clock
from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.owners.held_records import RECORD, RECORDS, Done, Number, Own, own_record, show_part
from app.pages.owners.staff_view import (
    STAFF,
    check_asked,
    leaving_asked,
    member_asked,
    member_page,
    staff_page,
)
from app.pages.signed_in import (
    RecordsManager,
    RecordsReader,
    SentOnce,
    SentVersion,
    own_router,
    understood,
)
from app.providers.queries import staff as queries
from app.providers.schemas.offers import Ending
from app.providers.schemas.staff import (
    CheckOut,
    CheckStated,
    DueOut,
    StaffMemberChange,
    StaffMemberOut,
    StaffMemberStated,
)
from app.providers.service import staff as service
from app.providers.service.sharing import see

router = own_router()

_HERE = f"{RECORD}/{STAFF}"
_MEMBER = f"{_HERE}/{{staff_member_id}}"


@router.get(_HERE)
async def show_staff(
    request: Request, session: Reading, actor: RecordsReader, number: Number, done: Done = None
) -> Response:
    """Show who works with children, and which checks are due of whom."""
    own, today = await own_record(session, actor, number), clock.today()
    found = await queries.list_members(session, own.held.id, today)
    checks = await queries.newest_checks(session, [one.id for one in found])
    members = [_told(one, checks.get(one.id, ()), today) for one in found]
    return await show_part(request, staff_page(own, members), done)


@router.get(f"{_HERE}/add")
async def show_add(
    request: Request, session: Reading, actor: RecordsManager, number: Number
) -> Response:
    """Offer the form on which somebody is added."""
    return await show_form(request, member_asked(await own_record(session, actor, number)))


@router.post(f"{_HERE}/add")
async def add_member(
    request: Request, actor: RecordsManager, number: Number, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Put somebody who works with children on the record."""

    async def ask(session: ReadSession) -> FormAsked:
        return member_asked(await own_record(session, actor, number))

    async def act(session: WriteSession, answers: Answers) -> str:
        new = understood(StaffMemberStated, answers)
        member_id = await service.add_member(session, actor, number, new)
        return f"{_at(number, member_id)}?done=staff-added"

    return await take_form(request, actor, sent, ask, act)


@router.get(_MEMBER)
async def show_member(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    number: Number,
    staff_member_id: uuid.UUID,
    done: Done = None,
) -> Response:
    """Show one of the staff, their checks, and what is due."""
    own, member = await _own_member(session, actor, number, staff_member_id)
    return await show_part(request, member_page(own, member, clock.today()), done)


@router.get(f"{_MEMBER}/change")
async def show_change(
    request: Request,
    session: Reading,
    actor: RecordsManager,
    number: Number,
    staff_member_id: uuid.UUID,
) -> Response:
    """Offer the form on which one of the staff is changed."""
    found = await _own_member(session, actor, number, staff_member_id)
    return await show_form(request, member_asked(*found))


@router.post(f"{_MEMBER}/change")
async def change_member(
    request: Request,
    actor: RecordsManager,
    number: Number,
    staff_member_id: uuid.UUID,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """Change what the record says of one of the staff."""

    async def ask(session: ReadSession) -> FormAsked:
        return member_asked(*await _own_member(session, actor, number, staff_member_id))

    async def act(session: WriteSession, answers: Answers) -> str:
        change = understood(StaffMemberChange, answers)
        await service.change_member(session, actor, number, staff_member_id, change, sent.version)
        return f"{_at(number, staff_member_id)}?done=staff-changed"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_MEMBER}/end")
async def show_end(
    request: Request,
    session: Reading,
    actor: RecordsManager,
    number: Number,
    staff_member_id: uuid.UUID,
) -> Response:
    """Offer the form on which somebody's last day is noted."""
    found = await _own_member(session, actor, number, staff_member_id)
    return await show_form(request, leaving_asked(*found))


@router.post(f"{_MEMBER}/end")
async def end_member(
    request: Request,
    actor: RecordsManager,
    number: Number,
    staff_member_id: uuid.UUID,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """Say from which day somebody works there no longer."""

    async def ask(session: ReadSession) -> FormAsked:
        return leaving_asked(*await _own_member(session, actor, number, staff_member_id))

    async def act(session: WriteSession, answers: Answers) -> str:
        ending = understood(Ending, answers)
        await service.end_member(session, actor, number, staff_member_id, ending, sent.version)
        return f"{_at(number, staff_member_id)}?done=staff-ended"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_MEMBER}/checks/add")
async def show_add_check(
    request: Request,
    session: Reading,
    actor: RecordsManager,
    number: Number,
    staff_member_id: uuid.UUID,
) -> Response:
    """Offer the form on which a check is noted."""
    found = await _own_member(session, actor, number, staff_member_id)
    return await show_form(request, check_asked(*found))


@router.post(f"{_MEMBER}/checks/add")
async def record_check(
    request: Request,
    actor: RecordsManager,
    number: Number,
    staff_member_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Note that a check was made: its day and what came of it."""

    async def ask(session: ReadSession) -> FormAsked:
        return check_asked(*await _own_member(session, actor, number, staff_member_id))

    async def act(session: WriteSession, answers: Answers) -> str:
        stated = understood(CheckStated, answers)
        await service.record_check(session, actor, number, staff_member_id, stated)
        return f"{_at(number, staff_member_id)}?done=check-noted"

    return await take_form(request, actor, sent, ask, act)


async def _own_member(
    session: ReadSession, actor: Actor, number: str, member_id: uuid.UUID
) -> tuple[Own, Any]:
    own = await own_record(session, actor, number)
    member, checks = await service.get_member(session, await see(session, number), member_id)
    return own, _told(member, checks, clock.today())


def _told(member: Any, checks: Sequence[Any], today: date) -> StaffMemberOut:
    due = []
    if service.works_on(member, today):
        due = service.due_of(
            regulated_activity=member.regulated_activity,
            statuses=service.statuses_of(checks),
            on=today,
        )
    plain = StaffMemberOut.model_fields.keys() - {"checks", "due"}
    return StaffMemberOut(
        **{name: getattr(member, name) for name in plain},
        checks=[CheckOut.model_validate(check) for check in checks],
        due=[
            DueOut(
                kind=one.due.kind,
                status=one.status,
                source=str(one.due.citation),
                binding=one.due.citation.binding,
            )
            for one in due
        ],
    )


def _at(number: str, member_id: uuid.UUID) -> str:
    return f"{RECORDS}/{number}/{STAFF}/{member_id}"
