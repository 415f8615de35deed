"""The log as others follow it, from its beginning to its head and on."""

import uuid

import asyncpg
import httpx
import pytest

from app.db.transactions import Database
from app.register.answers import changed_members
from app.register.schemas.feed import FeedAnswer, HeadAnswer, TombstonesAnswer
from tests.factories.providers import make_provider, put_on_register, record
from tests.ledger.entries import take_out
from tests.register.asking import problem, rename

HEAD = "/v1/register"
FEED = f"{HEAD}/entries"
GONE = f"{HEAD}/tombstones"


async def test_the_head_says_which_log_it_is_and_how_far(
    database: Database, client: httpx.AsyncClient
) -> None:
    empty = HeadAnswer.model_validate_json((await client.get(HEAD)).content)
    await put_on_register(database, make_provider("One"), make_provider("Two"))

    answer = await client.get(HEAD)

    told = HeadAnswer.model_validate_json(answer.content)
    assert (empty.entry, empty.recorded_at, empty.providers) == (0, None, 0)
    assert (told.entry, told.providers, told.epoch) == (2, 2, empty.epoch)
    known = {"If-None-Match": answer.headers["ETag"]}
    assert (await client.get(HEAD, headers=known)).status_code == 304
    assert (await client.get(told.links.entries)).status_code == 200


async def test_following_it_tells_every_entry_once_in_order(
    database: Database, client: httpx.AsyncClient
) -> None:
    (held, other) = await put_on_register(database, make_provider("One"), make_provider("Two"))
    await record(database, make_provider("Only known"))
    for name in ("Second", "Third"):
        await rename(database, held, name)

    first = FeedAnswer.model_validate_json((await client.get(f"{FEED}?limit=3")).content)
    assert first.links.next is not None
    rest = FeedAnswer.model_validate_json((await client.get(first.links.next)).content)

    told = [*first.items, *rest.items]
    assert [item.entry for item in told] == [1, 2, 3, 4]
    assert [item.number for item in told] == [held.number, other.number, held.number, held.number]
    assert [item.changed for item in told] == [None, None, *[["name", "other_names"]] * 2]
    assert told[-1].record is not None
    assert told[-1].record["name"] == "Third"
    assert told[0].differences is None
    assert [(one.pointer, one.old, one.new) for one in told[-1].differences or ()] == [
        ("/name", "Second", "Third"),
        ("/other_names/1", None, {"name": "Second", "kind": "former", "until": "2026-09-01"}),
    ]
    assert {one.by for one in told} == {"operator"}
    assert (rest.after, rest.links.next, rest.register_.entry) == (4, None, 4)


async def test_whoever_knows_all_comes_back_for_what_is_new_alone(
    database: Database, client: httpx.AsyncClient
) -> None:
    (held,) = await put_on_register(database, make_provider("One"))
    nothing = (await client.get(f"{FEED}?after=1")).json()
    assert (nothing["items"], nothing["after"], nothing["links"]["next"]) == ([], 1, None)

    await rename(database, held, "Second")

    new = (await client.get(f"{FEED}?after={nothing['after']}")).json()
    assert [item["entry"] for item in new["items"]] == [2]


async def test_what_was_taken_out_is_a_tombstone_and_nothing_is_compared_with_it(
    database: Database, client: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    (held,) = await put_on_register(database, make_provider("One"))
    await rename(database, held, "Second")
    before = await client.get(FEED)
    await take_out(owner, 1)

    answer = await client.get(FEED, headers={"If-None-Match": before.headers["ETag"]})

    gone, stands = answer.json()["items"]
    assert (gone["record"], gone["number"]) == (None, held.number)
    assert gone["redacted"]["reason"] == "It named a child."
    assert (stands["record"]["name"], stands["changed"]) == ("Second", None)
    for told in (gone, stands):
        assert (told["differences"], told["reason"], told["by"]) == (None, None, "operator")
    past = await client.get(f"/v1/providers/{held.number}/history")
    assert [one["differences"] for one in past.json()["items"]] == [None, None]


async def test_whoever_was_told_before_finds_what_was_taken_out_since(
    database: Database, client: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    held = await put_on_register(database, *(make_provider(f"No {n}") for n in range(3)))
    assert (await client.get(f"{FEED}?after=3")).json()["register"]["tombstones"] == 0
    for entry in (1, 3):
        await take_out(owner, entry)

    told = (await client.get(f"{FEED}?after=3")).json()
    first = TombstonesAnswer.model_validate_json((await client.get(f"{GONE}?limit=1")).content)
    assert first.links.next is not None
    rest = TombstonesAnswer.model_validate_json((await client.get(first.links.next)).content)

    assert (told["items"], told["register"]["tombstones"]) == ([], 2)
    assert [(one.entry, one.number) for one in (*first.items, *rest.items)] == [
        (1, held[0].number),
        (3, held[2].number),
    ]
    assert (rest.links.next, rest.items[0].redacted.reason) == (None, "It named a child.")


@pytest.mark.parametrize("asked", ["after=2", f"after=9{'0' * 17}", f"epoch={uuid.UUID(int=7)}"])
async def test_a_cursor_of_another_log_is_refused_and_told_which_this_is(
    database: Database, client: httpx.AsyncClient, asked: str
) -> None:
    await put_on_register(database, make_provider("One"))
    head = (await client.get(HEAD)).json()

    answer = await client.get(f"{FEED}?{asked}")

    told = problem(answer)
    assert (answer.status_code, told["type"].rpartition("/")[2]) == (409, "cursor-beyond-head")
    assert (told["epoch"], told["entry"]) == (head["epoch"], 1)
    assert (await client.get(f"{FEED}?after=1&epoch={head['epoch']}")).status_code == 200


@pytest.mark.parametrize("asked", ["after=-1", "after=x", f"after={2**63}", "limit=0", "limit=201"])
async def test_what_is_no_cursor_is_refused_by_its_name(
    client: httpx.AsyncClient, asked: str
) -> None:
    answer = await client.get(f"{FEED}?{asked}")

    assert answer.status_code == 422
    assert [fault["parameter"] for fault in problem(answer)["errors"]] == [asked.partition("=")[0]]


def test_members_that_come_or_go_have_changed() -> None:
    assert changed_members({"a": 1, "b": [2], "c": 3}, {"a": 1, "b": [3], "d": 3}) == [
        "b",
        "c",
        "d",
    ]
    assert changed_members({}, {}) == []
