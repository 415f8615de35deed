"""Documents: sent, replaced, withdrawn and opened. None is ever deleted."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession, announce
from app.errors import FieldFault
from app.files.events import FileSpoiled
from app.files.filing import Filing
from app.files.service import OpenedFile, open_file, receive
from app.files.terms import Incoming
from app.providers.errors import SiteNotFoundError
from app.providers.events import ProviderChanged
from app.providers.evidence import INSURANCES, UNLIMITED, add_months, current_until
from app.providers.evidence_errors import (
    DocumentNotFitError,
    DocumentNotFoundError,
    DocumentReplacedError,
    DocumentWithdrawnError,
    FileMissingError,
)
from app.providers.models.documents import Document
from app.providers.queries import documents as queries
from app.providers.queries import parts
from app.providers.schemas.documents import NewDocument, Withdrawal
from app.providers.service.records import Held, check_version, keep, part_of, person_of
from app.providers.service.sharing import Sight, see
from app.rules.insurance import insures_employees_enough
from app.standards.terms import EvidenceKind
from app.values.uuid7 import uuid7

LATEST_MONTHS = 12
"""How far ahead a document may begin: next year's insurance, and no slip of the pen."""

_ABUSE_NOT_COVERED = (
    "It is not said that this insurance covers claims of abuse. The standards ask for public "
    "liability insurance that does not exclude them: ask the insurer."
)
_RECORDS = {
    EvidenceKind.STAFF_CHECKS_RECORD: "staff-checks",
    EvidenceKind.SELF_EVALUATION: "self-evaluations",
}
"""Where kinds that are no files are kept, below the record's address."""


async def add_document(
    session: WriteSession,
    actor: Actor,
    number: str,
    new: NewDocument,
    incoming: Incoming,
    filing: Filing,
) -> uuid.UUID:
    """Take in a document with its file as evidence of the actor's provider; return its id.

    Raises:
        ProviderNotFoundError: the record is none of the actor's business.
        RecordNotYoursError: they do not own it.
        PersonNeededError: a machine asks.
        SiteNotFoundError: the provider has no such site.
        DocumentNotFitError: what is said of it cannot be right, or is not enough for its kind.
        DocumentNotFoundError: what it replaces is not on the record.
        DocumentReplacedError: another took that one's place already.
        FileRefusedError: the file cannot be taken; a subclass says why.
    """
    person = person_of(actor)
    held, _ = await keep(session, number)
    months = await queries.months_of_kind(session, new.kind.value, clock.today())
    _check_fit(new, months)
    site_id = await _site_of(session, held, new.site)
    await _check_replaced(session, held, new)
    organisation_id = actor.organisation_id or uuid.UUID(int=0)
    file = await receive(session, actor, organisation_id, incoming, filing)
    document = Document(
        id=uuid7(),
        provider_id=held.id,
        site_id=site_id,
        kind=new.kind.value,
        title=new.title,
        file_id=file.id,
        issued_on=new.issued_on,
        expires_on=new.expires_on,
        current_until=current_until(new.issued_on, new.expires_on, months),
        insurer=new.insurer,
        limit_pence=new.limit_pence,
        covers_abuse=new.covers_abuse,
        replaces_id=new.replaces,
        added_by=person,
        added_at=clock.now(),
        version=1,
    )
    await queries.add_document(session, document)
    announce(session, ProviderChanged(held.id))
    after = new.model_dump(exclude_none=True) | {"file_id": file.id}
    subject = part_of(held, "document", document.id, new.title)
    await record(session, actor, "document.added", subject, after=after)
    return document.id


async def withdraw_document(
    session: WriteSession,
    actor: Actor,
    number: str,
    document_id: uuid.UUID,
    withdrawal: Withdrawal,
    expected: int,
) -> None:
    """Take a document back: it stays on record with the reason, and shows nothing any more.

    Raises:
        ProviderNotFoundError: the record is none of the actor's business.
        RecordNotYoursError: they do not own it.
        DocumentNotFoundError: the record has no such document.
        DocumentWithdrawnError: that was done already.
        VersionChangedError: it was changed since the actor read it.
    """
    held, _ = await keep(session, number)
    document = await queries.lock_document(session, held.id, document_id)
    if document is None:
        raise _no_document()
    if document.withdrawn_at is not None:
        raise DocumentWithdrawnError("This document was taken back before, and stays so.")
    check_version(document.version, expected, document.title)
    document.withdrawn_at, document.withdrawn_reason = clock.now(), withdrawal.reason
    document.version += 1
    await session.flush()
    announce(session, ProviderChanged(held.id))
    subject = part_of(held, "document", document.id, document.title)
    await record(session, actor, "document.withdrawn", subject, reason=withdrawal.reason)


async def note_spoiled_files(
    session: WriteSession, _: Actor, events: Sequence[FileSpoiled]
) -> None:
    """React to files found infected: whoever's evidence they were has less of it."""
    for provider_id in await queries.find_holders(session, [event.file_id for event in events]):
        announce(session, ProviderChanged(provider_id))


async def get_document(
    session: ReadSession | WriteSession, number: str, document_id: uuid.UUID
) -> tuple[Sight, Any]:
    """Return a document that the actor may see, and what else of the provider they may.

    Raises:
        ProviderNotFoundError: nothing of the record's evidence is for them.
        DocumentNotFoundError: this document is not.
    """
    sight = await see(session, number)
    found = None
    if sight.only is None or document_id in sight.only:
        found = await queries.get_document(session, sight.held.id, document_id)
    if found is None:
        raise _no_document()
    return sight, found


