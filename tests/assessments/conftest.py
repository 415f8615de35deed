"""A setting on the register, a school with people who ask and who decide, and others."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass

import asyncpg
import httpx
import pytest

from app.access import Role
from app.config import Settings
from app.db.transactions import Database
from app.providers.service.recording import Recorded
from tests.factories.children import Commissioners, add_commissioners
from tests.factories.people import Member, add_member
from tests.factories.providers import make_provider, make_site, put_on_register
from tests.factories.records import add_manager, give_to
from tests.providers.router.asking import browsers

Browsers = dict[str, httpx.AsyncClient]


@dataclass(frozen=True)
class World:
    """A listed setting in Coventry, and who has to do with it.

    Attributes:
        recorded: the provider, as it was recorded.
        site_id: of its one site.
        members: everybody, by what they are here.
        urn: of the school.
    """

    recorded: Recorded
    site_id: uuid.UUID
    members: dict[str, Member]
    urn: str

    @property
    def number(self) -> str:
        """The provider's."""
        return self.recorded.number


@pytest.fixture
async def world(database: Database, owner: asyncpg.Connection) -> World:
    """A listed setting, a school, who decides for it, another school, both authorities."""
    known: Commissioners = await add_commissioners(owner)
    school = known.school.organisation_id
    members = {"school": known.school, "other": known.other, "home": known.home}
    members |= {"elsewhere": known.elsewhere, "manager": await add_manager(owner)}
    for name in ("approver", "second"):
        members[name] = await add_member(owner, school, Role.APPROVER, name=f"Example {name}")
    both = (Role.COMMISSIONER, Role.APPROVER)
    members["both"] = await add_member(owner, school, *both, name="Example Both")
    [recorded] = await put_on_register(database, make_provider("Example Forge", make_site()))
    await give_to(owner, recorded.id, members["manager"].organisation_id)
    site = await owner.fetchval("SELECT id FROM sites WHERE provider_id = $1", recorded.id)
    return World(recorded, site, members, known.urn)


@pytest.fixture
async def members(
    settings: Settings, owner: asyncpg.Connection, world: World
) -> AsyncIterator[Browsers]:
    """A signed-in browser for each of them."""
    async with browsers(settings, owner, *world.members.values()) as made:
        yield dict(zip(world.members, made, strict=True))
