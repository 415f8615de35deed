"""A provider, and a signed-in browser for everybody who has to do with its inspection."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from app.access import Role
from app.config import Settings
from tests.factories.hearings import Browsers
from tests.factories.inspecting import Desk, add_desk
from tests.factories.records import add_officer
from tests.providers.router.asking import browsers


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A public provider, and everybody who has to do with its inspection."""
    return await add_desk(owner, status="listed")


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk
) -> AsyncIterator[Browsers]:
    """A signed-in browser for each of them."""
    third = await add_officer(owner, Role.SECOND_OFFICER, name="Example Third")
    members = {"lead": desk.lead, "colleague": desk.colleague, "second": desk.second}
    members |= {"third": third, "manager": desk.record.manager, "partner": desk.partner}
    async with browsers(settings, owner, *members.values()) as made:
        yield dict(zip(members, made, strict=True))
