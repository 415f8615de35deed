"""What programs are told, over HTTP: every line that can be copied is tried."""

import json
import shlex

import httpx
import pytest

from app.db.transactions import Database
from tests.factories.providers import make_provider, put_on_register
from tests.pages.reading import read


async def _send(client: httpx.AsyncClient, command: str) -> httpx.Response:
    """Do what curl would do with this line."""
    program, url, *options = shlex.split(command)
    assert program == "curl"
    pairs = dict(zip(options[::2], options[1::2], strict=True))
    if not pairs:
        return await client.get(url)
    name, _, value = pairs["-H"].partition(": ")
    return await client.post(url, content=pairs["--data"], headers={name: value})


async def test_every_line_to_copy_is_answered(
    database: Database, client: httpx.AsyncClient
) -> None:
    (held,) = await put_on_register(database, make_provider("Example Forest School"))

    page = read((await client.get("/developers")).text)

    commands = [element.text for element in page.all("code") if element.text.startswith("curl")]
    assert len(commands) == 11
    answers = [await _send(client, command) for command in commands]
    assert [answer.status_code for answer in answers] == [200] * 11
    assert [answer.text[0] for answer in answers] == ["{"] * 11
    assert answers[2].json()["number"] == held.number
    assert answers[4].json()["items"][0]["providers"]
    assert "1,000,000 requests a minute" in page.text


async def test_every_operation_has_an_entry_with_its_anchor(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    index = read((await client.get("/developers/api")).text)

    links = {link["href"] for link in index.all("a") if link["href"].startswith("/developers/api/")}
    told = {
        operation["operationId"]
        for path in document["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict)
    }
    assert {link.partition("#")[2] for link in links if "#" in link} == told
    for subject in {link.partition("#")[0] for link in links}:
        answer = await client.get(subject)
        assert answer.status_code == 200
        ids = {element["id"] for element in read(answer.text).all("section")}
        assert ids == {link.partition("#")[2] for link in links if link.startswith(f"{subject}#")}

    assert (await client.get("/developers/api/nonsense")).status_code == 404
    page = read((await client.get("/developers/api/register")).text)
    examples = [each.text for each in page.all("code") if each.text.startswith("{\n")]
    assert json.loads(examples[0])["items"][0]["provider"]["number"] == "AP000001U"


@pytest.mark.parametrize("filled", [False, True])
async def test_the_page_about_the_data_says_where_the_register_stands(
    database: Database, client: httpx.AsyncClient, filled: bool
) -> None:
    if filled:
        await put_on_register(database, make_provider(), make_provider("Another"))

    page = read((await client.get("/data")).text)

    files = [link["href"] for link in page.all("a") if "download" in link["href"]]
    assert len(files) == 4
    assert [(await client.get(file)).status_code for file in files] == [200] * 4
    head = (await client.get("/v1/register")).json()
    assert head["epoch"] in page.text
    assert ("The newest entry is number 2" in page.text) is filled
    assert page.link("Open Government Licence v3.0").endswith("/version/3/")
