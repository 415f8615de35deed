"""Questions that cannot be answered; and that nothing of any question is logged or repeated."""

import io
import logging
import sys
from typing import Any

import httpx
import pytest

from app import log
from app.config import Settings
from app.main import create_app

MARKER = "zqjxzq123"
CHILD = {"minutes_a_week": 600, "of_compulsory_school_age": True}
ON = {"on": "2026-11-30"}
EXCLUDED = {"situation": {"exclusion": "permanent"}, **ON}
TERM = {"first": "2026-09-03", "last": "2026-10-23"}
SUSPENDED = {"clock": "suspension-education", "since": "2026-09-07"}


def calendar(*terms: dict[str, str]) -> dict[str, Any]:
    return SUSPENDED | {"calendar": {"terms": list(terms)}}


FAULTS: list[tuple[str, dict[str, Any], str, str]] = [
    ("registration-test", {"children": [{"minutes_a_week": 60}]}, "/children/0", "not both"),
    (
        "registration-test",
        {"children": [CHILD | {"born_on": "2012-05-01"}]},
        "/children/0",
        "not both",
    ),
    (
        "registration-test",
        {"children": [CHILD | {"minutes_a_week": 10_081}]},
        "/children/0/minutes_a_week",
        "10080 or less",
    ),
    (
        "registration-test",
        {"children": [CHILD | {"minutes_a_week": "600"}]},
        "/children/0/minutes_a_week",
        "whole number",
    ),
    (
        "registration-test",
        {"children": [CHILD | {"has_plan": "yes"}]},
        "/children/0/has_plan",
        "true or false",
    ),
    ("registration-test", {"children": [CHILD | {"name": MARKER}]}, "/children/0/name", "known"),
    ("registration-test", {"children": [CHILD] * 501}, "/children", "at most 500"),
    (
        "registration-test",
        {"declaration": {"declared_on": "2026-11-30", "over_18_hours": {"with_special_needs": 1}}},
        "/declaration/over_18_hours",
        "raise children",
    ),
    (
        "registration-test",
        ON | {"look_ahead_until": "2029-12-01"},
        "/look_ahead_until",
        "at most 3 years",
    ),
    ("registration-test", {"declaration": {}}, "/declaration/declared_on", "required"),
    ("who-pays", {"route": "by-the-moon"}, "/route", "one of"),
    ("who-pays", {"situation": {"exclusion_day": -1}}, "/situation/exclusion_day", "0 or more"),
    ("who-pays", EXCLUDED | {"exclusion_money": {"year_pence": 1}}, "/exclusion_money", "give"),
    (
        "who-pays",
        EXCLUDED
        | {
            "exclusion_money": {
                "year_pence": 1,
                "weeks_left": 3,
                "relevant_day": "2026-09-01",
                "period_ends_on": "2027-03-31",
            }
        },
        "/exclusion_money",
        "give",
    ),
    (
        "who-pays",
        EXCLUDED | {"exclusion_money": {"year_pence": 1, "relevant_day": "2026-09-01"}},
        "/exclusion_money",
        "give",
    ),
    (
        "who-pays",
        {"exclusion_money": {"year_pence": 1, "weeks_left": 3}},
        "/exclusion_money",
        "leave this out",
    ),
    (
        "who-pays",
        {"route": "health-absence", "exclusion_money": {"year_pence": 1, "weeks_left": 3}},
        "/exclusion_money",
        "leave this out",
    ),
    ("attendance-code", {"given": "B"}, "/where", "required"),
    ("attendance-code", {"where": "at-home", "given": "Q9"}, "/given", "one of"),
    ("clocks", {"clock": "sundial"}, "/clock", "one of"),
    ("clocks", {}, "/clock", "required"),
    ("clocks", {"clock": "working-days", "count": 401}, "/count", "400 or less"),
    ("clocks", {"clock": "suspension-place-notice"}, "/starts_at", "required"),
    (
        "clocks",
        {"clock": "suspension-place-notice", "starts_at": "2026-10-26T09:00:00"},
        "/starts_at",
        "time zone",
    ),
    ("clocks", SUSPENDED | {"since": "1989-12-31"}, "/since", "1990-01-01 or more"),
    ("clocks", calendar(), "/calendar", "at least one term"),
    (
        "clocks",
        calendar({"first": "2026-10-23", "last": "2026-09-03"}),
        "/calendar/terms/0",
        "before the first",
    ),
    (
        "clocks",
        calendar(TERM, {"first": "2031-09-03", "last": "2031-10-23"}),
        "/calendar",
        "at most 4 years",
    ),
]


