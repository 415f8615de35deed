from datetime import date

import orjson
import pytest
import typer

from app.cli.output import Exit, progress, result, say, stop


class TestResult:
    def test_for_programs_it_is_one_json_document_without_the_words(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        result({"name": "Café", "day": date(2026, 9, 30)}, as_json=True, text="in words")

        said = capsys.readouterr()
        assert orjson.loads(said.out) == {"name": "Café", "day": "2026-09-30"}
        assert said.err == ""

    def test_for_people_it_is_the_words_with_one_line_end(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        result({"name": "Café"}, as_json=False, text="in words\n\n")

        assert capsys.readouterr() == ("in words\n", "")


class TestSay:
    def test_says_brackets_and_long_lines_as_they_are(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        message = "http://[::1]:8000/ [red]not red[/red] " + "long " * 50

        say(message)

        assert capsys.readouterr() == ("", message + "\n")


class TestStop:
    @pytest.mark.parametrize("code", [Exit.REFUSED, Exit.SURROUNDINGS])
    def test_ends_with_the_code_and_the_message_for_people(
        self, capsys: pytest.CaptureFixture[str], code: Exit
    ) -> None:
        with pytest.raises(typer.Exit) as ended:
            stop(code, "this [is] why")

        assert ended.value.exit_code == code
        assert capsys.readouterr() == ("", "this [is] why\n")


class TestProgress:
    def test_is_silent_without_a_terminal(self, capsys: pytest.CaptureFixture[str]) -> None:
        with progress("Working") as advance:
            advance(1)
            advance(2, 2)

        assert capsys.readouterr() == ("", "")
