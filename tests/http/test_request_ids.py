import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.http.request_ids import request_id_of
from tests.http.support import scope_of


@pytest.mark.parametrize("sane", ["a", "4f1c2d7e", "web-1.req_42", "x" * 64])
def test_a_harmless_id_of_the_caller_is_kept(sane: str) -> None:
    assert request_id_of(scope_of("/", headers={b"x-request-id": sane.encode()})) == sane


@pytest.mark.parametrize(
    "hostile",
    [b"", b"a\nSet-Cookie: b", b"a\r\nb", b"x" * 65, b"x" * 10_240, b"a b", b"\xff", b"-a", b"<i>"],
)
def test_a_harmful_id_of_the_caller_is_replaced(hostile: bytes) -> None:
    made = request_id_of(scope_of("/", headers={b"x-request-id": hostile}))

    assert len(made) == 32
    assert made.isalnum()


def test_two_ids_in_one_request_are_both_replaced() -> None:
    scope = scope_of("/")
    scope["headers"] = [(b"x-request-id", b"one"), (b"x-request-id", b"two")]

    assert request_id_of(scope) not in {"one", "two"}


def test_a_request_keeps_the_id_it_was_given() -> None:
    scope = scope_of("/")

    assert request_id_of(scope) == request_id_of(scope)


@given(st.binary(max_size=200))
def test_whatever_is_sent_the_id_is_short_and_plain(sent: bytes) -> None:
    made = request_id_of(scope_of("/", headers={b"x-request-id": sent}))

    assert 1 <= len(made) <= 64
    assert all(char.isascii() and (char.isalnum() or char in "._-") for char in made)
