import hashlib
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clock import LONDON
from app.demo.plan import EDITION, MOST_PROVIDERS, UNTIL, Moving, Plan, Renaming, list_name, plan
from app.demo.visits import Lapsing
from app.providers.terms import MOVES, Status

DIGESTS = {
    1: "d4f23599cd69d5dc668042fdd912264ab8adb74e056027cf411a361f6c4ac977",
    2: "f72c8a3461c38bc9051331d8c0a9039cc83a33e03f5cbf752062b20f2860af34",
    3: "daba80325485e58bc98ab68e09135b8df960550e17bd8babfdd6ed98302ca547",
}
"""The plan of 60 providers with seed 1, by edition."""

FIRST_END = datetime(2020, 1, 1, tzinfo=UTC)
seeds = st.integers(0, 2**32)
ends = st.integers(0, 15 * 365 * 24).map(lambda hours: FIRST_END + timedelta(hours=hours))
plans = st.builds(plan, st.integers(1, 25), seeds, until=ends)
unhurried = settings(deadline=None, max_examples=40)


def bytes_of(planned: Plan) -> bytes:
    return orjson.dumps(planned, default=lambda stated: stated.model_dump(mode="json"))


def by_provider(planned: Plan) -> dict[int, list[Any]]:
    happenings: dict[int, list[Any]] = {}
    for happening in planned.happenings:
        happenings.setdefault(happening.provider, []).append(happening)
    return happenings


class TestSamePlan:
    def test_the_same_number_and_seed_give_the_same_plan(self) -> None:
        assert bytes_of(plan(200, 7)) == bytes_of(plan(200, 7))

    def test_another_seed_gives_another_plan(self) -> None:
        one, other = plan(40, 1), plan(40, 2)
        names = [{recording.stated.name for recording in made.recordings} for made in (one, other)]
        assert len(names[0] & names[1]) < 10
        assert {change.at for change in one.changes}.isdisjoint(x.at for x in other.changes)

    def test_a_plan_that_has_changed_has_another_edition(self) -> None:
        digest = hashlib.sha256(bytes_of(plan(60, 1))).hexdigest()
        assert digest == DIGESTS[EDITION], (
            "The same number and seed give another plan than before, so unfinished demonstrations "
            "can no longer be continued: raise EDITION and write the new digest here."
        )

    def test_the_list_tells_number_seed_end_and_edition_apart(self) -> None:
        base = list_name(10, 1, UNTIL)
        others = {
            list_name(11, 1, UNTIL),
            list_name(10, 2, UNTIL),
            list_name(10, 1, UNTIL - timedelta(days=2)),
        }
        assert len(others | {base}) == 4
        assert f"edition {EDITION}" in base

    @pytest.mark.parametrize("providers", [-1, 0, MOST_PROVIDERS + 1])
    def test_a_number_that_cannot_be_named_apart_is_refused(self, providers: int) -> None:
        with pytest.raises(ValueError, match=rf"1 to {MOST_PROVIDERS} providers, not {providers}"):
            plan(providers, 1)

    def test_a_negative_seed_is_refused_because_it_would_not_be_another(self) -> None:
        with pytest.raises(ValueError, match="0 or more, not -1"):
            plan(1, -1)


