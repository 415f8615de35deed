"""Whole results over HTTP: landed once, refused whole, and by whom."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Permission
from app.config import Settings
from tests.factories.inspecting import CRITERIA, Desk, a_plan, add_desk, found, somebody
from tests.factories.machines import add_machine, bearer, get_token
from tests.factories.results import RESULTS, a_result
from tests.providers.router.asking import browsers, pointers, problem

INSPECTIONS = "/v1/inspections"
People = dict[str, httpx.AsyncClient]


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A provider, and everybody who has to do with its inspection."""
    return await add_desk(owner)


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk
) -> AsyncIterator[People]:
    """A signed-in browser for each of them."""
    members = {"lead": desk.lead, "colleague": desk.colleague, "second": desk.second}
    members |= {"manager": desk.record.manager, "partner": desk.partner}
    members |= {"elsewhere": desk.elsewhere}
    async with browsers(settings, owner, *members.values()) as made:
        yield dict(zip(members, made, strict=True))


async def counts(owner: asyncpg.Connection) -> tuple[int, ...]:
    """Return how many results, inspections and judgements there are."""
    row = await owner.fetchrow(
        "SELECT (SELECT count(*) FROM received_results), (SELECT count(*) FROM inspections), "
        "(SELECT count(*) FROM inspection_judgements), (SELECT count(*) FROM judgement_notes)"
    )
    return tuple(row or ())


async def test_a_result_becomes_an_inspection_and_sent_again_is_read_again(
    people: People, owner: asyncpg.Connection, desk: Desk
) -> None:
    sent = a_result(desk, desk.lead, desk.colleague)
    sent["judgements"][0]["note"] = "Four files sampled."
    first = await people["lead"].post(RESULTS, json=sent)
    turned = dict(reversed(list(sent.items())))
    again = await people["colleague"].post(RESULTS, json=turned)
    read = await people["lead"].get(first.headers["location"])
    inspection = await people["lead"].get(f"{INSPECTIONS}/{first.json()['inspection']}")
    whole = await people["lead"].get(first.json()["document"])

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json() == read.json()
    assert (first.json()["status"], first.json()["reasons"]) == ("applied", [])
    told = inspection.json()
    assert (told["state"], told["judged"], told["asked"]) == ("judging", 3, 3)
    assert [one["part"] for one in told["inspectors"]] == ["lead", "inspector"]
    assert whole.json() == sent
    assert await counts(owner) == (1, 1, 3, 1)
    said = await owner.fetch("SELECT row_to_json(e)::text AS e FROM audit_entries e")
    assert not [one for one in said if "Four files" in one["e"]]


async def test_twice_at_the_same_moment_it_lands_once(
    people: People, owner: asyncpg.Connection, desk: Desk
) -> None:
    sent = a_result(desk, desk.lead, desk.colleague)
    senders = [people["lead"], people["colleague"]] * 4
    came = await asyncio.gather(*(one.post(RESULTS, json=sent) for one in senders))

    assert sorted(one.status_code for one in came) == [200] * 7 + [201]
    assert len({one.text for one in came}) == 1
    assert await counts(owner) == (1, 1, 3, 0)


async def test_another_result_under_the_same_reference_is_refused_and_both_are_told_apart(
    people: People, owner: asyncpg.Connection, desk: Desk
) -> None:
    sent = a_result(desk)
    first = await people["lead"].post(RESULTS, json=sent)
    other = sent | {"judgements": [found("1.1a", "not-met"), *sent["judgements"][1:]]}
    refused = await people["lead"].post(RESULTS, json=other)

    assert problem(refused) == (409, "inspection-result-differs")
    told = refused.json()
    assert told["held"]["sha256"] == first.json()["sha256"] != told["sent"]["sha256"]
    assert told["held"]["received_at"] < told["sent"]["received_at"]
    assert await counts(owner) == (1, 1, 3, 0)


