"""Who may take which part: a table of each tie, and of all of them together."""

from dataclasses import fields, replace
from itertools import product

import pytest

from app.inspections.independence import Part, Taking, Why, why_not

UNINVOLVED = Taking(
    is_person=True,
    inspected=False,
    checked=False,
    has_stake=False,
    declared_interest=False,
    of_body=True,
    sole_commissioner=False,
    others_judge=False,
)
ALL, NONE = tuple(Part), ()
TIES = {
    # what is true of them: the parts it bars, and the reason told
    ("nothing",): (NONE, None),
    ("is_person",): (ALL, Why.NOT_A_PERSON),
    ("of_body",): (ALL, Why.NOT_OF_BODY),
    ("has_stake",): (ALL, Why.HAS_STAKE),
    ("declared_interest",): (ALL, Why.DECLARED_INTEREST),
    ("inspected",): ((Part.CHECK, Part.DECIDE_APPEAL), Why.INSPECTED),
    ("checked",): ((Part.INSPECT, Part.DECIDE_APPEAL), Why.CHECKED),
    ("sole_commissioner",): ((Part.CHECK, Part.DECIDE_APPEAL), Why.ONLY_COMMISSIONER),
    ("sole_commissioner", "others_judge"): ((Part.DECIDE_APPEAL,), Why.ONLY_COMMISSIONER),
    ("others_judge",): (NONE, None),
}


def tied(names: tuple[str, ...]) -> Taking:
    """Return somebody uninvolved but for these, each turned to its other value."""
    turned = {name: not getattr(UNINVOLVED, name) for name in names if name != "nothing"}
    return replace(UNINVOLVED, **turned)


@pytest.mark.parametrize("part", Part)
@pytest.mark.parametrize("names", TIES, ids=" and ".join)
def test_each_tie_bars_its_parts_and_no_other(names: tuple[str, ...], part: Part) -> None:
    barred, why = TIES[names]

    assert why_not(part, tied(names)) is (why if part in barred else None)


@pytest.mark.parametrize("part", Part)
def test_together_ties_bar_what_any_of_them_bars_and_the_first_is_told(part: Part) -> None:
    names = [one.name for one in fields(Taking)]
    for values in product((False, True), repeat=len(names)):
        taking = Taking(**dict(zip(names, values, strict=True)))
        turned = {name for name in names if getattr(taking, name) != getattr(UNINVOLVED, name)}
        alone = {("sole_commissioner",)} if taking.others_judge else set()

        reasons = {
            why
            for ties, (barred, why) in TIES.items()
            if turned.issuperset(ties) and ties not in alone and part in barred
        }

        assert why_not(part, taking) is next((why for why in Why if why in reasons), None)
