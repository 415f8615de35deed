"""What every page of people who are signed in keeps to."""

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta

import asyncpg
import httpx

from app import clock
from app.access import ROLE_PERMISSIONS, Role
from app.config import Settings
from app.http.routes import Operation, is_api_path, operations_of
from app.http.security import Requires, current_actor
from app.http.uploads import TakesFile
from app.main import create_app
from tests.factories.invitations import entries
from tests.factories.machines import add_machine, bearer, get_token
from tests.factories.people import SAME_ORIGIN, add_member, add_organisation, sign_in
from tests.pages.own_pages import shown, unseen


def _own_pages() -> Iterator[Operation]:
    app = create_app(Settings(public_url=None, metrics_token=None))
    for operation in operations_of(app):
        if current_actor in operation.needs and not is_api_path(operation.path):
            yield operation


def _named(operation: Operation) -> str:
    return f"{operation.method} {operation.path}"


def _needed(operation: Operation) -> Requires | None:
    return next((one for one in operation.needs if isinstance(one, Requires)), None)


OWN_PAGES = sorted(_own_pages(), key=_named)
WITH_PERMISSION = [one for one in OWN_PAGES if _needed(one) is not None]
RECENT = [one for one in WITH_PERMISSION if (need := _needed(one)) and need.recently]


def roles_without(operation: Operation) -> list[Role]:
    need = _needed(operation)
    assert need is not None
    return [role for role in Role if need.permission not in ROLE_PERMISSIONS[role]]


def address_of(operation: Operation) -> str:
    return re.sub(r"{\w*id}", str(uuid.UUID(int=0)), operation.path)


def takes_a_file(operation: Operation) -> bool:
    return any(isinstance(need, TakesFile) for need in operation.needs)


async def call(browser: httpx.AsyncClient, operation: Operation) -> httpx.Response:
    sent = {"form_key": str(uuid.uuid4()), "name": "Typed"} if operation.method == "POST" else None
    return await browser.request(operation.method, address_of(operation), data=sent)


class TestOwnPages:
    def test_there_are_pages_to_keep_to_it(self) -> None:
        assert len(OWN_PAGES) > 30
        assert len(RECENT) > 10

    async def test_a_stranger_is_led_to_sign_in_or_keeps_what_they_typed(
        self, client: httpx.AsyncClient
    ) -> None:
        client.headers.update(SAME_ORIGIN)
        for operation in OWN_PAGES:
            answer = await call(client, operation)

            if operation.method == "GET":
                assert answer.status_code == 303, operation.path
                assert answer.headers["location"].startswith("/sign-in?return_to=%2F")
            elif takes_a_file(operation):  # which is not read before its sender is known
                shown(answer, 401)
            else:
                assert unseen(shown(answer, 401))["name"] == "Typed", operation.path

    async def test_whose_roles_do_not_permit_it_is_refused_and_that_is_written_down(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        organisation, refused = await add_organisation(owner), 0
        for operation in WITH_PERMISSION:
            without = roles_without(operation)
            if not without:
                continue  # every role permits this
            await sign_in(client, owner, await add_member(owner, organisation, *without))

            page = shown(await call(client, operation), 403)

            assert "Your roles do not allow this" in page.text, operation.path
            assert len(await entries(owner, _named(operation))) == 1, operation.path
            refused += 1
        assert refused > 20

    async def test_whose_sign_in_is_long_ago_does_that_first(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        member = await add_member(owner, await add_organisation(owner), *Role)
        long_ago = clock.now() - timedelta(hours=1)
        await sign_in(client, owner, member, authenticated_at=long_ago)
        for operation in RECENT:
            answer = await call(client, operation)

            if operation.method == "GET":
                assert answer.headers["location"].startswith("/sign-in/again?return_to=%2F")
            else:
                page = shown(answer, 403)
                assert unseen(page)["name"] == "Typed", operation.path
                assert page.link("Show who you are (opens in a new tab)").startswith(
                    "/sign-in/again?"
                )

    def test_a_form_is_shown_only_to_whoever_can_send_it(self) -> None:
        recently = {one.path: one in RECENT for one in OWN_PAGES if one.method == "POST"}
        for one in OWN_PAGES:
            if one.method == "GET" and one.path in recently:
                assert (one in RECENT) is recently[one.path], one.path

    async def test_a_machine_is_refused(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        by = await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)
        machine = await add_machine(owner, by, "members:read", "organisations:read")
        token = bearer(await get_token(client, machine))

        for address in ("/account", "/organisation", "/organisation/people"):
            page = shown(await client.get(address, headers=token), 403)
            assert "Pages are for people" in page.text


class TestOnce:
    async def test_what_is_refused_leaves_the_key_free(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        member = await add_member(owner, await add_organisation(owner))
        await sign_in(client, owner, member)
        key = str(uuid.uuid4())

        refused = await client.post(
            "/account/name", data={"form_key": key, "version": "1", "name": ""}
        )
        done = await client.post(
            "/account/name", data={"form_key": key, "version": "1", "name": "Zoë"}
        )

        assert (refused.status_code, done.status_code) == (422, 303)

    async def test_anothers_key_is_another_key(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        organisation = await add_organisation(owner)
        form = {"form_key": str(uuid.uuid4()), "version": "1", "name": "Zoë"}

        for _ in range(2):
            await sign_in(client, owner, await add_member(owner, organisation))
            assert (await client.post("/account/name", data=form)).status_code == 303

        assert len(await entries(owner, "person.renamed")) == 2
