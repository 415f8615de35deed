"""The pages on which officers assess applications: the queue, one application, and what is asked.

Looking at an application finds anew what it shares with records removed or refused, and is written
down, as through the API.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias

from fastapi import Form, Query, Request
from starlette.responses import Response

from app.access import Permission
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.http.sessions import Looking, Reading
from app.organisations.router.pages import Page
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.officers.applications_view import (
    APPLICATIONS,
    assess_form,
    build_queue,
    judgement_form,
    question_form,
    wanted,
)
from app.pages.officers.assessing_view import Told, build_listing
from app.pages.officers.desk import (
    APPLICATIONS as HERE,
)
from app.pages.officers.desk import (
    ON_A_PAGE,
    Proposer,
    RecordsReader,
)
from app.pages.officers.evidence import shown_of
from app.pages.officers.listing_acts import possible_acts
from app.pages.signed_in import SentOnce, own_frame, own_page, own_router, understood
from app.pages.view_models import ActionLink
from app.providers.errors import ApplicationNotFoundError, MatchNotFoundError
from app.providers.queries import listings as queries
from app.providers.schemas.listings import NewQuestion
from app.providers.schemas.matches import MatchJudged
from app.providers.service import applications as service
from app.providers.service import decisions, matches
from app.providers.service.listings import look_at

router = own_router()

APPLICATION = f"{APPLICATIONS}/{{listing_id}}"
LISTING = "/listings/{listing_id}"
QueueCode: TypeAlias = Literal["new", "assessment", "answer", "second", "register", "past"]
_BY_CHECKS = "transition"
"""A local authority's own checks: the department has none."""
_MANY = (
    (Permission.DECISIONS_PROPOSE, "List providers by your recent checks", _BY_CHECKS),
    (Permission.DECISIONS_CONFIRM, "Confirm many proposals at once", "confirm-many"),
)


@router.get(APPLICATIONS)
async def show_queue(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    queue: QueueCode = "new",
    cursor: Annotated[str | None, Query(max_length=2_000)] = None,
) -> Response:
    """Show a part of the queue of one's authority, whoever waited longest first."""
    page = Page(APPLICATIONS, (("queue", queue),), ON_A_PAGE, cursor)
    key = page.after((str, str))
    rows = await queries.list_listings(
        session, wanted(queue, actor.la_code), _after(key), ON_A_PAGE + 1
    )
    further = tuple(
        ActionLink(words, f"{APPLICATIONS}/{act}")
        for needed, words, act in _MANY
        if needed in actor.permissions and (act != _BY_CHECKS or actor.la_code)
    )
    following = page.links(rows, "waiting_since", "id").next
    first = f"{APPLICATIONS}?queue={queue}" if cursor else None
    frame = await own_frame(request, HERE)
    view = build_queue(frame, queue, rows[:ON_A_PAGE], further, (following, first))
    return own_page("applications.html", view)


