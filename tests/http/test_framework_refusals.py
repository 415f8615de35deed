import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from app.errors import NotFoundError
from app.http.errors import MethodNotAllowedError
from app.http.framework_refusals import refusal_of
from tests.http.support import make_app, scope_of


def request(path: str = "/v1/x") -> Request:
    return Request(scope_of(path) | {"app": make_app()})


def test_the_frameworks_own_words_become_ours() -> None:
    refusal = refusal_of(request(), HTTPException(404))

    assert refusal.kind is NotFoundError
    assert refusal.detail == "There is nothing at this address. Check how it is spelt."


def test_a_programmers_words_stay() -> None:
    assert refusal_of(request(), HTTPException(404, "No such site.")).detail == "No such site."


def test_a_wrong_method_lists_the_right_ones_or_keeps_what_it_was_told() -> None:
    known = refusal_of(request("/healthz"), HTTPException(405, headers={"Allow": "GET"}))
    mounted = refusal_of(request("/static/x"), HTTPException(405, headers={"Allow": "POST"}))

    assert known.kind is MethodNotAllowedError
    assert known.headers == {"Allow": "GET, HEAD"}
    assert mounted.headers == {"Allow": "POST"}


@pytest.mark.parametrize(
    ("status", "title"), [(418, "I'm a Teapot"), (451, "Unavailable For Legal Reasons")]
)
def test_any_other_status_speaks_for_itself(status: int, title: str) -> None:
    refusal = refusal_of(request(), HTTPException(status))

    assert refusal.kind is None
    assert refusal.title == title
    assert refusal.detail == title


def test_a_status_nobody_registered_is_a_refusal_all_the_same() -> None:
    assert refusal_of(request(), HTTPException(499, "Gone away.")).title == "Refused"
