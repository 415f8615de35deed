"""What is published of inspections, on plain asyncpg: the public read path."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

_NEWEST = """
    SELECT i.id, i.reference, i.kind, i.planned_on, i.published_at,
      p.version, p.document, p.sha256, p.published_at AS version_published_at
    FROM inspections i
    CROSS JOIN LATERAL (SELECT * FROM inspection_publications v WHERE v.inspection_id = i.id
                        ORDER BY v.version DESC LIMIT 1) p
    WHERE i.provider_id = $1 AND i.state = 'published'
"""
_VERSIONS = """
    SELECT p.version, p.document, p.sha256, p.correction, p.published_at, p.redacted_at,
      p.redacted_reason
    FROM inspection_publications p JOIN inspections i ON i.id = p.inspection_id
    WHERE i.provider_id = $1 AND i.reference = $2 ORDER BY p.version
"""


_REPLIES = """
    SELECT DISTINCT ON (r.site, r.criterion) r.site, r.criterion, r.version, r.reply, r.signed_at,
      r.withdrawn_at
    FROM inspection_replies r JOIN inspections i ON i.id = r.inspection_id
    WHERE i.provider_id = $1 AND i.reference = $2
    ORDER BY r.site, r.criterion, r.version DESC
"""
_WITHHELD = """
    SELECT DISTINCT ON (w.site, w.criterion) w.site, w.criterion, w.version, w.because,
      w.withheld_at
    FROM withheld_replies w JOIN inspections i ON i.id = w.inspection_id
    WHERE i.provider_id = $1 AND i.reference = $2
    ORDER BY w.site, w.criterion, w.version DESC
"""
_ACTIONS = """
    SELECT a.site, a.criterion, a.role, a.due_on, a.state, a.verified_at
    FROM inspection_actions a JOIN inspections i ON i.id = a.inspection_id
    WHERE i.provider_id = $1 AND i.reference = $2 ORDER BY a.site, a.criterion
"""
_APPEALS = """
    SELECT a.of_version, a.state, a.appealed_at, a.due_on, a.due_rule, a.decision, a.reason,
      a.decided_at
    FROM inspection_appeals a JOIN inspections i ON i.id = a.inspection_id
    WHERE i.provider_id = $1 AND i.reference = $2 AND a.state <> 'withdrawn' ORDER BY a.id
"""
_REVISITS = """
    SELECT r.state, r.asked_at, place_in_revisit_queue(r.id) AS place
    FROM inspection_revisits r JOIN inspections i ON i.id = r.inspection_id
    WHERE i.provider_id = $1 AND i.reference = $2 AND r.state IN ('open', 'planned')
    ORDER BY r.id
"""


@dataclass(frozen=True, slots=True)
class Followed:
    """What followed a publication, as everybody may know it.

    Attributes:
        replies: the newest of each that is not withheld, withdrawn ones too.
        withheld: the newest of each that is.
        actions: each with its role and state.
        appeals: but those taken back.
        revisits: asked for and not answered with a no.
    """

    replies: Sequence[Any]
    withheld: Sequence[Any]
    actions: Sequence[Any]
    appeals: Sequence[Any]
    revisits: Sequence[Any]


async def find_followed(
    connection: asyncpg.Connection, provider_id: uuid.UUID, reference: str
) -> Followed:
    """Return what followed a published inspection of a provider."""
    replies, withheld, actions, appeals, revisits = [
        await connection.fetch(statement, provider_id, reference)
        for statement in (_REPLIES, _WITHHELD, _ACTIONS, _APPEALS, _REVISITS)
    ]
    return Followed(replies, withheld, actions, appeals, revisits)


async def find_provider(connection: asyncpg.Connection, number: str) -> Any | None:
    """Return `(id, number)` of a provider that is public, by its number.

    Of a record that was merged: those of the one that goes on, with which its inspections went.
    """
    return await connection.fetchrow("SELECT * FROM public_provider($1)", number)


async def list_published(
    connection: asyncpg.Connection,
    provider_id: uuid.UUID,
    before: tuple[datetime, uuid.UUID] | None,
    most: int,
) -> Sequence[Any]:
    """Return the published inspections of a provider, each in its newest version, newest first."""
    order = "ORDER BY i.published_at DESC, i.id DESC"
    if before is None:
        statement = f"{_NEWEST} {order} LIMIT $2"
        found: Sequence[Any] = await connection.fetch(statement, provider_id, most)
        return found
    statement = f"{_NEWEST} AND (i.published_at, i.id) < ($2, $3) {order} LIMIT $4"
    later: Sequence[Any] = await connection.fetch(statement, provider_id, *before, most)
    return later


async def list_versions(
    connection: asyncpg.Connection, provider_id: uuid.UUID, reference: str
) -> Sequence[Any]:
    """Return every version of a published inspection of a provider, the first one first."""
    found: Sequence[Any] = await connection.fetch(_VERSIONS, provider_id, reference)
    return found
