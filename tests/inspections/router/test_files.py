"""Files of inspections over HTTP: taken in as documents are, and seen by colleagues alone."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from app.config import Settings
from tests.factories.inspecting import Desk, a_plan, add_desk, found
from tests.factories.results import RESULTS, a_result
from tests.files.making import PDF, pdf
from tests.providers.router.asking import at_version, pointers, problem
from tests.providers.showing_evidence import browsers

INSPECTIONS = "/v1/inspections"
People = dict[str, httpx.AsyncClient]


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A provider, and everybody who has to do with its inspection."""
    return await add_desk(owner)


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk, tmp_path: Path
) -> AsyncIterator[People]:
    """A signed-in browser for each of them, at a service that keeps files."""
    members = {"lead": desk.lead, "second": desk.second, "partner": desk.partner}
    members |= {"manager": desk.record.manager, "elsewhere": desk.elsewhere, "school": desk.school}
    async with browsers(settings, owner, tmp_path, *members.values()) as made:
        yield dict(zip(members, made, strict=True))


async def send(
    client: httpx.AsyncClient, address: str, data: bytes | None = None, **fields: str
) -> httpx.Response:
    """Send a photo of a fire door to an inspection."""
    file: dict[str, Any] = {"file": ("door.pdf", pdf() if data is None else data, PDF)}
    said = {"title": "The fire door"} | fields
    return await client.post(f"{address}/files", data=said, files=file)


async def test_a_file_is_shown_by_a_judgement_and_comes_back_only_to_be_saved(
    people: People, owner: asyncpg.Connection, desk: Desk
) -> None:
    lead = people["lead"]
    made = await lead.post(INSPECTIONS, json=a_plan(desk, desk.lead))
    other = await lead.post(INSPECTIONS, json=a_plan(desk, desk.lead))
    address, reference = made.headers["location"], made.json()["reference"]
    sent = await send(lead, address)
    file = sent.json()
    listed = await lead.get(f"{address}/files")
    content = await lead.get(f"{sent.headers['location']}/file")
    judged = await lead.patch(
        f"{address}/judgements", json={"judgements": [found(files=[file["id"]])]}
    )
    shown = [found(files=[file["id"]]), found("2.1b"), found("4.4c")]
    result = a_result(desk, inspection=reference, judgements=shown)
    landed = await lead.post(RESULTS, json=result)
    elsewhere = a_result(desk, inspection=other.json()["reference"], judgements=shown)
    refused = await lead.post(RESULTS, json=elsewhere)

    assert (sent.status_code, file["media_type"]) == (201, PDF)
    assert listed.json()["items"] == [file] == [(await lead.get(sent.headers["location"])).json()]
    assert content.content == pdf()
    assert content.headers["content-disposition"].startswith("attachment")
    assert content.headers["content-security-policy"].startswith("default-src 'none'; sandbox")
    assert judged.json()["items"][0]["found"]["files"] == [file["id"]]
    assert landed.status_code == 201
    assert pointers(refused) == ["/judgements/0/files/0"], "a file is of one inspection"
    acts = await owner.fetch("SELECT act FROM audit_entries WHERE act LIKE 'inspection.file%'")
    assert [one["act"] for one in acts] == ["inspection.file_added"]


async def test_who_inspects_sends_and_colleagues_look_but_nobody_else(
    people: People, owner: asyncpg.Connection, desk: Desk
) -> None:
    plan = a_plan(desk, body=str(desk.partner.organisation_id))
    made = await people["lead"].post(INSPECTIONS, json=plan)
    address = made.headers["location"]
    sent = {name: await send(one, address) for name, one in people.items()}
    here = sent["partner"].headers["location"]
    seen = {name: (await one.get(f"{here}/file")).status_code for name, one in people.items()}
    listed = {name: await one.get(f"{address}/files") for name, one in people.items()}

    assert {name: one.status_code for name, one in sent.items()} == {
        "lead": 403,
        "second": 403,
        "partner": 201,
        "manager": 403,
        "elsewhere": 404,
        "school": 403,
    }
    told = {"lead", "second", "partner"}
    assert {name for name, status in seen.items() if status == 200} == told
    assert {name for name, status in seen.items() if status == 404} == set(people) - told
    assert {name for name, one in listed.items() if one.json().get("items")} == told
    assert listed["manager"].json()["items"] == [], "they are told of the inspection, no more"
    opened = "SELECT count(*) FROM audit_entries WHERE act = 'inspection.file_opened'"
    assert await owner.fetchval(opened) == 2


async def test_what_is_no_picture_or_paper_or_comes_too_late_is_refused(
    people: People, owner: asyncpg.Connection, desk: Desk
) -> None:
    lead = people["lead"]
    address = (await lead.post(INSPECTIONS, json=a_plan(desk, desk.lead))).headers["location"]
    wrong = await send(lead, address, b"MZ is a program")
    untitled = await send(lead, address, title="")
    cancelled = {"reason": "The road was flooded."}
    await lead.post(f"{address}/cancellation", json=cancelled, headers=at_version(1))
    late = await send(lead, address)

    assert wrong.status_code == 415
    assert pointers(untitled) == ["/title"]
    assert problem(late) == (409, "inspection-move-not-allowed")
    assert await owner.fetchval("SELECT count(*) FROM files") == 0
