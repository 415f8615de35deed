"""What people decide: codes of the register, days without, contacts, and what came of alerts."""

import uuid
from typing import Any

from app import clock
from app.access import Actor
from app.attendance.errors import (
    AlertAcknowledgedError,
    AlertNotFoundError,
    AttendanceNotYoursError,
    ClosureNotFoundError,
    ClosureWithdrawnError,
    CodeForbiddenError,
)
from app.attendance.queries import alerts as queries
from app.attendance.queries import sessions as session_queries
from app.attendance.schemas.asked import AgreedContact, AlertAcknowledgement, NewClosure, NewCode
from app.attendance.service.reporting import holidays
from app.attendance.service.telling import reported_of
from app.attendance.terms import ClosureScope
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.organisations.terms import PLACING_KINDS
from app.placements.errors import PlacementNotYoursError
from app.placements.service.recording import look_at as look_at_placement
from app.placements.service.recording import subject_of
from app.providers.service.records import person_of
from app.rules.attendance.reporting import Decided, decide, halves_of
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession


async def enter_code(
    session: WriteSession, actor: Actor, placement_id: uuid.UUID, new: NewCode
) -> Decided:
    """Enter the code that the home school decides on for a half day; a wrong one is warned of.

    Raises:
        AttendanceNotYoursError: the actor does not keep the child's register.
        InvalidRequestError: the placement has no session in that half day.
        CodeForbiddenError: an enactment forbids it for what was reported.
    """
    if not await session_queries.may_register(session, placement_id):
        raise AttendanceNotYoursError(
            "The register is the home school's: the one on whose roll the child is enters codes."
        )
    day = new.on
    rows = await session_queries.expected_sessions(
        session, [placement_id], (day, day), holidays(day, day)
    )
    of_half = [row for row in rows if new.half in halves_of(row.starts, row.ends)]
    if not of_half:
        detail = f"The placement has no session in that {new.half}."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/half"),))
    latest = await session_queries.latest_facts(session, [placement_id], day, day)
    fact = latest.get((placement_id, day, of_half[0].starts))
    decided = decide(reported_of(of_half[0], fact), new.half, new.code, day)
    if decided.refused and decided.warning is not None:
        detail = f"{decided.warning.because} If the report is wrong, have it corrected first."
        rule = decided.warning.rule
        raise CodeForbiddenError(
            detail,
            errors=(FieldFault(detail, "/code"),),
            basis=rule.basis.value,
            rule=rule.code,
        )
    row = {
        "id": uuid7(),
        "placement_id": placement_id,
        "day": day,
        "half": new.half.value,
        "code": new.code.value,
        "proposed": decided.proposed.code.value if decided.proposed.code else None,
        "warning": decided.warning.because if decided.warning else None,
        "decided_by": actor.name,
        "recorded_at": clock.now(),
    }
    await session_queries.add_code(session, row)
    subject = Subject("placement", placement_id, None, actor.organisation_id)
    after = {"on": day, "half": new.half, "warned": decided.warning is not None}
    await record(session, actor, "attendance.code_entered", subject, after=after)
    return decided


async def agree_contact(
    session: WriteSession, actor: Actor, placement_id: uuid.UUID, agreed: AgreedContact
) -> None:
    """Say whom alerts of a placement go to, and how soon.

    Raises:
        PlacementNotFoundError: there is none that the actor may see.
        PlacementNotYoursError: it is another commissioner's.
        InvalidRequestError: the person does not work for the commissioner.
    """
    placement = await look_at_placement(session, placement_id)
    if placement.commissioner_id != actor.organisation_id:
        raise PlacementNotYoursError("Only the commissioner whose placement it is names a contact.")
    if not await queries.works_for(session, agreed.person, placement.commissioner_id):
        detail = "Nobody of this id works for your organisation."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/person"),))
    row = {
        "id": uuid7(),
        "placement_id": placement_id,
        "person_id": agreed.person,
        "minutes": agreed.minutes,
        "agreed_by": actor.name,
        "recorded_at": clock.now(),
    }
    await queries.add_contact(session, row)
    subject = subject_of(placement_id, placement.commissioner_id)
    after = {"minutes": agreed.minutes}
    await record(session, actor, "attendance.contact_agreed", subject, after=after)


