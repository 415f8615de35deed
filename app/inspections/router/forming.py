"""How the form for an inspection is made: what is looked at, and what is known of it so far."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date

from fastapi import Response

from app import clock
from app.db.events import ReadSession
from app.inspections.errors import InspectionMoveNotAllowedError, NotYourInspectionError
from app.inspections.router.showing import inspection_told, sheet_told
from app.inspections.schemas.forms import BegunResult, FormOut
from app.inspections.schemas.judgements import AskedAtSite, FoundAtSite
from app.inspections.schemas.results import RESULT_SCHEMA, FormMade
from app.inspections.service.looking import look_at
from app.inspections.service.policies import rules_on
from app.inspections.terms import JUDGED_IN
from app.providers.evidence import add_months
from app.standards.terms import Gate


async def form_told(session: ReadSession, reference: str, response: Response) -> FormOut:
    """Return the form for an inspection that is judged still.

    Raises:
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they neither inspect, plan nor check it.
        InspectionMoveNotAllowedError: what was found is settled.
    """
    row = await look_at(session, reference)
    if not (row.inspects or row.plans or row.checks):
        raise NotYourInspectionError(f"The form is for the inspectors of {row.body_name}.")
    if row.state not in JUDGED_IN:
        raise InspectionMoveNotAllowedError(
            f"{row.reference} is {row.state}: what was found is settled.", state=row.state
        )
    told = await inspection_told(session, reference, response)
    sheet = await sheet_told(session, reference, response)
    months = (await rules_on(session, row.planned_on)).outcome.counts_months
    made_at = clock.now().replace(microsecond=0)
    begun = BegunResult(
        schema_=RESULT_SCHEMA,
        reference=f"{told.reference}-{secrets.token_hex(3)}",
        provider=told.provider,
        kind=told.kind,
        sites=[one.site for one in told.sites],
        standards=told.standards,
        visited_on=told.planned_on,
        inspection=told.reference,
        inspectors=[str(one.person) for one in told.inspectors],
        criteria=told.criteria,
        judgements=_begun(sheet.items, months, clock.today()),
        form=FormMade(made_at=made_at, version=told.version),
    )
    return FormOut(
        reference=told.reference,
        provider=told.provider,
        provider_name=told.provider_name,
        body_name=told.body_name,
        kind=told.kind,
        planned_on=told.planned_on,
        standards=told.standards,
        made_at=made_at,
        sites=told.sites,
        inspectors=told.inspectors,
        counts_months=dict(months),
        items=sheet.items,
        result=begun,
    )


def _begun(
    items: Sequence[AskedAtSite], months: Mapping[Gate, int], today: date
) -> list[FoundAtSite]:
    return [found for one in items if (found := _begun_one(one, months, today)) is not None]


def _begun_one(one: AskedAtSite, months: Mapping[Gate, int], today: date) -> FoundAtSite | None:
    """Return what a criterion's answer begins as: what was judged already, or carried forward."""
    place = {"site": one.site, "criterion": one.criterion}
    if one.found is not None:
        members = FoundAtSite.model_fields.keys() - place.keys()
        return FoundAtSite.model_validate(place | one.found.model_dump(include=members))
    if one.last is None or _is_old(one.last.seen_on, months.get(one.gate), today):
        return None
    last = one.last.model_dump(include={"judgement", "finding", "method", "seen_on"})
    return FoundAtSite.model_validate(place | last | {"carried": True})


def _is_old(seen_on: date, months: int | None, today: date) -> bool:
    return months is not None and add_months(seen_on, months) < today
