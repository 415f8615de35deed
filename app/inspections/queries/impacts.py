"""Statements on what a version of the standards that is to come would find at sites."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, literal, null, or_, select, tuple_, union, union_all

from app.db.events import ReadSession
from app.inspections.models.inspections import Inspection
from app.inspections.models.outcomes import HeldOutcome, StandardsImpact
from app.providers.models.ownership import ProviderOwner
from app.providers.models.providers import Provider
from app.providers.models.sites import Site
from app.providers.terms import Status

_GONE = (Status.REMOVED.value, Status.CLOSED.value)
NOT_MET, PARTLY_MET, NOTHING_KNOWN = "not_met", "partly_met", "nothing_known"
FOUND = (NOT_MET, PARTLY_MET, NOTHING_KNOWN)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which sites it is told; what is `None` does not narrow.

    Attributes:
        version_id: the version that is to come.
        first: its first day; sites that have closed by then are left out.
        la_code: those in the area of this authority.
        providers: those of these alone.
        provider: those of this provider, by its number.
    """

    version_id: uuid.UUID
    first: date
    la_code: str | None = None
    providers: Collection[uuid.UUID] | None = None
    provider: str | None = None


async def find_own(session: ReadSession) -> Sequence[uuid.UUID]:
    """Return the providers of the organisation that asks, and those that it inspects."""
    acted_for = func.any(func.organisations_acted_for())
    owned = select(ProviderOwner.provider_id).where(
        ProviderOwner.organisation_id == acted_for, ProviderOwner.ended_at.is_(None)
    )
    inspected = select(Inspection.provider_id).where(Inspection.body_id == acted_for)
    return (await session.scalars(union(owned, inspected))).all()


async def list_sites(
    session: ReadSession,
    wanted: Wanted,
    criterion: str | None,
    after: tuple[str, uuid.UUID] | None,
    most: int,
    *,
    falls_short: bool,
) -> Sequence[Any]:
    """Return sites by provider's number, with what is found there; see `StandardsImpact`.

    Each row: `id`, `number`, `provider_name`, `site`, `site_name`, `la_code`, `outcome` (today),
    `site_kind`, `staff_size`, and `outcome_then, not_met, partly_met, nothing_known`, which are
    `None` of a site that was never inspected.

    Args:
        session: of whoever asks.
        wanted: of which sites.
        criterion: only those that fall short on this one.
        after: the provider's number and the site's id where the page before ended.
        most: how many.
        falls_short: only those of which it is known that they fall short on something.
    """
    statement = (
        _narrowed(
            (
                Site.id,
                Provider.number,
                Provider.name.label("provider_name"),
                Site.reference.label("site"),
                Site.name.label("site_name"),
                Site.la_code,
                HeldOutcome.outcome,
                HeldOutcome.site_kind,
                HeldOutcome.staff_size,
                StandardsImpact.outcome.label("outcome_then"),
                StandardsImpact.not_met,
                StandardsImpact.partly_met,
                StandardsImpact.nothing_known,
            ),
            wanted,
        )
        .order_by(Provider.number, Site.id)
        .limit(most)
    )
    short = StandardsImpact.not_met + StandardsImpact.partly_met
    if falls_short:
        statement = statement.where(func.cardinality(short) > 0)
    if criterion is not None:
        statement = statement.where(func.array_position(short, criterion).is_not(None))
    if after is not None:
        statement = statement.where(tuple_(Provider.number, Site.id) > tuple_(*map(literal, after)))
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def count_all(session: ReadSession, wanted: Wanted) -> Sequence[Any]:
    """Count sites in one statement: by what they are, and by what is found of each criterion.

    Rows of the first sort have no `found`: `site_kind, staff_size, inspected, short, sites`, where
    `short` says that they are known to fall short on something. Those of the second: `criterion,
    found, sites`, of inspected sites alone.
    """
    short = func.cardinality(StandardsImpact.not_met + StandardsImpact.partly_met) > 0
    kind = (
        HeldOutcome.site_kind,
        HeldOutcome.staff_size,
        StandardsImpact.site_id.is_not(None).label("inspected"),
        func.coalesce(short, literal(False)).label("short"),
    )
    of_each = [getattr(StandardsImpact, name) for name in FOUND]
    sites = _narrowed((*kind, *of_each), wanted).cte("sites")  # asked for twice: it is read once
    kinds = [sites.c[one.name] for one in kind]
    nothing = null().label("criterion"), null().label("found")
    groups = select(*kinds, *nothing, func.count().label("sites")).group_by(*kinds)
    each = union_all(
        *(
            select(func.unnest(sites.c[name]).label("criterion"), literal(name).label("found"))
            for name in FOUND
        )
    ).subquery()
    blank = (null(), null(), null(), null())
    by_criterion = select(*blank, each.c.criterion, each.c.found, func.count()).group_by(
        each.c.criterion, each.c.found
    )
    found: Sequence[Any] = (await session.execute(union_all(groups, by_criterion))).all()
    return found


def _narrowed(columns: Sequence[Any], wanted: Wanted) -> Select[Any]:
    statement = (
        select(*columns)
        .select_from(HeldOutcome)
        .join(Site, Site.id == HeldOutcome.site_id)
        .join(Provider, Provider.id == Site.provider_id)
        .outerjoin(
            StandardsImpact,
            and_(
                StandardsImpact.site_id == HeldOutcome.site_id,
                StandardsImpact.version_id == wanted.version_id,
            ),
        )
        .where(
            or_(Site.closed_on.is_(None), Site.closed_on > wanted.first),
            Provider.status.not_in(_GONE),
        )
    )
    if wanted.la_code is not None:
        statement = statement.where(Site.la_code == wanted.la_code)
    if wanted.providers is not None:
        statement = statement.where(Site.provider_id.in_(wanted.providers))
    if wanted.provider is not None:
        statement = statement.where(Provider.number == wanted.provider)
    return statement
