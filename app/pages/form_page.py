"""Pages with one form: shown, sent once, and shown again with what was wrong with the answers."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

from fastapi import Request
from starlette.responses import Response

from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.db.transactions import reading
from app.errors import AppError, VersionChangedError
from app.http.problems import write_afterwards
from app.http.sessions import database_of
from app.pages.form_page_view import FormAsked, build_form_page
from app.pages.questions import Typed, one_of, read_typed, stated
from app.pages.signed_in import (
    MENDABLE,
    SentOnce,
    SentVersion,
    once,
    own_frame,
    own_page,
)

Answers: TypeAlias = dict[str, object]
"""What was answered, by the members of a schema."""

_CHANGED = VersionChangedError(
    "Somebody changed this since you opened the page. What you typed is still here: look at it "
    "again, then send it once more."
)


class AskedAgainError(AppError):
    """Nothing is wrong: what was answered was looked at, and the form says what it comes to."""

    status = 422
    slug = "asked-again"
    title = "Look at the form again"


async def show_form(request: Request, asked: FormAsked) -> Response:
    """Show a form for the first time."""
    frame = await own_frame(request, asked.here)
    return own_page("form_page.html", build_form_page(frame, asked, asked.typed, asked.version))


async def take_form(
    request: Request,
    actor: Actor,
    sent: SentOnce,
    ask: Callable[[ReadSession], Awaitable[FormAsked]],
    act: Callable[[WriteSession, Answers], Awaitable[str]],
    mendable: tuple[type[AppError], ...] = MENDABLE,
) -> Response:
    """Do what a sent form asks for, once, and lead on; or show it again with what to mend.

    Args:
        request: the form's.
        actor: who sent it.
        sent: what it carries along unseen.
        ask: returns what the form asks, as things stand.
        act: does it, given the answers; returns where to go on.
        mendable: refusals that its sender can mend on the form.

    Raises:
        AppError: it was refused, and no other answer on the form would mend that.
    """
    try:
        asked = await _asked(request, actor, ask)
    except AppError as gone:
        return await _done_before(request, actor, sent, gone)
    typed = await read_typed(request)

    async def doing(session: WriteSession) -> str:
        answers = stated(asked.questions, typed)
        asked.check(answers)
        return await act(session, answers)

    try:
        return (await once(request, actor, sent.form_key, doing)).lead_on()
    except AskedAgainError:
        present = await _asked(request, actor, ask)
        return await show_form(request, replace(present, typed=_still(present, typed)))
    except mendable as refused:
        await write_afterwards(
            request, refused
        )  # as of a refusal that is shown on a page of its own
        version = sent.version if isinstance(sent, SentVersion) else None
        if isinstance(refused, VersionChangedError):
            # What is on record now is what the next attempt is held against, and they were told.
            present = await _asked(request, actor, ask)
            told = _CHANGED if asked.questions and not refused.errors else refused
            return await form_again(request, present, _still(present, typed), present.version, told)
        if isinstance(refused, asked.stale):
            present = await _asked(request, actor, ask)
            return await form_again(request, present, _still(present, typed), version, refused)
        carried = {name: one_of(typed, name) or held for name, held in asked.carried.items()}
        asked = replace(asked, carried=carried)
        return await form_again(request, asked, typed, version, refused)


async def _done_before(request: Request, actor: Actor, sent: SentOnce, gone: AppError) -> Response:
    """Lead a second click where the first was led, though by that what was asked of is gone.

    Raises:
        AppError: it is no second click; `gone` says why nothing can be asked.
    """

    async def refuse(_: WriteSession) -> str:
        raise gone

    return (await once(request, actor, sent.form_key, refuse)).lead_on()


async def form_again(
    request: Request, asked: FormAsked, typed: Typed, version: int | None, refused: AppError
) -> Response:
    """Show a form again, with what was typed and what is wrong with it."""
    frame = await own_frame(request, asked.here)
    view = build_form_page(frame, asked, typed, version, refused)
    return own_page("form_page.html", view, status_code=refused.status)


def _still(present: FormAsked, typed: Typed) -> Typed:
    return present.still_typed(typed) if present.still_typed else typed


async def _asked(
    request: Request, actor: Actor, ask: Callable[[ReadSession], Awaitable[FormAsked]]
) -> FormAsked:
    async with reading(database_of(request), actor) as session:
        return await ask(session)
