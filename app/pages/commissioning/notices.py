"""The pages of a placement's notices: listed, composed, read as a letter, and sent."""

import uuid
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from fastapi import Request, Response

from app import clock
from app.access import Actor, Permission
from app.audit.service import record_read
from app.children.queries.children import get_child
from app.children.service.keeping import subject_of as subject_of_child
from app.db.events import ReadSession, WriteSession
from app.errors import NotFoundError
from app.http.sessions import Looking
from app.notices.errors import NoticeNotFoundError, NoticeNotNeededError
from app.notices.router import notices as api
from app.notices.schemas.notices import NoticeAsked, NoticeSent
from app.notices.service import composing, sending, telling
from app.notices.service.contacts import list_contacts
from app.pages.commissioning import notices_view as view
from app.pages.commissioning.forms import (
    HERE,
    PURPOSE,
    RECORDS,
    AnySession,
    At,
    Done,
    Reader,
    add_form,
    at_of,
    show_page,
)
from app.pages.commissioning.notices_wording import DONE
from app.pages.commissioning.placements import PLACEMENT
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.questions import one_of
from app.pages.signed_in import own_frame, own_page, own_router, understood
from app.placements.service import recording
from app.rules.notices.kinds import NoticeKind
from app.rules.notices.needing import Needed
from app.safeguarding.service.notices import standing_of

router = own_router()

NOTICES = f"{PLACEMENT}/notices"


@router.get(NOTICES)
async def show_notices(
    request: Request, session: Looking, actor: Reader, done: Done = None
) -> Response:
    """List which notices are needed and were sent; that it was read is written down."""
    placement_id = at_of(request, actor).id("placement_id")
    placement = await recording.look_at(session, placement_id)
    told = await api.list_notices(session, actor, Response(), placement_id, PURPOSE)
    part = view.notices_part(placement, told, acts=_acts(actor, placement))
    return await show_page(request, part, DONE.get(done or ""))


@router.get(f"{NOTICES}/{{notice_id}}")
async def show_notice(
    request: Request, session: Looking, actor: Reader, done: Done = None
) -> Response:
    """Show a notice as it was composed: it prints as the letter alone."""
    at = at_of(request, actor)
    placement_id, notice_id = at.id("placement_id"), at.id("notice_id")
    placement = await recording.look_at(session, placement_id)
    of = (placement_id, notice_id, PURPOSE)
    told = await api.get_notice(session, actor, Response(), at.ring, *of)
    frame = await own_frame(request, HERE)
    links = view.letter_links(placement.id, notice_id) if _acts(actor, placement) else ()
    letter = view.letter(frame, placement, told, DONE.get(done or ""))
    return own_page("notice.html", replace(letter, links=links))


def _acts(actor: Actor, placement: Any) -> bool:
    """Say whether somebody composes notices of a placement, and writes down that they were sent."""
    own = placement.commissioner_id == actor.organisation_id
    return own and Permission.PLACEMENTS_RECORD in actor.permissions


async def _needed(session: AnySession, at: At) -> tuple[Any, Needed]:
    """Return a placement of one's own, and the notice that the address names.

    Raises:
        NotFoundError: there is no such notice.
        NoticeNotNeededError: the placement needs no such notice.
    """
    placement = await composing.own(session, at.actor, at.id("placement_id"))
    try:
        kind = NoticeKind(at.text("kind", "[a-z-]{1,40}"))
    except ValueError:
        raise NotFoundError("There is no such notice. Follow the link again.") from None
    for one in await standing_of(session, placement.id):
        if one.needed.kind is kind:
            return placement, one.needed
    raise NoticeNotNeededError("This placement needs no such notice. Go back to its notices.")


async def _look(session: WriteSession, at: At) -> None:
    """Write down that somebody looks at who may be told, to write to them."""
    placement = await recording.look_at(session, at.id("placement_id"))
    subject = subject_of_child(placement.child_id, placement.commissioner_id)
    await record_read(session, at.actor, "child.safe_contacts_read", subject, PURPOSE)


async def _composing(session: ReadSession, at: At) -> FormAsked:
    placement, needed = await _needed(session, at)
    child = await get_child(session, placement.child_id)
    contacts = await list_contacts(session, at.ring, child) if child else None
    return view.compose_form(placement, needed, contacts)


async def _compose(session: WriteSession, at: At, answers: Answers) -> str:
    placement, needed = await _needed(session, at)
    given = {name: one for name, one in answers.items() if one is not None}
    asked = understood(NoticeAsked, given | {"kind": needed.kind})
    notice_id = await composing.compose(session, at.actor, at.ring, placement.id, asked)
    return f"{view.here(placement.id)}/{notice_id}?done=composed"


async def _sending(session: ReadSession, at: At) -> FormAsked:
    placement = await composing.own(session, at.actor, at.id("placement_id"))
    notice_id = at.id("notice_id")
    told = await telling.tell(session, placement.id)
    for one in told.composed:
        if one.id == notice_id:
            return view.sent_form(placement, one)
    raise NoticeNotFoundError("No notice of this placement has this id.")


async def _send(session: WriteSession, at: At, answers: Answers) -> str:
    given: dict[str, object] = {
        name: answers[name]
        for name in ("outcome", "way", "sent_by")
        if answers.get(name) is not None
    }
    if view.is_unsent(answers):
        given.pop("way", None)
    elif answers.get("sent_on") and answers.get("sent_time"):
        given["sent_at"] = _moment(answers)
    corrects = one_of(at.sent, "corrects")
    if corrects:
        given["corrects"] = uuid.UUID(corrects)
    said = understood(NoticeSent, given)
    of = (at.id("placement_id"), at.id("notice_id"))
    await sending.record_sending(session, at.actor, at.ring, of, said)
    return f"{view.here(of[0])}?done=sent"


def _moment(answers: Answers) -> datetime:
    day, hour = str(answers["sent_on"]), time.fromisoformat(str(answers["sent_time"]))
    return datetime.combine(datetime.fromisoformat(day).date(), hour, clock.LONDON)


add_form(router, f"{NOTICES}/compose/{{kind}}", RECORDS, _composing, _compose, looks=_look)
add_form(router, f"{NOTICES}/{{notice_id}}/sent", RECORDS, _sending, _send)
