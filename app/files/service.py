"""Taking in evidence files, and handing them out."""

import hashlib
import uuid
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from app import clock, log
from app.access import Actor, ActorKind
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.files import queries, store
from app.files.errors import (
    FileContentLostError,
    FileInfectedError,
    FileNotScannedError,
    FileNotYoursError,
    FileQuarantinedError,
    FileWithheldError,
    ScannerAwayError,
    StoredFileNotFoundError,
)
from app.files.filing import Filing
from app.files.names import check_name
from app.files.scanning import Verdict, scan
from app.files.spooling import Spooled, look_into, spooled
from app.files.terms import MEDIA_TYPES, FileFacts, FileState, Incoming
from app.outbox.service import enqueue
from app.values.uuid7 import uuid7

SUBJECT = "file"
SCAN = "files.scan"
"""The job that has a file scanned, for which the scanner was away."""

_logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file on its way out.

    Attributes:
        facts: what is known of it.
        headers: of the answer it leaves in; a browser then saves it and never runs anything in it.
        parts: its bytes; broken off before the last, should they not be those that were taken in.
    """

    facts: FileFacts
    headers: Mapping[str, str]
    parts: AsyncGenerator[bytes, None]


async def receive(
    session: WriteSession,
    actor: Actor,
    organisation_id: uuid.UUID,
    incoming: Incoming,
    filing: Filing,
) -> FileFacts:
    """Take in a file as evidence of the organisation somebody acts for.

    Its bytes are put away before the row is written: should the transaction fail, an object stays
    that belongs to nothing, and `files.sweep` removes it.

    Args:
        session: the transaction that whatever the file belongs to is written in as well.
        actor: who sends it.
        organisation_id: whose evidence it is.
        incoming: the file, and what is said of it.
        filing: where it goes.

    Raises:
        FileNotYoursError: the actor acts for somebody else.
        FileRefusedError: it cannot be taken; a subclass says why.
        FileTooLargeError: it is too large.
        FileTypeNotTakenError: it is of a kind that is not taken.
        FilesFullError: it could not be put away.
    """
    if organisation_id != actor.organisation_id and actor.kind is not ActorKind.OPERATOR:
        raise FileNotYoursError(
            "A file is evidence of the organisation you act for. Choose that organisation, if you "
            "belong to it."
        )
    name = check_name(incoming.name)
    async with spooled(incoming.chunks, filing.spool, filing.most_bytes) as file:
        kind = await look_into(file, name, incoming.declared_type)
        state, verdict = await _scanned(file, filing)
        facts = FileFacts(
            id=uuid7(),
            organisation_id=organisation_id,
            name=name,
            media_type=MEDIA_TYPES[kind],
            size_bytes=file.size,
            sha256=file.sha256.hex(),
            state=state,
            received_at=clock.now(),
            scanned_at=clock.now() if verdict else None,
        )
        await store.put(filing.store, facts.id, file.path)
    await queries.insert_file(session, _row(facts, actor, verdict))
    if state is FileState.QUARANTINED:
        await enqueue(session, actor, SCAN, {"file_id": str(facts.id)}, key=f"{SCAN}:{facts.id}")
    told = {"media_type": facts.media_type, "size_bytes": facts.size_bytes, "state": state.value}
    await record(session, actor, "file.received", subject_of(facts), after=told)
    return facts


async def get_file(session: ReadSession | WriteSession, file_id: uuid.UUID) -> FileFacts:
    """Return what is known of a file that the session may see.

    Raises:
        StoredFileNotFoundError: there is none.
    """
    found = await queries.get_file(session, file_id)
    if found is None:
        raise StoredFileNotFoundError(
            "No file has this id, or none that you may see. Check the address."
        )
    return found


async def open_file(
    session: ReadSession | WriteSession, actor: Actor, file_id: uuid.UUID, filing: Filing
) -> OpenedFile:
    """Open a file for somebody who may see it.

    Raises:
        StoredFileNotFoundError: there is none, or none they may see.
        FileQuarantinedError: it waits to be scanned.
        FileWithheldError: it was found infected.
        FileNotScannedError: nothing scanned it, and this is production.
        FileContentLostError: its bytes are not there.
    """
    facts = await get_file(session, file_id)
    _refuse_unsafe(facts, filing)
    held = await store.size_of(filing.store, facts.id)
    if held != facts.size_bytes:
        raise _changed(facts)
    return OpenedFile(facts, headers_of(facts), _verified(facts, filing))


def headers_of(facts: FileFacts) -> dict[str, str]:
    """Return the headers a file leaves with: to be saved, and never to be run or framed.

    The name is told as RFC 6266 section 4.3 and RFC 8187 say: plain, and once more in full.
    """
    plain = "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\%;' else "_"
        for letter in facts.name
    )
    whole = quote(facts.name, safe="")
    return {
        "Content-Type": facts.media_type,
        "Content-Length": str(facts.size_bytes),
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}",
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def subject_of(facts: FileFacts) -> Subject:
    """Return a file as what an act is done to."""
    return Subject(SUBJECT, facts.id, facts.name, facts.organisation_id)


async def _scanned(file: Spooled, filing: Filing) -> tuple[FileState, Verdict | None]:
    if filing.scanner is None:
        return FileState.UNSCANNED, None
    try:
        verdict = await scan(filing.scanner, file.pieces())
    except ScannerAwayError as failure:
        _logger.warning("file.not_scanned", why=failure.detail)
        return FileState.QUARANTINED, None
    if verdict.finding is None:
        return FileState.CLEAN, verdict
    raise FileInfectedError(
        f"The virus scanner found {verdict.finding} in the file. Nothing was kept of it. Have your "
        "computer scanned, and make the file anew."
    )


def _row(facts: FileFacts, actor: Actor, verdict: Verdict | None) -> dict[str, Any]:
    return {
        "id": facts.id,
        "organisation_id": facts.organisation_id,
        "name": facts.name,
        "media_type": facts.media_type,
        "size_bytes": facts.size_bytes,
        "sha256": bytes.fromhex(facts.sha256),
        "state": facts.state.value,
        "scanned_at": facts.scanned_at,
        "scanner": verdict.scanner if verdict else None,
        "finding": None,
        "received_at": facts.received_at,
        "received_by": actor.id if actor.kind is ActorKind.PERSON else None,
        "received_by_machine": actor.id if actor.kind is ActorKind.MACHINE else None,
    }


def _refuse_unsafe(facts: FileFacts, filing: Filing) -> None:
    if facts.state is FileState.INFECTED:
        raise FileWithheldError(
            "The virus scanner found something in this file, and its content was removed. Send it "
            "anew from a clean computer."
        )
    if facts.state is FileState.QUARANTINED:
        raise FileQuarantinedError(
            "The virus scanner was away when this file came. It is scanned as soon as the scanner "
            "answers; try again in some minutes."
        )
    if facts.state is FileState.UNSCANNED and filing.only_clean:
        raise FileNotScannedError(
            "No virus scanner is set up, and nothing is handed out that was not scanned. The "
            "operator can set one up; the file is then scanned and handed out."
        )


async def _verified(facts: FileFacts, filing: Filing) -> AsyncGenerator[bytes, None]:
    digest, size, last = hashlib.sha256(), 0, b""
    async for piece in store.read(filing.store, facts.id):
        digest.update(piece)
        size += len(piece)
        if size > facts.size_bytes:
            raise _changed(facts)
        if last:
            yield last
        last = piece
    # The last piece is held back until all is proved, so nobody has a whole file that is another.
    if size != facts.size_bytes or digest.hexdigest() != facts.sha256:
        raise _changed(facts)
    yield last


def _changed(facts: FileFacts) -> FileContentLostError:
    _logger.error("file.changed", file_id=str(facts.id))
    return FileContentLostError(
        "The file's content is no longer what was taken in, so it is not handed out. The operator "
        "was told, and can bring it back from a backup."
    )
