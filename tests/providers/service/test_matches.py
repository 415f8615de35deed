"""What an application shares with records removed or refused, found in the tables themselves."""

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from app import clock
from app.access import Role
from app.db.transactions import Database, reading, transaction
from app.providers.errors import ApplicationNotFoundError, MatchNotFoundError, NotYoursToJudgeError
from app.providers.service import matches as service
from app.providers.terms import Ground, MatchJudgement
from app.values.uuid7 import uuid7
from tests.factories.people import Member, add_member, insert
from tests.factories.providers import WARWICKSHIRE
from tests.providers.applicants import (
    Held,
    add_listing,
    add_officer,
    add_owner,
    add_record,
    add_traces,
)

BANK = b"b" * 32
MARCH = date(1979, 3, 1)
SHARED: list[tuple[Ground, dict[str, Any]]] = [
    (Ground.PERSON, {"person": ("Exampleby, Anna", MARCH)}),
    (Ground.PHONE, {"phone": "01632 960101"}),
    (Ground.MAILBOX, {"email": "anna.trial@gmail.com"}),
    (Ground.DOMAIN, {"email": "anna@kestrel.example"}),
    (Ground.ADDRESS, {"address": "4 Invented Lane, Madeup, ZA1 1AA"}),
    (Ground.COMPANY, {"company": "09000001"}),
    (Ground.CHARITY, {"charity": "1900001"}),
    (Ground.BANK_ACCOUNT, {"bank": BANK}),
]


async def noted(database: Database, member: Member, listing: uuid.UUID) -> list[service.Match]:
    async with transaction(database, member.actor) as session:
        return await service.list_matches(session, member.actor, listing)


async def applying(owner: asyncpg.Connection, name: str = "Marrow Skills") -> Held:
    return await add_record(owner, name, "submitted")


def listing_of(held: Held) -> uuid.UUID:
    assert held.listing is not None
    return held.listing


