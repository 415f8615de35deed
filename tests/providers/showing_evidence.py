"""Sending documents and sharing them over HTTP, as several people at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from app import clock
from app.config import Settings
from app.main import create_app
from tests.factories.people import Member, sign_in
from tests.factories.records import OwnedRecord
from tests.files.making import PDF, pdf

TODAY = clock.today()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Return the status and the kind of a refusal."""
    return answer.status_code, answer.json()["type"].rsplit("/", 1)[1]


def pointers(answer: httpx.Response) -> list[str]:
    """Return where in the body a refusal finds faults."""
    return [fault["pointer"] for fault in answer.json()["errors"]]


def at_version(version: int) -> dict[str, str]:
    """Return the header that says which version is edited."""
    return {"If-Match": f'"{version}"'}


@asynccontextmanager
async def browsers(
    settings: Settings, owner: asyncpg.Connection, folder: Path, *members: Member
) -> AsyncIterator[list[httpx.AsyncClient]]:
    """One service that keeps files in a folder, and a signed-in browser for each of them."""
    app = create_app(settings.model_copy(update={"data_dir": folder}))
    async with app.router.lifespan_context(app):
        made = [
            httpx.AsyncClient(
                transport=httpx.ASGITransport(app, raise_app_exceptions=False),
                base_url="http://register.test",
            )
            for _ in members
        ]
        for client, member in zip(made, members, strict=True):
            await sign_in(client, owner, member)
        try:
            yield made
        finally:
            for client in made:
                await client.aclose()


async def send(
    client: httpx.AsyncClient,
    record: OwnedRecord,
    data: bytes | None = None,
    key: str | None = None,
    **fields: Any,
) -> httpx.Response:
    """Send a policy, of today unless said otherwise; fields of `None` are left out."""
    stated = {
        "kind": "child-protection-policy",
        "title": "Child protection policy",
        "issued_on": TODAY.isoformat(),
    } | fields
    return await client.post(
        f"{record.address}/documents",
        data={name: str(value) for name, value in stated.items() if value is not None},
        files={"file": ("policy.pdf", pdf() if data is None else data, PDF)},
        headers={"Idempotency-Key": key} if key else {},
    )


async def sent(client: httpx.AsyncClient, record: OwnedRecord, **fields: Any) -> dict[str, Any]:
    """Send a document that is taken, and return it."""
    answer = await send(client, record, **fields)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def insurance(**changes: Any) -> dict[str, Any]:
    """Return what is said of a public liability insurance that begins today."""
    return {
        "kind": "public-liability-insurance",
        "title": "Public liability",
        "expires_on": (TODAY + timedelta(days=364)).isoformat(),
        "insurer": "Example Mutual",
        "limit_pence": 500_000_000,
        "covers_abuse": True,
    } | changes


def files_in(folder: Path) -> list[Path]:
    """Return what is left of files in a service's folder."""
    return [path for path in folder.rglob("*") if path.is_file()]
