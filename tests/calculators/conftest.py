"""A client of the service with no database behind it: no question to the law needs one."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from app.config import Settings
from app.main import create_app


@pytest.fixture(scope="package")
def service() -> FastAPI:
    return create_app(Settings(public_url=None, rate_limit="100000/minute"))


@pytest.fixture
async def asking(service: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(service, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://register.test") as client:
        yield client
