"""Statements that hold the standards which ship with the product; run by `migrate`."""

import uuid

import asyncpg

from app import clock
from app.standards.facts import ShippedVersion, shipped_versions

_NAMESPACE = uuid.UUID("8b6f2c1e-5d0a-4f57-9a43-1c7e2d9b6f30")
"""Never to be changed: every register gives the same version and criterion the same id."""

_DRAFT = """
    INSERT INTO standards_versions
      (id, code, title, state, standard_titles, withdrawn, note, version)
    SELECT $1, $2, $3, 'draft', jsonb_object($4::text[], $5::text[]), '{}', $6, 1
    WHERE NOT EXISTS (SELECT FROM standards_versions WHERE code = $2)
    RETURNING id
"""
_CRITERION = """
    INSERT INTO criteria
      (id, version_id, number, standard, part, position, requirement, force, law_part, gate,
       site_kinds, staff_sizes, evidence_kinds, evidence_months, guidance, source, source_status)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
"""
_PUBLISH = """
    UPDATE standards_versions
    SET state = 'published', in_force = daterange($2, NULL), published_at = $3 WHERE id = $1
"""


def version_fact_id(code: str) -> uuid.UUID:
    """Return the id of a version that ships with the product; the same in every register."""
    return uuid.uuid5(_NAMESPACE, f"version:{code}")


async def load_facts(connection: asyncpg.Connection) -> None:
    """Hold the versions that ship and are not held yet; one that is held is never touched.

    Args:
        connection: of the owner, in a transaction.
    """
    for shipped in shipped_versions():
        await _load(connection, shipped)


async def _load(connection: asyncpg.Connection, shipped: ShippedVersion) -> None:
    version_id = version_fact_id(shipped.code)
    titles = shipped.standard_titles
    new = await connection.fetchval(
        _DRAFT,
        version_id,
        shipped.code,
        shipped.title,
        list(titles.keys()),
        list(titles.values()),
        shipped.note,
    )
    if new is None:
        return
    rows = [
        (
            uuid.uuid5(_NAMESPACE, f"criterion:{shipped.code}:{one.number}"),
            version_id,
            one.number,
            one.standard,
            one.part,
            position,
            one.requirement,
            one.force.value,
            one.law_part,
            one.gate.value,
            [kind.value for kind in one.site_kinds],
            [size.value for size in one.staff_sizes],
            [kind.value for kind in one.evidence_kinds],
            one.evidence_months,
            one.guidance,
            one.source,
            one.source_status.value,
        )
        for position, one in enumerate(shipped.criteria, 1)
    ]
    await connection.executemany(_CRITERION, rows)
    await connection.execute(_PUBLISH, version_id, shipped.in_force_from, clock.now())
