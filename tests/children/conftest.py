"""Everybody who holds children or is responsible for them, each signed in."""

from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from app.config import Settings
from tests.factories.children import Commissioners, add_commissioners
from tests.providers.router.asking import browsers

People = dict[str, httpx.AsyncClient]


@pytest.fixture
async def commissioners(owner: asyncpg.Connection) -> Commissioners:
    """Two schools, two local authorities, the department."""
    return await add_commissioners(owner)


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, commissioners: Commissioners
) -> AsyncIterator[People]:
    """A signed-in browser for each of them."""
    names = ("school", "other", "home", "elsewhere", "department")
    members = [getattr(commissioners, name) for name in names]
    async with browsers(settings, owner, *members) as made:
        yield dict(zip(names, made, strict=True))
