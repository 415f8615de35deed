from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from app.pages.rendering import version_of
from app.pages.static_files import static_files

FOR_A_YEAR = "public, max-age=31536000, immutable"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    static = tmp_path / "static"
    (static / "vendor").mkdir(parents=True)
    (static / "vendor" / "a.css").write_text("a{}")
    (static / ".hidden").write_text("hidden")
    (static / ".vendor-x").mkdir()
    (static / ".vendor-x" / "a.css").write_text("hidden")
    (static / "way-out.css").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "secret.txt").write_text("secret")
    return static


@pytest.fixture
async def client(folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=[Mount("/static", static_files(folder))])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://register.test") as made:
        yield made


class TestStaticFiles:
    async def test_a_file_asked_for_by_what_it_holds_is_kept_for_a_year(
        self, client: httpx.AsyncClient, folder: Path
    ) -> None:
        version = version_of(folder / "vendor" / "a.css")

        response = await client.get(f"/static/vendor/a.css?v={version}")

        assert response.status_code == 200
        assert response.headers["cache-control"] == FOR_A_YEAR
        assert response.headers["content-type"].startswith("text/css")

    @pytest.mark.parametrize("query", ["", "?v=", "?v=00000000", "?w=1"])
    async def test_asked_for_otherwise_it_is_asked_for_each_time(
        self, client: httpx.AsyncClient, query: str
    ) -> None:
        response = await client.get(f"/static/vendor/a.css{query}")

        assert response.status_code == 200
        assert response.headers["cache-control"] == "no-cache"

    async def test_what_the_caller_has_already_is_not_sent_again(
        self, client: httpx.AsyncClient
    ) -> None:
        first = await client.get("/static/vendor/a.css")

        again = await client.get(
            "/static/vendor/a.css", headers={"If-None-Match": first.headers["etag"]}
        )

        assert (again.status_code, again.content) == (304, b"")

    @pytest.mark.parametrize(
        "path",
        [
            "absent.css",
            "vendor",
            "vendor/",
            "",
            ".hidden",
            ".vendor-x/a.css",
            "vendor/a.css%00",
            "way-out.css",
            "..%2Fsecret.txt",
            "vendor/..%2F..%2Fsecret.txt",
            "%2e%2e/secret.txt",
            "/etc/passwd",
            "..%5Csecret.txt",
            "x" * 5000,
        ],
    )
    async def test_anything_else_is_not_there_and_the_answer_says_so(
        self, client: httpx.AsyncClient, path: str
    ) -> None:
        response = await client.get(f"/static/{path}")

        assert response.status_code == 404
        assert response.text == "There is no file at this address.\n"
        assert response.headers["cache-control"] == "no-store"

    async def test_nothing_can_be_put_there(self, client: httpx.AsyncClient) -> None:
        response = await client.put("/static/vendor/a.css", content=b"b{}")

        assert response.status_code == 405
