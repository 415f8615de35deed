"""Settling where sites stand by their inspections: it follows from what is published alone."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from app import clock
from app.access import Actor, DbRole
from app.db.events import WriteSession
from app.db.transactions import acting_as
from app.inspections.eras import coming_versions
from app.inspections.history import (
    Impact,
    PublishedJudgement,
    Site,
    Standing,
    impact_on,
    standing_on,
)
from app.inspections.queries import settling as queries
from app.inspections.service.policies import all_eras
from app.inspections.terms import ROUND_VISITS, EvidenceMethod, InspectionKind, Judgement
from app.providers.events import ProviderChanged
from app.providers.queries.standing import find_registered
from app.providers.standing import standing_on as listing_on
from app.providers.terms import ON_REGISTER
from app.values.site_kind import SiteKind, StaffSize

Row = dict[str, Any]


async def settle_outcomes(
    session: WriteSession, _: Actor, events: Sequence[ProviderChanged]
) -> None:
    """React to changed providers: find anew where each of their sites stands, and until when.

    Sites that never were on the register and of which no inspection is published have no outcome.
    Written as the publisher, and by nobody else; the providers are locked before, by who settles
    their standing.
    """
    moments = {event.provider_id: event.simulated_at or clock.now() for event in events}
    days = {one: moment.astimezone(clock.LONDON).date() for one, moment in moments.items()}
    async with acting_as(session, DbRole.PUBLISHER):
        sites = await queries.find_sites(session, days.keys())
        ids = [one.id for one in sites]
        judgements = await queries.find_judgements(session, ids)
        listings = await _listings(session, days.keys())
        told = [one for one in sites if one.id in judgements or one.id in listings]
        every = await all_eras(session, standards=bool(judgements)) if told else []
        publications = await queries.find_newest_publications(session, ids) if judgements else {}
        held = await queries.find_held(session, [one.id for one in told]) if told else {}
        rows: list[Row] = []
        impacts: list[Row] = []
        for one in told:
            day = days[one.provider_id]
            site = _site(one, listings[one.id], judgements.get(one.id, ()), day)
            standing = standing_on(site, every, day)
            if standing is None:
                continue
            before = held.get(one.id)
            row = _row(one, standing, publications.get(one.id))
            row["since"] = _since(row, before, day)
            if before is None or any(before[name] != value for name, value in row.items()):
                rows.append(row | {"computed_at": moments[one.provider_id]})
            if site.judgements:
                for version_id, first in coming_versions(every, day).items():
                    impacts.append(_impact(one.id, version_id, impact_on(site, every, first)))
        await queries.write_outcomes(session, rows)
        await queries.write_impacts(session, impacts)


async def _listings(
    session: WriteSession, provider_ids: Iterable[uuid.UUID]
) -> defaultdict[uuid.UUID, list[Any]]:
    found: defaultdict[uuid.UUID, list[Any]] = defaultdict(list)
    for registered in (await find_registered(session, set(provider_ids))).values():
        for listing in registered:
            found[listing.site_id].append(listing)
    return found


def _site(row: Any, listings: Sequence[Any], judgements: Sequence[Any], day: date) -> Site:
    there = [one for one in listings if listing_on(one, day).state in ON_REGISTER]
    visits = (
        one.seen_on
        for one in judgements
        if one.method == EvidenceMethod.VISIT.value and InspectionKind(one.kind) in ROUND_VISITS
    )
    return Site(
        kind=SiteKind(row.kind),
        staff_size=StaffSize(row.staff_size) if row.staff_size else None,
        began_on=min((one.listed_on for one in listings), default=None),
        listed_on=max((one.listed_on for one in there), default=None),
        judgements=[_published(one) for one in judgements],
        visited_on=max(visits, default=None),
    )


def _published(row: Any) -> PublishedJudgement:
    return PublishedJudgement(
        criterion_id=row.criterion_id,
        judgement=Judgement(row.judgement),
        method=EvidenceMethod(row.method) if row.method else None,
        seen_on=row.seen_on,
        looked_on=row.planned_on,
        published_at=row.published_at,
    )


def _row(site: Any, standing: Standing, publication_id: uuid.UUID | None) -> Row:
    told = standing.told
    return {
        "site_id": site.id,
        "outcome": told.outcome.value,
        "since": standing.since,
        "valid_until": standing.valid_until,
        "next_outcome": standing.next_outcome.value if standing.next_outcome else None,
        "decided_by": [
            {
                "criterion": one.number,
                "judgement": one.judgement.value if one.judgement else None,
                "because": one.because.value,
            }
            for one in told.decided_by
        ],
        "seen_from": told.seen_from,
        "seen_to": told.seen_to,
        "asked": told.asked,
        "judged": told.judged,
        "due_kind": told.due.kind.value if told.due else None,
        "due_on": told.due.on if told.due else None,
        "due_because": told.due.because.value if told.due else None,
        "publication_id": publication_id,
        "site_kind": site.kind,
        "staff_size": site.staff_size,
        "changes_on": standing.changes_on,
    }


def _impact(site_id: uuid.UUID, version_id: uuid.UUID, found: Impact) -> Row:
    return {
        "site_id": site_id,
        "version_id": version_id,
        "outcome": found.outcome.value,
        "not_met": list(found.not_met),
        "partly_met": list(found.partly_met),
        "nothing_known": list(found.nothing_known),
    }


def _since(row: Row, before: Mapping[str, Any] | None, day: date) -> date:
    """Return the first day of an outcome.

    It follows from what was published, as it stands and as what is asked of the site stands now.
    Where either was changed since it was settled last, the days before are left as they were told.
    """
    since: date = row["since"]
    if before is None:
        return since
    before_since: date = before["since"]
    asked_alike = all(before[name] == row[name] for name in ("site_kind", "staff_size"))
    if before["outcome"] == row["outcome"]:
        return max(since, before_since) if asked_alike else before_since
    told_on = before["computed_at"].astimezone(clock.LONDON).date()
    return since if asked_alike and since > told_on else day
