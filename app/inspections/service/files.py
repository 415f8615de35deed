"""Files of inspections: photos and papers that show what was seen, for colleagues alone."""

import uuid
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import ReadSession, WriteSession
from app.files.errors import StoredFileNotFoundError
from app.files.filing import Filing
from app.files.service import OpenedFile, open_file, receive
from app.files.terms import Incoming
from app.inspections.errors import InspectionMoveNotAllowedError
from app.inspections.queries import files as queries
from app.inspections.schemas.files import NewInspectionFile
from app.inspections.service.looking import check_body, hold, look_at, subject_of
from app.inspections.terms import OPEN_STATES


async def add_file(
    session: WriteSession,
    actor: Actor,
    of: tuple[str, NewInspectionFile],
    incoming: Incoming,
    filing: Filing,
) -> uuid.UUID:
    """Take in a file of an inspection that is not over; return its id.

    Args:
        session: the transaction.
        actor: somebody of the body that inspects, or a machine of it.
        of: the inspection's reference, and what is said of the file.
        incoming: the file.
        filing: where it goes.

    Raises:
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: another body inspects, or they have a stake in the provider.
        InspectionMoveNotAllowedError: the inspection is over.
        FileRefusedError: the file cannot be taken; a subclass says why.
    """
    reference, new = of
    held = await hold(session, reference)
    check_body(held)
    if held.state not in OPEN_STATES:
        raise InspectionMoveNotAllowedError(
            f"{held.reference} is {held.state}: nothing is added to it.", state=held.state
        )
    organisation_id = actor.organisation_id or uuid.UUID(int=0)
    file = await receive(session, actor, organisation_id, incoming, filing)
    row = {"file_id": file.id, "inspection_id": held.id, "title": new.title}
    await queries.insert_file(session, row | {"added_at": clock.now()})
    after = {"file_id": file.id, "media_type": file.media_type}
    await record(session, actor, "inspection.file_added", subject_of(held), after=after)
    return file.id


async def get_file(
    session: ReadSession | WriteSession, reference: str, file_id: uuid.UUID
) -> tuple[Any, Any]:
    """Return an inspection, and a file of it: `InspectionFile`, `File`.

    Raises:
        InspectionNotFoundError: there is none that the actor may see.
        StoredFileNotFoundError: it has no such file, or none that they may see.
    """
    inspection = await look_at(session, reference)
    found = await queries.get_file(session, inspection.id, file_id)
    if found is None:
        raise StoredFileNotFoundError(
            f"{inspection.reference} has no file with this id, or none that you may see. Those you "
            "may are listed at its files."
        )
    return inspection, found


async def open_inspection_file(
    session: WriteSession, actor: Actor, of: tuple[str, uuid.UUID], filing: Filing
) -> OpenedFile:
    """Open a file of an inspection; that somebody of another body did is written down.

    Raises:
        InspectionNotFoundError: there is none that the actor may see.
        StoredFileNotFoundError: it has no such file; further refusals as `open_file`'s.
    """
    inspection, found = await get_file(session, *of)
    opened = await open_file(session, actor, found.File.id, filing)
    if not inspection.inspects:
        after = {"file_id": found.File.id}
        await record(session, actor, "inspection.file_opened", subject_of(inspection), after=after)
    return opened
