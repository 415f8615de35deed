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
        "address": {
            "lines": ["1 Example Lane"],
            "town": "Leeds",
            "postcode": "LS1 4DY",
            "postcode_district": "LS1",
        },
        "local_authority": {"la_code": "383", "name": "Leeds"},
        "location": None,
        "opened_on": "2024-09-01",
        "closed_on": None,
        "offers": [make_offer()],
    }
    return site | changes


def make_offer(**changes: Any) -> dict[str, Any]:
    """Return one thing a site offers."""
    offer = {
        "programme": "Blacksmithing",
        "ages": {"from": 14, "to": 16},
        "key_stages": [4],
        "needs": ["SEMH"],
        "hours_per_week": 7.5,
    }
    return offer | changes


def make_record(**changes: Any) -> dict[str, Any]:
    """Return a provider's public record."""
    record = {
        "number": "AP000001Z",
        "name": "Example Forge",
        "other_names": [{"name": "Old Example Forge", "kind": "former", "until": "2025-01-31"}],
        "identifiers": [{"scheme": "companies-house", "value": "01234567"}],
        "status": {"code": "listed", "since": "2026-03-03"},
        "sites": [make_site()],
        "register": {"entry": 12, "recorded_at": RECORDED_AT},
        "links": {"self": "/v1/providers/AP000001Z"},
    }
    return record | changes
