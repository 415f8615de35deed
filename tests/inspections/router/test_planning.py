"""Planning inspections over HTTP, and who is told of them."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.config import Settings
from tests.factories.inspecting import Desk, a_plan, add_desk, found, somebody
from tests.factories.invitations import entries
from tests.providers.router.asking import at_version, browsers, pointers, problem

INSPECTIONS = "/v1/inspections"


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A provider, and everybody who has to do with its inspection."""
    return await add_desk(owner)


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk
) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """A signed-in browser for each of them."""
    members = {
        "lead": desk.lead,
        "colleague": desk.colleague,
        "second": desk.second,
        "elsewhere": desk.elsewhere,
        "partner": desk.partner,
        "manager": desk.record.manager,
        "school": desk.school,
    }
    async with browsers(settings, owner, *members.values()) as made:
        yield dict(zip(members, made, strict=True))


async def test_a_plan_is_read_again_by_its_reference_and_written_down(
    people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, desk: Desk
) -> None:
    made = await people["lead"].post(INSPECTIONS, json=a_plan(desk, desk.lead, desk.colleague))
    held = await people["lead"].get(made.headers["location"])

    assert made.status_code == 201
    assert held.json() == made.json()
    told = held.json()
    assert told["reference"].startswith("QA")
    assert (told["state"], told["standards"]) == ("planned", "working-set-1")
    assert [one["part"] for one in told["inspectors"]] == ["lead", "inspector"]
    assert (told["asked"], told["judged"], told["sites"][0]["asked"]) == (3, 0, 3)
    assert [entry["reason"] for entry in await entries(owner, "inspection.planned")] == [
        "It is due."
    ]


@pytest.mark.parametrize("unannounced", [False, True])
async def test_each_is_told_what_is_theirs_to_know(
    people: dict[str, httpx.AsyncClient],
    desk: Desk,
    unannounced: bool,
) -> None:
    kind = {"kind": "unannounced", "criteria": []} if unannounced else {}
    made = await people["lead"].post(INSPECTIONS, json=a_plan(desk, desk.lead, **kind))
    address = made.headers["location"]
    seen = {name: (await one.get(address)).status_code for name, one in people.items()}
    listed = {
        name: len((await one.get(INSPECTIONS)).json()["items"]) for name, one in people.items()
    }
    to_owner = (await people["manager"].get(address)).json()

    told = {"lead", "colleague", "second"} | (set() if unannounced else {"manager"})
    assert {name for name, status in seen.items() if status == 200} == told
    assert {name for name, status in seen.items() if status == 404} == set(people) - told
    assert {name for name, count in listed.items() if count} == told
    if not unannounced:
        assert (to_owner["inspectors"], to_owner["reason"]) == ([], None)


@pytest.mark.parametrize(
    ("members", "where"),
    [
        ({"sites": [2]}, ["/sites/0"]),
        ({"sites": [1, 1]}, ["/sites/1"]),
        ({"criteria": []}, ["/criteria"]),
        ({"criteria": ["4.9z"]}, ["/criteria/0"]),
        ({"kind": "annual"}, ["/criteria"]),
        ({"planned_on": "2090-01-01"}, ["/planned_on"]),
        ({"body": "11111111-1111-4111-8111-111111111111"}, ["/body"]),
        ({"sites": [2], "criteria": [], "body": "11111111-1111-4111-8111-111111111111"}, None),
    ],
)
async def test_every_fault_of_a_plan_is_named_at_once_and_nothing_is_kept(
    people: dict[str, httpx.AsyncClient],
    owner: asyncpg.Connection,
    desk: Desk,
    members: dict[str, Any],
    where: list[str] | None,
) -> None:
    refused = await people["lead"].post(INSPECTIONS, json=a_plan(desk, desk.lead, **members))

    assert problem(refused) == (422, "inspection-not-plannable")
    assert pointers(refused) == (where or ["/sites/0", "/criteria", "/body"])
    assert await owner.fetchval("SELECT count(*) FROM inspections") == 0


