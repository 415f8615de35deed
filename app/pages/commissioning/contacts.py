"""The pages on which is said who may be told of a child, and how that is safe."""

from typing import Annotated, Any

from fastapi import Depends, Request, Response

from app.access import Actor, Permission
from app.audit.service import record_read
from app.children.service import keeping
from app.db.events import ReadSession, WriteSession
from app.errors import NotFoundError
from app.http.security import Requires
from app.http.sessions import Looking
from app.notices.router import contacts as api
from app.notices.schemas.contacts import ChildSafeContacts, SafeContact, SafeContactsStated
from app.notices.service import contacts
from app.pages.commissioning import contacts_view as view
from app.pages.commissioning.forms import (
    COMMISSIONING,
    PURPOSE,
    AnySession,
    At,
    Done,
    add_form,
    at_of,
    show_page,
)
from app.pages.commissioning.notices_wording import DONE
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.signed_in import own_router, understood

router = own_router()

CONTACTS = f"{COMMISSIONING}/children/{{child_id}}/safe-contacts"
READS = Requires(Permission.CHILDREN_READ)
RECORDS = Requires(Permission.CHILDREN_RECORD)
Reader = Annotated[Actor, Depends(READS)]


@router.get(CONTACTS)
async def show_contacts(
    request: Request, session: Looking, actor: Reader, done: Done = None
) -> Response:
    """Show who may be told of a child; that it was read is written down."""
    at = at_of(request, actor)
    child_id = at.id("child_id")
    child = await keeping.look_at(session, child_id)
    told = await api.get_contacts(session, actor, Response(), at.ring, child_id, PURPOSE)
    acts = (
        child.commissioner_id == actor.organisation_id
        and Permission.CHILDREN_RECORD in actor.permissions
    )
    part = view.contacts_part(child, told, acts=acts)
    return await show_page(request, part, DONE.get(done or ""))


async def _look(session: WriteSession, at: At) -> None:
    child = await keeping.look_at(session, at.id("child_id"))
    subject = keeping.subject_of(child.id, child.commissioner_id)
    await record_read(session, at.actor, "child.safe_contacts_read", subject, PURPOSE)


async def _told(session: AnySession, at: At) -> tuple[Any, ChildSafeContacts]:
    child = await keeping.look_at(session, at.id("child_id"))
    return child, await contacts.tell(session, at.ring, child)


async def _adding(session: ReadSession, at: At) -> FormAsked:
    child, told = await _told(session, at)
    return view.contact_form(child, told, None)


async def _add(session: WriteSession, at: At, answers: Answers) -> str:
    _, told = await _told(session, at)
    number = max((one.number for one in told.contacts), default=0) + 1
    return await _state(session, at, [*told.contacts, _read(answers, number)])


async def _changing(session: ReadSession, at: At) -> FormAsked:
    child, told = await _told(session, at)
    return view.contact_form(child, told, _of(told, at))


async def _change(session: WriteSession, at: At, answers: Answers) -> str:
    _, told = await _told(session, at)
    former = _of(told, at)
    kept = [one for one in told.contacts if one.number != former.number]
    if answers.pop(view.OFF, None) is not True:
        kept.append(_read(answers, former.number))
    return await _state(session, at, sorted(kept, key=lambda one: one.number))


def _read(answers: Answers, number: int) -> SafeContact:
    given = {name: one for name, one in answers.items() if one is not None and name != view.OFF} | {
        "number": number
    }
    given["post_to"] = str(answers.get("post_to") or "").splitlines()
    return understood(SafeContact, given)


def _of(told: ChildSafeContacts, at: At) -> SafeContact:
    number = at.whole("number")
    for one in told.contacts:
        if one.number == number:
            return one
    raise NotFoundError("Nobody on the list has this number. Go back to it.")


async def _state(session: WriteSession, at: At, stated: list[SafeContact]) -> str:
    child_id = at.id("child_id")
    said = SafeContactsStated(contacts=stated)
    await contacts.state(session, at.actor, at.ring, (child_id, at.version), said)
    return f"{COMMISSIONING}/children/{child_id}/safe-contacts?done=contacts"


add_form(router, f"{CONTACTS}/add", RECORDS, _adding, _add)
add_form(router, f"{CONTACTS}/{{number}}", RECORDS, _changing, _change, looks=_look)
