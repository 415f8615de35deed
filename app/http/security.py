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
from app.access import SCOPES, Actor, ActorKind, Permission
from app.http.errors import NotPermittedError, OrganisationNotChosenError, SignInAgainError

Authenticate: TypeAlias = Callable[[Request], Awaitable[Actor]]
"""Finds out who is asking; raises `NotSignedInError` or `TokenRefusedError`."""

RECENTLY = timedelta(minutes=15)
"""How long ago somebody may have shown who they are when they decide something."""
_CLOCKS_DIFFER = timedelta(minutes=1)


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
        recently: whether a person must have shown who they are within the last minutes, as for
            everything that decides, signs, publishes or lets others in. No machine can.
    """

    def __init__(self, permission: Permission, *, recently: bool = False) -> None:
        self.permission = permission
        self.recently = recently

    @property
    def open_to_machines(self) -> bool:
        """Whether a machine can be let through at all: deciding is for a named person."""
        return self.permission in SCOPES and not self.recently

    async def __call__(self, actor: CurrentActor) -> Actor:
        """Return who is asking.

        Raises:
            OrganisationNotChosenError: they have yet to say for whom they act.
            NotPermittedError: none of their roles or scopes permits it.
            SignInAgainError: it is too long since they showed who they are.
        """
        if actor.kind is ActorKind.MACHINE:
            self._check_machine(actor)
        else:
            self._check_person(actor)
        return actor

    def _check_person(self, actor: Actor) -> None:
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

    def _check_machine(self, actor: Actor) -> None:
        """Let a machine through by the scopes of its token (RFC 6750 §3.1 for the refusal)."""
        if not self.open_to_machines:
            raise NotPermittedError(
                "A machine cannot do this, whatever its scopes: it is for a person, signed in.",
                permission=self.permission.value,
            )
        if self.permission not in actor.permissions:
            challenge = f'Bearer error="insufficient_scope", scope="{self.permission}"'
            raise NotPermittedError(
                f"This needs the scope {self.permission}, which the token does not carry. Ask for "
                "it at /oauth/token; an administrator can let the machine have it.",
                headers={"WWW-Authenticate": challenge},
                permission=self.permission.value,
            )


def is_recent(actor: Actor) -> bool:
    """Say whether a person showed who they are lately; a machine never counts.

    A time that has yet to come counts neither: an OpenID provider's clock may be wrong.
    """
    moment = actor.authenticated_at
    if actor.kind is not ActorKind.PERSON or moment is None:
        return False
    return -_CLOCKS_DIFFER <= clock.now() - moment <= RECENTLY