TOMORROW = (clock.today() + timedelta(days=2)).isoformat()


FAULTY: list[tuple[dict[str, Any], list[str]]] = [
    ({"schema": "inspection-result/9"}, ["/schema"]),
    ({"reference": "no spaces"}, ["/reference"]),
    ({"extra": 1}, ["/extra"]),
    ({"sites": [1, 7, 1]}, ["/sites/1", "/sites/2"]),
    ({"standards": "never-made"}, ["/standards"]),
    ({"visited_on": TOMORROW}, ["/visited_on"]),
    ({"visited_on": "2020-01-01"}, ["/visited_on"]),
    ({"inspection": "QA999999X"}, ["/inspection"]),
    ({"criteria": [*CRITERIA, "4.9z"]}, ["/criteria/3"]),
    ({"kind": "annual"}, ["/criteria"]),
    ({"judgements": [found("1.1a"), found("2.1b")]}, ["/judgements"]),
    (
        {"judgements": [*map(found, CRITERIA), found("1.1a")]},
        ["/judgements/3/criterion"],
    ),
    (
        {"judgements": [found("9.9z"), found("2.1b"), found("4.4c")]},
        ["/judgements/0/criterion"],
    ),
    (
        {
            "sites": [1, 9],
            "visited_on": TOMORROW,
            "judgements": [
                found("1.1a", "not-met", finding=None),
                found("2.1b") | {"seen_on": "2090-01-01"},
                found("4.4c", files=[somebody()]),
                found("4.4c", site=9),
            ],
        },
        [
            *("/visited_on", "/sites/1", "/judgements/0/finding", "/judgements/1/seen_on"),
            *("/judgements/2/files/0", "/judgements/3/site"),
        ],
    ),
]


async def test_every_fault_is_named_at_once_and_nothing_is_half_written(
    people: People, owner: asyncpg.Connection, desk: Desk
) -> None:
    for members, where in FAULTY:
        refused = await people["lead"].post(RESULTS, json=a_result(desk, **members))

        assert refused.status_code == 422, members
        assert pointers(refused) == where
    assert await counts(owner) == (0, 0, 0, 0)


