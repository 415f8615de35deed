"""Telling which notices a placement needs, what was composed, and what it says."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from app.calculators.schemas.stated import RuleCited, RuleReason
from app.children import personal_parts
from app.children.queries.children import get_child
from app.db.events import ReadSession, WriteSession
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.notices.errors import NoticeNotFoundError
from app.notices.queries import notices as queries
from app.notices.schemas.notices import (
    NeededNotice,
    NoticeBrief,
    NoticeDocument,
    NoticeOut,
    NoticeSendingOut,
    PlacementNotices,
)
from app.notices.service.composing import DOCUMENT
from app.notices.terms import CHANGED, LACKING, TITLES, NoticeChange, SendingOutcome
from app.rules.notices.kinds import NoticeKind, Recipient
from app.rules.notices.needing import Needed
from app.rules.notices.standing import NoticeLight, NoticeStanding, NoticeStands, late_by
from app.safeguarding.service.notices import standing_of

AnySession = ReadSession | WriteSession
_GRAVEST = (NoticeLight.RED, NoticeLight.AMBER, NoticeLight.GREEN)


async def tell(session: AnySession, placement_id: uuid.UUID) -> PlacementNotices:
    """Return which notices a placement needs, and which were composed and sent."""
    stands = await standing_of(session, placement_id)
    lights = {one.light for one in stands}
    return PlacementNotices(
        placement=placement_id,
        complete=all(one.standing is NoticeStanding.SENT for one in stands),
        light=next((one for one in _GRAVEST if one in lights), NoticeLight.GREEN),
        needed=[_needed(one) for one in stands],
        composed=await _composed(session, placement_id),
    )


async def tell_one(
    session: AnySession, ring: Keyring, placement: Any, notice_id: uuid.UUID
) -> NoticeOut:
    """Return a notice with its document, as it was composed.

    Raises:
        NoticeNotFoundError: the placement has no such notice, or none that the actor may see.
    """
    briefs = await _composed(session, placement.id)
    brief = next((one for one in briefs if one.id == notice_id), None)
    if brief is None:
        raise NoticeNotFoundError("No notice of this placement has this id.")
    rows = await queries.list_notices(session, placement.id)
    row = next(one for one in rows if one.id == notice_id)
    child = await get_child(session, placement.child_id)
    document = None
    if child is not None and child.sealed_key is not None:
        key = personal_parts.open_key(ring, child.id, child.sealed_key)
        parts = personal_parts.decrypt(key, context_of(DOCUMENT, row.id), row.encrypted)
        document = NoticeDocument.model_validate(parts)
    told = brief.model_dump(by_alias=True)
    return NoticeOut(**told, document=document, warnings=_warnings(brief, document))


def _warnings(brief: NoticeBrief, document: NoticeDocument | None) -> list[str]:
    found = [LACKING[one] for one in document.lacking] if document else []
    if brief.changed:
        what = ", ".join(CHANGED[one] for one in brief.changed)
        found.append(f"It was composed of earlier facts; compose it again. Changed: {what}.")
    elif brief.superseded:
        found.append("Another was composed after it. Send that one.")
    late = [one.late_by for one in brief.sendings if one.stands and one.late_by]
    found += [f"It was given {one} late." for one in late]
    return found


def _needed(one: NoticeStands) -> NeededNotice:
    notice = one.needed
    return NeededNotice(
        kind=notice.kind,
        title=TITLES[notice.kind],
        to=notice.to,
        basis=notice.basis,
        why=[RuleReason.model_validate(reason) for reason in notice.why],
        content=RuleCited.model_validate(notice.content) if notice.content else None,
        due_by=notice.due_on,
        due_at=notice.due_at,
        approximate=notice.approximate,
        note=notice.note,
        standing=one.standing,
        given_at=one.given_at,
        late=one.late,
        light=one.light,
    )


async def _composed(session: AnySession, placement_id: uuid.UUID) -> list[NoticeBrief]:
    rows = await queries.list_notices(session, placement_id)  # the newest first
    sendings = await queries.list_sendings(session, placement_id)
    basis = await queries.get_basis(session, placement_id)
    latest: dict[tuple[str, int], int] = {}
    for row in rows:
        latest.setdefault((row.kind, row.addressee), row.version)
    return [
        _brief(
            row,
            basis,
            [one for one in sendings if one.notice_id == row.id],
            superseded=row.version < latest[row.kind, row.addressee],
        )
        for row in rows
    ]


def _brief(
    row: Any, basis: Mapping[str, Any], sendings: Sequence[Any], *, superseded: bool
) -> NoticeBrief:
    corrected = {one.corrects for one in sendings}
    due = Needed(NoticeKind(row.kind), Recipient(row.recipient), row.due_on, (), row.due_at)
    return NoticeBrief(
        id=row.id,
        kind=NoticeKind(row.kind),
        to=due.to,
        contact=row.addressee or None,
        version=row.version,
        composed_at=row.composed_at,
        composed_by=row.composed_by_name,
        due_on=row.due_on,
        due_at=row.due_at,
        superseded=superseded,
        changed=[
            one for one in NoticeChange if one in row.basis and row.basis[one] != basis.get(one)
        ],
        sendings=[_sending(one, due, stands=one.id not in corrected) for one in sendings],
    )


def _sending(row: Any, due: Needed, *, stands: bool) -> NoticeSendingOut:
    sent = row.outcome == SendingOutcome.SENT.value and row.given_at is not None
    return NoticeSendingOut(
        id=row.id,
        outcome=SendingOutcome(row.outcome),
        to=due.to,
        way=row.way,
        sent_at=row.sent_at,
        given_at=row.given_at,
        late_by=late_by(due, row.given_at) if sent else None,
        sent_by=row.sent_by_name,
        corrects=row.corrects,
        stands=stands,
        recorded_by=row.recorded_by_name,
        recorded_at=row.recorded_at,
    )
