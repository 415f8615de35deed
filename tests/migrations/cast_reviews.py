"""When each placement is reviewed, a review of it, and something that opened one."""

from datetime import timedelta
from typing import Any

import asyncpg

from app import clock
from app.values.uuid7 import uuid7
from tests.factories.people import insert


async def add_reviews(owner: asyncpg.Connection) -> None:
    """Let each placement have been reviewed once, and something have changed at its provider."""
    rows = await owner.fetch(
        "SELECT p.id, p.commissioner_id, p.starts_on, s.provider_id FROM placements p "
        "JOIN sites s ON s.id = p.site_id ORDER BY p.id"
    )
    for row in rows:
        day, present = row["starts_on"], clock.now()
        of: dict[str, Any] = {"placement_id": row["id"]}
        due: dict[str, Any] = {"commissioner_id": row["commissioner_id"], "counted_from": day}
        due |= {"next_on": day, "latest_on": day, "approximate": True}
        await insert(owner, "reviews_due", of | due)
        held: dict[str, Any] = of | {"id": uuid7(), "reference": "R-1", "held_on": day}
        held |= {"decision": "continue", "progress": "some", "encrypted": bytes(28)}
        held |= {"next_on": day + timedelta(days=1)}
        held |= {"recorded_by_name": "Example Person", "recorded_at": present}
        await insert(owner, "placement_reviews", held)
        said: dict[str, Any] = of | {"id": uuid7(), "given_on": day, "recorded_at": present}
        said |= {"by_name": "Example Person", "encrypted": bytes(28)}
        await insert(owner, "review_contributions", said)
        opened: dict[str, Any] = of | {"id": uuid7(), "cause": "listing", "opened_on": day}
        await insert(owner, "review_openings", opened | {"acknowledge_by": day})
    watch: dict[str, Any] = {"provider_id": rows[0]["provider_id"], "status": "listed"}
    watch |= {"outcomes": "", "documents_out": 0, "looked_at": clock.now()}
    await insert(owner, "review_watches", watch)
