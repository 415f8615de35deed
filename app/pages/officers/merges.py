"""The pages on which two officers make one record of two, and part them again."""

import uuid
from typing import Annotated, Any, Literal, TypeAlias

from fastapi import Form, Query, Request
from starlette.responses import Response

from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.organisations.router.pages import Page
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.officers.desk import (
    ON_A_PAGE,
    RECORDS,
    Proposer,
    RecentConfirmer,
    RecordsReader,
)
from app.pages.officers.merges_view import (
    MERGES,
    STEPS,
    Standing,
    build_merge,
    build_merges,
    parting_form,
    proposal_form,
    step_form,
)
from app.pages.signed_in import MENDABLE, SentOnce, own_frame, own_page, own_router, understood
from app.providers.errors import MergeNotFoundError, ProviderNotFoundError
from app.providers.queries import merges as queries
from app.providers.schemas.merges import MergeAsked, ReasonGiven
from app.providers.service import merges as service
from app.providers.service.duplicates import find_duplicates
from app.providers.terms import MergeState

router = own_router()

MERGE = f"{MERGES}/{{merge_id}}"
PROPOSE = "/provider-records/{number}/merge"
StepCode: TypeAlias = Literal["merge", "leave", "part", "keep-merged"]


@router.get(MERGES)
async def show_merges(
    request: Request,
    session: Reading,
    _: RecordsReader,
    state: MergeState = MergeState.PROPOSED,
    cursor: Annotated[str | None, Query(max_length=2_000)] = None,
) -> Response:
    """List merges of records one answers for that stand alike, newest first."""
    page = Page(MERGES, (("state", state.value),), ON_A_PAGE, cursor)
    key = page.after((str,))
    rows = await queries.list_merges(session, state, key[0] if key else None, ON_A_PAGE + 1)
    first = f"{MERGES}?state={state.value}" if cursor else None
    frame = await own_frame(request, RECORDS)
    following = page.links(rows, "id").next
    return own_page("merges.html", build_merges(frame, state, rows[:ON_A_PAGE], following, first))


@router.get(MERGE)
async def show_merge(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    merge_id: uuid.UUID,
    done: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Show a merge, and what can be done about it."""
    row = await _find(session, merge_id)
    kept, absorbed = row.Merge.kept_id, row.Merge.absorbed_id
    standing = Standing(
        judges=await queries.judges(session, kept),
        stake=await queries.has_stake(session, (kept, absorbed)),
    )
    frame = await own_frame(request, RECORDS)
    return own_page("merge.html", build_merge(frame, actor, row, standing, done))


@router.get(PROPOSE)
async def show_propose(
    request: Request,
    session: Reading,
    actor: Proposer,
    number: str,
    other: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Offer the form on which it is proposed to make one record of two."""
    return await show_form(request, await _proposing(session, actor, number, other))


@router.post(PROPOSE)
async def propose(
    request: Request, actor: Proposer, number: str, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Propose to make one record of two."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _proposing(session, actor, number, None)

    async def act(session: WriteSession, answers: Answers) -> str:
        pair = {"keep": number, "absorb": answers["other"]}
        if answers["keep"] == "other":
            pair = {"keep": answers["other"], "absorb": number}
        asked = understood(MergeAsked, pair | {"reason": answers["reason"]})
        new = service.NewMerge(asked.keep, asked.absorb, asked.reason)
        return f"{MERGES}/{await service.propose(session, actor, new)}?done=proposed"

    # A number that was mistyped is mended on the form; one in the address is not.
    mendable = (*MENDABLE, ProviderNotFoundError)
    return await take_form(request, actor, sent, ask, act, mendable)


@router.get(f"{MERGE}/part")
async def show_part(
    request: Request, session: Reading, _: Proposer, merge_id: uuid.UUID
) -> Response:
    """Offer the form on which it is proposed to part two records."""
    return await show_form(request, parting_form(await _find(session, merge_id)))


@router.post(f"{MERGE}/part")
async def propose_parting(
    request: Request, actor: Proposer, merge_id: uuid.UUID, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Propose to part two records that were made one."""

    async def ask(session: ReadSession) -> FormAsked:
        return parting_form(await _find(session, merge_id))

    async def act(session: WriteSession, answers: Answers) -> str:
        said = understood(ReasonGiven, answers)
        await service.propose_undoing(session, actor, merge_id, said.reason)
        return f"{MERGES}/{merge_id}?done=part-proposed"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{MERGE}/settle/{{step}}")
async def show_step(
    request: Request, session: Reading, _: RecentConfirmer, merge_id: uuid.UUID, step: StepCode
) -> Response:
    """Ask a second officer to settle what a colleague proposed."""
    row = await _find(session, merge_id)
    return await show_form(request, step_form(row, STEPS[step]))


@router.post(f"{MERGE}/settle/{{step}}")
async def take_step(
    request: Request,
    actor: RecentConfirmer,
    merge_id: uuid.UUID,
    step: StepCode,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Settle what a colleague proposed."""

    async def ask(session: ReadSession) -> FormAsked:
        return step_form(await _find(session, merge_id), STEPS[step])

    async def act(session: WriteSession, answers: Answers) -> str:
        if step == "merge":
            await service.confirm(session, actor, merge_id)
        elif step == "leave":
            said = understood(ReasonGiven, answers)
            await service.refuse(session, actor, merge_id, said.reason)
        elif step == "part":
            await service.confirm_undoing(session, actor, merge_id)
        else:
            said = understood(ReasonGiven, answers)
            await service.refuse_undoing(session, actor, merge_id, said.reason)
        return f"{MERGES}/{merge_id}?done={step}"

    return await take_form(request, actor, sent, ask, act)


async def _find(session: ReadSession, merge_id: uuid.UUID) -> Any:
    row = await queries.get_merge(session, merge_id)
    if row is None:
        raise MergeNotFoundError("There is no merge with this id that you may see.")
    return row


async def _proposing(
    session: ReadSession, actor: Actor, number: str, other: str | None
) -> FormAsked:
    held = await queries.get_record(session, number.upper())
    if held is None:
        raise ProviderNotFoundError(f"There is no record {number} that you may see.")
    alike = await find_duplicates(session, actor, held.number)
    return proposal_form(held, alike, other)
