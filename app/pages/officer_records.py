"""The pages on which officers look after the records of providers they answer for."""

import uuid
from typing import Annotated, Any, Literal, TypeAlias

from fastapi import Depends, Form, Query, Request
from starlette.responses import Response

from app.access import Actor, Permission
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.http.security import Requires
from app.http.sessions import Reading
from app.organisations.router.pages import Page
from app.pages.answered_records import RECORD, RECORDS, answered_held
from app.pages.officer_records_view import (
    STATUSES,
    build_record,
    build_records,
    end_form,
    invite_form,
    read_claim,
    verify_form,
    withdraw_form,
)
from app.pages.officers import (
    ON_A_PAGE,
    RecordsReader,
    form_page,
    take_form,
    typed_in,
)
from app.pages.officers import RECORDS as HERE
from app.pages.own_form import OwnForm, one_of
from app.pages.signed_in import Ring, SentOnce, own_frame, own_page, own_router, understood
from app.providers.errors import ClaimNotFoundError, PartNotFoundError
from app.providers.queries import claims as claim_queries
from app.providers.queries import records as queries
from app.providers.router.showing import record_shown
from app.providers.schemas.claims import NewClaim
from app.providers.schemas.record import PrivateRecord
from app.providers.schemas.vouching import NewVerification
from app.providers.service import claims, vouching
from app.providers.service.duplicates import find_duplicates
from app.providers.service.records import Held

router = own_router()

Inviter = Annotated[Actor, Depends(Requires(Permission.PROVIDERS_INVITE))]
RecentInviter = Annotated[Actor, Depends(Requires(Permission.PROVIDERS_INVITE, recently=True))]
Verifier = Annotated[Actor, Depends(Requires(Permission.PROVIDERS_VERIFY))]
PartKind: TypeAlias = Literal["provider", "identifier", "site"]


@router.get(RECORDS)
async def show_records(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    q: Annotated[str, Query(max_length=200)] = "",
    status: Annotated[str, Query(max_length=40)] = "",
    cursor: Annotated[str | None, Query(max_length=2_000)] = None,
) -> Response:
    """List the records one answers for, by number, narrowed by name and status."""
    if status not in {"", *STATUSES}:
        fault = FieldFault("Choose a status from the list.", parameter="status")
        raise InvalidRequestError("Choose a status from the list.", errors=(fault,))
    page = Page(RECORDS, (("q", q), ("status", status)), ON_A_PAGE, cursor)
    wanted = queries.Wanted(tuple(q.split()), (status,) if status else ())
    rows = await queries.list_records(
        session, actor.la_code, wanted, page.after_text(), ON_A_PAGE + 1
    )
    first = RECORDS if cursor else None
    frame, following = await own_frame(request, HERE), page.links(rows, "number").next
    view = build_records(frame, (q, status), rows[:ON_A_PAGE], (following, first))
    return own_page("officer_records.html", view)