async def close_days(session: WriteSession, actor: Actor, new: NewClosure) -> uuid.UUID:
    """Say that nobody is expected on some days; return the closure's id.

    Raises:
        AttendanceNotYoursError: the site or placement is neither theirs to provide nor to
            commission, or they place no children.
    """
    of, closure_id = await _of_what(session, actor, new), uuid7()
    row = {
        "id": closure_id,
        "site_id": None,
        "placement_id": None,
        "commissioner_id": None,
        "since": new.since,
        "until": new.until,
        "reason": new.reason.value,
        "organisation_id": actor.organisation_id,
        "said_by": actor.name,
        "recorded_at": clock.now(),
    }
    await queries.add_closure(session, row | of)
    subject = Subject("attendance-closure", closure_id, None, actor.organisation_id)
    after = {"scope": new.scope, "since": new.since, "until": new.until}
    await record(session, actor, "attendance.days_closed", subject, after=after)
    return closure_id


async def _of_what(session: AnySession, actor: Actor, new: NewClosure) -> dict[str, Any]:
    if new.scope is ClosureScope.SITE and new.provider is not None and new.site is not None:
        site_id = await queries.find_own_site(session, new.provider.upper(), new.site)
        if site_id is not None:
            return {"site_id": site_id}
    elif new.scope is ClosureScope.PLACEMENT and new.placement is not None:
        if await session_queries.may_report(session, new.placement):
            return {"placement_id": new.placement}
    elif actor.organisation_kind in PLACING_KINDS:
        return {"commissioner_id": actor.organisation_id}
    raise AttendanceNotYoursError(
        "A provider closes its own sites, a commissioner its own days, and either the days of a "
        "placement that they share."
    )


async def withdraw_closure(session: WriteSession, actor: Actor, closure_id: uuid.UUID) -> None:
    """Say that somebody is expected on these days after all.

    Raises:
        ClosureNotFoundError: there is none that the actor may see.
        AttendanceNotYoursError: another organisation said so.
        ClosureWithdrawnError: it was withdrawn already.
    """
    found = await queries.get_closure(session, closure_id)
    if found is None:
        raise ClosureNotFoundError("No closure has this id, or none that you may see.")
    if found.organisation_id != actor.organisation_id:
        raise AttendanceNotYoursError("Whoever said so withdraws it.")
    held = await queries.get_closure(session, closure_id, lock=True)
    if held is None or held.withdrawn_at is not None:
        raise ClosureWithdrawnError("It is withdrawn already.")
    await queries.withdraw_closure(session, closure_id, clock.now())
    subject = Subject("attendance-closure", closure_id, None, actor.organisation_id)
    await record(session, actor, "attendance.days_opened", subject)


async def answer_alert(
    session: WriteSession, actor: Actor, alert_id: uuid.UUID, said: AlertAcknowledgement
) -> None:
    """Take an alert, and say what came of it.

    Raises:
        PersonNeededError: a machine asks.
        AlertNotFoundError: there is none that the actor may see.
        PlacementNotYoursError: it is another commissioner's.
        AlertAcknowledgedError: somebody took it already.
    """
    person_id = person_of(actor)
    seen = await look_at_alert(session, alert_id)
    if seen.commissioner_id != actor.organisation_id:
        raise PlacementNotYoursError("Only the commissioner whose placement it is takes an alert.")
    held = await queries.get_alert(session, alert_id, lock=True)
    if held is None or held.answered_at is not None:
        raise AlertAcknowledgedError("Somebody took it already; read it to see who.")
    values = {
        "answer": said.answer.value,
        "answered_by": person_id,
        "answered_by_name": actor.name,
        "answered_at": clock.now(),
    }
    await queries.answer_alert(session, alert_id, values)
    subject = subject_of(held.placement_id, held.commissioner_id)
    after = {"answer": said.answer}
    await record(session, actor, "attendance.alert_taken", subject, after=after)


async def look_at_alert(session: AnySession, alert_id: uuid.UUID) -> Any:
    """Return an alert that the actor may see.

    Raises:
        AlertNotFoundError: there is none.
    """
    found = await queries.get_alert(session, alert_id)
    if found is None:
        raise AlertNotFoundError("No alert has this id, or none of a placement that you may see.")
    return found
