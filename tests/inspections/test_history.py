"""What follows for a site day by day, from what was published of it and when."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from app.inspections.cycle import Cycle
from app.inspections.eras import Era, Period, Version, eras
from app.inspections.history import PublishedJudgement, Site, standing_on, told_on
from app.inspections.outcome import Because, OutcomeRule
from app.inspections.terms import EvidenceMethod, InspectionKind, Judgement, Outcome
from app.standards.terms import Gate, Relation
from app.standards.walking import Step
from app.values.site_kind import SiteKind

LISTED, SEEN, PUBLISHED = date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 20)
MADE = datetime(2026, 8, 1, tzinfo=UTC)
RULE = OutcomeRule(1, {Gate.CRITICAL: 12, Gate.MAJOR: 14})
LAPSES = date(2027, 10, 2)
"""The first day on which the critical one, seen on `SEEN`, counts no more."""
A_DAY = timedelta(days=1)
NUMBERS = {
    "1.1a": ("critical", "law"),
    "2.1a": ("major", "standard"),
    "3.1b": ("minor", "good-practice"),
}


def criteria(version: int) -> list[Any]:
    return [
        SimpleNamespace(
            id=uuid.UUID(int=version * 10 + place),
            number=number,
            gate=gate,
            force=force,
            site_kinds=[],
            staff_sizes=[],
        )
        for place, (number, (gate, force)) in enumerate(NUMBERS.items())
    ]


ERAS = eras(
    [Period(date(2025, 9, 1), None, MADE, Version(criteria(1), []))],
    [Period(date(2025, 9, 1), None, MADE, RULE)],
    [Period(date(2025, 9, 1), None, MADE, Cycle())],
    RULE,
)


def judged(
    number: str,
    found: Judgement = Judgement.MET,
    seen: date = SEEN,
    published: date = PUBLISHED,
    version: int = 1,
) -> PublishedJudgement:
    looked = found not in {Judgement.NOT_APPLICABLE, Judgement.NOT_ASSESSED}
    return PublishedJudgement(
        criterion_id=uuid.UUID(int=version * 10 + list(NUMBERS).index(number)),
        judgement=found,
        method=EvidenceMethod.VISIT if looked else None,
        seen_on=seen if looked else None,
        looked_on=seen,
        published_at=datetime.combine(published, time(12), UTC),
    )


def site(*judgements: PublishedJudgement, **said: Any) -> Site:
    stated: dict[str, Any] = {"kind": SiteKind.FIXED, "staff_size": None}
    dated: dict[str, Any] = {"began_on": LISTED, "listed_on": LISTED, "visited_on": None}
    return Site(**stated | dated | {"judgements": judgements} | said)


def both(found: Judgement = Judgement.MET, **said: Any) -> tuple[PublishedJudgement, ...]:
    return judged("1.1a", found, **said), judged("2.1a", **said)


def outcomes(of: Site, *days: date, every: list[Era] = ERAS) -> list[Outcome]:
    return [told_on(of, every, day).outcome for day in days]


class TestStandingOn:
    def test_a_site_never_inspected_stands_unassessed_since_it_was_listed_and_decides_nothing(
        self,
    ) -> None:
        found = standing_on(site(), ERAS, date(2027, 1, 1))

        assert found is not None
        assert (found.told.outcome, found.since) == (Outcome.NOT_YET_ASSESSED, LISTED)
        assert (found.told.decided_by, found.told.asked, found.told.seen_to) == ((), None, None)
        assert (found.valid_until, found.changes_on) == (None, None)
        assert found.told.due is not None
        assert (found.told.due.kind, found.told.due.on) == (
            InspectionKind.MONITORING,
            date(2027, 3, 1),
        )

    def test_of_a_site_neither_listed_nor_inspected_nothing_is_told(self) -> None:
        nothing = site(began_on=None, listed_on=None)
        known = site(*both(), began_on=None, listed_on=None)

        assert standing_on(nothing, ERAS, PUBLISHED) is None
        assert standing_on(known, ERAS, PUBLISHED - A_DAY) is None
        found = standing_on(known, ERAS, PUBLISHED)
        assert found is not None
        assert (found.told.outcome, found.told.due) == (Outcome.MEETS_STANDARDS, None)

    def test_an_outcome_holds_from_the_day_of_publication_to_the_day_its_evidence_lapses(
        self,
    ) -> None:
        inspected = site(*both(), visited_on=SEEN)
        for day in (PUBLISHED, PUBLISHED + 100 * A_DAY, LAPSES - A_DAY):
            found = standing_on(inspected, ERAS, day)

            assert found is not None
            assert (found.told.outcome, found.since) == (Outcome.MEETS_STANDARDS, PUBLISHED)
            assert (found.valid_until, found.next_outcome, found.changes_on) == (
                LAPSES - A_DAY,
                Outcome.NOT_YET_ASSESSED,
                LAPSES,
            )
            assert (found.told.judged, found.told.asked) == (2, 2)

    def test_days_nobody_was_there_to_see_are_found_afterwards(self) -> None:
        found = standing_on(site(*both()), ERAS, LAPSES + 40 * A_DAY)

        assert found is not None
        assert (found.told.outcome, found.since) == (Outcome.NOT_YET_ASSESSED, LAPSES)
        (only,) = found.told.decided_by
        assert (only.number, only.because) == ("1.1a", Because.EVIDENCE_TOO_OLD)
        assert found.valid_until is None
        assert found.changes_on == date(2027, 12, 2)  # of the major one nothing counts from then on
        assert found.told.seen_from == found.told.seen_to == SEEN

    def test_what_changes_beside_the_outcome_is_told_ahead_too(self) -> None:
        older = date(2026, 3, 1)
        seen = (judged("1.1a"), judged("2.1a", Judgement.NOT_MET, seen=older))
        found = standing_on(site(*seen, judged("3.1b", seen=older)), ERAS, PUBLISHED)

        assert found is not None
        assert found.told.outcome is Outcome.DOES_NOT_YET_MEET
        assert (found.told.seen_from, found.told.seen_to) == (older, SEEN)
        assert (found.valid_until, found.changes_on) == (date(2027, 5, 1), date(2027, 5, 2))

    def test_an_outcome_that_came_back_holds_from_when_it_did(self) -> None:
        again = date(2027, 11, 5)
        inspected = site(*both(), *both(seen=date(2027, 11, 1), published=again))

        found = standing_on(inspected, ERAS, again + A_DAY)

        assert found is not None
        assert (found.told.outcome, found.since) == (Outcome.MEETS_STANDARDS, again)


class TestToldOn:
    def test_what_is_published_later_was_not_known_before(self) -> None:
        late = judged("1.1a", Judgement.NOT_MET, published=PUBLISHED + 9 * A_DAY)

        assert outcomes(site(*both(), late), PUBLISHED, PUBLISHED + 9 * A_DAY) == [
            Outcome.MEETS_STANDARDS,
            Outcome.DOES_NOT_YET_MEET,
        ]

    def test_the_newest_evidence_counts_whichever_was_published_last(self) -> None:
        later = PUBLISHED + 5 * A_DAY
        older = judged("1.1a", Judgement.NOT_MET, seen=SEEN - A_DAY, published=later)
        same_day = judged("1.1a", Judgement.NOT_MET, published=later)

        assert outcomes(site(*both(), older), later) == [Outcome.MEETS_STANDARDS]
        assert outcomes(site(*both(), same_day), later) == [Outcome.DOES_NOT_YET_MEET]

    def test_that_nobody_looked_does_not_stand_over_what_was_seen_before(self) -> None:
        unseen = judged("1.1a", Judgement.NOT_ASSESSED, seen=SEEN + 9 * A_DAY)
        none = judged("1.1a", Judgement.NOT_APPLICABLE, seen=SEEN + 9 * A_DAY)
        failed = both(Judgement.NOT_MET)

        assert outcomes(site(*failed, unseen), PUBLISHED) == [Outcome.DOES_NOT_YET_MEET]
        assert outcomes(site(*failed, none), PUBLISHED) == [Outcome.MEETS_STANDARDS]
        assert told_on(site(unseen), ERAS, PUBLISHED).judged == 0

    def test_a_new_version_takes_effect_on_its_day_and_only_what_carries_over_counts(self) -> None:
        second = date(2027, 2, 1)
        ones, twos = criteria(1), criteria(2)
        steps = [
            Step(ones[0].id, twos[0].id, Relation.WIDENED),
            Step(ones[1].id, twos[1].id, Relation.REWORDED),
        ]
        every = eras(
            [
                Period(date(2025, 9, 1), second, MADE, Version(ones, [])),
                Period(second, None, MADE, Version(twos, steps)),
            ],
            [Period(date(2025, 9, 1), None, MADE, RULE)],
            (),
            RULE,
        )
        found = standing_on(site(*both()), every, PUBLISHED)

        assert found is not None
        assert (found.valid_until, found.next_outcome) == (
            second - A_DAY,
            Outcome.NOT_YET_ASSESSED,
        )
        told = told_on(site(*both()), every, second)
        assert [one.number for one in told.decided_by] == ["1.1a"]
        assert told.judged == 1
        anew = site(*both(), judged("1.1a", seen=second, published=second, version=2))
        assert outcomes(anew, second, every=every) == [Outcome.MEETS_STANDARDS]

    def test_a_visit_is_due_only_of_who_is_on_the_register_while_the_policy_holds(self) -> None:
        assert told_on(site(*both(), listed_on=None), ERAS, PUBLISHED).due is None
        (without,) = eras((), (), (), RULE)
        assert told_on(site(), [without], PUBLISHED).due is None
        due = told_on(site(*both(), visited_on=SEEN), ERAS, PUBLISHED).due
        assert due is not None
        assert (due.kind, due.on) == (InspectionKind.ANNUAL, date(2027, 10, 1))
