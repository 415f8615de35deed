"""The pages on which officers have wrongly published facts taken out of the log.

Nobody types where in a record a fact stands: it is chosen from what older entries tell and the
newest does not.
"""

import uuid
from typing import Annotated, Any

import orjson
from fastapi import Form, Query, Request
from starlette.responses import Response

from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.http.sessions import Reading
from app.organisations.router.pages import Page
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.officers.desk import (
    ON_A_PAGE,
    RECORDS,
    RecentConfirmer,
    RecentProposer,
    RecordsReader,
)
from app.pages.officers.redactions_view import (
    REDACTIONS,
    Known,
    Standing,
    build_redaction,
    build_redactions,
    proposal_form,
    settling_form,
)
from app.pages.past_facts import PastFact, past_facts
from app.pages.signed_in import SentOnce, own_frame, own_page, own_router, understood
from app.providers.errors import ProviderNotFoundError
from app.register import service
from app.register.errors import NotAnsweringForProviderError, RedactionNotFoundError
from app.register.numbers import read_number
from app.register.queries import redactions as queries
from app.register.queries.documents import find_history
from app.register.schemas.redactions import RedactionAsked
from app.register.terms import RedactionState

router = own_router()

REDACTION = f"{REDACTIONS}/{{redaction_id}}"
PROPOSE = "/provider-records/{number}/redactions/add"
MOST_ENTRIES = 1_000
"""Of one provider, looked through on one page."""


@router.get(REDACTIONS)
async def show_redactions(
    request: Request,
    session: Reading,
    _: RecordsReader,
    state: Annotated[str, Query(pattern="^(waiting|all)$")] = "waiting",
    cursor: Annotated[str | None, Query(max_length=2_000)] = None,
) -> Response:
    """List redactions of providers one answers for: those that wait, or all; newest first."""
    waiting = state == "waiting"
    page = Page(REDACTIONS, (("state", state),), ON_A_PAGE, cursor)
    key = page.after((str,))
    rows = await queries.list_redactions(
        session,
        RedactionState.PROPOSED.value if waiting else None,
        key[0] if key else None,
        ON_A_PAGE + 1,
    )
    following = page.links(rows, "id").next
    first = f"{REDACTIONS}?state={state}" if cursor else None
    frame = await own_frame(request, RECORDS)
    view = build_redactions(frame, rows[:ON_A_PAGE], following, first, waiting_alone=waiting)
    return own_page("redactions.html", view)


@router.get(REDACTION)
async def show_redaction(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    redaction_id: uuid.UUID,
    done: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Show one redaction, and what it would take out."""
    redaction = await _find(session, redaction_id)
    standing = Standing(
        department=await queries.acts_for_department(session),
        judges=await queries.judges(session, redaction.provider_id),
    )
    frame, value = await own_frame(request, RECORDS), await _value(request, redaction)
    by = await queries.name_of_proposer(session, redaction_id)
    view = build_redaction(frame, actor, redaction, Known(value, by), standing, done)
    return own_page("redaction.html", view)


@router.get(PROPOSE)
async def show_propose(
    request: Request, session: Reading, _: RecentProposer, number: str
) -> Response:
    """Offer what older entries of a provider tell, to be taken out of the log."""
    return await show_form(request, await _proposing(request, session, number))


@router.post(PROPOSE)
async def propose(
    request: Request, actor: RecentProposer, number: str, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Propose to take a fact out of the log."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _proposing(request, session, number)

    async def act(session: WriteSession, answers: Answers) -> str:
        asked = _asked(answers, await _past(request, read_number(number)))
        fact = service.Fact(asked.pointer, asked.value, asked.grounds, asked.reason)
        made, _ = await service.propose(session, actor, read_number(number), fact)
        return f"{REDACTIONS}/{made.id}?done=proposed"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{REDACTION}/confirm")
async def show_confirm(
    request: Request, session: Reading, _: RecentConfirmer, redaction_id: uuid.UUID
) -> Response:
    """Ask the department's second officer whether a fact shall go."""
    return await show_form(request, await _settling(request, session, redaction_id))


@router.post(f"{REDACTION}/confirm")
async def confirm(
    request: Request,
    actor: RecentConfirmer,
    redaction_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Take a fact out of the log, for good."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _settling(request, session, redaction_id)

    async def act(session: WriteSession, _: Answers) -> str:
        await service.confirm(session, actor, redaction_id)
        return f"{REDACTIONS}/{redaction_id}?done=confirmed"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{REDACTION}/decline")
async def show_decline(
    request: Request, session: Reading, _: RecentConfirmer, redaction_id: uuid.UUID
) -> Response:
    """Ask the department's second officer whether the log shall stay as it is."""
    form = await _settling(request, session, redaction_id, confirming=False)
    return await show_form(request, form)


@router.post(f"{REDACTION}/decline")
async def decline(
    request: Request,
    actor: RecentConfirmer,
    redaction_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Leave the log as it is."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _settling(request, session, redaction_id, confirming=False)

    async def act(session: WriteSession, _: Answers) -> str:
        await service.refuse(session, actor, redaction_id)
        return f"{REDACTIONS}/{redaction_id}?done=declined"

    return await take_form(request, actor, sent, ask, act)


async def _find(session: ReadSession, redaction_id: uuid.UUID) -> Any:
    found = await queries.get_redaction(session, redaction_id)
    if found is None:
        raise RedactionNotFoundError("There is no redaction with this id that you may see.")
    return found


async def _settling(
    request: Request, session: ReadSession, redaction_id: uuid.UUID, *, confirming: bool = True
) -> FormAsked:
    redaction = await _find(session, redaction_id)
    known = Known(
        await _value(request, redaction), await queries.name_of_proposer(session, redaction_id)
    )
    return settling_form(redaction, known, confirming=confirming)


async def _proposing(request: Request, session: ReadSession, number: str) -> FormAsked:
    held = await queries.find_provider(session, read_number(number))
    if held is None:
        raise ProviderNotFoundError("The register has no provider with this number.")
    if not held.judges:
        raise NotAnsweringForProviderError(
            "Redactions are proposed by the local authority in whose area the provider works, or "
            "by the department; and by nobody who ever worked for its owner."
        )
    return proposal_form(held.number, await _past(request, held.number))


def _asked(answers: Answers, facts: list[PastFact]) -> RedactionAsked:
    chosen = next((one for one in facts if one.token == answers["fact"]), None)
    if chosen is None:
        fault = FieldFault("Choose a fact", "/fact")
        raise InvalidRequestError("The fact is none of those to choose from.", errors=(fault,))
    about: dict[str, object] = {"pointer": chosen.pointer, "value": chosen.value}
    why = {name: answers[name] for name in ("grounds", "reason")}
    return understood(RedactionAsked, about | why)


async def _value(request: Request, redaction: Any) -> Any | None:
    entries = await _entries(request, redaction.number)
    return service.wrong_value(redaction, [record for _, record in entries if record])


async def _past(request: Request, number: str) -> list[PastFact]:
    return past_facts(await _entries(request, number))


async def _entries(request: Request, number: str) -> list[tuple[int, Any]]:
    async with request.app.state.read_pool.acquire() as connection:
        rows = await find_history(connection, number, None, MOST_ENTRIES)
    return [(row["entry"], orjson.loads(row["record"]) if row["record"] else None) for row in rows]
