"""Lists of follow-ups over HTTP: who is not accounted for, and one of them whole."""

import uuid
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.access import Actor, Permission
from app.audit.service import record_read
from app.audit.terms import Subject
from app.children.queries.children import organisations_within
from app.children.router import StatedPurpose
from app.db.events import WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking
from app.organisations.router.pages import AskedPage
from app.organisations.terms import OrganisationKind
from app.oversight.errors import FollowUpNotFoundError
from app.oversight.queries import follow_ups as queries
from app.oversight.queries.follow_ups import Whose
from app.oversight.router.showing import FOLLOW_UPS, brief, whole
from app.oversight.schemas import FollowUpList, FollowUpOut
from app.oversight.service.opening import subject_of
from app.oversight.service.working import look_at
from app.providers.router.answering import ASKED, Ring, located, private

UNACCOUNTED = "/v1/oversight/unaccounted"

router = APIRouter(tags=["oversight"])

Reader = Annotated[Actor, Depends(Requires(Permission.FOLLOW_UPS_READ))]


@router.get(UNACCOUNTED, operation_id="listUnaccounted", responses=problems(*ASKED))
async def list_unaccounted(
    session: Looking, actor: Reader, response: Response, page: AskedPage, purpose: StatedPurpose
) -> FollowUpList:
    """List children of whom nobody knows where they are, the longest overdue first; no names."""
    key = page.after((str, str))
    after = (day_of(key[0]), key[1]) if key else None
    whose = await _whose(session, actor)
    found = await queries.list_open(session, whose, after, page.limit + 1)
    subject = Subject("follow-ups", str(actor.organisation_id), None, actor.organisation_id)
    await record_read(session, actor, "follow_ups.listed", subject, purpose)
    private(response)
    items = [brief(row) for row in found[: page.limit]]
    return FollowUpList(items=items, links=page.links(found, "next_step_by", "id"))


@router.get(FOLLOW_UPS, operation_id="listFollowUps", responses=problems(*ASKED))
async def list_follow_ups(
    session: Looking,
    actor: Reader,
    response: Response,
    page: AskedPage,
    purpose: StatedPurpose,
    open_: Annotated[
        bool | None, Query(alias="open", description="Only those that are open, or are not.")
    ] = None,
) -> FollowUpList:
    """List follow-ups of children whom you place, teach or answer for, the newest first."""
    key = page.after((str,))
    whose = await _whose(session, actor)
    before = key[0] if key else None
    found = await queries.list_follow_ups(session, whose, open_, before, page.limit + 1)
    subject = Subject("follow-ups", str(actor.organisation_id), None, actor.organisation_id)
    await record_read(session, actor, "follow_ups.listed", subject, purpose)
    private(response)
    items = [brief(row) for row in found[: page.limit]]
    return FollowUpList(items=items, links=page.links(found, "id"))


@router.get(
    f"{FOLLOW_UPS}/{{follow_up_id}}",
    operation_id="readFollowUp",
    responses=problems(*ASKED, FollowUpNotFoundError),
)
async def get_follow_up(
    session: Looking,
    actor: Reader,
    response: Response,
    ring: Ring,
    follow_up_id: uuid.UUID,
    purpose: StatedPurpose,
) -> FollowUpOut:
    """Read a follow-up with what was tried, and say what for."""
    held = await look_at(session, follow_up_id)
    await record_read(session, actor, "follow_up.read", subject_of(held), purpose)
    told = await whole(session, actor, ring, follow_up_id)
    located(response, f"{FOLLOW_UPS}/{follow_up_id}?purpose={purpose}")
    private(response, told.version)
    return told


async def _whose(session: WriteSession, actor: Actor) -> Whose:
    return Whose(
        la_code=actor.la_code,
        organisation_ids=await organisations_within(session),
        everybody=actor.organisation_kind == OrganisationKind.DEPARTMENT,
    )


def day_of(told: str) -> date:
    """Return the day in a cursor.

    Raises:
        InvalidRequestError: there is none in it.
    """
    try:
        return date.fromisoformat(told)
    except ValueError:
        detail = "The cursor is damaged. Begin again without it."
        fault = FieldFault(detail, parameter="cursor")
        raise InvalidRequestError(detail, errors=(fault,)) from None
