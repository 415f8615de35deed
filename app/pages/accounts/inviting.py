"""The pages on which an organisation's administrators invite people, and see what came of it."""

import uuid
from typing import Annotated, Any

from fastapi import Form, Query, Request
from starlette.responses import Response

from app import clock
from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.db.transactions import reading
from app.errors import AppError
from app.http.sessions import Reading, database_of
from app.organisations.errors import OrganisationNotFoundError
from app.organisations.queries import members as member_queries
from app.organisations.schemas.invitations import InvitationAsked
from app.organisations.service import invitations as service
from app.pages.accounts.inviting_view import (
    INVITATIONS,
    Typed,
    build_invite,
    build_sent_invitation,
)
from app.pages.accounts.people_view import PEOPLE
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.signed_in import (
    MENDABLE,
    ORGANISATION,
    MembersManager,
    RecentMembersManager,
    Ring,
    SentOnce,
    SentVersion,
    acted_for,
    once,
    own_frame,
    own_page,
    own_router,
    understood,
)
from app.pages.view_models import ActionLink

router = own_router()
"""Comes before the router of `people`, whose addresses take anything after `/organisation/people/`
for a member's id."""

INVITE = f"{PEOPLE}/invite"
INVITATION = f"{INVITATIONS}/{{invitation_id}}"


class SentInvite(SentOnce):
    """Whom somebody invites."""

    name: str = ""
    email: str = ""
    roles: list[str] = []
    way: str = ""


@router.get(INVITE)
async def show_invite(request: Request, session: Reading, actor: RecentMembersManager) -> Response:
    """Offer the form on which somebody is invited."""
    return await _invite_page(request, session, actor, Typed())


@router.post(INVITE)
async def invite(
    request: Request,
    actor: RecentMembersManager,
    ring: Ring,
    sent: Annotated[SentInvite, Form()],
) -> Response:
    """Invite somebody; a link is mailed to them."""

    async def act(session: WriteSession) -> str:
        fields = sent.model_dump(include={"name", "email", "roles", "way"})
        asked = understood(InvitationAsked, fields)
        new = service.NewInvitation(
            acted_for(actor), asked.name, asked.email, asked.roles, asked.way
        )
        await service.invite(session, actor, ring, new)
        return f"{PEOPLE}?done=invited"

    try:
        return (await once(request, actor, sent.form_key, act)).lead_on()
    except MENDABLE as refused:
        typed = Typed(sent.name, sent.email, sent.roles, sent.way)
        async with reading(database_of(request), actor) as session:
            return await _invite_page(request, session, actor, typed, refused)


@router.get(INVITATION)
async def show_invitation(
    request: Request,
    session: Reading,
    actor: MembersManager,
    invitation_id: uuid.UUID,
    done: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Show one invitation, and what can be done about it."""
    held = await service.get_invitation(session, acted_for(actor), invitation_id)
    frame = await own_frame(request, ORGANISATION)
    view = build_sent_invitation(frame, held, clock.now(), done)
    return own_page("sent_invitation.html", view)


@router.get(f"{INVITATION}/send-again")
async def show_send_again(
    request: Request, session: Reading, actor: RecentMembersManager, invitation_id: uuid.UUID
) -> Response:
    """Ask whether an invitation shall be sent again."""
    held = await service.get_invitation(session, acted_for(actor), invitation_id)
    return await show_form(request, _sending(held))


@router.post(f"{INVITATION}/send-again")
async def send_again(
    request: Request,
    actor: RecentMembersManager,
    ring: Ring,
    invitation_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Send an invitation once more, with a new link."""

    async def ask(session: ReadSession) -> FormAsked:
        return _sending(await service.get_invitation(session, acted_for(actor), invitation_id))

    async def act(session: WriteSession, _: Answers) -> str:
        await service.get_invitation(session, acted_for(actor), invitation_id)
        await service.send_again(session, actor, ring, invitation_id)
        return f"{INVITATIONS}/{invitation_id}?done=sent-again"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{INVITATION}/withdraw")
async def show_withdraw(
    request: Request, session: Reading, actor: RecentMembersManager, invitation_id: uuid.UUID
) -> Response:
    """Ask whether an invitation shall really be withdrawn."""
    held = await service.get_invitation(session, acted_for(actor), invitation_id)
    return await show_form(request, _withdrawing(held))


@router.post(f"{INVITATION}/withdraw")
async def withdraw(
    request: Request,
    actor: RecentMembersManager,
    invitation_id: uuid.UUID,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """Withdraw an invitation; its links are of no further use."""

    async def ask(session: ReadSession) -> FormAsked:
        return _withdrawing(await service.get_invitation(session, acted_for(actor), invitation_id))

    async def act(session: WriteSession, _: Answers) -> str:
        await service.get_invitation(session, acted_for(actor), invitation_id)
        await service.withdraw(session, actor, invitation_id, sent.version)
        return f"{PEOPLE}?done=withdrawn"

    return await take_form(request, actor, sent, ask, act)


async def _invite_page(
    request: Request,
    session: ReadSession,
    actor: Actor,
    typed: Typed,
    refused: AppError | None = None,
) -> Response:
    of = acted_for(actor)
    organisation = await member_queries.get_organisation(session, of, administered=True)
    if organisation is None:
        raise OrganisationNotFoundError("You do not administer this organisation any more.")
    frame = await own_frame(request, ORGANISATION)
    view = build_invite(frame, organisation, typed, refused)
    return own_page("invite.html", view, status_code=refused.status if refused else 200)


def _sending(held: Any) -> FormAsked:
    return FormAsked(
        heading=f"Send the invitation of {held.name} again",
        paragraphs=(f"A new link leaves for {held.email}. It is good for 14 days.",),
        button="Send it again",
        back=_back(held),
        here=ORGANISATION,
    )


def _withdrawing(held: Any) -> FormAsked:
    return FormAsked(
        heading=f"Withdraw the invitation of {held.name}",
        paragraphs=(f"The links that were sent to {held.email} will no longer work.",),
        button="Withdraw it",
        back=_back(held),
        warning="It cannot be opened again; you would have to invite them anew.",
        version=held.version,
        here=ORGANISATION,
    )


def _back(held: Any) -> ActionLink:
    return ActionLink("Invitation", f"{INVITATIONS}/{held.id}")
