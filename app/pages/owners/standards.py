"""The pages on which an owner goes from one version of the standards to the next."""

import uuid
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Form, Path, Request
from starlette.responses import Response

from app import clock
from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.inspections.service.impacts import found_at
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.owners.held_records import RECORD, RECORDS, Number, own_record, show_part
from app.pages.owners.self_evaluations import own_said
from app.pages.owners.self_evaluations_view import SAID, back_to
from app.pages.owners.standards_view import STANDARDS, carrying, impact_page
from app.pages.signed_in import RecordsManager, RecordsReader, SentOnce, own_router
from app.providers.queries import self_evaluations as queries
from app.providers.service import carrying_over
from app.standards.queries import versions

router = own_router()

_CARRY = f"{RECORD}/{SAID}/{{self_evaluation_id}}/carry-over"
Version = Annotated[str, Path(pattern="^[A-Za-z0-9-]{1,100}$")]


@router.get(f"{RECORD}/{STANDARDS}/{{version}}")
async def show_impact(
    request: Request, session: Reading, actor: RecordsReader, number: Number, version: Version
) -> Response:
    """Show which criteria of a version of the standards a provider would miss."""
    own = await own_record(session, actor, number)
    missed = await carrying_over.impact(session, own.held, version)
    held = await queries.get_version(session, version)
    found = await found_at(session, own.held.number, version)
    return await show_part(request, impact_page(own, held, (missed, found), clock.today()))


@router.get(_CARRY)
async def show_carry_over(
    request: Request,
    session: Reading,
    actor: RecordsManager,
    number: Number,
    self_evaluation_id: uuid.UUID,
) -> Response:
    """Ask whether a self-evaluation shall be carried over."""
    return await show_form(request, await _asked(session, actor, number, self_evaluation_id))


@router.post(_CARRY)
async def carry_over(
    request: Request,
    actor: RecordsManager,
    number: Number,
    self_evaluation_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Begin a self-evaluation against the next version with what was answered."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _asked(session, actor, number, self_evaluation_id)

    async def act(session: WriteSession, _: Answers) -> str:
        identity = await carrying_over.carry_over(session, actor, number, self_evaluation_id)
        return f"{RECORDS}/{number}/{SAID}/{identity}?done=evaluation-carried-over"

    return await take_form(request, actor, sent, ask, act)


async def _asked(
    session: ReadSession, actor: Actor, number: str, self_evaluation_id: uuid.UUID
) -> FormAsked:
    own, said = await own_said(session, actor, number, self_evaluation_id)
    following = following_of(await versions.list_published(session), said.row.standards)
    return carrying(said, following, back_to(own, said))


def following_of(published: Sequence[Any], code: str) -> Any | None:
    """Return the version of the standards that follows another, if one does."""
    codes = [one.code for one in published]
    place = codes.index(code) + 1
    return published[place] if place < len(published) else None
