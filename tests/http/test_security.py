from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.requests import Request

from app import clock
from app.access import OPERATOR, SCOPES, Actor, ActorKind, Permission, Role
from app.http.errors import NotSignedInError, TokenRefusedError
from app.http.security import RECENTLY, CurrentActor, Requires, is_recent
from tests.http.support import client_of, make_app
from tests.http.trial import a_machine, a_person

MANAGE, READ = Permission.MEMBERS_MANAGE, Permission.MEMBERS_READ
ADMINISTRATOR = a_person("Adam", Role.ADMINISTRATOR)
ANALYST = a_person("Anna", Role.ANALYST)
MACHINE = a_machine("Robot", READ)
ALL_SCOPES = a_machine("Robot", *Permission)
"""A machine whose token carries what no machine may have."""


LATELY = timedelta(0)

router = APIRouter(prefix="/v1")


@router.get("/mine")
async def mine(actor: CurrentActor) -> str:
    """Show what is somebody's own."""
    return actor.name


@router.get("/read", dependencies=[Depends(Requires(READ))])
async def read() -> str:
    """Read."""
    return "read"


@router.get("/manage")
async def manage(actor: Annotated[Actor, Depends(Requires(MANAGE))]) -> str:
    """Manage."""
    return actor.name


@router.get("/decide")
async def decide(actor: Annotated[Actor, Depends(Requires(MANAGE, recently=True))]) -> str:
    """Decide."""
    return actor.name


@router.get("/read-lately")
async def read_lately(actor: Annotated[Actor, Depends(Requires(READ, recently=True))]) -> str:
    """Read what only somebody present may."""
    return actor.name


@router.get("/several")
async def several(
    request: Request,
    actor: CurrentActor,
    same: Annotated[Actor, Depends(Requires(READ))],
    again: Annotated[Actor, Depends(Requires(READ))],
) -> bool:
    """Ask for the actor in several ways."""
    return actor is same is again is request.state.actor


@router.get("/public")
async def public() -> str:
    """Ask nobody."""
    return "public"


def app(actor: Actor | None = None, *, asked: list[str] | None = None) -> FastAPI:
    made = make_app()

    async def authenticate(request: Request) -> Actor:
        if asked is not None:
            asked.append(request.url.path)
        if actor is None:
            raise NotSignedInError
        return actor

    made.state.authenticate = authenticate
    made.include_router(router)
    return made


async def ask(actor: Actor | None, path: str, ago: timedelta | None = LATELY) -> httpx.Response:
    """Ask as somebody who showed who they are some time ago, or never."""
    if actor is not None:
        moment = None if ago is None else clock.now() - ago
        actor = replace(actor, authenticated_at=moment)
    async with client_of(app(actor)) as client:
        return await client.get(f"/v1{path}")


LOST = replace(ADMINISTRATOR, organisation_id=None)
"""An administrator, of nowhere as long as they have not chosen."""

REFUSED: Mapping[str, tuple[Actor, timedelta | None, str, str]] = {
    "no organisation": (LOST, LATELY, "/read", "organisation-not-chosen"),
    "no organisation, though deciding": (LOST, LATELY, "/decide", "organisation-not-chosen"),
    "no role for it": (ANALYST, LATELY, "/manage", "not-permitted"),
    "no role for it, though just signed in": (ANALYST, LATELY, "/decide", "not-permitted"),
    "no role at all": (a_person("Nora"), LATELY, "/read", "not-permitted"),
    "too long since": (
        ADMINISTRATOR,
        RECENTLY + timedelta(seconds=1),
        "/decide",
        "sign-in-again",
    ),
    "never": (ADMINISTRATOR, None, "/decide", "sign-in-again"),
    "in time to come": (ADMINISTRATOR, timedelta(minutes=-2), "/decide", "sign-in-again"),
    "another scope": (a_machine("Robot", Permission.AUDIT_READ), None, "/read", "not-permitted"),
    "no scope at all": (a_machine("Robot"), None, "/read", "not-permitted"),
    "a machine that administers": (ALL_SCOPES, None, "/manage", "not-permitted"),
    "a machine that decides": (ALL_SCOPES, None, "/decide", "not-permitted"),
    "a machine where somebody must be present": (
        ALL_SCOPES,
        None,
        "/read-lately",
        "not-permitted",
    ),
    "a machine that says when it signed in": (ALL_SCOPES, LATELY, "/read-lately", "not-permitted"),
    "the operator": (OPERATOR, LATELY, "/read", "organisation-not-chosen"),
}


