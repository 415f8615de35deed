"""Holds who pays to the situations of `who_pays.md`."""

from datetime import date
from decimal import Decimal

import pytest

from app.rules.dated import NotInForceError
from app.rules.funding.answering import BESIDES, ROWS, who_pays
from app.rules.funding.facts import Arranger, Exclusion, PlacementPurpose, SchoolKind, Situation
from app.rules.funding.recovery import (
    complete_weeks,
    exclusion_money,
    follows_to_admitting_school,
    pounds,
)
from app.rules.funding.rows import Cell, Party, Route
from tests.rules.situations.reading import Row, situations

TABLES = "who_pays.md"
KINDS = {"unit": SchoolKind.PUPIL_REFERRAL_UNIT} | {kind.value: kind for kind in SchoolKind}
PURPOSES = {"needs": PlacementPurpose.SPECIAL_NEEDS} | {
    purpose.value: purpose for purpose in PlacementPurpose
}
ARRANGERS = {"by-authority": Arranger.LOCAL_AUTHORITY} | {
    f"by-{arranger.value}": arranger for arranger in Arranger
}
EXCLUSIONS = {"suspended": Exclusion.SUSPENSION, "excluded": Exclusion.PERMANENT}
WILLING = {"willing": True, "unwilling": False}
ROLLS = {"on-roll": True, "off-roll": False}


def situation(told: str) -> Situation:
    """Read `on-roll maintained suspended days=6` as a situation."""
    words = told.split()
    numbers = {word.split("=")[0]: int(word.split("=")[1]) for word in words if "=" in word}
    return Situation(
        on_roll=next((ROLLS[word] for word in words if word in ROLLS), None),
        school_kind=next((KINDS[word] for word in words if word in KINDS), None),
        arranged_by=next((ARRANGERS[word] for word in words if word in ARRANGERS), None),
        purpose=next((PURPOSES[word] for word in words if word in PURPOSES), None),
        exclusion=next((EXCLUSIONS[word] for word in words if word in EXCLUSIONS), Exclusion.NONE),
        exclusion_days=numbers.get("days"),
        exclusion_day=numbers.get("day"),
        school_days_missed=numbers.get("missed"),
        parent_agrees=next((WILLING[word] for word in words if word in WILLING), None),
        has_plan="plan" in words,
        plan_secures="secures" in words,
        otherwise_than_at_school="otherwise" in words,
        looked_after="looked-after" in words,
        registered_at_both="both" in words,
        sent_on="sent-on" in words,
        part_time_timetable="part-time" in words,
        of_compulsory_school_age="not-of-age" not in words,
        leaves_within_six_weeks="leaving" in words,
        examinations_left="examined" not in words,
        at_own_school="own-school" in words,
        arranged_jointly="jointly" in words,
    )


def pence(pounds_said: str) -> int:
    return int(Decimal(pounds_said) * 100)


def citations(cells: tuple[Cell, ...]) -> list[str]:
    return [str(cell.rule.citation) for cell in cells]


@situations(TABLES, "Routes")
def test_routes(row: Row) -> None:
    stated = Route(row["Stated"]) if row["Stated"] else None

    found = who_pays(situation(row["Told"]), stated)

    assert len(found.conflicts) == int(row["Against"])
    assert row["Citation"] in [str(reason.rule.citation) for reason in found.reasons]
    assert found.suggested is (stated is None)
    if row["Route"] == "a person":
        assert found.row is None
        assert "person must decide" in found.reasons[0].because
        return
    assert found.row is not None
    assert found.row.route == row["Route"]
    assert found.row.route not in found.also_possible
    assert (found.row.commissioner, found.row.first_payer) == (
        Party(row["Commissioner"]),
        Party(row["First payer"]),
    )
    assert (found.row.codes[0] if found.row.codes else "none") == row["Code"]


@situations(TABLES, "Money after a permanent exclusion")
def test_money(row: Row) -> None:
    kind = SchoolKind(row["School"]) if row["School"] else None
    asked = (pence(row["A"]), int(row["B"]), pence(row["C"]), kind, date.fromisoformat(row["On"]))
    if row["Amount"] == "not known":
        with pytest.raises(NotInForceError):
            exclusion_money(*asked)
        return

    found = exclusion_money(*asked)

    assert found.pence == (None if row["Amount"] == "none" else pence(row["Amount"]))
    assert str(found.reason.rule.citation) == row["Citation"]
    assert found.pence is None or found.formula.endswith(pounds(found.pence))


@situations(TABLES, "Complete weeks")
def test_complete_weeks(row: Row) -> None:
    first, last = date.fromisoformat(row["From"]), date.fromisoformat(row["To"])

    assert complete_weeks(first, last) == int(row["Weeks"])


def test_what_is_not_told_is_asked_for() -> None:
    told = {
        told: " ".join(reason.because for reason in who_pays(situation(told)).reasons)
        for told in ("", "on-roll suspended", "on-roll by-school engagement unwilling")
    }

    assert "who means to arrange" in told[""]
    assert "on a school's roll" in told[""]
    assert "how many school days" in told["on-roll suspended"]
    assert "has not agreed" in told["on-roll by-school engagement unwilling"]


def test_every_route_has_a_row_whose_every_cell_says_on_what_authority() -> None:
    assert ROWS.keys() == set(Route)
    for route, row in ROWS.items():
        assert row.route is route
        one = (row.duty, row.payment, row.budget, row.roll, row.code, row.starts)
        several = (*row.recoveries, *row.reviews, *row.notices)
        assert all(cell.says.endswith(".") and cell.rule.citation for cell in (*one, *several))
        assert row.recoveries
        assert row.reviews


def test_only_what_the_law_leaves_out_is_no_alternative_provision() -> None:
    outside = {route for route, row in ROWS.items() if not row.alternative_provision}

    assert outside == {
        Route.OTHERWISE_THAN_AT_SCHOOL,
        Route.PARENT_PAID,
        Route.FIRST_FIVE_DAYS,
    }


def test_who_pays_first_is_said_to_be_inferred_where_no_page_says_it() -> None:
    row = ROWS[Route.OFF_SITE_DIRECTION]

    assert row.duty.rule.basis == "statute"
    assert (row.payment.rule.basis, row.payment.provenance) == ("policy", "recalled-to-be-checked")


def test_a_dispute_never_stops_a_start() -> None:
    assert any("the child starts" in cell.says for cell in BESIDES)


def test_code_d_is_offered_only_where_there_may_be_a_second_school() -> None:
    with_d = {route for route, row in ROWS.items() if "D" in row.codes}

    assert Route.SCHOOL_ARRANGED not in with_d
    assert with_d == {
        *(Route.OFF_SITE_DIRECTION, Route.OFF_SITE_ACADEMY, Route.SUSPENSION_FROM_UNIT),
        *(Route.EXCLUSION, Route.DUAL_REGISTRATION, Route.SUB_CONTRACTED),
    }


@pytest.mark.parametrize(
    ("reduced", "there", "left", "rises"),
    [(260_000, 26, 26, 260_000), (260_000, 13, 26, 130_000), (1, 1, 2, 1), (1, 1, 3, 0)],
)
def test_an_admitting_schools_budget_rises_by_its_share(
    reduced: int, there: int, left: int, rises: int
) -> None:
    assert follows_to_admitting_school(reduced, there, left) == rises
