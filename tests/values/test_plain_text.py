import pytest

from app.values.plain_text import read_line, read_prose

UNSEEN = ["\x00", "\x1b", "\u202e", "\u2066", "\u2028", "\ud800", "\u200f"]


def test_a_line_has_single_spaces() -> None:
    assert read_line("  Café   & Forge ") == "Café & Forge"


@pytest.mark.parametrize("unseen", [*UNSEEN, "\n", "\t"])
def test_a_line_with_what_nobody_sees_is_refused(unseen: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        read_line(f"Forge{unseen}Barn")


@pytest.mark.parametrize("text", ["", "   ", "---", "…"])
@pytest.mark.parametrize("read", [read_line, read_prose])
def test_text_without_a_letter_is_refused(text: str, read: object) -> None:
    assert callable(read)
    with pytest.raises(ValueError, match="letters"):
        read(text)


def test_prose_keeps_its_lines() -> None:
    assert read_prose(" One.\r\nTwo.\n") == "One.\nTwo."


@pytest.mark.parametrize("unseen", UNSEEN)
def test_prose_with_what_nobody_sees_is_refused(unseen: str) -> None:
    with pytest.raises(ValueError, match="control"):
        read_prose(f"One.{unseen}Two.")