@pytest.mark.parametrize(("calculator", "asked", "pointer", "words"), FAULTS)
async def test_what_is_wrong_is_told_with_its_place_and_how_to_mend_it(
    asking: httpx.AsyncClient, calculator: str, asked: dict[str, Any], pointer: str, words: str
) -> None:
    answer = await asking.post(f"/v1/rules/{calculator}", json=asked)

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    (fault,) = answer.json()["errors"]
    assert fault["pointer"] == pointer
    assert words in fault["detail"]
    assert MARKER not in answer.text


@pytest.mark.parametrize(
    ("calculator", "asked"),
    [
        ("registration-test", {"on": "2014-08-31"}),
        (
            "who-pays",
            EXCLUDED | {"on": "2018-03-31", "exclusion_money": {"year_pence": 1, "weeks_left": 3}},
        ),
        ("attendance-code", {"on": "2024-08-18", "where": "at-school"}),
        ("clocks", {"clock": "review-request", "since": "2012-12-31"}),
    ],
)
async def test_law_that_is_not_held_is_not_guessed(
    asking: httpx.AsyncClient, calculator: str, asked: dict[str, Any]
) -> None:
    answer = await asking.post(f"/v1/rules/{calculator}", json=asked)

    assert answer.status_code == 422
    assert answer.json()["type"].endswith("/law-not-held")
    assert "nothing is known of" in answer.json()["detail"]


@pytest.mark.parametrize("calculator", ["registration-test", "who-pays", "attendance-code"])
async def test_a_body_that_is_no_json_is_told(asking: httpx.AsyncClient, calculator: str) -> None:
    answer = await asking.post(f"/v1/rules/{calculator}", content=b"{")

    assert answer.status_code == 422
    assert "JSON" in answer.json()["errors"][0]["detail"]


async def test_nothing_of_a_question_is_logged_or_told_back(
    asking: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = {"children": [{"minutes_a_week": 1234, "born_on": "2012-03-04"}], "on": "2026-11-30"}
    bad = {"children": [{"minutes_a_week": MARKER, "born_on": MARKER, "name": MARKER}]}
    lines = io.StringIO()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", lines)
        log.set_up("json", "INFO")
        patched.setattr(logging.getLogger("httpx"), "disabled", True)  # the client's own
        answers = [
            await asking.post("/v1/rules/registration-test", json=good),
            await asking.post("/v1/rules/registration-test", json=bad),
            await asking.post("/v1/rules/clocks", json={"clock": MARKER}),
        ]
    log.set_up("text", "WARNING")

    assert [answer.status_code for answer in answers] == [200, 422, 422]
    logged = lines.getvalue()
    assert logged.count('"event": "request"') == 3
    for told in (MARKER, "1234", "2012-03-04"):
        assert told not in logged
        assert told not in "".join(answer.text for answer in answers)


async def test_whoever_asks_too_often_is_asked_to_wait() -> None:
    service = create_app(Settings(public_url=None, rate_limit="2/minute"))
    transport = httpx.ASGITransport(service, client=("203.0.113.9", 40_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://register.test") as client:
        statuses = [
            (await client.post("/v1/rules/clocks", json={"clock": "working-days", "count": 1}))
            for _ in range(3)
        ]

    assert [answer.status_code for answer in statuses] == [200, 200, 429]
    assert "RateLimit" in statuses[0].headers


async def test_a_page_elsewhere_may_ask(asking: httpx.AsyncClient) -> None:
    answer = await asking.post(
        "/v1/rules/attendance-code",
        json={"where": "at-school"},
        headers={"Origin": "https://example.org"},
    )

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
