"""Sending files to the service's functions, and looking for what is left of them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from app.access import WORKER
from app.db.transactions import Database, reading, transaction
from app.files.filing import Filing
from app.files.scanning import Scanner
from app.files.service import open_file, receive
from app.files.terms import FileFacts, Incoming
from app.outbox.terms import JobHandler
from tests.factories.people import Member
from tests.files.making import PDF, pdf


async def in_pieces(data: bytes, size: int = 1_000) -> AsyncIterator[bytes]:
    for at in range(0, len(data), size):
        yield data[at : at + size]


@dataclass
class Desk:
    """Everything it takes to send a file."""

    database: Database
    owner: asyncpg.Connection
    sender: Member
    filing: Filing
    folder: Path

    def with_scanner(self, address: str, seconds: float = 5.0) -> "Desk":
        return replace(self, filing=replace(self.filing, scanner=Scanner(address, seconds)))

    async def send(
        self, data: bytes | None = None, name: str = "insurance.pdf", declared: str | None = PDF
    ) -> FileFacts:
        async with transaction(self.database, self.sender.actor) as session:
            return await receive(
                session,
                self.sender.actor,
                self.sender.organisation_id,
                Incoming(name, declared, in_pieces(pdf() if data is None else data)),
                self.filing,
            )

    async def open(self, file_id: UUID, member: Member | None = None) -> tuple[bytes, Any]:
        actor = (member or self.sender).actor
        async with reading(self.database, actor) as session:
            opened = await open_file(session, actor, file_id, self.filing)
            return b"".join([part async for part in opened.parts]), opened.headers

    async def do(self, handler: JobHandler, **payload: Any) -> None:
        async with transaction(self.database, WORKER) as session:
            await handler(session, payload)

    async def state_of(self, file_id: UUID) -> str:
        return str(await self.owner.fetchval("SELECT state FROM files WHERE id = $1", file_id))

    async def acts(self) -> list[str]:
        rows = await self.owner.fetch("SELECT act FROM audit_entries ORDER BY recorded_at, id")
        return [row["act"] for row in rows]

    async def jobs(self) -> list[str]:
        rows = await self.owner.fetch("SELECT kind FROM jobs ORDER BY made_at, id")
        return [row["kind"] for row in rows]

    def objects(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("files/*/*") if path.is_file())

    async def traces(self) -> tuple[int, int, int]:
        """How many rows, objects and spooled files there are."""
        rows = await self.owner.fetchval("SELECT count(*) FROM files")
        spool = self.folder / "spool"
        left = len(list(spool.iterdir())) if spool.exists() else 0
        return int(rows), len(self.objects()), left
