"""A member of an organisation that sends files, and where those go."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from app.access import Role
from app.config import Settings
from app.db.transactions import Database
from app.files.filing import Filing, filing_of
from app.organisations.terms import OrganisationKind
from tests.factories.people import Member, add_member, add_organisation
from tests.files.clamd import Clamd, clamd
from tests.files.sending import Desk


@pytest.fixture
async def sender(owner: asyncpg.Connection) -> Member:
    """Somebody who manages a provider."""
    organisation = await add_organisation(owner, "Example Garage", OrganisationKind.PROVIDER_OWNER)
    return await add_member(owner, organisation, Role.PROVIDER_MANAGER)


@pytest.fixture
def filing(settings: Settings, tmp_path: Path) -> Filing:
    """A folder of this test's own, and no scanner."""
    return filing_of(settings.model_copy(update={"data_dir": tmp_path / "data"}))


@pytest.fixture
def desk(
    database: Database, owner: asyncpg.Connection, sender: Member, filing: Filing, tmp_path: Path
) -> Desk:
    """Everything it takes to send a file, and to see what is left of it."""
    return Desk(database, owner, sender, filing, tmp_path / "data")


@pytest.fixture
async def scanner() -> AsyncIterator[Clamd]:
    """A peer that speaks clamd's protocol."""
    async with clamd() as made:
        yield made
