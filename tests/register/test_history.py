import httpx

from app.db.transactions import Database
from app.register.schemas.history import HistoryAnswer
from tests.factories.providers import make_provider, put_on_register, record
from tests.register.asking import problem, rename


async def test_every_entry_is_told_newest_first_page_by_page(
    database: Database, client: httpx.AsyncClient
) -> None:
    (held, _) = await put_on_register(database, make_provider("First"), make_provider("Other"))
    for name in ("Second", "Third"):
        await rename(database, held, name)

    page = await client.get(f"/v1/providers/{held.number}/history?limit=2")
    rest = await client.get(page.json()["links"]["next"])

    told = [*page.json()["items"], *rest.json()["items"]]
    assert [item["record"]["name"] for item in told] == ["Third", "Second", "First"]
    assert [item["entry"] for item in told] == [4, 3, 1]
    assert rest.json()["links"]["next"] is None
    for answer in (page, rest):
        HistoryAnswer.model_validate_json(answer.content)
        assert (await client.get(answer.json()["links"]["self"])).content == answer.content


async def test_it_is_not_sent_again_until_it_differs(
    database: Database, client: httpx.AsyncClient
) -> None:
    (held,) = await put_on_register(database, make_provider("First"))
    address = f"/v1/providers/{held.number}/history"
    first = await client.get(address)
    known = {"If-None-Match": first.headers["ETag"]}

    assert (await client.get(address, headers=known)).status_code == 304
    await rename(database, held, "Second")
    assert (await client.get(address, headers=known)).status_code == 200


async def test_a_provider_that_is_only_known_has_no_history(
    database: Database, client: httpx.AsyncClient
) -> None:
    (held,) = await record(database, make_provider())

    for number in (held.number, "nonsense"):
        answer = await client.get(f"/v1/providers/{number}/history")
        assert problem(answer)["type"].endswith("/provider-not-found")


async def test_a_cursor_that_is_damaged_or_of_another_history_is_refused(
    database: Database, client: httpx.AsyncClient
) -> None:
    (held, other) = await put_on_register(database, make_provider("One"), make_provider("Two"))
    await rename(database, held, "Second")
    following = (await client.get(f"/v1/providers/{held.number}/history?limit=1")).json()["links"]
    cursor = following["next"].rpartition("cursor=")[2]

    for number, sent in ((held.number, "x"), (other.number, cursor)):
        answer = await client.get(f"/v1/providers/{number}/history?cursor={sent}")
        assert answer.status_code == 422
        assert [fault["parameter"] for fault in problem(answer)["errors"]] == ["cursor"]
