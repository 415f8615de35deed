"""Editors of the department, what they send, and what they are answered."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx

from app.access import Role
from app.config import Settings
from app.organisations.queries.facts import DEPARTMENT_CODE, fact_id
from app.organisations.terms import OrganisationKind
from tests.factories.people import Member, add_member
from tests.organisations.asking import browsers

DRAFTS, POLICY_DRAFTS = "/v1/standards-drafts", "/v1/policy-drafts"
DEPARTMENT = fact_id(OrganisationKind.DEPARTMENT, DEPARTMENT_CODE)
CRITERION: dict[str, Any] = {
    "requirement": "You do it.",
    "force": "standard",
    "gate": "major",
    "evidence_kinds": ["curriculum"],
    "evidence_months": 12,
    "guidance": "Show it.",
    "source": "Test.",
    "source_status": "to-confirm",
}
COPY = {"code": "working-set-2", "title": "Working set 2", "copied_from": "working-set-1"}
OFF = {"code": "transition-listing", "parameters": None, "reason": "Over.", "source": "Test."}


async def add_editor(owner: asyncpg.Connection) -> Member:
    """Add an editor of standards at the department."""
    return await add_member(owner, DEPARTMENT, Role.STANDARDS_EDITOR)


@asynccontextmanager
async def editors(
    settings: Settings, owner: asyncpg.Connection
) -> AsyncIterator[tuple[httpx.AsyncClient, httpx.AsyncClient]]:
    """Two editors, each with a browser of their own, at one service."""
    async with browsers(settings, owner, await add_editor(owner), await add_editor(owner)) as both:
        yield both[0], both[1]


def problem(answer: httpx.Response, status: int, slug: str) -> dict[str, Any]:
    """Return a refusal that is what it should be."""
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["type"].rsplit("/")[-1]) == (status, slug), answer.text
    return told


def pointers(answer: httpx.Response) -> list[str]:
    """Return where the faults are."""
    return [one["pointer"] for one in answer.json()["errors"]]


async def begin(editor: httpx.AsyncClient, **changes: Any) -> httpx.Response:
    """Begin a draft, by default a copy of what ships."""
    answer = await editor.post(DRAFTS, json=COPY | changes)
    assert answer.status_code == 201, answer.text
    return answer


async def edit(
    editor: httpx.AsyncClient, method: str, path: str, body: Any = None, tag: str | None = None
) -> httpx.Response:
    """Edit a draft as it is now, or as `tag` names it."""
    if tag is None:
        tag = (await editor.get("/".join(path.split("/")[:4]))).headers["ETag"]
    return await editor.request(method, path, json=body, headers={"If-Match": tag})


async def publish(
    editor: httpx.AsyncClient, path: str, day: str, tag: str | None = None
) -> httpx.Response:
    """Publish a draft from a day on."""
    return await edit(editor, "POST", f"{path}/publication", {"in_force_from": day}, tag)
