"""Interests that officers declare, so that the service keeps them out of what they are tied to."""

import uuid

from app import clock
from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import WriteSession
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
from app.inspections.errors import InterestNotFoundError
from app.inspections.models.inspections import DeclaredInterest
from app.inspections.queries import interests as queries
from app.inspections.schemas.inspections import InterestChange, NewInterest
from app.providers.errors import ProviderNotFoundError
from app.providers.queries.records import get_held
from app.providers.service.records import person_of
from app.values.uuid7 import uuid7


async def declare(session: WriteSession, actor: Actor, new: NewInterest) -> uuid.UUID:
    """Declare what ties one to a provider; return its id.

    It binds from then on: whoever declares it inspects nothing there, checks nothing and decides
    no appeal. What they did before stays done, and is seen by whoever checks it.

    Raises:
        PersonNeededError: a machine asks.
        ProviderNotFoundError: no provider that they may see has this number.
        InvalidRequestError: it begins in the future.
    """
    person_id = person_of(actor)
    held = await get_held(session, new.provider.upper())
    if held is None:
        detail = "No provider that you may see has this number."
        raise ProviderNotFoundError(detail, errors=(FieldFault(detail, "/provider"),))
    _check_day(new.since > clock.today(), "/since")
    row = DeclaredInterest(
        id=uuid7(),
        person_id=person_id,
        organisation_id=actor.organisation_id,
        provider_id=held.id,
        kind=new.kind.value,
        detail=new.detail,
        since=new.since,
        declared_at=clock.now(),
        version=1,
    )
    await queries.add_interest(session, row)
    after = {"provider": held.number, "kind": new.kind, "since": new.since}
    await record(session, actor, "interest.declared", _subject(row, held.number), after=after)
    return row.id


async def end(
    session: WriteSession,
    actor: Actor,
    interest_id: uuid.UUID,
    change: InterestChange,
    expected: int,
) -> None:
    """Say from when an interest of one's own no longer binds; a day that is over already does not.

    Raises:
        PersonNeededError: a machine asks.
        InterestNotFoundError: it is none of their own.
        VersionChangedError: it was changed since they read it.
        InvalidRequestError: the last day lies in the past, or before the first.
    """
    person_id = person_of(actor)
    held = await queries.get_own(session, interest_id, person_id)
    if held is None:
        raise InterestNotFoundError("No interest with this id is yours.")
    if held.version != expected:
        raise VersionChangedError(
            "It was changed since you read it. Read it again.", version=held.version
        )
    _check_day(change.ended_on < max(clock.today(), held.since), "/ended_on")
    held.ended_on = change.ended_on
    held.version += 1
    await session.flush()
    after = {"ended_on": change.ended_on}
    await record(session, actor, "interest.ended", _subject(held, None), after=after)


def _subject(row: DeclaredInterest, number: str | None) -> Subject:
    return Subject("declared_interest", row.id, number, row.organisation_id)


def _check_day(wrong: bool, where: str) -> None:
    if wrong:
        detail = (
            "Give today or an earlier day."
            if where == "/since"
            else "Give today or a later day, and not one before it began."
        )
        raise InvalidRequestError(detail, errors=(FieldFault(detail, where),))
