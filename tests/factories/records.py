"""Providers' records in somebody's hands, and who looks at them, written by the superuser."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import asyncpg

from app import clock
from app.access import Role
from app.organisations.queries.facts import DEPARTMENT_CODE, fact_id
from app.organisations.terms import OrganisationKind
from app.values.provider_number import provider_number
from app.values.uuid7 import uuid7
from tests.factories.people import Member, add_member, add_organisation, insert
from tests.factories.providers import COVENTRY

KNOWN_SINCE = date(2026, 9, 1)


@dataclass(frozen=True)
class OwnedRecord:
    """A provider's record with one site and one offer, and the manager of whoever owns it."""

    id: uuid.UUID
    number: str
    site_id: uuid.UUID
    offer_id: uuid.UUID
    manager: Member

    @property
    def address(self) -> str:
        """Where the private record is."""
        return f"/v1/provider-records/{self.number}"


async def add_owned_record(
    owner: asyncpg.Connection,
    name: str = "Example Forge",
    *,
    la_code: str = COVENTRY,
    manager: Member | None = None,
    **columns: Any,
) -> OwnedRecord:
    """Add a provider with a workshop in an area, owned by a new organisation or the manager's.

    Args:
        owner: the superuser.
        name: the provider's.
        la_code: of the area its site lies in.
        manager: of the organisation that owns it already; a new one unless given.
        columns: of the provider.
    """
    provider_id, number = await add_provider(owner, name, **columns)
    site_id = await add_site(owner, provider_id, la_code=la_code)
    offer_id = await add_offer(owner, site_id)
    held = manager or await add_manager(owner, f"{name} Owner")
    await give_to(owner, provider_id, held.organisation_id)
    return OwnedRecord(provider_id, number, site_id, offer_id, held)


async def add_provider(
    owner: asyncpg.Connection, name: str = "Example Forge", **columns: Any
) -> tuple[uuid.UUID, str]:
    """Add a provider that is known and no more; return its id and number."""
    present, provider_id = clock.now(), uuid7()
    number = provider_number(await owner.fetchval("SELECT nextval('provider_numbers')"))
    row = {"id": provider_id, "number": number, "name": name, "status": "known"}
    dated = {"status_since": KNOWN_SINCE, "recorded_at": present, "changed_at": present}
    await insert(owner, "providers", row | dated | columns)
    return provider_id, number


async def add_site(
    owner: asyncpg.Connection, provider_id: uuid.UUID, reference: int = 1, **columns: Any
) -> uuid.UUID:
    """Add a workshop in Coventry to a provider."""
    row: dict[str, Any] = {
        "id": uuid7(),
        "provider_id": provider_id,
        "reference": reference,
        "name": "Example Yard",
        "kind": "workshop",
        "address_lines": ["1 Example Street"],
        "town": "Coventry",
        "postcode": "CV1 2WT",
        "la_code": COVENTRY,
        "easting": 433_000,
        "northing": 279_000,
        "location_precision": "postcode",
    }
    await insert(owner, "sites", row | columns)
    return uuid.UUID(str((row | columns)["id"]))


async def add_offer(owner: asyncpg.Connection, site_id: uuid.UUID, **columns: Any) -> uuid.UUID:
    """Add a programme for 11 to 16 year olds to a site."""
    row: dict[str, Any] = {
        "id": uuid7(),
        "site_id": site_id,
        "programme": "Blacksmithing",
        "age_from": 11,
        "age_to": 16,
        "key_stages": [3, 4],
        "needs": ["SEMH"],
    }
    await insert(owner, "offers", row | columns)
    return uuid.UUID(str((row | columns)["id"]))


async def add_manager(owner: asyncpg.Connection, name: str = "Example Owner") -> Member:
    """Add an organisation that can own records, and somebody who keeps them for it."""
    organisation = await add_organisation(owner, name, OrganisationKind.PROVIDER_OWNER)
    return await add_member(owner, organisation, Role.PROVIDER_MANAGER, name="Example Manager")


async def give_to(
    owner: asyncpg.Connection, provider_id: uuid.UUID, organisation_id: uuid.UUID, **columns: Any
) -> uuid.UUID:
    """Let a record belong to an organisation from now on; return the ownership's id."""
    ownership = uuid7()
    row = {"id": ownership, "provider_id": provider_id, "organisation_id": organisation_id}
    await insert(owner, "provider_owners", row | {"began_at": clock.now()} | columns)
    return ownership


async def put_on_list(
    owner: asyncpg.Connection, provider_id: uuid.UUID, la_code: str = COVENTRY, **columns: Any
) -> None:
    """Let a provider stand on a local authority's own list."""
    row = {"id": uuid7(), "provider_id": provider_id, "la_code": la_code}
    told = {"list_name": "Example list", "recorded_at": clock.now()}
    await insert(owner, "provider_known_by", row | told | columns)


async def add_officer(
    owner: asyncpg.Connection, *roles: Role, la_code: str = COVENTRY, name: str = "Example Officer"
) -> Member:
    """Let somebody work for a local authority; an assessor unless said otherwise."""
    authority = fact_id(OrganisationKind.LOCAL_AUTHORITY, la_code)
    return await add_member(owner, authority, *(roles or (Role.ASSESSOR,)), name=name)


async def add_civil_servant(owner: asyncpg.Connection, *roles: Role) -> Member:
    """Let somebody work for the department; an assessor unless said otherwise."""
    department = fact_id(OrganisationKind.DEPARTMENT, DEPARTMENT_CODE)
    return await add_member(
        owner, department, *(roles or (Role.ASSESSOR,)), name="Example Civil Servant"
    )
