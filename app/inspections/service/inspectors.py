"""Who inspects: officers of the body, with no tie to the provider; one of them leads."""

import uuid
from collections.abc import Sequence
from typing import Any

from app import clock
from app.access import Actor, Role
from app.audit.service import record
from app.db.events import WriteSession
from app.errors import FieldFault
from app.inspections.errors import (
    InspectionMoveNotAllowedError,
    InspectorHasJudgedError,
    InspectorNotFoundError,
    NotIndependentError,
    NotYourInspectionError,
)
from app.inspections.models.inspections import Inspector
from app.inspections.queries import inspections as queries
from app.inspections.queries.judgements import has_judged
from app.inspections.schemas.inspections import NewInspector
from app.inspections.service.looking import hold, subject_of
from app.inspections.terms import JUDGED_IN, InspectorPart

TIES = {
    "declared-interest": "declared an interest in the provider",
    "stake": "works, or worked, for whoever owns or owned the provider's record",
}
"""What ties somebody to a provider, as the database finds it, in words."""


async def name_inspector(
    session: WriteSession, actor: Actor, reference: str, new: NewInspector
) -> None:
    """Let somebody inspect; who led before inspects on where the new one leads.

    Raises:
        InspectionNotFoundError: there is no such inspection that the actor may see.
        NotYourInspectionError: they neither plan nor inspect it.
        InspectionMoveNotAllowedError: judging is over.
        InspectorNotFoundError: the person is no inspector of the body.
        NotIndependentError: they have a tie to the provider.
    """
    held = await _open(session, reference)
    await add_inspectors(session, actor, held, [new])


async def take_off(
    session: WriteSession, actor: Actor, reference: str, person_id: uuid.UUID
) -> None:
    """Take somebody off an inspection who has judged nothing yet.

    Raises:
        InspectionNotFoundError: there is no such inspection that the actor may see.
        NotYourInspectionError: they neither plan nor inspect it.
        InspectionMoveNotAllowedError: judging is over.
        InspectorNotFoundError: the person does not inspect.
        InspectorHasJudgedError: they judged something, and stay.
    """
    held = await _open(session, reference)
    inspector = await queries.get_inspector(session, held.id, person_id)
    if inspector is None or inspector.left_at is not None:
        raise InspectorNotFoundError(f"Nobody with this id inspects {held.reference}.")
    if await has_judged(session, held.id, person_id):
        raise InspectorHasJudgedError(
            f"{inspector.name} judged something already and stays an inspector of it, so that "
            "somebody else checks what they found."
        )
    await queries.update_inspector(session, held.id, person_id, {"left_at": clock.now()})
    await queries.update_inspection(session, held.id, {})
    subject, before = subject_of(held), {"inspector": str(person_id), "part": inspector.part}
    await record(session, actor, "inspection.inspector_taken_off", subject, before=before)


async def add_inspectors(
    session: WriteSession, actor: Actor, inspection: Any, named: Sequence[NewInspector]
) -> None:
    """Let people inspect, the first of whom leads where nobody is named to.

    Raises:
        InspectorNotFoundError: somebody is no inspector of the body.
        NotIndependentError: somebody has a tie to the provider.
    """
    held = {one.person_id: one for one in await queries.list_inspectors(session, inspection.id)}
    leads = next((one for one in held.values() if one.part == InspectorPart.LEAD), None)
    for place, new in enumerate(named):
        officer = await officer_for(session, inspection, new.person, f"/inspectors/{place}/person")
        lead = new.part is InspectorPart.LEAD or (
            leads is None and InspectorPart.LEAD not in {one.part for one in named}
        )
        part = InspectorPart.LEAD if lead else InspectorPart.INSPECTOR
        if lead and leads is not None and leads.person_id != new.person:
            other = {"part": InspectorPart.INSPECTOR.value}
            await queries.update_inspector(session, inspection.id, leads.person_id, other)
        await _put(session, inspection, new.person, officer, part)
        if lead:
            leads = await queries.get_inspector(session, inspection.id, new.person)
        after = {"inspector": str(new.person), "part": part}
        subject = subject_of(inspection)
        await record(session, actor, "inspection.inspector_named", subject, after=after)
    if named and held:
        await queries.update_inspection(session, inspection.id, {})


async def _put(
    session: WriteSession, inspection: Any, person_id: uuid.UUID, officer: Any, part: InspectorPart
) -> None:
    if await queries.get_inspector(session, inspection.id, person_id) is not None:
        back = {"part": part.value, "left_at": None}
        await queries.update_inspector(session, inspection.id, person_id, back)
        return
    row = {
        "inspection_id": inspection.id,
        "person_id": person_id,
        "name": officer.name,
        "organisation_id": officer.organisation_id,
        "part": part.value,
        "added_at": clock.now(),
    }
    await queries.insert_rows(session, Inspector, [row])


async def officer_for(
    session: WriteSession, inspection: Any, person_id: uuid.UUID, where: str
) -> Any:
    """Return an officer who may inspect: `name`, `organisation_id`.

    Args:
        session: the transaction.
        inspection: anything with `body_id`, `body_name` and `provider_id`.
        person_id: theirs.
        where: they are named, as a JSON pointer.

    Raises:
        InspectorNotFoundError: they are no inspector of the body.
        NotIndependentError: they have a tie to the provider.
    """
    officer = await queries.find_officer(
        session, person_id, inspection.body_id, Role.INSPECTOR.value
    )
    if officer is None:
        words = (
            f"Nobody with this id has the role of an inspector at {inspection.body_name}, or none "
            "that you may see: where another body inspects, it names its inspectors itself."
        )
        raise InspectorNotFoundError(words, errors=(FieldFault(words, where),))
    tie = await queries.tie_of(session, person_id, inspection.provider_id)
    if tie is not None:
        words = f"{officer.name} {TIES[tie]}, and so does not inspect it. Name a colleague."
        raise NotIndependentError(words, errors=(FieldFault(words, where),), why=tie)
    return officer


async def _open(session: WriteSession, reference: str) -> Any:
    held = await hold(session, reference)
    if not (held.plans or held.inspects):
        raise NotYourInspectionError(
            f"{held.body_name}, or the authority that planned {held.reference}, names who inspects."
        )
    if held.state not in JUDGED_IN:
        raise InspectionMoveNotAllowedError(
            f"{held.reference} is {held.state}: who inspected it is settled.", state=held.state
        )
    return held
