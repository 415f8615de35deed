"""The organisations that are there from the first: the local authorities and the department."""

import uuid

import asyncpg

from app import clock
from app.organisations.terms import IdentifierScheme, OrganisationKind, Source
from app.places import facts
from app.values.words import sort_key

_NAMESPACE = uuid.UUID("3f1b9d52-2c64-4b0e-9a57-5d8c0e6b7a41")
"""Never to be changed: every register gives the same organisation the same id."""
DEPARTMENT = "Department for Education"
DEPARTMENT_CODE = "dfe"

_UPSERT = """
    INSERT INTO organisations AS held
      (id, kind, name, sort_name, la_code, source, recorded_at, changed_at, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 1)
    ON CONFLICT (id) DO UPDATE SET
      (name, sort_name, changed_at, version)
      = ROW(excluded.name, excluded.sort_name, excluded.changed_at, held.version + 1)
    WHERE (held.name, held.sort_name) IS DISTINCT FROM (excluded.name, excluded.sort_name)
"""
_IDENTIFY = """
    INSERT INTO organisation_identifiers (organisation_id, scheme, value) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING
"""


def fact_id(kind: OrganisationKind, code: str) -> uuid.UUID:
    """Return the id of an organisation that ships with the product; the same in every register."""
    return uuid.uuid5(_NAMESPACE, f"{kind.value}:{code}")


async def load_facts(connection: asyncpg.Connection) -> None:
    """Hold the 153 local authorities and the department as organisations; run by `migrate`.

    Those already right are not touched; what people and machines hold there stays in any case.

    Args:
        connection: of the owner, in a transaction, after the facts about places were loaded.
    """
    present, source = clock.now(), Source.FACTS.value
    authority = OrganisationKind.LOCAL_AUTHORITY
    authorities = [
        (fact_id(authority, la.la_code), authority.value, la.name, sort_key(la.name), la.la_code)
        for la in facts.local_authorities()
    ]
    kind = OrganisationKind.DEPARTMENT
    department_id = fact_id(kind, DEPARTMENT_CODE)
    department = (department_id, kind.value, DEPARTMENT, sort_key(DEPARTMENT), None)
    rows = [*authorities, department]
    await connection.executemany(_UPSERT, [(*row, source, present) for row in rows])
    scheme = IdentifierScheme.LA_CODE.value
    await connection.executemany(_IDENTIFY, [(row[0], scheme, row[4]) for row in authorities])
