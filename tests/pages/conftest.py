"""A register that signs people in by a provider whose every word can be chosen."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from app.config import Settings
from tests.openid import coming
from tests.openid.issuer import Issuer, running_issuer


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """A provider whose every word can be chosen."""
    with running_issuer() as made:
        yield made


@pytest.fixture
async def visitor(settings: Settings, issuer: Issuer) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at a register that signs people in by that provider."""
    async with coming.register(settings, issuer.address) as made:
        yield made
