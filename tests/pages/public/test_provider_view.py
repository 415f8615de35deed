from datetime import UTC, date, datetime
from typing import Any

import pytest

from app import clock
from app.pages.public.provider_view import Asked, build_provider
from app.pages.record_wording import NOT_LISTED
from app.pages.view_models import Fact, ProviderView
from tests.pages.answers import make_evidence, make_listing, make_offer, make_record, make_site

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
            "Company number": ("01234567 (checked on 2 February 2026)",),
            "Confirmed by the provider": ("1 February 2026, as a whole",),
        }

    def test_a_number_nobody_checked_says_so(self) -> None:
        unchecked = {"scheme": "ukprn", "value": "10000001", "verified_on": None}

        facts = _facts(_build(identifiers=[unchecked]).facts)

        assert list(facts.values())[2] == ("10000001 (not checked)",)

    def test_how_to_reach_it_is_shown_once_it_consents(self) -> None:
        contact = {"website": "https://example.org", "email": None, "phone": "01632 960001"}

        facts = _facts(_build(contact=contact).facts)

        assert (facts["Website"], facts["Telephone"]) == (
            ("https://example.org",),
            ("01632 960001",),
        )
        assert "E-mail" not in facts

    def test_records_that_go_on_for_it_are_linked(self) -> None:
        view = _build(predecessors=["AP000003Q"], successors=["AP000004O"], merged_into="AP000005M")

        assert [(link.href, link.text) for link in view.related] == [
            (
                "/providers/AP000005M",
                "This provider has two records, and AP000005M goes on for both",
            ),
            ("/providers/AP000004O", "AP000004O goes on from this provider"),
            ("/providers/AP000003Q", "It goes on from AP000003Q"),
        ]

    def test_a_provider_with_nothing_but_a_name_has_a_page(self) -> None:
        view = _build(other_names=[], identifiers=[], sites=[], confirmed_on=None)

        assert _facts(view.facts) == {"Register number": ("AP000001Z",)}
        assert (view.sites_heading, view.sites) == ("Sites", ())

    def test_the_record_is_linked_as_json_and_its_entry_told(self) -> None:
        view = _build()

        assert view.frame.json_url == "/v1/providers/AP000001Z"
        assert view.register_note == (
            "Published by entry 12 of the register, recorded on 23 November 2026 at 11:15pm."
        )


class TestThePast:
    def test_a_day_of_the_past_says_so_everywhere(self) -> None:
        asked = Asked("2026-03-04", date(2026, 3, 4))

        view = build_provider(make_record(), demonstration=False, asked=asked)

        assert view.title == "Example Forge, as it was on 4 March 2026"
        assert view.then is not None
        assert view.then.words == "It is what the register said at the end of 4 March 2026."
        assert view.day.value == "2026-03-04"
        assert view.frame.json_url == "/v1/providers/AP000001Z?as_at=2026-03-04"
        assert view.urls.present == "/providers/AP000001Z"

    def test_a_site_that_opened_since_had_yet_to_open(self) -> None:
        record = make_record(sites=[make_site(opened_on="2026-09-01")])
        asked = Asked("2026-03-04", date(2026, 3, 4))

        view = build_provider(record, demonstration=False, asked=asked)

        assert _facts(view.sites[0].facts)["Opens on"] == ("1 September 2026",)
        assert _facts(view.ahead) == {"From 1 September 2026": ("Main site opens.",)}


class TestSites:
    def test_a_site_shows_where_what_and_since_when(self) -> None:
        (site,) = _build().sites

        assert _facts(site.facts) == {
            "Address": ("1 Example Lane", "Leeds", "LS1 4DY"),
            "Local authority": ("Leeds",),
            "Kind of place": ("Farm or outdoors",),
            "Opened on": ("1 September 2024",),
            "What was seen": (
                "Ages 14 to 16",
                "Key stage 4",
                "Social, emotional and mental health",
                "Blacksmithing",
            ),
            "Seen": ("20 February 2026, on a visit",),
            "Decided by": ("Leeds",),
            "Held against": ("working-set-1",),
            "On the register since": ("3 March 2026",),
            "To be looked at again by": ("3 March 2027",),
            "Site reference": ("1",),
        }

    def test_an_address_that_is_not_public_shows_town_and_district(self) -> None:
        address: dict[str, Any] = {"lines": [], "town": "Otley", "postcode": None}
        address["postcode_district"] = "LS21"

        (site,) = _build(sites=[make_site(kind="home-visits", address=address)]).sites

        assert _facts(site.facts)["Area (the address is not public)"] == ("Otley", "LS21")

    @pytest.mark.parametrize(
        ("days", "label", "closed"),
        [
            ({"closed_on": "2026-11-23"}, "Closed on", True),
            ({"closes_on": "2026-11-24"}, "Closes on", False),
        ],
    )
    def test_a_site_is_closed_from_its_closing_day_on(
        self, days: dict[str, str], label: str, closed: bool
    ) -> None:
        (site,) = _build(sites=[make_site(**days)]).sites

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


