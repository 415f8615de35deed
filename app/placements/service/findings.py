"""The department's finding that a child is not full-time at a setting, whatever its hours say.

It looks at the children of a case without their names. A finding covers the hours that it saw, on
the days it names; the registration test counts it (`rules.registration`). Nobody else learns of it.
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record, record_read
from app.audit.terms import Purpose, Subject
from app.db.events import ReadSession, WriteSession
from app.organisations.terms import OrganisationKind
from app.placements.errors import CaseChildNotFoundError, CaseClosedError, CaseNotYoursError
from app.placements.queries import findings as queries
from app.placements.schemas import FullTimeFindingStated
from app.placements.service.cases import look_at
from app.providers.service.records import person_of
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True)
class CaseLooked:
    """A case and its children.

    Attributes:
        case: as it is kept.
        on: the day that is looked at: today, or the day of the limit if that lies ahead.
        children: a row for each; `child_link` never leaves the service.
        findings: what was found, the newest first.
    """

    case: Any
    on: date
    children: Sequence[Any]
    findings: Sequence[Any]


def name_in(case_id: uuid.UUID, link_id: uuid.UUID) -> uuid.UUID:
    """Return what a child is called in a case: the same there always, and nowhere else."""
    return uuid.UUID(bytes=hashlib.sha256(case_id.bytes + link_id.bytes).digest()[:16])


async def read_children(session: WriteSession, actor: Actor, case_id: uuid.UUID) -> CaseLooked:
    """Return the children of a case, and write down who looked.

    Raises:
        CaseNotFoundError: there is none that the actor may see.
        CaseNotYoursError: they do not act for the department.
    """
    looked = await look_at_children(session, actor, case_id)
    subject = Subject("registration-case", case_id, looked.case.provider, actor.organisation_id)
    act = "registration_case.children_read"
    await record_read(session, actor, act, subject, Purpose.OVERSIGHT)
    return looked


async def look_at_children(session: AnySession, actor: Actor, case_id: uuid.UUID) -> CaseLooked:
    """Return the children of a case, for whoever has written down that they look.

    Raises:
        CaseNotFoundError, CaseNotYoursError: as for `read_children`.
    """
    case = await look_at(session, case_id)
    if actor.organisation_kind != OrganisationKind.DEPARTMENT:
        raise CaseNotYoursError(
            "Only the department looks at the children of a case, and finds whether they are "
            "full-time. Tell it what you know."
        )
    day = max(clock.today(), case.would_reach_on)
    return CaseLooked(
        case,
        day,
        await queries.children_in_case(session, case_id, day),
        await queries.list_findings(session, case_id),
    )


async def find(
    session: WriteSession, actor: Actor, case_id: uuid.UUID, stated: FullTimeFindingStated
) -> None:
    """Record what the department found of one child of a case.

    Raises:
        PersonNeededError: a machine asks.
        CaseNotFoundError, CaseNotYoursError: as for `read_children`.
        CaseClosedError: the case is closed; what is new opens another.
        CaseChildNotFoundError: no child of the case is called so.
    """
    person_id = person_of(actor)
    looked = await look_at_children(session, actor, case_id)
    if looked.case.closed_at is not None:
        raise CaseClosedError("It is closed already. What is new opens another case.")
    child = next(
        (one for one in looked.children if name_in(case_id, one.child_link) == stated.child), None
    )
    if child is None:
        raise CaseChildNotFoundError(
            "No child is called so in this case. Read its children again: they may have changed."
        )
    row = {
        "id": uuid7(),
        "case_id": case_id,
        "child_link": child.child_link,
        "finding": stated.finding.value,
        "weekly_minutes": child.minutes,
        "since": stated.since,
        "until": stated.until,
        "reasons": stated.reasons,
        "found_by": person_id,
        "found_by_name": actor.name,
        "found_at": clock.now(),
    }
    await queries.add_finding(session, row)
    subject = Subject("registration-case", case_id, looked.case.provider, actor.organisation_id)
    after = {"finding": stated.finding, "since": stated.since, "until": stated.until}
    await record(session, actor, "registration_case.child_found", subject, after=after)
