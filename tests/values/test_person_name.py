import pytest

from app.values.person_name import LONGEST_NAME, read_name


class TestReadName:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("Ada Example", "Ada Example"),
            ("  Ada   Example ", "Ada Example"),
            ("Zoë O'Example-Świątek", "Zoë O'Example-Świątek"),
            ("محمد مثال", "محمد مثال"),
            ("例 示", "例 示"),
            ("Аda", "Аda"),  # noqa: RUF001 - a Cyrillic letter: looks are not judged
            ("x" * LONGEST_NAME, "x" * LONGEST_NAME),
        ],
    )
    def test_any_script_is_a_name(self, typed: str, kept: str) -> None:
        assert read_name(typed) == kept

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ("", "at least one letter"),
            ("   ", "at least one letter"),
            ("...", "at least one letter"),
            ("x" * (LONGEST_NAME + 1), "at most 200"),
            ("x" * 10_000, "at most 200"),
            ("Ada\nBcc: other", "one line"),
            ("Ada\r\nExample", "one line"),
            ("Ada\u2028Example", "one line"),
            ("Ada\0Example", "control characters"),
            ("Ada\u202eExample", "control characters"),
            ("Ada\ud800Example", "control characters"),
            ("You have won: https://example.org/claim", "no web"),
            ("Go to WWW.example.org", "no web"),
            ("ada@example.org", "no web"),
        ],
    )
    def test_what_is_no_name_is_refused(self, typed: str, why: str) -> None:
        with pytest.raises(ValueError, match=why):
            read_name(typed)
