"""A draft of the standards is tied to the version before it, and published by a second person."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.config import Settings
from tests.factories.people import sign_in
from tests.standards.router.editing import (
    CRITERION,
    DRAFTS,
    add_editor,
    begin,
    edit,
    editors,
    pointers,
    problem,
    publish,
)

DRAFT = f"{DRAFTS}/working-set-2"
LATER, DAY_BEFORE = "2099-01-01", "2098-12-31"


@pytest.fixture
async def two(
    settings: Settings, owner: asyncpg.Connection
) -> AsyncIterator[tuple[httpx.AsyncClient, httpx.AsyncClient]]:
    """Two editors: one who drafts, one who publishes."""
    async with editors(settings, owner) as both:
        yield both


class TestCrosswalk:
    async def test_replaces_what_was_there(self, client: httpx.AsyncClient, owner: Any) -> None:
        editor = await sign_in(client, owner, await add_editor(owner))
        await begin(editor)
        lines = [
            {"from": "1.1a", "to": "1.1b", "relation": "split"},
            {"from": "1.1a", "to": "1.1a", "relation": "split"},
        ]

        answer = await edit(
            editor, "PUT", f"{DRAFT}/crosswalk", {"items": lines, "withdrawn": ["1.1c", "1.1b"]}
        )

        told = answer.json()
        assert told["crosswalk"] == [lines[1], lines[0]]
        assert told["withdrawn"] == ["1.1b", "1.1c"]

    @pytest.mark.parametrize(
        ("body", "where"),
        [
            ({"items": [{"from": "4.9z", "to": "1.1a", "relation": "same"}]}, "/items/0/from"),
            ({"items": [{"from": "1.1a", "to": "4.9z", "relation": "same"}]}, "/items/0/to"),
            ({"items": [], "withdrawn": ["1.1a", "4.9z"]}, "/withdrawn/1"),
            (
                {
                    "items": [{"from": "1.1a", "to": "1.1a", "relation": "same"}],
                    "withdrawn": ["1.1a"],
                },
                "/withdrawn/0",
            ),
            ({"items": [{"from": "1.1a", "to": "1.1a", "relation": "gone"}]}, "/items/0/relation"),
            ({"items": [{"from": "1.1a", "to": "1.1a", "relation": "same"}] * 2}, "/items"),
        ],
    )
    async def test_what_it_cannot_say_is_refused_where_it_stands(
        self,
        two: tuple[httpx.AsyncClient, httpx.AsyncClient],
        body: dict[str, Any],
        where: str,
    ) -> None:
        await begin(two[0])

        answer = await edit(two[0], "PUT", f"{DRAFT}/crosswalk", body)

        problem(answer, 422, "invalid-request")
        assert pointers(answer) == [where]


class TestPublishing:
    async def test_a_colleagues_draft_takes_the_place_of_what_was_in_force(
        self,
        client: httpx.AsyncClient,
        two: tuple[httpx.AsyncClient, httpx.AsyncClient],
        owner: asyncpg.Connection,
    ) -> None:
        await begin(two[0])
        publisher = await sign_in(client, owner, await add_editor(owner))

        answer = await publish(publisher, DRAFT, LATER)

        told = answer.json()
        assert (answer.status_code, answer.headers["Location"]) == (200, DRAFT)
        assert (told["state"], told["in_force"]) == ("published", {"from": LATER, "to": None})
        listed = (await client.get("/v1/standards", params={"on": DAY_BEFORE})).json()
        assert listed["in_force"] == "working-set-1"
        assert [one["in_force"]["to"] for one in listed["items"]] == [DAY_BEFORE, None]
        listed = (await client.get("/v1/standards", params={"on": LATER})).json()
        assert listed["in_force"] == "working-set-2"

    async def test_it_may_begin_today(
        self, two: tuple[httpx.AsyncClient, httpx.AsyncClient]
    ) -> None:
        await begin(two[0])

        answer = await publish(two[1], DRAFT, clock.today().isoformat())

        assert answer.status_code == 200

    async def test_the_day_is_londons(self, settings: Settings, owner: asyncpg.Connection) -> None:
        late = datetime(2030, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight on the second there
        with clock.at(late):
            async with editors(settings, owner) as (drafter, publisher):
                await begin(drafter)
                first = await publish(publisher, DRAFT, "2030-07-01")
                second = await publish(publisher, DRAFT, "2030-07-02")

        problem(first, 422, "invalid-request")
        assert second.status_code == 200

    @pytest.mark.parametrize("ago", [1, 400])
    async def test_nothing_begins_in_the_past(
        self, two: tuple[httpx.AsyncClient, httpx.AsyncClient], ago: int
    ) -> None:
        await begin(two[0])

        answer = await publish(two[1], DRAFT, (clock.today() - timedelta(days=ago)).isoformat())

        problem(answer, 422, "invalid-request")
        assert pointers(answer) == ["/in_force_from"]

    async def test_nobody_publishes_what_they_drafted(
        self, two: tuple[httpx.AsyncClient, httpx.AsyncClient]
    ) -> None:
        await begin(two[0])
        await edit(two[1], "PATCH", DRAFT, {"title": "Changed by a colleague"})

        for editor in two:  # the first drafted it, the second changed it last
            problem(await publish(editor, DRAFT, LATER), 403, "own-draft")

    async def test_nobody_publishes_who_showed_who_they_are_long_ago(
        self,
        client: httpx.AsyncClient,
        two: tuple[httpx.AsyncClient, httpx.AsyncClient],
        owner: asyncpg.Connection,
    ) -> None:
        await begin(two[0])
        long_ago = clock.now() - timedelta(hours=1)
        other = await sign_in(client, owner, await add_editor(owner), authenticated_at=long_ago)

        problem(await publish(other, DRAFT, LATER), 403, "sign-in-again")

    async def test_every_criterion_before_is_continued_or_withdrawn(
        self, two: tuple[httpx.AsyncClient, httpx.AsyncClient]
    ) -> None:
        await begin(two[0])
        await edit(two[0], "DELETE", f"{DRAFT}/criteria/1.1a")

        told = problem(await publish(two[1], DRAFT, LATER), 409, "draft-incomplete")

        assert told["without_successor"] == ["1.1a"]
        lines = [
            {name: one[name] for name in ("from", "to", "relation")}
            for one in (await two[0].get(DRAFT)).json()["crosswalk"]
        ]
        withdrawn = {"items": lines, "withdrawn": ["1.1a"]}
        await edit(two[0], "PUT", f"{DRAFT}/crosswalk", withdrawn)
        assert (await publish(two[1], DRAFT, LATER)).status_code == 200
        crosswalk = await two[1].get(
            "/v1/standards/working-set-2/crosswalk", params={"from": "working-set-1"}
        )
        assert (crosswalk.json()["withdrawn"], crosswalk.json()["added"]) == (["1.1a"], [])

    async def test_a_draft_that_asks_nothing_is_not_published(
        self, two: tuple[httpx.AsyncClient, httpx.AsyncClient]
    ) -> None:
        await begin(two[0], copied_from=None)

        problem(await publish(two[1], DRAFT, LATER), 409, "draft-incomplete")

    async def test_every_standard_has_a_title(
        self, two: tuple[httpx.AsyncClient, httpx.AsyncClient]
    ) -> None:
        await begin(two[0])
        await edit(two[0], "PUT", f"{DRAFT}/criteria/4.9a", CRITERION)

        told = problem(await publish(two[1], DRAFT, LATER), 409, "draft-incomplete")

        assert told["without_title"] == ["4.9"]

    @pytest.mark.parametrize("day", [LATER, DAY_BEFORE])
    async def test_nothing_begins_before_what_was_published_already(
        self, two: tuple[httpx.AsyncClient, httpx.AsyncClient], day: str
    ) -> None:
        await begin(two[0], code="working-set-3")
        await begin(two[0])
        await publish(two[1], DRAFT, LATER)

        answer = await publish(two[1], f"{DRAFTS}/working-set-3", day)

        assert problem(answer, 409, "day-taken")["newest_begins_on"] == LATER

    async def test_a_draft_that_continues_an_older_version_is_not_published(
        self, two: tuple[httpx.AsyncClient, httpx.AsyncClient]
    ) -> None:
        await begin(two[0], code="working-set-3")
        await begin(two[0])
        await publish(two[1], DRAFT, LATER)

        answer = await publish(two[1], f"{DRAFTS}/working-set-3", "2099-06-01")

        assert len(problem(answer, 409, "draft-incomplete")["without_successor"]) == 69

    async def test_is_written_down_with_who_did_it(
        self, two: tuple[httpx.AsyncClient, httpx.AsyncClient], owner: asyncpg.Connection
    ) -> None:
        await begin(two[0])
        await publish(two[1], DRAFT, LATER)

        rows = await owner.fetch(
            "SELECT act, actor_id, after FROM audit_entries WHERE subject_kind = 'standards' "
            "ORDER BY recorded_at, id"
        )
        assert [row["act"] for row in rows] == ["standards.drafted", "standards.published"]
        assert rows[0]["actor_id"] != rows[1]["actor_id"]
        assert '"ends": "working-set-1"' in rows[1]["after"]


class TestAtOnce:
    async def test_two_publish_one_draft_and_one_wins(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        async with (
            editors(settings, owner) as (drafter, first),
            editors(settings, owner) as (second, _),
        ):
            tag = (await begin(drafter)).headers["ETag"]

            answers = await asyncio.gather(
                *(publish(one, DRAFT, LATER, tag) for one in (first, second))
            )

        lost = next(one for one in answers if one.status_code != 200)
        assert sorted(one.status_code for one in answers) == [200, 409]
        problem(lost, 409, "already-published")

    async def test_two_publish_two_drafts_and_one_wins(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        async with (
            editors(settings, owner) as (drafter, first),
            editors(settings, owner) as (second, _),
        ):
            paths = [f"{DRAFTS}/{code}" for code in ("working-set-2", "working-set-3")]
            for path in paths:
                await begin(drafter, code=path.rsplit("/", 1)[1])

            answers = await asyncio.gather(
                *(
                    publish(one, path, LATER, '"1"')
                    for one, path in zip((first, second), paths, strict=True)
                )
            )

        assert sorted(one.status_code for one in answers) == [200, 409]
        lost = next(one for one in answers if one.status_code != 200)
        problem(lost, 409, "day-taken")
        count = "SELECT count(*) FROM standards_versions WHERE state = 'published'"
        assert await owner.fetchval(count) == 2

    async def test_a_draft_is_not_edited_while_it_is_published(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        async with editors(settings, owner) as (drafter, publisher):
            tag = (await begin(drafter)).headers["ETag"]

            published, edited = await asyncio.gather(
                publish(publisher, DRAFT, LATER, tag),
                edit(drafter, "PUT", f"{DRAFT}/criteria/1.1a", CRITERION, tag),
            )
            held = (await drafter.get(DRAFT)).json()["criteria"][0]

        won = (published.status_code, edited.status_code)
        assert won in {(200, 409), (412, 200)}
        assert (held["requirement"] == CRITERION["requirement"]) is (edited.status_code == 200)
