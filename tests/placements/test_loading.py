"""Many placements at once: each row judged by itself, as a batch and as a table."""

import asyncio
import csv
import io
from typing import Any

import asyncpg
import httpx
import pytest

from app.errors import AppError, InvalidRequestError
from app.placements import table
from app.placements.errors import TableNeededError
from app.placements.router import loading
from tests.children.asking import add
from tests.factories.children import a_child
from tests.factories.records import add_provider, add_site
from tests.placements.asking import CASES, PLACEMENTS, declare, in_days, mornings
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import problem

BATCH, FILE = f"{PLACEMENTS}/batch", f"{PLACEMENTS}/file"


def a_row(setting: Setting, reference: str, **members: Any) -> dict[str, Any]:
    """Return a placement that runs already, with the record of a child not held yet."""
    child = a_child()
    named = {"reference": child.pop("reference"), "record": child}
    row: dict[str, Any] = {
        "reference": reference,
        "child": named,
        "provider": setting.record.number,
        "site": 1,
        "route": "school-arranged",
        "starts_on": in_days(-30),
        "sessions": mornings("monday"),
        "minutes_elsewhere": 300,
    }
    return row | members


async def load(client: httpx.AsyncClient, *rows: Any) -> dict[str, Any]:
    """Send a batch; it is taken, whatever becomes of its rows."""
    answer = await client.post(BATCH, json={"items": rows})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def slugs(told: dict[str, Any]) -> list[tuple[int, str, str | None]]:
    """Return of each thing wrong the row, the kind, and where."""
    return [
        (row["row"], one["type"].rsplit("/", 1)[1], one["pointer"])
        for row in told["rows"]
        for one in row["problems"]
    ]


