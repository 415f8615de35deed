import httpx
import pytest
from fastapi import FastAPI
from starlette.responses import Response

from app.http.conditions import ExpectedVersion, version_tag
from tests.http.support import client_of, make_app


def app() -> FastAPI:
    made = make_app()

    @made.get("/v1/thing")
    async def read(response: Response, version: int) -> None:
        """Read it at a version."""
        response.headers["ETag"] = version_tag(version)

    @made.put("/v1/thing")
    async def edit(version: ExpectedVersion) -> int:
        """Say which version was meant."""
        return version

    return made


async def edit(*tags: str) -> httpx.Response:
    async with client_of(app()) as client:
        return await client.put("/v1/thing", headers=[("If-Match", tag) for tag in tags])


@pytest.mark.parametrize("version", [1, 3, 10, 999_999_999])
async def test_the_tag_that_was_read_names_the_version_that_is_edited(version: int) -> None:
    async with client_of(app()) as client:
        tag = (await client.get("/v1/thing", params={"version": version})).headers["etag"]
        edited = await client.put("/v1/thing", headers={"If-Match": tag})

    assert tag == f'"{version}"'
    assert (edited.status_code, edited.json()) == (200, version)


@pytest.mark.parametrize(
    "tag",
    [
        *("", "*", 'W/"3"', '"3", "4"', '"3","3"', "3", '"3', '3"', '""', '"0"', '"03"', '"-3"'),
        *('"3.0"', '"3 "', '" 3"', '"1234567890"', '"' + "9" * 5_000 + '"', "'3'", '"x"', '"٣"'),
        *('w/"3"', '"3";', '"3" x', '"3"\x0b'),
    ],
)
async def test_what_names_no_one_version_is_asked_for_again(tag: str) -> None:
    async with client_of(app()) as client:
        refused = await client.put("/v1/thing", headers=[(b"If-Match", tag.encode())])

    assert refused.status_code == 428
    assert refused.json()["type"].endswith("/version-needed")
    assert 'If-Match: "3"' in refused.json()["detail"]


async def test_an_edit_without_the_header_is_asked_for_it() -> None:
    assert (await edit()).status_code == 428


async def test_two_headers_are_as_bad_as_a_list() -> None:
    assert (await edit('"3"', '"4"')).status_code == 428
    assert (await edit('"3"', '"3"')).status_code == 428


async def test_blanks_around_a_tag_are_nothing() -> None:
    assert (await edit(' \t"3" ')).json() == 3
