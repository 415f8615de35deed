"""Many placements from a file, and lists that are handed out, on the pages."""

import csv
import io

import httpx
import pytest

from tests.children.asking import add
from tests.pages.commissioning.weeks import PLACEMENTS, day
from tests.pages.own_pages import open_page, problems_told, shown, unseen
from tests.pages.owners.record_forms import fill_in
from tests.pages.reading import tidy
from tests.placements.asking import place
from tests.placements.conftest import People, Setting

FILE = f"{PLACEMENTS}/file"
EXPORTS = "/commissioning/exports"


async def sent(
    browser: httpx.AsyncClient, content: bytes, name: str = "places.csv"
) -> httpx.Response:
    """Send a file as a browser does."""
    page = await open_page(browser, FILE)
    return await browser.post(FILE, data=unseen(page), files={"file": (name, content, "text/csv")})


def a_table(*rows: dict[str, str]) -> bytes:
    """Return rows as the file they are sent in."""
    text = io.StringIO()
    writer = csv.DictWriter(text, sorted({name for row in rows for name in row}))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def a_row(setting: Setting, child: str, reference: str, **cells: str) -> dict[str, str]:
    """Return a placement that runs, as its row."""
    row = {"reference": reference, "child_reference": child, "provider": setting.record.number}
    row |= {"site": "1", "route": "school-arranged", "starts_on": "2026-11-02"}
    return row | {"monday": "09:00-12:00", "minutes_elsewhere": "300"} | cells


async def test_each_row_is_told_by_line_and_column_and_again_adds_nothing(
    people: People, setting: Setting
) -> None:
    child = (await add(people["school"]))["reference"]
    good = a_row(setting, child, "PL-F1")
    wrong = a_row(setting, child, "PL-F2", monday="nine to twelve", site="7")
    first = shown(await sent(people["school"], a_table(good, wrong)))
    second = shown(await sent(people["school"], a_table(good)))

    text = tidy(first.one("main").text)
    assert "1 placement recorded, 1 refused, 0 held already" in text
    assert "Line 3 monday: Write sessions as 09:00-12:00" in text
    assert "To be assessed by" in text
    assert "0 placements recorded, 0 refused, 1 held already" in tidy(second.one("main").text)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        (b"reference,colour\r\nPL-1,red", "Column 2 has a heading that is not known"),
        (b"PK\x03\x04", "This is a spreadsheet"),
        (b"\xff\xfe", "is not UTF-8"),
    ],
)
async def test_a_file_that_cannot_be_taken_comes_back_with_why(
    people: People, content: bytes, told: str
) -> None:
    refused = await sent(people["school"], content)

    page = shown(refused, refused.status_code)
    assert refused.status_code in {415, 422}
    assert told in " ".join(problems_told(page))


async def test_no_file_is_told_at_its_field_and_the_template_is_there(people: People) -> None:
    refused = await sent(people["school"], b"", name="")
    template = await people["school"].get(f"{PLACEMENTS}/file-template")

    assert refused.status_code == 422
    assert template.text.startswith("reference,")
    assert template.headers["cache-control"] == "no-store"
    assert (await people["approver"].get(FILE)).status_code == 403


async def test_a_planning_call_is_downloaded_with_its_purpose(
    people: People, setting: Setting
) -> None:
    made = await place(people["school"], setting, starts_on="2026-11-16", reference="PL-OUT")
    assert made.status_code == 201
    typed = {"kind": "planning-call", "format": "csv", "purpose": "oversight"}
    led = await fill_in(people["school"], EXPORTS, **typed)
    file = await people["school"].get(led.headers["location"])

    assert "PL-OUT" in file.text
    assert file.headers["content-type"].startswith("text/csv")
    assert "no-store" in file.headers["cache-control"]
    audit = await people["school"].get("/v1/audit", params={"purpose": "administration"})
    assert "placements.exported" in [one["act"] for one in audit.json()["items"]]


async def test_a_census_says_its_days_and_each_fault_is_told(people: People) -> None:
    typed = {"kind": "census", "format": "jsonl", "purpose": "administration"}
    without = await fill_in(people["school"], EXPORTS, **typed)
    backwards = await fill_in(
        people["school"], EXPORTS, **typed, **day("since", 0), **day("until", -5)
    )
    led = await fill_in(people["school"], EXPORTS, **typed, **day("since", -20), **day("until", 0))
    nothing = await fill_in(people["school"], EXPORTS)

    assert problems_told(shown(without, 422)) == [
        "Of a census: enter its first day",
        "Of a census: enter its last day",
    ]
    assert "the first before the last" in problems_told(shown(backwards, 422))[0]
    assert (await people["school"].get(led.headers["location"])).status_code == 200
    assert problems_told(shown(nothing, 422)) == [
        "Choose what it is for",
        "Choose what you read it for",
    ]
    assert (await people["manager"].get(EXPORTS)).status_code == 403
