"""Our own client of clamd: the one command we need, and every answer it may give.

The protocol is described in the manual page clamd(8): `zINSTREAM`, then pieces with their length as
four bytes before them, then a length of nought; the answer ends in a NUL byte.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

from app.files.errors import ScannerAwayError

CONNECT_SECONDS = 5.0
SCAN_SECONDS = 25.0
"""For a whole file; less than a request, or an attempt at a job, may take."""
MOST_ANSWER_BYTES = 4_096

_FOUND = re.compile(r"stream: (.+) FOUND", re.DOTALL)
_ODD = re.compile(r"[^\x20-\x7e]")


@dataclass(frozen=True, slots=True)
class Scanner:
    """Where clamd listens.

    Attributes:
        address: `host:port`, or the path of its socket.
        seconds: how long one file may take.
    """

    address: str
    seconds: float = SCAN_SECONDS


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner said.

    Attributes:
        scanner: itself, with the version of what it knows: `ClamAV 1.4.6/27800/…`.
        finding: what it calls what it found; none: it found nothing.
    """

    scanner: str
    finding: str | None


async def scan(scanner: Scanner, pieces: AsyncIterator[bytes]) -> Verdict:
    """Have bytes scanned.

    Args:
        scanner: where.
        pieces: the bytes, in pieces of any length.

    Raises:
        ScannerAwayError: it does not answer in time, or not with a verdict: then nothing is known.
    """
    try:
        async with asyncio.timeout(scanner.seconds):
            version = await _ask(scanner, b"zVERSION\0")
            return _verdict(version, await _instream(scanner, pieces))
    except (OSError, TimeoutError, EOFError, asyncio.LimitOverrunError) as failure:
        raise ScannerAwayError(f"clamd does not answer ({type(failure).__name__})") from failure


async def ping(scanner: Scanner) -> str:
    """Return the scanner's version.

    Raises:
        ScannerAwayError: it does not answer.
    """
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            return await _ask(scanner, b"zVERSION\0")
    except (OSError, TimeoutError, EOFError, asyncio.LimitOverrunError) as failure:
        raise ScannerAwayError(f"clamd does not answer ({type(failure).__name__})") from failure


async def _ask(scanner: Scanner, command: bytes) -> str:
    reader, writer = await _connect(scanner)
    try:
        writer.write(command)
        await writer.drain()
        return await _answer(reader)
    finally:
        await _close(writer)


async def _instream(scanner: Scanner, pieces: AsyncIterator[bytes]) -> str:
    reader, writer = await _connect(scanner)
    try:
        # It may answer, and hang up, before it has everything: when the file is too large for it.
        with suppress(ConnectionError):
            writer.write(b"zINSTREAM\0")
            async for piece in pieces:
                if piece:
                    writer.write(len(piece).to_bytes(4, "big") + piece)
                    await writer.drain()
            writer.write(bytes(4))
            await writer.drain()
        return await _answer(reader)
    finally:
        await _close(writer)


async def _connect(scanner: Scanner) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    async with asyncio.timeout(CONNECT_SECONDS):
        if scanner.address.startswith("/"):
            return await asyncio.open_unix_connection(scanner.address, limit=MOST_ANSWER_BYTES)
        host, _, port = scanner.address.rpartition(":")
        return await asyncio.open_connection(host.strip("[]"), int(port), limit=MOST_ANSWER_BYTES)


async def _answer(reader: asyncio.StreamReader) -> str:
    answer = await reader.readuntil(b"\0")
    return _ODD.sub("?", answer[:-1].decode("utf-8", "replace")).strip()


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


def _verdict(version: str, answer: str) -> Verdict:
    if answer == "stream: OK":
        return Verdict(version, None)
    found = _FOUND.fullmatch(answer)
    if found:
        return Verdict(version, found[1])
    raise ScannerAwayError(f"clamd gave no verdict but: {answer[:200]}")
