import os
from pathlib import Path

import pytest

from app.cli.files import written


class BrokenOffError(Exception):
    pass


def test_a_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "file"

    with written(path) as file:
        file.write(b"whole")
        assert not path.exists()

    assert {found.name: found.read_bytes() for found in tmp_path.iterdir()} == {"file": b"whole"}


def test_one_that_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"of yesterday")

    def break_off() -> None:
        with written(path) as file:
            file.write(b"half")
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        break_off()

    assert {found.name: found.read_bytes() for found in tmp_path.iterdir()} == {
        "file": b"of yesterday"
    }


def test_a_pipe_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with written(pipe) as file:
            file.write(b"through")
        assert os.read(reading, 100) == b"through"
    finally:
        os.close(reading)

    assert pipe.is_fifo()
