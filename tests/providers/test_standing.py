"""Where listings and their provider stand on a day, and when that changes by itself."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.providers.standing import (
    Due,
    Evidence,
    EvidenceResult,
    Picture,
    due_on,
    evidence_on,
    grace_end,
    next_change_on,
    provider_status_on,
    standing_on,
    status_since_on,
    turns_on,
)
from app.providers.terms import BEST_FIRST, LISTING_MOVES, ListingState, PublicReason, Status

DAY = date(2026, 3, 1)
LISTING = uuid.UUID(int=9)
SITES = (uuid.UUID(int=1), uuid.UUID(int=2))
FIRE, INSURANCE, OTHER_INSURANCE = (
    "fire-risk-assessment",
    "public-liability-insurance",
    "employers-liability-insurance",
)
CRITICAL = (frozenset({FIRE}), frozenset({INSURANCE, OTHER_INSURANCE}))
KINDS = (FIRE, INSURANCE, OTHER_INSURANCE)
GRACE = 28


@dataclass(frozen=True)
class ListingOf:
    """What `standing` asks of a listing."""

    state: str = "listed"
    state_since: date = DAY
    next_state: str | None = None
    next_on: date | None = None
    listed_on: date | None = DAY
    site_id: uuid.UUID = SITES[0]
    id: uuid.UUID = LISTING


@dataclass(frozen=True)
class Paper:
    """What `standing` asks of a document."""

    current_until: date | None
    kind: str = FIRE
    site_id: uuid.UUID | None = None
    gone_on: date | None = None


def after(days: int) -> date:
    return DAY + timedelta(days=days)


days = st.integers(-40, 90).map(after)
papers = st.builds(
    Paper,
    st.none() | days,
    st.sampled_from([*KINDS, "curriculum"]),
    st.sampled_from([None, *SITES]),
    st.none() | days,
)


@st.composite
def listings(draw: st.DrawFn) -> ListingOf:
    """A listing anywhere; what is announced for it is a move that there is."""
    state = draw(st.sampled_from(list(ListingState)))
    announced = draw(st.sampled_from([None, *LISTING_MOVES[state]]))
    return ListingOf(
        state=state,
        state_since=draw(days),
        next_state=announced,
        next_on=draw(days) if announced else None,
        listed_on=draw(st.none() | days),
        site_id=draw(st.sampled_from(SITES)),
    )


pictures = st.builds(
    Picture,
    st.lists(listings(), max_size=4),
    st.lists(papers, max_size=6),
    st.just(CRITICAL),
    st.none() | st.integers(0, 40),
    st.none() | st.dictionaries(st.sampled_from(SITES), days),
)


def seen_on(picture: Picture, day: date) -> tuple[object, ...]:
    """Everything that time alone may change."""
    return (
        provider_status_on(picture.listings, day),
        *(
            (
                standing_on(one, day),
                due_on(picture, one, day),
                evidence_on(picture.documents, CRITICAL, one.site_id, day)
                if standing_on(one, day).state in {"listed", "under-review", "suspended"}
                else None,
            )
            for one in picture.listings
        ),
    )


class TestNextChangeOn:
    @given(pictures, days)
    @settings(max_examples=600)
    def test_walking_from_change_to_change_is_asking_day_by_day(
        self, picture: Picture, start: date
    ) -> None:
        known, change = seen_on(picture, start), next_change_on(picture, start)
        for day in (start + timedelta(days=count) for count in range(1, 200)):
            if day == change:
                known, change = seen_on(picture, day), next_change_on(picture, day)
            assert seen_on(picture, day) == known
            assert change is None or change > day

    def test_whoever_is_not_on_the_register_has_nothing_to_wait_for(self) -> None:
        picture = Picture([ListingOf("removed")], [Paper(after(9))], CRITICAL, GRACE)
        assert next_change_on(picture, DAY) is None

    def test_a_lapse_its_end_of_grace_a_closing_and_an_announcement_all_count(self) -> None:
        announced = ListingOf(next_state="closed", next_on=after(90))
        picture = Picture([announced], [Paper(after(9))], CRITICAL, GRACE, {SITES[0]: after(60)})
        found, day = [], DAY
        while (change := next_change_on(picture, day)) is not None:
            found.append(change)
            day = change
        assert found == [after(10), after(38), after(60), after(90)]

    def test_what_is_due_and_not_done_is_looked_at_by_that_day(self) -> None:
        picture = Picture([ListingOf()], [], CRITICAL, GRACE, {SITES[0]: after(3)})
        assert turns_on(picture, DAY) == after(3)
        assert turns_on(picture, after(5)) == after(5)


class TestProviderStatusOn:
    @pytest.mark.parametrize("place", range(len(BEST_FIRST)))
    def test_is_that_of_its_best_listing(self, place: int) -> None:
        held = [ListingOf(state) for state in reversed(BEST_FIRST[place:])]
        assert provider_status_on(held, DAY) == BEST_FIRST[place].value

    @pytest.mark.parametrize("state", ["draft", "submitted", "in-assessment", "refused", "closed"])
    def test_is_known_while_nothing_was_ever_on_the_register(self, state: str) -> None:
        assert provider_status_on([ListingOf(state, listed_on=None)], DAY) is Status.KNOWN

    def test_a_decision_for_a_later_day_holds_from_that_day(self) -> None:
        held = [ListingOf("in-assessment", DAY, "listed", after(5), after(5))]
        assert provider_status_on(held, after(4)) is Status.KNOWN
        assert provider_status_on(held, after(5)) is Status.LISTED

    def test_an_application_beside_a_listing_changes_nothing(self) -> None:
        held = [ListingOf("suspended"), ListingOf("submitted", listed_on=None)]
        assert provider_status_on(held, DAY) is Status.SUSPENDED


class TestStatusSinceOn:
    def test_is_the_earliest_day_of_the_best(self) -> None:
        held = [ListingOf(state_since=after(9)), ListingOf(state_since=after(2))]
        assert status_since_on(held, after(20)) == after(2)

    def test_is_not_before_the_last_better_one_left(self) -> None:
        held = [ListingOf("under-review", after(2)), ListingOf("removed", after(9))]
        assert status_since_on(held, after(20)) == after(9)

    def test_is_not_before_the_last_of_equals_came_down(self) -> None:
        held = [ListingOf("suspended", after(2)), ListingOf("suspended", after(9))]
        assert status_since_on(held, after(20)) == after(9)

    def test_there_is_none_for_whoever_is_only_known(self) -> None:
        assert status_since_on([ListingOf("draft", listed_on=None)], DAY) is None

    @given(st.lists(listings(), max_size=4), days)
    @settings(max_examples=600)
    def test_from_then_on_the_status_was_the_same(self, held: list[ListingOf], day: date) -> None:
        since = status_since_on(held, day)
        status = provider_status_on(held, day)
        if since is None:
            assert status is Status.KNOWN
            return
        for count in range((day - since).days + 1):
            assert provider_status_on(held, since + timedelta(days=count)) is status


class TestEvidenceOn:
    def test_a_document_counts_on_its_last_day_and_not_on_the_next(self) -> None:
        held = [Paper(DAY)]
        assert evidence_on(held, CRITICAL, SITES[0], DAY) == Evidence(EvidenceResult.CURRENT)
        assert evidence_on(held, CRITICAL, SITES[0], after(1)) == Evidence(
            EvidenceResult.OUT_OF_DATE, after(1), (FIRE,)
        )

    def test_the_latest_of_a_kind_counts(self) -> None:
        held = [Paper(DAY), Paper(after(30)), Paper(after(-30))]
        assert evidence_on(held, CRITICAL, SITES[0], after(30)).result is EvidenceResult.CURRENT

    def test_one_that_does_not_lapse_keeps_its_kind_current(self) -> None:
        held = [Paper(None), Paper(DAY)]
        assert evidence_on(held, CRITICAL, SITES[0], after(900)).result is EvidenceResult.CURRENT

    def test_it_is_out_of_date_since_the_first_kind_lapsed(self) -> None:
        held = [Paper(after(3), INSURANCE), Paper(DAY, FIRE)]
        found = evidence_on(held, CRITICAL, SITES[0], after(9))
        assert (found.since, found.lapsed) == (after(1), (FIRE, INSURANCE))

    def test_other_sites_and_other_kinds_say_nothing(self) -> None:
        held = [Paper(DAY, site_id=SITES[1]), Paper(DAY, "curriculum")]
        assert evidence_on(held, CRITICAL, SITES[0], after(9)).result is EvidenceResult.NONE_HELD

    def test_what_is_about_the_whole_provider_counts_for_every_site(self) -> None:
        assert evidence_on([Paper(DAY)], CRITICAL, SITES[1], DAY).result is EvidenceResult.CURRENT

    def test_taking_the_only_one_back_is_a_lapse_from_that_day(self) -> None:
        held = [Paper(after(300), gone_on=after(10)), Paper(None, INSURANCE)]
        assert evidence_on(held, CRITICAL, SITES[0], after(9)).result is EvidenceResult.CURRENT
        assert evidence_on(held, CRITICAL, SITES[0], after(10)) == Evidence(
            EvidenceResult.OUT_OF_DATE, after(10), (FIRE,)
        )

    def test_one_that_had_lapsed_stays_lapsed_since_then_when_it_is_taken_back(self) -> None:
        held = [Paper(DAY, gone_on=after(10))]
        assert evidence_on(held, CRITICAL, SITES[0], after(20)).since == after(1)

    def test_one_that_is_gone_says_nothing_beside_one_that_stands(self) -> None:
        held = [Paper(after(300), gone_on=after(10)), Paper(after(200))]
        assert evidence_on(held, CRITICAL, SITES[0], after(20)).result is EvidenceResult.CURRENT

    def test_one_that_is_gone_says_nothing_where_another_kind_shows_the_same(self) -> None:
        held = [Paper(None, INSURANCE), Paper(after(300), OTHER_INSURANCE, gone_on=after(10))]
        assert evidence_on(held, CRITICAL, SITES[0], after(20)).result is EvidenceResult.CURRENT


class TestDueOn:
    def due(self, listing: ListingOf, day: date, **changes: object) -> Due | None:
        stated: dict[str, object] = {"documents": [Paper(DAY)], "grace_days": GRACE}
        picture = Picture([listing], critical=CRITICAL, **stated | changes)  # type: ignore[arg-type]
        return due_on(picture, listing, day)

    def test_a_lapse_is_looked_into_when_its_grace_is_over(self) -> None:
        listing, over = ListingOf(state_since=after(-9)), grace_end(after(1), GRACE)
        assert self.due(listing, over - timedelta(days=1)) is None
        due = Due(ListingState.UNDER_REVIEW, over, PublicReason.EVIDENCE_OUT_OF_DATE)
        assert self.due(listing, over) == due
        assert self.due(listing, over + timedelta(days=3)) == due

    def test_never_while_the_policy_does_not_hold(self) -> None:
        assert self.due(ListingOf(), after(400), grace_days=None) is None

    def test_whoever_listed_it_after_the_grace_was_over_knew(self) -> None:
        assert self.due(ListingOf(state_since=after(29)), after(60)) is None
        assert self.due(ListingOf(state_since=after(28)), after(60)) is not None

    @pytest.mark.parametrize("state", ["under-review", "suspended", "removed", "closed"])
    def test_what_is_looked_into_or_gone_is_left_alone(self, state: str) -> None:
        assert self.due(ListingOf(state), after(400)) is None

    def test_what_was_decided_for_a_day_goes_first(self) -> None:
        listing = ListingOf(next_state="removed", next_on=after(50))
        assert self.due(listing, after(60)) == Due(
            ListingState.REMOVED, after(50), None, announced=True
        )

    @pytest.mark.parametrize(
        ("state", "closes"),
        [("listed", True), ("under-review", True), ("suspended", False), ("removed", False)],
    )
    def test_a_site_that_shuts_leaves_unless_suspended(self, state: str, *, closes: bool) -> None:
        due = self.due(ListingOf(state), after(5), closed_on={SITES[0]: after(5)})
        assert due == (
            Due(ListingState.CLOSED, after(5), PublicReason.NO_LONGER_OPERATING) if closes else None
        )
