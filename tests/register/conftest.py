"""The register's public face, without pages around it."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from app.config import Settings
from app.db.read_pool import open_read_pool
from app.http import wiring
from app.register.router import router


@pytest.fixture
async def register_client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the register's JSON alone, on this test's register."""
    assert settings.database_read_url is not None
    app = FastAPI(openapi_url=None)
    wiring.install(app, settings, constraint_errors={}, render_page=None)
    app.include_router(router)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        await open_read_pool(settings.database_read_url.get_secret_value(), size=2) as pool,
        httpx.AsyncClient(transport=transport, base_url="http://register.test") as made,
    ):
        app.state.read_pool = pool
        yield made
