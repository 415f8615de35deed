"""The single central record: who works with children, what was checked of them, what is due."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import clock
from app.access import Actor
from app.audit.fields import changed
from app.audit.service import record
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.providers.evidence import CheckStatus, settles
from app.providers.evidence_errors import (
    CheckNotLawfulError,
    StaffMemberLeftError,
    StaffMemberNotFoundError,
)
from app.providers.models.people import StaffCheck, StaffMember
from app.providers.queries import staff as queries
from app.providers.schemas.offers import Ending
from app.providers.schemas.staff import CheckStated, StaffMemberChange, StaffMemberStated
from app.providers.service.records import Held, check_version, keep, part_of, person_of
from app.providers.service.sharing import Sight
from app.rules.dated import NotInForceError
from app.rules.staff_checks import CheckKind, Due, checks_due, may_search_barred_list
from app.values.uuid7 import uuid7

_UNDATED = frozenset({CheckStatus.PENDING, CheckStatus.NOT_REQUIRED})


@dataclass(frozen=True, slots=True)
class Standing:
    """A check that is due of somebody, and the status of the newest of its kind."""

    due: Due
    status: CheckStatus | None


def due_of(*, regulated_activity: bool, statuses: Mapping[str, str], on: date) -> list[Standing]:
    """Return which checks are due of somebody who works there, and are not settled.

    Args:
        regulated_activity: whether they are in regulated activity with children.
        statuses: of their newest checks, by kind.
        on: the day.
    """
    found = []
    for due in checks_due(regulated_activity=regulated_activity, on=on):
        held = statuses.get(due.kind.value)
        status = CheckStatus(held) if held else None
        if not settles(due.kind, status):
            found.append(Standing(due, status))
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """How many work there on a day, and what is due of how many."""

    members: int
    in_regulated_activity: int
    nothing_due: int
    due: Mapping[CheckKind, int]


async def count(session: ReadSession | WriteSession, provider_id: uuid.UUID, on: date) -> Counted:
    """Return how many work for a provider on a day and what is due, without knowing who."""
    members: dict[int, Any] = {}
    statuses: dict[int, dict[str, str]] = defaultdict(dict)
    for row in await queries.list_facts(session, provider_id):
        if works_on(row, on):
            members[row.member] = row
            if row.kind is not None:
                statuses[row.member][row.kind] = row.status
    due = [
        due_of(regulated_activity=row.regulated_activity, statuses=statuses[member], on=on)
        for member, row in members.items()
    ]
    return Counted(
        len(members),
        sum(row.regulated_activity for row in members.values()),
        sum(not each for each in due),
        Counter(one.due.kind for each in due for one in each),
    )


def works_on(member: Any, day: date) -> bool:
    """Say whether somebody works there on a day; who ends on it does not."""
    started, ended = member.started_on, member.ended_on
    return (started is None or started <= day) and (ended is None or ended > day)


async def get_member(
    session: ReadSession | WriteSession, sight: Sight, member_id: uuid.UUID
) -> tuple[StaffMember, Sequence[StaffCheck]]:
    """Return somebody on the record, with their newest checks.

    Raises:
        StaffMemberNotFoundError: nobody has this id, or the actor may not know who works there.
    """
    member = None
    if sight.everything:
        member = await queries.get_member(session, sight.held.id, member_id)
    if member is None:
        raise _nobody()
    checks = await queries.newest_checks(session, [member.id])
    return member, checks.get(member.id, ())


async def add_member(
    session: WriteSession, actor: Actor, number: str, new: StaffMemberStated
) -> uuid.UUID:
    """Put somebody who works with children on the record; return their id.

    Raises:
        ProviderNotFoundError: the record is none of the actor's business.
        RecordNotYoursError: they do not own it.
    """
    held, _ = await keep(session, number)
    present = clock.now()
    member = StaffMember(
        id=uuid7(),
        provider_id=held.id,
        recorded_at=present,
        changed_at=present,
        version=1,
        **new.model_dump(),
    )
    await queries.add_row(session, member)
    subject = part_of(held, "staff_member", member.id, new.name)
    await record(session, actor, "staff_member.added", subject, after=new.model_dump())
    return member.id


async def change_member(
    session: WriteSession,
    actor: Actor,
    number: str,
    member_id: uuid.UUID,
    change: StaffMemberChange,
    expected: int,
) -> None:
    """Change what the record says of somebody who works there.

    Raises:
        ProviderNotFoundError: the record is none of the actor's business.
        RecordNotYoursError: they do not own it.
        StaffMemberNotFoundError: nobody has this id.
        StaffMemberLeftError: they work there no longer.
        VersionChangedError: they were changed since the actor read it.
    """
    held, member = await _locked(session, number, member_id)
    check_version(member.version, expected, member.name)
    stated = {name: getattr(change, name) for name in change.model_fields_set}
    was, now = changed({name: getattr(member, name) for name in stated}, stated)
    if not now:
        return
    await _set(session, member, stated)
    subject = part_of(held, "staff_member", member.id, member.name)
    await record(session, actor, "staff_member.changed", subject, before=was, after=now)


async def end_member(
    session: WriteSession,
    actor: Actor,
    number: str,
    member_id: uuid.UUID,
    ending: Ending,
    expected: int,
) -> None:
    """Say that somebody works there no longer, from a day on.

    Raises:
        As for `change_member`.
        InvalidRequestError: they would end before they began.
    """
    held, member = await _locked(session, number, member_id)
    check_version(member.version, expected, member.name)
    if member.started_on is not None and ending.on < member.started_on:
        detail = f"They began on {member.started_on.isoformat()}. Give a later day."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/on"),))
    await _set(session, member, {"ended_on": ending.on})
    subject = part_of(held, "staff_member", member.id, member.name)
    after = {"ended_on": ending.on}
    await record(session, actor, "staff_member.ended", subject, after=after)


async def record_check(
    session: WriteSession, actor: Actor, number: str, member_id: uuid.UUID, stated: CheckStated
) -> None:
    """Record that a check was made of somebody: its status and day, and nothing more of it.

    Raises:
        ProviderNotFoundError: the record is none of the actor's business.
        RecordNotYoursError: they do not own it.
        PersonNeededError: a machine asks.
        StaffMemberNotFoundError: nobody has this id.
        StaffMemberLeftError: they work there no longer.
        CheckNotLawfulError: the law does not let this be checked of them.
        InvalidRequestError: it has no day, or one that has yet to come.
    """
    person = person_of(actor)
    held, member = await _locked(session, number, member_id)
    _check_lawful(member, stated)
    _check_dated(stated)
    check = StaffCheck(
        id=uuid7(),
        staff_member_id=member.id,
        recorded_by=person,
        recorded_at=clock.now(),
        **stated.model_dump(mode="json", exclude={"checked_on"}),
        checked_on=stated.checked_on,
    )
    await queries.add_row(session, check)
    subject = part_of(held, "staff_member", member.id, member.name)
    after = stated.model_dump(exclude={"basis"})
    await record(session, actor, "staff_check.recorded", subject, after=after)


def statuses_of(checks: Iterable[StaffCheck]) -> dict[str, str]:
    """Return the statuses of somebody's newest checks, by kind."""
    return {check.kind: check.status for check in checks}


