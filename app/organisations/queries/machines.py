"""Statements on machines and their secrets.

The service's ordinary role may not read a secret's hash at all; only the doorkeeper's may.
"""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update

from app.db.events import ReadSession, WriteSession
from app.organisations.models.machines import Machine, MachineSecret
from app.organisations.models.organisations import Organisation

AnySession = ReadSession | WriteSession
_NOTED_EVERY = timedelta(minutes=1)

_SHOWN = (
    MachineSecret.id,
    MachineSecret.machine_id,
    MachineSecret.ending,
    MachineSecret.made_at,
    MachineSecret.expires_at,
    MachineSecret.used_at,
    MachineSecret.revoked_at,
)


async def insert_machine(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a machine."""
    await session.execute(insert(Machine), [row])


async def get_machine(
    session: AnySession, organisation_id: uuid.UUID, machine_id: uuid.UUID, *, lock: bool = False
) -> Machine | None:
    """Return an organisation's machine; locked, so that its secrets can be counted."""
    statement = (
        select(Machine)
        .where(Machine.id == machine_id, Machine.organisation_id == organisation_id)
        .execution_options(populate_existing=True)
    )
    if lock:
        statement = statement.with_for_update()
    return (await session.scalars(statement)).one_or_none()


async def list_machines(
    session: AnySession, organisation_id: uuid.UUID, after: uuid.UUID | None, most: int
) -> Sequence[Machine]:
    """Return an organisation's machines after one of them, in the order they were added."""
    statement = select(Machine).where(Machine.organisation_id == organisation_id)
    if after is not None:
        statement = statement.where(Machine.id > after)
    return (await session.scalars(statement.order_by(Machine.id).limit(most))).all()


async def change_machine(
    session: WriteSession, machine_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Change a machine that is locked, and count the change."""
    statement = (
        update(Machine)
        .where(Machine.id == machine_id)
        .values(version=Machine.version + 1, **values)
        .execution_options(synchronize_session=False)  # whoever locked it tells what it was before
    )
    await session.execute(statement)


async def insert_secret(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a secret's hash."""
    await session.execute(insert(MachineSecret), [row])


async def list_secrets(session: AnySession, machine_ids: Collection[uuid.UUID]) -> Sequence[Any]:
    """Return the secrets of machines, oldest first, without their hashes."""
    statement = (
        select(*_SHOWN)
        .where(MachineSecret.machine_id.in_(machine_ids))
        .order_by(MachineSecret.machine_id, MachineSecret.id)
    )
    return (await session.execute(statement)).all()


async def get_secret(
    session: AnySession, machine_id: uuid.UUID, secret_id: uuid.UUID
) -> Any | None:
    """Return one secret of a machine, without its hash."""
    statement = select(*_SHOWN).where(
        MachineSecret.machine_id == machine_id, MachineSecret.id == secret_id
    )
    return (await session.execute(statement)).one_or_none()


async def count_live_secrets(session: WriteSession, machine_id: uuid.UUID, moment: datetime) -> int:
    """Count a machine's secrets that are good at a moment."""
    statement = select(func.count(MachineSecret.id)).where(
        MachineSecret.machine_id == machine_id,
        MachineSecret.revoked_at.is_(None),
        MachineSecret.expires_at > moment,
    )
    return int((await session.execute(statement)).scalar_one())


async def revoke_secret(session: WriteSession, secret_id: uuid.UUID, moment: datetime) -> None:
    """Let a secret be of no further use."""
    await session.execute(
        update(MachineSecret).where(MachineSecret.id == secret_id).values(revoked_at=moment)
    )


async def find_by_secret(
    session: WriteSession, machine_id: uuid.UUID, secret_hash: bytes
) -> Any | None:
    """Return a machine and its organisation, with the secret of this hash if it has that one.

    Found by the hash, so that how long it takes tells nothing about any other secret.
    """
    return await _find(session, machine_id, MachineSecret.secret_hash == secret_hash)


async def find_by_secret_id(
    session: WriteSession, machine_id: uuid.UUID, secret_id: uuid.UUID
) -> Any | None:
    """Return a machine and its organisation, with the secret of this id if it has that one."""
    return await _find(session, machine_id, MachineSecret.id == secret_id)


async def note_use(session: WriteSession, secret_id: uuid.UUID, moment: datetime) -> None:
    """Note that a secret is in use, at most once a minute."""
    due = or_(MachineSecret.used_at.is_(None), MachineSecret.used_at <= moment - _NOTED_EVERY)
    statement = update(MachineSecret).where(MachineSecret.id == secret_id, due)
    await session.execute(statement.values(used_at=moment))


async def _find(
    session: WriteSession, machine_id: uuid.UUID, is_the_secret: ColumnElement[bool]
) -> Any | None:
    statement = (
        select(
            Machine.id,
            Machine.name,
            Machine.scopes,
            Machine.revoked_at,
            MachineSecret.id.label("secret_id"),
            MachineSecret.revoked_at.label("secret_revoked_at"),
            MachineSecret.expires_at.label("secret_expires_at"),
            Organisation.id.label("organisation_id"),
            Organisation.name.label("organisation_name"),
            Organisation.kind.label("organisation_kind"),
            Organisation.la_code,
            Organisation.closed_on,
        )
        .join(Organisation, Organisation.id == Machine.organisation_id)
        .outerjoin(MachineSecret, and_(MachineSecret.machine_id == Machine.id, is_the_secret))
        .where(Machine.id == machine_id)
    )
    return (await session.execute(statement)).one_or_none()
