"""Statements on how live placements stood when somebody looked last: an index, never an answer."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, or_, select, update

from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation
from app.placements.models import Placement
from app.providers.models.providers import Provider
from app.providers.models.sites import Site
from app.safeguarding.models import SafeguardingStatusKept as Kept

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which placements are looked at.

    Attributes:
        commissioner_ids: of these organisations' placements; nothing narrows to those it may see.
        status: that stood so.
        today: what was not looked at since the day began may stand otherwise by now.
    """

    commissioner_ids: Sequence[uuid.UUID] | None
    status: str
    today: date


async def list_maybe(
    session: AnySession, wanted: Wanted, before: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return placements that stand so, or may by now, the newest first."""
    statement = (
        select(
            *(Kept.placement_id, Placement.reference),
            Organisation.name.label("commissioner"),
            Provider.number.label("provider"),
            Provider.name.label("provider_name"),
        )
        .join(Placement, Placement.id == Kept.placement_id)
        .join(Organisation, Organisation.id == Kept.commissioner_id)
        .join(Site, Site.id == Placement.site_id)
        .join(Provider, Provider.id == Site.provider_id)
        .where(
            or_(
                Kept.status == wanted.status,
                Kept.touched != Kept.settled,
                Kept.swept_on < wanted.today,
            )
        )
    )
    if wanted.commissioner_ids is not None:
        statement = statement.where(Kept.commissioner_id.in_(wanted.commissioner_ids))
    if before is not None:
        statement = statement.where(Kept.placement_id < before)
    ordered = statement.order_by(Kept.placement_id.desc()).limit(most)
    found: Sequence[Any] = (await session.execute(ordered)).all()
    return found


async def list_unsettled(session: AnySession, today: date, most: int) -> Sequence[Any]:
    """Return placements that something touched, or that nobody looked at today."""
    statement = (
        select(Kept.placement_id, Kept.commissioner_id, Kept.touched)
        .where(or_(Kept.touched != Kept.settled, Kept.swept_on < today))
        .order_by(Kept.placement_id)
        .limit(most)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def settle(session: WriteSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep how placements stand, unless something touched them since they were looked at."""
    statement = (
        update(Kept.__table__)  # type: ignore[arg-type] # a table of a mapped class is one
        .where(
            Kept.placement_id == bindparam("of"),
            Kept.touched == bindparam("seen"),
        )
        .values(status=bindparam("stands"), settled=bindparam("seen"), swept_on=bindparam("on"))
    )
    await session.execute(statement, [dict(row) for row in rows])
