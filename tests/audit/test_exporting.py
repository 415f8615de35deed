import csv
import hashlib
import io
import json
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app.access import OPERATOR, Actor, ActorKind, DbRole, Role
from app.audit.exporting import CSV_COLUMNS, Heading, export, made_by
from app.audit.queries import BATCH
from app.audit.terms import ExportFormat, Purpose, Wanted
from app.db.transactions import Database
from tests.factories.audit import add_entries, add_entry, transactions_open
from tests.factories.people import Member, add_member, add_organisation, sign_in

NOON = datetime(2021, 9, 1, 12, tzinfo=UTC)
HEADING = Heading(
    audit_of="=Example School",
    organisation_id="5",
    first_day=date(2021, 9, 1),
    last_day=date(2021, 9, 30),
    made_at=NOON,
    made_by="Example Person",
    purpose=Purpose.SUBJECT_REQUEST,
)
EVERYTHING = Wanted()


@pytest.fixture
async def member(owner: asyncpg.Connection) -> Member:
    school = await add_organisation(owner, "Example School")
    return await add_member(owner, school, Role.ADMINISTRATOR, name="Zoë Example")


async def written(
    database: Database, actor: Actor, shape: ExportFormat, wanted: Wanted = EVERYTHING
) -> bytes:
    return b"".join([chunk.data async for chunk in export(database, actor, wanted, HEADING, shape)])


async def fill(owner: asyncpg.Connection, member: Member, count: int) -> None:
    await add_entries(owner, member.actor, count, first_at=NOON)


class TestAsCsv:
    async def test_a_person_can_read_it(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        request, about = str(uuid.uuid4()), str(uuid.uuid4())
        entry_id = await add_entry(
            owner,
            member.actor,
            "membership.roles_changed",
            recorded_at=NOON,
            roles=["administrator", "analyst"],
            subject_kind="membership",
            subject_id=about,
            subject_label="Another Person",
            subject_organisation_id=member.organisation_id,
            subject_organisation_name="Example School",
            reason="Cover for a colleague",
            before=json.dumps({"roles": ["analyst"]}),
            after=json.dumps({"roles": []}),
            request_id=request,
        )

        file = await written(database, member.actor, ExportFormat.CSV)

        rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))
        assert rows[:7] == [
            ["#audit_of", "'=Example School"],
            ["#organisation_id", "5"],
            ["#from", "2021-09-01"],
            ["#until", "2021-09-30"],
            ["#made_at", "2021-09-01T12:00:00.000000Z"],
            ["#made_by", "Example Person"],
            ["#purpose", "subject-request"],
        ]
        assert rows[7][0] == "#times"
        headings, entry, end = rows[8:]
        assert tuple(headings) == CSV_COLUMNS
        assert dict(zip(headings, entry, strict=True)) == {
            "recorded_at": "2021-09-01T12:00:00.000000Z",
            "london_time": "2021-09-01 13:00:00",
            "who": "Zoë Example",
            "who_kind": "person",
            "who_id": str(member.person_id),
            "for_whom": "Example School",
            "for_whom_id": str(member.organisation_id),
            "under_roles": "administrator|analyst",
            "did": "membership.roles_changed",
            "outcome": "done",
            "to_what": "membership",
            "to_what_id": about,
            "to_what_name": "Another Person",
            "whose_record": "Example School",
            "whose_record_id": str(member.organisation_id),
            "why": "Cover for a colleague",
            "purpose": "",
            "before": '{"roles":["analyst"]}',
            "after": '{"roles":[]}',
            "request": request,
            "entry": str(entry_id),
        }
        assert end[:2] == ["#end", "1"]

    async def test_a_spreadsheet_computes_nothing_of_what_somebody_wrote(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        evil = '=HYPERLINK("http://192.0.2.1/","look")'
        names = ("actor_name", "organisation_name", "act", "subject_label", "reason", "request_id")
        await add_entry(
            owner, member.actor, recorded_at=NOON,
            subject_kind="+1", subject_id="-1", subject_organisation_name="@x", roles=["\t=1"],
            **{**dict.fromkeys(names, evil), "act": evil},
        )  # fmt: skip

        file = await written(database, member.actor, ExportFormat.CSV)

        cells = [cell for row in csv.reader(io.StringIO(file.decode("utf-8-sig"))) for cell in row]
        assert sum(cell == "'" + evil for cell in cells) == len(names)
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]

    async def test_lines_within_a_reason_stay_within_their_cell(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        reason = 'one,\r\n#end,7,"x"\ntwo'
        await add_entry(owner, member.actor, recorded_at=NOON, reason=reason)

        file = await written(database, member.actor, ExportFormat.CSV)

        rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))
        assert rows[9][CSV_COLUMNS.index("why")] == reason
        assert rows[10][:2] == ["#end", "1"]