@pytest.mark.parametrize(("actor", "ago", "path", "slug"), REFUSED.values(), ids=REFUSED.keys())
async def test_each_who_may_not_is_refused_with_a_problem(
    actor: Actor, ago: timedelta | None, path: str, slug: str
) -> None:
    answer = await ask(actor, path, ago)

    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith(f"/{slug}")


@pytest.mark.parametrize(
    ("actor", "ago", "path"),
    [
        (LOST, LATELY, "/mine"),
        (ANALYST, None, "/read"),
        (MACHINE, None, "/mine"),
        (MACHINE, None, "/read"),
        (ADMINISTRATOR, LATELY, "/manage"),
        (ADMINISTRATOR, timedelta(days=1), "/manage"),
        (ADMINISTRATOR, timedelta(minutes=14), "/decide"),
        (ADMINISTRATOR, timedelta(seconds=-30), "/decide"),
        (None, None, "/public"),
    ],
)
async def test_who_may_is_let_through(
    actor: Actor | None, ago: timedelta | None, path: str
) -> None:
    assert (await ask(actor, path, ago)).status_code == 200


async def test_the_refusal_says_what_is_missing_and_where_it_can_be_had() -> None:
    person = (await ask(ANALYST, "/manage")).json()
    machine = await ask(a_machine("Robot"), "/read")
    too_long = (await ask(ADMINISTRATOR, "/decide", timedelta(hours=1))).json()

    assert person["permission"] == "members:manage"
    assert "Example School" in person["detail"]
    assert machine.json()["permission"] == "members:read"
    assert (
        machine.headers["www-authenticate"]
        == 'Bearer error="insufficient_scope", scope="members:read"'
    )
    assert too_long["sign_in_again"] == "/sign-in/again"
    assert "15 minutes" in too_long["detail"]


@pytest.mark.parametrize("path", ["/mine", "/read", "/decide"])
async def test_nobody_is_told_how_to_show_who_they_are(path: str) -> None:
    answer = await ask(None, path)

    assert answer.status_code == 401
    assert answer.json()["type"].endswith("/not-signed-in")
    assert answer.headers["www-authenticate"] == 'Bearer realm="ap-register"'
    assert answer.headers["cache-control"] == "no-store"


async def test_a_challenge_of_the_refusal_itself_is_kept() -> None:
    made, challenge = make_app(), 'Bearer error="invalid_token"'

    async def authenticate(request: Request) -> Actor:
        raise TokenRefusedError(headers={"WWW-Authenticate": challenge})

    made.state.authenticate = authenticate
    made.include_router(router)
    async with client_of(made) as client:
        answer = await client.get("/v1/mine")

    assert answer.headers.get_list("www-authenticate") == [challenge]


@pytest.mark.parametrize(("path", "times"), [("/several", 1), ("/decide", 1), ("/public", 0)])
async def test_who_asks_is_found_out_once_and_only_where_it_matters(path: str, times: int) -> None:
    asked: list[str] = []
    async with client_of(app(ADMINISTRATOR, asked=asked)) as client:
        answer = await client.get(f"/v1{path}")

    assert answer.json() is not False
    assert len(asked) == times


async def test_who_asks_is_found_out_anew_for_the_next_request() -> None:
    asked: list[str] = []
    async with client_of(app(ADMINISTRATOR, asked=asked)) as client:
        for _ in range(3):
            await client.get("/v1/mine")

    assert len(asked) == 3


@pytest.mark.parametrize("permission", Permission)
def test_only_scopes_are_open_to_machines_and_never_where_somebody_must_be_present(
    permission: Permission,
) -> None:
    assert Requires(permission).open_to_machines == (permission in SCOPES)
    assert not Requires(permission, recently=True).open_to_machines


@pytest.mark.parametrize("kind", ActorKind)
def test_only_a_person_was_ever_there_recently(kind: ActorKind) -> None:
    somebody = replace(ADMINISTRATOR, kind=kind, authenticated_at=clock.now())

    assert is_recent(somebody) == (kind is ActorKind.PERSON)
    assert not is_recent(replace(somebody, authenticated_at=None))
