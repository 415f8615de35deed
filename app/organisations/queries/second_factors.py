"""Statements on one-time sign-in: who asks, what they still have to show, what they hold."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, insert, select, update

from app.db.events import WriteSession
from app.organisations.models.people import Membership, Person, PersonContact, PersonIdentity
from app.organisations.models.sign_in import Authenticator, Passkey, SignInStep


@dataclass(frozen=True, slots=True)
class Asking:
    """Whoever an e-mail address belongs to.

    Attributes:
        person_id: theirs.
        elsewhere: whether they sign in at an OpenID provider.
    """

    person_id: uuid.UUID
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person can show beside a link."""

    passkeys: Sequence[Passkey]
    authenticator: Authenticator | None

    @property
    def any(self) -> bool:
        """Whether there is one at all."""
        return bool(self.passkeys) or self.authenticator is not None


async def get_asking(session: WriteSession, email: str) -> Asking | None:
    """Return whose address this is, unless they are blocked or work for nobody any more."""
    elsewhere = select(PersonIdentity.subject).where(PersonIdentity.person_id == Person.id).exists()
    member = (
        select(Membership.id)
        .where(Membership.person_id == Person.id, Membership.ended_at.is_(None))
        .exists()
    )
    statement = (
        select(Person.id, elsewhere.label("elsewhere"))
        .join(PersonContact, PersonContact.person_id == Person.id)
        .where(PersonContact.email == email, Person.blocked_at.is_(None), member)
    )
    found = (await session.execute(statement)).one_or_none()
    return Asking(found.id, found.elsewhere) if found else None


async def lock_person(session: WriteSession, person_id: uuid.UUID) -> str:
    """Keep others from changing what a person can show, and return the person's name."""
    statement = select(Person.name).where(Person.id == person_id).with_for_update()
    return str((await session.execute(statement)).scalar_one())


async def get_factors(session: WriteSession, person_id: uuid.UUID) -> Factors:
    """Return what a person can show beside a link, oldest first."""
    passkeys = await session.scalars(
        select(Passkey)
        .where(Passkey.person_id == person_id, Passkey.removed_at.is_(None))
        .order_by(Passkey.added_at, Passkey.id)
    )
    authenticator = await session.scalars(
        select(Authenticator).where(Authenticator.person_id == person_id)
    )
    return Factors(passkeys.all(), authenticator.one_or_none())


async def insert_step(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep what somebody still has to do."""
    await session.execute(insert(SignInStep), [row])


async def get_step(session: WriteSession, token_hash: bytes) -> SignInStep | None:
    """Return a step by its cookie's hash, locked until the transaction ends."""
    statement = select(SignInStep).where(SignInStep.token_hash == token_hash).with_for_update()
    return (await session.scalars(statement)).one_or_none()


async def change_step(session: WriteSession, step_id: uuid.UUID, **values: Any) -> None:
    """Change a step: a new challenge, one more try, its end."""
    await session.execute(update(SignInStep).where(SignInStep.id == step_id).values(values))


async def keep_authenticator(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a person's authenticator."""
    await session.execute(insert(Authenticator), [row])


async def advance_counter(session: WriteSession, person_id: uuid.UUID, counter: int) -> bool:
    """Use up a half minute's code; false if it, or a later one, was used before."""
    result = await session.execute(
        update(Authenticator)
        .where(Authenticator.person_id == person_id, Authenticator.last_counter < counter)
        .values(last_counter=counter)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


async def keep_passkey(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a person's passkey."""
    await session.execute(insert(Passkey), [row])


async def mark_passkey_used(
    session: WriteSession, passkey_id: uuid.UUID, sign_count: int, moment: datetime
) -> None:
    """Note that a passkey was used, and how often its device says it has been."""
    await session.execute(
        update(Passkey)
        .where(Passkey.id == passkey_id)
        .values(sign_count=sign_count, used_at=moment)
    )


async def remove_factors(
    session: WriteSession, person_id: uuid.UUID, moment: datetime
) -> tuple[int, int]:
    """Take everything a person can show beside a link away; return passkeys and authenticators."""
    passkeys = await session.execute(
        update(Passkey)
        .where(Passkey.person_id == person_id, Passkey.removed_at.is_(None))
        .values(removed_at=moment)
    )
    authenticators = await session.execute(
        delete(Authenticator).where(Authenticator.person_id == person_id)
    )
    return (
        cast("CursorResult[Any]", passkeys).rowcount,
        cast("CursorResult[Any]", authenticators).rowcount,
    )


async def works_elsewhere(
    session: WriteSession, person_id: uuid.UUID, organisation_id: uuid.UUID
) -> bool:
    """Say whether somebody works for another organisation than this one too."""
    statement = select(
        select(Membership.id)
        .where(
            Membership.person_id == person_id,
            Membership.organisation_id != organisation_id,
            Membership.ended_at.is_(None),
        )
        .exists()
    )
    return bool((await session.execute(statement)).scalar_one())
