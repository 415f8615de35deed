"""What stands between machines and the service, for tests that come to it with tokens."""

from app.access import DOORKEEPER, Actor
from app.config import Settings
from app.db.transactions import Database, transaction
from app.keyring.ring import Keyring
from app.organisations.service.machine_tokens import (
    Issued,
    TokenRequest,
    issue_token,
    machine_of_token,
)
from tests.factories.machines import HeldMachine


class Door:
    """What stands between machines and the service."""

    def __init__(self, database: Database, settings: Settings, ring: Keyring) -> None:
        self.database, self.settings, self.ring = database, settings, ring

    async def issue(self, machine: HeldMachine, scope: str | None = None, **other: str) -> Issued:
        """Give a machine a token; `other` changes what it sends."""
        shown = {"client_id": str(machine.id), "client_secret": machine.secret} | other
        async with transaction(self.database, DOORKEEPER) as session:
            asked = TokenRequest(**shown, scope=scope)
            return await issue_token(session, self.settings, self.ring, asked, "asked")

    async def let_in(self, token: str) -> Actor:
        """Find out whose token it is."""
        async with transaction(self.database, DOORKEEPER) as session:
            return await machine_of_token(session, self.settings, self.ring, token, "came")
