"""What holds of every rule: where it stands, what it rests on, and on which days."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.rules.catalogue import RULES, Subject
from app.rules.dated import NotInForceError
from app.rules.stated import Provenance, Rule, RuleBasis, in_force
from tests.rules.test_dated import ACT

EVERY = [rule for rules in RULES.values() for rule in rules]
DAY = date(2026, 11, 30)


def example(since: date | None, until: date | None = None) -> Rule:
    return Rule("example", "An example.", ACT, RuleBasis.STATUTE, Provenance.SEEN, since, until)


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: f"{rule.code}-{rule.since}")
def test_every_rule_says_what_it_asks_where_it_stands_and_what_it_rests_on(rule: Rule) -> None:
    cited = rule.citation
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.code)
    assert rule.says.endswith(".")
    assert cited.source
    assert cited.provision
    assert cited.url.startswith(("https://www.legislation.gov.uk/", "https://www.gov.uk/"))
    assert cited.binding == ("legislation" in cited.url)
    assert rule.basis is not RuleBasis.STATUTE or cited.binding
    assert rule.basis is not RuleBasis.STATUTORY_GUIDANCE or not cited.binding


def test_versions_of_a_rule_follow_one_another_without_gap_or_overlap() -> None:
    several = {rule.code: [one for one in EVERY if one.code == rule.code] for rule in EVERY}

    changed = {code: versions for code, versions in several.items() if len(versions) > 1}
    assert changed.keys() == {"off-site-reviews", "exclusion-money"}
    for versions in changed.values():
        for earlier, later in pairwise(versions):
            assert earlier.until is not None
            assert earlier.until + timedelta(days=1) == later.since


def test_what_is_to_come_is_off_and_nothing_else_is() -> None:
    off = {rule.code for rule in EVERY if rule.since is None}

    assert off == {rule.code for rule in RULES[Subject.COMING]} | {"registration-test-2026"}


def test_no_rule_stands_under_two_subjects() -> None:
    assert len(EVERY) == len({(rule.code, rule.since) for rule in EVERY})


@pytest.mark.parametrize(
    ("rule", "day", "holds"),
    [
        pytest.param(example(None), DAY, False, id="no-day-set"),
        pytest.param(example(DAY), DAY, True, id="its-first-day"),
        pytest.param(example(DAY), DAY - timedelta(days=1), False, id="the-day-before"),
        pytest.param(example(DAY, DAY), DAY, True, id="its-last-day"),
        pytest.param(example(DAY, DAY), DAY + timedelta(days=1), False, id="the-day-after"),
    ],
)
def test_a_rule_holds_from_its_first_day_to_its_last(rule: Rule, day: date, holds: bool) -> None:
    assert rule.holds_on(day) is holds
    if holds:
        assert in_force([rule], day) is rule
    else:
        with pytest.raises(NotInForceError, match=day.isoformat()):
            in_force([rule], day)
