"""Who is asking, and whether their roles permit what the route does.

How a credential becomes an `Actor` is not known here: `main` hands that function in. Routes say
what they need in their signature, so that it can be read, and is read by `tests/contracts`.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated, TypeAlias

from fastapi import Depends
from starlette.requests import Request

from app import clock
from app.access import Actor, ActorKind, Permission
from app.http.errors import NotPermittedError, OrganisationNotChosenError, SignInAgainError

Authenticate: TypeAlias = Callable[[Request], Awaitable[Actor]]
"""Finds out who is asking; raises `NotSignedInError` or `TokenRefusedError`."""

RECENTLY = timedelta(minutes=15)
"""How long ago somebody may have shown who they are when they decide something."""


async def current_actor(request: Request) -> Actor:
    """Return who is asking; found out once for each request.

    Raises:
        NotSignedInError: nobody said, or the session is over.
        TokenRefusedError: the token is not good.
    """
    known: Actor | None = getattr(request.state, "actor", None)
    if known is None:
        authenticate: Authenticate = request.app.state.authenticate
        known = request.state.actor = await authenticate(request)
    return known


CurrentActor = Annotated[Actor, Depends(current_actor)]
"""Somebody, whatever they may do; for what everyone may do with what is their own."""


class Requires:
    """A dependency that lets through only who has a permission.

    Attributes:
        permission: what is needed.
        recently: whether they must have shown who they are within the last minutes, as for
            everything that decides, signs, publishes or lets others in.
    """

    def __init__(self, permission: Permission, *, recently: bool = False) -> None:
        self.permission = permission
        self.recently = recently

    async def __call__(self, actor: CurrentActor) -> Actor:
        """Return who is asking.

        Raises:
            OrganisationNotChosenError: they have yet to say for whom they act.
            NotPermittedError: none of their roles or scopes permits it.
            SignInAgainError: it is too long since they showed who they are.
        """
        if actor.organisation_id is None:
            raise OrganisationNotChosenError(
                "You belong to several organisations, or to none. On the pages, choose one at "
                "/account; with a token, name one in the header Register-Organisation."
            )
        if self.permission not in actor.permissions:
            raise NotPermittedError(
                f"This needs the permission {self.permission}, which you do not have at "
                f"{actor.organisation_name}. An administrator there can change your roles.",
                permission=self.permission.value,
            )
        if self.recently and not is_recent(actor):
            raise SignInAgainError(
                "This needs you to have shown who you are within the last "
                f"{RECENTLY.seconds // 60} minutes. Sign in again, then repeat it.",
                sign_in_again="/sign-in/again",
            )
        return actor


def is_recent(actor: Actor) -> bool:
    """Say whether a person showed who they are lately; a machine never counts."""
    moment = actor.authenticated_at
    person = actor.kind is ActorKind.PERSON
    return person and moment is not None and clock.now() - moment <= RECENTLY
