"""Drafts of policies, as the department's editors write, publish and end them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from app.config import Settings
from app.inspections.clocks import FairHearing
from app.inspections.cycle import Cycle
from tests.factories.people import add_member, sign_in
from tests.standards.router.editing import (
    DEPARTMENT,
    OFF,
    POLICY_DRAFTS,
    add_editor,
    edit,
    editors,
    pointers,
    problem,
    publish,
)

LATER, DAY_BEFORE = "2099-01-01", "2098-12-31"
GRACE = {"code": "evidence-grace", "parameters": {"days": 14}, "reason": "Long.", "source": "Test."}
MONTHS = {"critical": 14, "major": 14, "minor": 26}
OUTCOMES = {"major_partly_at_most": 3, "counts_months": MONTHS}
MAJOR, MINOR_MONTHS = "/parameters/major_partly_at_most", "/parameters/counts_months/minor"
APPEAL_DAYS = "/parameters/appeal_working_days"
CYCLE, HEARING = asdict(Cycle()), asdict(FairHearing())
NOWHERE = f"{POLICY_DRAFTS}/00000000-0000-7000-8000-000000000000"


async def draft(editor: httpx.AsyncClient, body: dict[str, Any]) -> str:
    answer = await editor.post(POLICY_DRAFTS, json=body)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"]


async def holding(client: httpx.AsyncClient, day: str, code: str) -> Any:
    found = (await client.get("/v1/policies", params={"on": day})).json()["items"]
    held = [one["parameters"] for one in found if one["code"] == code and one["holds"]]
    return held[0] if held else None


@pytest.fixture
async def editor(client: httpx.AsyncClient, owner: asyncpg.Connection) -> httpx.AsyncClient:
    """A browser of an editor at the department."""
    return await sign_in(client, owner, await add_editor(owner))


@pytest.fixture
async def two(
    settings: Settings, owner: asyncpg.Connection
) -> AsyncIterator[tuple[httpx.AsyncClient, httpx.AsyncClient]]:
    """Two editors: one who drafts, one who publishes."""
    async with editors(settings, owner) as both:
        yield both


class TestDrafting:
    async def test_a_draft_is_shown_changed_and_listed(self, editor: httpx.AsyncClient) -> None:
        path = await draft(editor, GRACE)

        changed = await edit(editor, "PATCH", path, {"parameters": {"days": 21}})

        told = changed.json()
        assert (told["parameters"], told["state"], told["in_force"]) == (
            {"days": 21},
            "draft",
            None,
        )
        assert changed.headers["ETag"] == '"2"'
        assert (await editor.get(POLICY_DRAFTS)).json()["items"] == [told]
        assert (await editor.get(path)).json() == told

    async def test_drafts_are_listed_in_pages(self, editor: httpx.AsyncClient) -> None:
        paths = [await draft(editor, GRACE) for _ in range(3)]

        first = (await editor.get(POLICY_DRAFTS, params={"limit": 2})).json()
        second = (await editor.get(first["links"]["next"])).json()

        ids = [one["id"] for one in first["items"] + second["items"]]
        assert ids == [path.rsplit("/", 1)[1] for path in paths]

    @pytest.mark.parametrize(
        ("code", "parameters", "where"),
        [
            ("evidence-grace", {}, "/parameters/days"),
            ("evidence-grace", {"days": -1}, "/parameters/days"),
            ("evidence-grace", {"days": "28"}, "/parameters/days"),
            ("evidence-grace", {"days": 28, "weeks": 4}, "/parameters/weeks"),
            ("evidence-reminders", {"days": []}, "/parameters/days"),
            ("evidence-reminders", {"days": [60, 0]}, "/parameters/days/1"),
            ("yearly-confirmation", {"months": 0}, "/parameters/months"),
            ("transition-listing", {"recent_months": 1000}, "/parameters/recent_months"),
            ("outcome-rule", OUTCOMES | {"major_partly_at_most": -1}, MAJOR),
            ("outcome-rule", OUTCOMES | {"counts_months": MONTHS | {"minor": 0}}, MINOR_MONTHS),
            ("inspection-cycle", CYCLE | {"overdue_days": 400}, "/parameters/overdue_days"),
            ("fair-hearing", HEARING | {"appeal_working_days": 0}, APPEAL_DAYS),
        ],
    )
    async def test_figures_that_cannot_be_are_refused_where_they_stand(
        self, editor: httpx.AsyncClient, code: str, parameters: dict[str, Any], where: str
    ) -> None:
        body = GRACE | {"code": code, "parameters": parameters}

        answer = await editor.post(POLICY_DRAFTS, json=body)

        problem(answer, 422, "policy-parameters")
        assert pointers(answer) == [where]

    async def test_a_change_is_held_to_the_same_figures(self, editor: httpx.AsyncClient) -> None:
        path = await draft(editor, GRACE)

        answer = await edit(editor, "PATCH", path, {"parameters": {"months": 1}})

        problem(answer, 422, "policy-parameters")

    @pytest.mark.parametrize(
        "wrong", [{"code": "unheard-of"}, {"reason": ""}, {"source": " "}, {"since": LATER}]
    )
    async def test_a_draft_that_cannot_be_is_refused(
        self, editor: httpx.AsyncClient, wrong: dict[str, Any]
    ) -> None:
        answer = await editor.post(POLICY_DRAFTS, json=GRACE | wrong)

        problem(answer, 422, "invalid-request")

    @pytest.mark.parametrize("wrong", [{}, {"reason": None}, {"source": None}])
    async def test_a_change_that_cannot_be_is_refused(
        self, editor: httpx.AsyncClient, wrong: dict[str, Any]
    ) -> None:
        problem(
            await edit(editor, "PATCH", await draft(editor, GRACE), wrong), 422, "invalid-request"
        )

    async def test_each_edit_names_the_version_it_edits(self, editor: httpx.AsyncClient) -> None:
        path = await draft(editor, GRACE)
        await edit(editor, "PATCH", path, {"reason": "Another."})

        for method, further, body in (
            ("PATCH", "", {"reason": "Third."}),
            ("POST", "/publication", {"in_force_from": LATER}),
        ):
            problem(
                await edit(editor, method, path + further, body, '"1"'), 412, "changed-meanwhile"
            )

    async def test_what_is_not_there_is_not_found(self, editor: httpx.AsyncClient) -> None:
        problem(await editor.get(NOWHERE), 404, "policy-draft-not-found")
        for method, path, body in (
            ("PATCH", NOWHERE, {"reason": "x"}),
            ("POST", f"{NOWHERE}/publication", {"in_force_from": LATER}),
        ):
            problem(await edit(editor, method, path, body, '"1"'), 404, "policy-draft-not-found")

    async def test_others_at_the_department_are_refused(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        other = await sign_in(client, owner, await add_member(owner, DEPARTMENT, Role.ANALYST))

        problem(await other.get(POLICY_DRAFTS), 403, "not-permitted")


class TestPublishing:
    async def test_other_figures_hold_from_their_day_on(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        two: tuple[httpx.AsyncClient, httpx.AsyncClient],
    ) -> None:
        path = await draft(two[0], GRACE)
        publisher = await sign_in(client, owner, await add_editor(owner))

        answer = await publish(publisher, path, LATER)

        assert answer.json()["in_force"] == {"from": LATER, "to": None}
        held = [await holding(client, day, "evidence-grace") for day in (DAY_BEFORE, LATER)]
        assert held == [{"days": 28}, {"days": 14}]

    async def test_listing_by_transition_is_switched_off_and_on_again(
        self, two: tuple[httpx.AsyncClient, httpx.AsyncClient]
    ) -> None:
        off = await draft(two[0], OFF)
        again = await draft(two[0], OFF | {"parameters": {"recent_months": 6}})
        for path, day in ((off, LATER), (again, "2099-07-01")):
            assert (await publish(two[1], path, day)).status_code == 200

        held = [
            await holding(two[0], day, "transition-listing")
            for day in (DAY_BEFORE, LATER, "2099-06-30", "2099-07-01")
        ]
        assert held == [{"recent_months": 12}, None, None, {"recent_months": 6}]

    async def test_nobody_publishes_what_they_wrote(
        self, two: tuple[httpx.AsyncClient, httpx.AsyncClient]
    ) -> None:
        path = await draft(two[0], OFF)
        await edit(two[1], "PATCH", path, {"reason": "Better."})

        for editor in two:
            problem(await publish(editor, path, LATER), 403, "own-draft")

    async def test_nothing_begins_in_the_past(
        self, two: tuple[httpx.AsyncClient, httpx.AsyncClient]
    ) -> None:
        path = await draft(two[0], OFF)

        answer = await publish(two[1], path, (clock.today() - timedelta(days=1)).isoformat())

        problem(answer, 422, "invalid-request")
        assert pointers(answer) == ["/in_force_from"]

    @pytest.mark.parametrize("day", [LATER, DAY_BEFORE])
    async def test_nothing_begins_before_what_was_published_already(
        self, two: tuple[httpx.AsyncClient, httpx.AsyncClient], day: str
    ) -> None:
        await publish(two[1], await draft(two[0], OFF), LATER)

        problem(await publish(two[1], await draft(two[0], OFF), day), 409, "day-taken")

    async def test_what_is_published_is_never_edited(
        self, two: tuple[httpx.AsyncClient, httpx.AsyncClient]
    ) -> None:
        path = await draft(two[0], OFF)
        await publish(two[1], path, LATER)

        problem(await edit(two[0], "PATCH", path, {"reason": "x"}), 409, "already-published")
        problem(await publish(two[1], path, "2099-06-01"), 409, "already-published")

    async def test_is_written_down_with_its_reason(
        self, two: tuple[httpx.AsyncClient, httpx.AsyncClient], owner: asyncpg.Connection
    ) -> None:
        await publish(two[1], await draft(two[0], OFF), LATER)

        rows = await owner.fetch(
            "SELECT act, reason FROM audit_entries WHERE subject_kind = 'policy' "
            "ORDER BY recorded_at, id"
        )
        assert [tuple(row) for row in rows] == [
            ("policy.drafted", None),
            ("policy.published", "Over."),
        ]

    async def test_two_publish_at_once_and_one_wins(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        async with (
            editors(settings, owner) as (drafter, first),
            editors(settings, owner) as (second, _),
        ):
            paths = [await draft(drafter, OFF) for _ in range(2)]

            answers = await asyncio.gather(
                publish(first, paths[0], LATER, '"1"'), publish(second, paths[1], LATER, '"1"')
            )

        assert sorted(one.status_code for one in answers) == [200, 409]
        problem(next(one for one in answers if one.is_error), 409, "day-taken")
