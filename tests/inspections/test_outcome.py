"""The outcome rule: the table an inspector can read, and what holds of every situation."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.inspections.outcome import (
    Asked,
    Judged,
    OutcomeRule,
    judged_until,
    provider_outcome,
    site_outcome,
)
from app.inspections.terms import NOT_LOOKED_AT, WORST_FIRST, EvidenceMethod, Judgement, Outcome
from app.standards.terms import Force, Gate

DAY = date(2027, 3, 1)
SEEN = date(2026, 12, 1)
"""When the evidence was seen of whatever the table gives no day."""
RULE = OutcomeRule(3, {Gate.CRITICAL: 14, Gate.MAJOR: 14, Gate.MINOR: 26})
COLUMNS = {
    "critical": ("1.1", Gate.CRITICAL, Force.LAW),
    "major": ("2.1", Gate.MAJOR, Force.STANDARD),
    "minor": ("3.1", Gate.MINOR, Force.STANDARD),
    "good_practice": ("4.1", Gate.CRITICAL, Force.GOOD_PRACTICE),
}


def situations() -> list[dict[str, str]]:
    path = Path(__file__).with_name("outcome_situations.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(row: Mapping[str, str]) -> tuple[list[Asked], list[Judged]]:
    """Read what a row asks and what it says was found."""
    asked, judged = [], []
    for column, (standard, gate, force) in COLUMNS.items():
        for letter, (found, seen_on) in zip(ascii_lowercase, findings(row[column]), strict=False):
            asked.append(Asked(standard + letter, gate, force))
            if found:
                judged.append(judgement(standard + letter, found, seen_on))
    return asked, judged


def findings(cell: str) -> Iterator[tuple[Judgement | None, date]]:
    """Read `2 met; 1 partly met seen 2026-01-01; 1 nothing`."""
    for piece in filter(None, cell.split("; ")):
        words, _, seen_on = piece.partition(" seen ")
        count, _, found = words.partition(" ")
        told = None if found == "nothing" else Judgement(found.replace(" ", "-"))
        for _ in range(int(count)):
            yield told, date.fromisoformat(seen_on) if seen_on else SEEN


def judgement(number: str, found: Judgement, seen_on: date) -> Judged:
    if found in NOT_LOOKED_AT:
        return Judged(number, found, None, None)
    return Judged(number, found, seen_on, EvidenceMethod.VISIT)


@pytest.mark.parametrize("row", situations(), ids=lambda row: row["situation"])
def test_what_follows_in_each_situation(row: dict[str, str]) -> None:
    asked, judged = read(row)

    found = site_outcome(asked, judged, RULE, DAY)

    assert found.outcome == row["outcome"]
    decided_by = [f"{one.number} {one.because}" for one in found.decided_by]
    assert decided_by == [one for one in row["decided_by"].split("; ") if one]
    assert str(found.valid_until or "") == row["holds_until"]
    assert (found.next_outcome or "") == row["then"]


def test_whoever_decided_is_told_with_what_was_found_and_in_the_order_of_the_standards() -> None:
    numbers = ("2.1aa", "2.1b", "1.10a", "1.9a")
    asked = [Asked(number, Gate.CRITICAL, Force.LAW) for number in numbers]
    judged = [judgement("1.9a", Judgement.PARTLY_MET, SEEN)]

    failing = site_outcome(asked, judged, RULE, DAY)
    unseen = site_outcome(asked, [], RULE, DAY)

    assert [(one.number, one.judgement) for one in failing.decided_by] == [("1.9a", "partly-met")]
    assert [(one.number, one.judgement) for one in unseen.decided_by] == [
        ("1.9a", None),
        ("1.10a", None),
        ("2.1b", None),
        ("2.1aa", None),
    ]


def test_what_is_judged_and_not_asked_is_passed_over() -> None:
    asked = [Asked("1.1a", Gate.CRITICAL, Force.LAW)]
    judged = [judgement("1.1a", Judgement.MET, SEEN), judgement("1.1b", Judgement.NOT_MET, SEEN)]

    assert site_outcome(asked, judged, RULE, DAY).outcome is Outcome.MEETS_STANDARDS


def test_figures_decide_and_a_gate_that_is_not_named_does_not_age() -> None:
    asked = [Asked("2.1a", Gate.MAJOR, Force.LAW), Asked("1.1a", Gate.CRITICAL, Force.LAW)]
    judged = [
        judgement("2.1a", Judgement.PARTLY_MET, date(2020, 1, 1)),
        judgement("1.1a", Judgement.MET, SEEN),
    ]

    strict = site_outcome(asked, judged, OutcomeRule(0, {}), DAY)
    lenient = site_outcome(asked, judged, OutcomeRule(1, {Gate.CRITICAL: 3}), DAY)

    assert (strict.outcome, strict.valid_until) == (Outcome.DOES_NOT_YET_MEET, None)
    assert (lenient.outcome, lenient.valid_until) == (Outcome.MEETS_WITH_ACTIONS, DAY)


@pytest.mark.parametrize(
    ("seen_on", "until"),
    [("2026-01-01", "2027-03-01"), ("2025-12-31", "2027-02-28"), ("2026-12-30", "2028-02-29")],
)
def test_months_end_with_the_month_where_it_is_shorter(seen_on: str, until: str) -> None:
    judged = judgement("1.1a", Judgement.MET, date.fromisoformat(seen_on))

    assert judged_until(judged, Gate.CRITICAL, RULE) == date.fromisoformat(until)


@pytest.mark.parametrize("found", sorted(NOT_LOOKED_AT))
def test_what_rests_on_a_reason_has_no_last_day(found: Judgement) -> None:
    assert judged_until(Judged("1.1a", found, SEEN, None), Gate.CRITICAL, RULE) is None


def test_a_finding_without_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match=r"1\.1a: met without a day"):
        judged_until(Judged("1.1a", Judgement.MET, None, None), Gate.MINOR, RULE)


def test_what_is_asked_or_judged_twice_is_refused() -> None:
    asked, judged = Asked("1.1a", Gate.MINOR, Force.LAW), judgement("1.1b", Judgement.MET, SEEN)

    with pytest.raises(ValueError, match=r"More than once: 1\.1a\."):
        site_outcome([asked, asked], [], RULE, DAY)
    with pytest.raises(ValueError, match=r"More than once: 1\.1b\."):
        site_outcome([asked], [judged, judged], RULE, DAY)


def test_a_provider_stands_as_the_worst_of_its_sites() -> None:
    assert provider_outcome([]) is Outcome.NOT_YET_ASSESSED
    for place, worst in enumerate(WORST_FIRST):
        assert provider_outcome([*reversed(WORST_FIRST[place:])]) is worst


# What holds of every situation -------------------------------------------------------------------

SHORT_RULE = OutcomeRule(1, {Gate.CRITICAL: 1, Gate.MAJOR: 2, Gate.MINOR: 3})
ASKED = [
    Asked(f"{part}.1{letter}", gate, force)
    for part, gate, force, count in (
        (1, Gate.CRITICAL, Force.LAW, 2),
        (2, Gate.MAJOR, Force.STANDARD, 3),
        (3, Gate.MINOR, Force.STANDARD, 1),
        (4, Gate.MAJOR, Force.GOOD_PRACTICE, 1),
    )
    for letter in ascii_lowercase[:count]
]
FOUND = st.tuples(
    # What is met leads to every outcome, so it comes oftenest.
    st.sampled_from([*Judgement, *3 * [Judgement.MET], None]),
    st.dates(DAY - timedelta(days=70), DAY),
)
SITUATIONS = st.lists(FOUND, min_size=len(ASKED), max_size=len(ASKED)).map(
    lambda found: [
        judgement(one.number, what, seen_on)
        for one, (what, seen_on) in zip(ASKED, found, strict=True)
        if what
    ]
)


@given(SITUATIONS)
@settings(max_examples=60)
def test_it_holds_until_the_day_it_says_and_the_day_after_is_what_it_says(
    judged: list[Judged],
) -> None:
    said = site_outcome(ASKED, judged, SHORT_RULE, DAY)
    # Nothing counts for longer than three months of those seen up to the day itself.
    days = [DAY + timedelta(days=n) for n in range(100)]
    by_day = {day: site_outcome(ASKED, judged, SHORT_RULE, day).outcome for day in days}

    changed = next((day for day in days if by_day[day] is not said.outcome), None)

    assert said.valid_until == (changed - timedelta(days=1) if changed else None)
    assert said.next_outcome == (by_day[changed] if changed else None)


@given(SITUATIONS, st.randoms(use_true_random=False))
def test_the_order_of_what_is_asked_and_judged_never_matters(
    judged: list[Judged], random: Random
) -> None:
    asked, shuffled = random.sample(ASKED, len(ASKED)), random.sample(judged, len(judged))

    assert site_outcome(asked, shuffled, SHORT_RULE, DAY) == site_outcome(
        ASKED, judged, SHORT_RULE, DAY
    )


@given(SITUATIONS, st.sampled_from(ASKED))
def test_seeing_one_more_criterion_met_never_makes_it_worse(
    judged: list[Judged], one: Asked
) -> None:
    before = site_outcome(ASKED, judged, SHORT_RULE, DAY)
    others = [each for each in judged if each.number != one.number]

    after = site_outcome(
        ASKED, [*others, judgement(one.number, Judgement.MET, DAY)], SHORT_RULE, DAY
    )

    assert WORST_FIRST.index(after.outcome) >= WORST_FIRST.index(before.outcome)
    assert one.number not in {each.number for each in after.decided_by}


@given(SITUATIONS, st.sampled_from([one for one in ASKED if one.gate is Gate.MINOR]))
def test_a_minor_criterion_below_met_never_changes_it(judged: list[Judged], one: Asked) -> None:
    others = [each for each in judged if each.number != one.number]
    met = judgement(one.number, Judgement.MET, DAY)

    assert site_outcome(ASKED, [*others, met], SHORT_RULE, DAY) == site_outcome(
        ASKED, [*others, replace(met, judgement=Judgement.NOT_MET)], SHORT_RULE, DAY
    )
