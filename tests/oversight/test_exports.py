"""What is exported: for a planning call, for the census, and everything on one child."""

import csv
import io
import json
from typing import Any

import asyncpg
import httpx
import pytest

from app.assessments.service.assessing import OPTIONS, STEPS
from app.children.models import Child
from app.children.service.keeping import PARTICULARS
from app.funding.service.wording import DISPUTE, OVERRIDE, SETTLEMENT
from app.notices.service.composing import DOCUMENT
from app.notices.service.contacts import NAMED
from app.oversight.queries.everything import LEFT_OUT, TABLES
from app.oversight.service.exporting import COLUMNS
from app.oversight.service.working import SAID
from app.oversight.terms import ExportKind
from app.placements.service.assessed import URGENCY
from app.reviews.service.keeping import CONTRIBUTED, REVIEWED
from app.safeguarding.service.checklist import ITEM_SAID, URGENT_SAID
from app.safeguarding.service.handing import REACH
from app.safeguarding.service.provider_part import PROVIDER_SAID
from tests.children.asking import CHILDREN, add
from tests.factories.children import circumstances
from tests.oversight.conftest import People, Setting
from tests.placements.asking import PLACEMENTS, in_days, mornings, place
from tests.providers.router.asking import at_version, problem

EXPORT = f"{PLACEMENTS}/export"
CALL = {"kind": "planning-call", "purpose": "quality-assurance"}
CENSUS = {"kind": "census", "purpose": "administration"}
ASKED = {"purpose": "subject-request"}
TEMPTING = "=cmd|' /C calc'!A0"


async def placed(
    people: People, setting: Setting, who: str = "school", **of: Any
) -> dict[str, Any]:
    """Let a child have a place that runs: five mornings and one afternoon."""
    duties = of.pop("duties", {})
    child = await add(people[who], circumstances=circumstances(**duties), **of.pop("child", {}))
    week = [*mornings(), {"weekday": "monday", "starts": "13:30", "ends": "15:30"}]
    facts: dict[str, Any] = {"starts_on": in_days(-40), "sessions": week} | of
    made = await place(people[who], setting, child=child, **facts)
    assert made.status_code == 201, made.text
    told: dict[str, Any] = made.json() | {"child_record": child}
    return told


def rows_of(answer: httpx.Response) -> list[dict[str, str]]:
    """Read a CSV answer, byte order mark and all."""
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_a_planning_call_lists_who_is_where_since_when_and_who_checked(
    people: People, setting: Setting
) -> None:
    mine = await placed(people, setting, reference=TEMPTING)
    await placed(people, setting, "other")
    ended = await placed(people, setting)
    ending = {"ended_on": in_days(-2), "reason": "moved", "destination": "home-school"}
    await people["school"].post(
        f"{PLACEMENTS}/{ended['id']}/end", json=ending, headers=at_version(ended["version"])
    )
    check = {
        "provider": setting.record.number,
        "site": 1,
        "kind": "visit",
        "seen_on": in_days(-50),
        "seen_by": "Example Visitor",
        "what": "Rooms and staff.",
    }
    checked = await people["school"].post("/v1/site-checks", json=check)
    assert checked.status_code == 201, checked.text

    (row,) = rows_of(await people["school"].get(EXPORT, params=CALL))
    then = rows_of(await people["school"].get(EXPORT, params=CALL | {"on": in_days(-5)}))
    lines = await people["school"].get(EXPORT, params=CALL | {"format": "jsonl"})
    audit = await people["school"].get("/v1/audit", params={"purpose": "administration"})

    assert list(row) == list(COLUMNS[ExportKind.PLANNING_CALL])
    assert row["placement_reference"] == f"'{TEMPTING}"
    assert row["family_name"] == mine["child_record"]["family_name"]
    assert (row["hours_a_week"], row["since"]) == ("22.0", mine["starts_on"])
    assert (row["last_checked_by"], row["last_checked_on"]) == ("Example Visitor", in_days(-50))
    assert (row["provider"], row["pupils_there"]) == (setting.record.number, "1")
    assert len(then) == 2
    assert json.loads(lines.text)["placement_reference"] == TEMPTING
    acts = [one["act"] for one in audit.json()["items"]]
    assert acts.count("placements.exported") == 3


async def test_the_census_has_one_identifier_and_says_what_is_to_be_looked_at(
    people: People, setting: Setting
) -> None:
    placement = await placed(people, setting, duties={"sen": True}, route="health-absence")
    days = {"since": in_days(-10), "until": in_days(0)}

    (row,) = rows_of(await people["school"].get(EXPORT, params=CENSUS | days))
    before = {"since": in_days(-60), "until": in_days(-50)}
    none = rows_of(await people["school"].get(EXPORT, params=CENSUS | before))

    assert list(row) == list(COLUMNS[ExportKind.CENSUS])
    assert row["upn"] == placement["child_record"]["upn"]
    assert [row[name] for name in ("urn", "ukprn", "setting_type")] == ["", "", "OTH"]
    assert (row["reason"], row["reason_dfe_code"]) == ("HEALTH", "")
    assert (row["attendance_pattern"], row["sessions_a_week"]) == ("part-time", "6")
    assert (row["entry_date"], row["leaving_date"]) == (placement["starts_on"], "")
    assert row["sen_provision_on_entry"] == "K"
    assert "mental or physical" in row["notes"]
    assert none == []


