"""Counts and lists of placements that need a look, over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app import clock
from app.access import Actor, Permission
from app.audit.service import record_read
from app.audit.terms import Purpose, Subject
from app.children.queries.children import organisations_within
from app.children.router import StatedPurpose
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking
from app.organisations.router.pages import AskedPage
from app.oversight.errors import NotAnAuthorityError
from app.oversight.policies import IDENTITY, Balance, unaccounted
from app.oversight.queries import counting as queries
from app.oversight.queries.counting import Looked
from app.oversight.router.looking import day_of
from app.oversight.schemas import BalanceList, BalanceOut, WatchedList, WatchedPlacement
from app.oversight.service import counting
from app.oversight.terms import Term, Watched
from app.providers.router.answering import ASKED, private

OVERSIGHT = "/v1/oversight"

router = APIRouter(tags=["oversight"])

Overseer = Annotated[Actor, Depends(Requires(Permission.OVERSIGHT_READ))]
Reader = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_READ))]


def area_of(actor: Actor) -> Subject:
    """Return what an authority or the department looks over, as what is looked at."""
    return Subject("area", str(actor.organisation_id), None, actor.organisation_id)


@router.get(
    f"{OVERSIGHT}/balance",
    operation_id="getBalance",
    responses=problems(*ASKED, NotAnAuthorityError),
)
async def get_balance(
    session: Looking,
    actor: Overseer,
    response: Response,
    since: Annotated[date, Query(description="The first day.")],
    until: Annotated[date, Query(description="The last day; today at the latest.")],
) -> BalanceList:
    """Say whether every placement is accounted for: an authority its own, the department all.

    Days count as they are known now. Each term is counted from its own rows and none is found by
    subtracting, so that somebody who fell out shows as an imbalance. Not for publication: small
    numbers are not suppressed.
    """
    found = await counting.balance(session, actor, since, until)
    await record_read(session, actor, "balance.read", area_of(actor), Purpose.OVERSIGHT)
    private(response)
    ordered = sorted(found, key=lambda code: (code is None, code or ""))
    return BalanceList(
        since=since,
        until=until,
        identity=IDENTITY,
        unaccounted=unaccounted(found),
        items=[_balance(found[code]) for code in ordered],
    )


@router.get(f"{OVERSIGHT}/placements", operation_id="listWatched", responses=problems(*ASKED))
async def list_watched(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Looking,
    actor: Reader,
    response: Response,
    page: AskedPage,
    purpose: StatedPurpose,
    why: Annotated[Watched, Query(description="What brings a placement onto the list.")],
    provider: Annotated[
        str | None, Query(pattern="^[A-Za-z0-9]{1,20}$", description="At this provider.")
    ] = None,
) -> WatchedList:
    """List placements past their planned end, not assessed in time, or ended."""
    key = page.after((str, str))
    after = (day_of(key[0]), key[1]) if key else None
    looked = Looked(
        why,
        clock.today(),
        await organisations_within(session),
        actor.la_code,
        provider.upper() if provider else None,
    )
    found = await queries.list_watched(session, looked, after, page.limit + 1)
    subject = Subject("placements", str(actor.organisation_id), None, actor.organisation_id)
    await record_read(session, actor, "placements.listed", subject, purpose)
    private(response)
    items = [WatchedPlacement.model_validate(row) for row in found[: page.limit]]
    return WatchedList(why=why, items=items, links=page.links(found, _SORTED[why], "id"))


_SORTED = {
    Watched.OVERRUN: "planned_end_on",
    Watched.NOT_ASSESSED: "assess_by",
    Watched.ENDED: "ended_on",
}


def _balance(of: Balance) -> BalanceOut:
    counts = {term.value.replace("-", "_"): of.of(term) for term in Term}
    return BalanceOut(la=of.la_code, imbalance=of.imbalance, **counts)
