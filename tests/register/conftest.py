"""The register's public face, without pages around it."""

from collections.abc import AsyncIterator

import httpx
import pytest

from app.config import Settings
from tests.register.asking import client_of


@pytest.fixture
async def register_client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the register's JSON alone, on this test's register."""
    async with client_of(settings) as made:
        yield made
