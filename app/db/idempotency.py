"""Keys under which a caller may send the same request twice and have it done once.

What is kept is where the outcome can be read again, never a body: status, location, version.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import LargeBinary, SmallInteger, Text, UniqueConstraint, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.db.events import WriteSession


class IdempotencyKey(Base):
    """A caller's key, and what came of the request it was sent with."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("caller", "key"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    caller: Mapped[str] = mapped_column(Text, comment="person:… or machine:…")
    key: Mapped[str] = mapped_column(Text, comment="As the caller chose it")
    fingerprint: Mapped[bytes] = mapped_column(
        LargeBinary, comment="SHA-256 of method, address and body"
    )
    status: Mapped[int | None] = mapped_column(SmallInteger, comment="Empty while it is being done")
    location: Mapped[str | None] = mapped_column(Text, comment="Where the outcome can be read")
    made_at: Mapped[datetime] = mapped_column(Moment, index=True)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The outcome of the request that first came with a key.

    Attributes:
        fingerprint: of that request.
        status: it was answered with.
        location: where its outcome can be read again, if anywhere.
    """

    fingerprint: bytes
    status: int
    location: str | None


async def claim(
    session: WriteSession, row_id: uuid.UUID, caller: str, key: str, request: tuple[bytes, datetime]
) -> Earlier | None:
    """Take a key for the request at hand, or return what came of it the first time.

    Waits for a request that holds the same key and has not ended yet; if that one fails, the key is
    free again, because both live and die with one transaction.

    Args:
        session: the transaction that does the work.
        row_id: of the new row.
        caller: whose key it is.
        key: the key.
        request: its fingerprint, and the moment.
    """
    fingerprint, moment = request
    statement = (
        insert(IdempotencyKey)
        .values(id=row_id, caller=caller, key=key, fingerprint=fingerprint, made_at=moment)
        .on_conflict_do_nothing(index_elements=["caller", "key"])
        .returning(IdempotencyKey.id)
    )
    if (await session.execute(statement)).scalar_one_or_none() is not None:
        return None
    held = (
        await session.execute(
            select(
                IdempotencyKey.fingerprint, IdempotencyKey.status, IdempotencyKey.location
            ).where(IdempotencyKey.caller == caller, IdempotencyKey.key == key)
        )
    ).one()
    return Earlier(held.fingerprint, held.status, held.location)


async def settle(
    session: WriteSession, row_id: uuid.UUID, status: int, location: str | None
) -> None:
    """Write down what came of the request, just before it is committed."""
    await session.execute(
        update(IdempotencyKey)
        .where(IdempotencyKey.id == row_id)
        .values(status=status, location=location)
    )
