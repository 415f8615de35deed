"""Asking about children."""

from typing import Any

import httpx

from tests.factories.children import a_child

CHILDREN = "/v1/children"
QUESTIONS = "/v1/match-questions"
COMMISSIONING = {"purpose": "commissioning"}
SAFEGUARDING = {"purpose": "safeguarding"}


async def add(client: httpx.AsyncClient, **members: Any) -> dict[str, Any]:
    """Add a child; it is taken."""
    made = await client.post(CHILDREN, json=a_child(**members))
    assert made.status_code == 201, made.text
    told: dict[str, Any] = made.json()
    return told


async def read(client: httpx.AsyncClient, child: dict[str, Any]) -> httpx.Response:
    """Read a child's record."""
    return await client.get(f"{CHILDREN}/{child['id']}", params=COMMISSIONING)


async def open_questions(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    """List what somebody is to answer."""
    listed = await client.get(QUESTIONS, params={"open": "true"})
    assert listed.status_code == 200, listed.text
    items: list[dict[str, Any]] = listed.json()["items"]
    return items
