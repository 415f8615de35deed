"""Holds the status of a placement to the situations of `safeguarding.md`."""

from dataclasses import replace
from datetime import date, timedelta

from app.rules.funding.rows import Route
from app.rules.registration.facts import Delivery
from app.rules.safeguarding.law import ITEM, ITEMS, STATUS, ItemForce
from app.rules.safeguarding.standing import ItemStanding, Kept, SafetyFacts, stands_on
from tests.rules.situations.reading import Row, situations

DAY = date(2026, 11, 30)
DONE = Kept(DAY - timedelta(days=30))


def facts_of(said: str) -> SafetyFacts:
    """Read the facts of a row: words that stand for members."""
    words = said.split()
    facts = SafetyFacts()
    if "urgent" in words:
        facts = replace(facts, urgent_by=DAY + timedelta(days=int(words[-1])))
    if "directed" in words:
        facts = replace(facts, route=Route.OFF_SITE_DIRECTION)
    if "lone" in words:
        facts = replace(facts, delivery=Delivery.LONE_TUTOR)
    if "online" in words:
        facts = replace(facts, delivery=Delivery.ONLINE)
    return replace(
        facts,
        transported="transported" in words,
        plan_or_care="plan_or_care" in words,
        by_authority="by_authority" in words,
        concern_arose="concern_arose" in words,
        grave_concern="grave_concern" in words,
        suspended="suspended" in words,
    )


def kept_of(said: str) -> dict[str, Kept]:
    """Read what is held of items; those that a row does not name are done."""
    kept = dict.fromkeys(ITEM, DONE)
    for one in filter(None, said.split(", ")):
        number, how = one.split()
        if how == "missing":
            kept[number] = Kept()
        elif how == "later":
            kept[number] = Kept(DAY + timedelta(days=1))
        else:
            kept[number] = replace(DONE, next_due=DAY + timedelta(days=int(how)))
    return kept


@situations("safeguarding.md", "Status")
def test_status(row: Row) -> None:
    found = stands_on(facts_of(row["Facts"]), kept_of(row["Items"]), DAY)

    assert found.status == row["Status"]
    codes = {one.rule.code: number for number, one in ITEM.items()}
    told = ["status" if one.rule is STATUS else codes[one.rule.code] for one in found.reasons]
    assert ", ".join(told) == row["Told of"]
    if told:
        assert row["Citation"] in {one.rule.citation.source for one in found.reasons}


def test_nothing_held_is_red_and_says_what_is_missing() -> None:
    found = stands_on(SafetyFacts(), {}, DAY)

    assert found.status == "red"
    missing = [number for number, one in found.items.items() if one is ItemStanding.MISSING]
    assert missing == [
        one.number for one in ITEMS if one.number not in {"SG6", "SG13", "SG16", "SG17", "SG22"}
    ]


def test_the_list_is_whole_and_what_must_be_done_rests_on_statute() -> None:
    assert list(ITEM) == [f"SG{number}" for number in range(1, 23)]
    musts = {one.number for one in ITEMS if one.force is ItemForce.MUST}
    assert musts == {"SG7", "SG8", "SG9", "SG17"}
    assert all(one.whose for one in ITEMS)