def _check_lawful(member: StaffMember, stated: CheckStated) -> None:
    if stated.kind is not CheckKind.BARRED_LIST or stated.status is CheckStatus.NOT_REQUIRED:
        return
    try:
        finding = may_search_barred_list(
            regulated_activity=member.regulated_activity, on=stated.checked_on or clock.today()
        )
    except NotInForceError as unknown:
        detail = "The lists that were searched that day are not those of today. Search them anew."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/checked_on"),)) from unknown
    if not finding.holds:
        detail = (
            f"{finding.because} What {member.name} does is not said to be that. "
            f"({finding.citation})"
        )
        raise CheckNotLawfulError(detail, errors=(FieldFault(detail, "/kind"),))


def _check_dated(stated: CheckStated) -> None:
    detail = None
    if stated.checked_on is None and stated.status not in _UNDATED:
        detail = "Give the day of the check."
    elif stated.checked_on is not None and stated.checked_on > clock.today():
        detail = "A check that has yet to be made is pending. Give its day when it was made."
    if detail is not None:
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/checked_on"),))


async def _locked(
    session: WriteSession, number: str, member_id: uuid.UUID
) -> tuple[Held, StaffMember]:
    held, _ = await keep(session, number)
    member = await queries.get_member(session, held.id, member_id, lock=True)
    if member is None:
        raise _nobody()
    if member.ended_on is not None and member.ended_on <= clock.today():
        raise StaffMemberLeftError(
            f"{member.name} has left. What is on record stays as it was; who comes back is added "
            "anew."
        )
    return held, member


async def _set(session: WriteSession, member: StaffMember, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(member, name, value)
    member.changed_at = clock.now()
    member.version += 1
    await session.flush()


def _nobody() -> StaffMemberNotFoundError:
    return StaffMemberNotFoundError(
        "Nobody on the record has this id, or nobody that you may know of by name."
    )
