"""The pages on which officers invite providers to claim their records, and end whose they are."""

from typing import Annotated, Any

from fastapi import Depends, Form, Request
from starlette.responses import Response

from app import clock
from app.access import Actor, Permission
from app.db.events import ReadSession, WriteSession
from app.http.security import Requires
from app.http.sessions import Reading
from app.organisations.queries import organisations
from app.organisations.terms import OrganisationKind
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.officers.answered_records import RECORD, RECORDS, answered_held
from app.pages.officers.claims_view import end_form, invite_form, read_claim, withdraw_form
from app.pages.signed_in import Ring, SentOnce, own_router, understood
from app.providers.errors import ClaimNotFoundError
from app.providers.queries import claims as claim_queries
from app.providers.queries import records
from app.providers.schemas.claims import NewClaim
from app.providers.service import claims
from app.providers.service.records import Held

router = own_router()

Inviter = Annotated[Actor, Depends(Requires(Permission.PROVIDERS_INVITE))]
RecentInviter = Annotated[Actor, Depends(Requires(Permission.PROVIDERS_INVITE, recently=True))]
_MOST_OWNERS = 500


@router.get(f"{RECORD}/invite")
async def show_invite(
    request: Request, session: Reading, actor: RecentInviter, number: str
) -> Response:
    """Offer the form on which a provider is invited to claim its record."""
    return await show_form(request, await _inviting(session, actor, number))


@router.post(f"{RECORD}/invite")
async def invite(
    request: Request,
    actor: RecentInviter,
    ring: Ring,
    number: str,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Invite a provider to claim its record; its owner is added in the same step."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _inviting(session, actor, number)

    async def act(session: WriteSession, answers: Answers) -> str:
        new = understood(NewClaim, read_claim(answers))
        await claims.invite_to_claim(session, actor, ring, number, new)
        return _at(number, "invited")

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{RECORD}/withdraw-claim")
async def show_withdraw(request: Request, session: Reading, _: Inviter, number: str) -> Response:
    """Ask whether an invitation to claim a record shall be withdrawn."""
    held = await answered_held(session, number)
    return await show_form(request, withdraw_form(held, await _claim(session, held)))


@router.post(f"{RECORD}/withdraw-claim")
async def withdraw(
    request: Request, actor: Inviter, number: str, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Withdraw the invitation to claim a record."""

    async def ask(session: ReadSession) -> FormAsked:
        held = await answered_held(session, number)
        return withdraw_form(held, await _claim(session, held))

    async def act(session: WriteSession, _: Answers) -> str:
        claim = await _claim(session, await answered_held(session, number))
        await claims.withdraw_claim(session, actor, claim.id)
        return _at(number, "withdrawn")

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{RECORD}/end-ownership")
async def show_end(request: Request, session: Reading, _: RecentInviter, number: str) -> Response:
    """Ask why a record shall be taken out of its owner's hands."""
    return await show_form(request, end_form(await answered_held(session, number)))


@router.post(f"{RECORD}/end-ownership")
async def end(
    request: Request, actor: RecentInviter, number: str, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Take a record out of its owner's hands."""

    async def ask(session: ReadSession) -> FormAsked:
        return end_form(await answered_held(session, number))

    async def act(session: WriteSession, answers: Answers) -> str:
        await claims.end_ownership(session, actor, number, str(answers["reason"]))
        return _at(number, "ended")

    return await take_form(request, actor, sent, ask, act)


async def open_claim(session: ReadSession | WriteSession, held: Held) -> Any | None:
    """Return the invitation to claim a record that is open, if one is."""
    found = await claim_queries.find_open_claim(session, held.id)
    return await claim_queries.get_claim(session, found.id) if found else None


async def _inviting(session: ReadSession, actor: Actor, number: str) -> FormAsked:
    held = await answered_held(session, number)
    wanted = organisations.Wanted(
        kinds=(OrganisationKind.PROVIDER_OWNER.value,), open_on=clock.today()
    )
    introduced = await organisations.list_organisations(session, wanted, None, _MOST_OWNERS)
    owners = {str(one.id): str(one.name) for one in introduced}
    answered = await records.list_records(
        session, actor.la_code, records.Wanted(), None, _MOST_OWNERS
    )
    owners |= {str(one.owner_id): one.owner_name for one in answered if one.owner_id}
    return invite_form(held, sorted(owners.items(), key=lambda one: one[1].casefold()))


async def _claim(session: ReadSession | WriteSession, held: Held) -> Any:
    claim = await open_claim(session, held)
    if claim is None:
        raise ClaimNotFoundError("No invitation to claim this record is open.")
    return claim


def _at(number: str, done: str) -> str:
    return f"{RECORDS}/{number}?done={done}"
