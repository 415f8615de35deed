"""Planning inspections: which sites, against which standards, by whom; changing and giving up."""

from typing import Any

from app import clock
from app.access import Actor, ActorKind
from app.audit.fields import changed
from app.audit.service import record
from app.db.events import WriteSession
from app.errors import FieldFault
from app.inspections.errors import (
    InspectionMoveNotAllowedError,
    InspectionNotPlannableError,
    NoStandardsInForceError,
    NotYourInspectionError,
)
from app.inspections.models.inspections import Inspection, InspectionSite
from app.inspections.queries import inspections as queries
from app.inspections.schemas.inspections import InspectionChange, NewInspection
from app.inspections.service.inspectors import add_inspectors
from app.inspections.service.looking import (
    check_move,
    check_version,
    hold,
    look_at,
    subject_of,
)
from app.inspections.service.plan_faults import faults_of_criteria, faults_of_day, faults_of_plan
from app.inspections.terms import InspectionKind, InspectionState
from app.providers.errors import DecidedElsewhereError
from app.providers.service.records import Held
from app.providers.service.records import look_at as look_at_record
from app.standards.queries.versions import in_force
from app.values.inspection_number import inspection_number
from app.values.uuid7 import uuid7


async def plan(session: WriteSession, actor: Actor, new: NewInspection) -> str:
    """Plan an inspection; return its reference.

    Raises:
        ProviderNotFoundError: the provider is none that the actor answers for.
        NotYoursToJudgeError: they work, or worked, for whoever owns or owned its record.
        DecidedElsewhereError: another authority decides on the sites.
        NoStandardsInForceError: nothing is in force on that day.
        InspectionNotPlannableError: sites, criteria, day or body do not fit; every fault at once.
        InspectorNotFoundError: somebody named is no inspector of the body.
        NotIndependentError: somebody named has a tie to the provider.
    """
    held = await answered_for(session, actor, new.provider)
    sites = await queries.find_sites(session, held.id, new.sites)
    version = await in_force(session, new.planned_on)
    if version is None:
        raise NoStandardsInForceError(
            f"No version of the standards is in force on {new.planned_on}. Choose another day.",
            errors=(FieldFault("Choose another day.", "/planned_on"),),
        )
    faults = await faults_of_plan(session, actor, new, sites, version.id)
    if faults:
        raise InspectionNotPlannableError(
            f"{len(faults)} thing(s) of the plan do not fit. See errors.", errors=tuple(faults)
        )
    la_code = sites[0].la_code
    if actor.la_code not in {None, la_code}:
        raise DecidedElsewhereError(
            f"These sites lie in the area of the local authority {la_code}, which plans there."
        )
    row = {
        "id": uuid7(),
        "reference": inspection_number(await queries.take_number(session)),
        "provider_id": held.id,
        "la_code": la_code,
        "body_id": new.body or actor.organisation_id,
        "kind": new.kind.value,
        "state": InspectionState.PLANNED.value,
        "standards_version_id": version.id,
        "planned_on": new.planned_on,
        "criteria": sorted(set(new.criteria)),
        "reason": new.reason,
        "made_at": clock.now(),
        "made_by": actor.id if actor.kind is ActorKind.PERSON else None,
        "version": 1,
    }
    await queries.insert_rows(session, Inspection, [row])
    await queries.insert_rows(
        session,
        InspectionSite,
        [{"inspection_id": row["id"], "site_id": site.id} for site in sites],
    )
    inspection = await look_at(session, str(row["reference"]))
    await add_inspectors(session, actor, inspection, new.inspectors)
    after = {"kind": new.kind, "planned_on": new.planned_on, "sites": sorted(new.sites)}
    await record(
        session,
        actor,
        "inspection.planned",
        subject_of(inspection),
        reason=new.reason,
        after=after | {"standards": version.code, "criteria": row["criteria"]},
    )
    return str(row["reference"])


async def change(
    session: WriteSession, actor: Actor, reference: str, wanted: InspectionChange, expected: int
) -> None:
    """Change what is planned, before anybody judged.

    Raises:
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they neither plan nor inspect it.
        VersionChangedError: somebody changed it since they read it.
        InspectionMoveNotAllowedError: judging has begun.
        NoStandardsInForceError: nothing is in force on the new day.
        InspectionNotPlannableError: the day or the criteria do not fit.
    """
    held = await hold(session, reference)
    _check_planner(held)
    check_version(held, expected)
    if held.state != InspectionState.PLANNED:
        raise InspectionMoveNotAllowedError(
            f"{held.reference} is {held.state}: what it looks at is settled. Plan another one "
            "for what is to be looked at besides.",
            state=held.state,
        )
    stated = {name: getattr(wanted, name) for name in wanted.model_fields_set}
    stated = {name: value for name, value in stated.items() if value is not None}
    if "criteria" in stated:
        stated["criteria"] = sorted(set(stated["criteria"]))
    if "planned_on" in stated:
        version = await in_force(session, stated["planned_on"])
        if version is None:
            raise NoStandardsInForceError(
                "No version of the standards is in force on that day. Choose another.",
                errors=(FieldFault("Choose another day.", "/planned_on"),),
            )
        stated["standards_version_id"] = version.id
    named = stated.get("criteria", held.criteria)
    version_id = stated.get("standards_version_id", held.standards_version_id)
    sites = await queries.list_sites(session, [held.id])
    faults = [
        *faults_of_day(stated.get("planned_on", held.planned_on)),
        *await faults_of_criteria(session, InspectionKind(held.kind), named, sites, version_id),
    ]
    if faults:
        raise InspectionNotPlannableError(
            "The plan cannot be changed like this. See errors.", errors=tuple(faults)
        )
    before, after = changed({name: getattr(held, name) for name in stated}, stated)
    if not after:
        return
    await queries.update_inspection(session, held.id, stated)
    told = {name: value for name, value in after.items() if name != "standards_version_id"}
    subject = subject_of(held)
    await record(session, actor, "inspection.changed", subject, before=before, after=told)


async def cancel(
    session: WriteSession, actor: Actor, reference: str, reason: str, expected: int
) -> None:
    """Give an inspection up; what was judged stays on record, and is never published.

    Raises:
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they neither plan nor inspect it.
        VersionChangedError: somebody changed it since they read it.
        InspectionMoveNotAllowedError: it is over.
    """
    held = await hold(session, reference)
    _check_planner(held)
    check_version(held, expected)
    check_move(held, InspectionState.CANCELLED, "What is over is not given up.")
    values = {"state": InspectionState.CANCELLED.value, "cancelled_reason": reason}
    await queries.update_inspection(session, held.id, values)
    before = {"state": held.state}
    await record(
        session, actor, "inspection.cancelled", subject_of(held), reason=reason, before=before
    )


def _check_planner(inspection: Any) -> None:
    if not (inspection.plans or inspection.inspects):
        raise NotYourInspectionError(
            f"{inspection.reference} is changed by {inspection.body_name}, or by the authority "
            "that planned it."
        )


async def answered_for(session: WriteSession, actor: Actor, number: str) -> Held:
    """Return a record the actor may plan for; a machine answers as its authority does.

    Raises:
        ProviderNotFoundError: the provider is none that the actor answers for.
        NotYourInspectionError: they work, or worked, for whoever owns or owned its record.
    """
    held = await look_at_record(session, number)
    if not held.judges and not (actor.kind is ActorKind.MACHINE and held.answers):
        raise NotYourInspectionError(
            f"You own {held.name}, or work or have worked for whoever owns or owned it, so this is "
            "for a colleague who has not."
        )
    return held
