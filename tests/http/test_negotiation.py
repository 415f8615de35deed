"""Which form of an answer is liked best, by what RFC 9110 §12.5.1 says of `Accept`."""

import pytest

from app.http.negotiation import best

OFFERED = ("application/json", "text/plain")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/plain", "text/plain"),
        ("TEXT/Plain; charset=utf-8", "text/plain"),
        ("text/*", "text/plain"),
        ("application/json;q=0.5, text/plain;q=0.6", "text/plain"),
        ("application/json;q=0.5, text/*;q=0.5", "application/json"),
        ("*/*;q=0.1, application/json;q=0", "text/plain"),
        ("text/plain;q=0, */*", "application/json"),
        ("text/html, */*;q=0.8", "application/json"),
        ("text/html", None),
        ("application/pdf, image/png;q=0.9", None),
        ("*/*;q=0", None),
        ("application/json;q=0.001", "application/json"),
        ("nonsense", "application/json"),
        ("nonsense, text/plain", "text/plain"),
        ("text/plain;q=2, application/json;q=0.1", "application/json"),
    ],
)
def test_the_best_liked_is_chosen(accept: str, chosen: str | None) -> None:
    assert best(accept, OFFERED) == chosen
