"""Who stands by a record: others who looked, and its owner, who confirms and agrees."""

import uuid
from datetime import date
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import ReadSession, WriteSession, announce
from app.errors import FieldFault, InvalidRequestError
from app.providers.errors import PartNotFoundError
from app.providers.events import ProviderChanged
from app.providers.evidence import add_months
from app.providers.models.ownership import (
    ProviderConfirmation,
    ProviderConsent,
    ProviderVerification,
)
from app.providers.queries import parts
from app.providers.queries import people as people_queries
from app.providers.record_terms import VerifiedSubject
from app.providers.schemas.vouching import NewVerification
from app.providers.service.records import Held, judge, keep, person_of, subject_of
from app.standards.queries.published_policies import policy_on
from app.standards.terms import PolicyCode
from app.values.uuid7 import uuid7


async def verify(
    session: WriteSession, actor: Actor, number: str, new: NewVerification
) -> uuid.UUID:
    """Say that a part of a record was found right, or wrong; return the verification's id.

    Raises:
        ProviderNotFoundError: there is no such record that the actor answers for.
        NotYoursToJudgeError: they work, or worked, for its owner.
        PartNotFoundError: the record has no such part.
        InvalidRequestError: the day is yet to come, or no part is named.
    """
    held, _ = await judge(session, number)
    subject_id = held.id
    if new.subject_kind is not VerifiedSubject.PROVIDER:
        if new.subject_id is None:
            raise _fault("Name the part in subject_id.", "/subject_id")
        subject_id = new.subject_id
        if not await parts.has_subject(session, held.id, new.subject_kind, subject_id):
            raise PartNotFoundError(
                f"The record of {held.name} has no {new.subject_kind} of that id. Read it again."
            )
    elif new.subject_id not in {None, held.id}:
        raise _fault("Leave it out for the provider as a whole.", "/subject_id")
    return await note_verification(session, actor, held, new, subject_id)


async def note_verification(
    session: WriteSession, actor: Actor, held: Held, new: NewVerification, subject_id: uuid.UUID
) -> uuid.UUID:
    """Write down a look at a part of a record that the actor may judge.

    Raises:
        InvalidRequestError: the day is yet to come.
    """
    today = clock.today()
    day = new.verified_on or today
    if day > today:
        raise _fault("Nobody has looked yet on a day to come.", "/verified_on")
    row = ProviderVerification(
        id=uuid7(),
        provider_id=held.id,
        subject_kind=new.subject_kind.value,
        subject_id=subject_id,
        held=new.held,
        how=new.how.value,
        note=new.note,
        verified_on=day,
        person_id=person_of(actor),
        person_name=actor.name,
        organisation_id=actor.organisation_id,
        recorded_at=clock.now(),
    )
    await parts.add_row(session, row)
    announce(session, ProviderChanged(held.id))
    after = {
        "subject_kind": new.subject_kind,
        "subject_id": subject_id,
        "held": new.held,
        "how": new.how,
        "verified_on": day,
    }
    await record(session, actor, "provider.verified", subject_of(held), after=after)
    return row.id


async def consent(session: WriteSession, actor: Actor, number: str, *, given: bool) -> None:
    """Agree to publication for the record's owner, or take that back.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
    """
    held, _ = await keep(session, number)
    row = ProviderConsent(
        id=uuid7(),
        provider_id=held.id,
        given=given,
        person_id=person_of(actor),
        person_name=actor.name,
        recorded_at=clock.now(),
    )
    await parts.add_row(session, row)
    announce(session, ProviderChanged(held.id))
    act = "provider_consent.given" if given else "provider_consent.taken_back"
    await record(session, actor, act, subject_of(held), after={"given": given})


async def confirm(session: WriteSession, actor: Actor, number: str) -> None:
    """Say for the owner that the whole record is right today, the people behind it included.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
    """
    held, _ = await keep(session, number)
    today = clock.today()
    row = ProviderConfirmation(
        id=uuid7(),
        provider_id=held.id,
        confirmed_on=today,
        person_id=person_of(actor),
        person_name=actor.name,
        recorded_at=clock.now(),
    )
    await parts.add_row(session, row)
    await people_queries.confirm_present(session, held.id, today)
    announce(session, ProviderChanged(held.id))
    await record(session, actor, "provider_record.confirmed", subject_of(held), after={"on": today})


async def confirmation_due(
    session: ReadSession | WriteSession, confirmed_on: date | None, begun_on: date
) -> date | None:
    """Return the day by which the owner is to confirm the record next; `None` without a policy.

    Args:
        session: of any role.
        confirmed_on: when they last did.
        begun_on: since when they have it, where they never did.
    """
    policy = await policy_on(session, PolicyCode.YEARLY_CONFIRMATION, clock.today())
    months: Any = (policy or {}).get("months")
    if not isinstance(months, int):
        return None
    return add_months(confirmed_on or begun_on, months)


def effect_of(given: bool, status: str) -> str:
    """Say what follows from agreeing to publication, or taking it back."""
    if given:
        return "What the register shows of the provider includes its website, e-mail and phone."
    if status == "known":
        return "The provider is not public, and cannot be listed without consent."
    return (
        "The website, e-mail address and phone number are no longer shown. The listing itself "
        "stays public, as whoever relies on it must be able to see it, until it is closed: ask for "
        "that separately."
    )


def _fault(detail: str, pointer: str) -> InvalidRequestError:
    return InvalidRequestError(detail, errors=(FieldFault(detail, pointer),))
