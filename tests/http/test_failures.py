import pytest
from structlog.testing import capture_logs

from app.http.failures import frames_of, record

SECRET = "A123456789012"


def caught() -> Exception:
    caught_error: Exception | None = None
    try:
        try:
            int(SECRET + "x")
        except ValueError as error:
            raise LookupError(SECRET) from error
    except LookupError as error:
        caught_error = error
    assert caught_error is not None
    return caught_error


def test_the_place_and_the_causes_are_told_and_the_message_is_not() -> None:
    told = frames_of(caught())

    assert "builtins.LookupError" in told
    assert "caused by builtins.ValueError" in told
    assert "test_failures.py" in told
    assert "caught" in told
    assert SECRET not in told


def test_a_chain_that_bites_its_tail_ends() -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one

    assert frames_of(one).count("caused by") == 1


@pytest.mark.parametrize(("ours", "level"), [(True, "error"), (False, "warning")])
def test_our_own_faults_are_errors_and_others_are_warnings(ours: bool, level: str) -> None:
    with capture_logs() as lines:
        record("request.failed", caught(), ours=ours)

    loud = [line for line in lines if line["log_level"] != "debug"]
    assert [(line["event"], line["log_level"], line["error"]) for line in loud] == [
        ("request.failed", level, "LookupError")
    ]
    assert SECRET not in str(loud)
