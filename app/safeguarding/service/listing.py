"""Listing placements by how they stand: found by the index, and each looked at anew."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from app import clock
from app.calculators.schemas.stated import RuleReason
from app.db.events import ReadSession, WriteSession
from app.placements.errors import PlacementNotFoundError
from app.rules.safeguarding.standing import SafeguardingStatus
from app.safeguarding.queries import statuses as queries
from app.safeguarding.schemas import SafeguardingBrief
from app.safeguarding.service.standing import find, look_at

AnySession = ReadSession | WriteSession
MOST_LOOKED_AT = 200
"""How many placements one request looks at; the next page goes on from there."""


@dataclass(slots=True)
class Listed:
    """A page of placements.

    Attributes:
        items: those that stand so.
        last: the placement that was looked at last.
        more: there are further ones to look at.
    """

    items: list[SafeguardingBrief] = field(default_factory=list)
    last: uuid.UUID | None = None
    more: bool = False


async def list_standing(
    session: AnySession,
    within: Sequence[uuid.UUID] | None,
    status: SafeguardingStatus,
    before: uuid.UUID | None,
    most: int,
) -> Listed:
    """Return placements that stand so now, whatever the index says of them."""
    wanted = queries.Wanted(within, status.value, clock.today())
    rows = await queries.list_maybe(session, wanted, before, MOST_LOOKED_AT + 1)
    listed = Listed()
    for row in rows[:MOST_LOOKED_AT]:
        if len(listed.items) == most:
            listed.more = True
            return listed
        listed.last = row.placement_id
        try:
            held = await look_at(session, row.placement_id)
        except PlacementNotFoundError:
            continue
        found = await find(session, row.placement_id, held)
        if found.stands.status is status:
            listed.items.append(
                SafeguardingBrief(
                    placement=row.placement_id,
                    reference=row.reference,
                    commissioner=row.commissioner,
                    provider=row.provider,
                    provider_name=row.provider_name,
                    status=status,
                    reasons=[RuleReason.model_validate(one) for one in found.stands.reasons],
                    missing=found.missing,
                    next_due=found.next_due,
                )
            )
    listed.more = len(rows) > MOST_LOOKED_AT
    return listed
