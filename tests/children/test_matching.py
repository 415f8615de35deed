"""Whether two commissioners hold one child: found without either learning of the other."""

from typing import Any

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from app.db.transactions import Database, transaction
from tests.children.asking import QUESTIONS, SAFEGUARDING, add, open_questions
from tests.children.conftest import People
from tests.factories.children import Commissioners, a_upn, circumstances, identity_of
from tests.providers.router.asking import at_version, problem


async def links(owner: asyncpg.Connection) -> list[Any]:
    rows = await owner.fetch("SELECT link_id FROM child_links ORDER BY child_id")
    return [row["link_id"] for row in rows]


async def test_one_number_and_birth_are_one_child(
    people: People, owner: asyncpg.Connection
) -> None:
    first = await add(people["school"])
    second = await add(people["other"], **identity_of(first, given_names="Another"))

    assert second["match"] == {"status": "exact", "method": "upn-and-birth"}
    assert len(set(await links(owner))) == 1
    assert await open_questions(people["home"]) == []


@pytest.mark.parametrize(
    ("changed", "method"),
    [
        ({"date_of_birth": "2014-06-05"}, "upn-alone"),
        ({"upn": None}, "name-and-birth"),
        ({"upn": a_upn(999)}, "name-and-birth"),
        ({"upn": None, "given_names": "Éxample"}, "name-and-birth"),
    ],
)
async def test_what_looks_alike_is_asked_and_not_joined(
    people: People, owner: asyncpg.Connection, changed: dict[str, Any], method: str
) -> None:
    first = await add(people["school"], family_name="O'Synthetic-Hall")
    second = await add(
        people["other"], **identity_of(first, family_name="OSynthetic Hall", **changed)
    )

    assert second["match"] == {"status": "possible", "method": method}
    assert len(set(await links(owner))) == 2
    assert [one["method"] for one in await open_questions(people["home"])] == [method]


@pytest.mark.parametrize(
    "changed",
    [
        {"upn": None, "date_of_birth": "2014-05-07"},
        {"upn": None, "family_name": "Invented"},
        {"upn": None, "given_names": "Sam"},
    ],
)
async def test_what_does_not_look_alike_is_nobody_else(
    people: People, changed: dict[str, Any]
) -> None:
    first = await add(people["school"])
    second = await add(people["other"], **identity_of(first, **changed))

    assert second["match"] == {"status": "none", "method": None}


async def test_a_temporary_number_links_nobody(people: People) -> None:
    temporary = a_upn(stands_in="80120000500A")
    first = await add(people["school"], upn=temporary, given_names="Alex")
    second = await add(people["other"], upn=temporary, given_names="Sam")

    assert first["match"]["status"] == second["match"]["status"] == "none"


async def test_only_who_answers_for_both_homes_is_asked(people: People) -> None:
    first = await add(people["school"])
    await add(people["other"], **identity_of(first, upn=None))
    asked = {name: len(await open_questions(one)) for name, one in people.items()}

    assert asked == {"school": 0, "other": 0, "home": 1, "elsewhere": 0, "department": 0}


async def test_two_homes_are_the_departments_question(people: People) -> None:
    first = await add(people["school"])
    away = circumstances(home_la="937")
    await add(people["other"], **identity_of(first, upn=None), circumstances=away)
    asked = {name: len(await open_questions(one)) for name, one in people.items()}

    assert asked == {"school": 0, "other": 0, "home": 0, "elsewhere": 0, "department": 1}


async def test_the_same_child_is_joined_and_another_is_not(
    people: People, owner: asyncpg.Connection
) -> None:
    first = await add(people["school"])
    await add(people["other"], **identity_of(first, upn=None))
    [question] = await open_questions(people["home"])
    address = f"{QUESTIONS}/{question['id']}"
    seen = await people["home"].get(address, params=SAFEGUARDING)
    said = {"answer": "same", "reason": "Both schools confirmed it by telephone."}

    answered = await people["home"].post(f"{address}/answer", json=said, headers=at_version(1))
    again = await people["home"].post(f"{address}/answer", json=said, headers=at_version(2))

    assert [one["commissioner"] for one in seen.json()["sides"]] == [
        "Example School",
        "Example Academy",
    ]
    assert seen.json()["sides"][0]["family_name"] == first["family_name"]
    assert answered.status_code == 200, answered.text
    assert (answered.json()["answer"], answered.json()["sides"]) == ("same", [])
    assert problem(again) == (409, "match-answered")
    assert len(set(await links(owner))) == 1


async def test_different_children_stay_two(people: People, owner: asyncpg.Connection) -> None:
    first = await add(people["school"])
    await add(people["other"], **identity_of(first, upn=None))
    [question] = await open_questions(people["home"])
    said = {"answer": "different", "reason": "They were seen together."}

    await people["home"].post(
        f"{QUESTIONS}/{question['id']}/answer", json=said, headers=at_version(1)
    )

    assert len(set(await links(owner))) == 2
    assert await open_questions(people["home"]) == []


async def test_a_question_of_others_is_not_there(people: People) -> None:
    first = await add(people["school"])
    await add(people["other"], **identity_of(first, upn=None))
    [question] = await open_questions(people["home"])

    answer = await people["elsewhere"].get(f"{QUESTIONS}/{question['id']}", params=SAFEGUARDING)

    assert problem(answer) == (404, "match-question-not-found")


async def test_a_changed_number_is_no_longer_the_former(
    people: People, owner: asyncpg.Connection
) -> None:
    """An adopted child gets another number; the records of the former are not joined to it."""
    first = await add(people["school"])
    second = await add(people["other"], **identity_of(first))

    changed = await people["other"].put(
        f"/v1/children/{second['id']}/identity",
        json=identity_of(first, upn=a_upn(998), family_name="Adopted"),
        headers=at_version(1),
    )

    assert changed.json()["match"] == {"status": "none", "method": None}
    assert len(set(await links(owner))) == 2


async def test_a_corrected_name_keeps_what_was_joined(
    people: People, owner: asyncpg.Connection
) -> None:
    first = await add(people["school"])
    await add(people["other"], **identity_of(first))

    await people["school"].put(
        f"/v1/children/{first['id']}/identity",
        json=identity_of(first, family_name="Corrected"),
        headers=at_version(1),
    )

    assert len(set(await links(owner))) == 1


async def test_the_service_sees_no_link_unless_it_matches(
    people: People, database: Database, commissioners: Commissioners
) -> None:
    await add(people["school"])
    async with transaction(database, commissioners.school.actor) as session:
        seen = await session.execute(
            text("SELECT count(*) FROM matching_keys WHERE purpose LIKE 'child-%'")
        )
        assert seen.scalar_one() == 0
        with pytest.raises(ProgrammingError, match="permission denied"):
            await session.execute(text("SELECT count(*) FROM child_links"))
        await session.rollback()
