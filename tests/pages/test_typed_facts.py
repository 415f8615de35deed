import pytest

from app.pages.typed_facts import read_pounds, read_sessions, show_pounds, typed_pounds


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("45", 4500), ("45.50", 4550), ("£45.05", 4505), ("1,045", 104500), ("£ 0", 0)],
)
def test_reads_a_sum_in_pounds(typed: str, pence: int) -> None:
    assert read_pounds(typed) == pence


@pytest.mark.parametrize("typed", ["", "45.5", "45.555", "-4", "4,5", "45p", "forty", "1e3"])
def test_refuses_what_may_not_be_a_sum(typed: str) -> None:
    with pytest.raises(ValueError, match="like 45 or"):
        read_pounds(typed)


@pytest.mark.parametrize(
    ("pence", "typed", "shown"),
    [(4500, "45", "£45"), (4550, "45.50", "£45.50"), (104505, "1045.05", "£1,045.05")],
)
def test_shows_a_sum_as_it_could_be_typed(pence: int, typed: str, shown: str) -> None:
    assert typed_pounds(pence) == typed
    assert show_pounds(pence) == shown
    assert read_pounds(typed) == read_pounds(shown) == pence


@pytest.mark.parametrize(
    ("typed", "sessions"),
    [
        ("9:30am to 3pm", [("09:30", "15:00")]),
        ("09:30-15:00", [("09:30", "15:00")]),
        ("9.30 to 12, 1pm to 3pm", [("09:30", "12:00"), ("13:00", "15:00")]),
        ("9AM until noon and 12:30pm \u2013 2pm", [("09:00", "12:00"), ("12:30", "14:00")]),
        ("12am to 12pm", [("00:00", "12:00")]),
    ],
)
def test_reads_the_sessions_of_a_day(typed: str, sessions: list[tuple[str, str]]) -> None:
    assert read_sessions(typed) == sessions


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("mornings", "Write times like"),
        ("9 to 25", "Write times like"),
        ("13pm to 3pm", "Write times like"),
        ("9:75 to 10", "Write times like"),
        ("9 to 3", "ends before it begins"),
        ("9am to 12pm, 11am to 1pm", "before the one before it ends"),
    ],
)
def test_refuses_what_may_not_be_sessions(typed: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_sessions(typed)
