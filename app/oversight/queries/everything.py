"""Statements on everything that is held on one child, table by table.

Which tables those are is written down here; a test follows the foreign keys from `children` and
finds each in one of the two lists, so that nothing new is forgotten.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import MetaData, or_, select

from app.audit.models import AuditEntry
from app.children.models import Child
from app.db.events import WriteSession
from app.organisations.models.organisations import Organisation
from app.providers.models.providers import Provider
from app.providers.models.sites import Site

TABLES: Mapping[str, tuple[str, str]] = {
    "child_circumstances": ("child_id", "children"),
    "child_particulars": ("child_id", "children"),
    "assessments": ("child_id", "children"),
    "assessment_steps": ("assessment_id", "assessments"),
    "assessment_options": ("assessment_id", "assessments"),
    "assessment_tests": ("assessment_id", "assessments"),
    "assessment_decisions": ("assessment_id", "assessments"),
    "placements": ("child_id", "children"),
    "placement_timetables": ("placement_id", "placements"),
    "placement_sessions": ("timetable_id", "placement_timetables"),
    "attendance_facts": ("placement_id", "placements"),
    "attendance_codes": ("placement_id", "placements"),
    "attendance_alerts": ("placement_id", "placements"),
    "attendance_contacts": ("placement_id", "placements"),
    "attendance_closures": ("placement_id", "placements"),
    "duty_periods": ("placement_id", "placements"),
    "duty_offers": ("placement_id", "placements"),
    "duty_contacts": ("placement_id", "placements"),
    "safeguarding_items": ("placement_id", "placements"),
    "urgent_starts": ("placement_id", "placements"),
    "provider_safeguarding_items": ("placement_id", "placements"),
    "safe_contacts": ("child_id", "children"),
    "placement_notices": ("placement_id", "placements"),
    "notice_sendings": ("notice_id", "placement_notices"),
    "review_contributions": ("placement_id", "placements"),
    "placement_reviews": ("placement_id", "placements"),
    "review_openings": ("placement_id", "placements"),
    "reviews_due": ("placement_id", "placements"),
    "funding_arrangements": ("placement_id", "placements"),
    "funding_terms": ("arrangement_id", "funding_arrangements"),
    "funding_payers": ("arrangement_id", "funding_arrangements"),
    "funding_budgets": ("arrangement_id", "funding_arrangements"),
    "funding_recoveries": ("arrangement_id", "funding_arrangements"),
    "funding_signatures": ("arrangement_id", "funding_arrangements"),
    "funding_overrides": ("arrangement_id", "funding_arrangements"),
    "funding_disputes": ("arrangement_id", "funding_arrangements"),
    "interim_payers": ("arrangement_id", "funding_arrangements"),
    "follow_ups": ("child_id", "children"),
    "follow_up_steps": ("follow_up_id", "follow_ups"),
    "follow_up_spells": ("follow_up_id", "follow_ups"),
    "follow_up_handovers": ("follow_up_id", "follow_ups"),
}
"""Each table's column that leads on to the child, and to which table; a table before what hangs
on it."""
LEFT_OUT: Mapping[str, str] = {
    "safeguarding_statuses": "an index: how it stood when somebody looked, told by the rest",
    "child_links": "hashes that no commissioner reads; what they link is others' records",
    "match_questions": "names another commissioner's record, and is answered by an authority",
    "erasures": "of an erased record; its day is told with the record itself",
    "erased_placement_areas": "where an erased child's placements count; no more is known of it",
}
"""Tables that lead to a child and are not told, and why."""
SECRET = frozenset({"sealed_key"})

MOST_ENTRIES = 1_000


async def get_child_row(session: WriteSession, child_id: uuid.UUID) -> Mapping[str, Any]:
    """Return what is kept of a child in clear."""
    table = Child.__table__
    columns = [one for one in table.columns if one.name not in SECRET]
    found = await session.execute(select(*columns).where(table.c.id == child_id))
    return dict(found.mappings().one())


async def list_rows(
    session: WriteSession, name: str, column: str, ids: Collection[Any]
) -> Sequence[Mapping[str, Any]]:
    """Return the rows of a table that hang on some others, in the order of its key."""
    if not ids:
        return []
    table = _tables().tables[name]
    statement = select(table).where(table.c[column].in_(ids)).order_by(*table.primary_key)
    return [dict(row) for row in (await session.execute(statement)).mappings()]


def columns_to(name: str, of: str) -> list[str]:
    """Return a table's columns that hold ids of another table."""
    return [
        one.name
        for one in _tables().tables[name].columns
        if any(key.column.table.name == of for key in one.foreign_keys)
    ]


async def name_organisations(
    session: WriteSession, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, str]:
    """Return what those organisations are called that the actor may see."""
    found = await session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    )
    return {row.id: row.name for row in found}


async def name_sites(session: WriteSession, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what those sites are called, with their providers, that the actor may see."""
    found = await session.execute(
        select(Site.id, Site.name, Provider.name.label("provider"), Provider.number)
        .join(Provider, Provider.id == Site.provider_id)
        .where(Site.id.in_(ids))
    )
    return {row.id: f"{row.provider} ({row.number}), {row.name}" for row in found}


async def list_entries(
    session: WriteSession, of: Mapping[str, Collection[uuid.UUID]]
) -> Sequence[Any]:
    """Return what was done to a child's record and to what hangs on it, the newest first.

    Args:
        session: of somebody who may see it.
        of: kinds of subject, each with its ids.
    """
    entries = AuditEntry.__table__.c
    wanted = [
        (entries.subject_kind == kind) & entries.subject_id.in_([str(one) for one in ids])
        for kind, ids in of.items()
        if ids
    ]
    statement = (
        select(
            *(entries.recorded_at, entries.actor_name, entries.organisation_name),
            *(entries.act, entries.outcome, entries.purpose),
        )
        .where(or_(*wanted))
        .order_by(entries.recorded_at.desc(), entries.id.desc())
        .limit(MOST_ENTRIES)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


def _tables() -> MetaData:
    return Child.metadata
