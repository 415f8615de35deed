"""Standards and policies as everybody reads them."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

import asyncpg
import httpx
import pytest
from jsonschema import Draft202012Validator

from app.inspections.clocks import FairHearing
from app.inspections.cycle import Cycle
from app.interchange.documents import json_schemas
from tests.standards.rows import (
    add_criterion,
    add_policy,
    add_step,
    add_version,
    close,
    follow_working_set,
    publish,
)

PATH, POLICIES = "/v1/standards", "/v1/policies"
CHANGE = date(2027, 1, 1)
CYCLE = asdict(Cycle()) | {"entry_visit_before_listing": True}
OUTCOMES = {
    "major_partly_at_most": 3,
    "counts_months": {"critical": 14, "major": 14, "minor": 26},
}


async def told(client: httpx.AsyncClient, path: str, **asked: str) -> Any:
    answer = await client.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rsplit("/", 1)[1]


class TestListing:
    @pytest.mark.parametrize(
        ("day", "code"),
        [
            ("2025-08-31", None),
            ("2025-09-01", "working-set-1"),
            ("2026-12-31", "working-set-1"),
            ("2027-01-01", "working-set-2"),
        ],
    )
    async def test_says_which_is_in_force_on_a_day(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, day: str, code: str | None
    ) -> None:
        await follow_working_set(owner, CHANGE)

        found = await told(client, PATH, on=day)

        assert (found["on"], found["in_force"]) == (day, code)
        assert [(one["code"], one["in_force"]) for one in found["items"]] == [
            ("working-set-1", {"from": "2025-09-01", "to": "2026-12-31"}),
            ("working-set-2", {"from": "2027-01-01", "to": None}),
        ]

    async def test_shows_no_draft_and_nobodys_name(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        await add_version(owner, "being-drafted")

        found = await told(client, PATH)

        assert [one["code"] for one in found["items"]] == ["working-set-1"]
        assert found["items"][0].keys() == {"code", "title", "in_force", "published_at", "note"}

    async def test_a_day_that_is_none_is_refused(self, client: httpx.AsyncClient) -> None:
        answer = await client.get(PATH, params={"on": "2025-02-30"})

        assert problem(answer) == (422, "invalid-request")
        assert answer.json()["errors"][0]["parameter"] == "on"


class TestOneVersion:
    async def test_has_21_standards_and_69_criteria_each_with_its_source(
        self, client: httpx.AsyncClient
    ) -> None:
        found = await told(client, f"{PATH}/working-set-1")

        assert (len(found["parts"]), len(found["standards"]), len(found["criteria"])) == (4, 21, 69)
        assert all(one["source"] and one["guidance"] for one in found["criteria"])
        (insurance,) = [one for one in found["criteria"] if one["number"] == "2.1g"]
        assert (insurance["force"], insurance["gate"], insurance["evidence_months"]) == (
            "standard",
            "critical",
            None,
        )

    async def test_is_the_published_document(self, client: httpx.AsyncClient) -> None:
        schema = json_schemas()["standards"]

        Draft202012Validator(schema).validate(await told(client, f"{PATH}/working-set-1"))

    async def test_shows_what_is_asked_of_some_provider(self, client: httpx.AsyncClient) -> None:
        asked = {"site_kind": "home-visits", "staff_size": "lone"}

        found = await told(client, f"{PATH}/working-set-1", **asked)

        numbers = {one["number"] for one in found["criteria"]}
        assert found["asked_of"] == asked
        assert not numbers & {"2.5a", "2.5b", "1.5b", "1.6a", "2.1a"}
        assert {"1.1a", "1.5a", "2.1g"} <= numbers
        assert "2.5" not in {one["standard"] for one in found["standards"]}

    @pytest.mark.parametrize("asked", [{"site_kind": "castle"}, {"staff_size": "7"}, {"on": "x"}])
    async def test_what_cannot_be_asked_is_refused_at_its_parameter(
        self, client: httpx.AsyncClient, asked: dict[str, str]
    ) -> None:
        answer = await client.get(f"{PATH}/working-set-1", params=asked)

        assert problem(answer) == (422, "invalid-request")
        assert [answer.json()["errors"][0]["parameter"]] == list(asked)

    @pytest.mark.parametrize("code", ["being-drafted", "elsewhere"])
    async def test_a_draft_and_nothing_are_the_same(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, code: str
    ) -> None:
        await add_version(owner, "being-drafted")

        answer = await client.get(f"{PATH}/{code}")

        assert problem(answer) == (404, "standards-not-found")


class TestCaching:
    @pytest.mark.parametrize("path", [PATH, f"{PATH}/working-set-1", POLICIES])
    async def test_whoever_has_it_is_told_so(self, client: httpx.AsyncClient, path: str) -> None:
        first = await client.get(path)
        again = await client.get(path, headers={"If-None-Match": first.headers["ETag"]})

        assert (first.headers["Cache-Control"], first.headers["Access-Control-Allow-Origin"]) == (
            "public, no-cache",
            "*",
        )
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Cache-Control"] == "public, no-cache"

    async def test_another_question_has_another_tag(self, client: httpx.AsyncClient) -> None:
        whole = await client.get(f"{PATH}/working-set-1")
        lone = await client.get(f"{PATH}/working-set-1", params={"staff_size": "lone"})

        assert whole.headers["ETag"] != lone.headers["ETag"]


class TestCrosswalk:
    async def test_says_what_became_of_each_criterion(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        async with owner.transaction():
            version = await add_version(owner, "working-set-2")
            for position, (number, source) in enumerate(
                (("1.1a", "1.1a"), ("1.1b", "1.1b"), ("1.1c", "1.1b"), ("4.9a", None)), 1
            ):
                made = await add_criterion(owner, version, number, position=position)
                before = await owner.fetchval(
                    "SELECT id FROM criteria WHERE number = $1 AND version_id <> $2",
                    source,
                    version,
                )
                if before:
                    relation = "same" if number == "1.1a" else "split"
                    await add_step(owner, before, made, relation)
            await close(owner, "standards_versions", "working-set-1", CHANGE)
            await publish(owner, "standards_versions", version, CHANGE)

        address = f"{PATH}/working-set-2/crosswalk"
        found = await told(client, address, **{"from": "working-set-1"})

        assert (found["from"], found["to"]) == ("working-set-1", "working-set-2")
        assert found["items"] == [
            {"from": "1.1a", "to": "1.1a", "relation": "same"},
            {"from": "1.1b", "to": "1.1b", "relation": "split"},
            {"from": "1.1b", "to": "1.1c", "relation": "split"},
        ]
        assert (len(found["withdrawn"]), found["added"]) == (67, ["4.9a"])
        Draft202012Validator(json_schemas()["standards-crosswalk"]).validate(found)

    @pytest.mark.parametrize("source", ["working-set-1", "working-set-2", "elsewhere"])
    async def test_leads_only_from_a_version_that_was_before(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, source: str
    ) -> None:
        await follow_working_set(owner, CHANGE)

        answer = await client.get(f"{PATH}/working-set-1/crosswalk", params={"from": source})

        assert problem(answer) == (422, "no-crosswalk")
        assert answer.json()["errors"][0]["parameter"] == "from"

    async def test_needs_to_know_from_where(self, client: httpx.AsyncClient) -> None:
        answer = await client.get(f"{PATH}/working-set-1/crosswalk")

        assert problem(answer) == (422, "invalid-request")


class TestPolicies:
    async def test_those_that_ship_hold_with_reason_and_source(
        self, client: httpx.AsyncClient
    ) -> None:
        found = await told(client, POLICIES, on="2026-09-01")

        held = [one for one in found["items"] if one["holds"]]
        assert [(one["code"], one["parameters"], one["holds"]) for one in held] == [
            ("evidence-grace", {"days": 28}, True),
            ("evidence-reminders", {"days": [60, 30, 7]}, True),
            ("fair-hearing", asdict(FairHearing()), True),
            ("inspection-cycle", CYCLE, True),
            ("outcome-rule", OUTCOMES, True),
            ("transition-listing", {"recent_months": 12}, True),
            ("yearly-confirmation", {"months": 12}, True),
        ]
        assert all(one["reason"] and one["source"] for one in found["items"])
        Draft202012Validator(json_schemas()["policies"]).validate(found)

    async def test_one_that_was_switched_off_says_so_on_its_days(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        async with owner.transaction():
            off = await add_policy(owner, "transition-listing", parameters=None)
            await close(owner, "published_policies", "transition-listing", CHANGE)
            await publish(owner, "published_policies", off, CHANGE)
        await add_policy(owner, "evidence-grace", parameters=json.dumps({"days": 1}))

        lines = []
        for day in ("2026-12-31", "2027-01-01"):
            found = await told(client, POLICIES, on=day)
            lines.append(
                [
                    (one["parameters"], one["in_force"]["to"], one["holds"])
                    for one in found["items"]
                    if one["code"] == "transition-listing"
                ]
            )

        assert lines == [
            [({"recent_months": 12}, "2026-12-31", True), (None, None, False)],
            [({"recent_months": 12}, "2026-12-31", False), (None, None, False)],
        ]