@router.get(RECORD)
async def show_record(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    number: str,
    done: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Show a record, who made sure of what in it, and what can be done about it."""
    held = await answered_held(session, number)
    told = await record_shown(session, held)
    claim = await _open_claim(session, held)
    alike = await find_duplicates(session, actor, held.number)
    frame = await own_frame(request, HERE)
    view = build_record(frame, (actor, held), told, claim, (alike, done))
    return own_page("officer_record.html", view)


@router.get(f"{RECORD}/verify")
async def show_verify(
    request: Request,
    session: Reading,
    _: Verifier,
    number: str,
    kind: PartKind = "provider",
    part: uuid.UUID | None = None,
) -> Response:
    """Offer the form on which an officer says what they found of a part of a record."""
    return await form_page(request, await _verifying(session, number, kind, part))


@router.post(f"{RECORD}/verify")
async def verify(
    request: Request,
    actor: Verifier,
    number: str,
    sent: Annotated[SentOnce, Form()],
    kind: PartKind = "provider",
    part: uuid.UUID | None = None,
) -> Response:
    """Keep what an officer found of a part of a record."""
    typed = typed_in(request)

    async def act(session: WriteSession) -> str:
        found = {"true": True, "false": False}.get(one_of(typed, "held") or "")
        stated: dict[str, object] = {"subject_kind": kind, "subject_id": part, "held": found}
        said: dict[str, object] = {"how": one_of(typed, "how"), "note": one_of(typed, "note")}
        await vouching.verify(session, actor, number, understood(NewVerification, stated | said))
        return _at(number, "verified")

    async def again(session: ReadSession) -> OwnForm:
        return await _verifying(session, number, kind, part)

    return await take_form(request, actor, sent, act, again)


@router.get(f"{RECORD}/invite")
async def show_invite(
    request: Request, session: Reading, _: RecentInviter, number: str
) -> Response:
    """Offer the form on which a provider is invited to claim its record."""
    return await form_page(request, invite_form(await answered_held(session, number)))


@router.post(f"{RECORD}/invite")
async def invite(
    request: Request,
    actor: RecentInviter,
    ring: Ring,
    number: str,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Invite a provider to claim its record; its owner is added in the same step."""

    async def act(session: WriteSession) -> str:
        new = understood(NewClaim, read_claim(typed_in(request)))
        await claims.invite_to_claim(session, actor, ring, number, new)
        return _at(number, "invited")

    async def again(session: ReadSession) -> OwnForm:
        return invite_form(await answered_held(session, number))

    return await take_form(request, actor, sent, act, again)


@router.get(f"{RECORD}/withdraw-claim")
async def show_withdraw(request: Request, session: Reading, _: Inviter, number: str) -> Response:
    """Ask whether an invitation to claim a record shall be withdrawn."""
    held = await answered_held(session, number)
    return await form_page(request, withdraw_form(held, await _claim(session, held)))


@router.post(f"{RECORD}/withdraw-claim")
async def withdraw(
    request: Request, actor: Inviter, number: str, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Withdraw the invitation to claim a record."""

    async def act(session: WriteSession) -> str:
        claim = await _claim(session, await answered_held(session, number))
        await claims.withdraw_claim(session, actor, claim.id)
        return _at(number, "withdrawn")

    async def again(session: ReadSession) -> OwnForm:
        held = await answered_held(session, number)
        return withdraw_form(held, await _claim(session, held))

    return await take_form(request, actor, sent, act, again)


@router.get(f"{RECORD}/end-ownership")
async def show_end(request: Request, session: Reading, _: RecentInviter, number: str) -> Response:
    """Ask why a record shall be taken out of its owner's hands."""
    return await form_page(request, end_form(await answered_held(session, number)))


@router.post(f"{RECORD}/end-ownership")
async def end(
    request: Request, actor: RecentInviter, number: str, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Take a record out of its owner's hands."""

    async def act(session: WriteSession) -> str:
        reason = one_of(typed_in(request), "reason")
        if reason is None:
            raise InvalidRequestError("Say why.", errors=(FieldFault("Say why", "/reason"),))
        await claims.end_ownership(session, actor, number, reason)
        return _at(number, "ended")

    async def again(session: ReadSession) -> OwnForm:
        return end_form(await answered_held(session, number))

    return await take_form(request, actor, sent, act, again)


async def _verifying(
    session: ReadSession, number: str, kind: str, part: uuid.UUID | None
) -> OwnForm:
    held = await answered_held(session, number)
    told = await record_shown(session, held)
    return verify_form(held, _name_of(told, kind, part))


def _name_of(told: PrivateRecord, kind: str, part: uuid.UUID | None) -> str:
    if kind == "provider":
        return told.name
    names: dict[uuid.UUID, str] = (
        {site.id: site.name for site in told.sites}
        if kind == "site"
        else {one.id: one.value for one in told.identifiers}
    )
    if part is None or part not in names:
        raise PartNotFoundError(f"The record of {told.name} has no such part.")
    return names[part]


async def _open_claim(session: ReadSession | WriteSession, held: Held) -> Any | None:
    found = await claim_queries.find_open_claim(session, held.id)
    return await claim_queries.get_claim(session, found.id) if found else None


async def _claim(session: ReadSession | WriteSession, held: Held) -> Any:
    claim = await _open_claim(session, held)
    if claim is None:
        raise ClaimNotFoundError("No invitation to claim this record is open.")
    return claim


def _at(number: str, done: str) -> str:
    return f"{RECORDS}/{number}?done={done}"
