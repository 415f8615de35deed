from datetime import UTC, datetime
from typing import Any

import pytest

from app import clock
from app.pages.provider_view import build_provider
from app.pages.view_models import Fact, ProviderView
from tests.pages.answers import make_offer, make_record, make_site

TODAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _build(**changes: Any) -> ProviderView:
    with clock.at(TODAY):
        return build_provider(make_record(**changes), demonstration=False)


def _facts(facts: tuple[Fact, ...]) -> dict[str, tuple[str, ...]]:
    return {fact.label: fact.values for fact in facts}


class TestBuildProvider:
    def test_names_and_numbers_are_labelled(self) -> None:
        assert _facts(_build().facts) == {
            "Register number": ("AP000001Z",),
            "Other names": ("Old Example Forge (former name, until 31 January 2025)",),
            "Company number": ("01234567",),
        }

    def test_a_provider_with_nothing_but_a_name_has_a_page(self) -> None:
        view = _build(other_names=[], identifiers=[], sites=[])

        assert _facts(view.facts) == {"Register number": ("AP000001Z",)}
        assert (view.sites_heading, view.sites) == ("Sites", ())

    def test_the_record_is_linked_as_json_and_its_entry_told(self) -> None:
        view = _build()

        assert view.frame.json_url == "/v1/providers/AP000001Z"
        assert view.register_note == (
            "Published by entry 12 of the register, recorded on 23 November 2026 at 11:15pm."
        )


class TestSites:
    def test_a_site_shows_where_what_and_since_when(self) -> None:
        (site,) = _build().sites

        assert _facts(site.facts) == {
            "Address": ("1 Example Lane", "Leeds", "LS1 4DY"),
            "Local authority": ("Leeds",),
            "Kind of place": ("Farm or outdoors",),
            "Opened on": ("1 September 2024",),
            "Site reference": ("1",),
        }

    def test_an_address_that_is_not_public_shows_town_and_district(self) -> None:
        address: dict[str, Any] = {"lines": [], "town": "Otley", "postcode": None}
        address["postcode_district"] = "LS21"

        (site,) = _build(sites=[make_site(kind="home-visits", address=address)]).sites

        assert _facts(site.facts)["Area (the address is not public)"] == ("Otley", "LS21")

    @pytest.mark.parametrize(
        ("closed_on", "label", "closed"),
        [
            ("2026-11-22", "Closed on", True),
            ("2026-11-23", "Closed on", True),
            ("2026-11-24", "Closes on", False),
        ],
    )
    def test_a_site_is_closed_from_its_closing_day_on(
        self, closed_on: str, label: str, closed: bool
    ) -> None:
        (site,) = _build(sites=[make_site(closed_on=closed_on)]).sites

        assert label in _facts(site.facts)
        assert site.closed is closed

    def test_a_site_that_opens_later_says_so(self) -> None:
        (site,) = _build(sites=[make_site(opened_on="2027-01-04")]).sites

        assert _facts(site.facts)["Opens on"] == ("4 January 2027",)

    def test_open_sites_come_before_closed_ones(self) -> None:
        sites = [make_site(name="Old", closed_on="2020-01-01"), make_site(name="New")]

        view = _build(sites=sites)

        assert [site.name for site in view.sites] == ["New", "Old"]
        assert len({site.anchor for site in view.sites}) == 2
        assert view.sites_heading == "2 sites"

    def test_a_site_without_a_name_goes_by_its_reference(self) -> None:
        (site,) = _build(sites=[make_site(name="", reference=4)]).sites

        assert site.name == "Site 4"


class TestOffers:
    def test_an_offer_is_written_out(self) -> None:
        (offer,) = _build().sites[0].offers

        assert (offer.programme, offer.ages, offer.key_stages) == ("Blacksmithing", "14 to 16", "4")
        assert (offer.needs, offer.hours_per_week) == (
            ("Social, emotional and mental health",),
            "7.5",
        )

    def test_what_is_not_known_says_so(self) -> None:
        bare = make_offer(key_stages=[], needs=[], hours_per_week=None)

        (offer,) = _build(sites=[make_site(offers=[bare])]).sites[0].offers

        assert (offer.key_stages, offer.needs, offer.hours_per_week) == (
            "Not stated",
            (),
            "Not stated",
        )
