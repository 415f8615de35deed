"""The pages on which an organisation's people are seen, and its administrators see to them."""

import uuid
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Form, Query, Request
from starlette.responses import Response

from app import clock
from app.access import Actor, Permission
from app.audit.terms import Purpose
from app.db.events import ReadSession, WriteSession
from app.db.transactions import reading, transaction
from app.errors import AppError, FieldFault, InvalidRequestError
from app.http.sessions import Reading, database_of
from app.organisations.errors import OrganisationNotFoundError
from app.organisations.queries import invitations as invitation_queries
from app.organisations.queries import members as queries
from app.organisations.router.pages import Page
from app.organisations.schemas.members import MemberChange
from app.organisations.service import members as service
from app.organisations.service.second_factors import take_factors_away
from app.organisations.terms import FactorsTaken, InvitationState, MembershipEnd
from app.pages import people_wording as words
from app.pages.accounts.people_view import (
    PEOPLE,
    Listed,
    build_contact,
    build_member,
    build_people,
    build_roles,
)
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked, Part
from app.pages.questions import Kind, Question
from app.pages.signed_in import (
    MENDABLE,
    ORGANISATION,
    MembersReader,
    RecentMembersManager,
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

MEMBER = f"{PEOPLE}/{{membership_id}}"
ON_A_PAGE = 50
MOST_INVITED = 100


class SentRoles(SentVersion):
    """Roles that somebody shall have."""

    roles: list[str] = []


@router.get(PEOPLE)
async def show_people(
    request: Request,
    session: Reading,
    actor: MembersReader,
    cursor: Annotated[str | None, Query(max_length=2_000)] = None,
    done: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Show who works for the organisation, and who was asked to."""
    organisation_id = acted_for(actor)
    page = Page(PEOPLE, (), ON_A_PAGE, cursor)
    key = page.after((str, str))
    rows = await queries.list_members(
        session, organisation_id, (key[0], key[1]) if key else None, ON_A_PAGE + 1
    )
    members = Listed(
        rows[:ON_A_PAGE], page.links(rows, "name", "id").next, PEOPLE if cursor else None
    )
    invited = None
    if Permission.MEMBERS_MANAGE in actor.permissions:
        open_now = (InvitationState.OPEN, clock.now())
        found = await invitation_queries.list_invitations(
            session, organisation_id, open_now, None, MOST_INVITED + 1
        )
        invited = (found[:MOST_INVITED], len(found) > MOST_INVITED)
    frame = await own_frame(request, ORGANISATION)
    return own_page("people.html", build_people(frame, actor, members, invited, done))


@router.get(MEMBER)
async def show_member(
    request: Request,
    session: Reading,
    actor: MembersReader,
    membership_id: uuid.UUID,
    done: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Show one member, and what can be done about them."""
    member = await service.get_member(session, acted_for(actor), membership_id)
    frame = await own_frame(request, ORGANISATION)
    return own_page("member.html", build_member(frame, actor, member, done))


@router.get(f"{MEMBER}/roles")
async def show_roles(
    request: Request, session: Reading, actor: RecentMembersManager, membership_id: uuid.UUID
) -> Response:
    """Offer a member's roles to be changed."""
    return await _roles_page(request, session, actor, membership_id)


@router.post(f"{MEMBER}/roles")
async def change_roles(
    request: Request,
    actor: RecentMembersManager,
    membership_id: uuid.UUID,
    sent: Annotated[SentRoles, Form()],
) -> Response:
    """Give a member other roles."""

    async def act(session: WriteSession) -> str:
        await service.get_member(session, acted_for(actor), membership_id)
        change = understood(MemberChange, {"roles": sent.roles})
        await service.change_roles(session, actor, membership_id, change.roles, sent.version)
        return f"{PEOPLE}/{membership_id}?done=roles-changed"

    try:
        return (await once(request, actor, sent.form_key, act)).lead_on()
    except MENDABLE as refused:
        async with reading(database_of(request), actor) as session:
            return await _roles_page(request, session, actor, membership_id, (sent.roles, refused))


@router.get(f"{MEMBER}/end")
async def show_end(
    request: Request, session: Reading, actor: RecentMembersManager, membership_id: uuid.UUID
) -> Response:
    """Ask whether somebody shall really work there no longer, and why."""
    return await show_form(request, await _ending(session, actor, membership_id))


@router.post(f"{MEMBER}/end")
async def end_membership(
    request: Request,
    actor: RecentMembersManager,
    membership_id: uuid.UUID,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """Let somebody work there no longer."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _ending(session, actor, membership_id)

    async def act(session: WriteSession, answers: Answers) -> str:
        await service.get_member(session, acted_for(actor), membership_id)
        reason = _reason(MembershipEnd, answers)
        await service.end_membership(session, actor, membership_id, sent.version, reason)
        return f"{PEOPLE}?done=ended"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{MEMBER}/second-factors")
async def show_factors(
    request: Request, session: Reading, actor: RecentMembersManager, membership_id: uuid.UUID
) -> Response:
    """Ask whether somebody shall really sign in by something new, and why."""
    return await show_form(request, await _taking_factors(session, actor, membership_id))


@router.post(f"{MEMBER}/second-factors")
async def take_factors(
    request: Request,
    actor: RecentMembersManager,
    membership_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Take away what somebody lost, so that they set up something new."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _taking_factors(session, actor, membership_id)

    async def act(session: WriteSession, answers: Answers) -> str:
        reason = _reason(FactorsTaken, answers)
        await take_factors_away(session, actor, acted_for(actor), membership_id, reason)
        return f"{PEOPLE}/{membership_id}?done=factors-taken"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{MEMBER}/contact")
async def show_contact(
    request: Request, session: Reading, actor: MembersReader, membership_id: uuid.UUID
) -> Response:
    """Ask what for, before a member's e-mail address is shown."""
    member = await service.get_member(session, acted_for(actor), membership_id)
    return own_page(
        "contact.html", build_contact(await own_frame(request, ORGANISATION), member, "")
    )


@router.post(f"{MEMBER}/contact")
async def reveal_contact(
    request: Request,
    actor: MembersReader,
    membership_id: uuid.UUID,
    purpose: Annotated[str, Form()] = "",
) -> Response:
    """Show a member's e-mail address; who looked, and what for, is written down."""
    of, refused, email = acted_for(actor), None, None
    async with transaction(database_of(request), actor) as session:
        member = await service.get_member(session, of, membership_id)
        if purpose in list(Purpose):
            email = await service.read_contact(session, actor, of, membership_id, Purpose(purpose))
        else:
            refused = _not_chosen("purpose")
    frame = await own_frame(request, ORGANISATION)
    view = build_contact(frame, member, purpose, email=email, refused=refused)
    return own_page("contact.html", view, status_code=refused.status if refused else 200)


Again = tuple[Any, AppError]
"""What was chosen when a form was sent before, and why it was not taken."""


async def _roles_page(
    request: Request,
    session: ReadSession,
    actor: Actor,
    membership_id: uuid.UUID,
    again: Again | None = None,
) -> Response:
    of = acted_for(actor)
    member = await service.get_member(session, of, membership_id)
    organisation = await queries.get_organisation(session, of, administered=True)
    if organisation is None:
        raise OrganisationNotFoundError("You do not administer this organisation any more.")
    typed, refused = again or (None, None)
    frame = await own_frame(request, ORGANISATION)
    view = build_roles(frame, actor, member, organisation.kind, (typed, refused))
    return own_page("roles.html", view, status_code=refused.status if refused else 200)


async def _ending(session: ReadSession, actor: Actor, membership_id: uuid.UUID) -> FormAsked:
    member = await service.get_member(session, acted_for(actor), membership_id)
    return FormAsked(
        heading=f"End the membership of {member.name}",
        paragraphs=(
            f"From this moment on they no longer act for {actor.organisation_name}.",
            "What they did stays on record.",
        ),
        button="End the membership",
        back=ActionLink(member.name, f"{PEOPLE}/{membership_id}"),
        warning="To let them back in, they have to be invited again.",
        parts=(_why(words.MEMBERSHIP_ENDS),),
        version=member.version,
        here=ORGANISATION,
    )


async def _taking_factors(
    session: ReadSession, actor: Actor, membership_id: uuid.UUID
) -> FormAsked:
    member = await service.get_member(session, acted_for(actor), membership_id)
    return FormAsked(
        heading=f"Take away what {member.name} signs in with",
        paragraphs=(
            "This is for people who sign in by a link in their mail, and a passkey or code.",
            "Be sure that it is they who asked for it: call them, or see them.",
            "They are signed out everywhere, and set up something new with their next link.",
        ),
        button="Take it away",
        back=ActionLink(member.name, f"{PEOPLE}/{membership_id}"),
        warning="Every passkey and authenticator they have stops working at once.",
        parts=(_why(words.FACTORS_TAKEN),),
        here=ORGANISATION,
    )


def _why(reasons: Mapping[str, str]) -> Part:
    offered = tuple(reasons.items())
    return Part((Question("reason", "Why?", "Choose a reason", Kind.ONE, offered=offered),))


def _reason(reasons: type[MembershipEnd] | type[FactorsTaken], answers: Answers) -> str:
    if answers["reason"] not in list(reasons):
        raise _not_chosen("reason")
    return str(answers["reason"])


def _not_chosen(field: str) -> InvalidRequestError:
    return InvalidRequestError(
        "Something was not chosen.", errors=(FieldFault("This is required.", f"/{field}"),)
    )