class TestStanding:
    def test_each_site_says_where_it_stands_and_why(self) -> None:
        suspended = make_listing(status="suspended", since="2026-11-01", reason="being-looked-into")

        first, second = _build(sites=[make_site(listing=suspended), make_site()]).sites

        assert first.status is not None
        assert (first.status.label, first.status.since) == ("Suspended", "1 November 2026")
        assert first.notes[0] == "Something is being looked into."
        assert second.status is not None
        assert second.status.label == "Listed"

    def test_a_site_that_is_not_listed_says_that_the_rest_does_not_cover_it(self) -> None:
        (site,) = _build(sites=[make_site(listing=None, evidence=None)]).sites

        assert site.status is None
        assert site.notes == (NOT_LISTED,)
        assert "What was seen" not in _facts(site.facts)

    def test_what_was_decided_for_a_later_day_is_announced(self) -> None:
        announced = {"status": "suspended", "from": "2027-01-01", "reason": "standards-not-met"}
        ahead = {"on": "2027-01-01", "status": "suspended", "evidence": "current", "sites": []}

        view = _build(sites=[make_site(listing=make_listing(announced=announced))], next=ahead)

        assert _facts(view.ahead) == {
            "From 1 January 2027": (
                "The provider as a whole: suspended.",
                "Main site: suspended. It was found not to meet the standards.",
            )
        }
        assert view.sites[0].notes[1] == (
            "From 1 January 2027: suspended. It was found not to meet the standards."
        )

    def test_evidence_out_of_date_says_since_when_and_how_long_there_is(self) -> None:
        lapsed = make_evidence(status="out-of-date", since="2026-11-20", grace_until="2026-12-17")
        ahead = {"on": "2026-12-18", "status": "listed", "evidence": "out-of-date", "sites": []}

        view = _build(evidence=lapsed, next=ahead, sites=[make_site(evidence=lapsed)])

        said = (
            "Evidence is out of date since 20 November 2026. The provider has until "
            "17 December 2026 to renew it; from then on the listing is under review."
        )
        assert view.notes == (said,)
        assert said in view.sites[0].notes

    def test_an_expiry_to_come_is_said_ahead(self) -> None:
        ahead = {"on": "2026-12-02", "status": "listed", "evidence": "out-of-date", "sites": []}

        assert _facts(_build(next=ahead).ahead) == {
            "From 2 December 2026": ("Evidence is out of date, unless it is renewed before.",)
        }

    def test_every_day_on_which_something_changes_is_told_soonest_first(self) -> None:
        ending = make_offer(ends_on="2027-09-01")
        sites = [
            make_site(closes_on="2027-09-01", offers=[ending]),
            make_site(reference=2, name="Second site", opened_on="2027-01-04"),
            make_site(reference=3, name="Third site"),
        ]
        later = {"reference": 3, "status": "under-review", "evidence": "out-of-date"}
        ahead = {"on": "2026-12-18", "status": "listed", "evidence": "current", "sites": [later]}

        view = _build(sites=sites, next=ahead)

        assert _facts(view.ahead) == {
            "From 18 December 2026": ("Third site: under review.",),
            "From 4 January 2027": ("Second site opens.",),
            "From 1 September 2027": (
                "Main site is closed.",
                "Blacksmithing is not offered at Main site any more.",
            ),
        }
        assert list(_facts(view.ahead)) == [
            "From 18 December 2026",
            "From 4 January 2027",
            "From 1 September 2027",
        ]

    def test_without_grace_no_day_is_named(self) -> None:
        lapsed = make_evidence(status="out-of-date", since="2026-11-20")

        assert _build(evidence=lapsed).notes == ("Evidence is out of date since 20 November 2026.",)

    def test_a_listing_by_transition_says_what_it_rests_on(self) -> None:
        transition = make_listing(basis="transition", reason="recent-local-check")

        (site,) = _build(sites=[make_site(listing=transition)]).sites

        assert "has yet to be assessed through the register" in site.notes[-1]


class TestOffers:
    def test_an_offer_is_written_out(self) -> None:
        (offer,) = _build().sites[0].offers

        assert (offer.programme, offer.ages) == ("Blacksmithing", ("14 to 16", "key stage 4"))
        assert offer.needs == ("Social, emotional and mental health",)
        assert offer.when == (
            "Monday and Wednesday, 9:30am to midday",
            "up to 7.5 hours a week",
        )
        assert (offer.group, offer.prices) == ("2 to 4", ("£45.50 an hour", "£200 a day"))
        assert offer.places == ("Places soon", "said on 2 November 2026")
        assert offer.ends is None

    def test_what_is_not_known_says_so(self) -> None:
        bare = make_offer(
            key_stages=[],
            needs=[],
            sessions=[],
            hours_per_week=None,
            group=None,
            prices=dict.fromkeys(("hour", "half_day", "day", "week")),
            availability=None,
        )

        (offer,) = _build(sites=[make_site(offers=[bare])]).sites[0].offers

        assert (offer.needs, offer.when, offer.prices, offer.places) == ((), (), (), ())
        assert (offer.ages, offer.group) == (("14 to 16",), "Not stated")

    def test_an_offer_that_ends_says_when(self) -> None:
        ending = make_offer(ends_on="2027-02-01", group={"from": 1, "to": 1})

        (offer,) = _build(sites=[make_site(offers=[ending])]).sites[0].offers

        assert (offer.ends, offer.group) == ("not from 1 February 2027 on", "One to one")
