"""Forms at addresses of their own: who stands before one, what it asks, and what it does once."""

import re
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, TypeAlias

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.db.transactions import reading, transaction
from app.errors import AppError, InvalidRequestError, NotFoundError
from app.http.security import Requires
from app.http.sessions import database_of
from app.keyring.ring import Keyring
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.questions import Typed, read_typed
from app.pages.signed_in import MENDABLE, SentOnce, SentVersion


@dataclass(frozen=True, slots=True)
class At:
    """Who stands before a form, and which: the parts of its address, and what follows it.

    Attributes:
        actor: who.
        ring: the service's keyring, for what lies encrypted.
        path: the parts of the address, as they came.
        query: what the address says besides.
        shown: the version of what is changed, as it was shown; none before anything is sent.
        sent: what the form's fields held, as it was sent.
    """

    actor: Actor
    ring: Keyring
    path: Mapping[str, Any]
    query: Mapping[str, str]
    shown: int | None = None
    sent: Typed = field(default_factory=dict)

    @property
    def reference(self) -> str:
        """The inspection's number, or another's own name for a result."""
        return self.text("reference", "[A-Za-z0-9][A-Za-z0-9._-]{0,99}")

    @property
    def number(self) -> str:
        """The provider's number."""
        return self.text("number", "[A-Za-z0-9]{1,20}").upper()

    @property
    def version(self) -> int:
        """The version of what is changed, as whoever sends the form saw it.

        Raises:
            InvalidRequestError: the form does not say.
        """
        if self.shown is None:
            raise InvalidRequestError("The form came without its version. Load the page again.")
        return self.shown

    def text(self, name: str, pattern: str) -> str:
        """Return a part of the address.

        Raises:
            NotFoundError: nothing can have such an address.
        """
        held = str(self.path[name])
        if not re.fullmatch(pattern, held):
            raise NotFoundError("Nothing has this address. Go back, and follow the link again.")
        return held

    def whole(self, name: str) -> int:
        """Return a part of the address that is a whole number from 1.

        Raises:
            NotFoundError: as for `text`.
        """
        return int(self.text(name, "[1-9][0-9]{0,4}"))

    def id(self, name: str) -> uuid.UUID:
        """Return a part of the address that is an id.

        Raises:
            NotFoundError: as for `text`.
        """
        return uuid.UUID(self.text(name, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))


Ask: TypeAlias = Callable[[ReadSession, At], Awaitable[FormAsked]]
"""Returns what a form asks, as things stand."""
Act: TypeAlias = Callable[[WriteSession, At, Answers], Awaitable[str]]
"""Does what a form asks for, and returns where to go on."""
Look: TypeAlias = Callable[[WriteSession, At], Awaitable[None]]
"""Writes down that somebody looks at what is protected."""


class Sent(SentOnce):
    """What a form carries along unseen; the version, where it changes what others may change."""

    version: int | None = None


def add_form(  # noqa: PLR0913 - each says one thing of the form
    router: APIRouter,
    path: str,
    needs: Requires,
    ask: Ask,
    act: Act,
    *,
    here: str,
    mendable: tuple[type[AppError], ...] = (),
    looks: Look | None = None,
) -> None:
    """Let a router show a form, and take it once.

    Args:
        router: which.
        path: of the form, and of what it is sent to.
        needs: what whoever sees it and sends it must be permitted.
        ask: what it asks.
        act: what it does.
        here: which part of the navigation it belongs to.
        mendable: refusals that its sender can mend on the form, besides those of every form.
        looks: writes down that somebody looks, where the form shows what is protected.
    """

    @router.get(path)
    async def show(request: Request, actor: Annotated[Actor, Depends(needs)]) -> Response:
        """Offer the form."""
        at = at_of(request, actor)
        if looks is not None:
            async with transaction(database_of(request), actor) as session:
                await looks(session, at)
        async with reading(database_of(request), actor) as session:
            asked = await ask(session, at)
        return await show_form(request, replace(asked, here=here))

    @router.post(path)
    async def send(
        request: Request,
        actor: Annotated[Actor, Depends(needs)],
        sent: Annotated[Sent, Form()],
    ) -> Response:
        """Do what the form asks for."""
        typed = await read_typed(request)
        at = replace(at_of(request, actor), shown=sent.version, sent=typed)
        return await take(request, at, sent, (ask, act), here, mendable)


def at_of(request: Request, actor: Actor) -> At:
    """Return who stands where, before anything is sent."""
    return At(actor, request.app.state.keyring, request.path_params, request.query_params)


async def take(
    request: Request,
    at: At,
    sent: Sent,
    form: tuple[Ask, Act],
    here: str,
    mendable: tuple[type[AppError], ...] = (),
) -> Response:
    """Do what a sent form asks for, once, and lead on; or show it again with what to mend."""
    ask, act = form
    carried = SentOnce(form_key=sent.form_key)
    if sent.version is not None:
        carried = SentVersion(form_key=sent.form_key, version=sent.version)

    async def asking(session: ReadSession) -> FormAsked:
        return replace(await ask(session, at), here=here)

    async def acting(session: WriteSession, answers: Answers) -> str:
        return await act(session, at, answers)

    every: tuple[type[AppError], ...] = MENDABLE + mendable
    return await take_form(request, at.actor, carried, asking, acting, every)
