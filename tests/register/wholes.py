"""Providers as they are read whole, made up without a database, with a secret wherever one fits."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from app.inspections.models.outcomes import HeldOutcome
from app.providers.models.listings import Listing
from app.providers.models.providers import Provider, ProviderIdentifier, ProviderName
from app.providers.models.sites import Offer, Site
from app.providers.standing import Picture
from app.register.queries.records import WholeProvider

SECRET = "not for the public"
SITE_ID, LISTING_ID, IDENTIFIER_ID, VERSION_ID = (uuid.UUID(int=n) for n in range(1, 5))
TODAY = date(2026, 10, 1)
NEVER_INSPECTED: dict[str, Any] = {
    "outcome": "not-yet-assessed",
    "since": "2026-09-01",
    "valid_until": None,
    "next": None,
    "decided_by": [],
    "seen": None,
    "due": {"kind": "monitoring", "on": "2027-03-01"},
    "latest": None,
    "pending": [],
}
"""What a record says of a site that was listed on 1 September 2026, and never inspected."""


def row(model: Any, **said: Any) -> SimpleNamespace:
    """A row of a table in which whatever is not said is a secret."""
    return SimpleNamespace(**dict.fromkeys(model.__table__.columns.keys(), SECRET) | said)


def make_name(name: str, kind: str, **said: Any) -> SimpleNamespace:
    return row(
        ProviderName, **{"name": name, "kind": kind, "until": None, "withdrawn_at": None} | said
    )


def make_identifier(scheme: str, value: str, **said: Any) -> SimpleNamespace:
    stated = {"id": IDENTIFIER_ID, "scheme": scheme, "value": value, "withdrawn_at": None}
    return row(ProviderIdentifier, **stated | said)


def make_site(**said: Any) -> SimpleNamespace:
    stated: dict[str, Any] = {
        "id": SITE_ID,
        "reference": 1,
        "name": "Example Yard",
        "kind": "workshop",
        "address_lines": ["1 Example Street"],
        "town": "Coventry",
        "postcode": "CV1 2WT",
        "la_code": "331",
        "easting": 433_000,
        "northing": 279_000,
        "location_precision": "postcode",
        "opened_on": date(2020, 1, 2),
        "closed_on": None,
        "someones_home": False,
        "run_by": None,
    }
    return row(Site, **stated | said)


def make_offer(**said: Any) -> SimpleNamespace:
    stated: dict[str, Any] = {
        "programme": "Tuition",
        "age_from": 11,
        "age_to": 16,
        "key_stages": [4, 3],
        "needs": ["SEMH", "ASD"],
        "hours_per_week": Decimal("12.5"),
        "sessions": [{"day": 1, "from": "09:30", "to": "12:00", "note": SECRET}],
        "group_from": 1,
        "group_to": 4,
        "price_hour_pence": 4_500,
        "price_half_day_pence": None,
        "price_day_pence": None,
        "price_week_pence": None,
        "availability": "soon",
        "availability_confirmed_on": date(2026, 9, 20),
        "ended_on": None,
    }
    return row(Offer, **stated | said)


def make_listing(**said: Any) -> SimpleNamespace:
    stated: dict[str, Any] = {
        "id": LISTING_ID,
        "site_id": SITE_ID,
        "la_code": "937",
        "basis": "application",
        "state": "listed",
        "state_since": date(2026, 9, 1),
        "next_state": None,
        "next_on": None,
        "listed_on": date(2026, 9, 1),
        "standards_version_id": VERSION_ID,
        "age_from": 11,
        "age_to": 16,
        "key_stages": [4, 3],
        "needs": ["SEMH"],
        "programmes": ["Tuition"],
        "seen_on": date(2026, 8, 20),
        "seen_how": "visit",
        "review_due_on": date(2027, 9, 1),
    }
    return row(Listing, **stated | said)


def make_outcome(**said: Any) -> SimpleNamespace:
    """Where a site stands by its inspections, and the newest of them."""
    stated: dict[str, Any] = {
        "outcome": "does-not-yet-meet",
        "since": date(2026, 9, 20),
        "valid_until": date(2027, 10, 31),
        "next_outcome": "not-yet-assessed",
        "decided_by": [
            {
                "criterion": "3.4a",
                "judgement": "not-met",
                "because": "critical-below-met",
                "note": SECRET,
            }
        ],
        "seen_from": date(2026, 6, 1),
        "seen_to": date(2026, 8, 31),
        "due_kind": "annual",
        "due_on": date(2027, 8, 31),
        "changes_on": date(2027, 8, 2),
        "reference": "QA000001W",
        "inspection_kind": "entry-visit",
        "version": 2,
        "published_at": datetime(2026, 9, 20, 23, 30, tzinfo=UTC),
        "sha256": bytes(range(32)),
    }
    return row(HeldOutcome, **stated | said)


def make_document(until: date | None, kind: str = "fire", **said: Any) -> SimpleNamespace:
    return SimpleNamespace(
        **{"site_id": None, "kind": kind, "current_until": until, "gone_on": None} | said
    )


def picture(*listings: SimpleNamespace, **said: Any) -> Picture:
    stated: dict[str, Any] = {"critical": [frozenset({"fire"})], "grace_days": 28}
    return Picture(listings=listings or (make_listing(),), **stated | said)


def whole(**said: Any) -> WholeProvider:
    stated: dict[str, Any] = {
        "provider": row(
            Provider,
            number="AP000001U",
            name="Example Forge",
            status="listed",
            status_since=date(2026, 9, 1),
            website="https://example.org",
            public_email=None,
            public_phone=None,
        ),
        "names": [make_name("Old", "former", until=date(2026, 1, 1))],
        "identifiers": [make_identifier("ukprn", "10000001")],
        "verified_on": {IDENTIFIER_ID: date(2026, 8, 1)},
        "confirmed_on": date(2026, 8, 31),
        "consents": True,
        "predecessors": ["AP000003Q"],
        "successors": [],
        "merged_into": None,
        "picture": picture(),
        "moves": {LISTING_ID: {("listed", date(2026, 9, 1)): "assessment"}},
        "standards": {VERSION_ID: "working-set-1"},
        "outcomes": {},
        "pending": {},
        "sites": [make_site()],
        "offers": {SITE_ID: [make_offer()]},
        "published": None,
    }
    return WholeProvider(**stated | said)
