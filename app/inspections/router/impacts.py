"""What a version of the standards would find, over HTTP, before it takes effect."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from app.http.problems import problems
from app.http.sessions import Reading
from app.inspections.errors import NoComingStandardsError
from app.inspections.queries import impacts as queries
from app.inspections.router import answering as answers
from app.inspections.router.answering import Reader
from app.inspections.schemas.impacts import (
    ImpactAtSite,
    ImpactOnCriterion,
    ImpactTotals,
    StandardsImpactList,
)
from app.inspections.service import impacts as service
from app.inspections.service.impacts import Coming, Totals
from app.inspections.terms import Outcome
from app.organisations.router.pages import AskedPage
from app.providers.errors import DecidedElsewhereError
from app.standards.terms import Force, Gate

IMPACT = "/v1/standards-impact"

router = APIRouter(prefix=IMPACT, tags=["inspections"])


@router.get(
    "",
    operation_id="listStandardsImpact",
    responses=problems(*answers.ASKED, DecidedElsewhereError, NoComingStandardsError),
)
async def list_impact(  # noqa: PLR0913, PLR0917 - each narrows the list
    session: Reading,
    actor: Reader,
    response: Response,
    page: AskedPage,
    version: Annotated[
        str | None,
        Query(max_length=100, description="The code of a version that is to come; else the next."),
    ] = None,
    la: Annotated[
        str | None, Query(pattern="^[0-9]{3}$", description="Only sites in this authority's area.")
    ] = None,
    provider: Annotated[
        str | None, Query(pattern="^[A-Za-z0-9]{1,20}$", description="Only sites of this provider.")
    ] = None,
    criterion: Annotated[
        str | None,
        Query(pattern="^[0-9]+[.][0-9]+[a-z]*$", description="Only who falls short on this one."),
    ] = None,
    falls_short: Annotated[
        bool, Query(description="With `false`, sites too that are not known to fall short.")
    ] = True,
    include: Annotated[
        Literal["totals"] | None, Query(description="`totals`: count everything as well.")
    ] = None,
) -> StandardsImpactList:
    """See who would fall short on what when published standards take effect, from what is known.

    The department sees every site, an authority those in its area, another QA body those of
    providers that it inspects, and an owner its own. What inspectors found counts, through the
    crosswalk; what the owner says itself is at `/v1/provider-records/{number}/self-evaluations`.
    """
    held = await service.coming(session, version)
    number = provider.upper() if provider else None
    wanted = await service.wanted_by(session, actor, held, la, number)
    key = page.after((str, str))
    found = await queries.list_sites(
        session,
        wanted,
        criterion,
        (key[0], key[1]) if key else None,
        page.limit + 1,
        falls_short=falls_short,
    )
    totals = await service.totals_of(session, held, wanted) if include else None
    answers.private(response)
    return StandardsImpactList(
        standards=held.version.code,
        first_day=wanted.first,
        items=[_item(held, row) for row in found[: page.limit]],
        links=page.links(found, "number", "id"),
        totals=_totals(totals) if totals else None,
    )


def _item(held: Coming, row: Any) -> ImpactAtSite:
    nothing = row.nothing_known
    if row.outcome_then is None:
        nothing = held.asked_of(row.site_kind, row.staff_size)
    return ImpactAtSite(
        provider=row.number,
        provider_name=row.provider_name,
        site=row.site,
        site_name=row.site_name,
        la_code=row.la_code,
        outcome=Outcome(row.outcome),
        outcome_then=Outcome(row.outcome_then or Outcome.NOT_YET_ASSESSED),
        not_met=row.not_met or [],
        partly_met=row.partly_met or [],
        nothing_known=nothing,
    )


def _totals(found: Totals) -> ImpactTotals:
    return ImpactTotals(
        sites=found.sites,
        falling_short=found.falling_short,
        never_inspected=found.never_inspected,
        criteria=[
            ImpactOnCriterion(
                criterion=one.criterion.number,
                requirement=one.criterion.requirement,
                gate=Gate(one.criterion.gate),
                force=Force(one.criterion.force),
                became=one.became,
                asked=one.asked,
                not_met=one.found[queries.NOT_MET],
                partly_met=one.found[queries.PARTLY_MET],
                nothing_known=one.found[queries.NOTHING_KNOWN],
            )
            for one in found.criteria
        ],
    )
