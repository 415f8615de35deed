"""The pages on which two officers make one record of two, and part them again."""

import uuid
from typing import Annotated, Any, Literal, TypeAlias

from fastapi import Form, Query, Request
from starlette.responses import Response

from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.http.sessions import Reading
from app.organisations.router.pages import Page
from app.pages.officers.desk import (
    ON_A_PAGE,
    RECORDS,
    Proposer,
    RecentConfirmer,
    RecordsReader,
    form_page,
    take_form,
    typed_in,
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
from app.pages.officers.own_form import OwnForm, Typed, one_of
from app.pages.signed_in import MENDABLE, SentOnce, own_frame, own_page, own_router, understood
from app.providers.errors import MergeNotFoundError, ProviderNotFoundError
from app.providers.queries import merges as queries
from app.providers.schemas.merges import MergeAsked, Reasoned
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
    return await form_page(request, await _proposing(session, actor, number, other))


@router.post(PROPOSE)
async def propose(
    request: Request, actor: Proposer, number: str, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Propose to make one record of two."""
    typed = typed_in(request)

    async def act(session: WriteSession) -> str:
        asked = _asked(typed, number)
        new = service.NewMerge(asked.keep, asked.absorb, asked.reason)
        return f"{MERGES}/{await service.propose(session, actor, new)}?done=proposed"

    async def again(session: ReadSession) -> OwnForm:
        return await _proposing(session, actor, number, None)

    # A number that was mistyped is mended on the form; one in the address is not.
    mendable = (*MENDABLE, ProviderNotFoundError)
    return await take_form(request, actor, sent, act, again, mendable)


@router.get(f"{MERGE}/part")
async def show_part(
    request: Request, session: Reading, _: Proposer, merge_id: uuid.UUID
) -> Response:
    """Offer the form on which it is proposed to part two records."""
    return await form_page(request, parting_form(await _find(session, merge_id)))


@router.post(f"{MERGE}/part")
async def propose_parting(
    request: Request, actor: Proposer, merge_id: uuid.UUID, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Propose to part two records that were made one."""

    async def act(session: WriteSession) -> str:
        await service.propose_undoing(session, actor, merge_id, _reason(request))
        return f"{MERGES}/{merge_id}?done=part-proposed"

    async def again(session: ReadSession) -> OwnForm:
        return parting_form(await _find(session, merge_id))

    return await take_form(request, actor, sent, act, again)


@router.get(f"{MERGE}/settle/{{step}}")
async def show_step(
    request: Request, session: Reading, _: RecentConfirmer, merge_id: uuid.UUID, step: StepCode
) -> Response:
    """Ask a second officer to settle what a colleague proposed."""
    row = await _find(session, merge_id)
    return await form_page(request, step_form(row, STEPS[step]))


@router.post(f"{MERGE}/settle/{{step}}")
async def take_step(
    request: Request,
    actor: RecentConfirmer,
    merge_id: uuid.UUID,
    step: StepCode,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Settle what a colleague proposed."""

    async def act(session: WriteSession) -> str:
        if step == "merge":
            await service.confirm(session, actor, merge_id)
        elif step == "leave":
            await service.refuse(session, actor, merge_id, _reason(request))
        elif step == "part":
            await service.confirm_undoing(session, actor, merge_id)
        else:
            await service.refuse_undoing(session, actor, merge_id, _reason(request))
        return f"{MERGES}/{merge_id}?done={step}"

    async def again(session: ReadSession) -> OwnForm:
        return step_form(await _find(session, merge_id), STEPS[step])

    return await take_form(request, actor, sent, act, again)


async def _find(session: ReadSession, merge_id: uuid.UUID) -> Any:
    row = await queries.get_merge(session, merge_id)
    if row is None:
        raise MergeNotFoundError("There is no merge with this id that you may see.")
    return row


async def _proposing(session: ReadSession, actor: Actor, number: str, other: str | None) -> OwnForm:
    held = await queries.get_record(session, number.upper())
    if held is None:
        raise ProviderNotFoundError(f"There is no record {number} that you may see.")
    alike = await find_duplicates(session, actor, held.number)
    return proposal_form(held, alike, other)


def _asked(typed: Typed, number: str) -> MergeAsked:
    """Read the form; everything that will not do is told at once."""
    other, keep = one_of(typed, "other") or "", one_of(typed, "keep")
    faults: list[FieldFault] = []
    if keep not in {"this", "other"}:
        faults.append(FieldFault("Choose which goes on", "/keep"))
    pair = (other, number) if keep == "other" else (number, other)
    told: dict[str, object] = {"keep": pair[0], "absorb": pair[1]}
    try:
        asked = understood(MergeAsked, told | {"reason": one_of(typed, "reason") or ""})
    except InvalidRequestError as refused:
        place = "/keep" if keep == "other" else "/absorb"
        faults += [
            FieldFault("Enter the number of the other record, such as AP000017B.", "/other")
            if one.pointer == place
            else one
            for one in refused.errors
        ]
        raise InvalidRequestError(refused.detail, errors=tuple(faults)) from None
    if faults:
        raise InvalidRequestError(faults[0].detail, errors=tuple(faults))
    return asked


def _reason(request: Request) -> str:
    said: dict[str, object] = {"reason": one_of(typed_in(request), "reason") or ""}
    return understood(Reasoned, said).reason
