import random
import uuid
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from app.providers.models.providers import Provider, ProviderIdentifier, ProviderName
from app.providers.models.sites import Offer, Site
from app.providers.terms import ADDRESS_NOT_PUBLIC
from app.register.composing import compose
from app.register.queries.records import WholeProvider
from app.values.site_kind import SiteKind

SECRET = "not for the public"
SITE_ID = uuid.UUID(int=1)


def row(model: Any, **said: Any) -> SimpleNamespace:
    """A row of a table in which whatever is not said is a secret."""
    return SimpleNamespace(**dict.fromkeys(model.__table__.columns.keys(), SECRET) | said)


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
    }
    return row(Offer, **stated | said)


def whole(**said: Any) -> WholeProvider:
    stated: dict[str, Any] = {
        "provider": row(
            Provider,
            number="AP000001U",
            name="Example Forge",
            status="listed",
            status_since=date(2026, 9, 1),
        ),
        "names": [row(ProviderName, name="Old", kind="former", until=date(2026, 1, 1))],
        "identifiers": [row(ProviderIdentifier, scheme="ukprn", value="10000001")],
        "sites": [make_site()],
        "offers": {SITE_ID: [make_offer()]},
        "published": None,
    }
    return WholeProvider(**stated | said)


def test_a_record_holds_these_fields_and_no_others() -> None:
    assert compose(whole()) == {
        "number": "AP000001U",
        "name": "Example Forge",
        "other_names": [{"name": "Old", "kind": "former", "until": "2026-01-01"}],
        "identifiers": [{"scheme": "ukprn", "value": "10000001"}],
        "status": {"code": "listed", "since": "2026-09-01"},
        "sites": [
            {
                "reference": 1,
                "name": "Example Yard",
                "kind": "workshop",
                "address": {
                    "lines": ["1 Example Street"],
                    "town": "Coventry",
                    "postcode": "CV1 2WT",
                    "postcode_district": "CV1",
                },
                "la_code": "331",
                "location": {"easting": 433_000, "northing": 279_000, "precision": "postcode"},
                "opened_on": "2020-01-02",
                "closed_on": None,
                "offers": [
                    {
                        "programme": "Tuition",
                        "ages": {"from": 11, "to": 16},
                        "key_stages": [3, 4],
                        "needs": ["ASD", "SEMH"],
                        "hours_per_week": 12.5,
                    }
                ],
            }
        ],
    }


@pytest.mark.parametrize("kind", SiteKind)
def test_street_postcode_and_point_are_public_only_where_nobody_lives(kind: SiteKind) -> None:
    (site,) = compose(whole(sites=[make_site(kind=kind)]))["sites"]

    shown = (site["address"]["lines"], site["address"]["postcode"], site["location"])
    assert (shown == ([], None, None)) == (kind in ADDRESS_NOT_PUBLIC)
    assert (site["address"]["town"], site["address"]["postcode_district"]) == ("Coventry", "CV1")


def test_a_site_without_a_postcode_has_no_district() -> None:
    (site,) = compose(whole(sites=[make_site(postcode=None, easting=None)]))["sites"]

    assert site["address"]["postcode_district"] is None
    assert site["location"] is None


@pytest.mark.parametrize(
    ("hours", "shown"), [(None, None), (Decimal("25.0"), 25), (Decimal("0.1"), 0.1)]
)
def test_hours_are_plain_numbers(hours: Decimal | None, shown: float | None) -> None:
    record = compose(whole(offers={SITE_ID: [make_offer(hours_per_week=hours)]}))

    found = record["sites"][0]["offers"][0]["hours_per_week"]
    assert (found, type(found)) == (shown, type(shown))


def test_a_provider_with_nothing_said_has_empty_lists() -> None:
    record = compose(whole(names=[], identifiers=[], sites=[], offers={}))

    assert (record["other_names"], record["identifiers"], record["sites"]) == ([], [], [])


def test_a_site_without_offers_has_an_empty_list() -> None:
    assert compose(whole(offers={}))["sites"][0]["offers"] == []


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
            row(ProviderName, name=name, kind=kind, until=None)
            for kind in ("trading", "former")
            for name in ("é", "Z", "a")
        ],
        "identifiers": [
            row(ProviderIdentifier, scheme=scheme, value=value)
            for scheme in ("ukprn", "companies-house")
            for value in ("2", "10")
        ],
        "sites": [make_site(reference=reference) for reference in (3, 1, 2)],
        "offers": {SITE_ID: offers},
    }
    first = compose(whole(**stated))
    chance = random.Random(1)  # noqa: S311 - nothing here is secret
    for _ in range(20):
        for rows in (stated["names"], stated["identifiers"], stated["sites"], offers):
            chance.shuffle(rows)
        for offer in offers:
            chance.shuffle(offer.needs)
            chance.shuffle(offer.key_stages)

        assert compose(whole(**stated)) == first

    assert [site["reference"] for site in first["sites"]] == [1, 2, 3]
    assert [name["name"] for name in first["other_names"]] == ["Z", "a", "é"] * 2
    assert [name["kind"] for name in first["other_names"]] == ["former"] * 3 + ["trading"] * 3
    assert [offer["programme"] for offer in first["sites"][0]["offers"]] == [*"AAAAABa"]