async def test_a_wrong_row_keeps_no_other_out_and_again_adds_nothing(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    held = await add(people["school"])
    lost = a_row(setting, "L-5", child={"reference": "nobody's"})
    rows = [
        a_row(setting, "L-1"),
        a_row(setting, "L-2", child={"reference": held["reference"]}),
        a_row(setting, "L-3", route="because", sessions=[]),
        a_row(setting, "L-4", provider="AP999999X"),
        lost,
        a_row(setting, "L-6", site=9),
        a_row(setting, "L-7", starts_on=in_days(7)),
        a_row(setting, "L-8"),
    ]
    rows[7]["child"]["record"]["circumstances"]["home_la"] = "999"
    before = await owner.fetchval("SELECT count(*) FROM children")

    first = await load(people["school"], *rows)
    again = await load(people["school"], *rows)

    assert (first["recorded"], first["held_already"], first["refused"]) == (2, 0, 6)
    assert slugs(first) == [
        (2, "invalid-request", "/sessions"),
        (2, "invalid-request", "/route"),
        (3, "provider-not-found", "/provider"),
        (4, "child-not-found", "/child/record"),
        (5, "invalid-request", "/site"),
        (6, "assessment-needed", None),
        (7, "invalid-request", "/child/record/circumstances/home_la"),
    ]
    assert [row["assess_by"] is not None for row in first["rows"][:2]] == [True, True]
    assert first["rows"][1]["child"] == held["id"]
    assert (again["recorded"], again["held_already"], again["refused"]) == (0, 2, 6)
    assert [one["placement"] for one in again["rows"]] == [
        one["placement"] for one in first["rows"]
    ]
    assert await owner.fetchval("SELECT count(*) FROM children") == before + 1


async def test_other_facts_under_a_reference_are_refused_where_they_stand(
    people: People, setting: Setting
) -> None:
    row = a_row(setting, "L-1")
    await load(people["school"], row)
    renamed = row["child"]["record"] | {"family_name": "Otherwise"}

    told = await load(
        people["school"],
        row | {"child": row["child"] | {"record": renamed}},
        row | {"sessions": mornings("friday")},
    )

    assert slugs(told) == [
        (0, "child-held-already", "/child/reference"),
        (1, "placement-held-already", "/reference"),
    ]


async def test_what_runs_is_recorded_beyond_the_limit_and_what_is_new_is_not(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting, over_18_hours=4)
    whole = {"sessions": mornings(), "minutes_elsewhere": 0}
    urgent = {"starts_on": in_days(3), "urgent": {"reasons": "Without education meanwhile."}}

    told = await load(
        people["school"],
        a_row(setting, "NEW", **whole, **urgent),
        a_row(setting, "RUNS", **whole),
    )
    cases = (await people["department"].get(CASES)).json()["items"]

    assert [row["outcome"] for row in told["rows"]] == ["refused", "recorded"]
    assert slugs(told) == [(0, "registration-limit-reached", None)]
    assert [one["provider"] for one in cases] == [setting.record.number]


async def test_two_at_once_wait_for_each_other_and_never_deadlock(
    people: People, setting: Setting
) -> None:
    children = [a_child() for _ in range(6)]

    def rows(who: str, turned: int) -> list[dict[str, Any]]:
        made = [
            a_row(
                setting,
                f"{who}-{place}",
                child={"reference": child["reference"], "record": _without_reference(child)},
            )
            for place, child in enumerate(children)
        ]
        return made[::turned]

    told = await asyncio.gather(
        *(load(people["school"], *rows("S", turned)) for turned in (1, -1)),
        *(load(people["other"], *rows("O", turned)) for turned in (1, -1)),
    )

    assert [one["refused"] for one in told] == [0, 0, 0, 0], told
    assert sum(one["recorded"] for one in told) == 12
    assert sum(one["held_already"] for one in told) == 12


def _without_reference(child: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in child.items() if name != "reference"}


async def test_a_provider_that_is_not_on_the_register_is_recorded_with_a_warning(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    provider_id, number = await add_provider(owner, "Example Barn")
    await add_site(owner, provider_id)
    await add_site(owner, provider_id, 2)
    unseen = await people["school"].get(f"/v1/provider-records/{number}")
    elsewhere = [{**mornings("monday")[0], "site": 2}]

    told = await load(people["school"], a_row(setting, "U", provider=number, sessions=elsewhere))
    (row,) = told["rows"]
    address = f"{PLACEMENTS}/{row['placement']}"
    reading = {"purpose": "commissioning"}
    mine = await people["school"].get(address, params=reading)
    anothers = await people["other"].get(address, params=reading)

    assert unseen.status_code in {403, 404}
    assert row["outcome"] == "recorded", row
    assert [one["rule"]["basis"] for one in row["warnings"]] == ["policy"]
    assert mine.json()["provider_name"] == "Example Barn"
    assert mine.json()["timetables"][0]["sessions"][0]["site"] == 2
    assert [one["rule"]["code"] for one in mine.json()["warnings"]] == ["listed-at-this-site"]
    assert anothers.status_code == 404


async def test_only_a_commissioner_finds_a_provider_by_its_number(
    people: People, setting: Setting
) -> None:
    answer = await people["manager"].post(BATCH, json={"items": [a_row(setting, "L-1")]})

    assert answer.status_code == 403


async def test_rows_that_no_time_is_left_for_are_told_to_come_again(
    people: People, setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = a_row(setting, "L-1")
    monkeypatch.setattr(loading, "SHARE_OF_TIME", 0.0)
    late = await load(people["school"], row)
    monkeypatch.undo()
    again = await load(people["school"], row)

    assert slugs(late) == [(0, "unavailable", None)]
    assert late["rows"][0]["reference"] == "L-1"
    assert again["recorded"] == 1


@pytest.mark.parametrize("items", [[], [{}] * 201])
async def test_a_batch_has_1_to_200_rows(
    people: People, setting: Setting, items: list[dict[str, Any]]
) -> None:
    answer = await people["school"].post(BATCH, json={"items": items})

    assert problem(answer) == (422, "invalid-request")


def a_table(*rows: dict[str, str]) -> str:
    """Return rows under the template's headings."""
    text = io.StringIO()
    writer = csv.DictWriter(text, table.COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def cells(setting: Setting, reference: str, **columns: str) -> dict[str, str]:
    """Return a row of a table."""
    child = a_child()
    return {
        "reference": reference,
        "child_reference": child["reference"],
        **{name: child[name] for name in table.IDENTITY},
        "circumstances_since": "2026-09-01",
        "home_la": "331",
        "sen": "no",
        "provider": setting.record.number,
        "site": "1",
        "route": "school-arranged",
        "starts_on": in_days(-30),
        "minutes_elsewhere": "300",
        "monday": "9:00-12:00, 13:00-15:00",
    } | columns


async def send(client: httpx.AsyncClient, content: bytes, kind: str = "text/csv") -> httpx.Response:
    """Send a file."""
    return await client.post(FILE, content=content, headers={"Content-Type": kind})


async def test_a_file_is_taken_row_by_row_as_a_batch_is(people: People, setting: Setting) -> None:
    text = a_table(
        cells(setting, "F-1", given_names="Zoë"),
        cells(setting, "F-2", upn="B000000000000", sen="perhaps", monday="nine to ten"),
        cells(setting, "F-3", upn="B000000000000", sen="perhaps", site="one"),
        cells(setting, "F-4", monday="09:00-12:00 at 7"),
        cells(setting, "F-5", given_names="=HYPERLINK(1)"),
    )

    answer = await send(
        people["school"], b"\xef\xbb\xbf" + text.encode(), "text/csv; charset=utf-8"
    )
    told = answer.json()

    assert answer.status_code == 200, answer.text
    assert [row["row"] for row in told["rows"]] == [2, 3, 4, 5, 6]
    assert [row["outcome"] for row in told["rows"]][:4] == ["recorded", *["refused"] * 3]
    placement = await people["school"].get(
        f"{PLACEMENTS}/{told['rows'][0]['placement']}", params={"purpose": "commissioning"}
    )
    assert placement.json()["timetables"][0]["weekly_minutes"] == 300
    wrong = {row["row"]: {one["column"] for one in row["problems"]} for row in told["rows"]}
    assert wrong[3] == {"monday", "upn", "sen"}
    assert wrong[4] == {"upn", "sen", "site"}
    assert wrong[5] == {"monday"}


async def test_the_template_has_the_headings_and_nothing_of_a_child(people: People) -> None:
    answer = await people["school"].get(f"{PLACEMENTS}/file-template")

    assert answer.headers["content-type"].startswith("text/csv")
    assert list(csv.reader(io.StringIO(answer.text))) == [list(table.COLUMNS)]


@pytest.mark.parametrize("kind", ["application/json", "text/csv; charset=windows-1252"])
async def test_what_is_no_csv_in_utf_8_is_refused(people: People, kind: str) -> None:
    assert problem(await send(people["school"], b"a", kind)) == (415, "placements-table-needed")


class TestRead:
    """What a table is refused for before any row is looked at."""

    def test_all_faults_of_the_headings_are_told_with_what_was_meant(self) -> None:
        with pytest.raises(InvalidRequestError) as refused:
            table.read(b"refrence,child_reference,child_reference,site,route,starts_on\r\n1\r\n")

        assert [one.detail for one in refused.value.errors] == [
            "Column 1 has a heading that is not known. Did you mean “reference”?",
            "There are two columns “child_reference”. Remove one.",
            "The column “provider” is missing.",
            "The column “reference” is missing.",
            "There is no column of a weekday, such as “monday”, with its sessions.",
        ]

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (b"", InvalidRequestError),
            (table.template().encode(), InvalidRequestError),
            (table.template().encode() + b"1\r\n" * 201, InvalidRequestError),
            (table.template().encode() + b'"open', InvalidRequestError),
            (b"x" * (table.MOST_BYTES + 1), InvalidRequestError),
            (b"reference\r\n\xff", TableNeededError),
            (b"reference\0", TableNeededError),
        ],
    )
    def test_what_cannot_be_a_table_is_refused(self, content: bytes, kind: type[AppError]) -> None:
        with pytest.raises(kind):
            table.read(content)

    def test_a_row_with_more_cells_than_headings_is_refused_alone(self) -> None:
        width = len(table.COLUMNS)
        lines = table.read(table.template().encode() + b"1" + b",1" * width + b"\r\n2\r\n")

        assert isinstance(lines[0].item, InvalidRequestError)
        assert not isinstance(lines[1].item, AppError)

    def test_an_apostrophe_that_kept_a_cell_from_being_a_formula_is_taken_away(self) -> None:
        (line,) = table.read(table.template().encode() + b"'=1+1\r\n")

        assert not isinstance(line.item, AppError)
        assert line.item["reference"] == "=1+1"
