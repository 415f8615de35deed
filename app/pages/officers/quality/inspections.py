"""The page of one inspection as officers see it."""

from fastapi import Request
from starlette.responses import Response

from app.http.sessions import Reading
from app.inspections.queries import reliances
from app.pages.officers.quality.forms import INSPECTION, Done, Reader, at_of, show_page
from app.pages.officers.quality.inspections_view import inspection_part
from app.pages.officers.quality.read import read_inspection
from app.pages.signed_in import own_router

router = own_router()

_MOST = 100


@router.get(INSPECTION)
async def show_inspection(
    request: Request, session: Reading, actor: Reader, done: Done = None
) -> Response:
    """Show an inspection: where it stands, what is next and for whom, and everything found."""
    at = at_of(request, actor)
    read = await read_inspection(session, actor, at.reference)
    wanted = reliances.Wanted(reference=read.told.reference)
    relied = await reliances.list_reliances(session, wanted, None, _MOST)
    return await show_page(request, inspection_part(read, relied), done)
