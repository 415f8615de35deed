"""Answers of the register as the pages get them, with names nobody could mistake for real ones."""

from typing import Any

HOSTILE = "<script>alert(\"x\")</script> & 'Sons' " + "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" * 8
RECORDED_AT = "2026-11-23T23:15:04.123456Z"


def make_item(**changes: Any) -> dict[str, Any]:
    """Return one provider found; `changes` are of the provider's summary."""
    provider = {
        "number": "AP000001Z",
        "name": "Example Forge",
        "other_names": ["Example Land Skills"],
        "status": {"code": "listed", "since": "2026-03-03"},
        "evidence": "current",
        "outcome": None,
        "seen": None,
        "local_authorities": [{"la_code": "383", "name": "Leeds"}],
        "towns": ["Leeds"],
        "programmes": ["Blacksmithing"],
        "ages": {"from": 11, "to": 16},
        "key_stages": [3, 4],
        "needs": ["SEMH", "ASD"],
        "site_count": 1,
        "links": {"self": "/v1/providers/AP000001Z"},
    }
    return {
        "provider": provider | changes,
        "distance_metres": 3862,
        "site": {
            "reference": 1,
            "name": "Main site",
            "kind": "fixed",
            "town": "Leeds",
            "postcode": "LS1 4DY",
            "local_authority": {"la_code": "383", "name": "Leeds"},
            "status": {"code": "listed", "since": "2026-03-03"},
            "outcome": None,
            "seen": None,
            "location": {"latitude": 53.79648, "longitude": -1.54785},
        },
        "matched": ["name", "near"],
    }


def make_answer(*items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return the answer to a search."""
    answer = {
        "items": list(items),
        "links": {"self": "/v1/providers", "next": None},
        "register": {
            "entry": 5012,
            "recorded_at": RECORDED_AT,
            "moved_since_first_page": False,
        },
        "near": None,
        "corrections": {},
        "total": len(items),
    }
    return answer | changes


def make_site(**changes: Any) -> dict[str, Any]:
    """Return a site of a provider's record."""
    site = {
        "reference": 1,
        "name": "Main site",
        "kind": "farm-or-outdoor",
        "run_by": None,
        "address": {
            "lines": ["1 Example Lane"],
            "town": "Leeds",
            "postcode": "LS1 4DY",
            "postcode_district": "LS1",
        },
        "local_authority": {"la_code": "383", "name": "Leeds"},
        "location": None,
        "opened_on": "2024-09-01",
        "closes_on": None,
        "closed_on": None,
        "listing": make_listing(),
        "evidence": make_evidence(),
        "inspection": None,
        "offers": [make_offer()],
    }
    return site | changes


def make_listing(**changes: Any) -> dict[str, Any]:
    """Return a site's listing."""
    listing = {
        "status": "listed",
        "since": "2026-03-03",
        "reason": "assessment",
        "announced": None,
        "listed_on": "2026-03-03",
        "basis": "application",
        "scope": {
            "ages": {"from": 14, "to": 16},
            "key_stages": [4],
            "needs": ["SEMH"],
            "programmes": ["Blacksmithing"],
        },
        "seen_on": "2026-02-20",
        "seen_how": "visit",
        "standards": "working-set-1",
        "decided_by": {"la_code": "383", "name": "Leeds"},
        "review_due_on": "2027-03-03",
    }
    return listing | changes


def make_evidence(**changes: Any) -> dict[str, Any]:
    """Return what is said of evidence."""
    return {"status": "current", "since": None, "grace_until": None} | changes


def make_inspection(**changes: Any) -> dict[str, Any]:
    """Return where a site stands by its inspections."""
    inspection = {
        "outcome": "meets-with-actions",
        "since": "2026-09-20",
        "valid_until": "2027-10-31",
        "next": "not-yet-assessed",
        "decided_by": [
            {"criterion": "3.6a", "judgement": "partly-met", "because": "major-partly-met"}
        ],
        "seen": {"from": "2026-06-01", "to": "2026-08-31"},
        "due": {"kind": "annual", "on": "2027-08-31"},
        "latest": {
            "reference": "QA000001H",
            "kind": "monitoring",
            "published_on": "2026-09-20",
            "version": 1,
            "sha256": "00" * 32,
        },
        "pending": [],
    }
    return inspection | changes


def make_offer(**changes: Any) -> dict[str, Any]:
    """Return one thing a site offers."""
    offer = {
        "programme": "Blacksmithing",
        "ages": {"from": 14, "to": 16},
        "key_stages": [4],
        "needs": ["SEMH"],
        "sessions": [{"day": day, "from": "09:30", "to": "12:00"} for day in (1, 3)],
        "hours_per_week": 7.5,
        "group": {"from": 2, "to": 4},
        "prices": {"hour": 4_550, "half_day": None, "day": 20_000, "week": None},
        "availability": {"band": "soon", "confirmed_on": "2026-11-02"},
        "ends_on": None,
    }
    return offer | changes


def make_record(**changes: Any) -> dict[str, Any]:
    """Return a provider's public record."""
    record = {
        "number": "AP000001Z",
        "name": "Example Forge",
        "other_names": [{"name": "Old Example Forge", "kind": "former", "until": "2025-01-31"}],
        "identifiers": [
            {"scheme": "companies-house", "value": "01234567", "verified_on": "2026-02-02"}
        ],
        "status": {"code": "listed", "since": "2026-03-03"},
        "evidence": make_evidence(),
        "outcome": None,
        "confirmed_on": "2026-02-01",
        "contact": None,
        "predecessors": [],
        "successors": [],
        "merged_into": None,
        "valid_until": None,
        "next": None,
        "sites": [make_site()],
        "register": {"entry": 12, "recorded_at": RECORDED_AT},
        "links": {"self": "/v1/providers/AP000001Z"},
    }
    return record | changes