class TestAsJsonLines:
    async def test_a_program_reads_each_entry_as_the_list_gives_it(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        for number in range(3):
            await add_entry(
                owner, member.actor, recorded_at=NOON + timedelta(seconds=number, microseconds=1),
                subject_kind="example", subject_id=str(number), after=json.dumps({"a": [number]}),
                subject_organisation_id=member.organisation_id,
            )  # fmt: skip
        reader = await sign_in(client, owner, member)
        period = {"from": "2021-09-01", "until": "2021-09-01", "purpose": "oversight"}

        page = (await reader.get("/v1/audit", params=period)).json()
        file = await reader.get("/v1/audit/export", params={**period, "format": "jsonl"})

        lines = [json.loads(line) for line in file.content.splitlines()]
        assert lines[1:-1] == page["items"][::-1]


class TestBoth:
    @pytest.mark.parametrize("count", [0, 1, BATCH, BATCH + 1])
    async def test_the_last_line_is_true_of_all_before_it(
        self, database: Database, owner: asyncpg.Connection, member: Member, count: int
    ) -> None:
        await fill(owner, member, count)

        for shape, lines_before in ((ExportFormat.CSV, 9), (ExportFormat.JSONL, 1)):
            file = await written(database, member.actor, shape)

            *before, last = file.splitlines(keepends=True)
            digest = hashlib.sha256(b"".join(before)).hexdigest()
            if shape is ExportFormat.CSV:
                assert last.decode().strip() == f"#end,{count},{digest}"
            else:
                assert json.loads(last) == {"count": count, "sha256": digest}
            assert len(before) == count + lines_before

    @pytest.mark.parametrize("shape", ExportFormat)
    async def test_entries_are_oldest_first_and_of_the_period_alone(
        self, database: Database, owner: asyncpg.Connection, member: Member, shape: ExportFormat
    ) -> None:
        await fill(owner, member, 20)
        wanted = Wanted(since=NOON + timedelta(seconds=5), before=NOON + timedelta(seconds=8))

        file = await written(database, member.actor, shape, wanted)

        seconds = [line[17:19] for line in file.decode().splitlines() if line.startswith("2021")]
        if shape is ExportFormat.JSONL:
            entries = [json.loads(line) for line in file.splitlines()[1:-1]]
            seconds = [entry["recorded_at"][17:19] for entry in entries]
        assert seconds == ["05", "06", "07"]

    async def test_an_entry_made_meanwhile_is_not_in_it_and_the_count_is_true(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        await fill(owner, member, BATCH * 3)

        counts = []
        async for chunk in export(database, member.actor, EVERYTHING, HEADING, ExportFormat.JSONL):
            counts.append(chunk.entries)
            for moment in (NOON, NOON + timedelta(days=9)):
                await add_entry(owner, member.actor, recorded_at=moment)

        assert counts == [BATCH, BATCH * 2, BATCH * 3, BATCH * 3]

    async def test_only_a_batch_is_in_a_chunk(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        await fill(owner, member, BATCH * 4)

        sizes = [
            len(chunk.data)
            async for chunk in export(database, member.actor, EVERYTHING, HEADING, ExportFormat.CSV)
        ]
        assert max(sizes) < 2 * min(sizes[:4])

    async def test_one_that_is_left_half_way_gives_its_connection_back(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        await fill(owner, member, BATCH * 4)
        for _ in range(30):  # more often than there are connections
            chunks = export(database, member.actor, EVERYTHING, HEADING, ExportFormat.CSV)
            await anext(chunks)
            await chunks.aclose()

        assert await transactions_open(owner) == 0


@pytest.mark.parametrize(
    ("actor", "named"),
    [
        (OPERATOR, "operator"),
        (
            Actor(
                name="Example Person",
                role=DbRole.APP,
                kind=ActorKind.PERSON,
                id=uuid.UUID(int=7),
                organisation_name="Example School",
            ),
            "Example Person (Example School, 00000000-0000-0000-0000-000000000007)",
        ),
    ],
)
def test_a_file_says_by_whom_it_was_made(actor: Actor, named: str) -> None:
    assert made_by(actor) == named


async def _transactions_open(owner: asyncpg.Connection) -> int:
    found: Any = await owner.fetchval(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
    )
    return int(found)
