"""What ships: working set 1, whole, in plain words, and in proportion."""

import csv
from collections import Counter
from importlib import resources

import pytest

from app.standards.facts import ShippedCriterion, shipped_versions
from app.standards.policies import applicable
from app.standards.terms import PARTS, EvidenceKind, Force, Gate, SourceStatus
from app.values.site_kind import SiteKind, StaffSize

(WORKING_SET,) = shipped_versions()
CRITERIA = WORKING_SET.criteria
BY_NUMBER = {one.number: one for one in CRITERIA}

NOT_ASKED_AT_HOME_OR_ONLINE = ("1.6a", "1.6b", "2.1e", "2.3a", "2.5a", "2.5b")
NOT_ASKED_OF_ONE = ("1.1c", "1.1f", "1.1g", "1.1h", "1.4b", "1.5b", "1.5d", "2.1a")


def numbers(site_kind: SiteKind | None, staff_size: StaffSize | None) -> set[str]:
    return {one.number for one in applicable(CRITERIA, site_kind, staff_size)}


def test_exactly_21_standards_and_69_criteria_ship() -> None:
    assert len(WORKING_SET.standard_titles) == 21
    assert len(CRITERIA) == len(BY_NUMBER) == 69
    assert {one.standard for one in CRITERIA} == set(WORKING_SET.standard_titles)


def test_the_parts_have_26_14_17_and_12_criteria() -> None:
    assert Counter(one.part for one in CRITERIA) == {1: 26, 2: 14, 3: 17, 4: 12}
    assert set(PARTS) == {1, 2, 3, 4}


def test_they_stand_in_the_order_of_their_numbers() -> None:
    assert [one.number for one in CRITERIA] == sorted(BY_NUMBER)


def test_it_is_in_force_from_september_2025() -> None:
    assert (WORKING_SET.code, WORKING_SET.in_force_from.isoformat()) == (
        "working-set-1",
        "2025-09-01",
    )


@pytest.mark.parametrize("one", CRITERIA, ids=lambda one: one.number)
class TestEachCriterion:
    def test_is_one_plain_sentence_to_the_provider(self, one: ShippedCriterion) -> None:
        assert one.requirement.startswith(("You ", "You,"))
        assert one.requirement.endswith(".")
        assert one.requirement.count(". ") == 0

    def test_says_how_to_show_it_and_where_it_comes_from(self, one: ShippedCriterion) -> None:
        assert one.guidance.endswith(".")
        assert one.source
        assert one.evidence_kinds

    def test_never_claims_to_have_been_read_in_the_publication(self, one: ShippedCriterion) -> None:
        assert one.source_status is not SourceStatus.CONFIRMED

    def test_what_rests_on_general_knowledge_is_marked_to_confirm(
        self, one: ShippedCriterion
    ) -> None:
        recalled = (
            one.source.startswith("General knowledge")
            or "from general knowledge" in (one.source.split(";")[0])
        )

        assert not recalled or one.source_status is SourceStatus.TO_CONFIRM

    def test_is_asked_of_somebody(self, one: ShippedCriterion) -> None:
        pairs = [(kind, size) for kind in SiteKind for size in StaffSize]

        assert any(one.number in numbers(kind, size) for kind, size in pairs)


class TestForceAndGate:
    def test_good_practice_is_never_critical(self) -> None:
        critical = {one.number for one in CRITERIA if one.gate is Gate.CRITICAL}

        assert not critical & {one.number for one in CRITERIA if one.force is Force.GOOD_PRACTICE}
        assert len(critical) == 22

    @pytest.mark.parametrize("number", ["2.1a", "2.1b", "2.5a", "3.2b"])
    def test_what_asks_for_more_than_the_law_says_which_part_is_law(self, number: str) -> None:
        one = BY_NUMBER[number]

        assert one.force is Force.STANDARD
        assert one.law_part

    def test_what_is_law_altogether_needs_no_word_on_which_part_is(self) -> None:
        assert [one.number for one in CRITERIA if one.force is Force.LAW] == [
            *("1.5d", "2.1d", "2.1f", "2.4b")
        ]
        assert not [one for one in CRITERIA if one.force is Force.LAW and one.law_part]

    def test_only_insurance_and_what_has_a_last_day_of_its_own_has_no_months(self) -> None:
        assert BY_NUMBER["2.1g"].evidence_months is None
        assert BY_NUMBER["1.5a"].evidence_months == 24
        assert BY_NUMBER["2.5a"].evidence_months == 12

    def test_an_evidence_kind_that_nothing_names_is_for_other_things(self) -> None:
        named = {kind for one in CRITERIA for kind in one.evidence_kinds}

        assert set(EvidenceKind) - named == {
            EvidenceKind.PROFESSIONAL_INDEMNITY_INSURANCE,
            EvidenceKind.OTHER,
        }


class TestProportion:
    def test_nothing_known_leaves_nothing_out(self) -> None:
        assert len(numbers(None, None)) == 69

    def test_a_large_provider_with_its_own_building_is_asked_everything(self) -> None:
        assert numbers(SiteKind.FIXED, StaffSize.LARGER) == set(BY_NUMBER) - {"1.6c"}

    @pytest.mark.parametrize("kind", [SiteKind.HOME_VISITS, SiteKind.ONLINE])
    def test_a_lone_tutor_at_home_or_online_is_not_asked_for_drills_deputies_and_visitors(
        self, kind: SiteKind
    ) -> None:
        asked = numbers(kind, StaffSize.LONE)

        assert not asked & {*NOT_ASKED_AT_HOME_OR_ONLINE, *NOT_ASKED_OF_ONE}
        assert {"1.1a", "1.2a", "1.3a", "1.5a", "1.5c", "2.1b", "2.1g", "3.4a"} <= asked

    def test_teaching_online_asks_for_nothing_that_needs_two_people_in_a_room(self) -> None:
        asked = numbers(SiteKind.ONLINE, StaffSize.LARGER)

        assert not asked & {"1.1c", "1.6c", "2.1d", "2.1f", "2.2a", "2.2b", "2.4b", "3.5b"}
        assert "1.2d" in asked

    @pytest.mark.parametrize(
        ("size", "asked"),
        [(StaffSize.LONE, False), (StaffSize.SMALL, False), (StaffSize.LARGER, True)],
    )
    def test_a_written_health_and_safety_policy_is_asked_from_five_adults_on(
        self, size: StaffSize, asked: bool
    ) -> None:
        assert ("2.1a" in numbers(SiteKind.WORKSHOP, size)) is asked

    @pytest.mark.parametrize(
        ("kind", "asked"),
        [
            (kind, kind not in (SiteKind.VEHICLE, SiteKind.HOME_VISITS, SiteKind.ONLINE))
            for kind in SiteKind
        ],
    )
    def test_a_fire_risk_assessment_is_asked_of_buildings(
        self, kind: SiteKind, asked: bool
    ) -> None:
        assert ("2.5a" in numbers(kind, StaffSize.SMALL)) is asked

    def test_a_farm_and_a_workshop_are_asked_about_dangerous_things(self) -> None:
        for kind in (SiteKind.FARM_OR_OUTDOOR, SiteKind.WORKSHOP):
            assert "2.1d" in numbers(kind, StaffSize.LONE)


def test_no_cell_of_the_files_has_stray_spaces() -> None:
    for name in ("versions", "standards", "criteria"):
        file = resources.files("app.standards").joinpath("facts", f"{name}.csv")
        for row in csv.reader(file.read_text(encoding="utf-8").splitlines()):
            assert [cell for cell in row if cell != " ".join(cell.split())] == []
