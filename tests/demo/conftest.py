"""Coventry as a demonstration finds it."""

import pytest

from app import clock
from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.demo.garage import add_garage
from app.demo.people import add_people
from app.providers.schemas.recording import NewProvider, NewSite
from app.providers.service.recording import Move, move_providers, record_providers
from app.providers.terms import Status
from app.values.site_kind import SiteKind


@pytest.fixture
async def garage(database: Database) -> str:
    """Coventry with a few listed providers, and the garage's record."""
    await add_people(database)
    site = NewSite(name="Example Hall", kind=SiteKind.FIXED, la_code="331", postcode="CV1 2WT")
    named = [NewProvider(name=f"Example {n}", sites=(site,)) for n in range(5)]
    async with transaction(database, OPERATOR) as session:
        recorded = await record_providers(session, OPERATOR, named)
    async with transaction(database, OPERATOR) as session:
        moves = [Move(one.id, Status.LISTED, clock.today(), "Invented.") for one in recorded]
        await move_providers(session, OPERATOR, moves)
    return await add_garage(database)
