"""Two records made one by two people, and parted again; what keeps them from it."""

import asyncio
import uuid

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from app import clock
from app.access import Actor, Role
from app.db.events import WriteSession
from app.db.transactions import Database
from app.errors import AppError
from app.providers.errors import (
    MergeCannotBeError,
    MergeNotFoundError,
    MergeNotOpenError,
    MergeOpenError,
    MergeOvertakenError,
    NotYoursToJudgeError,
    ProviderNotFoundError,
    RecordMergedError,
    SecondPersonNeededError,
)
from app.providers.service import merges as service
from app.values.provider_number import provider_number
from app.values.uuid7 import uuid7
from tests.factories.people import Member, add_member, insert
from tests.factories.providers import WARWICKSHIRE
from tests.providers.applicants import Held, add_officer, add_owner, add_record
from tests.providers.merging import Act, Officers, Pair, do, merged, propose, undone


@pytest.fixture
async def officers(owner: asyncpg.Connection) -> tuple[Member, Member]:
    """An assessor and a second officer of one authority."""
    return await add_officer(owner), await add_officer(owner, Role.SECOND_OFFICER)


@pytest.fixture
async def pair(owner: asyncpg.Connection) -> tuple[Held, Held]:
    """Two records in that authority's area, the first of them listed."""
    return await add_record(owner, "Kestrel", "listed"), await add_record(owner, "Kestrel Ltd")


async def into(owner: asyncpg.Connection, held: Held) -> uuid.UUID | None:
    found: uuid.UUID | None = await owner.fetchval(
        "SELECT merged_into FROM providers WHERE id = $1", held.id
    )
    return found


