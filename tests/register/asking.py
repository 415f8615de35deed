"""Asking the register over HTTP, and changing it meanwhile."""

from typing import Any

import httpx

from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.providers import service
from app.providers.service import Recorded, Rename
from tests.factories.providers import LISTED_ON

SEARCH = "/v1/providers"


async def rename(database: Database, held: Recorded, name: str) -> None:
    """Give a provider another name, in a transaction of its own."""
    async with transaction(database, OPERATOR) as session:
        await service.rename_providers(session, OPERATOR, [Rename(held.id, name, LISTED_ON)])


def problem(answer: httpx.Response) -> dict[str, Any]:
    """Return the body of a refusal."""
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == answer.status_code
    return body


def names(answer: httpx.Response) -> list[str]:
    """Return the names of the providers found, in order."""
    assert answer.status_code == 200, answer.text
    return [item["provider"]["name"] for item in answer.json()["items"]]
