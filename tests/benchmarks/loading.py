"""Asking a server on 127.0.0.1 as fast as it answers, over connections that stay open."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice

HOST = "127.0.0.1"
_END = b"\r\n\r\n"


@dataclass(slots=True)
class Load:
    """What came of one block.

    Attributes:
        seconds: the whole block took.
        took: seconds of each answer, in no order.
        size: bytes of all bodies.
    """

    seconds: float = 0.0
    took: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.took) / self.seconds


async def load(
    port: int, addresses: Sequence[str], *, callers: int, status: int = 200, headers: str = ""
) -> Load:
    """Ask for each address once, by so many callers at a time, each one thing after the other.

    Raises:
        SystemExit: an answer has another status.
    """
    done = Load()
    shares = [list(islice(addresses, caller, None, callers)) for caller in range(callers)]
    began = time.perf_counter()
    await asyncio.gather(*(_ask_all(port, share, status, headers, done) for share in shares))
    done.seconds = time.perf_counter() - began
    return done


async def ready(port: int, address: str) -> None:
    """Wait until a server answers at all.

    Raises:
        SystemExit: it does not within a minute.
    """
    for _ in range(600):
        try:
            await load(port, [address], callers=1)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            return
    raise SystemExit(f"Nothing answers on port {port}.")


def repeated(addresses: Sequence[str], times: int) -> list[str]:
    """Return addresses over and over."""
    return list(islice(cycle(addresses), len(addresses) * times))


async def _ask_all(
    port: int, addresses: Sequence[str], status: int, headers: str, done: Load
) -> None:
    reader, writer = await asyncio.open_connection(HOST, port, limit=2**22)
    for address in addresses:
        began = time.perf_counter()
        asked = f"GET {address} HTTP/1.1\r\nHost: register.test\r\nAccept: */*\r\n{headers}\r\n"
        writer.write(asked.encode())
        head = await reader.readuntil(_END)
        size = _length(head)
        if size:
            await reader.readexactly(size)
        done.took.append(time.perf_counter() - began)
        done.size += size
        told = int(head[9:12])
        if told != status:
            raise SystemExit(f"{address} was answered with {told}, not {status}.")
    writer.close()


def _length(head: bytes) -> int:
    place = head.lower().find(b"content-length:")
    return int(head[place + 15 : head.index(b"\r", place)]) if place >= 0 else 0
