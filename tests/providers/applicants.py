"""Providers' records with everything by which people can be told, written straight into tables."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import asyncpg

from app import clock
from app.access import Role
from app.organisations.terms import OrganisationKind
from app.values.provider_number import provider_number
from app.values.uuid7 import uuid7
from tests.factories.people import Member, add_member, add_organisation, add_person, insert
from tests.factories.providers import COVENTRY
from tests.migrations.cast import authority

SINCE = date(2026, 9, 1)


@dataclass(frozen=True)
class Held:
    """A provider's record, its first site, and its listing if it has one."""

    id: uuid.UUID
    number: str
    site: uuid.UUID
    listing: uuid.UUID | None = None


async def add_record(
    owner: asyncpg.Connection,
    name: str = "Example Forge",
    state: str | None = None,
    *,
    la_code: str = COVENTRY,
    **columns: Any,
) -> Held:
    """Add a provider with a site in an area, and a listing of it that stands in `state`."""
    provider, site, present = uuid7(), uuid7(), clock.now()
    number = provider_number(await owner.fetchval("SELECT nextval('provider_numbers')"))
    status = state if state in {"listed", "removed", "suspended"} else "known"
    row = {"id": provider, "number": number, "name": name, "status": status}
    dated = {"status_since": SINCE, "recorded_at": present}
    await insert(owner, "providers", row | dated | columns)
    place = {"id": site, "provider_id": provider, "reference": 1, "name": f"{name} site"}
    told = {"kind": "workshop", "address_lines": [], "la_code": la_code}
    await insert(owner, "sites", place | told)
    return Held(
        provider, number, site, await add_listing(owner, provider, site, state) if state else None
    )


async def add_listing(
    owner: asyncpg.Connection, provider: uuid.UUID, site: uuid.UUID, state: str, **columns: Any
) -> uuid.UUID:
    """Add a listing of a site that stands in a state since a day."""
    listing = uuid7()
    la_code = await owner.fetchval("SELECT la_code FROM sites WHERE id = $1", site)
    scope: dict[str, Any] = {"key_stages": [], "needs": [], "programmes": []}
    row = {"id": listing, "provider_id": provider, "site_id": site, "la_code": la_code}
    stands = {"basis": "application", "state": state, "state_since": SINCE, "version": 1}
    was_listed = {"listed_on": SINCE if state in {"listed", "removed", "suspended"} else None}
    await insert(
        owner, "listings", row | stands | scope | was_listed | {"made_at": clock.now()} | columns
    )
    return listing


async def add_traces(owner: asyncpg.Connection, provider: uuid.UUID, **traces: Any) -> None:
    """Let a record tell `person`, `phone`, `email`, `address`, `company`, `charity`, `bank`."""
    present, of = clock.now(), {"provider_id": provider}
    for kind in ("phone", "email", "address"):
        if kind in traces:
            value = {"kind": kind, "value": traces[kind], "canonical": traces[kind].lower()}
            row = {"id": uuid7(), "recorded_at": present}
            await insert(owner, "provider_contacts", row | value | of)
    if "person" in traces:
        name, month = traces["person"]
        who = {"id": uuid7(), "kind": "director", "name": name, "birth_month": month}
        kept = {"source": "owner", "recorded_at": present, "changed_at": present, "version": 1}
        await insert(owner, "provider_people", who | kept | of)
    for scheme, kind in (("companies-house", "company"), ("charity-commission", "charity")):
        if kind in traces:
            number = {"id": uuid7(), "scheme": scheme, "value": traces[kind]}
            await insert(owner, "provider_identifiers", number | of)
    if "bank" in traces:
        row = {"id": uuid7(), "reference_hash": traces["bank"], "given_at": present}
        giver = {"given_by": await add_person(owner)}
        await insert(owner, "bank_references", row | giver | of)


async def add_owner(
    owner: asyncpg.Connection, *providers: uuid.UUID, organisation: uuid.UUID | None = None
) -> Member:
    """Let an organisation own records; return its manager."""
    held = organisation or await add_organisation(
        owner, "Example Owner", OrganisationKind.PROVIDER_OWNER
    )
    for provider in providers:
        row = {"id": uuid7(), "provider_id": provider, "organisation_id": held}
        await insert(owner, "provider_owners", row | {"began_at": clock.now()})
    return await add_member(owner, held, Role.PROVIDER_MANAGER)


async def add_officer(
    owner: asyncpg.Connection,
    role: Role = Role.ASSESSOR,
    la_code: str = COVENTRY,
    *,
    name: str = "Example Person",
) -> Member:
    """Let somebody work for a local authority."""
    return await add_member(owner, await authority(owner, la_code), role, name=name)


async def add_site(owner: asyncpg.Connection, held: Held, reference: int) -> uuid.UUID:
    """Add a further site in Coventry."""
    site = uuid7()
    row = {"id": site, "provider_id": held.id, "reference": reference, "name": "Further site"}
    place = {"kind": "workshop", "address_lines": ["1 Made Road"], "la_code": COVENTRY}
    await insert(owner, "sites", row | place)
    return site


async def add_document(
    owner: asyncpg.Connection, held: Held, site: uuid.UUID | None = None
) -> uuid.UUID:
    """Add a document of a record, or of one of its sites."""
    document = uuid7()
    row = {"id": document, "provider_id": held.id, "site_id": site, "kind": "insurance"}
    kept = {"title": "Insurance", "added_by": await add_person(owner), "added_at": clock.now()}
    await insert(owner, "documents", row | kept | {"version": 1})
    return document


async def share(owner: asyncpg.Connection, held: Held, document: uuid.UUID | None) -> uuid.UUID:
    """Let a commissioner see one document, or all evidence."""
    consent = uuid7()
    row = {"id": consent, "provider_id": held.id, "document_id": document}
    to = {"organisation_id": await add_organisation(owner), "until": date(2027, 9, 1)}
    by = {"granted_by": await add_person(owner), "granted_at": clock.now()}
    await insert(owner, "document_shares", row | to | by)
    return consent


async def link(owner: asyncpg.Connection, predecessor: Held, successor: Held) -> uuid.UUID:
    """Let one record go on from another."""
    made = uuid7()
    ends = {"predecessor_id": predecessor.id, "successor_id": successor.id}
    row = {"id": made, "reason": "They say so.", "recorded_at": clock.now()}
    await insert(owner, "provider_links", row | ends)
    return made