async def test_no_standards_are_in_force_before_the_first(
    people: dict[str, httpx.AsyncClient], desk: Desk
) -> None:
    refused = await people["lead"].post(
        INSPECTIONS, json=a_plan(desk, desk.lead, planned_on="2020-01-01")
    )

    assert problem(refused) == (409, "no-standards-in-force")


async def test_who_answers_for_the_provider_plans_and_nobody_else(
    people: dict[str, httpx.AsyncClient], desk: Desk
) -> None:
    refused = {
        name: problem(await people[name].post(INSPECTIONS, json=a_plan(desk)))
        for name in ("elsewhere", "partner", "manager", "school")
    }

    assert refused == {
        "elsewhere": (404, "provider-not-found"),
        "partner": (404, "provider-not-found"),
        "manager": (403, "not-permitted"),
        "school": (403, "not-permitted"),
    }


async def test_another_body_that_was_asked_names_its_own_inspectors(
    people: dict[str, httpx.AsyncClient], desk: Desk
) -> None:
    body = str(desk.partner.organisation_id)
    made = await people["lead"].post(INSPECTIONS, json=a_plan(desk, body=body))
    inspectors = f"{made.headers['location']}/inspectors"
    mine = {"person": str(desk.lead.person_id)}
    ours = await people["lead"].post(inspectors, json=mine)
    theirs = await people["partner"].post(inspectors, json={"person": str(desk.partner.person_id)})

    assert problem(ours) == (404, "inspector-not-found")
    assert theirs.status_code == 200
    assert theirs.json()["inspectors"][0]["person"] == str(desk.partner.person_id)


async def test_who_has_a_tie_does_not_inspect_until_it_ends(
    people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, desk: Desk
) -> None:
    tie = {"provider": desk.record.number, "kind": "family", "since": "2026-01-01"}
    declared = await people["colleague"].post(
        "/v1/declared-interests", json=tie | {"detail": "A cousin works there."}
    )
    refused = await people["lead"].post(INSPECTIONS, json=a_plan(desk, desk.colleague))
    gone = clock.today().isoformat()
    ended = await people["colleague"].patch(
        declared.headers["location"], json={"ended_on": gone}, headers=at_version(1)
    )
    stale = await people["colleague"].patch(
        declared.headers["location"], json={"ended_on": gone}, headers=at_version(1)
    )
    others = await people["second"].patch(
        declared.headers["location"], json={"ended_on": gone}, headers=at_version(2)
    )
    seen = (await people["second"].get("/v1/declared-interests")).json()["items"]
    unseen = (await people["elsewhere"].get("/v1/declared-interests")).json()["items"]

    assert declared.status_code == 201
    assert problem(refused) == (403, "not-independent")
    assert pointers(refused) == ["/inspectors/0/person"]
    assert ended.json()["ended_on"] == gone
    assert problem(stale) == (412, "changed-meanwhile")
    assert problem(others) == (404, "interest-not-found")
    assert [one["detail"] for one in seen] == ["A cousin works there."]
    assert unseen == []
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="does not inspect"):
        await owner.execute(
            "INSERT INTO inspectors SELECT i.id, $1, 'Example', $2, 'inspector', now() "
            "FROM inspections i WHERE i.reference = $3",
            desk.colleague.person_id,
            desk.colleague.organisation_id,
            (await people["lead"].post(INSPECTIONS, json=a_plan(desk))).json()["reference"],
        )


@pytest.mark.parametrize(
    ("tie", "where"),
    [
        ({"since": "2090-01-01"}, (422, "invalid-request")),
        ({"provider": "AP999999X"}, (404, "provider-not-found")),
    ],
)
async def test_an_interest_that_cannot_be_is_refused(
    people: dict[str, httpx.AsyncClient], desk: Desk, tie: dict[str, str], where: tuple[int, str]
) -> None:
    told = {"provider": desk.record.number, "kind": "friend", "since": "2026-01-01"}
    refused = await people["lead"].post(
        "/v1/declared-interests", json=told | {"detail": "A friend."} | tie
    )

    assert problem(refused) == where


