"""An organisation's administrators see to its machines."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from app.access import Actor, Permission
from app.db.events import ReadSession, WriteSession
from app.errors import VersionChangedError
from app.http.conditions import ExpectedVersion, version_tag
from app.http.errors import (
    KeyReusedError,
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    SignInAgainError,
    TokenRefusedError,
    VersionNeededError,
)
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Reading, Writing
from app.organisations.errors import (
    MachineNotFoundError,
    MachineRevokedError,
    OrganisationNotFoundError,
    ScopesNotForMachinesError,
    SecretNotFoundError,
    SecretRevokedError,
    TooManySecretsError,
)
from app.organisations.queries import machines as queries
from app.organisations.router.pages import AskedPage
from app.organisations.schemas.machines import (
    MachineChange,
    MachineList,
    MachineRecord,
    NewMachine,
    NewMachineRecord,
    NewSecretRecord,
    SecretRecord,
)
from app.organisations.service import machines as service
from app.organisations.service.machines import Which

router = APIRouter(prefix="/v1/organisations/{organisation_id}/machines", tags=["machines"])

_ASKED = (NotSignedInError, TokenRefusedError, OrganisationNotChosenError, NotPermittedError)
_MADE = (*_ASKED, SignInAgainError, KeyReusedError)
_PRIVATE = "no-store"

Reader = Annotated[Actor, Depends(Requires(Permission.MACHINES_READ))]
Manager = Annotated[Actor, Depends(Requires(Permission.MACHINES_MANAGE))]
RecentManager = Annotated[Actor, Depends(Requires(Permission.MACHINES_MANAGE, recently=True))]


async def _which(organisation_id: uuid.UUID, machine_id: uuid.UUID) -> Which:
    return Which(organisation_id, machine_id)


@router.get(
    "",
    operation_id="listMachines",
    responses=problems(*_ASKED, OrganisationNotFoundError),
)
async def list_machines(
    session: Reading,
    _: Reader,
    response: Response,
    organisation_id: uuid.UUID,
    page: AskedPage,
) -> MachineList:
    """List an organisation's machines in the order they were added, revoked ones too."""
    await service.check_administered(session, organisation_id)
    key = page.after((str,))
    after = key[0] if key else None
    found = await queries.list_machines(session, organisation_id, after, page.limit + 1)
    response.headers["Cache-Control"] = _PRIVATE
    return MachineList(
        items=await _records(session, found[: page.limit]), links=page.links(found, "id")
    )


@router.post(
    "",
    status_code=201,
    operation_id="addMachine",
    responses=problems(*_MADE, OrganisationNotFoundError, ScopesNotForMachinesError),
)
async def add_machine(
    session: Writing,
    actor: RecentManager,
    response: Response,
    organisation_id: uuid.UUID,
    new: NewMachine,
) -> NewMachineRecord:
    """Let another system act for the organisation. Its first secret is shown in this answer alone.

    Repeated with the same `Idempotency-Key`, the answer is the machine without the secret.
    """
    made = await service.add_machine(session, actor, organisation_id, new)
    record = await _shown(session, Which(organisation_id, made.machine_id), response)
    return NewMachineRecord(**record.model_dump(), client_secret=made.secret)


@router.get(
    "/{machine_id}",
    operation_id="getMachine",
    responses=problems(*_ASKED, MachineNotFoundError),
)
async def get_machine(
    session: Reading, _: Reader, response: Response, which: Annotated[Which, Depends(_which)]
) -> MachineRecord:
    """Look at a machine and its secrets, none of which can be read again."""
    return await _shown(session, which, response, located=False)


@router.patch(
    "/{machine_id}",
    operation_id="renameMachine",
    responses=problems(
        *_ASKED, MachineNotFoundError, MachineRevokedError, VersionChangedError, VersionNeededError
    ),
)
async def rename_machine(
    session: Writing,
    actor: Manager,
    response: Response,
    which: Annotated[Which, Depends(_which)],
    change: MachineChange,
    expected: ExpectedVersion,
) -> MachineRecord:
    """Call a machine something else."""
    await service.rename_machine(session, actor, which, change.name, expected)
    return await _shown(session, which, response)


@router.delete(
    "/{machine_id}",
    status_code=204,
    operation_id="revokeMachine",
    responses=problems(
        *_ASKED, MachineNotFoundError, MachineRevokedError, VersionChangedError, VersionNeededError
    ),
)
async def revoke_machine(
    session: Writing,
    actor: Manager,
    which: Annotated[Which, Depends(_which)],
    expected: ExpectedVersion,
) -> None:
    """Shut a machine out, for good and at once. It stays on record."""
    await service.revoke_machine(session, actor, which, expected)


@router.post(
    "/{machine_id}/secrets",
    status_code=201,
    operation_id="addMachineSecret",
    responses=problems(*_MADE, MachineNotFoundError, MachineRevokedError, TooManySecretsError),
)
async def add_secret(
    session: Writing,
    actor: RecentManager,
    response: Response,
    which: Annotated[Which, Depends(_which)],
) -> NewSecretRecord:
    """Make another secret. It is shown in this answer alone; `Location` is the machine's.

    Repeated with the same `Idempotency-Key`, the answer is the machine, without the secret.
    """
    made = await service.add_secret(session, actor, which)
    record = await _shown(session, which, response)
    secret = next(one for one in record.secrets if one.id == made.id)
    return NewSecretRecord(**secret.model_dump(), client_secret=made.secret)


@router.delete(
    "/{machine_id}/secrets/{secret_id}",
    status_code=204,
    operation_id="revokeMachineSecret",
    responses=problems(*_ASKED, MachineNotFoundError, SecretNotFoundError, SecretRevokedError),
)
async def revoke_secret(
    session: Writing, actor: Manager, which: Annotated[Which, Depends(_which)], secret_id: uuid.UUID
) -> None:
    """Revoke a secret at once, and with it every token that was got with it."""
    await service.revoke_secret(session, actor, which, secret_id)


async def _shown(
    session: ReadSession | WriteSession, which: Which, response: Response, *, located: bool = True
) -> MachineRecord:
    machine = await service.get_machine(session, which)
    response.headers["ETag"] = version_tag(machine.version)
    response.headers["Cache-Control"] = _PRIVATE
    if located:
        response.headers["Location"] = f"{_path(which.organisation_id)}/{which.id}"
    return (await _records(session, [machine]))[0]


async def _records(session: ReadSession | WriteSession, held: Any) -> list[MachineRecord]:
    secrets = await queries.list_secrets(session, [machine.id for machine in held])
    return [
        MachineRecord(
            id=machine.id,
            organisation_id=machine.organisation_id,
            name=machine.name,
            scopes=machine.scopes,
            added_at=machine.added_at,
            added_by=machine.added_by,
            revoked_at=machine.revoked_at,
            secrets=[
                SecretRecord.model_validate(one) for one in secrets if one.machine_id == machine.id
            ],
        )
        for machine in held
    ]


def _path(organisation_id: uuid.UUID) -> str:
    return f"/v1/organisations/{organisation_id}/machines"
