"""Raising concerns, and closing them once they were looked into."""

import uuid
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.concerns import queries
from app.concerns.errors import ConcernClosedError, ConcernNotFoundError
from app.concerns.events import ConcernRaised
from app.concerns.schemas import ConcernClosure, NewConcern
from app.db.events import ReadSession, WriteSession, announce
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
from app.providers.errors import NotYoursToJudgeError, ProviderNotFoundError
from app.providers.queries.records import get_held
from app.providers.service.records import person_of
from app.values.uuid7 import uuid7


async def raise_concern(session: WriteSession, actor: Actor, new: NewConcern) -> uuid.UUID:
    """Raise a concern; return its id. Who owns the provider's record is not told of it.

    Raises:
        PersonNeededError: a machine asks.
        ProviderNotFoundError: no provider that the actor may see has this number.
        InvalidRequestError: it has no such site, or the day lies ahead.
    """
    person_id = person_of(actor)
    provider = await get_held(session, new.provider.upper())
    if provider is None:
        detail = "No provider that you may see has this number."
        raise ProviderNotFoundError(detail, errors=(FieldFault(detail, "/provider"),))
    site_id = await _site_of(session, provider.id, new)
    if new.noticed_on > clock.today():
        _refuse("Nothing is noticed in the future. Give today or an earlier day.", "/noticed_on")
    row = {
        "id": uuid7(),
        "provider_id": provider.id,
        "site_id": site_id,
        "kind": new.kind.value,
        "severity": new.severity.value,
        "what": new.what,
        "noticed_on": new.noticed_on,
        "raised_by": person_id,
        "raised_by_name": actor.name,
        "organisation_id": actor.organisation_id,
        "raised_at": clock.now(),
        "version": 1,
    }
    await queries.add_concern(session, row)
    announce(session, ConcernRaised(provider.id, site_id))
    after = {"kind": new.kind, "severity": new.severity, "site": new.site}
    subject = Subject("concern", str(row["id"]), provider.number, actor.organisation_id)
    await record(session, actor, "concern.raised", subject, after=after)
    return uuid.UUID(str(row["id"]))


async def look_at(session: ReadSession | WriteSession, concern_id: uuid.UUID) -> Any:
    """Return a concern that the actor may see.

    Raises:
        ConcernNotFoundError: there is none.
    """
    found = await queries.get_concern(session, concern_id)
    if found is None:
        raise ConcernNotFoundError(
            "No concern has this id, or none that your organisation raised or answers for."
        )
    return found


async def close(
    session: WriteSession, actor: Actor, concern_id: uuid.UUID, said: ConcernClosure, expected: int
) -> None:
    """Close a concern that was looked into.

    Raises:
        PersonNeededError: a machine asks.
        ConcernNotFoundError: there is none that the actor may see.
        NotYoursToJudgeError: they do not answer for the provider, or have a stake in it.
        VersionChangedError: it was changed since they read it.
        ConcernClosedError: somebody closed it already.
    """
    person_id = person_of(actor)
    await look_at(session, concern_id)
    held = await queries.get_concern(session, concern_id, lock=True)
    if held is None or not held.judges:
        raise NotYoursToJudgeError(
            "A concern is closed by an officer who answers for the provider and never worked for "
            "whoever owns it."
        )
    if held.version != expected:
        raise VersionChangedError(
            "It was changed since you read it. Read it again.", version=held.version
        )
    if held.closed_at is not None:
        raise ConcernClosedError("It is closed already. Raise anew what is new.")
    values = {
        "closure": said.closure.value,
        "closed_by": person_id,
        "closed_at": clock.now(),
        "closed_reason": said.reason,
    }
    await queries.close_concern(session, concern_id, values)
    subject = Subject("concern", held.id, held.provider, held.organisation_id)
    after = {"closure": said.closure}
    await record(session, actor, "concern.closed", subject, after=after)


async def _site_of(session: WriteSession, provider_id: uuid.UUID, new: NewConcern) -> Any:
    if new.site is None:
        return None
    site_id = await queries.find_site_id(session, provider_id, new.site)
    if site_id is None:
        _refuse(f"The provider has no site {new.site}.", "/site")
    return site_id


def _refuse(detail: str, where: str) -> None:
    raise InvalidRequestError(detail, errors=(FieldFault(detail, where),))
