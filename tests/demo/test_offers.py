from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.demo.kinds import KINDS, Kind
from app.demo.offers import KEY_STAGE_AGES, draw_sites, key_stages_of
from app.providers.schemas.recording import NewSite
from app.providers.terms import OLDEST, YOUNGEST
from app.values.site_kind import SiteKind
from tests.demo.chance import chance

ON = date(2024, 2, 29)
FULL_TIME = Decimal(18)
"""Hours a week from which the DfE's guidance generally takes education for full-time."""

drawn = st.builds(
    lambda seed, kind: (kind, draw_sites(chance(seed), kind, ON)),
    st.integers(0, 2**32),
    st.sampled_from(KINDS),
)
unhurried = settings(deadline=None, max_examples=100)


class TestKeyStagesOf:
    @pytest.mark.parametrize(
        ("age_from", "age_to", "stages"),
        [
            (5, 7, (1,)),
            (5, 11, (1, 2)),
            (6, 12, (1, 2, 3)),
            (11, 14, (3,)),
            (11, 16, (3, 4)),
            (13, 16, (3, 4)),
            (14, 16, (4,)),
            (14, 19, (4, 5)),
            (16, 25, (5,)),
            (19, 25, ()),
            (2, 4, ()),
        ],
    )
    def test_a_stage_counts_when_pupils_spend_a_year_in_it(
        self, age_from: int, age_to: int, stages: tuple[int, ...]
    ) -> None:
        assert key_stages_of(age_from, age_to) == stages


class TestDrawSites:
    @given(drawn)
    @unhurried
    def test_ages_are_in_range_and_key_stages_fit_them(
        self, made: tuple[Kind, tuple[NewSite, ...]]
    ) -> None:
        for offer in (offer for site in made[1] for offer in site.offers):
            assert YOUNGEST <= offer.age_from < offer.age_to <= OLDEST
            assert offer.key_stages
            for stage in offer.key_stages:
                first, last = KEY_STAGE_AGES[stage]
                assert offer.age_from < last
                assert offer.age_to > first

    @given(drawn)
    @unhurried
    def test_hours_stay_below_what_would_make_a_school(
        self, made: tuple[Kind, tuple[NewSite, ...]]
    ) -> None:
        kind, sites = made
        for offer in (offer for site in sites for offer in site.offers):
            assert offer.hours_per_week is None or 0 < offer.hours_per_week <= kind.most_hours
        assert kind.most_hours < FULL_TIME

    @given(drawn)
    @unhurried
    def test_sites_and_programmes_fit_the_kind_and_none_comes_twice_at_a_site(
        self, made: tuple[Kind, tuple[NewSite, ...]]
    ) -> None:
        kind, sites = made
        assert 1 <= len(sites) <= 4
        for site in sites:
            assert site.kind in kind.sites
            programmes = [offer.programme for offer in site.offers]
            assert 1 <= len(programmes) <= 3
            assert set(programmes) <= set(kind.programmes)
            assert len(set(programmes)) == len(programmes)

    @given(drawn)
    @unhurried
    def test_a_way_of_working_that_is_no_place_comes_once(
        self, made: tuple[Kind, tuple[NewSite, ...]]
    ) -> None:
        kinds = [site.kind for site in made[1]]
        assert kinds.count(SiteKind.ONLINE) <= 1
        assert kinds.count(SiteKind.HOME_VISITS) <= 1

    @given(drawn)
    @unhurried
    def test_every_site_has_a_given_point_and_had_opened_by_then(
        self, made: tuple[Kind, tuple[NewSite, ...]]
    ) -> None:
        for site in made[1]:
            assert site.location is not None
            assert site.location.precision == "given"
            assert site.opened_on is None or site.opened_on <= ON

    def test_every_kind_is_offered_somewhere(self) -> None:
        for kind in KINDS:
            assert draw_sites(chance(1), kind, ON)
