"""A draft of the standards and of a policy, beside what ships, for the tests of row security."""

import uuid

import asyncpg

from app.values.uuid7 import uuid7
from tests.factories.people import insert


async def add_drafts(owner: asyncpg.Connection, drafted_by: uuid.UUID) -> None:
    """Let a draft of each be, with one criterion that continues a published one."""
    by = {"state": "draft", "drafted_by": drafted_by, "last_changed_by": drafted_by, "version": 1}
    version, criterion = uuid7(), uuid7()
    named = {"id": version, "code": "example-draft", "title": "Example draft"}
    await insert(
        owner, "standards_versions", named | by | {"standard_titles": "{}", "withdrawn": []}
    )
    place = {"version_id": version, "number": "1.1a", "standard": "1.1", "part": 1, "position": 1}
    said = {"requirement": "You do.", "guidance": "", "source": "", "source_status": "to-confirm"}
    asked = {"force": "standard", "gate": "minor", "site_kinds": [], "staff_sizes": []}
    await insert(owner, "criteria", {"id": criterion, "evidence_kinds": []} | place | said | asked)
    before = await owner.fetchval(
        "SELECT c.id FROM criteria c JOIN standards_versions v ON v.id = c.version_id "
        "WHERE v.code = 'working-set-1' AND c.number = '1.1a'"
    )
    step = {"from_criterion_id": before, "to_criterion_id": criterion, "relation": "same"}
    await insert(owner, "criteria_crosswalk", step)
    policy = {"id": uuid7(), "code": "evidence-grace", "parameters": '{"days": 14}'}
    await insert(owner, "published_policies", policy | by | {"reason": "Test.", "source": "Test."})
