"""Children's records on pages."""

import asyncpg

from tests.assessments.asking import begin
from tests.assessments.conftest import Browsers
from tests.children.asking import add
from tests.factories.children import a_upn
from tests.pages.commissioning.filling import fields_of, fill_in
from tests.pages.own_pages import on, open_page, problems_told, send, shown
from tests.pages.reading import tidy

CHILDREN = "/commissioning/children"
NEW: dict[str, str | list[str]] = {
    "reference": "MIS-page",
    "given_names": "Example Robin",
    "family_name": "Synthetic Page",
    **on("date_of_birth", "6 5 2014"),
    **on("circumstances-since", "1 9 2026"),
    "circumstances-home_la": "331",
    "circumstances-sen": "no",
}


async def test_a_child_is_added_and_its_record_says_whether_others_hold_it(
    members: Browsers, owner: asyncpg.Connection
) -> None:
    number = a_upn()
    await add(members["other"], upn=number, date_of_birth="2014-05-06")

    answer = await send(members["school"], f"{CHILDREN}/add", **NEW, upn=number)

    assert answer.status_code == 303, answer.text
    assert number not in answer.headers["location"]
    page = await open_page(members["school"], answer.headers["location"])
    text = tidy(page.one("main").text)
    assert "The child's record is added" in text
    assert "Example Robin Synthetic Page" in text
    assert number in text
    assert "Others hold this child too" in text
    assert "Lives in Coventry" in text
    listed = await open_page(members["school"], CHILDREN)
    assert "Example Robin Synthetic Page" in listed.text
    acts = await owner.fetch("SELECT act, purpose FROM audit_entries WHERE outcome = 'read'")
    assert {("child.read", "commissioning"), ("children.listed", "commissioning")} <= {
        (one["act"], one["purpose"]) for one in acts
    }


async def test_a_wrong_letter_is_told_at_the_number_and_nothing_typed_is_lost(
    members: Browsers,
) -> None:
    number = a_upn()
    wrong = ("A" if number[0] != "A" else "B") + number[1:]

    answer = await send(members["school"], f"{CHILDREN}/add", **NEW, upn=wrong)

    page = shown(answer, 422)
    assert any("first letter of this UPN does not fit" in one for one in problems_told(page))
    assert [each["value"] for each in page.all("input") if each["name"] == "upn"] == [wrong]


async def test_faults_in_duties_lead_back_to_their_questions(members: Browsers) -> None:
    wrong = NEW | {"circumstances-plan_la": "331", "circumstances-school": "12"}

    page = shown(await send(members["school"], f"{CHILDREN}/add", **wrong), 422)

    links = {each["href"] for each in page.all("a")}
    assert "#circumstances-school" in links


async def test_a_number_is_held_once(members: Browsers) -> None:
    number = a_upn()
    await add(members["school"], upn=number, date_of_birth="2014-05-06")

    answer = await send(members["school"], f"{CHILDREN}/add", **NEW, upn=number)

    page = shown(answer, 409)
    assert problems_told(page)
    assert number not in " ".join(problems_told(page))


async def test_who_a_child_is_and_its_duties_are_put_right_once_each(members: Browsers) -> None:
    child = await add(members["school"])
    here = f"{CHILDREN}/{child['id']}"
    before = await open_page(members["school"], f"{here}/duties")

    named = await fill_in(members["school"], f"{here}/identity", family_name="Synthetic Other")
    duties = on("since", "2 11 2026") | {"home_la": "937", "sen": "no"}
    stale = await members["school"].post(
        f"{here}/duties",
        data=fields_of(before) | duties,
    )
    stated = await send(members["school"], f"{here}/duties", **duties)

    assert named.status_code == 303
    assert any("Somebody changed this" in one for one in problems_told(shown(stale, 412)))
    assert stated.status_code == 303
    page = await open_page(members["school"], stated.headers["location"])
    assert "Synthetic Other" in page.one("h1").text
    assert "Lives in Warwickshire" in page.text


async def test_a_record_that_is_held_is_not_erased_and_else_it_is_for_ever(
    members: Browsers,
) -> None:
    child = await add(members["school"], given_names="Example Gone")
    here = f"{CHILDREN}/{child['id']}"

    held = await send(members["school"], f"{here}/hold", reason="court")
    refused = await send(members["school"], f"{here}/erase", reason="subject-request")
    await send(members["school"], f"{here}/hold", reason="")
    erased = await send(members["school"], f"{here}/erase", reason="subject-request")

    assert held.status_code == 303
    assert any("held" in one for one in problems_told(shown(refused, 409)))
    page = await open_page(members["school"], erased.headers["location"])
    assert "Example Gone" not in page.text
    assert "Erased on" in page.one("main").text


async def test_everything_on_one_child_comes_as_one_file(members: Browsers) -> None:
    held = await begin(members["school"])
    here = f"{CHILDREN}/{held['child']}"

    page = await open_page(members["school"], here)
    whole = await members["school"].get(f"{here}/everything")

    assert held["reference"] in page.text
    assert whole.headers["content-disposition"].startswith("attachment")
    assert whole.headers["cache-control"] == "no-store"
    assert held["reference"] in whole.text


async def test_another_school_sees_no_child_of_ours(members: Browsers) -> None:
    child = await add(members["school"])

    for part in ("", "/identity", "/everything"):
        refused = await members["other"].get(f"{CHILDREN}/{child['id']}{part}")
        assert refused.status_code == 404, part
