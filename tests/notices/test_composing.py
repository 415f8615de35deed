"""Notices: which are needed, what they say, that it is frozen, and what changes make of them."""

from datetime import date, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.rules.school_days import school_year_of
from tests.children.asking import COMMISSIONING, add
from tests.factories.children import circumstances
from tests.factories.providers import COVENTRY
from tests.notices.asking import (
    FATHER,
    MOTHER,
    compose,
    composed,
    notices,
    placed,
    read_notice,
    state_contacts,
    text_of,
)
from tests.placements.asking import PLACEMENTS, in_days, mornings
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import at_version, pointers, problem


async def test_what_is_needed_says_by_when_and_on_what_authority(
    people: People, setting: Setting
) -> None:
    child = await add(people["school"], circumstances=circumstances(plan_la=COVENTRY, sen=True))
    route = {"route": "off-site-direction", "sessions": mornings("monday")}
    placement = await placed(people, setting, child=child, **route)

    told = await notices(people["school"], placement)

    assert {"direction", "plan-authority", "parent-copy", "service-agreement"} <= set(told["by"])
    direction = told["by"]["direction"]
    assert (direction["basis"], direction["standing"]) == ("statute", "to-compose")
    assert direction["why"][0]["rule"]["code"] == "off-site-notice"
    assert direction["content"]["code"] == "off-site-notice-content"
    assert told["by"]["plan-authority"]["due_by"] == direction["due_by"]
    assert told["by"]["parent-copy"]["basis"] == "statutory-guidance"
    assert (told["complete"], told["composed"]) == (False, [])


async def test_notice_of_a_direction_is_counted_by_the_schools_terms(
    people: People, setting: Setting
) -> None:
    route = {"route": "off-site-direction", "sessions": mornings("monday")}
    placement = await placed(people, setting, **route)
    guessed = (await notices(people["school"], placement))["by"]["direction"]["due_by"]
    first_day = date.fromisoformat(placement["starts_on"])
    first_day += timedelta(days=-first_day.weekday() % 7)  # the first session is on a Monday
    for year in {school_year_of(first_day), school_year_of(first_day - timedelta(days=20))}:
        # There is no school in the fortnight before the first day.
        ends = min(first_day - timedelta(days=15), date(year + 1, 7, 31))
        begins = max(first_day, date(year, 8, 1))
        terms = [(date(year, 8, 1), ends), (begins, date(year + 1, 7, 31))]
        stated = [{"first": f"{a}", "last": f"{b}"} for a, b in terms if a <= b]
        kept = await people["school"].put(
            f"/v1/organisations/{setting.members['school'].organisation_id}/calendars/{year}",
            json={"terms": stated},
            headers=at_version(1),
        )
        assert kept.status_code == 200, kept.text

    known = (await notices(people["school"], placement))["by"]["direction"]["due_by"]

    assert known[:10] <= str(first_day - timedelta(days=15)) < guessed[:10]


async def test_a_parents_copy_says_everything_from_the_record(
    people: People, setting: Setting
) -> None:
    placement = await placed(people, setting)
    await state_contacts(people["school"], placement["child"], MOTHER | {"language": "Polish"})
    person = {"name": "Example Lead", "post": "Lead", "phone": "024 7600 0000"}
    lead = {"duty": "lead-contact", "person": person}
    await people["school"].post(f"{PLACEMENTS}/{placement['id']}/lead-contact/people", json=lead)

    notice = await composed(
        people["school"], placement, contact=1, report_to="Example Host", what_for="To read."
    )

    said = text_of(notice)
    for part in (
        *("Example Mother", "1 Safe Street", "Example Lead", "024 7600 0000", "To read."),
        *("Monday: 9am to 1pm", "Polish", "Example Host", "Example Alex"),
        *("Department for Education", placement["provider_name"]),
    ):
        assert part in said, part
    assert "Ombudsman" not in said
    assert notice["document"]["lacking"] == []
    assert (notice["to"], notice["contact"], notice["version"]) == ("parent", 1, 1)


