from typing import Any

import pytest

from app.interchange.ages import parse_ages
from app.interchange.provider_offers import Said, make_sites, parts
from app.providers.terms import Need
from app.values.site_kind import SiteKind


def said(**what: Any) -> Said:
    return Said(name="DV8", la_code="331", **what)


class TestMakeSites:
    def test_a_line_that_says_nothing_of_a_site_makes_none(self) -> None:
        assert make_sites(said(listed_as="approved")) == ()

    def test_what_is_offered_is_offered_at_a_site_named_for_the_provider(self) -> None:
        (site,) = make_sites(said(tags=("music", "radio"), ranges=parse_ages("14-16")))

        assert (site.name, site.la_code, site.town, site.location) == ("DV8", "331", None, None)
        assert [(o.programme, o.age_from, o.age_to, o.key_stages) for o in site.offers] == [
            ("music", 14, 16, (4,)),
            ("radio", 14, 16, (4,)),
        ]

    def test_offers_without_ages_are_for_compulsory_school_age(self) -> None:
        (site,) = make_sites(said(tags=("music",)))

        assert [(o.age_from, o.age_to, o.key_stages) for o in site.offers] == [(5, 16, ())]

    def test_ages_without_offers_are_of_unspecified_provision(self) -> None:
        (site,) = make_sites(said(ranges=parse_ages("KS4")))

        assert [offer.programme for offer in site.offers] == ["alternative provision"]

    def test_ages_that_do_not_touch_are_offers_of_their_own(self) -> None:
        (site,) = make_sites(said(tags=("music",), ranges=parse_ages("5-7|14-16")))

        assert [(offer.age_from, offer.age_to) for offer in site.offers] == [(5, 7), (14, 16)]

    def test_a_place_alone_is_a_site_without_offers(self) -> None:
        (site,) = make_sites(said(place="Rugby"))

        assert (site.name, site.town, site.offers) == ("Rugby", "Rugby", ())

    def test_several_places_are_several_sites(self) -> None:
        sites = make_sites(said(place="Barton Hill; Kingswood", tags=("music",)))

        assert [site.town for site in sites] == ["Barton Hill", "Kingswood"]
        assert all(site.offers for site in sites)

    def test_a_postcode_belongs_to_one_place(self) -> None:
        sites = make_sites(said(place="Barton Hill; Kingswood", postcode="BS5 0AA"))

        assert [site.postcode for site in sites] == ["BS5 0AA"]

    def test_codes_of_needs_are_needs_and_not_programmes(self) -> None:
        (site,) = make_sites(said(tags=("therapeutic", "semh"), ranges=parse_ages("11-16")))

        assert [(offer.programme, offer.needs) for offer in site.offers] == [
            ("therapeutic", (Need.SEMH,))
        ]

    @pytest.mark.parametrize(
        ("tags", "kind"),
        [
            (("online",), SiteKind.ONLINE),
            (("care farm", "animal care"), SiteKind.FARM_OR_OUTDOOR),
            (("forest school",), SiteKind.FARM_OR_OUTDOOR),
            (("motor vehicle",), SiteKind.WORKSHOP),
            (("cooking", "construction"), SiteKind.WORKSHOP),
            (("tuition",), SiteKind.FIXED),
        ],
    )
    def test_the_kind_of_site_follows_from_the_first_offer_that_tells(
        self, tags: tuple[str, ...], kind: SiteKind
    ) -> None:
        assert make_sites(said(tags=tags))[0].kind == kind

    def test_online_is_no_town(self) -> None:
        (site,) = make_sites(said(place="online"))

        assert (site.kind, site.town) == (SiteKind.ONLINE, None)

    def test_school_based_provision_is_at_a_school(self) -> None:
        (site,) = make_sites(said(place="Harlow", listed_as="school-based primary AP"))

        assert site.kind == SiteKind.SCHOOL_SITE


class TestParts:
    def test_a_cell_may_hold_several_things(self) -> None:
        assert parts("music | radio;boxing") == ["music", "radio", "boxing"]
        assert parts("") == []
