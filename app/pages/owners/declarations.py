"""The pages on which a provider declares the children whom nobody places with it."""

from fastapi import Request, Response

from app.access import Permission
from app.db.events import ReadSession, WriteSession
from app.http.security import Requires
from app.http.sessions import Reading
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.form_routes import At, add_form
from app.pages.owners import declarations_view as view
from app.pages.owners.held_records import RECORD, RECORDS, Done, Number, own_held, show_part
from app.pages.signed_in import RECORDS_PART, RecordsReader, own_router, understood
from app.placements.schemas import AttendanceDeclared
from app.placements.service import declaring

router = own_router()

_HERE = f"{RECORD}/{view.DECLARATION}"
_KEEPS = Requires(Permission.PROVIDER_RECORDS_MANAGE)


@router.get(_HERE)
async def show_declaration(
    request: Request, session: Reading, actor: RecordsReader, number: Number, done: Done = None
) -> Response:
    """Show what the provider last declared, and how long that counts."""
    held = await own_held(session, number)
    latest = await declaring.latest(session, number)
    keeps = Permission.PROVIDER_RECORDS_MANAGE in actor.permissions
    return await show_part(request, view.declaration_page(held, latest, keeps=keeps), done)


async def _declaring(session: ReadSession, at: At) -> FormAsked:
    return view.declare_form(await own_held(session, at.number))


async def _declare(session: WriteSession, at: At, answers: Answers) -> str:
    said = understood(AttendanceDeclared, view.declared_from(answers))
    await declaring.declare(session, at.actor, at.number, said)
    return f"{RECORDS}/{at.number}/{view.DECLARATION}?done=declared"


add_form(router, f"{_HERE}/renew", _KEEPS, _declaring, _declare, here=RECORDS_PART)
