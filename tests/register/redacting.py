"""A home address that was published, corrected since, and how it is asked to be taken out."""

from typing import Any

import asyncpg
import httpx

from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.providers.service.recording import Recorded
from app.register.publishing import publish
from tests.factories.providers import make_provider, make_site, put_on_register

HOME = "77 Hiddenlea Crescent"
REASON = "The line gave the address of somebody's home."


async def publish_a_home(database: Database, owner: asyncpg.Connection, times: int = 2) -> Recorded:
    """Publish a provider with a home address in its first entries, then corrected."""
    site = make_site("Example Yard", address_lines=(HOME,))
    (held,) = await put_on_register(database, make_provider("Example Forge", site))
    for number in range(1, times):
        await change(database, owner, held, f"town = 'Example Town {number}'")
    await correct(database, owner, held)
    return held


async def correct(database: Database, owner: asyncpg.Connection, held: Recorded) -> None:
    """Correct the address, and publish what is right."""
    await change(database, owner, held, "address_lines = '{1 Example Street}'")


async def change(
    database: Database, owner: asyncpg.Connection, held: Recorded, columns: str
) -> None:
    """Change a provider's sites, and publish them."""
    await owner.execute(f"UPDATE sites SET {columns} WHERE provider_id = $1", held.id)  # noqa: S608
    async with transaction(database, OPERATOR) as session:
        await publish(session, {held.id: None})


def asked(**changes: Any) -> dict[str, Any]:
    """Return what an officer sends."""
    stated = {
        "pointer": "/sites/*/address/lines/*",
        "value": HOME,
        "grounds": "home-address",
        "reason": REASON,
    }
    return stated | changes


def address(held: Recorded) -> str:
    """Where redactions of a provider are proposed."""
    return f"/v1/provider-records/{held.number}/redactions"


async def propose(client: httpx.AsyncClient, held: Recorded, **changes: Any) -> str:
    """Propose, and return where the redaction can be read."""
    made = await client.post(address(held), json=asked(**changes))
    assert made.status_code == 201, made.text
    return made.headers["Location"]