class TestChanging:
    async def test_a_plan_changes_until_somebody_judged(
        self, people: dict[str, httpx.AsyncClient], desk: Desk
    ) -> None:
        lead = people["lead"]
        made = await lead.post(INSPECTIONS, json=a_plan(desk, desk.lead))
        address, held = made.headers["location"], at_version(made.json()["version"])
        changed = await lead.patch(address, json={"criteria": ["1.1a"]}, headers=held)
        stale = await lead.patch(address, json={"reason": "Another."}, headers=held)
        present = at_version(changed.json()["version"])
        needless = await lead.patch(address, json={"criteria": []}, headers=present)
        await lead.patch(f"{address}/judgements", json={"judgements": [found()]})
        now = at_version((await lead.get(address)).json()["version"])
        late = await lead.patch(address, json={"reason": "Another."}, headers=now)

        assert changed.json()["asked"] == 1
        assert problem(stale) == (412, "changed-meanwhile")
        assert (problem(needless), pointers(needless)) == (
            (422, "inspection-not-plannable"),
            ["/criteria"],
        )
        assert problem(late) == (409, "inspection-move-not-allowed")

    async def test_it_is_given_up_once_with_a_reason(
        self, people: dict[str, httpx.AsyncClient], desk: Desk
    ) -> None:
        lead = people["lead"]
        made = await lead.post(INSPECTIONS, json=a_plan(desk, desk.lead))
        address = f"{made.headers['location']}/cancellation"
        version = at_version(made.json()["version"])
        gone = await lead.post(address, json={"reason": "The site moved."}, headers=version)
        again = await lead.post(
            address, json={"reason": "Twice."}, headers=at_version(gone.json()["version"])
        )
        owners = await people["manager"].post(address, json={"reason": "No."}, headers=version)

        assert (gone.json()["state"], gone.json()["cancelled_reason"]) == (
            "cancelled",
            "The site moved.",
        )
        assert problem(again) == (409, "inspection-move-not-allowed")
        assert problem(owners) == (403, "not-permitted")

    async def test_inspectors_come_and_go_until_they_have_judged(
        self, people: dict[str, httpx.AsyncClient], desk: Desk
    ) -> None:
        lead = people["lead"]
        made = await lead.post(INSPECTIONS, json=a_plan(desk, desk.lead))
        address = made.headers["location"]
        second_lead = {"person": str(desk.colleague.person_id), "part": "lead"}
        swapped = await lead.post(f"{address}/inspectors", json=second_lead)
        nobody = await lead.post(f"{address}/inspectors", json={"person": somebody()})
        off = await lead.delete(f"{address}/inspectors/{desk.lead.person_id}")
        twice = await lead.delete(f"{address}/inspectors/{desk.lead.person_id}")
        judged = await people["colleague"].patch(
            f"{address}/judgements", json={"judgements": [found()]}
        )
        stays = await lead.delete(f"{address}/inspectors/{desk.colleague.person_id}")

        assert [(one["person"], one["part"]) for one in swapped.json()["inspectors"]] == [
            (str(desk.colleague.person_id), "lead"),
            (str(desk.lead.person_id), "inspector"),
        ]
        assert problem(nobody) == problem(twice) == (404, "inspector-not-found")
        assert (off.status_code, judged.status_code) == (204, 200)
        assert problem(stays) == (409, "inspector-has-judged")


async def test_pages_of_the_list_skip_nothing_and_repeat_nothing(
    people: dict[str, httpx.AsyncClient], desk: Desk
) -> None:
    lead = people["lead"]
    made = [
        (await lead.post(INSPECTIONS, json=a_plan(desk, planned_on=f"2026-11-{day}"))).json()
        for day in (20, 10, 10)
    ]
    first = (await lead.get(INSPECTIONS, params={"limit": 2})).json()
    rest = (await lead.get(first["links"]["next"])).json()
    broken = await lead.get(INSPECTIONS, params={"cursor": "x"})
    narrowed = await lead.get(INSPECTIONS, params={"planned_until": "2026-11-10", "la": "331"})

    assert [one["reference"] for one in [*first["items"], *rest["items"]]] == [
        made[1]["reference"],
        made[2]["reference"],
        made[0]["reference"],
    ]
    assert rest["links"]["next"] is None
    assert problem(broken) == (422, "invalid-request")
    assert len(narrowed.json()["items"]) == 2
