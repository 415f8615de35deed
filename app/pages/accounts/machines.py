"""The pages on which an organisation's administrators see to its machines.

A secret is shown on the page that answers the form which made it, and nowhere else: loading that
page again sends the form again, which was done already, so the answer is the machine's own page.
"""

import uuid
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Form, Query, Request
from starlette.responses import Response

from app import clock
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.organisations.authentication import settings_of
from app.organisations.errors import SecretNotFoundError
from app.organisations.queries import machines as queries
from app.organisations.router.pages import Page
from app.organisations.schemas.machines import NewMachine
from app.organisations.service import machines as service
from app.organisations.service.machines import MadeSecret, Which
from app.pages.accounts.machines_view import (
    MACHINES,
    ShownSecretView,
    build_add_machine,
    build_machine,
    build_machines,
    build_shown_secret,
)
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.signed_in import (
    MENDABLE,
    ORGANISATION,
    MachinesManager,
    MachinesReader,
    RecentMachinesManager,
    SentOnce,
    SentVersion,
    acted_for,
    once,
    own_frame,
    own_page,
    own_router,
    understood,
)
from app.pages.view_models import ActionLink, Frame

router = own_router()

MACHINE = f"{MACHINES}/{{machine_id}}"
SECRET = f"{MACHINE}/secrets/{{secret_id}}"
ON_A_PAGE = 50


class SentMachine(SentOnce):
    """A machine somebody wants to add."""

    name: str = ""
    scopes: list[str] = []


@router.get(MACHINES)
async def show_machines(
    request: Request,
    session: Reading,
    actor: MachinesReader,
    cursor: Annotated[str | None, Query(max_length=2_000)] = None,
) -> Response:
    """Show which machines act for the organisation, in the order they were added."""
    page = Page(MACHINES, (), ON_A_PAGE, cursor)
    key = page.after((str,))
    rows = await queries.list_machines(
        session, acted_for(actor), key[0] if key else None, ON_A_PAGE + 1
    )
    following, first = page.links(rows, "id").next, MACHINES if cursor else None
    frame = await own_frame(request, ORGANISATION)
    view = build_machines(frame, actor, rows[:ON_A_PAGE], following, first)
    return own_page("machines.html", view)


@router.get(f"{MACHINES}/add")
async def show_add(request: Request, _: RecentMachinesManager) -> Response:
    """Offer the form on which a machine is added."""
    return own_page("add_machine.html", build_add_machine(await own_frame(request, ORGANISATION)))


@router.post(f"{MACHINES}/add")
async def add_machine(
    request: Request, actor: RecentMachinesManager, sent: Annotated[SentMachine, Form()]
) -> Response:
    """Add a machine, and show its first secret."""
    # Made before anything is done: whatever fails afterwards would lose the secret.
    frame = await own_frame(request, ORGANISATION)
    shown: list[ShownSecretView] = []

    async def act(session: WriteSession) -> str:
        new = understood(NewMachine, {"name": sent.name, "scopes": sent.scopes})
        made = await service.add_machine(session, actor, acted_for(actor), new)
        shown.append(await _shown_once(request, session, frame, made))
        return f"{MACHINES}/{made.machine_id}?done=secret-shown"

    try:
        came = await once(request, actor, sent.form_key, act)
    except MENDABLE as refused:
        view = build_add_machine(frame, sent.name, sent.scopes, refused)
        return own_page("add_machine.html", view, status_code=refused.status)
    return own_page("shown_secret.html", shown[0]) if shown else came.lead_on()


