"""Asking about listings over HTTP, as anybody of a cast."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import httpx

from app import clock
from tests.factories.listings import Applied, Cast
from tests.factories.people import SAME_ORIGIN, Member, add_session


@dataclass
class Desk:
    """A client that sends each request as whom it is told."""

    client: httpx.AsyncClient
    owner: asyncpg.Connection
    cast: Cast
    tokens: dict[uuid.UUID, str] = field(default_factory=dict)

    async def admit(self, *members: Member) -> None:
        """Sign people in before they ask at the same moment."""
        for who in members:
            if who.membership_id not in self.tokens:
                self.tokens[who.membership_id] = await add_session(self.owner, who)

    async def ask(
        self, who: Member, method: str, address: str, body: Any = None, **headers: str
    ) -> httpx.Response:
        """Send a request as somebody signed in."""
        await self.admit(who)
        self.client.cookies.clear()
        cookie = {"Cookie": f"session={self.tokens[who.membership_id]}"}
        return await self.client.request(
            method, address, json=body, headers=SAME_ORIGIN | cookie | headers
        )

    async def post(self, who: Member, address: str, body: Any = None) -> httpx.Response:
        """Post as somebody signed in."""
        return await self.ask(who, "POST", address, body)

    async def get(self, who: Member, address: str) -> httpx.Response:
        """Get as somebody signed in."""
        return await self.ask(who, "GET", address)

    async def propose(
        self, applied: Applied, to_state: str, by: Member | None = None, **changes: Any
    ) -> httpx.Response:
        """Propose a move that holds from today, as the assessor unless said otherwise."""
        body: dict[str, Any] = {
            "to_state": to_state,
            "effective_on": clock.today().isoformat(),
            "reason": "It was seen, and all is well.",
            "public_reason": "assessment",
        }
        address = f"/v1/listings/{applied.id}/proposals"
        return await self.post(by or self.cast.assessor, address, body | changes)

    async def decide(self, applied: Applied, to_state: str, **changes: Any) -> httpx.Response:
        """Propose a move, and confirm it as a second officer."""
        proposed = await self.propose(applied, to_state, **changes)
        assert proposed.status_code == 201, proposed.text
        return await self.confirm(applied, proposed.json()["id"])

    async def suspend(self, applied: Applied, **changes: Any) -> httpx.Response:
        """Find a risk of harm as the assessor, and confirm it as a second officer."""
        said = {"reason": "A child was hurt."} | changes
        address = f"/v1/listings/{applied.id}/suspension"
        proposed = await self.post(self.cast.assessor, address, said)
        assert proposed.status_code == 201, proposed.text
        return await self.confirm(applied, proposed.json()["id"])

    async def confirm(
        self, applied: Applied, proposal_id: Any, by: Member | None = None
    ) -> httpx.Response:
        """Confirm a proposal."""
        address = f"/v1/listings/{applied.id}/proposals/{proposal_id}/confirmation"
        return await self.post(by or self.cast.second, address)


def slug(answer: httpx.Response) -> str:
    """Return what a problem is called."""
    return str(answer.json()["type"].rsplit("/", 1)[-1])