@pytest.mark.parametrize(
    "asked",
    [
        CENSUS,
        CENSUS | {"since": "2026-09-01"},
        CENSUS | {"since": "2026-09-02", "until": "2026-09-01"},
        CENSUS | {"since": "2020-09-01", "until": "2026-09-01"},
        CENSUS | {"since": "2026-09-01", "until": "2026-09-02", "on": "2026-09-01"},
        CALL | {"since": "2026-09-01"},
        CALL | {"kind": "everything"},
        {"kind": "planning-call"},
    ],
)
async def test_what_an_export_cannot_be_of_is_refused(
    people: People, asked: dict[str, str]
) -> None:
    assert problem(await people["school"].get(EXPORT, params=asked)) == (422, "invalid-request")


async def test_everything_on_one_child_is_told_decrypted_and_nothing_of_another(
    people: People, setting: Setting
) -> None:
    mine = await placed(people, setting, child={"given_names": "Example Zoë"})
    week = mornings(ends="08:00", starts="07:00")
    urgent = await place(people["school"], setting, child=mine["child_record"], sessions=week)
    other = await placed(people, setting, child={"family_name": "Otherchild"})
    fact = {"on": in_days(-3), "kind": "absent", "absence": "ill"}
    for days in range(3, 8):  # one of them is a weekday with one session
        await people["manager"].post(
            f"{PLACEMENTS}/{mine['id']}/attendance",
            json=fact | {"on": in_days(-days), "starts": "09:00"},
        )
    address = f"{CHILDREN}/{mine['child']}/everything"
    await people["home"].get(f"{PLACEMENTS}/{mine['id']}", params={"purpose": "safeguarding"})

    answer = await people["school"].get(address, params=ASKED)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    parts = {one["part"]: one["rows"] for one in told["parts"]}

    assert parts["child_particulars"][0]["said"]["given_names"] == "Example Zoë"
    assert parts["child_circumstances"][0]["home_la_code"] == "331"
    assert {row["id"] for row in parts["placements"]} == {mine["id"], urgent.json()["id"]}
    reasons = [row["urgency"] for row in parts["placements"]]
    assert {"reasons": "The child would be without education meanwhile."} in reasons
    assert len(parts["placement_sessions"]) == 11
    assert len(parts["attendance_facts"]) >= 3
    assert told["erased_at"] is None
    assert any("Example Forge" in name for name in told["names"].values())
    assert {"placement.read", "child.everything_read"} <= {one["act"] for one in told["read_by"]}
    assert not any(one in answer.text for one in ("Otherchild", other["child"], other["id"]))
    assert "sealed" not in answer.text


@pytest.mark.parametrize(("who", "refused"), [("home", 403), ("other", 404), ("manager", 403)])
async def test_everything_is_told_by_whose_record_it_is_alone(
    people: People, setting: Setting, who: str, refused: int
) -> None:
    mine = await placed(people, setting)

    answer = await people[who].get(f"{CHILDREN}/{mine['child']}/everything", params=ASKED)

    assert answer.status_code == refused


async def test_of_an_erased_child_it_is_said_that_it_was_erased(people: People) -> None:
    child = await add(people["school"], given_names="Example Gone")
    address = f"{CHILDREN}/{child['id']}"
    erased = await people["school"].post(
        f"{address}/erasure", json={"reason": "recorded-by-mistake"}, headers=at_version(1)
    )
    assert erased.status_code == 200, erased.text

    answer = await people["school"].get(f"{address}/everything", params=ASKED)

    assert answer.status_code == 200, answer.text
    assert answer.json()["erased_at"] is not None
    assert "erased" in answer.json()["note"]
    assert "Example Gone" not in answer.text


def test_no_table_that_leads_to_a_child_is_forgotten() -> None:
    held, tables = {"children"}, Child.metadata.tables.values()
    while True:
        leading = {
            table.name
            for table in tables
            if any(key.column.table.name in held for key in table.foreign_keys)
        }
        if leading <= held:
            break
        held |= leading

    assert held - {"children"} == {*TABLES, *LEFT_OUT}


async def test_what_is_listed_is_what_the_database_lets_a_commissioner_read(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    unread = [
        name
        for name in TABLES
        if not await owner.fetchval("SELECT has_table_privilege('ap_app', $1, 'SELECT')", name)
    ]

    assert unread == []


def test_every_encrypted_word_is_looked_for_where_it_was_encrypted() -> None:
    tables = Child.metadata.tables
    encrypted = {
        f"{name}.{column.name}"
        for name in TABLES
        for column in tables[name].columns
        if column.name.startswith("encrypted")
    }

    assert encrypted == {
        *(PARTICULARS, STEPS, OPTIONS, URGENCY, REVIEWED, CONTRIBUTED),
        *(DISPUTE, SETTLEMENT, OVERRIDE, SAID, REACH, ITEM_SAID, URGENT_SAID),
        *(DOCUMENT, NAMED, PROVIDER_SAID),
    }
