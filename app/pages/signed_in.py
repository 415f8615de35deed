"""What the pages of people who are signed in share: whose they are, and forms that act once.

Their routes say in their signature what they need (`Requires`), as those of the API do. A form
carries a key made when it was shown: sent twice, it is done once (`app.db.idempotency`). A refusal
that its sender can mend comes back on the form itself; `problems.render_problem` shows the rest.
"""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.responses import HTMLResponse, Response

from app import clock
from app.access import Actor, ActorKind, Permission
from app.db import idempotency
from app.db.events import WriteSession
from app.db.transactions import transaction
from app.errors import (
    AppError,
    ConflictError,
    InvalidRequestError,
    TooManyRequestsError,
    VersionChangedError,
)
from app.http.database_errors import refusal_for
from app.http.errors import KeyReusedError
from app.http.faults import faults_of
from app.http.repeats import REPLAYED, fingerprint_of
from app.http.security import CurrentActor, Requires
from app.http.sessions import database_of
from app.keyring.ring import Keyring
from app.organisations.errors import NotAPersonError
from app.pages.leading import frame_of, go, private
from app.pages.rendering import render, visitor_of
from app.pages.view_models import Frame
from app.values.uuid7 import uuid7

ACCOUNT, ORGANISATION, RECORDS_PART = "account", "organisation", "records"
"""The parts of the navigation."""
MENDABLE = (ConflictError, InvalidRequestError, TooManyRequestsError, VersionChangedError)
"""Refusals after which the form is shown again, with what was typed."""

SchemaT = TypeVar("SchemaT", bound=BaseModel)


async def keep_what_was_sent(request: Request) -> None:
    """Have a form's fields at hand, should it be refused before it reaches its route."""
    if request.method != "POST":
        return
    sent = await request.form()
    request.state.sent_fields = [
        (name, value) for name, value in sent.multi_items() if isinstance(value, str)
    ]


async def only_people(actor: CurrentActor) -> None:
    """Keep machines off the pages.

    Raises:
        NotAPersonError: a machine asks.
    """
    if actor.kind is not ActorKind.PERSON:
        raise NotAPersonError("Pages are for people. A machine finds the same under /v1.")


def own_router() -> APIRouter:
    """Return a router for pages of people who are signed in."""
    return APIRouter(
        include_in_schema=False,
        default_response_class=HTMLResponse,
        dependencies=[Depends(keep_what_was_sent), Depends(only_people)],
    )


async def keyring_of(request: Request) -> Keyring:
    """Return the service's keyring."""
    held: Keyring = request.app.state.keyring
    return held


Ring = Annotated[Keyring, Depends(keyring_of)]
OrganisationReader = Annotated[Actor, Depends(Requires(Permission.ORGANISATIONS_READ))]
MembersReader = Annotated[Actor, Depends(Requires(Permission.MEMBERS_READ))]
MembersManager = Annotated[Actor, Depends(Requires(Permission.MEMBERS_MANAGE))]
RecentMembersManager = Annotated[Actor, Depends(Requires(Permission.MEMBERS_MANAGE, recently=True))]
MachinesReader = Annotated[Actor, Depends(Requires(Permission.MACHINES_READ))]
MachinesManager = Annotated[Actor, Depends(Requires(Permission.MACHINES_MANAGE))]
RecentMachinesManager = Annotated[
    Actor, Depends(Requires(Permission.MACHINES_MANAGE, recently=True))
]
AuditReader = Annotated[Actor, Depends(Requires(Permission.AUDIT_READ))]
RecordsReader = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_READ))]
RecordsManager = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_MANAGE))]
RecordsSigner = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_SIGN))]
RecentRecordsSigner = Annotated[
    Actor, Depends(Requires(Permission.PROVIDER_RECORDS_SIGN, recently=True))
]


async def own_frame(request: Request, here: str) -> Frame:
    """Return what surrounds a page of whoever is signed in."""
    return replace(await frame_of(request), visitor=visitor_of(request, here))


def own_page(template: str, view: object, *, status_code: int = 200) -> Response:
    """Return a page that is for one person, and is kept by nobody."""
    return private(render(template, view, status_code=status_code))


def acted_for(actor: Actor) -> uuid.UUID:
    """Return the id of the organisation acted for, which `Requires` has seen to."""
    assert actor.organisation_id is not None  # noqa: S101 - see above
    return actor.organisation_id


class SentOnce(BaseModel):
    """What every form that acts carries along unseen."""

    model_config = ConfigDict(extra="ignore")

    form_key: uuid.UUID


class SentVersion(SentOnce):
    """What a form carries along that changes something others may change as well."""

    version: int


def new_form_key() -> str:
    """Return a key for a form that is about to be shown."""
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a form.

    Attributes:
        address: of ours, where that can be seen.
        repeated: whether it was done when the form was first sent.
    """

    address: str
    repeated: bool = False

    def lead_on(self) -> Response:
        """Send the browser where it can be seen; loading that again sends nothing again."""
        response = go(self.address)
        if self.repeated:
            response.headers[REPLAYED] = "true"
        return response


async def once(
    request: Request,
    actor: Actor,
    form_key: uuid.UUID,
    act: Callable[[WriteSession], Awaitable[str]],
) -> Came:
    """Do what a form asks for, unless that was done when it was first sent.

    Args:
        request: the form's.
        actor: who sent it.
        form_key: made when the form was shown.
        act: does it in the transaction it is given, and returns the address to go on to.

    Raises:
        AppError: it was refused; nothing of it was done, and the key is free again.
    """
    claimed = idempotency.Claim(
        id=uuid7(),
        caller=actor.caller,
        key=f"form:{form_key}",
        fingerprint=await fingerprint_of(request, actor),
        made_at=clock.now(),
    )
    try:
        async with transaction(database_of(request), actor) as session:
            earlier = await idempotency.claim(session, claimed)
            if earlier is not None:
                return Came(_outcome(claimed, earlier), repeated=True)
            address = await act(session)
            await idempotency.settle(session, claimed.id, 303, address)
    except AppError:
        raise
    except Exception as failure:
        refusal = refusal_for(failure, request.app.state.constraint_errors)
        if refusal is None:
            raise
        raise refusal from failure
    return Came(address)


def understood(schema: type[SchemaT], typed: dict[str, object]) -> SchemaT:
    """Read what was typed as the API would.

    Raises:
        InvalidRequestError: a field cannot be understood; each fault names its field.
    """
    try:
        return schema.model_validate(typed)
    except ValidationError as error:
        found = [{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors()]
        raise InvalidRequestError(
            "Something you typed cannot be taken as it is.",
            errors=faults_of(RequestValidationError(found, body=typed)),
        ) from None


def _outcome(claimed: idempotency.Claim, earlier: idempotency.Earlier) -> str:
    if earlier.fingerprint != claimed.fingerprint or earlier.location is None:
        raise KeyReusedError(
            "You sent this form before, with other answers, and that was done. If you mean this "
            "as well, send it once more."
        )
    return earlier.location
