import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from app.access import OPERATOR
from app.cli.output import Exit
from app.config import Settings
from app.organisations.terms import OrganisationKind
from tests.cli.running import Here, addresses
from tests.factories.audit import add_entry
from tests.factories.people import Member, add_member, add_organisation

PERIOD = ("--from", "2021-09-01", "--until", "2021-09-30", "--purpose", "subject-request")
NOON = datetime(2021, 9, 1, 12, tzinfo=UTC)


@pytest.fixture
async def members(owner: asyncpg.Connection) -> dict[str, Member]:
    """A trust, its school and a stranger; each did something, and so did an operator."""
    trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
    school = await add_organisation(owner, "Example School", parent_id=trust)
    elsewhere = await add_organisation(owner, "Another School")
    found = {}
    for name, organisation in (("trust", trust), ("school", school), ("else", elsewhere)):
        found[name] = await add_member(owner, organisation)
        await add_entry(owner, found[name].actor, f"{name}.did", recorded_at=NOON)
    await add_entry(owner, OPERATOR, "operator.did", recorded_at=NOON)
    await add_entry(owner, found["trust"].actor, "later.did", recorded_at=NOON.replace(month=10))
    return found


def acts(text: str) -> set[str]:
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    headings = next(number for number, row in enumerate(rows) if row[0] == "recorded_at")
    column = rows[headings].index("did")
    return {row[column] for row in rows[headings + 1 : -1]}


def left_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


class TestExportAudit:
    async def test_one_organisations_file_holds_what_its_own_people_are_shown(
        self, settings: Settings, members: dict[str, Member], here: Here
    ) -> None:
        shown = {}
        for whose, member in members.items():
            organisation = str(member.organisation_id)
            ended = await here(
                "export", "audit", "--organisation", organisation, *PERIOD, **addresses(settings)
            )
            assert (ended.code, ended.err) == (Exit.DONE, "")
            shown[whose] = acts(ended.out)

        assert shown == {
            "trust": {"trust.did", "school.did"},
            "school": {"school.did"},
            "else": {"else.did"},
        }

    @pytest.mark.usefixtures("members")
    async def test_everybodys_holds_everything_of_the_period(
        self, settings: Settings, here: Here, tmp_path: Path
    ) -> None:
        ended = await here(
            *("export", "audit", "--all", *PERIOD, "-o", "audit.csv", "--json"),
            **addresses(settings),
        )

        assert (ended.code, ended.err) == (Exit.DONE, "")
        assert json.loads(ended.out) == {"entries": 4, "file": "audit.csv"}
        [(name, text)] = left_in(tmp_path).items()
        assert name == "audit.csv"
        assert acts(text) == {"trust.did", "school.did", "else.did", "operator.did"}

    async def test_that_it_was_exported_is_written_down_for_that_organisation_to_see(
        self, settings: Settings, members: dict[str, Member], here: Here, owner: asyncpg.Connection
    ) -> None:
        organisation = members["school"].organisation_id

        await here(
            *("export", "audit", "--organisation", str(organisation), *PERIOD),
            *("--format", "jsonl"),
            **addresses(settings),
        )

        [entry] = await owner.fetch("SELECT * FROM audit_entries WHERE act = 'audit.exported'")
        assert (entry["actor_kind"], entry["outcome"]) == ("operator", "read")
        assert entry["purpose"] == "subject-request"
        assert entry["subject_organisation_id"] == organisation
        assert entry["subject_organisation_name"] == "Example School"
        assert json.loads(entry["after"]) == {
            "from": "2021-09-01",
            "until": "2021-09-30",
            "format": "jsonl",
        }

    @pytest.mark.usefixtures("members")
    async def test_as_json_lines_its_head_and_end_say_what_it_is(
        self, settings: Settings, here: Here
    ) -> None:
        ended = await here(
            "export", "audit", "--all", *PERIOD, "--format", "jsonl", **addresses(settings)
        )

        head, *entries, end = [json.loads(line) for line in ended.out.splitlines()]
        assert (head["audit_of"], head["organisation_id"]) == ("every organisation", None)
        assert (head["made_by"], head["purpose"]) == ("operator", "subject-request")
        assert end["count"] == len(entries) == 4

    async def test_what_cannot_be_exported_is_said_plainly_and_leaves_no_file_and_no_entry(
        self, settings: Settings, here: Here, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        wrong: list[tuple[tuple[str, ...], Exit, str]] = [
            ((), Exit.USAGE, "Say whose acts"),
            (("--all", "--organisation", "0" * 32), Exit.USAGE, "Say whose acts"),
            (("--organisation", "0" * 32), Exit.REFUSED, "No organisation has the id 00000000-"),
            (("--all", "--until", "2021-08-31"), Exit.USAGE, "--until must be --from or later"),
            (("--all", "--from", "1066-10-14"), Exit.USAGE, "2020-01-01"),
            (("--all", "--purpose", "curiosity"), Exit.USAGE, "subject-request"),
        ]
        for words, code, said in wrong:
            ended = await here(
                *("export", "audit", *PERIOD, "-o", "audit.csv", *words),
                **(addresses(settings) | {"COLUMNS": "400"}),
            )

            assert (ended.code, ended.out) == (code, "")
            assert said in ended.err
        assert left_in(tmp_path) == {}
        assert await owner.fetchval("SELECT count(*) FROM audit_entries") == 0

    @pytest.mark.usefixtures("members")
    async def test_one_that_breaks_off_leaves_what_was_there(
        self, settings: Settings, here: Here, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        (tmp_path / "audit.csv").write_text("of yesterday")
        await owner.execute("REVOKE SELECT ON audit_entries FROM ap_operator")

        ended = await here(
            "export", "audit", "--all", *PERIOD, "-o", "audit.csv", **addresses(settings)
        )

        assert ended.code == Exit.SURROUNDINGS
        assert left_in(tmp_path) == {"audit.csv": "of yesterday"}
