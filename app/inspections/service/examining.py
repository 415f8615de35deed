"""Holding a result against what it says it looked at: what is wrong with it, and what is stale."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.access import Actor
from app.db.events import WriteSession
from app.errors import FieldFault
from app.inspections.errors import InspectionNotFoundError, ResultNotAcceptedError
from app.inspections.queries import inspections, judgements, results
from app.inspections.queries.files import find_usable
from app.inspections.schemas.judgements import FoundAtSite
from app.inspections.schemas.results import ResultDocument
from app.inspections.service import result_faults as faults
from app.inspections.service.judgement_faults import faults_of
from app.inspections.service.judging import Key, last_published, says
from app.inspections.service.looking import Sheet, check_body, hold, make_sheet
from app.inspections.service.planning import answered_for
from app.inspections.service.policies import rules_on
from app.inspections.service.staleness import Stale, outdated, stale_of
from app.inspections.terms import JUDGED_IN
from app.providers.errors import DecidedElsewhereError, ProviderNotFoundError
from app.standards.models import StandardsVersion
from app.standards.queries.versions import in_force, list_criteria, list_published


@dataclass(frozen=True, slots=True)
class Target:
    """What a result is of: an inspection that was planned, or one that is yet to be.

    Attributes:
        provider_id: of the provider.
        body_id: whose inspectors look.
        body_name: likewise.
        named: the inspection that the result names, held; it may be judged no more.
    """

    provider_id: uuid.UUID
    body_id: uuid.UUID
    body_name: str
    named: Any | None = None

    @property
    def inspection(self) -> Any | None:
        """The inspection whose judgements it can become; `None` where there is none yet."""
        return None if self.over is not None else self.named

    @property
    def over(self) -> str | None:
        """The state of the inspection that is named, where it is judged no more."""
        if self.named is None or self.named.state in JUDGED_IN:
            return None
        return str(self.named.state)


@dataclass(frozen=True, slots=True)
class Examined:
    """A result that is in order in itself.

    Attributes:
        target: what it is of.
        found: its judgements, as they would be written.
        held: by site and criterion, what the inspection holds already.
        stale: why it is not applied; nothing where it is.
    """

    target: Target
    found: Sequence[FoundAtSite]
    held: Mapping[Key, Any]
    stale: Sequence[Stale]


async def examine(
    session: WriteSession,
    actor: Actor,
    document: ResultDocument,
    body: tuple[uuid.UUID, str],
    *,
    applying: bool = False,
) -> Examined:
    """Find out what is wrong with a result, and what has gone on since it was made.

    Args:
        session: the transaction; the inspection, where one is named, stays locked.
        actor: who sends it, or decides about it.
        document: the result.
        body: whose inspectors looked: id and name.
        applying: whether somebody decided that it counts although it is stale: it is held against
            the standards in force, and where its inspection is over another one is planned.

    Raises:
        ProviderNotFoundError: no inspection is named, and they do not answer for the provider.
        NotYourInspectionError: another body inspects, or they have a stake in the provider.
        DecidedElsewhereError: another authority decides on the sites.
        ResultNotAcceptedError: something is wrong; every fault at once, by JSON pointer.
    """
    target = await _target_of(session, actor, document, body, applying=applying)
    planned, named = target.inspection, target.named
    sites = await inspections.find_sites(session, target.provider_id, document.sites)
    judged_by, against = await _versions(session, document, planned if applying else named)
    found = [
        *faults.of_day(document),
        *faults.of_sites(document, sites),
        *await faults.of_inspectors(session, target, document),
    ]
    if named is not None:
        of_it = {site.reference for site in await inspections.list_sites(session, [named.id])}
        found += faults.of_planned(document, named, of_it)
    version = against if applying else judged_by
    if version is None:
        found.append(faults.of_standards(document, applying=applying))
        raise _refused(found)
    elsewhere = actor.la_code is not None and actor.la_code not in {one.la_code for one in sites}
    if named is None and sites and elsewhere:
        raise DecidedElsewhereError(
            f"These sites lie in the area of the local authority {sites[0].la_code}."
        )
    found += await faults.of_criteria(session, document, sites, version.id)
    size = await results.staff_size_of(session, target.provider_id)
    only = criteria_of(document, named)
    sheet = make_sheet(sites, await list_criteria(session, version.id), only, size)
    last = await last_published(session, sheet)
    held = await _held(session, planned)
    stated = [
        one.model_copy(update={"carried": False}) if outdated(document, one, last) else one
        for one in document.judgements
    ]
    found += await _faults_of_judgements(session, document, named, (sheet, stated, last))
    found += faults.of_missing(sheet, stated, held)
    if found:
        raise _refused(found)
    others = [one for one in stated if _differs(held.get((one.site, one.criterion)), one)]
    stale = stale_of(document, (judged_by, against), sites, last, others, target.over)
    return Examined(target, stated, held, stale)


def criteria_of(document: ResultDocument, named: Any | None) -> Sequence[str]:
    """Return the only criteria looked at: those named, or of the inspection named; none is all."""
    return document.criteria or (named.criteria if named is not None else ())


async def _target_of(
    session: WriteSession,
    actor: Actor,
    document: ResultDocument,
    body: tuple[uuid.UUID, str],
    *,
    applying: bool,
) -> Target:
    if document.inspection is None:
        return Target(await _answered_for(session, actor, document), *body)
    try:
        planned = await hold(session, document.inspection)
    except InspectionNotFoundError as error:
        raise _refused([FieldFault(error.detail, "/inspection")]) from None
    check_body(planned)
    if planned.provider_number != document.provider.upper():
        words = f"{planned.reference} is of {planned.provider_name} ({planned.provider_number})."
        raise _refused([FieldFault(words, "/provider")])
    if applying and planned.state not in JUDGED_IN:
        await _answered_for(session, actor, document)  # another is planned in its place
    return Target(planned.provider_id, planned.body_id, planned.body_name, planned)


async def _answered_for(session: WriteSession, actor: Actor, document: ResultDocument) -> uuid.UUID:
    try:
        held = await answered_for(session, actor, document.provider)
    except ProviderNotFoundError as error:
        words = f"{error.detail} Where you inspect for another body, name the planned inspection."
        raise ProviderNotFoundError(words, errors=(FieldFault(words, "/provider"),)) from None
    return held.id


async def _versions(
    session: WriteSession, document: ResultDocument, planned: Any | None
) -> tuple[StandardsVersion | None, StandardsVersion | None]:
    """Return the version it was judged by, and the one it is held against."""
    published = await list_published(session)
    judged_by = next((one for one in published if one.code == document.standards), None)
    if planned is None:
        return judged_by, await in_force(session, document.visited_on)
    return judged_by, next(one for one in published if one.id == planned.standards_version_id)


async def _held(session: WriteSession, planned: Any | None) -> dict[Key, Any]:
    if planned is None:
        return {}
    rows = await judgements.list_judgements(session, planned.id)
    return {(row.site, row.criterion): row for row in rows}


async def _faults_of_judgements(
    session: WriteSession,
    document: ResultDocument,
    named: Any | None,
    against: tuple[Sheet, Sequence[FoundAtSite], Mapping[Key, Any]],
) -> list[FieldFault]:
    sheet, stated, last = against
    shown = [file for one in stated for file in one.files]
    known = await find_usable(session, named.id, shown) if named is not None else frozenset()
    day = named.planned_on if named is not None else document.visited_on
    rules = await rules_on(session, day)
    return faults_of(sheet, stated, last, known, rules.outcome)


def _differs(there: Any | None, one: FoundAtSite) -> bool:
    return there is not None and not says(there, one)


def _refused(found: Sequence[FieldFault]) -> ResultNotAcceptedError:
    return ResultNotAcceptedError(
        f"{len(found)} thing(s) are wrong with the result, and nothing of it was kept. See errors.",
        errors=tuple(found),
    )
