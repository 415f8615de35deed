"""The allow-list, without a database: rows hold a secret in every column that nobody named."""

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.ledger.canonical import canonical
from app.providers.terms import ADDRESS_NOT_PUBLIC
from app.register.composing import compose
from app.values.site_kind import SiteKind
from tests.register.wholes import (
    SECRET,
    SITE_ID,
    TODAY,
    make_document,
    make_identifier,
    make_listing,
    make_name,
    make_offer,
    make_outcome,
    make_site,
    picture,
    whole,
)


def test_a_record_holds_these_fields_and_no_others() -> None:
    held = whole(outcomes={SITE_ID: make_outcome()}, pending={SITE_ID: ["appeal-open"]})

    assert compose(held, TODAY) == {
        "number": "AP000001U",
        "name": "Example Forge",
        "other_names": [{"name": "Old", "kind": "former", "until": "2026-01-01"}],
        "identifiers": [{"scheme": "ukprn", "value": "10000001", "verified_on": "2026-08-01"}],
        "status": {"code": "listed", "since": "2026-09-01"},
        "evidence": {"status": "none-held", "since": None, "grace_until": None},
        "outcome": "does-not-yet-meet",
        "confirmed_on": "2026-08-31",
        "contact": {"website": "https://example.org", "email": None, "phone": None},
        "predecessors": ["AP000003Q"],
        "successors": [],
        "merged_into": None,
        "valid_until": "2027-08-01",
        "next": {
            "on": "2027-08-02",
            "status": "listed",
            "evidence": "none-held",
            "outcome": "does-not-yet-meet",
            "sites": [],
        },
        "sites": [
            {
                "reference": 1,
                "name": "Example Yard",
                "kind": "workshop",
                "run_by": None,
                "address": {
                    "lines": ["1 Example Street"],
                    "town": "Coventry",
                    "postcode": "CV1 2WT",
                    "postcode_district": "CV1",
                },
                "la_code": "331",
                "location": {"easting": 433_000, "northing": 279_000, "precision": "postcode"},
                "opened_on": "2020-01-02",
                "closes_on": None,
                "closed_on": None,
                "listing": {
                    "status": "listed",
                    "since": "2026-09-01",
                    "reason": "assessment",
                    "announced": None,
                    "listed_on": "2026-09-01",
                    "basis": "application",
                    "scope": {
                        "ages": {"from": 11, "to": 16},
                        "key_stages": [3, 4],
                        "needs": ["SEMH"],
                        "programmes": ["Tuition"],
                    },
                    "seen_on": "2026-08-20",
                    "seen_how": "visit",
                    "standards": "working-set-1",
                    "decided_by": "937",
                    "review_due_on": "2027-09-01",
                },
                "evidence": {"status": "none-held", "since": None, "grace_until": None},
                "inspection": {
                    "outcome": "does-not-yet-meet",
                    "since": "2026-09-20",
                    "valid_until": "2027-10-31",
                    "next": "not-yet-assessed",
                    "decided_by": [
                        {
                            "criterion": "3.4a",
                            "judgement": "not-met",
                            "because": "critical-below-met",
                        }
                    ],
                    "seen": {"from": "2026-06-01", "to": "2026-08-31"},
                    "due": {"kind": "annual", "on": "2027-08-31"},
                    "latest": {
                        "reference": "QA000001W",
                        "kind": "entry-visit",
                        "published_on": "2026-09-21",
                        "version": 2,
                        "sha256": bytes(range(32)).hex(),
                    },
                    "pending": ["appeal-open"],
                },
                "offers": [
                    {
                        "programme": "Tuition",
                        "ages": {"from": 11, "to": 16},
                        "key_stages": [3, 4],
                        "needs": ["ASD", "SEMH"],
                        "sessions": [{"day": 1, "from": "09:30", "to": "12:00"}],
                        "hours_per_week": 12.5,
                        "group": {"from": 1, "to": 4},
                        "prices": {"hour": 4_500, "half_day": None, "day": None, "week": None},
                        "availability": {"band": "soon", "confirmed_on": "2026-09-20"},
                        "ends_on": None,
                    }
                ],
            }
        ],
    }


def test_a_record_is_canonical_and_tells_no_secret() -> None:
    lapsing = picture(
        make_listing(next_state="suspended", next_on=date(2027, 1, 1)),
        documents=[make_document(date(2026, 12, 1))],
    )

    told = canonical(compose(whole(picture=lapsing), TODAY))

    assert SECRET.encode() not in told


def test_a_home_of_any_kind_shows_neither_street_nor_postcode_nor_point() -> None:
    (site,) = compose(whole(sites=[make_site(someones_home=True)]), TODAY)["sites"]

    assert site["address"] == {
        "lines": [],
        "town": "Coventry",
        "postcode": None,
        "postcode_district": "CV1",
    }
    assert site["location"] is None


