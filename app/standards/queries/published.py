"""What is published, on plain asyncpg: the public read path."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

import asyncpg

from app.standards.terms import Relation
from app.standards.walking import Step

_VERSION = """
    SELECT id, code, title, lower(in_force) AS first, upper(in_force) - 1 AS last, published_at,
      note, standard_titles::text AS titles, withdrawn
    FROM standards_versions WHERE state = 'published'
"""
_CRITERIA = """
    SELECT id, number, standard, part, requirement, force, law_part, gate, site_kinds, staff_sizes,
      evidence_kinds, evidence_months, guidance, source, source_status
    FROM criteria WHERE version_id = $1 ORDER BY position, number
"""
_STEPS = """
    SELECT w.from_criterion_id, w.to_criterion_id, w.relation
    FROM criteria_crosswalk w
    JOIN criteria before ON before.id = w.from_criterion_id
    JOIN criteria after ON after.id = w.to_criterion_id
    WHERE after.version_id = $1 ORDER BY before.position, after.position
"""
_POLICIES = """
    SELECT code, parameters::text AS parameters, lower(in_force) AS first,
      upper(in_force) - 1 AS last, in_force @> $1::date AND parameters IS NOT NULL AS holds,
      reason, source, published_at
    FROM published_policies WHERE state = 'published' ORDER BY code, in_force
"""


async def list_versions(connection: asyncpg.Connection) -> Sequence[Any]:
    """Return every published version, the earliest first; `last` is its last day, if one is set."""
    found: Sequence[Any] = await connection.fetch(f"{_VERSION} ORDER BY in_force")
    return found


async def list_criteria(connection: asyncpg.Connection, version_id: uuid.UUID) -> Sequence[Any]:
    """Return the criteria of a version in the order they are shown."""
    found: Sequence[Any] = await connection.fetch(_CRITERIA, version_id)
    return found


async def list_steps(connection: asyncpg.Connection, version_id: uuid.UUID) -> list[Step]:
    """Return what a version says became of the criteria of the one before it."""
    return [
        Step(row["from_criterion_id"], row["to_criterion_id"], Relation(row["relation"]))
        for row in await connection.fetch(_STEPS, version_id)
    ]


async def list_policies(connection: asyncpg.Connection, on: date) -> Sequence[Any]:
    """Return every published policy, by code and day, and whether each holds on a day."""
    found: Sequence[Any] = await connection.fetch(_POLICIES, on)
    return found
