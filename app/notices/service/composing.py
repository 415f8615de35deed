"""Composing a notice from the record: frozen as it is then, under the child's own key."""

import uuid
from dataclasses import asdict
from typing import Any, NoReturn

import orjson

from app import clock
from app.access import Actor
from app.audit.service import record
from app.children import personal_parts
from app.children.errors import ChildErasedError
from app.children.queries.children import get_child
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.notices.errors import NoticeNotNeededError
from app.notices.letters import compose as compose_document
from app.notices.queries import contacts as contact_queries
from app.notices.queries import notices as queries
from app.notices.schemas.contacts import SafeContact
from app.notices.schemas.notices import NoticeAsked
from app.notices.service.contacts import check_told, list_contacts
from app.notices.service.gathering import gather
from app.placements.errors import PlacementEndedError, PlacementNotYoursError
from app.placements.service.recording import look_at, subject_of
from app.rules.notices.kinds import TO_THE_PARENT, NoticeKind, Recipient
from app.rules.notices.needing import Needed
from app.safeguarding.service import notices as standing
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession
DOCUMENT = "placement_notices.encrypted"


async def compose(
    session: WriteSession, actor: Actor, ring: Keyring, placement_id: uuid.UUID, asked: NoticeAsked
) -> uuid.UUID:
    """Compose a notice; an earlier one of the kind, to the same person, is superseded.

    Raises:
        PlacementNotFoundError: there is none that the actor may see.
        PlacementNotYoursError: it is another commissioner's.
        PlacementEndedError: it has ended.
        NoticeNotNeededError: the placement needs no such notice.
        ContactNotToldError: the person is not to be told.
        InvalidRequestError: no such person is named, or it does not say to which of several.
        ChildErasedError: the child's record was erased.
    """
    placement = await own(session, actor, placement_id)
    if placement.ended_on is not None:
        raise PlacementEndedError(f"It ended on {placement.ended_on}. Nothing is told of it anew.")
    await queries.lock_notices(session, placement_id)
    await contact_queries.lock_contacts(session, placement.child_id)
    agreed = asked.shorter_notice_agreed
    if agreed and asked.kind is not NoticeKind.SUSPENSION_PLACE:
        _refuse("Only notice of a place during a suspension can be shorter.", _AGREED)
    facts = await standing.facts_of(session, placement_id)
    stands = await standing.standing_of(session, placement_id, shorter_agreed=agreed)
    needed = next((one.needed for one in stands if one.needed.kind is asked.kind), None)
    if needed is None or facts is None:
        kinds = ", ".join(one.needed.kind for one in stands)
        raise NoticeNotNeededError(f"It needs: {kinds or 'none'}.")
    child = await get_child(session, placement.child_id)
    if child is None or child.sealed_key is None:
        raise ChildErasedError("The child's record was erased; nothing is told of it.")
    contacts = await list_contacts(session, ring, child)
    contact = _contact(asked, needed, contacts)
    told = await gather(
        session, ring, placement, (needed, facts), (asked, contact, contacts is not None)
    )
    notice_id, addressee = uuid7(), 0 if contact is None else contact.number
    key = personal_parts.open_key(ring, child.id, child.sealed_key)
    parts = orjson.loads(orjson.dumps(asdict(compose_document(told))))
    earlier = [
        one
        for one in await queries.list_notices(session, placement_id)
        if (one.kind, one.addressee) == (asked.kind.value, addressee)
    ]
    row = {
        "id": notice_id,
        "placement_id": placement_id,
        "kind": asked.kind.value,
        "recipient": needed.to.value,
        "addressee": addressee,
        "version": max((one.version for one in earlier), default=0) + 1,
        "basis": await _basis(session, placement_id, asked.kind),
        "due_on": needed.due_on,
        "due_at": needed.due_at,
        "shorter_agreed": agreed,
        "encrypted": personal_parts.encrypt(key, context_of(DOCUMENT, notice_id), parts),
        "composed_by_name": actor.name,
        "composed_at": clock.now(),
    }
    await queries.add_notice(session, row)
    subject = subject_of(placement_id, placement.commissioner_id)
    after = {"kind": asked.kind, "version": row["version"], "due_on": needed.due_on}
    await record(session, actor, "notice.composed", subject, after=after)
    return notice_id


async def own(session: AnySession, actor: Actor, placement_id: uuid.UUID) -> Any:
    """Return a placement of the actor's organisation.

    Raises:
        PlacementNotFoundError: there is none that the actor may see.
        PlacementNotYoursError: it is another commissioner's.
    """
    placement = await look_at(session, placement_id)
    if placement.commissioner_id != actor.organisation_id:
        raise PlacementNotYoursError("Only the commissioner whose placement it is sends notices.")
    return placement


_AGREED = "/shorter_notice_agreed"


async def _basis(
    session: WriteSession, placement_id: uuid.UUID, kind: NoticeKind
) -> dict[str, Any]:
    """Return of what it is composed; who may be told matters to notices to the parent alone."""
    found = dict(await queries.get_basis(session, placement_id))
    if kind not in TO_THE_PARENT:
        found.pop("safe_contacts", None)
    return found


def _contact(asked: NoticeAsked, needed: Needed, contacts: Any) -> SafeContact | None:
    """Return to whom it goes; nobody by name where it goes to a body, or nobody has said."""
    if needed.to is not Recipient.PARENT:
        if asked.contact is not None:
            _refuse("This notice goes to no contact of the child's. Leave it out.", "/contact")
        return None
    if asked.contact is not None:
        if not contacts or asked.contact not in contacts:
            _refuse("The child's safe contacts have nobody of this number.", "/contact")
        found: SafeContact = contacts[asked.contact]
        check_told(found)
        return found
    if contacts:
        _refuse("Say to whom, by the number among the child's safe contacts.", "/contact")
    return None


def _refuse(detail: str, where: str) -> NoReturn:
    raise InvalidRequestError(detail, errors=(FieldFault(detail, where),))