class TestEveryGround:
    @pytest.mark.parametrize("left", ["removed", "refused"])
    @pytest.mark.parametrize(("ground", "traces"), SHARED)
    async def test_what_both_records_tell_is_found_in_the_tables(
        self,
        database: Database,
        owner: asyncpg.Connection,
        ground: Ground,
        traces: dict[str, Any],
        left: str,
    ) -> None:
        gone = await add_record(owner, "Copper Beech", left, la_code=WARWICKSHIRE)
        new = await applying(owner)
        for held in (gone, new):
            await add_traces(owner, held.id, **traces)
        assessor = await add_officer(owner)

        (match,) = await noted(database, assessor, listing_of(new))

        assert (match.other.number, match.other.name) == (gone.number, "Copper Beech")
        assert (match.other.left_as, match.other.left_on) == (left, date(2026, 9, 1))
        assert ground in match.sentences
        assert all(match.sentences.values())

    async def test_sites_at_one_address_are_found(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        gone, new = await add_record(owner, "Copper Beech", "removed"), await applying(owner)
        for held, line in ((gone, "4 Invented Lane"), (new, "4, Invented Ln.")):
            await owner.execute(
                "UPDATE sites SET address_lines = $2, town = 'Madeup', postcode = 'ZA1 1AA' "
                "WHERE id = $1",
                *(held.site, [line]),
            )

        (match,) = await noted(database, await add_officer(owner), listing_of(new))

        assert list(match.sentences) == [Ground.ADDRESS]

    async def test_sites_of_which_only_the_town_and_postcode_are_known_are_no_ground(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        gone, new = await add_record(owner, "Copper Beech", "removed"), await applying(owner)
        for held in (gone, new):
            await owner.execute(
                "UPDATE sites SET town = 'Madeup on Sea', postcode = 'ZA1 1AA' WHERE id = $1",
                held.site,
            )

        assert await noted(database, await add_officer(owner), listing_of(new)) == []

    @pytest.mark.parametrize("column", ["public_phone", "public_email", "website"])
    async def test_what_a_record_would_publish_counts_as_well(
        self, database: Database, owner: asyncpg.Connection, column: str
    ) -> None:
        told = {"public_phone": "01632 960101", "public_email": "a@kestrel.example"}
        value = told.get(column, "https://kestrel.example")
        await add_record(owner, "Copper Beech", "removed", **{column: value})
        new = await add_record(owner, "Marrow Skills", "submitted", **{column: value})

        assert len(await noted(database, await add_officer(owner), listing_of(new))) == 1

    async def test_a_declared_predecessor_is_found(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        gone, new = await add_record(owner, "Copper Beech", "removed"), await applying(owner)
        link = {"predecessor_id": gone.id, "successor_id": new.id, "reason": "They say so."}
        await insert(owner, "provider_links", {"id": uuid7(), "recorded_at": clock.now()} | link)

        (match,) = await noted(database, await add_officer(owner), listing_of(new))

        assert list(match.sentences) == [Ground.DECLARED]

    async def test_a_name_and_a_common_name_of_a_director_together_are_found(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        gone = await add_record(owner, "Copper Beech", "removed")
        new = await applying(owner, "Copper Beech")
        for held in (gone, new):
            await add_traces(owner, held.id, person=("Smith, John", None))

        (match,) = await noted(database, await add_officer(owner), listing_of(new))

        assert set(match.sentences) == {Ground.NAME, Ground.PERSON}


class TestWhoIsComparedWith:
    async def test_a_provider_that_is_listed_or_known_is_not(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        new = await applying(owner)
        others = [await add_record(owner, "Other", state) for state in ("listed", None, "closed")]
        for held in (new, *others):
            await add_traces(owner, held.id, bank=BANK)

        assert await noted(database, await add_officer(owner), listing_of(new)) == []

    async def test_a_removal_counts_from_its_day(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        today, new = clock.today(), await applying(owner)
        for days in (0, 1):
            held = await add_record(owner, f"Other {days}")
            dated = {"next_state": "removed", "next_on": today + timedelta(days)}
            await add_listing(owner, held.id, held.site, "suspended", **dated)
            await add_traces(owner, held.id, bank=BANK)
        await add_traces(owner, new.id, bank=BANK)

        (match,) = await noted(database, await add_officer(owner), listing_of(new))

        assert (match.other.name, match.other.left_on) == ("Other 0", today)

    async def test_traces_of_a_record_merged_into_a_removed_one_count_as_that_ones(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        gone, new = await add_record(owner, "Copper Beech", "removed"), await applying(owner)
        merged = await add_record(owner, "Copper Beech Too")
        await add_traces(owner, merged.id, bank=BANK)
        await add_traces(owner, new.id, bank=BANK)
        await owner.execute(
            "UPDATE providers SET merged_into = $2 WHERE id = $1", merged.id, gone.id
        )

        (match,) = await noted(database, await add_officer(owner), listing_of(new))

        assert match.other.number == gone.number

    async def test_a_provider_is_not_compared_with_its_own_past(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        new = await applying(owner)
        await add_listing(owner, new.id, new.site, "removed")
        await add_traces(owner, new.id, bank=BANK)

        assert await noted(database, await add_officer(owner), listing_of(new)) == []

    async def test_a_telephone_number_that_several_others_have_is_no_ground(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        gone, new = await add_record(owner, "Copper Beech", "removed"), await applying(owner)
        others = [await add_record(owner, f"Tenant {n}", "listed") for n in range(3)]
        for held in (gone, new, *others):
            await add_traces(owner, held.id, phone="01632 960101")

        assert await noted(database, await add_officer(owner), listing_of(new)) == []

    async def test_nothing_is_compared_before_an_application_is_submitted(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        gone = await add_record(owner, "Copper Beech", "removed")
        new = await add_record(owner, "Marrow Skills", "draft")
        for held in (gone, new):
            await add_traces(owner, held.id, bank=BANK)

        assert await noted(database, await add_officer(owner), listing_of(new)) == []


@pytest.fixture
async def pair(owner: asyncpg.Connection) -> tuple[Held, Held]:
    """One that was removed elsewhere, and an applicant with the same account."""
    gone = await add_record(owner, "Copper Beech", "removed", la_code=WARWICKSHIRE)
    new = await applying(owner)
    for held in (gone, new):
        await add_traces(owner, held.id, bank=BANK)
    return gone, new


class TestNoting:
    async def test_the_owner_causes_it_and_learns_nothing_of_it(
        self, database: Database, owner: asyncpg.Connection, pair: tuple[Held, Held]
    ) -> None:
        manager = await add_owner(owner, pair[1].id)
        for _ in range(2):  # sent back and submitted again
            async with transaction(database, manager.actor) as session:
                await service.note_matches(session, manager.actor, listing_of(pair[1]))

        rows = await owner.fetch("SELECT * FROM walk_back_matches")
        async with reading(database, manager.actor) as session:
            seen = await service.unjudged_matches(session, listing_of(pair[1]))
        assert [(row["other_provider_id"], row["grounds"]) for row in rows] == [
            (pair[0].id, ["bank-account"])
        ]
        assert seen == []
        with pytest.raises(ApplicationNotFoundError):
            await noted(database, manager, listing_of(pair[1]))

    async def test_what_was_noted_stays_when_the_applicant_takes_it_out_again(
        self, database: Database, owner: asyncpg.Connection, pair: tuple[Held, Held]
    ) -> None:
        assessor = await add_officer(owner)
        await noted(database, assessor, listing_of(pair[1]))
        await owner.execute("DELETE FROM bank_references WHERE provider_id = $1", pair[1].id)

        (match,) = await noted(database, assessor, listing_of(pair[1]))

        assert match.sentences == {Ground.BANK_ACCOUNT: []}
        assert match.noted.score == Decimal("0.95")

    async def test_what_more_comes_up_opens_a_judgement_again(
        self, database: Database, owner: asyncpg.Connection, pair: tuple[Held, Held]
    ) -> None:
        assessor, listing = await add_officer(owner), listing_of(pair[1])
        (match,) = await noted(database, assessor, listing)
        await judge(database, assessor, (listing, match.noted.id))
        (same,) = await noted(database, assessor, listing)
        for held in pair:
            await add_traces(owner, held.id, phone="01632 960101")

        (more,) = await noted(database, assessor, listing)

        assert same.noted.judgement == "unrelated"
        assert more.noted.judgement is None
        assert more.noted.grounds == ["bank-account", "phone"]
        assert more.noted.score > match.noted.score

    async def test_nobody_notes_for_whom_the_application_does_not_exist(
        self, database: Database, owner: asyncpg.Connection, pair: tuple[Held, Held]
    ) -> None:
        stranger = await add_officer(owner, la_code=WARWICKSHIRE)

        with pytest.raises(ApplicationNotFoundError):
            async with transaction(database, stranger.actor) as session:
                await service.note_matches(session, stranger.actor, listing_of(pair[1]))

        with pytest.raises(ApplicationNotFoundError):
            await noted(database, stranger, listing_of(pair[1]))

    async def test_traces_are_told_to_nobody_but_the_owner_and_who_answers_for_the_applicant(
        self, database: Database, owner: asyncpg.Connection, pair: tuple[Held, Held]
    ) -> None:
        stranger = await add_officer(owner, la_code=WARWICKSHIRE)
        manager, assessor = await add_owner(owner, pair[1].id), await add_officer(owner)
        found = {}
        for who in (stranger, manager, assessor):
            async with reading(database, who.actor) as session:
                found[who.person_id] = await service.find_matches(session, who.actor, pair[1].id)

        assert found[stranger.person_id] == []
        assert len(found[manager.person_id]) == len(found[assessor.person_id]) == 1


async def judge(
    database: Database,
    member: Member,
    match: tuple[uuid.UUID, uuid.UUID],
    judgement: MatchJudgement = MatchJudgement.UNRELATED,
) -> None:
    async with transaction(database, member.actor) as session:
        await service.judge_match(session, member.actor, match, judgement, "I asked both.")


class TestJudging:
    async def test_a_judgement_is_kept_with_its_reason_and_written_down(
        self, database: Database, owner: asyncpg.Connection, pair: tuple[Held, Held]
    ) -> None:
        assessor, listing = await add_officer(owner), listing_of(pair[1])
        (match,) = await noted(database, assessor, listing)
        async with reading(database, assessor.actor) as session:
            before = await service.unjudged_matches(session, listing)

        await judge(database, assessor, (listing, match.noted.id), MatchJudgement.SAME_PEOPLE)

        row = await owner.fetchrow("SELECT * FROM walk_back_matches")
        act = await owner.fetchrow("SELECT * FROM audit_entries WHERE act = 'match.judged'")
        async with reading(database, assessor.actor) as session:
            assert len(before) == 1
            assert await service.unjudged_matches(session, listing) == []
        assert (row["judgement"], row["judged_by"]) == ("same-people", assessor.person_id)
        assert (act["reason"], act["subject_label"]) == ("I asked both.", pair[0].number)

    async def test_whoever_worked_for_the_applicant_may_look_but_not_judge(
        self, database: Database, owner: asyncpg.Connection, pair: tuple[Held, Held]
    ) -> None:
        assessor, listing = await add_officer(owner), listing_of(pair[1])
        (match,) = await noted(database, assessor, listing)
        manager = await add_owner(owner, pair[1].id)
        await add_member(owner, manager.organisation_id, person_id=assessor.person_id)

        assert len(await noted(database, assessor, listing)) == 1
        with pytest.raises(NotYoursToJudgeError, match="worked, for the applicant"):
            await judge(database, assessor, (listing, match.noted.id))

    async def test_a_match_of_another_application_and_one_that_is_not_there_are_not_found(
        self, database: Database, owner: asyncpg.Connection, pair: tuple[Held, Held]
    ) -> None:
        assessor = await add_officer(owner)
        other = await applying(owner, "Other")
        (match,) = await noted(database, assessor, listing_of(pair[1]))

        for wrong in ((listing_of(other), match.noted.id), (listing_of(pair[1]), uuid7())):
            with pytest.raises(MatchNotFoundError):
                await judge(database, assessor, wrong)
        with pytest.raises(ApplicationNotFoundError):
            await judge(database, assessor, (uuid7(), match.noted.id))

    async def test_the_database_itself_keeps_an_owner_from_changing_a_match(
        self, database: Database, owner: asyncpg.Connection, pair: tuple[Held, Held]
    ) -> None:
        await noted(database, await add_officer(owner), listing_of(pair[1]))
        manager = await add_owner(owner, pair[1].id)
        async with transaction(database, manager.actor) as session:
            connection = await session.connection()
            changed = await connection.exec_driver_sql(
                "UPDATE walk_back_matches SET judgement = 'unrelated', judged_at = now(), "
                "judged_reason = 'x'"
            )
        assert changed.rowcount == 0
        with pytest.raises(DBAPIError):
            async with transaction(database, manager.actor) as session:
                await (await session.connection()).exec_driver_sql("DELETE FROM walk_back_matches")


async def test_second_officers_and_analysts_see_matches_too(
    database: Database, owner: asyncpg.Connection, pair: tuple[Held, Held]
) -> None:
    for role in (Role.SECOND_OFFICER, Role.ANALYST):
        member = await add_officer(owner, role)
        assert len(await noted(database, member, listing_of(pair[1]))) == 1
