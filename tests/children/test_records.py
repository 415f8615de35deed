"""Children's records over HTTP: added once, read for a purpose, changed by their commissioner."""

import uuid
from typing import Any

import asyncpg
import httpx
import pytest

from app.access import Role
from app.organisations.terms import OrganisationKind
from tests.children.asking import CHILDREN, COMMISSIONING, add, read
from tests.children.conftest import People
from tests.factories.children import Commissioners, a_child, circumstances, identity_of
from tests.factories.people import add_member, sign_in
from tests.providers.router.asking import at_version, pointers, problem


async def test_a_child_is_added_once_and_told_whole(
    people: People, commissioners: Commissioners
) -> None:
    child = a_child(circumstances=circumstances(school=commissioners.urn, plan_la="331", sen=True))

    first = await people["school"].post(CHILDREN, json=child)
    again = await people["school"].post(CHILDREN, json=child)

    told = first.json()
    assert (first.status_code, again.status_code) == (201, 200)
    assert told["id"] == again.json()["id"]
    assert told["match"] == {"status": "none", "method": None}
    assert identity_of(told) == identity_of(child)
    assert told["circumstances"] == [
        {
            "since": "2026-09-01",
            "home_la": "331",
            "school": commissioners.urn,
            "school_name": "Example School",
            "plan_la": "331",
            "care_la": None,
            "sen": True,
        }
    ]
    assert (first.headers["etag"], first.headers["cache-control"]) == ('"1"', "no-store")


async def test_the_same_key_answers_again(people: People) -> None:
    child, key = a_child(), {"Idempotency-Key": str(uuid.uuid4())}

    first = await people["school"].post(CHILDREN, json=child, headers=key)
    again = await people["school"].post(CHILDREN, json=child, headers=key)

    assert again.headers["idempotency-replayed"] == "true"
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])


async def test_another_child_under_the_same_reference_is_refused(people: People) -> None:
    held = await add(people["school"], reference="MIS-X")

    answer = await people["school"].post(CHILDREN, json=a_child(reference="MIS-X"))

    assert problem(answer) == (409, "child-held-already")
    assert answer.json()["child"] == held["id"]


async def test_the_same_upn_under_another_reference_is_refused_to_its_holder(
    people: People,
) -> None:
    held = await add(people["school"])

    answer = await people["school"].post(CHILDREN, json=a_child(upn=held["upn"]))

    assert problem(answer) == (409, "child-held-already")
    assert pointers(answer) == ["/upn"]


@pytest.mark.parametrize(
    ("members", "where"),
    [
        ({"upn": "A801200005001"}, ["/upn"]),
        ({"date_of_birth": "2126-01-01"}, ["/date_of_birth"]),
        ({"date_of_birth": "2014-02-30"}, ["/date_of_birth"]),
        ({"given_names": "\u202eAlex"}, ["/given_names"]),
        ({"reference": " "}, ["/reference"]),
        ({"circumstances": circumstances(home_la="000")}, ["/circumstances/home_la"]),
        ({"circumstances": circumstances(school="100000")}, ["/circumstances/school"]),
        ({"circumstances": circumstances(plan_la="331")}, ["/circumstances"]),
        ({"middle_name": "B"}, ["/middle_name"]),
    ],
)
async def test_what_cannot_be_is_refused_where_it_stands(
    people: People, members: dict[str, Any], where: list[str]
) -> None:
    answer = await people["school"].post(CHILDREN, json=a_child(**members))

    assert problem(answer) == (422, "invalid-request")
    assert pointers(answer) == where
    assert "A801200005001" not in answer.text


async def test_who_is_responsible_reads_it_and_nobody_else(people: People) -> None:
    child = await add(people["school"])

    answers = {name: (await read(one, child)).status_code for name, one in people.items()}

    assert answers == {
        "school": 200,
        "home": 200,
        "other": 404,
        "elsewhere": 404,
        "department": 404,
    }


async def test_reading_needs_a_purpose_and_is_told_to_the_commissioner(people: People) -> None:
    child = await add(people["school"])
    without = await people["home"].get(f"{CHILDREN}/{child['id']}")
    await read(people["home"], child)

    shown = await people["school"].get(
        "/v1/audit",
        params={"purpose": "safeguarding", "subject_kind": "child", "subject_id": child["id"]},
    )

    assert problem(without) == (422, "invalid-request")
    looks = [one for one in shown.json()["items"] if one["outcome"] == "read"]
    assert [(one["actor"]["name"], one["purpose"]) for one in looks] == [
        ("Example Home", "commissioning")
    ]
    assert child["family_name"] not in shown.text


