"""What a provider holds as evidence, and with whom it is shared, written by the superuser."""

import uuid
from datetime import date, timedelta
from typing import Any

import asyncpg

from app import clock
from app.values.uuid7 import uuid7
from tests.factories.people import insert
from tests.factories.records import OwnedRecord


async def add_document(
    owner: asyncpg.Connection,
    record: OwnedRecord,
    kind: str = "child-protection-policy",
    **columns: Any,
) -> uuid.UUID:
    """Add a document without a file; it counts for as long as may be unless said otherwise."""
    row = {
        "id": uuid7(),
        "provider_id": record.id,
        "kind": kind,
        "title": "Example paper",
        "added_by": record.manager.person_id,
        "added_at": clock.now(),
        "version": 1,
    } | columns
    await insert(owner, "documents", row)
    return uuid.UUID(str(row["id"]))


async def add_share(
    owner: asyncpg.Connection,
    record: OwnedRecord,
    organisation_id: uuid.UUID,
    document_id: uuid.UUID | None = None,
    **columns: Any,
) -> uuid.UUID:
    """Let an organisation see a provider's evidence, or one document, for thirty days."""
    row = {
        "id": uuid7(),
        "provider_id": record.id,
        "document_id": document_id,
        "organisation_id": organisation_id,
        "until": clock.today() + timedelta(days=30),
        "granted_by": record.manager.person_id,
        "granted_at": clock.now(),
    } | columns
    await insert(owner, "document_shares", row)
    return uuid.UUID(str(row["id"]))


async def add_staff_member(
    owner: asyncpg.Connection, record: OwnedRecord, name: str = "Example Tutor", **columns: Any
) -> uuid.UUID:
    """Add somebody in regulated activity."""
    present = clock.now()
    row = {
        "id": uuid7(),
        "provider_id": record.id,
        "name": name,
        "duties": "tutor",
        "regulated_activity": True,
        "recorded_at": present,
        "changed_at": present,
        "version": 1,
    } | columns
    await insert(owner, "staff_members", row)
    return uuid.UUID(str(row["id"]))


async def add_check(
    owner: asyncpg.Connection,
    record: OwnedRecord,
    staff_member_id: uuid.UUID,
    kind: str,
    status: str = "clear",
    **columns: Any,
) -> None:
    """Add that a check was made of somebody."""
    row = {
        "id": uuid7(),
        "staff_member_id": staff_member_id,
        "kind": kind,
        "status": status,
        "checked_on": date(2026, 9, 1),
        "checked_by": "provider",
        "recorded_by": record.manager.person_id,
        "recorded_at": clock.now(),
    }
    await insert(owner, "staff_checks", row | columns)


async def add_checked_tutor(owner: asyncpg.Connection, record: OwnedRecord) -> uuid.UUID:
    """Add a tutor whose DBS and barred-list checks are clear."""
    tutor = await add_staff_member(owner, record)
    for kind in ("enhanced-dbs", "barred-list"):
        await add_check(owner, record, tutor, kind)
    return tutor


async def add_self_evaluation(
    owner: asyncpg.Connection, record: OwnedRecord, *, completed: bool = True, **columns: Any
) -> uuid.UUID:
    """Add a self-evaluation of a record's site, against the version in force, without answers."""
    present, by = clock.now(), record.manager.person_id
    row = {
        "id": uuid7(),
        "site_id": record.site_id,
        "version_id": await owner.fetchval(
            "SELECT id FROM standards_versions WHERE in_force @> current_date"
        ),
        "begun_by": by,
        "begun_at": present,
        "version": 1,
    } | ({"completed_by": by, "completed_at": present} if completed else {})
    await insert(owner, "self_evaluations", row | columns)
    return uuid.UUID(str((row | columns)["id"]))
