"""Looking a number up where it was given out; a look-up counts only where the name agrees."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from app.access import Actor
from app.db.events import WriteSession
from app.providers.errors import LookUpOffError, PartNotFoundError
from app.providers.likeness import name_likeness
from app.providers.lookups import LookUp, Registered
from app.providers.models.providers import ProviderIdentifier
from app.providers.queries import parts
from app.providers.record_terms import VerifiedHow, VerifiedSubject
from app.providers.schemas.vouching import NewVerification
from app.providers.service.records import judged
from app.providers.service.vouching import note_verification
from app.providers.terms import Scheme

LookUps: TypeAlias = Mapping[Scheme, LookUp]
"""The registers that can be asked, by the scheme of their numbers."""
SAME_NAME = 0.9
"""From this likeness on two names are taken for one; `Ltd` and `Limited` do not matter."""
_HOW = {
    Scheme.COMPANIES_HOUSE: VerifiedHow.COMPANIES_HOUSE,
    Scheme.CHARITY_COMMISSION: VerifiedHow.CHARITY_COMMISSION,
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a look-up.

    Attributes:
        registered: what the other register says; `None` where it does not know the number.
        name_matches: whether one of its names there is one of its names here.
        verification_id: of what was noted.
    """

    registered: Registered | None
    name_matches: bool
    verification_id: uuid.UUID


async def look_up(
    session: WriteSession,
    actor: Actor,
    look_ups: LookUps,
    number: str,
    identifier_id: uuid.UUID,
) -> Looked:
    """Look an identifier up, and note what was found as a verification of it.

    It holds only if the other register knows the number, has it as current, and under a name of the
    provider's.

    Raises:
        ProviderNotFoundError: there is no such record that the actor answers for.
        NotYoursToJudgeError: they work, or worked, for its owner.
        PartNotFoundError: the record has no such identifier.
        LookUpOffError: that register is not configured, or none is for such numbers.
        LookUpFailedError: it does not answer.
    """
    held = await judged(session, number)  # unlocked: nobody waits for another register
    identifier = await parts.get_part(session, ProviderIdentifier, held.id, identifier_id)
    if identifier is None or identifier.withdrawn_at is not None:
        raise PartNotFoundError(f"The record of {held.name} has no identifier of that id.")
    scheme = Scheme(identifier.scheme)
    asked = look_ups.get(scheme)
    if asked is None:
        raise LookUpOffError(
            f"Numbers of the scheme {scheme} are not looked up by this register. Look it up "
            "yourself, and note what you found as a verification."
        )
    names = [held.name, *(one.name for one in await parts.list_names(session, held.id))]
    registered = await asked(identifier.value)
    matches = registered is not None and any(
        name_likeness(here, there) >= SAME_NAME for here in names for there in registered.names
    )
    new = NewVerification(
        subject_kind=VerifiedSubject.IDENTIFIER,
        held=matches and registered is not None and registered.current,
        how=_HOW[scheme],
        note=_note(registered, matches=matches),
    )
    noted = await note_verification(session, actor, held, new, identifier_id)
    return Looked(registered, matches, noted)


def _note(registered: Registered | None, *, matches: bool) -> str:
    if registered is None:
        return "The register does not know this number."
    agrees = "which agrees" if matches else "which is not a name of this provider"
    return f"Registered as {registered.names[0]} ({registered.status}), {agrees}."
