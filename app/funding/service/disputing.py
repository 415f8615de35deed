"""Disputes about who pays. They run on their own clock and hold nothing up."""

import uuid

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import WriteSession
from app.funding.errors import (
    DisputeNotFoundError,
    DisputeOpenError,
    DisputeSettledError,
    ShareNotYoursError,
)
from app.funding.queries import arrangements as queries
from app.funding.queries.lists import paying_organisations
from app.funding.schemas.asked import DisputeSettlement, NewDispute
from app.funding.service import wording
from app.funding.service.arranging import funded, holds, look_at, subject_of
from app.funding.service.signing import part_of
from app.funding.service.standing import settle as settle_arrangement
from app.funding.terms import Settlement
from app.keyring.ring import Keyring
from app.providers.service.records import person_of
from app.rules.funding.agreeing import settled_by
from app.values.uuid7 import uuid7


async def dispute(
    session: WriteSession, actor: Actor, ring: Keyring, arrangement_id: uuid.UUID, new: NewDispute
) -> uuid.UUID:
    """Say that a payer need not pay, and why; return the dispute's id.

    Where the education is owed, whoever has the duty is written down in the same transaction as
    who pays meanwhile, without prejudice.

    Raises:
        PersonNeededError: a machine asks.
        ArrangementNotFoundError: there is none that the actor may see.
        PayerNotFoundError: the terms have no payer of this number.
        ShareNotYoursError: the part is another organisation's.
        DisputeOpenError: the payer disputes it already.
        ChildErasedError: the child's record was erased.
    """
    person_id = person_of(actor)
    await look_at(session, arrangement_id)
    payer = await part_of(session, actor, arrangement_id, new.payer)
    arrangement = await queries.get_arrangement(session, arrangement_id, lock=True)
    named = f"{payer.capacity} {payer.organisation_id or payer.name}"
    earlier = await queries.list_disputes(session, arrangement_id)
    if arrangement is None or any(one.payer == named and one.settled_at is None for one in earlier):
        raise DisputeOpenError("The payer disputes it already. Settle that dispute first.")
    dispute_id, present = uuid7(), clock.now()
    place = (wording.DISPUTE, dispute_id)
    row = {
        "id": dispute_id,
        "arrangement_id": arrangement_id,
        "terms_number": payer.terms_number,
        "payer_number": payer.number,
        "payer": named,
        "organisation_id": payer.organisation_id,
        "encrypted_reason": await wording.encrypted(
            session, ring, arrangement_id, place, new.reason
        ),
        "opened_by": person_id,
        "opened_by_name": actor.name,
        "opened_at": present,
        "due_on": settled_by(clock.today()),
    }
    await queries.add_dispute(session, row)
    await settle_arrangement(session, arrangement_id)
    await queries.change_arrangement(session, arrangement_id, {})
    of = (await funded(session, [arrangement.placement_id]))[arrangement.placement_id]
    subject = subject_of(arrangement_id, of.commissioner_id)
    await record(session, actor, "funding.disputed", subject, after={"payer": new.payer})
    return dispute_id


async def settle(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, uuid.UUID],
    said: DisputeSettlement,
) -> None:
    """Say how a dispute ended: agreed by the payer that disputed, or decided by somebody named.

    Raises:
        PersonNeededError: a machine asks.
        ArrangementNotFoundError: there is none that the actor may see.
        DisputeNotFoundError: it has no such dispute.
        DisputeSettledError: it was settled already.
        ShareNotYoursError: an agreement is said by another than the payer, or a decision by
            neither payer nor commissioner.
        ChildErasedError: the child's record was erased.
    """
    person_id = person_of(actor)
    arrangement_id, dispute_id = of
    await look_at(session, arrangement_id)
    arrangement = await queries.get_arrangement(session, arrangement_id, lock=True)
    disputes = await queries.list_disputes(session, arrangement_id)
    found = [one for one in disputes if one.id == dispute_id]
    if arrangement is None or not found:
        raise DisputeNotFoundError("The arrangement has no dispute of this id.")
    if found[0].settled_at is not None:
        raise DisputeSettledError("It is settled already. What is new is disputed anew.")
    commissions = await holds(session, actor, arrangement)
    paying = found[0].organisation_id
    pays = commissions if paying is None else paying in await paying_organisations(session)
    if not pays and (said.how is Settlement.AGREEMENT or not commissions):
        raise ShareNotYoursError(
            "That it agrees is said by the payer that disputes; a decision is recorded by it or by "
            "the commissioner."
        )
    place = (wording.SETTLEMENT, dispute_id)
    values = {
        "settlement": said.how.value,
        "settled_by": person_id,
        "settled_at": clock.now(),
        "decided_by": said.decided_by,
        "encrypted_settlement": await wording.encrypted(
            session, ring, arrangement_id, place, said.reasons
        ),
    }
    await queries.settle_dispute(session, dispute_id, values)
    await settle_arrangement(session, arrangement_id)
    await queries.change_arrangement(session, arrangement_id, {})
    placed = (await funded(session, [arrangement.placement_id]))[arrangement.placement_id]
    subject = subject_of(arrangement_id, placed.commissioner_id)
    await record(session, actor, "funding.dispute_settled", subject, after={"how": said.how})
