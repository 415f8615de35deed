"""Published inspections as pages, from plain to hostile."""

from typing import Any

from app.inspections.schemas.published import PublishedInspection
from app.pages.public.published_inspection_view import (
    PublishedInspectionView,
    build_published_inspection,
)
from tests.pages.answers import HOSTILE

MOMENT = "2026-09-02T10:00:00Z"


def make_published(words: str = "Two files lacked a date.", **changes: Any) -> PublishedInspection:
    """Return a published inspection in which something happened to everything."""
    found: dict[str, Any] = {"judgement": "partly-met", "finding": words, "method": "visit"}
    found |= {"seen_on": "2026-09-01", "carried": True}
    bare: dict[str, Any] = {"judgement": "not-assessed", "finding": words, "method": None}
    bare |= {"seen_on": None, "carried": False}
    outcome = {"outcome": "does-not-yet-meet", "valid_until": None, "next_outcome": None}
    why = {"criterion": "2.1b", "judgement": "partly-met", "because": "critical-below-met"}
    site = {"outcome": outcome | {"decided_by": [why]}, "criteria": {"2.1b": found, "4.4c": bare}}
    document: dict[str, Any] = {
        "reference": "QA000017K",
        "kind": "themed",
        "planned_on": "2026-09-01",
    }
    document |= {"sent_on": "2026-09-01", "published_on": "2026-09-02", "provider": "AP000001U"}
    document |= {"body": words, "standards": "working-set-1", "criteria": ["2.1b", "4.4c"]}
    version = {"version": 1, "published_at": MOMENT, "sha256": "00", "correction": None}
    gone = version | {"taken_out": words}
    appeal = {"of_version": 1, "state": "decided", "appealed_at": MOMENT, "due_on": "2026-10-01"}
    appeal |= {"due_rule": words, "decision": "partly", "reason": words, "decided_at": MOMENT}
    waiting = appeal | {"state": "open", "decision": None, "reason": None, "decided_at": None}
    revisit = {"state": "open", "asked_at": MOMENT, "place": 3}
    action = {"role": words, "due_on": "2026-10-01", "state": "overdue", "verified_at": None}
    withheld = {"because": "child-recognisable", "version": 1, "withheld_at": MOMENT}
    return PublishedInspection.model_validate(
        {
            "version": 2,
            "published_at": MOMENT,
            "sha256": "00",
            "corrected_by": 3,
            "pending": ["appeal-open", "revisit-asked"],
            "document": document | {"sites": {"1": site}},
            "replies": {"1": {"2.1b": {"reply": words, "version": 1, "signed_at": MOMENT}}},
            "withheld_replies": {"1": {"4.4c": withheld}},
            "actions": {"1": {"2.1b": action}},
            "appeals": [appeal, waiting],
            "revisits": [revisit, revisit | {"state": "planned", "place": None}],
            "versions": [gone, gone | {"version": 2, "correction": words, "taken_out": None}],
        }
        | changes
    )


def published_view(*, hostile: bool = False) -> PublishedInspectionView:
    """Return the page of a published inspection, or of one full of hostile words."""
    found = make_published(HOSTILE) if hostile else make_published()
    return build_published_inspection(found, demonstration=True)


def quiet_view() -> PublishedInspectionView:
    """Return the page of one to which nothing happened since."""
    nothing: dict[str, Any] = {"corrected_by": None, "pending": [], "replies": {}, "actions": {}}
    nothing |= {"appeals": [], "revisits": [], "withheld_replies": {}}
    versions = [one.model_dump() for one in make_published().versions[1:]]
    return build_published_inspection(
        make_published(**nothing, versions=versions), demonstration=False
    )