class TestWhoSends:
    async def test_one_of_its_inspectors_does(self, people: People, desk: Desk) -> None:
        refused = {
            name: problem(await people[name].post(RESULTS, json=a_result(desk, desk.lead)))
            for name in ("colleague", "second", "manager", "partner")
        }

        assert refused == {
            "colleague": (403, "not-your-inspection"),
            "second": (403, "not-permitted"),
            "manager": (403, "not-permitted"),
            "partner": (403, "not-your-inspection"),
        }

    async def test_nobody_sends_for_whom_they_do_not_answer(
        self, people: People, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        partner = await people["partner"].post(RESULTS, json=a_result(desk, desk.partner))
        elsewhere = await people["elsewhere"].post(RESULTS, json=a_result(desk, desk.elsewhere))

        assert problem(partner) == problem(elsewhere) == (404, "provider-not-found")
        assert pointers(partner) == ["/provider"]
        assert await counts(owner) == (0, 0, 0, 0)

    async def test_inspectors_are_people_of_the_body_without_a_tie(
        self, people: People, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        tie = {"provider": desk.record.number, "kind": "friend", "detail": "A friend."}
        await people["colleague"].post(
            "/v1/declared-interests", json=tie | {"since": clock.today().isoformat()}
        )
        who = (desk.lead, desk.colleague, desk.partner, desk.lead)
        refused = await people["lead"].post(RESULTS, json=a_result(desk, *who))

        assert problem(refused) == (422, "inspection-result-not-accepted")
        assert pointers(refused) == ["/inspectors/1", "/inspectors/2", "/inspectors/3"]
        assert await counts(owner) == (0, 0, 0, 0)

    async def test_a_machine_with_the_scope_names_who_inspected(
        self, people: People, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        client = people["lead"]
        client.cookies.clear()
        may = await add_machine(owner, desk.lead, Permission.INSPECTIONS_SUBMIT)
        may_not = await add_machine(owner, desk.lead, Permission.INSPECTIONS_READ)
        sent = a_result(desk, desk.colleague, desk.lead)
        sent["judgements"][1]["note"] = "Seen in the office."
        landed, refused = [
            await client.post(RESULTS, json=sent, headers=bearer(await get_token(client, one)))
            for one in (may, may_not)
        ]

        assert (landed.status_code, problem(refused)) == (201, (403, "not-permitted"))
        judged_by = await owner.fetch("SELECT DISTINCT judged_by FROM inspection_judgements")
        assert [one["judged_by"] for one in judged_by] == [desk.colleague.person_id]
        assert await counts(owner) == (1, 1, 3, 1)

    async def test_of_a_body_that_was_asked_the_planned_inspection_is_named(
        self, people: People, owner: asyncpg.Connection, desk: Desk
    ) -> None:
        plan = a_plan(desk, body=str(desk.partner.organisation_id))
        planned = (await people["lead"].post(INSPECTIONS, json=plan)).json()["reference"]
        sent = a_result(desk, desk.partner, inspection=planned)
        unnamed = await people["partner"].post(RESULTS, json=sent)
        here = f"{INSPECTIONS}/{planned}/inspectors"
        await people["partner"].post(here, json={"person": str(desk.partner.person_id)})
        landed = await people["partner"].post(RESULTS, json=sent)
        other = await people["lead"].post(RESULTS, json=a_result(desk, inspection=planned))

        assert problem(unnamed) == problem(other) == (403, "not-your-inspection")
        assert (landed.status_code, landed.json()["inspection"]) == (201, planned)
        assert await counts(owner) == (1, 1, 3, 0)


async def test_who_answers_reads_it_and_nobody_else(
    people: People, owner: asyncpg.Connection, desk: Desk
) -> None:
    plan = a_plan(desk, body=str(desk.partner.organisation_id))
    planned = (await people["lead"].post(INSPECTIONS, json=plan)).json()["reference"]
    here = f"{INSPECTIONS}/{planned}/inspectors"
    await people["partner"].post(here, json={"person": str(desk.partner.person_id)})
    sent = a_result(desk, desk.partner, inspection=planned)
    landed = await people["partner"].post(RESULTS, json=sent)
    seen = {name: (await one.get(landed.headers["location"])) for name, one in people.items()}
    listed = {name: (await one.get(RESULTS)).json()["items"] for name, one in people.items()}
    whole = await people["second"].get(landed.json()["document"])

    told = {"lead", "colleague", "second", "partner"}
    assert {name for name, one in seen.items() if one.status_code == 200} == told
    assert {name for name, one in seen.items() if one.status_code == 404} == set(people) - told
    assert {name for name, items in listed.items() if items} == told
    assert listed["lead"][0] == landed.json()
    assert whole.json() == sent


async def test_too_large_a_document_is_refused_before_it_is_read(
    people: People, owner: asyncpg.Connection, desk: Desk
) -> None:
    large = a_result(desk) | {"extra": "x" * 1_100_000}
    refused = await people["lead"].post(RESULTS, json=large)

    assert problem(refused) == (413, "content-too-large")
    assert await counts(owner) == (0, 0, 0, 0)


async def test_what_came_stays_as_it_came_nor_goes_by_going_round_the_service(
    people: People, owner: asyncpg.Connection, desk: Desk
) -> None:
    await people["lead"].post(RESULTS, json=a_result(desk))

    for statement in (
        "UPDATE received_results SET body = '{}'",
        "UPDATE received_results SET status = 'kept', inspection_id = NULL",
        "DELETE FROM received_results",
        "TRUNCATE received_results",
    ):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="append-only"):
            await owner.execute(statement)