async def test_a_list_holds_the_own_children_alone(people: People) -> None:
    mine = [await add(people["school"]) for _ in range(3)]
    await add(people["other"])

    first = await people["school"].get(CHILDREN, params={**COMMISSIONING, "limit": "2"})
    rest = await people["school"].get(first.json()["links"]["next"])

    listed = [one["id"] for one in first.json()["items"] + rest.json()["items"]]
    assert listed == [one["id"] for one in reversed(mine)]
    assert rest.json()["links"]["next"] is None


async def test_a_trust_reads_its_schools_children_and_changes_none(
    people: People, owner: asyncpg.Connection, commissioners: Commissioners
) -> None:
    child = await add(people["other"])
    await owner.execute(
        "UPDATE organisations SET parent_id = $1, kind = 'school' WHERE id = $2",
        *(commissioners.school.organisation_id, commissioners.other.organisation_id),
    )
    await owner.execute(
        "UPDATE organisations SET kind = $1 WHERE id = $2",
        *(OrganisationKind.TRUST.value, commissioners.school.organisation_id),
    )

    seen = await read(people["school"], child)
    changed = await people["school"].put(
        f"{CHILDREN}/{child['id']}/identity", json=identity_of(child), headers=at_version(1)
    )

    assert seen.status_code == 200
    assert problem(changed) == (403, "child-not-yours")


async def test_circumstances_follow_each_other(
    people: People, commissioners: Commissioners
) -> None:
    child = await add(people["school"])
    address = f"{CHILDREN}/{child['id']}/circumstances"
    moved = circumstances(since="2026-11-01", home_la="937", care_la="937")

    answer = await people["school"].post(address, json=moved, headers=at_version(1))
    corrected = await people["school"].post(
        address, json=moved | {"care_la": None}, headers=at_version(2)
    )
    stale = await people["school"].post(address, json=moved, headers=at_version(2))
    seen = {name: (await read(people[name], child)).status_code for name in ("home", "elsewhere")}

    assert [one["since"] for one in answer.json()["circumstances"]] == ["2026-11-01", "2026-09-01"]
    assert [one["care_la"] for one in corrected.json()["circumstances"]] == [None, None]
    assert problem(stale) == (412, "changed-meanwhile")
    assert seen == {"home": 404, "elsewhere": 200}


async def test_nobody_who_places_no_children_adds_one(people: People) -> None:
    answer = await people["department"].post(CHILDREN, json=a_child())

    assert problem(answer) == (403, "child-not-yours")


async def test_nothing_personal_lies_readable(people: People, owner: asyncpg.Connection) -> None:
    child = await add(people["school"], given_names="Zqmarker Alex", family_name="Zqfamily")

    for table in ("children", "child_particulars", "child_circumstances", "child_links"):
        rows = await owner.fetch(f"SELECT * FROM {table}")  # noqa: S608 - one of ours
        lying = str([tuple(row) for row in rows])
        assert "Zqmarker" not in lying
        assert "Zqfamily" not in lying
        assert child["upn"] not in lying
    acts = str([tuple(row) for row in await owner.fetch("SELECT * FROM audit_entries")])
    assert "Zqmarker" not in acts
    assert "Zqfamily" not in acts
    assert child["upn"] not in acts


async def test_an_erased_child_leaves_only_that_it_was(
    people: People, owner: asyncpg.Connection
) -> None:
    child = await add(people["school"])
    address = f"{CHILDREN}/{child['id']}/erasure"
    stated = {"reason": "recorded-by-mistake"}

    erased = await people["school"].post(address, json=stated, headers=at_version(1))
    again = await people["school"].post(address, json=stated, headers=at_version(2))
    left = await owner.fetchrow(
        "SELECT (SELECT count(*) FROM child_particulars), (SELECT count(*) FROM child_links), "
        "(SELECT count(*) FROM child_circumstances), (SELECT reason FROM erasures)"
    )

    assert erased.status_code == 200, erased.text
    told = erased.json()
    assert told["erased_at"] is not None
    assert identity_of(told) == dict.fromkeys(identity_of(told))
    assert problem(again) == (409, "child-erased")
    assert left is not None
    assert tuple(left) == (0, 0, 0, "recorded-by-mistake")
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await owner.execute("DELETE FROM erasures")


async def test_another_commissioner_does_not_erase(people: People) -> None:
    child = await add(people["school"])

    answer = await people["other"].post(
        f"{CHILDREN}/{child['id']}/erasure",
        json={"reason": "subject-request"},
        headers=at_version(1),
    )

    assert problem(answer) == (404, "child-not-found")


async def test_an_analyst_reads_no_child(
    client: httpx.AsyncClient, owner: asyncpg.Connection, commissioners: Commissioners
) -> None:
    analyst = await add_member(owner, commissioners.school.organisation_id, Role.ANALYST)
    await sign_in(client, owner, analyst)

    answer = await client.get(CHILDREN, params=COMMISSIONING)

    assert problem(answer) == (403, "not-permitted")
