"""The pages on children: listed, added, read, put right, held back, handed out whole, erased."""

import uuid
from typing import Annotated

from fastapi import Depends, Request, Response

from app.access import Actor, Permission
from app.assessments.router import assessments
from app.audit import queries as audit
from app.audit.service import record_read
from app.audit.terms import ActOutcome, Purpose, Wanted
from app.children import router as api
from app.children.errors import ChildHeldAlreadyError
from app.children.schemas import (
    ChildErasure,
    ChildHold,
    ChildIdentity,
    ChildOut,
    Circumstances,
    NewChild,
)
from app.children.service import erasing, keeping
from app.db.events import ReadSession, WriteSession
from app.http.security import Requires
from app.http.sessions import Looking
from app.organisations.queries.organisations import get_organisation
from app.oversight.router import exports
from app.pages.commissioning import children_forms as asked
from app.pages.commissioning import children_view as view
from app.pages.commissioning.forms import (
    COMMISSIONING,
    PURPOSE,
    At,
    Cursor,
    Done,
    add_form,
    at_of,
    page_of,
    show_page,
)
from app.pages.commissioning.nested import Nested, read_nested
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.leading import private
from app.pages.signed_in import acted_for, own_router, understood
from app.placements.router import placements

router = own_router()

CHILDREN = f"{COMMISSIONING}/children"
_ONE = f"{CHILDREN}/{{child_id}}"
READS = Requires(Permission.CHILDREN_READ)
RECORDS = Requires(Permission.CHILDREN_RECORD)
ERASES = Requires(Permission.CHILDREN_ERASE, recently=True)
Reader = Annotated[Actor, Depends(READS)]
_FEW = 20


@router.get(CHILDREN)
async def show_children(
    request: Request, session: Looking, actor: Reader, cursor: Cursor = None, done: Done = None
) -> Response:
    """List the children of an organisation, the newest first; that it was read is written down."""
    page = page_of(CHILDREN, cursor)
    ring = at_of(request, actor).ring
    found = await api.list_children(session, actor, Response(), ring, page, PURPOSE)
    part = view.children_part(actor, found, further=cursor is not None)
    return await show_page(request, part, view.DONE.get(done or ""))


async def _adding(session: ReadSession, at: At) -> FormAsked:
    own = await get_organisation(session, acted_for(at.actor))
    return asked.add_form_asked(own)


async def _add(session: WriteSession, at: At, answers: Answers) -> str:
    members = asked.child_in(answers)
    new = read_nested(NewChild, Nested(members, {}), asked.QUESTIONS)
    child_id, _ = await keeping.add_child(session, at.actor, at.ring, new)
    return f"{CHILDREN}/{child_id}?done=added"


# before the page of one, whose address would take its own for somebody's
add_form(router, f"{CHILDREN}/add", RECORDS, _adding, _add, mendable=(ChildHeldAlreadyError,))


@router.get(_ONE)
async def show_child(
    request: Request, session: Looking, actor: Reader, done: Done = None
) -> Response:
    """Show a child's record with its assessments and placements."""
    at = at_of(request, actor)
    told, here, unsent = await _read(session, at), at.id("child_id"), Response()
    page = page_of(CHILDREN, None, limit=_FEW)
    assessed, placed = None, None
    if Permission.PLACEMENTS_READ in actor.permissions:
        assessed = await assessments.list_assessments(
            session, actor, unsent, page, PURPOSE, child=here
        )
        placed = await placements.list_placements(session, actor, unsent, page, PURPOSE, child=here)
    match = await _match(session, here)
    held = await keeping.look_at(session, here)
    own = held.commissioner_id == actor.organisation_id
    part = view.child_part(actor, told, view.Beside(assessed, placed, match, own=own))
    return await show_page(request, part, view.DONE.get(done or ""))


