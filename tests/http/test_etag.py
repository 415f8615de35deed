import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from app.http.etag import matches, not_modified, strong_etag
from tests.http.support import scope_of

TAG = '"abc"'


def test_a_tag_is_quoted_strong_and_the_same_for_the_same_parts() -> None:
    assert strong_etag("record", 7, b"x") == strong_etag("record", 7, b"x")
    assert strong_etag("a").startswith('"')
    assert strong_etag("a").endswith('"')


def test_parts_are_kept_apart() -> None:
    assert strong_etag("a", "bc") != strong_etag("ab", "c")
    assert strong_etag("a") != strong_etag("a", "")


@pytest.mark.parametrize(
    "sent",
    [
        '"abc"',
        'W/"abc"',
        "*",
        " * ",
        '"x", "abc"',
        '"x","abc","y"',
        'W/"x", W/"abc"',
        ', ,"abc"',
        '"a,b", "abc"',
    ],
)
def test_the_tag_is_found(sent: str) -> None:
    assert matches(sent, TAG)
    assert matches(sent, f"W/{TAG}")


@pytest.mark.parametrize(
    "sent",
    [
        "",
        '"ABC"',
        "abc",
        '"abc',
        'w/"abc"',
        '"x" "abc"',
        '"a"bc"',
        '"abc";',
        '"abc, "',
        "**",
        '"*"',
    ],
)
def test_another_or_a_malformed_tag_is_not(sent: str) -> None:
    assert not matches(sent, TAG)


@given(st.text(max_size=300))
def test_whatever_is_sent_gets_an_answer(sent: str) -> None:
    assert matches(sent, TAG) in {True, False}


@given(st.lists(st.text(), min_size=1), st.lists(st.text(), max_size=3))
def test_a_made_tag_is_found_among_others(parts: list[str], others: list[str]) -> None:
    tags = [strong_etag(other) for other in others]

    assert matches(", ".join([*tags, strong_etag(*parts)]), strong_etag(*parts))


def request(method: str, *tags: bytes) -> Request:
    scope = scope_of("/", method)
    scope["headers"] = [(b"if-none-match", tag) for tag in tags]
    return Request(scope)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_caller_who_has_it_is_told_so(method: str) -> None:
    response = not_modified(request(method, b'"x"', b'"abc"'), TAG, {"Cache-Control": "no-cache"})

    assert response is not None
    assert response.status_code == 304
    assert response.body == b""
    assert response.headers["etag"] == TAG
    assert response.headers["cache-control"] == "no-cache"
    assert "content-length" not in response.headers


def test_a_caller_who_has_not_gets_the_whole_answer() -> None:
    assert not_modified(request("GET"), TAG) is None
    assert not_modified(request("GET", b'"old"'), TAG) is None
    assert not_modified(request("POST", b'"abc"'), TAG) is None