@router.get(MACHINE)
async def show_machine(
    request: Request,
    session: Reading,
    actor: MachinesReader,
    machine_id: uuid.UUID,
    done: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Show one machine and its secrets, none of which can be read again."""
    machine = await service.get_machine(session, Which(acted_for(actor), machine_id))
    secrets = await queries.list_secrets(session, [machine_id])
    frame = await own_frame(request, ORGANISATION)
    view = build_machine(frame, actor, machine, secrets, clock.now(), done)
    return own_page("machine.html", view)


@router.get(f"{MACHINE}/revoke")
async def show_revoke(
    request: Request, session: Reading, actor: MachinesManager, machine_id: uuid.UUID
) -> Response:
    """Ask whether a machine shall really be shut out."""
    machine = await service.get_machine(session, Which(acted_for(actor), machine_id))
    return await show_form(request, _revoking(machine))


@router.post(f"{MACHINE}/revoke")
async def revoke_machine(
    request: Request,
    actor: MachinesManager,
    machine_id: uuid.UUID,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """Shut a machine out, for good and at once."""
    which = Which(acted_for(actor), machine_id)

    async def ask(session: ReadSession) -> FormAsked:
        return _revoking(await service.get_machine(session, which))

    async def act(session: WriteSession, _: Answers) -> str:
        await service.revoke_machine(session, actor, which, sent.version)
        return f"{MACHINES}/{machine_id}?done=machine-revoked"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{MACHINE}/secrets/add")
async def show_add_secret(
    request: Request, session: Reading, actor: RecentMachinesManager, machine_id: uuid.UUID
) -> Response:
    """Ask whether another secret shall be made."""
    machine = await service.get_machine(session, Which(acted_for(actor), machine_id))
    return await show_form(request, _adding_secret(machine))


@router.post(f"{MACHINE}/secrets/add")
async def add_secret(
    request: Request,
    actor: RecentMachinesManager,
    machine_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Make another secret, and show it."""
    which, shown = Which(acted_for(actor), machine_id), list[ShownSecretView]()
    frame = await own_frame(request, ORGANISATION)

    async def ask(session: ReadSession) -> FormAsked:
        return _adding_secret(await service.get_machine(session, which))

    async def act(session: WriteSession, _: Answers) -> str:
        made = await service.add_secret(session, actor, which)
        shown.append(await _shown_once(request, session, frame, made))
        return f"{MACHINES}/{machine_id}?done=secret-shown"

    response = await take_form(request, actor, sent, ask, act)
    made = bool(shown) and response.status_code == HTTPStatus.SEE_OTHER
    return own_page("shown_secret.html", shown[0]) if made else response


@router.get(f"{SECRET}/revoke")
async def show_revoke_secret(
    request: Request,
    session: Reading,
    actor: MachinesManager,
    machine_id: uuid.UUID,
    secret_id: uuid.UUID,
) -> Response:
    """Ask whether a secret shall really be of no further use."""
    machine = await service.get_machine(session, Which(acted_for(actor), machine_id))
    secret = await _secret(session, machine_id, secret_id)
    asked = FormAsked(
        heading=f"Revoke the secret that ends in {secret.ending}",
        paragraphs=(
            f"It belongs to {machine.name}.",
            "Nothing lets the machine in with it from now on, nor with a token got with it.",
        ),
        button="Revoke the secret",
        back=_back(machine),
        warning="This cannot be undone.",
        here=ORGANISATION,
    )
    return await show_form(request, asked)


@router.post(f"{SECRET}/revoke")
async def revoke_secret(
    request: Request,
    actor: MachinesManager,
    machine_id: uuid.UUID,
    secret_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Let a secret be of no further use, at once."""
    which = Which(acted_for(actor), machine_id)

    async def act(session: WriteSession) -> str:
        await service.revoke_secret(session, actor, which, secret_id)
        return f"{MACHINES}/{machine_id}?done=secret-revoked"

    return (await once(request, actor, sent.form_key, act)).lead_on()


async def _shown_once(
    request: Request, session: WriteSession, frame: Frame, made: MadeSecret
) -> ShownSecretView:
    of = acted_for(request.state.actor)
    machine = await service.get_machine(session, Which(of, made.machine_id))
    secret = await _secret(session, made.machine_id, made.id)
    address = settings_of(request).address
    return build_shown_secret(frame, machine, made, secret.expires_at, address)


async def _secret(
    session: ReadSession | WriteSession, machine_id: uuid.UUID, secret_id: uuid.UUID
) -> Any:
    found = await queries.get_secret(session, machine_id, secret_id)
    if found is None:
        raise SecretNotFoundError("This machine has no secret of that id. Check the address.")
    return found


def _revoking(machine: Any) -> FormAsked:
    return FormAsked(
        heading=f"Revoke {machine.name}",
        paragraphs=(
            "Its next request is refused, whatever secret or token it holds. It stays on record.",
        ),
        button="Revoke the machine",
        back=_back(machine),
        warning="This cannot be undone. To let the system back in, add another machine.",
        version=machine.version,
        here=ORGANISATION,
    )


def _adding_secret(machine: Any) -> FormAsked:
    return FormAsked(
        heading=f"Make another secret for {machine.name}",
        paragraphs=(
            "A machine can have two secrets, so that one is replaced while the other still works.",
            "Be ready to keep the new one: it is shown once.",
        ),
        button="Make a secret",
        back=_back(machine),
        here=ORGANISATION,
    )


def _back(machine: Any) -> ActionLink:
    return ActionLink(machine.name, f"{MACHINES}/{machine.id}")
