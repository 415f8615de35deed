"""Other names of a provider, and what other registers call it: added, and withdrawn if wrong."""

import uuid
from collections.abc import Mapping

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import WriteSession, announce
from app.errors import FieldFault, InvalidRequestError
from app.providers.errors import (
    IdentifierAlreadyHeldError,
    NameAlreadyHeldError,
    PartNotFoundError,
)
from app.providers.events import ProviderChanged
from app.providers.identifiers import canonical
from app.providers.models.providers import ProviderIdentifier, ProviderName
from app.providers.queries import parts
from app.providers.schemas.record import NewNumber, NewOtherName
from app.providers.service.records import Held, keep, part_of
from app.providers.terms import NameKind
from app.values.uuid7 import uuid7


async def add_name(session: WriteSession, actor: Actor, number: str, new: NewOtherName) -> None:
    """Add a name the provider trades under.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        NameAlreadyHeldError: the record has it.
    """
    held, provider = await keep(session, number)
    known = await parts.find_name(session, held.id, NameKind.TRADING, new.name)
    if new.name == provider.name or (known is not None and known.withdrawn_at is None):
        raise NameAlreadyHeldError(f"{held.name} goes by the name {new.name} already.")
    if known is not None:  # it was thought a mistake, and was none
        known.withdrawn_at = None
        name_id = known.id
    else:
        name_id = uuid7()
        row = {"id": name_id, "provider_id": held.id, "kind": NameKind.TRADING, "name": new.name}
        await parts.add_row(session, ProviderName(**row))
    await _noted(session, actor, held, "provider_name.added", name_id, after={"name": new.name})


async def withdraw_name(
    session: WriteSession, actor: Actor, number: str, name_id: uuid.UUID
) -> None:
    """Take a name out of the record, trading or former; what was published stays in history.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        PartNotFoundError: the record has no such name.
    """
    held, _ = await keep(session, number)
    name = await parts.get_part(session, ProviderName, held.id, name_id)
    if name is None or name.withdrawn_at is not None:
        raise PartNotFoundError(f"The record of {held.name} has no other name of that id.")
    name.withdrawn_at = clock.now()
    before = {"name": name.name, "kind": name.kind}
    await _noted(session, actor, held, "provider_name.withdrawn", name_id, before=before)


async def add_identifier(
    session: WriteSession, actor: Actor, number: str, new: NewNumber
) -> uuid.UUID:
    """Add what another register calls the provider; return the identifier's id.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        InvalidRequestError: it cannot be such a number.
        IdentifierAlreadyHeldError: the record has it.
    """
    held, _ = await keep(session, number)
    try:
        value = canonical(new.scheme, new.value)
    except ValueError as error:
        fault = FieldFault(str(error), "/value")
        raise InvalidRequestError(str(error), errors=(fault,)) from None
    known = await parts.find_identifier(session, held.id, new.scheme, value)
    if known is not None and known.withdrawn_at is None:
        raise IdentifierAlreadyHeldError(f"The record of {held.name} has {value} already.")
    if known is not None:
        known.withdrawn_at = None
        identifier_id = known.id
    else:
        identifier_id = uuid7()
        row = {"id": identifier_id, "provider_id": held.id, "recorded_at": clock.now()}
        await parts.add_row(
            session, ProviderIdentifier(scheme=new.scheme.value, value=value, **row)
        )
    after = {"scheme": new.scheme, "value": value}
    await _noted(session, actor, held, "provider_identifier.added", identifier_id, after=after)
    return identifier_id


async def withdraw_identifier(
    session: WriteSession, actor: Actor, number: str, identifier_id: uuid.UUID
) -> None:
    """Take a number out of the record that was a mistake.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        PartNotFoundError: the record has no such identifier.
    """
    held, _ = await keep(session, number)
    known = await parts.get_part(session, ProviderIdentifier, held.id, identifier_id)
    if known is None or known.withdrawn_at is not None:
        raise PartNotFoundError(f"The record of {held.name} has no identifier of that id.")
    known.withdrawn_at = clock.now()
    before = {"scheme": known.scheme, "value": known.value}
    await _noted(
        session, actor, held, "provider_identifier.withdrawn", identifier_id, before=before
    )


async def _noted(  # noqa: PLR0913 - an act has these facts
    session: WriteSession,
    actor: Actor,
    held: Held,
    act: str,
    part_id: uuid.UUID,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    await session.flush()
    announce(session, ProviderChanged(held.id))
    subject = part_of(held, act.partition(".")[0], part_id)
    await record(session, actor, act, subject, before=before, after=after)
