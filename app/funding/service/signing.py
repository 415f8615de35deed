"""Signing for a payer, in somebody's own name; and confirming a payer the matrix does not allow."""

import uuid
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.funding.errors import (
    AlreadySignedError,
    NothingToConfirmError,
    OverrideNotConfirmedError,
    PayerNotFoundError,
    ShareNotYoursError,
    TermsChangedError,
)
from app.funding.queries import arrangements as queries
from app.funding.queries.lists import paying_organisations
from app.funding.schemas.asked import NewSignature
from app.funding.service.arranging import funded, held, holds, look_at, subject_of
from app.funding.service.standing import settle
from app.providers.errors import SecondPersonNeededError
from app.providers.service.records import person_of
from app.rules.funding.agreeing import OTHER_PAYER


async def sign(
    session: WriteSession, actor: Actor, arrangement_id: uuid.UUID, new: NewSignature
) -> None:
    """Agree, for a payer, to its part; the last signature makes the arrangement agreed.

    For whoever is no organisation here the commissioner writes down who agreed, and when.

    Raises:
        PersonNeededError: a machine asks.
        ArrangementNotFoundError: there is none that the actor may see.
        TermsChangedError: it was amended since they read it.
        PayerNotFoundError: the terms have no payer of this number.
        ShareNotYoursError: the part is another organisation's.
        OverrideNotConfirmedError: a second person has yet to confirm who pays.
        AlreadySignedError: somebody signed for this payer already.
        InvalidRequestError: who agreed is said where the signer is the one, or not where needed.
    """
    person_id = person_of(actor)
    await look_at(session, arrangement_id)
    payer = await part_of(session, actor, arrangement_id, new.payer)
    arrangement = await queries.get_arrangement(session, arrangement_id, lock=True)
    if arrangement is None or arrangement.terms_number != new.terms:
        number = arrangement.terms_number if arrangement else None
        detail = f"The terms that hold now are number {number}. Read them, and sign those."
        raise TermsChangedError(detail, errors=(FieldFault(detail, "/terms"),), terms=number)
    override = await queries.get_override(session, arrangement_id, arrangement.amounts_of)
    if override is not None and override.confirmed_at is None:
        raise OverrideNotConfirmedError(
            "Another payer than the matrix allows pays first; a second person of the commissioner "
            f"confirms it before anybody signs. That rests on {OTHER_PAYER.basis.value}."
        )
    signed = await queries.list_signatures(session, arrangement_id)
    if any(
        (one.terms_number, one.payer_number) == (arrangement.amounts_of, new.payer)
        for one in signed
    ):
        raise AlreadySignedError("Somebody has signed these amounts for this payer already.")
    row = {
        "arrangement_id": arrangement_id,
        "terms_number": arrangement.amounts_of,
        "payer_number": new.payer,
        "signed_by": person_id,
        "recorded_at": clock.now(),
    }
    await queries.add_signature(session, row | _who_agreed(actor, payer, new))
    await settle(session, arrangement_id)
    await queries.change_arrangement(session, arrangement_id, {})
    of = (await funded(session, [arrangement.placement_id]))[arrangement.placement_id]
    after = {"payer": new.payer, "terms": new.terms, "pence": payer.amount_pence}
    subject = subject_of(arrangement_id, of.commissioner_id)
    await record(session, actor, "funding.signed", subject, after=after)


async def part_of(
    session: WriteSession, actor: Actor, arrangement_id: uuid.UUID, number: int
) -> Any:
    """Return the part of a payer for which the actor may speak, by the present terms.

    Raises:
        PayerNotFoundError: the terms have no payer of this number.
        ShareNotYoursError: the part is another organisation's.
    """
    arrangement = await look_at(session, arrangement_id)
    present = [
        one
        for one in await queries.list_payers(session, arrangement_id)
        if (one.terms_number, one.number) == (arrangement.terms_number, number)
    ]
    if not present:
        detail = f"The present terms have no payer {number}."
        raise PayerNotFoundError(detail, errors=(FieldFault(detail, "/payer"),))
    payer = present[0]
    if payer.organisation_id is None:
        allowed = await holds(session, actor, arrangement)
    else:
        allowed = payer.organisation_id in await paying_organisations(session)
    if not allowed:
        raise ShareNotYoursError(
            "Whoever pays speaks for itself; the commissioner does for whoever is not on this "
            "service. Ask the payer."
        )
    return payer


async def confirm_override(session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int]) -> None:
    """Confirm, as a second person, that another pays first than the matrix allows.

    Raises:
        PersonNeededError: a machine asks.
        ArrangementNotFoundError, FundingNotYoursError, VersionChangedError: as for `held`.
        NothingToConfirmError: no such choice waits.
        SecondPersonNeededError: they made the choice themselves.
    """
    person_id = person_of(actor)
    arrangement = await held(session, actor, *of)
    override = await queries.get_override(session, arrangement.id, arrangement.amounts_of)
    if override is None or override.confirmed_at is not None:
        raise NothingToConfirmError("No choice of another payer waits for a second person.")
    if override.proposed_by == person_id:
        raise SecondPersonNeededError(
            "You chose this payer yourself; another person of your organisation confirms it. That "
            f"rests on {OTHER_PAYER.basis.value}."
        )
    values = {
        "confirmed_by": person_id,
        "confirmed_by_name": actor.name,
        "confirmed_at": clock.now(),
    }
    await queries.confirm_override(session, arrangement.id, arrangement.amounts_of, values)
    await queries.change_arrangement(session, arrangement.id, {})
    await settle(session, arrangement.id)
    placed = (await funded(session, [arrangement.placement_id]))[arrangement.placement_id]
    subject = subject_of(arrangement.id, placed.commissioner_id)
    await record(session, actor, "funding.payer_confirmed", subject)


def _who_agreed(actor: Actor, payer: Any, new: NewSignature) -> dict[str, Any]:
    today = clock.today()
    if payer.organisation_id is not None:
        if new.signed_name is not None or new.signed_on is not None:
            detail = "You sign in your own name, today. Leave out who signed and when."
            raise InvalidRequestError(detail, errors=(FieldFault(detail, "/signed_name"),))
        return {"signed_name": actor.name, "signed_on": today}
    if new.signed_name is None or new.signed_on is None or new.signed_on > today:
        detail = "Say who agreed for the payer, and on which day; it does not lie ahead."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/signed_name"),))
    return {"signed_name": new.signed_name, "signed_on": new.signed_on}
