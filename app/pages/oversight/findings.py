"""The pages on which the department finds whether children of a case are full-time there."""

from fastapi import Request, Response

from app.db.events import ReadSession, WriteSession
from app.http.sessions import Looking
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.oversight import findings_view as view
from app.pages.oversight.forms import (
    CLOSES_CASES,
    At,
    CaseReader,
    Done,
    add_form,
    at_of,
    show_page,
)
from app.pages.oversight.start_view import CASES
from app.pages.signed_in import own_router, understood
from app.placements.errors import CaseChildNotFoundError, CaseClosedError
from app.placements.router import findings as api
from app.placements.schemas import FullTimeFindingStated
from app.placements.service import findings

router = own_router()

_HERE = f"{CASES}/{{case_id}}/children"


@router.get(_HERE)
async def show_children(
    request: Request, session: Looking, actor: CaseReader, done: Done = None
) -> Response:
    """Show the children of a case without names; that they were looked at is written down."""
    which = at_of(request, actor).id("case_id")
    told = await api.list_case_children(session, actor, Response(), which)
    row = await findings.look_at_children(session, actor, which)
    return await show_page(request, view.children_part(actor, row.case, told), done)


async def _look(session: WriteSession, at: At) -> None:
    await findings.read_children(session, at.actor, at.id("case_id"))


async def _finding(session: ReadSession, at: At) -> FormAsked:
    looked = await findings.look_at_children(session, at.actor, at.id("case_id"))
    if looked.case.closed_at is not None:
        raise CaseClosedError("It is closed already. What is new opens another case.")
    named = at.id("child_id")
    child = next((one for one in api.told(looked).items if one.child == named), None)
    if child is None:
        raise CaseChildNotFoundError(
            "No child is called so in this case. Look at its children again: they may have changed."
        )
    return view.finding_form(looked.case, child)


async def _find(session: WriteSession, at: At, answers: Answers) -> str:
    which = at.id("case_id")
    said = understood(FullTimeFindingStated, answers | {"child": at.id("child_id")})
    await findings.find(session, at.actor, which, said)
    return f"{CASES}/{which}/children?done=found"


add_form(router, f"{_HERE}/{{child_id}}/find", CLOSES_CASES, _finding, _find, looks=_look)
