"""Hundreds of mutated files are refused, each with its reason, and nothing of them stays."""

from collections import Counter
from dataclasses import replace

import pytest

from app.errors import AppError
from tests.files.good import GOOD
from tests.files.mutating import MOST_BYTES, Mutated, mutated_files
from tests.files.sending import Desk

WANTED = 500


async def refusal_of(desk: Desk, file: Mutated) -> str:
    try:
        await desk.send(file.data, file.name, file.declared)
    except AppError as refused:
        return refused.slug if refused.detail != refused.title else "not told how to mend it"
    return "taken"


async def test_none_is_kept_and_each_is_told_why(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    small = replace(desk, filing=replace(desk.filing, most_bytes=MOST_BYTES))
    table: Counter[tuple[str, str]] = Counter()
    wrong: list[tuple[str, str, str]] = []
    for file in mutated_files():
        slug = await refusal_of(small, file)
        table[file.of, slug] += 1
        if slug not in file.slugs:
            wrong.append((file.of, file.name, slug))

    with capsys.disabled():
        print(f"\n\n{'class':30}{'files':>6}  refused as")  # noqa: T201 - the proof is to be read
        for (of, slug), count in sorted(table.items()):
            print(f"{of:30}{count:>6}  {slug}")  # noqa: T201
        print(f"{'in all':30}{table.total():>6}")  # noqa: T201
    assert wrong == []
    assert table.total() >= WANTED
    assert await desk.traces() == (0, 0, 0)


async def test_and_sound_files_are_taken_all_the_same(desk: Desk) -> None:
    small = replace(desk, filing=replace(desk.filing, most_bytes=MOST_BYTES))
    for name, declared, data in GOOD.values():
        facts = await small.send(data, name, declared)
        assert (await small.open(facts.id))[0] == data

    assert len(GOOD) >= 40
    assert await desk.traces() == (len(GOOD), len(GOOD), 0)