@router.get(APPLICATION)
async def show_application(
    request: Request,
    session: Looking,
    actor: RecordsReader,
    listing_id: uuid.UUID,
    done: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Show everything that an assessor of an application needs."""
    listing = await answered_for(session, listing_id)
    shared = await matches.open_matches(session, actor, listing_id)
    told = Told(
        moves=await queries.list_moves(session, listing_id),
        proposal=(proposal := await queries.get_open_proposal(session, listing_id)),
        acts=possible_acts(actor, listing, proposal),
        needs=await service.items_of(session, listing),
        questions=await queries.list_questions(session, listing_id),
        matches=shared,
        shows=await shown_of(session, actor, listing),
    )
    frame = await own_frame(request, HERE)
    return own_page("listing.html", build_listing(frame, listing, told, done, assessing=True))


@router.get(LISTING)
async def show_listing(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    listing_id: uuid.UUID,
    done: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Show where a listing stands and how it came there, with names, which are never public."""
    listing = await answered_for(session, listing_id)
    proposal = await queries.get_open_proposal(session, listing_id)
    told = Told(
        moves=await queries.list_moves(session, listing_id),
        proposal=proposal,
        acts=possible_acts(actor, listing, proposal),
    )
    frame = await own_frame(request, HERE)
    return own_page("listing.html", build_listing(frame, listing, told, done, assessing=False))


@router.get(f"{APPLICATION}/assess")
async def show_assess(
    request: Request, session: Reading, _: Proposer, listing_id: uuid.UUID
) -> Response:
    """Ask whether an application shall be taken into assessment."""
    return await show_form(request, assess_form(await answered_for(session, listing_id)))


@router.post(f"{APPLICATION}/assess")
async def assess(
    request: Request, actor: Proposer, listing_id: uuid.UUID, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Take an application into assessment."""

    async def ask(session: ReadSession) -> FormAsked:
        return assess_form(await answered_for(session, listing_id))

    async def act(session: WriteSession, _: Answers) -> str:
        await decisions.take_up(session, actor, listing_id)
        return f"{APPLICATIONS}/{listing_id}?done=assessing"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{APPLICATION}/ask")
async def show_ask(
    request: Request, session: Reading, _: Proposer, listing_id: uuid.UUID
) -> Response:
    """Offer the form on which the provider is asked something."""
    return await show_form(request, question_form(await answered_for(session, listing_id)))


@router.post(f"{APPLICATION}/ask")
async def ask_provider(
    request: Request, actor: Proposer, listing_id: uuid.UUID, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Ask the provider something."""

    async def ask(session: ReadSession) -> FormAsked:
        return question_form(await answered_for(session, listing_id))

    async def act(session: WriteSession, answers: Answers) -> str:
        asked = understood(NewQuestion, answers)
        await service.ask(session, actor, listing_id, asked.question)
        return f"{APPLICATIONS}/{listing_id}?done=asked"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{APPLICATION}/matches/{{match_id}}/judge")
async def show_judge(
    request: Request,
    session: Looking,
    actor: Proposer,
    listing_id: uuid.UUID,
    match_id: uuid.UUID,
) -> Response:
    """Offer the form on which a match is judged."""
    found = await matches.open_matches(session, actor, listing_id)
    return await show_form(request, await _judging(session, found, listing_id, match_id))


@router.post(f"{APPLICATION}/matches/{{match_id}}/judge")
async def judge(
    request: Request,
    actor: Proposer,
    listing_id: uuid.UUID,
    match_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Say what one makes of a match."""

    async def ask(session: ReadSession) -> FormAsked:
        # As it was seen: to find more now would have it judged unseen.
        found = await matches.noted_matches(session, actor, listing_id)
        return await _judging(session, found, listing_id, match_id)

    async def act(session: WriteSession, answers: Answers) -> str:
        judged = understood(MatchJudged, answers)
        which = (listing_id, match_id)
        await matches.judge_match(session, actor, which, judged.judgement, judged.reason)
        return f"{APPLICATIONS}/{listing_id}?done=judged"

    return await take_form(request, actor, sent, ask, act)


async def answered_for(session: ReadSession | WriteSession, listing_id: uuid.UUID) -> Any:
    """Return a listing that one's organisation answers for; its owner has pages of its own.

    Raises:
        ApplicationNotFoundError: there is none such.
    """
    listing = await look_at(session, listing_id)
    if not listing.answers:
        raise ApplicationNotFoundError("No application or listing that you answer for has this id.")
    return listing


async def _judging(
    session: ReadSession | WriteSession,
    found: Sequence[matches.Match],
    listing_id: uuid.UUID,
    match_id: uuid.UUID,
) -> FormAsked:
    listing = await answered_for(session, listing_id)
    for match in found:
        if match.noted.id == match_id:
            return judgement_form(listing, match)
    raise MatchNotFoundError("This application has no such match.")


def _after(key: list[Any] | None) -> tuple[datetime, uuid.UUID] | None:
    if key is None:
        return None
    try:
        return datetime.fromisoformat(key[0]), key[1]
    except ValueError:
        detail = "The cursor is damaged. Begin again without it."
        fault = FieldFault(detail, parameter="cursor")
        raise InvalidRequestError(detail, errors=(fault,)) from None