class TestTimes:
    @given(plans)
    @unhurried
    def test_happenings_rise_strictly_in_londons_office_hours_before_the_end(
        self, planned: Plan
    ) -> None:
        moments = [happening.at for happening in planned.happenings]
        assert all(before < after for before, after in pairwise(moments))
        end = planned.until.astimezone(LONDON).date()
        for happening in planned.happenings:
            assert happening.at.tzinfo is UTC
            local = happening.at.astimezone(LONDON)
            assert end - timedelta(days=4 * 365) <= local.date() < end
            if isinstance(happening, Lapsing):
                assert local.time() < time(0, 1), "what time alone changes, changes at midnight"
            else:
                assert time(9) <= local.time() < time(17)
                assert local.weekday() < 5

    @given(plans)
    @unhurried
    def test_providers_are_recorded_in_the_plans_order(self, planned: Plan) -> None:
        assert [one.provider for one in planned.recordings] == list(range(planned.size))
        assert [one.at for one in planned.recordings] == sorted(x.at for x in planned.recordings)

    @given(plans)
    @unhurried
    def test_nothing_holds_before_it_could_or_after_it_is_recorded(self, planned: Plan) -> None:
        for recording, *changes in by_provider(planned).values():
            previous = recording.at.astimezone(LONDON).date()
            for change in changes:
                recorded_on = change.at.astimezone(LONDON).date()
                assert recorded_on - timedelta(days=14) <= change.effective_on <= recorded_on
                if isinstance(change, Moving):
                    assert change.effective_on >= previous
                    previous = change.effective_on

    def test_the_usual_end_does_not_depend_on_today(self) -> None:
        assert plan(1, 1).until == UNTIL
        assert UNTIL.astimezone(LONDON).date() == date(2026, 9, 30)


class TestHistories:
    @given(plans)
    @unhurried
    def test_every_provider_moves_as_the_register_allows(self, planned: Plan) -> None:
        for recording, *changes in by_provider(planned).values():
            status, names = Status.KNOWN, {recording.stated.name}
            for change in changes:
                if isinstance(change, Moving):
                    assert change.status in MOVES[status]
                    status = change.status
                elif isinstance(change, Renaming):
                    assert status not in {Status.KNOWN, Status.REMOVED, Status.CLOSED}
                    assert change.name not in names
                    names.add(change.name)

    def test_most_are_listed_some_have_left_and_about_eight_of_a_hundred_are_only_known(
        self,
    ) -> None:
        planned = plan(3_000, 5)
        status = dict.fromkeys(range(planned.size), Status.KNOWN)
        renamed = 0
        for change in planned.changes:
            if isinstance(change, Moving):
                status[change.provider] = change.status
            else:
                renamed += isinstance(change, Renaming)
        shares = {kind: count / planned.size for kind, count in Counter(status.values()).items()}
        assert 0.06 < shares[Status.KNOWN] < 0.10
        assert 0.6 < shares[Status.LISTED] < 0.85
        assert set(shares) == set(Status)
        assert 0.04 < renamed / planned.size < 0.09


class TestProviders:
    @given(plans)
    @unhurried
    def test_each_stands_once_on_an_invented_list_of_its_own_la(self, planned: Plan) -> None:
        for recording in planned.recordings:
            (line,) = recording.stated.known_by
            assert line.list_name == planned.list_name
            assert line.list_reference == str(recording.provider)
            assert line.la_code == recording.stated.sites[0].la_code

    def test_most_that_nobody_listed_were_checked_lately_or_long_ago_and_no_others(self) -> None:
        planned = plan(3_000, 5)
        listed = {change.provider for change in planned.changes if isinstance(change, Moving)}
        lines = {one.provider: one.stated.known_by[0] for one in planned.recordings}
        checked = {number for number, line in lines.items() if line.local_result is not None}
        days = [line.local_result_on for line in lines.values() if line.local_result_on]

        assert not checked & listed
        assert 0.7 < len(checked) / (planned.size - len(listed)) < 0.9
        assert max(days) < UNTIL.date()
        recent = sum(day > UNTIL.date() - timedelta(days=180) for day in days)
        assert 0.5 < recent / len(days) < 0.7
        assert 0.85 < len(days) / len(checked) < 1

    def test_no_two_ever_have_the_same_name(self) -> None:
        planned = plan(6_000, 9)
        names = [recording.stated.name for recording in planned.recordings]
        names += [change.name for change in planned.changes if isinstance(change, Renaming)]
        assert len(set(names)) == len(names)

    def test_they_have_one_to_four_sites_one_and_a_half_on_average(self) -> None:
        counts = [len(recording.stated.sites) for recording in plan(2_000, 3).recordings]
        assert set(counts) == {1, 2, 3, 4}
        assert 1.4 < sum(counts) / len(counts) < 1.6
