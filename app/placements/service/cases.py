"""Cases of settings that may have to register as a school: opened by the test, closed by people."""

import uuid
from typing import Any, NoReturn

from app import clock
from app.access import Actor, DbRole
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.db.transactions import acting_as
from app.errors import VersionChangedError
from app.occupancy.service.threshold import Tested
from app.organisations.terms import OrganisationKind
from app.placements.errors import (
    CaseClosedError,
    CaseNotFoundError,
    CaseNotYoursError,
    LimitReachedError,
)
from app.placements.queries import cases as queries
from app.placements.schemas import CaseClosure
from app.providers.service.records import person_of
from app.rules.registration.law import NOT_COMMISSIONED
from app.values.uuid7 import uuid7


def refuse_beyond_limit(actor: Actor, tested: Tested, child_id: uuid.UUID) -> NoReturn:
    """Refuse a place with which a setting would have to register, and open a case about it.

    The refusal says the day and nothing else: neither which limb, nor whose child (design.md §6).
    That it was tried is written down with the case.

    Args:
        actor: who asked.
        tested: what the test says.
        child_id: for whom they asked.

    Raises:
        LimitReachedError: always.
    """
    refusal = LimitReachedError(
        f"From {tested.on.isoformat()} the setting would reach the limit at which it must register "
        "as a school, counting everybody who places children there. Agree fewer hours, choose "
        "another provider, or ask the local authority where it lies. That no place is added above "
        f"the limit rests on guidance ({NOT_COMMISSIONED.citation.source}); the offence would be "
        "the provider's.",
        on=tested.on.isoformat(),
        basis=NOT_COMMISSIONED.basis.value,
    )

    async def open_case(session: WriteSession) -> None:
        await note_limit(session, tested, refused=True)
        subject = Subject("child", child_id, None, actor.organisation_id)
        after = {"on": tested.on}
        await record(session, actor, "placement.refused_at_limit", subject, after=after)

    refusal.afterwards = open_case
    raise refusal


async def note_limit(session: WriteSession, tested: Tested, *, refused: bool) -> None:
    """Open a case for the department and the host authority, unless one is open."""
    row = {
        "id": uuid7(),
        "provider_id": tested.institution_id,
        "would_reach_on": tested.on,
        "refused": refused,
        "counts": "\n".join(tested.counts),
        "opened_at": clock.now(),
        "version": 1,
    }
    async with acting_as(session, DbRole.THRESHOLD):
        await queries.open_case(session, row)


async def look_at(session: ReadSession | WriteSession, case_id: uuid.UUID) -> Any:
    """Return a case that the actor may see.

    Raises:
        CaseNotFoundError: there is none.
    """
    found = await queries.get_case(session, case_id)
    if found is None:
        raise CaseNotFoundError("No case has this id, or none of a provider you answer for.")
    return found


async def close(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int], said: CaseClosure
) -> None:
    """Close a case: the department says what was found.

    Raises:
        PersonNeededError: a machine asks.
        CaseNotFoundError: there is none that the actor may see.
        CaseNotYoursError: they do not act for the department.
        VersionChangedError: it was changed since they read it.
        CaseClosedError: somebody closed it already.
    """
    person_id = person_of(actor)
    case_id, expected = of
    await look_at(session, case_id)
    if actor.organisation_kind != OrganisationKind.DEPARTMENT:
        raise CaseNotYoursError(
            "Only the department says whether a setting reaches the limit. Tell it what you know."
        )
    held = await queries.get_case(session, case_id, lock=True)
    if held is None or held.version != expected:
        version = held.version if held else None
        raise VersionChangedError(
            "It was changed since you read it. Read it again.", version=version
        )
    if held.closed_at is not None:
        raise CaseClosedError("It is closed already. What is new opens another case.")
    values = {
        "closure": said.closure.value,
        "closed_by": person_id,
        "closed_at": clock.now(),
        "closed_reason": said.reason,
    }
    await queries.close_case(session, case_id, values)
    subject = Subject("registration-case", case_id, held.provider, actor.organisation_id)
    await record(
        session, actor, "registration_case.closed", subject, after={"closure": said.closure}
    )
