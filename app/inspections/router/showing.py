"""How inspections and judgements are told, to each as far as it is theirs to know."""

from collections.abc import Mapping
from typing import Any

from fastapi import Response

from app.db.events import ReadSession, WriteSession
from app.inspections.queries import inspections, judgements
from app.inspections.router import answering as answers
from app.inspections.schemas.inspections import (
    InspectedSite,
    InspectionOut,
    InspectionSummary,
    InspectorOut,
)
from app.inspections.schemas.judgements import (
    AskedAtSite,
    Carried,
    JudgementOut,
    JudgementSheet,
)
from app.inspections.service.looking import look_at, sheet_of
from app.inspections.terms import InspectorPart
from app.standards.terms import Force, Gate

AnySession = ReadSession | WriteSession


def summary_of(row: Any) -> dict[str, Any]:
    """Return what a summary tells of an inspection."""
    return {
        name: getattr(row, source)
        for name, source in (
            ("reference", "reference"),
            ("provider", "provider_number"),
            ("provider_name", "provider_name"),
            ("kind", "kind"),
            ("state", "state"),
            ("planned_on", "planned_on"),
            ("body", "body_id"),
            ("body_name", "body_name"),
            ("la_code", "la_code"),
            ("standards", "standards"),
            ("comments_due_on", "comments_due_on"),
            ("published_at", "published_at"),
            ("version", "version"),
        )
    }


def is_owner(row: Any) -> bool:
    """Say whether whoever asks is only the one who is inspected."""
    return bool(row.owns and not (row.inspects or row.plans or row.checks))


def summary_told(row: Any) -> InspectionSummary:
    """Return an inspection as lists tell it."""
    return InspectionSummary(**summary_of(row))


async def inspection_told(session: AnySession, reference: str, response: Response) -> InspectionOut:
    """Return an inspection as its reader may know it, never to be kept by a cache."""
    row = await look_at(session, reference)
    sheet = await sheet_of(session, row)
    judged = await judgements.count_judged(session, [row.id])
    to_owner = is_owner(row)
    inspectors = [] if to_owner else await inspections.list_inspectors(session, row.id)
    answers.located(response, f"{answers.INSPECTIONS}/{row.reference}")
    answers.private(response, row.version)
    return InspectionOut(
        **summary_of(row),
        criteria=row.criteria,
        sites=[
            InspectedSite(site=reference, name=site.name, asked=len(sheet.asked[reference]))
            for reference, site in sheet.sites.items()
        ],
        inspectors=[
            InspectorOut(person=one.person_id, name=one.name, part=InspectorPart(one.part))
            for one in inspectors
        ],
        reason=None if to_owner else row.reason,
        cancelled_reason=row.cancelled_reason,
        check_body=row.check_body_id,
        judged=judged.get(row.id, 0),
        asked=sheet.count,
        comments_rule=row.comments_rule,
        comments_closed_at=row.comments_closed_at,
    )


async def sheet_told(session: AnySession, reference: str, response: Response) -> JudgementSheet:
    """Return everything that is looked at, what was found so far, and what was published last."""
    row = await look_at(session, reference)
    sheet = await sheet_of(session, row)
    found = {
        (one.site, one.criterion): one for one in await judgements.list_judgements(session, row.id)
    }
    files = await judgements.list_files(session, [one.id for one in found.values()])
    by_id = {site.id: reference for reference, site in sheet.sites.items()}
    last = {
        (by_id[one.site_id], one.criterion): one
        for one in await judgements.newest_published(session, by_id.keys())
        if one.reference != row.reference
    }
    answers.located(response, f"{answers.INSPECTIONS}/{row.reference}/judgements")
    answers.private(response, row.version)
    return JudgementSheet(
        reference=row.reference,
        standards=row.standards,
        version=row.version,
        asked=sheet.count,
        judged=len(found),
        items=[
            AskedAtSite(
                site=site,
                criterion=number,
                requirement=criterion.requirement,
                gate=Gate(criterion.gate),
                force=Force(criterion.force),
                found=_found(found.get((site, number)), files),
                last=_last(last.get((site, number))),
            )
            for site, criteria in sheet.asked.items()
            for number, criterion in criteria.items()
        ],
    )


def _found(row: Any, files: Mapping[Any, Any]) -> JudgementOut | None:
    if row is None:
        return None
    return JudgementOut(
        judgement=row.judgement,
        finding=row.finding,
        note=row.note,
        method=row.method,
        seen_on=row.seen_on,
        carried=row.carried_from_id is not None,
        files=files.get(row.id, []),
        judged_at=row.judged_at,
        version=row.version,
    )


def _last(row: Any) -> Carried | None:
    if row is None:
        return None
    return Carried(
        judgement=row.judgement,
        finding=row.finding,
        method=row.method,
        seen_on=row.seen_on,
        inspection=row.reference,
    )
