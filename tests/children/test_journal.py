"""The journal of erasures as a file: what a killed process leaves, and what is no journal."""

import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.children.journal import Erased, JournalError, append, line_of, read
from app.children.terms import ErasureReason

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)


def erased(number: int) -> Erased:
    return Erased(uuid.UUID(int=number), AT, ErasureReason.RETENTION_OVER)


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines(keepends=True)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "erasures.jsonl"
    for number in (1, 2, 2):
        append(path, erased(number))

    assert list(read(lines(path))) == [erased(1), erased(2), erased(2)]
    assert path.stat().st_mode & 0o077 == 0


def test_a_line_that_was_torn_says_nothing_and_spoils_no_later_one(tmp_path: Path) -> None:
    path = tmp_path / "erasures.jsonl"
    append(path, erased(1))
    with path.open("a", encoding="utf-8") as file:
        file.write(line_of(erased(2))[:30])
    torn = list(read(lines(path)))
    append(path, erased(2))

    assert torn == [erased(1)]
    assert lines(path)[-1] == line_of(erased(2)) + "\n"


@pytest.mark.parametrize("line", ["no json", "{}", '{"child": 1}', "[]"])
def test_another_file_is_refused_with_the_line(line: str) -> None:
    with pytest.raises(JournalError, match="Line 2 is no erasure"):
        list(read([line_of(erased(1)) + "\n", line + "\n", line_of(erased(2)) + "\n"]))
