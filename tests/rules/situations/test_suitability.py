"""Holds the steps of an assessment to the situations of `suitability.md`."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from app.rules.funding.facts import PlacementPurpose, SchoolKind, Situation
from app.rules.funding.rows import Party, Route
from app.rules.registration.limbs import Light
from app.rules.site_checks import SiteCheckKind
from app.rules.suitability.facts import (
    Alternatives,
    Facts,
    Match,
    Money,
    Plan,
    Risk,
    Setting,
    Voices,
)
from app.rules.suitability.judging import judge, stands_against
from app.rules.suitability.law import LITTLE_AT_STAKE
from app.rules.suitability.steps import Consent, Step, Told
from tests.rules.situations.reading import Row, situations

COMPLETE = Facts(
    route=Route.SCHOOL_ARRANGED,
    by_school=True,
    starts_on=date(2026, 12, 7),
    situation=Situation(
        on_roll=True, school_kind=SchoolKind.MAINTAINED, purpose=PlacementPurpose.ENGAGEMENT
    ),
    alternatives=Alternatives(tried=2, considered=True),
    voices=Voices(child=True, parent=True, consent=Consent.GIVEN),
    told=frozenset({Told.LOCAL_AUTHORITY}),
    options=2,
    setting=Setting(
        checked=frozenset(
            {
                SiteCheckKind.STAFF_CHECKS,
                SiteCheckKind.INSURANCE,
                SiteCheckKind.SAFEGUARDING_POLICY,
                SiteCheckKind.VISIT,
            }
        ),
        light=Light.GREEN,
    ),
    match=Match(needs=1, english=True, mathematics=True, full_time=True),
    risk=Risk(weighed=1, we_agree=True, provider_agrees=True),
    plan=Plan(
        objectives=1, ends_on=date(2027, 2, 12), first_review_on=date(2027, 1, 22), steps_back=1
    ),
    money=Money(payer=Party.SCHOOL, priced=True, travel_and_meals=True, value=True),
    minutes_a_week=240,
)
LIGHTER = replace(
    COMPLETE,
    options=1,
    alternatives=Alternatives(tried=1),
    plan=replace(COMPLETE.plan or Plan(), ends_on=date(2027, 1, 17)),
    money=Money(payer=Party.SCHOOL, priced=True, travel_and_meals=True),
    assessed_before_on=date(2026, 9, 1),
)
EASED = {"alternatives.other-ways", "shortlist.second-option", "money.value"}


def differing(facts: Facts, told: str) -> Facts:
    """Return facts that differ from others in what a cell of a table says."""
    for change in filter(None, (one.strip() for one in told.split(";"))):
        path, value = change.split("=")
        facts = _set(facts, path.split("."), value)
    return facts


def _set(held: Any, path: list[str], value: str) -> Any:
    name, *rest = path
    if rest:
        return replace(held, **{name: _set(getattr(held, name), rest, value)})
    assert name in {one.name for one in fields(held)}
    return replace(held, **{name: _read(get_type_hints(type(held))[name], value)})


def _read(kind: Any, value: str) -> Any:
    if value == "none":
        return None
    kinds = [one for one in get_args(kind) if one is not type(None)]
    if isinstance(kind, UnionType):
        return _read(kinds[0], value)
    if get_origin(kind) is frozenset:
        return frozenset(kinds[0](one.strip()) for one in value.split(",") if one.strip())
    assert not is_dataclass(kind)
    if kind is bool:
        return {"yes": True, "no": False}[value]
    return date.fromisoformat(value) if kind is date else kind(value)


@situations("suitability.md", "Steps")
def test_steps(row: Row) -> None:
    judged = judge(differing(COMPLETE, row["Differs"]))

    found = judged.everything
    assert (", ".join(one.code for one in found) or "nothing") == row["Found"]
    assert judged.eased is None
    if not found:
        assert judged.next is Step.DECISION
        return
    assert judged.next is found[0].step
    assert {one.kind.value for one in found} == {row["Kind"]}
    assert row["Citation"] in {str(one.reason.rule.citation) for one in found}
    kept = stands_against(judged, [one.code for one in found])
    assert (kept == ()) is (row["Overridden"] == "yes")
    assert stands_against(judged, ["another.matter"]) == found


@situations("suitability.md", "Little at stake")
def test_little_at_stake(row: Row) -> None:
    judged = judge(differing(LIGHTER, row["Differs"]))

    eased = row["Eased"] == "yes"
    assert (judged.eased is not None) is eased
    assert {one.code for one in judged.everything}.isdisjoint(EASED) is eased
    if judged.eased is not None:
        assert judged.eased.rule is LITTLE_AT_STAKE
        assert row["Citation"] == str(judged.eased.rule.citation)
        assert judged.everything == ()


def test_every_step_but_the_decision_is_judged_in_its_order() -> None:
    assert [*judge(COMPLETE).found, Step.DECISION] == list(Step)
