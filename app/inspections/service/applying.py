"""Making a result the judgements of an inspection: that it names, or one planned for it."""

import uuid
from typing import Any

from app.access import Actor, ActorKind
from app.db.events import WriteSession
from app.inspections.errors import NotYourInspectionError
from app.inspections.queries import inspections
from app.inspections.schemas.inspections import NewInspection, NewInspector
from app.inspections.schemas.judgements import JudgementStated
from app.inspections.schemas.results import ResultDocument
from app.inspections.service.examining import Examined, criteria_of
from app.inspections.service.inspectors import add_inspectors
from app.inspections.service.judging import keep_judgements
from app.inspections.service.looking import hold
from app.inspections.service.planning import plan
from app.inspections.terms import InspectorPart

PLANNED_BECAUSE = "Its result came in one document."


async def apply(
    session: WriteSession, actor: Actor, document: ResultDocument, examined: Examined
) -> Any:
    """Write a result's judgements; return the inspection that has them now.

    Raises:
        NotYourInspectionError: a person sends it who is not named to inspect what was planned.
        NoStandardsInForceError, InspectionNotPlannableError: as for `planning.plan`.
    """
    inspection = examined.target.inspection
    files = inspection is not None or examined.target.named is None
    if inspection is None:
        inspection = await _planned_for_it(session, actor, document, examined)
    else:
        await _name_inspectors(session, actor, inspection, document)
    versions = {key: row.version for key, row in examined.held.items()}
    stated = [
        JudgementStated(
            **one.model_dump(exclude=set() if files else {"files"}),
            version=versions.get((one.site, one.criterion)),
        )
        for one in examined.found
    ]
    await keep_judgements(session, actor, inspection, _found_by(actor, document), stated)
    return inspection


async def _planned_for_it(
    session: WriteSession, actor: Actor, document: ResultDocument, examined: Examined
) -> Any:
    lead, *others = document.inspectors
    new = NewInspection(
        provider=document.provider,
        sites=document.sites,
        kind=document.kind,
        planned_on=document.visited_on,
        criteria=list(criteria_of(document, examined.target.named)),
        reason=PLANNED_BECAUSE,
        body=examined.target.body_id,
        inspectors=[
            NewInspector(person=lead, part=InspectorPart.LEAD),
            *(NewInspector(person=one, part=InspectorPart.INSPECTOR) for one in others),
        ],
    )
    return await hold(session, await plan(session, actor, new))


async def _name_inspectors(
    session: WriteSession, actor: Actor, inspection: Any, document: ResultDocument
) -> None:
    named = await inspections.list_inspectors(session, inspection.id)
    there = {one.person_id for one in named}
    submits = actor.kind is ActorKind.PERSON and actor.id in document.inspectors
    if submits and actor.id not in there:
        raise NotYourInspectionError(
            f"You are not named to inspect {inspection.reference}. Its lead, or whoever planned "
            "it, names inspectors."
        )
    further = [
        NewInspector(person=one, part=InspectorPart.INSPECTOR)
        for one in document.inspectors
        if one not in there
    ]
    await add_inspectors(session, actor, inspection, further)


def _found_by(actor: Actor, document: ResultDocument) -> uuid.UUID:
    """Return who answers for the judgements: the inspector that sends them, or else the lead."""
    if actor.kind is ActorKind.PERSON and actor.id in document.inspectors:
        return actor.id
    return document.inspectors[0]
