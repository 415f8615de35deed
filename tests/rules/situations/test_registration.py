"""Holds the registration test to the situations of `registration.md`."""

from datetime import date, timedelta

import pytest

from app.rules.dated import NotInForceError
from app.rules.registration.children import Standing
from app.rules.registration.facts import Band, ChildFacts, Declaration, Delivery
from app.rules.registration.law import RULES, WIDER_TEST
from app.rules.registration.limbs import Light
from app.rules.registration.testing import Outcome, registration_test
from app.rules.registration.tipping import Tipping, tipping_days
from app.rules.school_age import AGE, school_age_of
from tests.rules.situations.reading import Row, situations

TABLES = "registration.md"
DAY = date(2026, 11, 30)
NOBODY_ELSE = Declaration(DAY)
KNOWN = {str(rule.citation) for rule in (*RULES, AGE)}


def child(said: str) -> ChildFacts:
    """Read `20h plan elsewhere` as a child."""
    time, *words = said.split()
    hours, _, minutes = time.partition("h")
    born = [date.fromisoformat(word[5:]) for word in words if word.startswith("born-")]
    elsewhere = {"elsewhere": True, "all-here": False, "not-said": None}
    delivery = {"lone-tutor": Delivery.LONE_TUTOR, "online": Delivery.ONLINE}
    of_age = {"not-of-age": False, "age-unknown": None}
    return ChildFacts(
        minutes_a_week=int(hours) * 60 + int(minutes or 0),
        born_on=born[0] if born else None,
        of_compulsory_school_age=next(
            (of_age[word] for word in words if word in of_age), None if born else True
        ),
        has_plan="plan" in words,
        looked_after="looked-after" in words,
        has_special_needs="needs" in words or "plan" in words,
        educated_elsewhere=next(elsewhere[word] for word in words if word in elsewhere),
        delivery=next(
            (delivery[word] for word in words if word in delivery), Delivery("at-a-setting")
        ),
        found_not_full_time="found" in words,
    )


def children(said: str) -> list[ChildFacts]:
    """Read `4 at 20h elsewhere; 1 at 10h all-here` as five children."""
    groups = [group.split(" at ") for group in said.split("; ") if said != "none"]
    return [child(how) for number, how in groups for _ in range(int(number))]


def declaration(said: str) -> Declaration | None:
    """Read `today: 2 over 18` as a declaration."""
    if said == "nothing":
        return None
    when, _, what = said.partition(": ")
    days = {"today": 0, "tomorrow": -1}.get(when)
    declared_on = DAY - timedelta(days=int(when.split()[0]) if days is None else days)
    if not what:
        return Declaration(declared_on)
    number = int(what.split()[0])
    band = Band(number, number if "plan" in what else 0, number if "plan" in what else 0)
    if "over 18" in what:
        return Declaration(declared_on, over_18_hours=band)
    if "from 15" in what:
        return Declaration(declared_on, from_15_to_18_hours=band)
    if "under 15" in what:
        return Declaration(declared_on, under_15_hours=band)
    assert "little elsewhere" in what
    return Declaration(declared_on, up_to_18_hours_and_little_elsewhere=band)


def authorities(outcome: Outcome) -> set[str]:
    limbs = [limb.reason for regime in outcome.regimes for limb in regime.limbs]
    return {str(reason.rule.citation) for reason in (*limbs, *outcome.reasons)}


@situations(TABLES, "Compulsory school age")
def test_compulsory_school_age(row: Row) -> None:
    age = school_age_of(date.fromisoformat(row["Born"]))

    assert age.covers(date.fromisoformat(row["Day"])) is (row["Of that age"] == "yes")
    assert row["Citation"] in KNOWN


@situations(TABLES, "Lights")
def test_lights(row: Row) -> None:
    outcome = registration_test(children(row["Children"]), NOBODY_ELSE, DAY)

    assert outcome.light == row["Light"]
    assert outcome.counts[Standing.FULL_TIME] == int(row["Counted full-time"])
    assert [regime.in_force for regime in outcome.regimes] == [True, False]
    assert outcome.regimes[1].light == row["To come"]
    assert (outcome.warning is not None) is (row["To come"] != row["Light"])
    assert row["Citation"] in KNOWN


@situations(TABLES, "Declarations")
def test_declarations(row: Row) -> None:
    placed = children("3 at 20h elsewhere" if row["Placed"] == "three" else "none")

    outcome = registration_test(placed, declaration(row["Declared"]), DAY)

    assert outcome.light == row["Light"]
    assert row["Citation"] in authorities(outcome)


def test_no_answer_tells_of_a_child() -> None:
    outcome = registration_test(children("5 at 20h plan born-2012-03-04 all-here"), None, DAY)

    assert outcome.light is Light.RED
    assert "2012" not in str(outcome)
    assert sum(outcome.counts.values()) == 5


def test_red_says_that_the_block_is_not_statute() -> None:
    outcome = registration_test(children("5 at 20h elsewhere"), NOBODY_ELSE, DAY)

    (reason,) = outcome.reasons
    assert not reason.rule.citation.binding
    assert reason.rule.basis == "statutory-guidance"


def test_the_test_to_come_warns_and_says_that_no_day_is_set() -> None:
    outcome = registration_test(children("1 at 20h needs elsewhere"), NOBODY_ELSE, DAY)

    assert outcome.light is Light.GREEN
    assert outcome.warning is not None
    assert outcome.warning.rule is WIDER_TEST
    assert WIDER_TEST.since is None


@pytest.mark.parametrize(("day", "known"), [(date(2014, 9, 1), True), (date(2014, 8, 31), False)])
def test_before_plans_nothing_is_known(day: date, known: bool) -> None:
    if known:
        assert registration_test([], Declaration(day), day).light is Light.GREEN
    else:
        with pytest.raises(NotInForceError, match="2014-08-31"):
            registration_test([], None, day)


class TestTipping:
    def test_a_fifth_birthday_tips_a_setting_on_the_prescribed_day(self) -> None:
        fifth = children("4 at 20h elsewhere; 1 at 20h born-2021-12-05 elsewhere")

        found = tipping_days(fifth, Declaration(DAY), DAY, date(2027, 2, 1))

        assert found == [Tipping(date(2026, 12, 31), Light.RED, Light.AMBER)]

    def test_school_leaving_takes_a_child_out_the_day_after(self) -> None:
        plan = children("1 at 20h plan born-2010-10-10 all-here")
        on = date(2027, 6, 1)

        found = tipping_days(plan, Declaration(on), on, date(2027, 7, 1))

        assert found == [Tipping(date(2027, 6, 26), Light.GREEN, Light.RED)]

    def test_a_declaration_grows_stale(self) -> None:
        found = tipping_days([], NOBODY_ELSE, DAY, date(2027, 12, 31))

        assert found == [Tipping(date(2027, 3, 3), Light.INCOMPLETE, Light.GREEN)]

    @pytest.mark.parametrize(("until", "told"), [("2027-03-02", 0), ("2027-03-03", 1)])
    def test_days_after_the_last_are_left_out(self, until: str, told: int) -> None:
        assert len(tipping_days([], NOBODY_ELSE, DAY, date.fromisoformat(until))) == told

    def test_without_time_nothing_tips(self) -> None:
        assert tipping_days(children("5 at 20h elsewhere"), None, DAY, date(2036, 1, 1)) == []

    def test_a_birthday_that_changes_nothing_is_not_told(self) -> None:
        alone = children("1 at 2h born-2021-12-05 elsewhere")

        assert tipping_days(alone, Declaration(DAY), DAY, date(2027, 2, 1)) == []
