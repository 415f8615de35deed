"""A version of the standards that follows the working set, with what became of its criteria."""

from datetime import timedelta

import asyncpg

from app import clock
from tests.standards.rows import (
    WORKING_SET,
    add_criterion,
    add_step,
    add_version,
    close,
    publish,
)

NEXT = clock.today() + timedelta(days=60)
"""The first day of the next version."""
STEPS = (
    ("1.1a", ["1.1h"], "same"),
    ("1.1b", ["1.2a"], "reworded"),
    ("1.1c", ["1.2b"], "widened"),
    ("1.1d", ["1.2c"], "split"),
    ("1.1e", ["1.2c"], "split"),
    ("1.1f", ["1.3a", "1.3b"], "merged"),
    ("1.1g", ["1.2d"], "narrowed"),
)
"""A criterion of the next version, what it came from, and how."""
NEW, NOBODY_S = "1.1i", "1.1j"
"""A criterion that is new, and one that is asked of other sites alone."""


async def follow(owner: asyncpg.Connection) -> None:
    """Publish the next version, with what became of the criteria before it."""
    rows = await owner.fetch(
        "SELECT c.number, c.id FROM criteria c JOIN standards_versions v ON v.id = c.version_id "
        "WHERE v.code = $1",
        WORKING_SET,
    )
    before = {row["number"]: row["id"] for row in rows}
    async with owner.transaction():
        version = await add_version(owner, "working-set-2")
        for number, sources, relation in STEPS:
            critical = {"gate": "critical", "evidence_kinds": ["child-protection-policy"]}
            changes = critical if number == "1.1b" else {}
            target = await add_criterion(owner, version, number, **changes)
            for source in sources:
                await add_step(owner, before[source], target, relation)
        await add_criterion(owner, version, NEW)
        await add_criterion(owner, version, NOBODY_S, site_kinds=["online"])
        left = set(before) - {source for _, sources, _ in STEPS for source in sources}
        await owner.execute(
            "UPDATE standards_versions SET withdrawn = $1 WHERE id = $2", sorted(left), version
        )
        await close(owner, "standards_versions", WORKING_SET, NEXT)
        await publish(owner, "standards_versions", version, NEXT)
