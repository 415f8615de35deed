import uuid
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeAlias

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from app.config import Settings
from tests.factories.evidence import (
    add_document,
    add_share,
)
from tests.factories.people import Member, add_member, add_organisation
from tests.factories.records import (
    OwnedRecord,
    add_civil_servant,
    add_officer,
    add_owned_record,
)
from tests.providers.showing_evidence import (
    TODAY,
    YESTERDAY,
    browsers,
    pointers,
    problem,
)

Opened: TypeAlias = Callable[..., AbstractAsyncContextManager[list[httpx.AsyncClient]]]


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner)


@pytest.fixture
def opened(settings: Settings, owner: asyncpg.Connection, tmp_path: Path) -> Opened:
    """Open a service for some members, with a browser for each."""
    return partial(browsers, settings, owner, tmp_path)


@pytest.fixture
async def school(owner: asyncpg.Connection) -> Member:
    """Somebody who commissions for a school."""
    organisation = await add_organisation(owner, "Example Academy")
    return await add_member(owner, organisation, Role.COMMISSIONER, name="Example Head")


class TestGiving:
    async def test_the_same_is_not_shared_twice_at_a_time(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        school: Member,
        tmp_path: Path,
    ) -> None:
        await add_share(owner, record, school.organisation_id)
        await add_share(owner, record, school.organisation_id, until=YESTERDAY)
        document = await add_document(owner, record)
        consent = {"organisation_id": str(school.organisation_id), "until": TODAY.isoformat()}
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            again = await manager.post(f"{record.address}/shares", json=consent)
            single = await manager.post(
                f"{record.address}/shares", json=consent | {"document_id": str(document)}
            )

        assert problem(again) == (409, "share-stands")
        assert single.status_code == 201
        assert single.json()["document_title"] == "Example paper"

    async def test_it_lasts_from_today_to_two_years_from_now(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        school: Member,
        tmp_path: Path,
    ) -> None:
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            for until in (YESTERDAY, TODAY + timedelta(days=732)):
                answer = await manager.post(
                    f"{record.address}/shares",
                    json={
                        "organisation_id": str(school.organisation_id),
                        "until": until.isoformat(),
                    },
                )
                assert problem(answer) == (422, "share-not-fit")
                assert pointers(answer) == ["/until"]

    async def test_only_commissioners_are_shared_with(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        civil_servant = await add_civil_servant(owner)
        rival = await add_owned_record(owner, "Example Rival")
        closed = await add_organisation(owner, "Example Closed School", closed_on=YESTERDAY)
        strangers = (
            *(rival.manager.organisation_id, civil_servant.organisation_id, closed),
            uuid.uuid4(),
        )
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            for organisation in strangers:
                answer = await manager.post(
                    f"{record.address}/shares",
                    json={"organisation_id": str(organisation), "until": TODAY.isoformat()},
                )
                assert problem(answer) == (422, "share-not-fit")
                assert pointers(answer) == ["/organisation_id"]

    async def test_a_document_must_be_on_the_record_and_not_withdrawn(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        school: Member,
        tmp_path: Path,
    ) -> None:
        other = await add_document(owner, await add_owned_record(owner, "Example Other"))
        gone = await add_document(
            owner, record, withdrawn_at=clock.now(), withdrawn_reason="a mistake"
        )
        consent = {"organisation_id": str(school.organisation_id), "until": TODAY.isoformat()}
        async with browsers(settings, owner, tmp_path, record.manager) as (manager,):
            answers = [
                await manager.post(
                    f"{record.address}/shares", json=consent | {"document_id": str(one)}
                )
                for one in (other, gone)
            ]

        assert [problem(answer) for answer in answers] == [
            *((404, "document-not-found"), (409, "document-withdrawn"))
        ]

    async def test_only_the_owner_s_manager_gives_it(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        school: Member,
        tmp_path: Path,
    ) -> None:
        analyst = await add_member(owner, record.manager.organisation_id, Role.ANALYST)
        officer = await add_officer(owner, Role.PROVIDER_MANAGER)
        rival = await add_owned_record(owner, "Example Rival")
        share = await add_share(owner, record, school.organisation_id)
        consent = {"organisation_id": str(school.organisation_id), "until": TODAY.isoformat()}
        async with browsers(settings, owner, tmp_path, analyst, officer, rival.manager) as clients:
            given = [await one.post(f"{record.address}/shares", json=consent) for one in clients]
            taken = [await one.delete(f"{record.address}/shares/{share}") for one in clients]

        refused = [
            *((403, "not-permitted"), (403, "record-not-yours"), (404, "provider-not-found"))
        ]
        assert [problem(answer) for answer in given] == refused
        assert [problem(answer) for answer in taken] == refused