@router.get(f"{_ONE}/everything")
async def download_everything(request: Request, session: Looking, actor: Reader) -> Response:
    """Hand out everything that is held on one child, as one file, for whoever asks for it."""
    at = at_of(request, actor)
    told = await exports.get_everything(
        session, actor, Response(), at.ring, at.id("child_id"), Purpose.SUBJECT_REQUEST
    )
    response = Response(told.model_dump_json(indent=2), media_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="everything-on-one-child.json"'
    return private(response)


async def _identity(session: ReadSession, at: At) -> FormAsked:
    held = await keeping.look_at(session, at.id("child_id"))
    return asked.identity_form(held, keeping.identity_of(at.ring, held))


async def _change_identity(session: WriteSession, at: At, answers: Answers) -> str:
    child_id, said = at.id("child_id"), understood(ChildIdentity, answers)
    await keeping.change_identity(session, at.actor, at.ring, (child_id, at.version), said)
    return f"{CHILDREN}/{child_id}?done=put-right"


async def _duties(session: ReadSession, at: At) -> FormAsked:
    held = await keeping.look_at(session, at.id("child_id"))
    return asked.duties_form(held, await asked.latest_duties(session, held.id))


async def _state_duties(session: WriteSession, at: At, answers: Answers) -> str:
    child_id = at.id("child_id")
    said = understood(Circumstances, asked.duties_in(answers))
    await keeping.state_circumstances(session, at.actor, (child_id, at.version), said)
    return f"{CHILDREN}/{child_id}?done=duties"


async def _holding(session: ReadSession, at: At) -> FormAsked:
    return asked.hold_form(await keeping.look_at(session, at.id("child_id")))


async def _hold(session: WriteSession, at: At, answers: Answers) -> str:
    child_id, said = at.id("child_id"), understood(ChildHold, answers)
    await erasing.hold(session, at.actor, (child_id, at.version), said)
    return _after(at, child_id, "held")


async def _erasing(session: ReadSession, at: At) -> FormAsked:
    return asked.erase_form(await keeping.look_at(session, at.id("child_id")))


async def _erase(session: WriteSession, at: At, answers: Answers) -> str:
    child_id, said = at.id("child_id"), understood(ChildErasure, {"reason": answers["reason"]})
    await erasing.erase(session, at.actor, (child_id, at.version), said)
    return _after(at, child_id, "erased")


async def _look(session: WriteSession, at: At) -> None:
    """Write down that a form showed who a child is."""
    held = await keeping.look_at(session, at.id("child_id"))
    subject = keeping.subject_of(held.id, held.commissioner_id)
    await record_read(session, at.actor, "child.read", subject, PURPOSE)


add_form(
    router,
    f"{_ONE}/identity",
    RECORDS,
    _identity,
    _change_identity,
    mendable=(ChildHeldAlreadyError,),
    looks=_look,
)
add_form(router, f"{_ONE}/duties", RECORDS, _duties, _state_duties, looks=_look)
add_form(router, f"{_ONE}/hold", ERASES, _holding, _hold)
add_form(router, f"{_ONE}/erase", ERASES, _erasing, _erase)


async def _read(session: WriteSession, at: At) -> ChildOut:
    return await api.get_child(session, at.actor, Response(), at.ring, at.id("child_id"), PURPOSE)


async def _match(session: WriteSession, child_id: uuid.UUID) -> str | None:
    """Return whether others hold the child, as it was found when that was last looked for."""
    wanted = Wanted(subject_kind="child", subject_id=str(child_id), outcome=ActOutcome.DONE)
    for entry in await audit.find_page(session, wanted, None, 100):
        if entry["after"] and "match" in entry["after"]:
            return str(entry["after"]["match"])
    return None


def _after(at: At, child_id: uuid.UUID, done: str) -> str:
    """Return where to go on: whoever looks after roles alone may erase and not read."""
    if Permission.CHILDREN_READ in at.actor.permissions:
        return f"{CHILDREN}/{child_id}?done={done}"
    return "/organisation"
