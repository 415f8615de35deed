from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI

from tests.http.support import client_of, get, make_app, run, scope_of

OURS = "http://register.test"
COOKIE = {"Cookie": "session=x"}
PUBLIC = "https://register.example/ap"
PLACES = ("/page", "/v1/things", "/oauth/token")
FOREIGN_ORIGINS = (
    *("null", "", "http://evil.test", "http://register.test.evil.test", "http://evil.test/"),
    *("https://register.test", "https://register.test:80", "http://register.test:8080"),
    *("http://sub.register.test", "http://user@register.test", "register.test", "//register.test"),
    *("http://", "javascript:1", "http://register.test http://evil.test"),
    *("http://evil.test?http://register.test", "http://evil.test#http://register.test"),
    *("http://REGISTER.TESTS", "file://register.test"),
)
FOREIGN_SITES = ("cross-site", "same-site", "Same-Origin", "nonsense")


def app(**settings: Any) -> FastAPI:
    made = make_app(**settings)
    inner, outer = APIRouter(), APIRouter()

    @inner.api_route("/page", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    async def page() -> str:
        """Change something on a page."""
        return "done"

    inner.add_api_route("/v1/things", page, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    inner.add_api_route("/oauth/token", page, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    outer.include_router(inner)
    made.include_router(outer)
    return made


async def sent(
    made: FastAPI, path: str, headers: Mapping[str, str], method: str = "POST"
) -> tuple[int, str]:
    async with client_of(made) as client:
        response = await client.request(method, path, headers=dict(headers))
    slug = response.json()["type"].rsplit("/", 1)[-1] if response.status_code != 200 else ""
    return response.status_code, slug


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
@pytest.mark.parametrize("path", PLACES)
async def test_a_post_with_a_cookie_from_another_origin_is_refused(path: str, origin: str) -> None:
    assert await sent(app(), path, COOKIE | {"Origin": origin}) == (403, "cross-site-request")


@pytest.mark.parametrize("site", FOREIGN_SITES)
@pytest.mark.parametrize("path", PLACES)
async def test_a_browser_that_says_it_comes_from_elsewhere_is_refused_whatever_the_origin(
    path: str, site: str
) -> None:
    headers = COOKIE | {"Sec-Fetch-Site": site, "Origin": OURS}

    assert await sent(app(), path, headers) == (403, "cross-site-request")


@pytest.mark.parametrize("path", PLACES)
async def test_who_sends_a_cookie_and_says_nothing_is_refused(path: str) -> None:
    assert await sent(app(), path, COOKIE) == (403, "cross-site-request")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_every_method_that_changes_something_is_guarded(method: str) -> None:
    assert (await sent(app(), "/v1/things", COOKIE, method))[0] == 403
    assert (await sent(app(), "/page", {}, method))[0] == 403


@pytest.mark.parametrize(
    "said",
    [
        {"Origin": OURS},
        {"Origin": "http://register.test:80"},
        {"Origin": "HTTP://Register.Test"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "", "Origin": OURS},
    ],
)
@pytest.mark.parametrize(("path", "cookie"), list(product(PLACES, [COOKIE, {}])))
async def test_our_own_pages_may_post(
    path: str, cookie: dict[str, str], said: dict[str, str]
) -> None:
    assert await sent(app(), path, cookie | said) == (200, "")


@pytest.mark.parametrize("said", [{}, {"Origin": "http://evil.test"}, {"Origin": "null"}])
@pytest.mark.parametrize("path", ["/v1/things", "/oauth/token"])
async def test_programs_without_a_cookie_may_post_from_anywhere(
    path: str, said: dict[str, str]
) -> None:
    token = {"Authorization": "Bearer x"}

    assert await sent(app(), path, said) == (200, "")
    assert await sent(app(), path, said | token) == (200, "")


@pytest.mark.parametrize(
    "said", [{}, {"Origin": "http://evil.test"}, {"Sec-Fetch-Site": "cross-site"}]
)
async def test_a_page_takes_no_post_from_elsewhere_even_without_a_cookie(
    said: dict[str, str],
) -> None:
    """Or another site could sign somebody in as somebody else."""
    assert await sent(app(), "/page", said) == (403, "cross-site-request")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", PLACES)
async def test_reading_is_never_refused(path: str, method: str) -> None:
    headers = COOKIE | {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.test"}

    assert await sent(app(), path, headers, method) == (200, "")


class TestWherePublicUrlIsSet:
    @pytest.mark.parametrize("origin", ["https://register.example", "https://register.example:443"])
    async def test_its_origin_is_ours_by_whatever_name_a_proxy_calls_us(self, origin: str) -> None:
        assert await sent(app(public_url=PUBLIC), "/page", {"Origin": origin}) == (200, "")

    @pytest.mark.parametrize(
        "origin", [OURS, "http://register.example", "https://register.example:8443"]
    )
    async def test_no_other_is_not_even_the_one_in_host(self, origin: str) -> None:
        headers = COOKIE | {"Origin": origin}

        assert (await sent(app(public_url=PUBLIC), "/page", headers))[0] == 403

    async def test_host_cannot_be_made_to_agree(self) -> None:
        """As where a proxy passes on whatever Host it is sent."""
        headers = COOKIE | {"Origin": "http://evil.test", "Host": "evil.test"}

        assert (await sent(app(public_url=PUBLIC), "/page", headers))[0] == 403


@pytest.mark.parametrize("host", [b"[::1", b"", b"a b", b"evil.test@register.test", b"\xff"])
async def test_a_broken_host_agrees_with_no_origin_and_breaks_nothing(host: bytes) -> None:
    headers = {b"host": host, b"cookie": b"session=x", b"origin": b"http://" + host}
    body = {"type": "http.request", "body": b"", "more_body": False}
    answered = await run(app(), scope_of("/page", "POST", headers), body)

    assert answered[0]["status"] == 403


async def test_a_host_is_compared_with_its_port_and_may_be_an_address() -> None:
    made = app()
    for host in (b"127.0.0.1:8000", b"[::1]:8000", b"localhost:8000"):
        headers = {b"host": host, b"cookie": b"session=x", b"origin": b"http://" + host}
        body = {"type": "http.request", "body": b"", "more_body": False}
        answered = await run(made, scope_of("/page", "POST", headers), body)
        assert answered[0]["status"] == 200


async def test_the_refusal_says_how_to_do_it() -> None:
    async with client_of(app()) as client:
        refused = await client.post("/v1/things", headers=COOKIE)

    assert "header Origin" in refused.json()["detail"]
    assert (await get(app(), "/page")).status_code == 200
