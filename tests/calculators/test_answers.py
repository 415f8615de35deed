"""What each calculator answers, and that an answer says why and on what authority."""

from typing import Any

import httpx
import pytest

from app.calculators.router.examples import QUESTIONS, answer_to
from app.rules.funding.answering import ROWS
from app.rules.funding.rows import Route

PATHS = {
    "testRegistration": "/v1/rules/registration-test",
    "findWhoPays": "/v1/rules/who-pays",
    "judgeAttendanceCode": "/v1/rules/attendance-code",
    "judgeSafeguarding": "/v1/rules/safeguarding",
    "runClock": "/v1/rules/clocks",
}
DAY = "2026-11-30"
DECLARED = {"declared_on": DAY}
PLAN = {"minutes_a_week": 1200, "has_plan": True, "of_compulsory_school_age": True}


async def ask(asking: httpx.AsyncClient, calculator: str, **asked: Any) -> dict[str, Any]:
    answer = await asking.post(f"/v1/rules/{calculator}", json=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    found: dict[str, Any] = answer.json()
    return found


def reasons_in(found: Any) -> list[dict[str, Any]]:
    """Return every reason in an answer, however deep."""
    if isinstance(found, list):
        return [reason for one in found for reason in reasons_in(one)]
    if not isinstance(found, dict):
        return []
    own = [found] if "because" in found else []
    return own + [reason for one in found.values() for reason in reasons_in(one)]


@pytest.mark.parametrize("operation_id", QUESTIONS)
async def test_each_question_that_is_shown_gets_the_answer_that_is_shown(
    asking: httpx.AsyncClient, operation_id: str
) -> None:
    answer = await asking.post(PATHS[operation_id], json=QUESTIONS[operation_id])

    assert answer.json() == answer_to(operation_id).model_dump(mode="json")
    assert reasons_in(answer.json())
    for reason in reasons_in(answer.json()):
        assert reason["because"].endswith(".")
        assert reason["rule"].keys() == {
            *("code", "citation", "basis", "provenance", "since", "until")
        }


class TestRegistration:
    async def test_both_tests_are_told_side_by_side(self, asking: httpx.AsyncClient) -> None:
        child = PLAN | {"has_plan": False, "has_special_needs": True}

        found = await ask(
            asking, "registration-test", on=DAY, children=[child], declaration=DECLARED
        )

        assert [(one["in_force"], one["light"]) for one in found["regimes"]] == [
            (True, "green"),
            (False, "red"),
        ]
        assert found["light"] == "green"
        assert found["warning"]["rule"]["code"] == "registration-test-2026"

    async def test_counts_are_told_and_never_children(self, asking: httpx.AsyncClient) -> None:
        child = {"minutes_a_week": 1081, "born_on": "2012-03-04", "looked_after": True}

        found = await ask(asking, "registration-test", on=DAY, children=[child])

        assert found["light"] == "red"
        assert found["counts"]["full_time"] == 1
        assert sum(found["counts"].values()) == 1
        assert "2012-03-04" not in str(found)
        assert [one["rule"]["code"] for one in found["reasons"]] == [
            "provider-declaration",
            "no-places-above-the-limit",
        ]

    async def test_declared_children_count(self, asking: httpx.AsyncClient) -> None:
        band = {"children": 5}

        found = await ask(
            asking, "registration-test", on=DAY, declaration=DECLARED | {"over_18_hours": band}
        )

        assert (found["light"], found["counts"]["full_time"]) == ("red", 5)

    async def test_days_on_which_it_tips_are_told_if_asked_for(
        self, asking: httpx.AsyncClient
    ) -> None:
        child = {"minutes_a_week": 1200, "has_plan": True, "born_on": "2021-12-05"}
        asked = {"on": DAY, "children": [child], "declaration": DECLARED}

        ahead = await ask(asking, "registration-test", **asked, look_ahead_until="2027-01-31")
        without = await ask(asking, "registration-test", **asked)

        assert ahead["tips_on"] == [{"on": "2026-12-31", "light": "red", "before": "green"}]
        assert without["tips_on"] == []

    async def test_three_years_can_be_looked_ahead(self, asking: httpx.AsyncClient) -> None:
        found = await ask(
            asking,
            "registration-test",
            on=DAY,
            declaration=DECLARED,
            look_ahead_until="2029-11-30",
        )

        assert [tip["light"] for tip in found["tips_on"]] == ["incomplete"]

    async def test_nothing_said_is_incomplete(self, asking: httpx.AsyncClient) -> None:
        assert (await ask(asking, "registration-test"))["light"] == "incomplete"


class TestWhoPays:
    @pytest.mark.parametrize("route", list(Route))
    async def test_every_route_can_be_stated(self, asking: httpx.AsyncClient, route: Route) -> None:
        found = await ask(asking, "who-pays", route=route)

        row = ROWS[route]
        assert (found["decided"], found["suggested"]) == (True, False)
        assert (found["row"]["route"], found["row"]["title"]) == (route, row.title)
        assert found["row"]["first_payer"] == row.first_payer
        assert found["row"]["payment"]["rule"]["citation"]["url"] == row.payment.rule.citation.url

    async def test_where_nothing_fits_a_person_must_decide(self, asking: httpx.AsyncClient) -> None:
        found = await ask(asking, "who-pays")

        assert (found["decided"], found["row"]) == (False, None)
        assert "person must decide" in found["reasons"][0]["because"]

    async def test_money_is_computed_in_pence(self, asking: httpx.AsyncClient) -> None:
        situation = {"exclusion": "permanent", "school_kind": "maintained"}
        days = {"relevant_day": "2026-09-15", "period_ends_on": "2027-03-31"}

        found = await ask(
            asking,
            "who-pays",
            on=DAY,
            situation=situation,
            exclusion_money={"year_pence": 520_000, "order_pence": 400_000} | days,
        )

        money = found["exclusion_money"]
        assert (money["weeks"], money["pence"]) == (28, 680_000)
        assert money["formula"] == "£5,200.00 x 28/52 + £4,000.00 = £6,800.00"

    async def test_rules_to_come_warn_and_say_that_they_are_off(
        self, asking: httpx.AsyncClient
    ) -> None:
        placement = {"weeks": 20, "sessions_a_week": 10, "provider_approved": False}

        found = await ask(asking, "who-pays", route="school-arranged", placement=placement)
        by_authority = await ask(asking, "who-pays", route="health-absence")

        assert [one["reason"]["rule"]["code"] for one in found["warnings"]] == [
            *("intensive-placement-weeks", "part-time-placement-sessions"),
            *("approved-providers-only", "tell-the-authority"),
        ]
        assert not any(one["in_force"] for one in found["warnings"])
        assert by_authority["warnings"] == []


class TestAttendanceCode:
    async def test_d_is_wrong_without_a_second_school(self, asking: httpx.AsyncClient) -> None:
        found = await ask(
            asking,
            "attendance-code",
            on=DAY,
            where="elsewhere",
            arranged_by="school",
            supervised=True,
            given="D",
        )

        assert (found["right"], found["proposed"]["code"]) == (False, "B")
        (wrong,) = [one for one in found["wrong"] if one["code"] == "D"]
        assert wrong["reason"]["rule"]["code"] == "code-d-needs-a-second-school"

    async def test_a_person_decides_where_nothing_fits(self, asking: httpx.AsyncClient) -> None:
        found = await ask(
            asking, "attendance-code", on=DAY, where="at-home", arranged_by="school", given="B"
        )

        assert found["proposed"] == found["proposed"] | {"code": None, "means": None}
        assert found["right"] is False


class TestClocks:
    @pytest.mark.parametrize(
        ("asked", "due"),
        [
            ({"clock": "suspension-education", "since": "2026-09-07"}, "2026-09-14"),
            ({"clock": "permanent-exclusion-education", "since": "2026-09-07"}, "2026-09-15"),
            (
                {
                    "clock": "permanent-exclusion-education",
                    "since": "2026-09-07",
                    "looked_after": True,
                },
                "2026-09-08",
            ),
            ({"clock": "off-site-notice", "since": "2026-09-17"}, "2026-09-15"),
            ({"clock": "other-absence", "since": "2026-09-07"}, "2026-09-14"),
            ({"clock": "health-absence", "since": "2026-09-07"}, "2026-09-25"),
            (
                {"clock": "health-absence", "since": "2026-09-07", "missed_before": 10},
                "2026-09-11",
            ),
            ({"clock": "half-term-review", "since": "2026-09-07"}, "2026-10-19"),
            ({"clock": "review-request", "since": "2026-09-07"}, "2026-11-17"),
            ({"clock": "plan-annual-review", "since": "2026-09-07"}, "2027-09-06"),
            ({"clock": "school-days", "since": "2026-09-07", "count": 3}, "2026-09-10"),
            ({"clock": "working-days", "since": "2026-12-24", "count": 15}, "2027-01-19"),
        ],
    )
    async def test_each_runs(
        self, asking: httpx.AsyncClient, asked: dict[str, Any], due: str
    ) -> None:
        found = await ask(asking, "clocks", **asked)

        assert (found["due_on"], found["due_at"]) == (due, None)
        assert found["approximate"] is (found["counted_in"] == "school-days")

    async def test_terms_that_are_given_are_kept_to(self, asking: httpx.AsyncClient) -> None:
        terms = [
            {"first": "2026-09-03", "last": "2026-10-23"},
            {"first": "2026-11-02", "last": "2026-12-18"},
        ]
        closed = [{"first": "2026-11-03", "last": "2026-11-03"}]

        found = await ask(
            asking,
            "clocks",
            clock="suspension-education",
            since="2026-10-22",
            calendar={"terms": terms, "closures": closed},
        )

        assert (found["due_on"], found["approximate"]) == ("2026-11-06", False)

    async def test_hours_pass_while_clocks_are_changed(self, asking: httpx.AsyncClient) -> None:
        found = await ask(
            asking, "clocks", clock="suspension-place-notice", starts_at="2026-10-26T09:00:00Z"
        )

        assert found["due_at"] == "2026-10-24T10:00:00+01:00"
        assert found["counted_in"] == "hours"

    async def test_a_day_that_is_left_out_is_today(self, asking: httpx.AsyncClient) -> None:
        found = await ask(asking, "clocks", clock="working-days", count=0)

        assert found["due_on"]
