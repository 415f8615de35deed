"""A setting, its commissioners, and whoever signs for those who pay."""

from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from app.access import Role
from app.config import Settings
from tests.factories.people import add_member
from tests.factories.providers import WARWICKSHIRE
from tests.factories.records import add_officer
from tests.placements.conftest import People, Setting, add_setting
from tests.providers.router.asking import browsers


@pytest.fixture
async def setting(owner: asyncpg.Connection) -> Setting:
    """A listed provider, its commissioners, and signatories of a school and two authorities."""
    made = await add_setting(owner)
    school = made.members["school"].organisation_id
    signs = Role.FINANCE_SIGNATORY
    made.members["signatory"] = await add_member(owner, school, signs, name="Example Signatory")
    made.members["approver"] = await add_member(
        owner, school, Role.APPROVER, signs, name="Example Approver"
    )
    made.members["payer"] = await add_officer(owner, signs, name="Example Payer")
    made.members["away"] = await add_officer(owner, signs, la_code=WARWICKSHIRE, name="Example Far")
    return made


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, setting: Setting
) -> AsyncIterator[People]:
    """A signed-in browser for each of them."""
    async with browsers(settings, owner, *setting.members.values()) as made:
        clients: list[httpx.AsyncClient] = made
        yield dict(zip(setting.members, clients, strict=True))
