"""A stream that is made ahead of its reader."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

import pytest

from app.http.reading_ahead import PIECE_BYTES, read_ahead

PARTS = [bytes([number]) * (PIECE_BYTES // 3) for number in range(20)]


class Source:
    """Parts, and what became of them."""

    def __init__(self, *, breaks_after: int | None = None, endless: bool = False) -> None:
        self.breaks_after = breaks_after
        self.endless = endless
        self.made = 0
        self.closed = asyncio.Event()

    async def parts(self) -> AsyncGenerator[bytes, None]:
        try:
            while self.endless or self.made < len(PARTS):
                if self.made == self.breaks_after:
                    raise LookupError("broken off")
                await asyncio.sleep(0)
                self.made += 1
                yield PARTS[(self.made - 1) % len(PARTS)]
        finally:
            self.closed.set()


def places() -> asyncio.Semaphore:
    return asyncio.Semaphore(1)


async def test_it_is_made_to_its_end_while_its_reader_lets_it_lie(tmp_path: Path) -> None:
    source, one = Source(), places()
    async with aclosing(read_ahead(source.parts(), tmp_path / "spool", one)) as read:
        first = await anext(read)
        await source.closed.wait()
        await asyncio.sleep(0)

        assert (source.made, one.locked()) == (len(PARTS), False)
        rest = [piece async for piece in read]
    assert b"".join([first, *rest]) == b"".join(PARTS)
    assert max(map(len, rest)) <= PIECE_BYTES
    assert list((tmp_path / "spool").iterdir()) == []


async def test_what_breaks_it_off_comes_after_what_was_made(tmp_path: Path) -> None:
    read = read_ahead(Source(breaks_after=4).parts(), tmp_path, places())
    told = b""
    while len(told) < sum(map(len, PARTS[:4])):
        told += await anext(read)

    assert told == b"".join(PARTS[:4])
    with pytest.raises(LookupError, match="broken off"):
        await anext(read)


async def test_nothing_is_made_for_a_reader_who_left(tmp_path: Path) -> None:
    source, one = Source(endless=True), places()
    read = read_ahead(source.parts(), tmp_path, one)
    await anext(read)

    await read.aclose()

    assert (source.closed.is_set(), one.locked()) == (True, False)


async def test_few_are_made_at_a_time(tmp_path: Path) -> None:
    one, first, second = places(), Source(endless=True), Source()
    busy = read_ahead(first.parts(), tmp_path, one)
    await anext(busy)
    waiting = read_ahead(second.parts(), tmp_path, one)
    beginning = asyncio.ensure_future(anext(waiting))
    await asyncio.sleep(0.01)
    assert (second.made, beginning.done()) == (0, False)

    await busy.aclose()

    assert await beginning == PARTS[0]
    await waiting.aclose()
