"""A setting, everybody who places children there, and who watches the limit."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import asyncpg
import httpx
import pytest

from app.access import Role
from app.config import Settings
from tests.factories.children import PLACER, Commissioners, add_commissioners
from tests.factories.people import Member, add_member, add_organisation
from tests.factories.records import OwnedRecord, add_civil_servant, add_officer, add_owned_record
from tests.providers.router.asking import browsers

People = dict[str, httpx.AsyncClient]
SCHOOLS = ("school", "other", "third", "fourth")


@dataclass(frozen=True)
class Setting:
    """A provider with one site, and who has to do with it.

    Attributes:
        record: of the provider; its manager declares.
        members: everybody, by what they are here.
    """

    record: OwnedRecord
    members: dict[str, Member]


async def add_setting(owner: asyncpg.Connection) -> Setting:
    """Let a listed provider in Coventry be, four schools, both authorities, the department."""
    known: Commissioners = await add_commissioners(owner)
    members = {"school": known.school, "other": known.other, "home": known.home}
    members |= {"elsewhere": known.elsewhere}
    for name in ("third", "fourth"):
        organisation = await add_organisation(owner, f"Example {name.title()} School")
        members[name] = await add_member(owner, organisation, *PLACER, name=f"Example {name}")
    members["host"] = await add_officer(owner, Role.SECOND_OFFICER, name="Example Host")
    members["department"] = await add_civil_servant(owner, Role.SECOND_OFFICER)
    record = await add_owned_record(owner, status="listed")
    members["manager"] = record.manager
    return Setting(record, members)


@pytest.fixture
async def setting(owner: asyncpg.Connection) -> Setting:
    """A listed provider, and everybody who has to do with it."""
    return await add_setting(owner)


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, setting: Setting
) -> AsyncIterator[People]:
    """A signed-in browser for each of them."""
    async with browsers(settings, owner, *setting.members.values()) as made:
        yield dict(zip(setting.members, made, strict=True))
