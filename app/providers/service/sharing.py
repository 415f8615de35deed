"""Whom a provider lets see its evidence: given, taken back, over by itself; and what they see."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault
from app.organisations.queries.organisations import get_organisation
from app.organisations.terms import OrganisationKind
from app.providers.errors import ProviderNotFoundError
from app.providers.evidence_errors import (
    DocumentNotFoundError,
    DocumentWithdrawnError,
    ShareEndedError,
    ShareNotFitError,
    ShareNotFoundError,
    ShareStandsError,
)
from app.providers.models.documents import DocumentShare
from app.providers.queries import documents, records
from app.providers.queries import sharing as queries
from app.providers.schemas.sharing import NewShare
from app.providers.service.records import Held, keep, part_of, person_of
from app.values.uuid7 import uuid7

LONGEST = timedelta(days=731)
"""Our own policy: what was agreed to more than two years ago is asked for again."""
COMMISSIONERS = frozenset(OrganisationKind) - {
    OrganisationKind.PROVIDER_OWNER,
    OrganisationKind.DEPARTMENT,
}
"""Whom evidence can be shared with; the department answers for every provider anyway."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see of a provider's evidence.

    Attributes:
        held: the record.
        whole: everything, as its owner or who answers for it.
        everything: everything that consent covers, as a commissioner.
        documents: these alone, as a commissioner.
    """

    held: Held
    whole: bool
    everything: bool
    documents: frozenset[uuid.UUID]

    @property
    def only(self) -> frozenset[uuid.UUID] | None:
        """The documents there are for them; `None`: all."""
        return None if self.whole or self.everything else self.documents


async def see(session: ReadSession | WriteSession, number: str) -> Sight:
    """Return what the actor may see of a provider's evidence today.

    Raises:
        ProviderNotFoundError: nothing: they neither own it nor answer for it, and none is shared
            with them any more.
    """
    found = await records.get_held(session, number.upper())
    if found is not None:
        held = Held(*found)
        if held.owns or held.answers:
            return Sight(held, whole=True, everything=True, documents=frozenset())
        shared = await queries.find_shared(session, held.id, clock.today())
        if shared:
            single = frozenset(one for one in shared if one is not None)
            return Sight(held, whole=False, everything=None in shared, documents=single)
    raise ProviderNotFoundError(
        "No record has this number, or none whose evidence you may see: you neither own it nor "
        "answer for it, and nothing of it is shared with your organisation now. Ask the provider "
        "to share it."
    )


async def share(session: WriteSession, actor: Actor, number: str, new: NewShare) -> uuid.UUID:
    """Let a commissioner see a provider's evidence until a day, and return the consent's id.

    Raises:
        ProviderNotFoundError: the record is none of the actor's business.
        RecordNotYoursError: they do not own it.
        PersonNeededError: a machine asks.
        ShareNotFitError: the organisation is no commissioner, or the day is no good.
        DocumentNotFoundError: the record has no such document.
        DocumentWithdrawnError: it was taken back.
        ShareStandsError: the same is shared with them already.
    """
    person = person_of(actor)
    held, _ = await keep(session, number)
    name = await _check_commissioner(session, new.organisation_id)
    today = clock.today()
    if not today <= new.until <= today + LONGEST:
        detail = "Consent lasts from today to two years from now at most. Choose a day between."
        raise ShareNotFitError(detail, errors=(FieldFault(detail, "/until"),))
    await _check_document(session, held, new.document_id)
    standing = await queries.find_standing(
        session, held.id, new.organisation_id, new.document_id, today
    )
    if standing is not None:
        raise ShareStandsError(
            f"{name} sees this already, until {standing.until.isoformat()}. To change the day, "
            "take that consent back and give another.",
            share_id=str(standing.id),
        )
    given = DocumentShare(
        id=uuid7(),
        provider_id=held.id,
        document_id=new.document_id,
        organisation_id=new.organisation_id,
        until=new.until,
        granted_by=person,
        granted_at=clock.now(),
    )
    await queries.add_share(session, given)
    after = {
        "organisation_id": new.organisation_id,
        "organisation": name,
        "document_id": new.document_id,
        "until": new.until,
    }
    await record(session, actor, "evidence.shared", part_of(held, "share", given.id), after=after)
    return given.id


async def revoke(session: WriteSession, actor: Actor, number: str, share_id: uuid.UUID) -> None:
    """Take a consent back; from then on its commissioner sees nothing by it.

    Raises:
        ProviderNotFoundError: the record is none of the actor's business.
        RecordNotYoursError: they do not own it.
        PersonNeededError: a machine asks.
        ShareNotFoundError: the record has no such consent.
        ShareEndedError: it is over already.
    """
    person = person_of(actor)
    held, _ = await keep(session, number)
    given = await queries.lock_share(session, held.id, share_id)
    if given is None:
        raise _no_share()
    if given.revoked_at is not None or given.until < clock.today():
        raise ShareEndedError("This consent is over. Nobody sees anything by it any more.")
    given.revoked_at, given.revoked_by = clock.now(), person
    before = {"organisation_id": given.organisation_id, "until": given.until}
    subject = part_of(held, "share", given.id)
    await record(session, actor, "evidence.unshared", subject, before=before)


def _no_share() -> ShareNotFoundError:
    return ShareNotFoundError("The record has no consent with this id, or none that you may see.")


async def _check_commissioner(session: WriteSession, organisation_id: uuid.UUID) -> str:
    found = await get_organisation(session, organisation_id)
    detail = "No organisation has this id. Look it up at /v1/organisations."
    if found is not None:
        if found.kind in COMMISSIONERS and found.closed_on is None:
            return str(found.name)
        detail = (
            f"{found.name} commissions nothing. Share with a school, a trust, a federation or an "
            "authority that is open."
        )
    raise ShareNotFitError(detail, errors=(FieldFault(detail, "/organisation_id"),))


async def _check_document(session: WriteSession, held: Held, document_id: uuid.UUID | None) -> None:
    if document_id is None:
        return
    found = await documents.get_document(session, held.id, document_id)
    if found is None:
        detail = "The record has no such document. Its documents are listed at /documents."
        raise DocumentNotFoundError(detail, errors=(FieldFault(detail, "/document_id"),))
    if found.Document.withdrawn_at is not None:
        detail = "This document was taken back. Share the one that took its place."
        raise DocumentWithdrawnError(detail, errors=(FieldFault(detail, "/document_id"),))
