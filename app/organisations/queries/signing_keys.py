"""Statements on the keys that machines' tokens are signed with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select

from app.db.events import ReadSession, WriteSession
from app.organisations.models.machines import SigningKey

_LOCK = 0x5349474E
"""Names the advisory lock under which keys are made, so that two workers at once make one."""


async def lock_signing_keys(session: WriteSession) -> None:
    """Let nobody else make a key until this transaction ends."""
    await session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


async def insert_signing_key(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a key, its private half sealed."""
    await session.execute(insert(SigningKey), [row])


async def get_current_key(session: WriteSession, moment: datetime) -> Any | None:
    """Return kid and sealed_private_jwk of the key that signs at a moment."""
    statement = (
        select(SigningKey.kid, SigningKey.sealed_private_jwk)
        .where(SigningKey.signs_from <= moment, SigningKey.signs_until > moment)
        .order_by(SigningKey.signs_from.desc(), SigningKey.kid)
        .limit(1)
    )
    return (await session.execute(statement)).one_or_none()


async def list_published_keys(
    session: ReadSession | WriteSession, moment: datetime
) -> Sequence[Any]:
    """Return kid and public_jwk of every key that is published at a moment, the newest first."""
    statement = (
        select(SigningKey.kid, SigningKey.public_jwk)
        .where(SigningKey.published_until > moment)
        .order_by(SigningKey.signs_from.desc(), SigningKey.kid)
    )
    return (await session.execute(statement)).all()


async def list_keys_to_verify_with(session: WriteSession, moment: datetime) -> Sequence[Any]:
    """Return kid, sealed_private_jwk and published_until of every published key."""
    statement = select(
        SigningKey.kid, SigningKey.sealed_private_jwk, SigningKey.published_until
    ).where(SigningKey.published_until > moment)
    return (await session.execute(statement)).all()


async def last_signing_moment(session: WriteSession) -> datetime | None:
    """Return until when there are keys to sign with, made already."""
    return (await session.execute(select(func.max(SigningKey.signs_until)))).scalar_one()


async def remove_unpublished_keys(session: WriteSession, moment: datetime) -> None:
    """Remove the keys that nothing can be verified with any more."""
    await session.execute(delete(SigningKey).where(SigningKey.published_until <= moment))
