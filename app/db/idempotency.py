"""Keys under which a caller may send the same request twice and have it done once.

What is kept is where the outcome can be read again, never a body: status and location.
"""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import LargeBinary, SmallInteger, Text, UniqueConstraint, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.db.events import WriteSession

_TRIES = 3


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
class Claim:
    """A key that a caller sends with a request.

    Attributes:
        id: of the new row.
        caller: whose key it is.
        key: as they chose it; another caller's key of the same name is another key.
        fingerprint: tells this request from any other.
        made_at: when it came.
    """

    id: uuid.UUID
    caller: str
    key: str
    fingerprint: bytes
    made_at: datetime


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


async def claim(session: WriteSession, claimed: Claim) -> Earlier | None:
    """Take a key for the request at hand, or return what came of it the first time.

    Waits for a request that holds the same key and has not ended yet, as long as the transaction
    may wait for any lock; if that one fails, the key is free again, because both live and die with
    one transaction.

    Raises:
        LookupError: the row cannot be seen by whoever took the key, which no policy should lead to.
    """
    taking = (
        insert(IdempotencyKey)
        .values(**asdict(claimed))
        .on_conflict_do_nothing(index_elements=["caller", "key"])
        .returning(IdempotencyKey.id)
    )
    held_by = select(
        IdempotencyKey.fingerprint, IdempotencyKey.status, IdempotencyKey.location
    ).where(IdempotencyKey.caller == claimed.caller, IdempotencyKey.key == claimed.key)
    for _ in range(_TRIES):
        if (await session.execute(taking)).scalar_one_or_none() is not None:
            return None
        held = (await session.execute(held_by)).one_or_none()
        if held is not None:
            return Earlier(held.fingerprint, held.status, held.location)
        # Cleared away as too old between the two statements: it is free, so take it.
    raise LookupError("an idempotency key is taken, but what came of it cannot be seen")


async def settle(
    session: WriteSession, claim_id: uuid.UUID, status: int, location: str | None
) -> None:
    """Write down what came of the request, just before it is committed."""
    await session.execute(
        update(IdempotencyKey)
        .where(IdempotencyKey.id == claim_id)
        .values(status=status, location=location)
    )
