from datetime import date
from enum import StrEnum
from typing import Any

import pytest

from app.inspections.outcome import Because
from app.inspections.terms import InspectionKind, Outcome, Pending
from app.pages import inspection_wording
from app.pages.public.ahead_view import build_ahead
from app.pages.public.inspection_view import (
    build_inspection_facts,
    build_inspection_links,
    build_inspection_notes,
    build_outcome,
    write_seen,
)
from app.pages.public.result_view import build_result
from tests.pages.answers import make_inspection, make_item, make_record, make_site


def facts(**changes: Any) -> dict[str, tuple[str, ...]]:
    site = make_site(inspection=make_inspection(**changes))
    return {fact.label: fact.values for fact in build_inspection_facts(site)}


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (inspection_wording.OUTCOMES, Outcome),
        (inspection_wording.BECAUSE, Because),
        (inspection_wording.KINDS, InspectionKind),
        (inspection_wording.PENDING, Pending),
    ],
)
def test_every_code_has_words(words: dict[str, Any], codes: type[StrEnum]) -> None:
    assert set(words) == set(codes)


def test_an_outcome_says_what_it_means_and_what_it_does_not() -> None:
    for code in Outcome:
        view = build_outcome(code)
        assert view is not None
        assert view.meaning
        assert "not" in view.caution or "Ask" in view.caution
    assert build_outcome(None) is None
    assert "before you rely on it" in inspection_wording.outcome_words("quite-new").caution


def test_a_site_tells_what_decided_how_old_it_is_until_when_it_holds_and_what_is_next() -> None:
    decided = [
        {"criterion": number, "judgement": "partly-met", "because": because}
        for number, because in (
            ("3.6a", "too-many-major-partly-met"),
            ("1.1a", "critical-below-met"),
            ("4.1a", "too-many-major-partly-met"),
        )
    ]

    assert facts(decided_by=decided) == {
        "Outcome of inspections": ("Meets the standards with actions, since 20 September 2026",),
        "What decided it": (
            "Critical, and partly met or not met: 1.1a",
            "Major, and too many of them only partly met: 3.6a and 4.1a",
        ),
        "Evidence seen": ("Between 1 June 2026 and 31 August 2026",),
        "Holds by itself until": (
            "31 October 2027; then: not yet assessed, unless it is seen again",
        ),
        "Next visit due by": ("31 August 2027 (yearly visit)",),
        "Latest inspection": (
            "QA000001H, a first visit after listing, published on 20 September 2026",
        ),
    }


def test_a_site_never_inspected_says_so_and_leads_nowhere() -> None:
    never = make_inspection(
        outcome="not-yet-assessed",
        valid_until=None,
        next=None,
        decided_by=[],
        seen=None,
        due=None,
        latest=None,
    )
    told = facts(**never)

    assert told["Latest inspection"] == ("No inspection of this site is published.",)
    assert told["Evidence seen"] == told["Next visit due by"] == ("",)
    assert build_inspection_links("AP000001Z", make_site(inspection=never)) == ()
    unsaid = make_site(inspection=None)
    assert build_inspection_facts(unsaid) == ()
    assert build_inspection_notes(unsaid) == ()
    assert build_inspection_links("AP000001Z", unsaid) == ()


def test_what_is_open_is_told_and_a_correction_named() -> None:
    latest = make_inspection()["latest"] | {"version": 2}
    site = make_site(inspection=make_inspection(pending=["appeal-open"], latest=latest))

    said, still_open = build_inspection_notes(site)
    assert said.startswith("Meets the standards with actions: everything critical")
    assert still_open == "The provider has appealed against what was found."
    assert facts(latest=latest)["Latest inspection"][0].endswith("in its version 2")
    (link,) = build_inspection_links("AP000001Z", site)
    assert link.href == "/providers/AP000001Z/inspections/QA000001H"


def test_the_day_on_which_an_outcome_ends_by_itself_is_told_ahead() -> None:
    record = make_record(sites=[make_site(inspection=make_inspection())])
    ahead = build_ahead(record, date(2026, 11, 1))

    assert [(fact.label, fact.values) for fact in ahead] == [
        (
            "From 1 November 2027",
            ("Inspections of Main site: not yet assessed, unless it is seen again before.",),
        )
    ]


def test_evidence_seen_on_one_day_names_it_once() -> None:
    assert write_seen({"from": "2026-06-01", "to": "2026-06-01"}) == "On 1 June 2026"
    assert write_seen(None) == ""


def test_an_entry_of_the_list_says_what_follows_and_how_old_it_is() -> None:
    seen = {"from": "2026-06-01", "to": "2026-08-31"}
    told = {}
    for given in (seen, None):
        result = build_result(make_item(outcome="meets-with-actions", seen=given))
        told[bool(given)] = {fact.label: fact.values for fact in result.facts}["Inspections"]

    label = "Meets the standards with actions"
    assert told[False] == (label,)
    assert told[True] == (f"{label}; evidence seen between 1 June 2026 and 31 August 2026",)
