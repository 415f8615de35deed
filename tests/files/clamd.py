"""A peer that speaks clamd's protocol, and misbehaves when told to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

VERSION = "ClamAV 1.4.6/27800/Mon Nov 30 08:00:00 2026"


@dataclass
class Clamd:
    """What listens.

    Attributes:
        address: where.
        answer: instead of a verdict; what is found out about the bytes, if empty.
        silent: whether it takes everything and says nothing.
        most_bytes: more is answered with an error, before all is read.
        scanned: what it was sent, each file whole.
    """

    address: str = ""
    answer: bytes = b""
    silent: bool = False
    most_bytes: int = 20_000_000
    scanned: list[bytes] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            command = await reader.readuntil(b"\0")
            if self.silent:
                await reader.read()
            elif command == b"zVERSION\0":
                writer.write(VERSION.encode() + b"\0")
            elif command == b"zINSTREAM\0":
                writer.write((self.answer or await self._scan(reader)) + b"\0")
            else:
                writer.write(b"UNKNOWN COMMAND\0")
            await writer.drain()
        writer.close()

    async def _scan(self, reader: asyncio.StreamReader) -> bytes:
        held = bytearray()
        while size := int.from_bytes(await reader.readexactly(4), "big"):
            held += await reader.readexactly(size)
            if len(held) > self.most_bytes:
                return b"INSTREAM size limit exceeded. ERROR"
        self.scanned.append(bytes(held))
        if b"virus" in held:
            return b"stream: Example.Test.Virus FOUND"
        return b"stream: OK"


@asynccontextmanager
async def clamd(socket: Path | None = None) -> AsyncIterator[Clamd]:
    """Listen on loopback, or on a socket."""
    made = Clamd()
    if socket is None:
        server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
        made.address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    else:
        server = await asyncio.start_unix_server(made.serve, socket)
        made.address = str(socket)
    async with server:
        yield made
        server.close()
