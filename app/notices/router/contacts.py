"""Whom it is safe to tell of a child, over HTTP.

Whoever reads it says what for; that they did is written down in the same transaction.
"""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.access import Actor, Permission
from app.audit.service import record_read
from app.audit.terms import Purpose
from app.children.errors import ChildErasedError, ChildNotFoundError, ChildNotYoursError
from app.children.router import CHILDREN, StatedPurpose
from app.children.service.keeping import look_at, subject_of
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking, Writing
from app.notices.schemas.contacts import ChildSafeContacts, SafeContactsStated
from app.notices.service import contacts
from app.providers.router.answering import ASKED, EDITED, Ring, located, private

CONTACTS = f"{CHILDREN}/{{child_id}}/safe-contacts"

router = APIRouter(tags=["notices"])

Reader = Annotated[Actor, Depends(Requires(Permission.CHILDREN_READ))]
Recorder = Annotated[Actor, Depends(Requires(Permission.CHILDREN_RECORD))]
_STATED = (*ASKED, *EDITED, KeyReusedError, ChildNotFoundError)


@router.get(
    CONTACTS, operation_id="getSafeContacts", responses=problems(*ASKED, ChildNotFoundError)
)
async def get_contacts(
    session: Looking,
    actor: Reader,
    response: Response,
    ring: Ring,
    child_id: uuid.UUID,
    purpose: StatedPurpose,
) -> ChildSafeContacts:
    """Read who may be told of a child, and how that is safe."""
    child = await look_at(session, child_id)
    subject = subject_of(child_id, child.commissioner_id)
    await record_read(session, actor, "child.safe_contacts_read", subject, purpose)
    told = await contacts.tell(session, ring, child)
    private(response, told.version)
    return told


@router.put(
    CONTACTS,
    operation_id="stateSafeContacts",
    responses=problems(*_STATED, ChildNotYoursError, ChildErasedError),
)
async def state_contacts(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    child_id: uuid.UUID,
    said: SafeContactsStated,
    expected: ExpectedVersion,
) -> ChildSafeContacts:
    """Say who may be told of a child, and how: the whole list. Former versions stay."""
    await contacts.state(session, actor, ring, (child_id, expected), said)
    located(response, f"/v1/children/{child_id}/safe-contacts?purpose={Purpose.COMMISSIONING}")
    told = await contacts.tell(session, ring, await look_at(session, child_id))
    private(response, told.version)
    return told