async def test_the_setting_is_left_out_for_whom_it_is_withheld(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await owner.execute("UPDATE sites SET address_lines = '{9 Hidden Lane}', town = 'Hiddenham'")
    await owner.execute("UPDATE providers SET public_phone = '01000 999999'")
    child = await add(people["school"])
    route = {"route": "off-site-direction", "sessions": mornings("monday")}
    placement = await placed(people, setting, child=child, **route)
    barred = FATHER | {"withhold_address": True}
    await state_contacts(people["school"], child["id"], MOTHER, barred)
    asked = {"report_to": "Hidden Host", "reasons": "So.", "what_for": "So."}

    told = [
        await composed(people["school"], placement, kind, contact=number, **asked)
        for kind in ("parent-copy", "direction")
        for number in (1, 2)
    ]

    for notice in told:
        hidden = ("Hidden Lane", "Hiddenham", "999999", placement["provider_name"], "Hidden Host")
        shown = [one for one in hidden if one in text_of(notice)]
        assert shown == ([] if notice["contact"] == 2 else list(hidden)), notice["kind"]
    assert "to keep a child safe" in text_of(told[1])


async def test_who_is_not_to_be_told_is_not_written_to(people: People, setting: Setting) -> None:
    placement = await placed(people, setting)
    barred = FATHER | {"to_be_told": False}
    await state_contacts(people["school"], placement["child"], MOTHER, barred)

    refused = await compose(people["school"], placement, contact=2)
    nobody = await compose(people["school"], placement, contact=7)
    which = await compose(people["school"], placement)
    body = await compose(people["school"], placement, "service-agreement", contact=1)

    assert problem(refused) == (409, "contact-not-to-be-told")
    assert "Father" not in refused.text
    for answer in (nobody, which, body):
        assert (problem(answer)[0], pointers(answer)) == (422, ["/contact"])


async def test_a_notice_stays_as_it_was_and_says_that_facts_changed(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    placement = await placed(people, setting)
    first = await composed(people["school"], placement)
    agreement = await composed(people["school"], placement, "service-agreement")
    change = {"since": in_days(14), "sessions": mornings("tuesday"), "minutes_elsewhere": 300}
    changed = await people["school"].post(
        f"{PLACEMENTS}/{placement['id']}/timetables",
        json=change,
        headers=at_version(placement["version"]),
    )
    assert changed.status_code == 200, changed.text
    stale = (await notices(people["school"], placement))["by"]["parent-copy"]
    second = await composed(people["school"], placement)
    await state_contacts(people["school"], placement["child"], MOTHER)

    told = await notices(people["school"], placement)
    kept = (await read_notice(people["school"], placement, first)).json()

    assert stale["standing"] == "compose-again"
    assert kept["document"] == first["document"]
    assert kept["superseded"]
    assert "earlier facts" in kept["warnings"][-1]
    assert "Tuesday" in text_of(second)
    by_id = {one["id"]: one for one in told["composed"]}
    assert by_id[first["id"]]["changed"] == ["timetable", "safe_contacts"]
    assert by_id[second["id"]]["changed"] == ["safe_contacts"]
    assert by_id[agreement["id"]]["changed"] == ["timetable"]
    assert (second["version"], second["superseded"]) == (2, False)
    sealed = await owner.fetch("SELECT encrypted FROM placement_notices")
    assert not any(b"Alex" in row["encrypted"] for row in sealed)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await owner.execute("UPDATE placement_notices SET version = 9")


async def test_a_pupil_of_eighteen_is_told_in_the_parents_place(
    people: People, setting: Setting
) -> None:
    born = clock.today().replace(year=clock.today().year - 18)
    child = await add(people["school"], date_of_birth=born.isoformat())
    placement = await placed(people, setting, child=child)
    await state_contacts(people["school"], child["id"], MOTHER)

    notice = await composed(people["school"], placement)

    assert (notice["to"], notice["contact"]) == ("pupil", None)
    assert "we will call you" in text_of(notice)
    assert "Mother" not in text_of(notice)


async def test_what_a_direction_must_say_and_does_not_is_warned_of(
    people: People, setting: Setting
) -> None:
    route = {"route": "off-site-direction", "planned_end_on": None}
    placement = await placed(people, setting, sessions=mornings("monday"), **route)

    notice = await composed(people["school"], placement, "direction")

    assert {"report-to", "reasons", "what-for", "last-day"} <= set(notice["document"]["lacking"])
    assert "Say the reasons for it." in notice["warnings"]


async def test_shorter_notice_is_for_suspensions_alone(people: People, setting: Setting) -> None:
    placement = await placed(people, setting, route="suspension-from-day-six")

    agreed = await composed(
        people["school"], placement, "suspension-place", shorter_notice_agreed=True
    )
    other = await compose(people["school"], placement, shorter_notice_agreed=True)

    starts = clock.today() + timedelta(days=7)
    assert agreed["due_on"] >= starts.isoformat()
    assert pointers(other) == ["/shorter_notice_agreed"]


async def test_others_neither_read_nor_compose(people: People, setting: Setting) -> None:
    placement = await placed(people, setting)
    notice = await composed(people["school"], placement)
    address = f"{PLACEMENTS}/{placement['id']}/notices"

    for who in ("other", "manager"):
        seen = await people[who].get(address, params=COMMISSIONING)
        assert seen.status_code in {403, 404}, who
    responsible = await read_notice(people["home"], placement, notice)
    recorded = await compose(people["home"], placement)
    unneeded = await compose(people["school"], placement, "social-worker")
    absent = await read_notice(people["school"], placement, {"id": placement["id"]})

    assert responsible.status_code == 200, responsible.text
    assert problem(recorded) == (403, "placement-not-yours")
    assert problem(unneeded) == (409, "notice-not-needed")
    assert problem(absent) == (404, "notice-not-found")


async def test_nothing_is_needed_of_what_has_ended(people: People, setting: Setting) -> None:
    placement = await placed(people, setting, starts_on="2026-09-07")
    end = {"ended_on": in_days(-1), "reason": "moved", "destination": "home-school"}
    ended = await people["school"].post(
        f"{PLACEMENTS}/{placement['id']}/end", json=end, headers=at_version(placement["version"])
    )
    assert ended.status_code == 200, ended.text

    told = await notices(people["school"], placement)
    refused = await compose(people["school"], placement)

    assert (told["needed"], told["complete"]) == ([], True)
    assert problem(refused) == (409, "placement-ended")


async def stated(client: httpx.AsyncClient, child: dict[str, Any]) -> dict[str, Any]:
    answer = await client.get(f"/v1/children/{child['id']}/safe-contacts", params=COMMISSIONING)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_safe_contacts_stand_in_versions_under_the_childs_key(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    child = await add(people["school"])

    nothing = await stated(people["school"], child)
    first = await state_contacts(people["school"], child["id"], MOTHER)
    stale = await state_contacts(people["school"], child["id"], FATHER)
    twice = await state_contacts(people["school"], child["id"], MOTHER, MOTHER, version=2)
    unreached = await state_contacts(people["school"], child["id"], MOTHER | {"ways": []})
    foreign = await state_contacts(people["home"], child["id"], FATHER, version=2)
    unseen = await people["other"].get(
        f"/v1/children/{child['id']}/safe-contacts", params=COMMISSIONING
    )

    assert (nothing["version"], nothing["contacts"]) == (1, [])
    assert first.headers["ETag"] == '"2"'
    assert (await stated(people["home"], child))["contacts"][0]["name"] == "Example Mother"
    assert problem(stale) == (412, "changed-meanwhile")
    assert [one.status_code for one in (twice, unreached)] == [422, 422]
    assert problem(foreign) == (403, "child-not-yours")
    assert problem(unseen) == (404, "child-not-found")
    kept = await owner.fetch("SELECT encrypted FROM safe_contacts")
    assert len(kept) == 1
    assert b"Mother" not in kept[0]["encrypted"]
