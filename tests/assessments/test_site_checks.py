"""A commissioner's own checks of a site: recorded once, used by all of its trust, withdrawn."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.config import Settings
from app.organisations.terms import OrganisationKind
from tests.factories.children import PLACER
from tests.factories.people import Member, add_member, add_organisation
from tests.factories.records import OwnedRecord, add_civil_servant, add_owned_record
from tests.placements.asking import in_days
from tests.providers.router.asking import at_version, browsers, pointers, problem

CHECKS = "/v1/site-checks"
People = dict[str, httpx.AsyncClient]


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    """A listed provider with one site."""
    return await add_owned_record(owner, status="listed")


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, record: OwnedRecord
) -> AsyncIterator[People]:
    """A trust, two of its schools, another school, the department, the provider."""
    trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
    members: dict[str, Member] = {"trust": await add_member(owner, trust, *PLACER)}
    for name, parent in (("school", trust), ("sister", trust), ("stranger", None)):
        organisation = await add_organisation(owner, f"Example {name}", parent_id=parent)
        members[name] = await add_member(owner, organisation, *PLACER)
    members["department"] = await add_civil_servant(owner)
    members["manager"] = record.manager
    async with browsers(settings, owner, *members.values()) as made:
        yield dict(zip(members, made, strict=True))


def a_check(record: OwnedRecord, **members: Any) -> dict[str, Any]:
    """Return a check as it is sent: a visit today."""
    told = {"provider": record.number, "site": 1, "kind": "visit"}
    told |= {"seen_on": clock.today().isoformat(), "seen_by": "Example Person, deputy head"}
    return told | {"what": "Calm, clean, fenced; spoke to the lead."} | members


async def test_it_is_used_for_a_year_and_no_longer_than_a_certificate(
    people: People, record: OwnedRecord
) -> None:
    visit = await people["school"].post(CHECKS, json=a_check(record))
    insured = await people["school"].post(
        CHECKS, json=a_check(record, kind="insurance", valid_until=in_days(30))
    )
    old = await people["school"].post(CHECKS, json=a_check(record, seen_on=in_days(-366)))

    told = [one.json() for one in (visit, insured, old)]
    assert [one.status_code for one in (visit, insured, old)] == [201, 201, 201], visit.text
    assert [one["usable_until"] for one in told] == [in_days(365), in_days(30), in_days(-1)]
    assert [one["usable"] for one in told] == [True, True, False]


async def test_what_is_shared_is_used_by_the_whole_trust_and_nobody_else(
    people: People, record: OwnedRecord
) -> None:
    alone = (await people["school"].post(CHECKS, json=a_check(record))).json()
    shared = (await people["school"].post(CHECKS, json=a_check(record, shared=True))).json()

    seen = {
        name: [
            (await people[name].get(f"{CHECKS}/{one['id']}")).status_code for one in (alone, shared)
        ]
        for name in people
    }

    assert seen == {
        "school": [200, 200],
        "trust": [200, 200],
        "sister": [404, 200],
        "stranger": [404, 404],
        "department": [403, 403],
        "manager": [403, 403],
    }


async def test_a_list_is_narrowed(people: People, record: OwnedRecord) -> None:
    old = (await people["school"].post(CHECKS, json=a_check(record, seen_on=in_days(-400)))).json()
    new = (await people["school"].post(CHECKS, json=a_check(record, kind="fire-risk"))).json()

    async def listed(**narrowed: str) -> list[str]:
        answer = await people["school"].get(CHECKS, params=narrowed)
        assert answer.status_code == 200, answer.text
        return [one["id"] for one in answer.json()["items"]]

    assert await listed() == [new["id"], old["id"]]
    assert await listed(usable="true") == [new["id"]]
    assert await listed(kind="visit") == [old["id"]]
    assert await listed(provider=record.number.lower(), site="1", limit="1") == [new["id"]]
    assert await listed(site="2") == []


@pytest.mark.parametrize(
    ("members", "refused", "where"),
    [
        ({"site": 9}, (422, "invalid-request"), ["/site"]),
        ({"provider": "AP999999X"}, (404, "provider-not-found"), ["/provider"]),
        ({"seen_on": in_days(1)}, (422, "invalid-request"), ["/seen_on"]),
        ({"valid_until": in_days(-1)}, (422, "invalid-request"), ["/valid_until"]),
        ({"kind": "smell"}, (422, "invalid-request"), ["/kind"]),
        ({"seen_by": " "}, (422, "invalid-request"), ["/seen_by"]),
    ],
)
async def test_what_cannot_be_is_refused_where_it_stands(
    people: People,
    record: OwnedRecord,
    members: dict[str, Any],
    refused: tuple[int, str],
    where: list[str],
) -> None:
    answer = await people["school"].post(CHECKS, json=a_check(record, **members))

    assert (problem(answer), pointers(answer)) == (refused, where)


async def test_it_is_withdrawn_by_whoever_recorded_it_once(
    people: People, record: OwnedRecord
) -> None:
    check = (await people["school"].post(CHECKS, json=a_check(record, shared=True))).json()
    address = f"{CHECKS}/{check['id']}/withdrawal"
    said = {"reason": "Half of the staff has left."}

    by_sister = await people["sister"].post(address, json=said, headers=at_version(1))
    withdrawn = await people["school"].post(address, json=said, headers=at_version(1))
    stale = await people["school"].post(address, json=said, headers=at_version(1))
    again = await people["school"].post(address, json=said, headers=at_version(2))

    assert problem(by_sister) == (403, "site-check-not-yours")
    assert (withdrawn.json()["usable"], withdrawn.json()["version"]) == (False, 2)
    assert problem(stale) == (412, "changed-meanwhile")
    assert problem(again) == (409, "site-check-withdrawn")
