"""Reviews on the pages: which are due, what was found, and what opened one."""

import asyncpg
import pytest

from app.access import WORKER
from app.db.transactions import Database, transaction
from app.reviews.service import opening
from tests.pages.commissioning.test_changing import placed
from tests.pages.commissioning.weeks import day
from tests.pages.own_pages import open_page, problems_told, shown
from tests.pages.owners.record_forms import done, fill_in
from tests.pages.reading import tidy
from tests.placements.conftest import People, Setting
from tests.reviews.test_opening import work

DUE = "/commissioning/reviews"
SAID = {
    "childs_voice": "I like the engines.",
    "held_by": "Example Lead, SENCO",
    "attendance_seen": "88",
    "progress": "some",
    "against_objectives": "Reads daily.",
    "safeguarding": "Safe: seen there.",
    "decision": "continue",
}


async def test_a_review_is_held_and_its_child_heard_first(people: People, setting: Setting) -> None:
    here = f"{await placed(people, setting)}/reviews"
    form = await open_page(people["school"], f"{here}/hold")
    page = await done(people["school"], f"{here}/hold", **SAID, **day("held_on", 0))
    twice = await fill_in(
        people["school"], f"{here}/hold", **SAID | {"decision": "change"}, **day("held_on", 0)
    )

    asked = [each["name"] for each in form.all("textarea", "input") if each["type"] != "hidden"]
    assert asked[0] == "childs_voice"
    text = tidy(page.one("main").text)
    assert text.index("I like the engines.") < text.index("Example Lead, SENCO")
    assert "88 %" in text
    assert "It goes on as it is" in text
    assert "is reviewed once a day" in problems_told(shown(twice, 409))[0]


async def test_each_fault_of_a_review_is_told_at_its_field(
    people: People, setting: Setting
) -> None:
    here = f"{await placed(people, setting)}/reviews/hold"
    empty = await fill_in(people["school"], here)
    ahead = await fill_in(people["school"], here, **SAID, **day("held_on", 3))
    late = await fill_in(people["school"], here, **SAID, **day("held_on", 0), **day("next_on", 200))
    many = await fill_in(
        people["school"], here, **SAID | {"attendance_seen": "101"}, **day("held_on", 0)
    )

    assert problems_told(shown(empty, 422))[:2] == [
        "Write down what the child says",
        "Enter the day",
    ]
    assert "between the first day of the placement and today" in problems_told(shown(ahead, 422))[0]
    assert "within eight school weeks" in problems_told(shown(late, 422))[0]
    assert len(problems_told(shown(many, 422))) == 1


async def test_the_longest_overdue_comes_first_and_others_see_none(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await placed(people, setting, reference="PL-LATER")
    await placed(people, setting, reference="PL-LATE")
    await owner.execute(
        "UPDATE reviews_due SET counted_from = '2026-09-01', next_on = '2026-10-12', "
        "latest_on = '2026-10-26' WHERE placement_id = "
        "(SELECT id FROM placements WHERE reference = 'PL-LATE')"
    )
    text = (await open_page(people["school"], DUE)).text
    overdue = (await open_page(people["school"], f"{DUE}?only=overdue")).text
    authority = (await open_page(people["home"], DUE)).text

    assert text.index("PL-LATE") < text.index("PL-LATER")
    assert "PL-LATER" not in overdue
    assert "PL-LATE" in overdue
    assert "PL-LATE" in authority
    assert "There is none." in (await open_page(people["other"], DUE)).text
    assert (await people["school"].get(f"{DUE}?only=warts")).status_code == 422


async def test_what_changed_at_the_provider_is_acknowledged(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    here = f"{await placed(people, setting)}/reviews"
    await work(owner, database)
    nothing = await fill_in(people["school"], f"{here}/acknowledge")
    await owner.execute(
        "UPDATE providers SET status = 'under-review' WHERE id = $1", setting.record.id
    )
    async with transaction(database, WORKER) as session:
        await opening.look(session, {"provider_ids": [str(setting.record.id)]})
    await work(owner, database)
    opened = await open_page(people["school"], f"{DUE}?only=opened")
    page = await done(people["school"], f"{here}/acknowledge")

    assert "Nothing changed that you have not acknowledged" in problems_told(shown(nothing, 404))[0]
    assert "Where the provider stands on the register has changed." in opened.text
    assert "still to be reviewed" in page.text


@pytest.mark.parametrize("end", ["hold", "acknowledge"])
async def test_only_its_commissioner_reviews_a_placement(
    people: People, setting: Setting, end: str
) -> None:
    here = f"{await placed(people, setting)}/reviews"
    authority = await open_page(people["home"], here)

    assert "Record a review" not in authority.text
    assert (await people["home"].get(f"{here}/{end}")).status_code == 403
    assert (await people["other"].get(here)).status_code == 404
    assert (await people["approver"].get(f"{here}/{end}")).status_code == 403