class TestTwoPeople:
    async def test_one_proposes_another_confirms_and_each_step_is_written_down(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        merge = await propose(database, officers[0], *pair)
        before = await into(owner, pair[1])

        await do(database, officers[1], service.confirm, merge)

        acts = await owner.fetch(
            "SELECT act, actor_id, subject_label FROM audit_entries WHERE act LIKE 'merge.%' "
            "ORDER BY recorded_at"
        )
        label = f"{pair[1].number} into {pair[0].number}"
        assert (before, await into(owner, pair[1])) == (None, pair[0].id)
        assert [tuple(act) for act in acts] == [
            ("merge.proposed", officers[0].person_id, label),
            ("merge.confirmed", officers[1].person_id, label),
        ]

    async def test_the_owner_of_the_record_that_goes_on_reads_what_was_done(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        manager = await add_owner(owner, pair[0].id)

        await merged(database, officers, pair)

        organisations = await owner.fetch(
            "SELECT subject_organisation_id FROM audit_entries WHERE act LIKE 'merge.%'"
        )
        assert {row[0] for row in organisations} == {manager.organisation_id}

    @pytest.mark.parametrize("act", ["confirm", "refuse"])
    async def test_whoever_proposed_settles_nothing(
        self, database: Database, officers: Officers, pair: Pair, act: str
    ) -> None:
        merge = await propose(database, officers[0], *pair)
        said = () if act == "confirm" else ("No.",)

        with pytest.raises(SecondPersonNeededError, match="ask a colleague"):
            await do(database, officers[0], getattr(service, act), merge, *said)

    @pytest.mark.parametrize("act", ["confirm_undoing", "refuse_undoing"])
    async def test_whoever_proposed_to_part_them_settles_that_neither(
        self, database: Database, officers: Officers, pair: Pair, act: str
    ) -> None:
        merge = await merged(database, officers, pair)
        await do(database, officers[1], service.propose_undoing, merge, "They are two.")
        said = () if act == "confirm_undoing" else ("No.",)

        with pytest.raises(SecondPersonNeededError):
            await do(database, officers[1], getattr(service, act), merge, *said)

    async def test_the_database_holds_to_two_people_by_itself(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        merge = await propose(database, officers[0], *pair)

        async def alone(session: WriteSession, actor: Actor) -> None:
            connection = await session.connection()
            await connection.exec_driver_sql(
                "UPDATE merges SET state = 'merged', settled_by = acting_person()"
            )

        async def without_saying_so(session: WriteSession, actor: Actor) -> None:
            connection = await session.connection()
            await connection.exec_driver_sql(f"SELECT merge_providers('{merge}', current_date)")

        with pytest.raises(DBAPIError, match="by_two_people"):
            await do(database, officers[0], alone)
        with pytest.raises(DBAPIError, match="no merge confirmed just now"):
            await do(database, officers[1], without_saying_so)
        assert await into(owner, pair[1]) is None

    async def test_refused_nothing_happens_and_it_can_be_proposed_anew(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        merge = await propose(database, officers[0], *pair)
        await do(database, officers[1], service.refuse, merge, "Two yards.")

        assert await into(owner, pair[1]) is None
        assert await propose(database, officers[0], *pair) != merge

    async def test_a_parting_that_is_refused_leaves_them_merged_and_can_be_proposed_anew(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        merge = await merged(database, officers, pair)
        await do(database, officers[0], service.propose_undoing, merge, "They are two.")
        await do(database, officers[1], service.refuse_undoing, merge, "They are one.")

        assert await into(owner, pair[1]) == pair[0].id
        await undone(database, officers, merge)
        assert await into(owner, pair[1]) is None


class TestWhatCannotBe:
    async def test_a_record_is_not_merged_with_itself(
        self, database: Database, officers: Officers, pair: Pair
    ) -> None:
        with pytest.raises(MergeCannotBeError, match="one record") as refused:
            await propose(database, officers[0], pair[0], pair[0])
        assert refused.value.errors[0].pointer == "/absorb"

    async def test_what_is_not_there_or_not_to_be_seen_cannot_be_named(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        hidden = await add_record(owner, "Elsewhere", la_code=WARWICKSHIRE)
        nobody = Held(uuid7(), provider_number(999_999), uuid7())
        for absent in (hidden, nobody):
            with pytest.raises(ProviderNotFoundError) as refused:
                await propose(database, officers[0], pair[0], absent)
            assert refused.value.errors[0].pointer == "/absorb"
            with pytest.raises(ProviderNotFoundError) as refused:
                await propose(database, officers[0], absent, pair[1])
            assert refused.value.errors[0].pointer == "/keep"

    async def test_while_one_is_open_neither_record_is_in_another(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        third = await add_record(owner, "Kestrel Too")
        await propose(database, officers[0], *pair)
        for keep, absorb in ((third, pair[1]), (third, pair[0]), (pair[0], third), pair[::-1]):
            with pytest.raises(MergeOpenError, match="second person"):
                await propose(database, officers[0], keep, absorb)

    async def test_a_merged_record_is_in_no_other_and_the_refusal_names_the_one_that_goes_on(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        third = await add_record(owner, "Kestrel Too")
        await merged(database, officers, pair)
        for keep, absorb in ((third, pair[1]), (pair[1], third)):
            with pytest.raises(RecordMergedError, match=f"merged into {pair[0].number}"):
                await propose(database, officers[0], keep, absorb)

    async def test_records_of_two_owners_are_not_merged(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        for held in pair:
            await add_owner(owner, held.id)

        with pytest.raises(MergeCannotBeError, match="Two organisations own"):
            await propose(database, officers[0], *pair)

    async def test_records_of_one_owner_are_and_so_is_an_unclaimed_one_into_a_claimed_one(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        third = await add_record(owner, "Kestrel Too")
        await add_owner(owner, pair[0].id, pair[1].id)

        await merged(database, officers, pair)
        await merged(database, officers, (pair[0], third))

        assert await into(owner, third) == await into(owner, pair[1]) == pair[0].id

    async def test_a_claimed_record_does_not_end_in_an_unclaimed_one(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        await add_owner(owner, pair[1].id)

        with pytest.raises(MergeCannotBeError, match="Keep the claimed one"):
            await propose(database, officers[0], *pair)

    async def test_while_somebody_is_invited_to_claim_one_they_are_not_merged(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        merge = await propose(database, officers[0], *pair)
        manager = await add_owner(owner)
        claim = {"id": uuid7(), "provider_id": pair[1].id, "verified_how": "in-person"}
        by = {"invited_by": officers[0].person_id, "invited_at": clock.now()}
        by["invited_by_organisation"] = officers[0].organisation_id
        by["organisation_id"] = manager.organisation_id
        await insert(owner, "claims", claim | by)

        with pytest.raises(MergeOvertakenError, match="invited to claim"):
            await do(database, officers[1], service.confirm, merge)

    async def test_an_owner_found_since_it_was_proposed_stands_in_the_way(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        merge = await propose(database, officers[0], *pair)
        for held in pair:
            await add_owner(owner, held.id)

        with pytest.raises(MergeCannotBeError):
            await do(database, officers[1], service.confirm, merge)


class TestWhoMay:
    async def test_a_stake_in_either_record_keeps_from_proposing_and_confirming(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        manager = await add_owner(owner, pair[0].id)
        for officer in officers:
            await add_member(owner, manager.organisation_id, person_id=officer.person_id)
        neutral = await add_officer(owner)

        with pytest.raises(NotYoursToJudgeError, match="works, or has worked"):
            await propose(database, officers[0], *pair)
        merge = await propose(database, neutral, *pair)
        with pytest.raises(NotYoursToJudgeError):
            await do(database, officers[1], service.confirm, merge)
        with pytest.raises(NotYoursToJudgeError):
            await do(database, officers[1], service.refuse, merge, "No.")

    async def test_whoever_answers_for_the_record_that_ends_proposes_and_for_the_other_confirms(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        keep = await add_record(owner, "Kestrel", "listed", la_code=WARWICKSHIRE)
        absorb = await add_record(owner, "Kestrel Ltd", "listed")
        ours = await add_officer(owner)
        theirs = await add_officer(owner, Role.SECOND_OFFICER, WARWICKSHIRE)
        own_second = await add_officer(owner, Role.SECOND_OFFICER)

        with pytest.raises(NotYoursToJudgeError):
            await propose(database, theirs, keep, absorb)
        merge = await propose(database, ours, keep, absorb)
        with pytest.raises(NotYoursToJudgeError):
            await do(database, own_second, service.confirm, merge)
        await do(database, theirs, service.confirm, merge)

        assert await into(owner, absorb) == keep.id

    async def test_a_merge_of_others_is_not_found(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        merge = await propose(database, officers[0], *pair)
        stranger = await add_officer(owner, Role.SECOND_OFFICER, WARWICKSHIRE)
        for who, which in ((stranger, merge), (officers[1], uuid7())):
            with pytest.raises(MergeNotFoundError):
                await do(database, who, service.confirm, which)


class TestInWhichOrder:
    async def test_each_step_is_done_once_and_from_where_it_leads_on(
        self, database: Database, officers: Officers, pair: Pair
    ) -> None:
        steps: dict[str, tuple[Act, tuple[str, ...]]] = {
            "confirm": (service.confirm, ()),
            "refuse": (service.refuse, ("No.",)),
            "propose undoing": (service.propose_undoing, ("They are two.",)),
            "confirm undoing": (service.confirm_undoing, ()),
            "refuse undoing": (service.refuse_undoing, ("No.",)),
        }
        leads_on = {
            "proposed": {"confirm", "refuse"},
            "merged": {"propose undoing"},
            "undoing": {"confirm undoing", "refuse undoing"},
            "undone": set(),
        }
        merge = await propose(database, officers[0], *pair)
        for state, allowed in leads_on.items():
            if state == "merged":
                await do(database, officers[1], service.confirm, merge)
            if state == "undoing":
                await do(database, officers[0], service.propose_undoing, merge, "They are two.")
            if state == "undone":
                await do(database, officers[1], service.confirm_undoing, merge)
            for name in steps.keys() - allowed:
                act, said = steps[name]
                with pytest.raises(MergeNotOpenError, match=f"It is {state}"):
                    await do(database, officers[1], act, merge, *said)

    async def test_a_chain_is_parted_from_its_end(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        third = await add_record(owner, "Kestrel Too", "listed")
        first = await merged(database, officers, pair)
        second = await merged(database, officers, (third, pair[0]))

        with pytest.raises(MergeOvertakenError, match="Part those first"):
            await do(database, officers[0], service.propose_undoing, first, "They are two.")
        await undone(database, officers, second)
        await undone(database, officers, first)

        sites = await owner.fetch("SELECT provider_id, reference, id FROM sites ORDER BY id")
        assert [tuple(row) for row in sites] == [(held.id, 1, held.site) for held in (*pair, third)]

    async def test_a_parting_waits_for_another_open_merge_of_the_record(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        third = await add_record(owner, "Kestrel Too", "listed")
        merge = await merged(database, officers, pair)
        await propose(database, officers[0], pair[0], third)

        with pytest.raises(MergeOpenError):
            await do(database, officers[0], service.propose_undoing, merge, "They are two.")

    async def test_two_that_confirm_at_once_merge_once(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        merge = await propose(database, officers[0], *pair)
        seconds = [await add_officer(owner, Role.SECOND_OFFICER) for _ in range(4)]

        outcomes = await asyncio.gather(
            *(do(database, each, service.confirm, merge) for each in seconds),
            return_exceptions=True,
        )

        refused = [outcome for outcome in outcomes if outcome is not None]
        assert len(refused) == 3
        assert all(isinstance(outcome, MergeNotOpenError) for outcome in refused)

    async def test_merges_into_one_another_at_once_end_with_one(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        outcomes = await asyncio.gather(
            propose(database, officers[0], *pair),
            propose(database, officers[0], *pair[::-1]),
            return_exceptions=True,
        )

        assert sum(isinstance(outcome, AppError) for outcome in outcomes) == 1
        assert await owner.fetchval("SELECT count(*) FROM merges") == 1
