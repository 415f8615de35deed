"""Drafts of the standards, as the department's editors write them."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from app.access import Role
from app.config import Settings
from tests.factories.people import add_member, sign_in
from tests.standards.router.editing import (
    COPY,
    CRITERION,
    DEPARTMENT,
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
LATER = "2099-01-01"


@pytest.fixture
async def editor(client: httpx.AsyncClient, owner: asyncpg.Connection) -> httpx.AsyncClient:
    """A browser of an editor at the department."""
    return await sign_in(client, owner, await add_editor(owner))


@pytest.fixture
async def published(settings: Settings, owner: asyncpg.Connection) -> AsyncIterator[Any]:
    """An editor, where a copy of what ships is published already."""
    async with editors(settings, owner) as (drafter, publisher):
        await begin(drafter)
        answer = await publish(publisher, DRAFT, LATER)
        assert answer.status_code == 200, answer.text
        yield drafter


class TestBeginning:
    async def test_a_copy_has_every_criterion_and_says_each_is_the_same(
        self, editor: httpx.AsyncClient
    ) -> None:
        answer = await begin(editor)

        told = answer.json()
        assert (answer.headers["Location"], answer.headers["ETag"]) == (DRAFT, '"1"')
        assert answer.headers["Cache-Control"] == "no-store"
        assert (told["state"], told["in_force"], told["drafted_by"]) == (
            "draft",
            None,
            told["last_changed_by"],
        )
        assert (len(told["standard_titles"]), len(told["criteria"])) == (21, 69)
        assert len(told["crosswalk"]) == 69
        assert {one["relation"] for one in told["crosswalk"]} == {"same"}
        assert all(one["from"] == one["to"] for one in told["crosswalk"])

    async def test_an_empty_one_asks_nothing(self, editor: httpx.AsyncClient) -> None:
        told = (await begin(editor, copied_from=None)).json()

        assert (told["criteria"], told["crosswalk"], told["standard_titles"]) == ([], [], {})

    @pytest.mark.parametrize("code", ["working-set-1", "working-set-2"])
    async def test_a_code_is_used_once(self, editor: httpx.AsyncClient, code: str) -> None:
        await begin(editor)

        problem(await editor.post(DRAFTS, json=COPY | {"code": code}), 409, "standards-code-taken")

    async def test_what_is_not_there_cannot_be_copied(self, editor: httpx.AsyncClient) -> None:
        answer = await editor.post(DRAFTS, json=COPY | {"copied_from": "elsewhere"})

        problem(answer, 404, "standards-not-found")

    async def test_only_the_newest_published_version_is_continued(
        self, published: httpx.AsyncClient
    ) -> None:
        for source, code in (("working-set-1", "working-set-3"), ("draft", "working-set-4")):
            if source == "draft":
                await begin(published, code="draft", copied_from=None)
            answer = await published.post(DRAFTS, json=COPY | {"code": code, "copied_from": source})
            told = problem(answer, 409, "not-the-newest-version")
            assert told["newest"] == "working-set-2"

    @pytest.mark.parametrize(
        "wrong", [{"code": "Set 2"}, {"code": ""}, {"title": " "}, {"copied": True}]
    )
    async def test_what_cannot_be_is_refused_where_it_stands(
        self, editor: httpx.AsyncClient, wrong: dict[str, Any]
    ) -> None:
        answer = await editor.post(DRAFTS, json=COPY | wrong)

        problem(answer, 422, "invalid-request")
        assert pointers(answer) == [f"/{next(iter(wrong))}"]


class TestLooking:
    async def test_drafts_are_listed_by_code_in_pages(self, editor: httpx.AsyncClient) -> None:
        for code in ("b", "a", "c"):
            await begin(editor, code=code, copied_from=None)

        first = (await editor.get(DRAFTS, params={"limit": 2})).json()
        second = (await editor.get(first["links"]["next"])).json()

        assert [one["code"] for one in first["items"] + second["items"]] == ["a", "b", "c"]
        assert second["links"]["next"] is None

    async def test_one_that_is_not_there_is_not_found(self, editor: httpx.AsyncClient) -> None:
        problem(await editor.get(DRAFT), 404, "standards-not-found")

    async def test_a_published_one_is_still_shown_with_who_published_it(
        self, published: httpx.AsyncClient
    ) -> None:
        told = (await published.get(DRAFT)).json()

        assert (told["state"], told["in_force"]) == ("published", {"from": LATER, "to": None})
        assert told["published_by"] not in (None, told["drafted_by"])
        assert (await published.get(DRAFTS)).json()["items"] == []

    @pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ANALYST, Role.SECOND_OFFICER])
    async def test_others_at_the_department_are_refused(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, role: Role
    ) -> None:
        other = await sign_in(client, owner, await add_member(owner, DEPARTMENT, role))

        problem(await other.get(DRAFTS), 403, "not-permitted")


class TestChanging:
    async def test_title_note_and_titles_of_standards_are_changed_and_the_rest_stays(
        self, editor: httpx.AsyncClient
    ) -> None:
        await begin(editor, note="First.")

        answer = await edit(editor, "PATCH", DRAFT, {"title": "Another", "note": None})

        told = answer.json()
        assert (told["title"], told["note"], len(told["criteria"])) == ("Another", None, 69)
        assert answer.headers["ETag"] == '"2"'

    @pytest.mark.parametrize(
        "wrong", [{}, {"title": None}, {"standard_titles": None}, {"standard_titles": {"9": "x"}}]
    )
    async def test_a_change_that_cannot_be_is_refused(
        self, editor: httpx.AsyncClient, wrong: dict[str, Any]
    ) -> None:
        await begin(editor)

        problem(await edit(editor, "PATCH", DRAFT, wrong), 422, "invalid-request")

    async def test_each_edit_names_the_version_it_edits(self, editor: httpx.AsyncClient) -> None:
        await begin(editor)
        await edit(editor, "PATCH", DRAFT, {"title": "Another"})
        criterion, crosswalk = f"{DRAFT}/criteria/1.1a", f"{DRAFT}/crosswalk"

        for method, path, body in (
            ("PATCH", DRAFT, {"title": "Third"}),
            ("PUT", criterion, CRITERION),
            ("DELETE", criterion, None),
            ("PUT", crosswalk, {"items": []}),
            ("POST", f"{DRAFT}/publication", {"in_force_from": LATER}),
        ):
            problem(await edit(editor, method, path, body, '"1"'), 412, "changed-meanwhile")
            answer = await editor.request(method, path, json=body)
            problem(answer, 428, "version-needed")

    async def test_what_is_published_is_never_edited(self, published: httpx.AsyncClient) -> None:
        for path in (f"{DRAFTS}/working-set-1", DRAFT):
            for method, further, body in (
                ("PATCH", "", {"title": "Third"}),
                ("PUT", "/criteria/1.1a", CRITERION),
                ("DELETE", "/criteria/1.1a", None),
                ("PUT", "/crosswalk", {"items": []}),
                ("POST", "/publication", {"in_force_from": LATER}),
            ):
                answer = await edit(published, method, path + further, body)
                problem(answer, 409, "already-published")


class TestChangingNothing:
    async def test_is_no_change_and_leaves_no_entry(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        async with editors(settings, owner) as (editor, _):
            await begin(editor, copied_from=None)
            await edit(editor, "PUT", f"{DRAFT}/criteria/1.1a", CRITERION)
            count = "SELECT count(*) FROM audit_entries"
            before = await owner.fetchval(count)

            same = [
                await edit(editor, "PATCH", DRAFT, {"title": "Working set 2"}),
                await edit(editor, "PUT", f"{DRAFT}/criteria/1.1a", CRITERION),
            ]

        assert [one.headers["ETag"] for one in same] == ['"2"', '"2"']
        assert await owner.fetchval(count) == before


class TestCriteria:
    async def test_one_is_added_at_the_end_and_changed_where_it_stands(
        self, editor: httpx.AsyncClient
    ) -> None:
        await begin(editor)

        added = await edit(editor, "PUT", f"{DRAFT}/criteria/4.4d", CRITERION)
        changed = await edit(editor, "PUT", f"{DRAFT}/criteria/1.1a", CRITERION | {"gate": "minor"})

        assert added.json()["criteria"][-1] == CRITERION | {
            "number": "4.4d",
            "standard": "4.4",
            "part": 4,
            "position": 70,
            "law_part": None,
            "site_kinds": [],
            "staff_sizes": [],
        }
        first = changed.json()["criteria"][0]
        assert (first["number"], first["gate"], first["position"]) == ("1.1a", "minor", 1)

    async def test_one_is_removed_with_its_line_of_the_crosswalk(
        self, editor: httpx.AsyncClient
    ) -> None:
        await begin(editor)

        told = (await edit(editor, "DELETE", f"{DRAFT}/criteria/1.1a")).json()

        assert (len(told["criteria"]), len(told["crosswalk"])) == (68, 68)

    async def test_one_that_is_not_there_cannot_be_removed(self, editor: httpx.AsyncClient) -> None:
        await begin(editor)

        answer = await edit(editor, "DELETE", f"{DRAFT}/criteria/4.9z")

        problem(answer, 404, "criterion-not-found")

    @pytest.mark.parametrize("number", ["5.1a", "1.1", "x", "1.1A"])
    async def test_a_number_that_cannot_be_is_refused(
        self, editor: httpx.AsyncClient, number: str
    ) -> None:
        await begin(editor)

        answer = await edit(editor, "PUT", f"{DRAFT}/criteria/{number}", CRITERION)

        problem(answer, 422, "invalid-request")
        assert answer.json()["errors"][0]["parameter"] == "number"

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("force", "custom"),
            ("gate", "garden"),
            ("site_kinds", ["castle"]),
            ("staff_sizes", ["huge"]),
            ("evidence_kinds", ["horoscope"]),
            ("evidence_months", 0),
            ("requirement", " "),
            ("source_status", "hearsay"),
            ("number", "1.1b"),
        ],
    )
    async def test_a_criterion_that_cannot_be_is_refused_where_it_stands(
        self, editor: httpx.AsyncClient, name: str, value: Any
    ) -> None:
        await begin(editor)

        answer = await edit(editor, "PUT", f"{DRAFT}/criteria/1.1a", CRITERION | {name: value})

        problem(answer, 422, "invalid-request")
        assert pointers(answer)[0].startswith(f"/{name}")
