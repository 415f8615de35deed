"""Fixtures of the tests of the plumbing."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
from structlog.testing import capture_logs

from app.db.transactions import Database
from tests.http.trial import Trial, make_trial


@pytest.fixture
async def trial(database: Database, owner: asyncpg.Connection) -> AsyncIterator[Trial]:
    """A small service on this test's register, whose log is not printed."""
    with capture_logs():
        yield await make_trial(database, owner)
