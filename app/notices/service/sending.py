"""Writing down that a notice was sent: by people, for the register mails no child's data."""

import uuid
from typing import Any, NoReturn

from app import clock
from app.access import Actor
from app.audit.service import record
from app.children.queries.children import get_child
from app.db.events import WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.keyring.ring import Keyring
from app.notices.errors import NoticeNotFoundError, SendingCorrectedError
from app.notices.queries import notices as queries
from app.notices.schemas.notices import NoticeSent
from app.notices.service.composing import own
from app.notices.service.contacts import check_told, list_contacts
from app.notices.terms import SendingOutcome
from app.placements.service.recording import subject_of
from app.rules.notices.kinds import Recipient
from app.rules.notices.standing import given_at
from app.values.uuid7 import uuid7


async def record_sending(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, uuid.UUID],
    said: NoticeSent,
) -> None:
    """Write down that a notice was sent, or put right what was written. Late is never refused.

    Raises:
        PlacementNotFoundError: there is none that the actor may see.
        PlacementNotYoursError: it is another commissioner's.
        NoticeNotFoundError: it has no such notice.
        ContactNotToldError, WayNotSafeError: the child's safe contacts forbid it.
        SendingCorrectedError: what it corrects was put right already, or is another notice's.
        InvalidRequestError: it was sent before it was composed, or lies ahead.
    """
    placement_id, notice_id = of
    placement = await own(session, actor, placement_id)
    await queries.lock_notices(session, placement_id)
    notices = await queries.list_notices(session, placement_id)
    notice = next((one for one in notices if one.id == notice_id), None)
    if notice is None:
        raise NoticeNotFoundError("No notice of this placement has this id.")
    _check_days(notice, said)
    rows = [
        one
        for one in await queries.list_sendings(session, placement_id)
        if one.notice_id == notice_id
    ]
    _check_corrects(rows, said)
    if said.outcome is SendingOutcome.SENT:
        await _check_safe(session, ring, placement, notice, said)
    given = None
    if said.sent_at is not None and said.way is not None:
        given = given_at(said.way, said.sent_at)
    row = {
        "id": uuid7(),
        "notice_id": notice_id,
        "placement_id": placement_id,
        "outcome": said.outcome.value,
        "way": said.way,
        "sent_at": said.sent_at,
        "given_at": given,
        "sent_by_name": said.sent_by or actor.name,
        "corrects": said.corrects,
        "recorded_by_name": actor.name,
        "recorded_at": clock.now(),
    }
    await queries.add_sending(session, row)
    subject = subject_of(placement_id, placement.commissioner_id)
    after = {"kind": notice.kind, "outcome": said.outcome, "way": said.way, "given_at": given}
    await record(session, actor, "notice.sending_recorded", subject, after=after)


def _check_days(notice: Any, said: NoticeSent) -> None:
    if said.sent_at is None:
        return
    if said.sent_at > clock.now():
        _refuse("It lies ahead. Record it once it is sent.")
    composed = notice.composed_at.replace(second=0, microsecond=0)  # people say minutes
    if said.sent_at < composed:
        when = composed.astimezone(clock.LONDON)
        _refuse(f"It was composed only on {when.day} {when:%B %Y} at {when:%H:%M}.")


def _check_corrects(rows: list[Any], said: NoticeSent) -> None:
    if said.corrects is None:
        return
    there = {one.id for one in rows} - {one.corrects for one in rows}
    if said.corrects not in there:
        raise SendingCorrectedError("Name the row of this notice that stands.")


async def _check_safe(
    session: WriteSession, ring: Keyring, placement: Any, notice: Any, said: NoticeSent
) -> None:
    """Hold a notice to a parent against what stands now, whatever stood when it was composed."""
    if notice.recipient != Recipient.PARENT.value:
        return
    child = await get_child(session, placement.child_id)
    contacts = await list_contacts(session, ring, child) if child else None
    if contacts is None:
        return
    check_told(contacts.get(notice.addressee), said.way)


def _refuse(detail: str) -> NoReturn:
    raise InvalidRequestError(detail, errors=(FieldFault(detail, "/sent_at"),))