async def open_document(
    session: WriteSession, actor: Actor, number: str, document_id: uuid.UUID, filing: Filing
) -> OpenedFile:
    """Open the file of a document; that somebody else than its owner did is written down.

    Raises:
        ProviderNotFoundError: nothing of the record's evidence is for the actor.
        DocumentNotFoundError: this document is not.
        DocumentWithdrawnError: its owner took it back, and the actor is a commissioner.
        FileMissingError: the document has none.
        FileQuarantinedError: it waits to be scanned; further refusals as `open_file`'s.
    """
    sight, found = await get_document(session, number, document_id)
    document, file = found.Document, found.File
    if document.withdrawn_at is not None and not sight.whole:
        raise DocumentWithdrawnError(
            "Its provider took this document back. Ask them for the one that holds now."
        )
    if file is None:
        raise FileMissingError("This document was recorded without a file.")
    opened = await open_file(session, actor, file.id, filing)
    if not sight.held.owns:
        subject = Subject("document", document.id, document.title, file.organisation_id)
        await record(session, actor, "document.opened", subject)
    return opened


def warnings_of(document: Document) -> list[str]:
    """Return what will be asked about a document. Our own policy: nothing of it is refused."""
    if document.kind == EvidenceKind.PUBLIC_LIABILITY_INSURANCE and not document.covers_abuse:
        return [_ABUSE_NOT_COVERED]
    return []


def _no_document() -> DocumentNotFoundError:
    return DocumentNotFoundError(
        "The record has no document with this id, or none that you may see. Those you may are "
        "listed at /documents."
    )


async def _site_of(session: WriteSession, held: Held, reference: int | None) -> uuid.UUID | None:
    if reference is None:
        return None
    site = await parts.get_site(session, held.id, reference)
    if site is None:
        detail = f"{held.name} has no site {reference}. Its sites are listed in the record."
        raise SiteNotFoundError(detail, errors=(FieldFault(detail, "/site"),))
    return site.id


async def _check_replaced(session: WriteSession, held: Held, new: NewDocument) -> None:
    if new.replaces is None:
        return
    found = await queries.get_document(session, held.id, new.replaces)
    if found is None:
        detail = "What this is to replace is not on the record. Check the id."
        raise DocumentNotFoundError(detail, errors=(FieldFault(detail, "/replaces"),))
    if found.Document.kind != new.kind:
        detail = f"A document is replaced by one of its kind: that one is {found.Document.kind}."
        raise DocumentNotFitError(detail, errors=(FieldFault(detail, "/replaces"),))
    if found.replaced_by is not None:
        detail = "Another document took its place already. Replace that one, or withdraw it first."
        raise DocumentReplacedError(
            detail, errors=(FieldFault(detail, "/replaces"),), replaced_by=str(found.replaced_by)
        )


def _check_fit(new: NewDocument, months: list[int]) -> None:
    faults = (*_of_kind(new, months), *_of_insurance(new), *_of_days(new))
    if faults:
        raise DocumentNotFitError("What is said of the document does not fit.", errors=faults)


def _of_kind(new: NewDocument, months: list[int]) -> Iterator[FieldFault]:
    if new.kind in _RECORDS:
        yield FieldFault(
            f"This is kept here line by line and not as a file: at /{_RECORDS[new.kind]}.", "/kind"
        )
    if months and new.issued_on is None and new.kind not in INSURANCES:
        yield FieldFault(
            f"Give its date: documents of this kind count for {min(months)} months from it.",
            "/issued_on",
        )


def _of_insurance(new: NewDocument) -> Iterator[FieldFault]:
    if new.kind not in INSURANCES:
        for name in ("insurer", "limit_pence", "covers_abuse"):
            if getattr(new, name) is not None:
                yield FieldFault("Only an insurance has this. Leave it out.", f"/{name}")
        return
    if new.insurer is None:
        yield FieldFault("Name the insurer.", "/insurer")
    if new.expires_on is None:
        yield FieldFault("Give the last day of cover.", "/expires_on")
    if new.limit_pence is None and new.kind not in UNLIMITED:
        yield FieldFault("Give the limit for one claim, in pence.", "/limit_pence")
    yield from _of_employers(new)


def _of_employers(new: NewDocument) -> Iterator[FieldFault]:
    employers = new.kind is EvidenceKind.EMPLOYERS_LIABILITY_INSURANCE
    if not employers or new.limit_pence is None:
        return
    finding = insures_employees_enough(new.limit_pence, clock.today())
    if not finding.holds:
        yield FieldFault(
            f"An employer must be insured for more: {finding.because} ({finding.citation}).",
            "/limit_pence",
        )


def _of_days(new: NewDocument) -> Iterator[FieldFault]:
    if new.issued_on is None:
        return
    if new.expires_on is not None and new.expires_on < new.issued_on:
        yield FieldFault("It ends before it begins. Check both days.", "/expires_on")
    if new.issued_on > add_months(clock.today(), LATEST_MONTHS):
        yield FieldFault("It begins more than a year from now. Check the year.", "/issued_on")
