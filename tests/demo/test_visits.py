"""Invented inspections: who is seen when, what falls short, and what the register makes of it."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import asyncpg
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import clock
from app.access import OPERATOR, DbRole
from app.db.events import announce
from app.db.transactions import Database, acting_as, transaction
from app.demo.findings import Finding
from app.demo.people import OWNERS, acting, demonstration_id, team_of
from app.demo.plan import UNTIL, Moving, Plan, plan
from app.demo.visits import COUNTS_MONTHS, COVENTRY, SEEN_SHARE, Appealing, Inspecting, begun
from app.demo.writing import write_in_bulk
from app.inspections.queries.inspections import get_inspection
from app.inspections.queries.turning import find_due
from app.inspections.service.policies import rules_on
from app.inspections.service.publishing import document_of
from app.inspections.terms import InspectionKind, Judgement
from app.providers.events import ProviderChanged
from app.providers.terms import Status
from app.standards.facts import shipped_versions
from app.standards.terms import Gate

PLAN = plan(40, 16, seen_elsewhere=0.6)
LARGE = plan(1_500, 3, seen_elsewhere=0.5)
LISTED = {Status.LISTED, Status.LISTED_WITH_ACTIONS}
plans = st.builds(plan, st.integers(5, 25), st.integers(0, 2**32), seen_elsewhere=st.just(1.0))


def inspections(planned: Plan) -> list[Inspecting]:
    return [one for one in planned.changes if isinstance(one, Inspecting)]


def found(planned: Plan) -> Iterator[Finding]:
    return (finding for one in inspections(planned) for finding in one.findings)


class TestPlanned:
    @given(plans)
    @settings(deadline=None, max_examples=20)
    def test_each_is_of_a_listed_provider_heard_and_numbered_in_the_order_of_publication(
        self, planned: Plan
    ) -> None:
        made = inspections(planned)
        assert [one.number for one in made] == list(range(1, len(made) + 1))
        first = shipped_versions()[0].in_force_from
        for one in made:
            assert first <= one.planned_on < one.sent_at.astimezone(clock.LONDON).date()
            assert one.sent_at < one.closed_at < one.at
            assert one.comments.due_on < one.closed_at.astimezone(clock.LONDON).date()
            moves = [x for x in planned.changes if isinstance(x, Moving) and x.at < one.at]
            *_, last = [x.status for x in moves if x.provider == one.provider]
            assert last in LISTED
            sites = planned.recordings[one.provider].stated.sites
            assert {sites[place - 1].la_code for place in one.sites} == {one.la_code}

    @given(plans)
    @settings(deadline=None, max_examples=20)
    def test_whatever_falls_short_says_why_and_no_criterion_is_found_twice(
        self, planned: Plan
    ) -> None:
        for one in inspections(planned):
            keys = [(finding.site, finding.criterion) for finding in one.findings]
            assert len(keys) == len(set(keys))
            for finding in one.findings:
                assert finding.judgement is Judgement.MET or finding.words
                assert (finding.seen_on is None) == (finding.method is None)
                assert finding.seen_on is None or finding.seen_on <= one.planned_on
                assert finding.action is None or one.owned

    def test_all_that_is_to_be_shown_occurs(self) -> None:
        made = inspections(LARGE)
        kinds = Counter(one.kind for one in made)
        assert set(kinds) == {
            InspectionKind.ANNUAL,
            InspectionKind.MONITORING,
            InspectionKind.UNANNOUNCED,
            InspectionKind.FOLLOW_UP,
        }
        assert {finding.judgement for finding in found(LARGE)} == set(Judgement)
        assert any(one.relied_on_until for one in made)
        assert any(finding.reply for finding in found(LARGE))
        appeals = [one for one in LARGE.changes if isinstance(one, Appealing)]
        assert appeals
        assert all(UNTIL - one.at < timedelta(days=90) for one in appeals)

    def test_where_an_authority_has_begun_most_are_seen_and_elsewhere_few(self) -> None:
        planned = plan(3_000, 2)
        seen = {one.provider for one in inspections(planned)}
        here = begun(2)
        assert COVENTRY in here
        listed = {one.provider for one in planned.changes if isinstance(one, Moving)}
        areas = {place: planned.recordings[place].stated.sites[0].la_code for place in listed}
        shares = {
            inside: sum(place in seen for place in areas if (areas[place] in here) is inside)
            / sum((code in here) is inside for code in areas.values())
            for inside in (True, False)
        }
        assert 0.4 < shares[True] < SEEN_SHARE
        assert 0.01 < shares[False] < 0.06


@pytest.fixture
async def written(database: Database) -> Database:
    """A register with inspections of every kind."""
    await write_in_bulk(database, PLAN, lambda *_: None)
    return database


class TestWritten:
    async def test_outcomes_are_what_the_rule_says_and_nothing_is_left_to_come_due(
        self, written: Database, owner: asyncpg.Connection
    ) -> None:
        end = UNTIL - timedelta(seconds=1)
        whole = "SELECT to_jsonb(o) FROM site_outcomes o ORDER BY site_id"
        before = await owner.fetch(whole)
        entries = await owner.fetchval("SELECT entry FROM ledger_head")
        ids = await owner.fetch("SELECT id FROM providers ORDER BY id")

        async with transaction(written, OPERATOR) as session:
            for row in ids:
                announce(session, ProviderChanged(row["id"], end))
        async with transaction(written, OPERATOR) as session, acting_as(session, DbRole.PUBLISHER):
            day = end.astimezone(clock.LONDON).date()
            due = await find_due(session, day, None, 1_000, everybody=False)
            rules = await rules_on(session, day)

        assert due == []
        assert set(rules.outcome.counts_months.items()) >= {
            (gate, COUNTS_MONTHS) for gate in (Gate.CRITICAL, Gate.MAJOR)
        }
        assert await owner.fetchval("SELECT entry FROM ledger_head") == entries
        assert await owner.fetch(whole) == before
        told = await owner.fetch("SELECT DISTINCT outcome FROM site_outcomes")
        assert {row["outcome"] for row in told} == {
            *("meets-standards", "meets-with-actions", "does-not-yet-meet", "not-yet-assessed")
        }

    async def test_documents_are_those_that_publishing_one_by_one_composes(
        self, written: Database, owner: asyncpg.Connection
    ) -> None:
        published = await owner.fetch(
            "SELECT reference, document, p.published_at, body_id FROM inspection_publications p "
            "JOIN inspections i ON i.id = p.inspection_id"
        )
        assert len(published) == len(inspections(PLAN))
        lead = acting(team_of("").lead)
        theirs = [row for row in published if row["body_id"] == lead.organisation_id]
        assert theirs
        async with transaction(written, lead) as session:
            for row in theirs:
                held = await get_inspection(session, row["reference"])
                assert await document_of(session, held, row["published_at"]) == row["document"]
                assert orjson.loads(row["document"])["reference"] == row["reference"]

    @pytest.mark.usefixtures("written")
    async def test_two_officers_had_a_part_in_each_and_whoever_answers_owns_the_record(
        self, owner: asyncpg.Connection
    ) -> None:
        alone = await owner.fetchval(
            "SELECT count(*) FROM inspections i JOIN inspection_checks c ON c.inspection_id = i.id "
            "JOIN inspectors n ON n.inspection_id = i.id WHERE n.person_id = c.person_id"
        )
        assert alone == 0
        strange = await owner.fetchval(
            "SELECT count(*) FROM inspection_actions a WHERE NOT EXISTS (SELECT FROM "
            "provider_owners o WHERE o.provider_id = a.provider_id AND o.organisation_id = $1)",
            demonstration_id(OWNERS),
        )
        assert strange == 0
        assert await owner.fetchval("SELECT count(*) FROM inspection_actions") == sum(
            finding.action is not None for finding in found(PLAN)
        )
        appeals = await owner.fetch("SELECT judgement_ids FROM inspection_appeals")
        assert [bool(row["judgement_ids"]) for row in appeals] == [True]
