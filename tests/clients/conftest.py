"""A register with something of everything, served by a real server on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import Settings
from app.db.transactions import Database
from tests.cli.running import addresses
from tests.cli.services import Service, serving
from tests.factories.worlds import World, make_register


@pytest.fixture
async def world(database: Database) -> World:
    """Providers in every status, some with numbers of other registers."""
    return await make_register(database, seed=5, providers=30)


@pytest.fixture
def service(settings: Settings, world: World, tmp_path: Path) -> Iterator[Service]:
    """The service, as operators run it."""
    with serving(tmp_path, RATE_LIMIT=settings.rate_limit, **addresses(settings)) as running:
        yield running