def test_without_consent_nobody_learns_how_to_reach_the_provider() -> None:
    assert compose(whole(consents=False), TODAY)["contact"] is None


def test_what_was_withdrawn_as_a_mistake_is_not_told() -> None:
    names = [make_name("Wrong", "trading", withdrawn_at=TODAY)]
    numbers = [make_identifier("ukprn", "1", withdrawn_at=TODAY)]

    record = compose(whole(names=names, identifiers=numbers), TODAY)

    assert (record["other_names"], record["identifiers"]) == ([], [])


def test_a_number_that_nobody_made_sure_of_says_so() -> None:
    assert compose(whole(verified_on={}), TODAY)["identifiers"][0]["verified_on"] is None


def test_a_site_that_is_not_listed_says_so() -> None:
    record = compose(whole(picture=picture(make_listing(listed_on=None))), TODAY)

    (site,) = record["sites"]
    assert (site["listing"], site["evidence"], record["evidence"]) == (None, None, None)


def test_an_offer_that_ended_is_left_out_and_one_that_ends_later_says_when() -> None:
    offers = [
        make_offer(programme="Ended", ended_on=TODAY),
        make_offer(programme="Ends", ended_on=date(2026, 12, 1)),
    ]

    ends = picture(further=[TODAY, date(2026, 12, 1)])
    record = compose(whole(offers={SITE_ID: offers}, picture=ends), TODAY)

    (shown,) = record["sites"][0]["offers"]
    assert (shown["programme"], shown["ends_on"]) == ("Ends", "2026-12-01")
    assert record["valid_until"] == "2026-11-30"


@pytest.mark.parametrize("kind", SiteKind)
def test_street_postcode_and_point_are_public_only_where_nobody_lives(kind: SiteKind) -> None:
    (site,) = compose(whole(sites=[make_site(kind=kind)]), TODAY)["sites"]

    shown = (site["address"]["lines"], site["address"]["postcode"], site["location"])
    assert (shown == ([], None, None)) == (kind in ADDRESS_NOT_PUBLIC)
    assert (site["address"]["town"], site["address"]["postcode_district"]) == ("Coventry", "CV1")


def test_a_site_without_a_postcode_has_no_district() -> None:
    (site,) = compose(whole(sites=[make_site(postcode=None, easting=None)]), TODAY)["sites"]

    assert site["address"]["postcode_district"] is None
    assert site["location"] is None


@pytest.mark.parametrize(
    ("hours", "shown"), [(None, None), (Decimal("25.0"), 25), (Decimal("0.1"), 0.1)]
)
def test_hours_are_plain_numbers(hours: Decimal | None, shown: float | None) -> None:
    record = compose(whole(offers={SITE_ID: [make_offer(hours_per_week=hours)]}), TODAY)

    found = record["sites"][0]["offers"][0]["hours_per_week"]
    assert (found, type(found)) == (shown, type(shown))


def test_a_provider_with_nothing_said_has_empty_lists() -> None:
    record = compose(whole(names=[], identifiers=[], sites=[], offers={}), TODAY)

    assert (record["other_names"], record["identifiers"], record["sites"]) == ([], [], [])


def test_a_site_without_offers_has_an_empty_list() -> None:
    assert compose(whole(offers={}), TODAY)["sites"][0]["offers"] == []


def test_the_order_in_which_rows_are_read_does_not_matter() -> None:
    offers = [
        make_offer(programme="B"),
        make_offer(programme="A", age_from=12),
        make_offer(programme="A", hours_per_week=None),
        make_offer(programme="A", hours_per_week=Decimal(25)),
        make_offer(programme="A", needs=["MLD", "ASD"]),
        make_offer(programme="A", key_stages=[4, 1]),
        make_offer(programme="a", age_to=12),
    ]
    stated: dict[str, Any] = {
        "names": [
            make_name(name, kind) for kind in ("trading", "former") for name in ("é", "Z", "a")
        ],
        "identifiers": [
            make_identifier(scheme, value)
            for scheme in ("ukprn", "companies-house")
            for value in ("2", "10")
        ],
        "sites": [make_site(reference=reference) for reference in (3, 1, 2)],
        "offers": {SITE_ID: offers},
    }
    first = compose(whole(**stated), TODAY)
    chance = random.Random(1)  # noqa: S311 - nothing here is secret
    for _ in range(20):
        for rows in (stated["names"], stated["identifiers"], stated["sites"], offers):
            chance.shuffle(rows)
        for offer in offers:
            chance.shuffle(offer.needs)
            chance.shuffle(offer.key_stages)

        assert compose(whole(**stated), TODAY) == first

    assert [site["reference"] for site in first["sites"]] == [1, 2, 3]
    assert [name["name"] for name in first["other_names"]] == ["Z", "a", "é"] * 2
    assert [name["kind"] for name in first["other_names"]] == ["former"] * 3 + ["trading"] * 3
    assert [offer["programme"] for offer in first["sites"][0]["offers"]] == [*"AAAAABa"]
