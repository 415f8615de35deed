"""Telling who answers for a placed child today, before and after."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from app import clock
from app.children import personal_parts
from app.db.events import ReadSession, WriteSession
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.safeguarding.policies import Period, body_on
from app.safeguarding.queries import duties as queries
from app.safeguarding.schemas import (
    DutyBodyOut,
    DutyContactOut,
    DutyOfferOut,
    DutyOut,
    DutyPeriodOut,
    PlacementDuties,
    WaitingDutyOffer,
)
from app.safeguarding.service.handing import REACH
from app.safeguarding.terms import Duty

AnySession = ReadSession | WriteSession


async def tell(
    session: AnySession, ring: Keyring, placement_id: uuid.UUID, held: Any
) -> PlacementDuties:
    """Return who answers for each duty; row security leaves out what is not for the actor.

    Args:
        session: of whoever asks.
        ring: opens the child's key.
        placement_id: of which placement.
        held: what `handing.look_at` found of it.
    """
    today = clock.today()
    day = today if held.ended_on is None else min(today, held.ended_on)
    periods = await queries.list_periods(session, placement_id)
    offers = await queries.list_offers(session, placement_id)
    ids = {row.organisation_id for row in periods}
    ids |= {one.from_organisation_id for one in offers} | {one.to_organisation_id for one in offers}
    names = await queries.names_of(session, list(ids))
    contacts = {
        (one.duty, one.organisation_id): _contact(ring, held, one)
        for one in await queries.list_contacts(session, placement_id)
    }
    own = await queries.bodies_acted_as(session)
    duties = []
    for duty in Duty:
        rows = [row for row in periods if row.duty == duty]
        told = [Period(row.organisation_id, row.since, row.until) for row in rows]
        body = body_on(told, max(day, told[0].since)) or told[-1].organisation_id
        duties.append(
            DutyOut(
                duty=duty,
                body=_body(names, body),
                contact=contacts.get((duty.value, body)),
                yours=body in own,
                periods=[
                    DutyPeriodOut(
                        body=_body(names, one.organisation_id), since=one.since, until=one.until
                    )
                    for one in told
                ],
                offers=[_offer(names, one) for one in offers if one.duty == duty],
            )
        )
    return PlacementDuties(placement=placement_id, on=day, duties=duties)


async def tell_waiting(session: AnySession, offers: Sequence[Any]) -> list[WaitingDutyOffer]:
    """Return offers that wait for an answer, with the names of both bodies."""
    ids = {one.from_organisation_id for one in offers} | {one.to_organisation_id for one in offers}
    names = await queries.names_of(session, list(ids))
    return [
        WaitingDutyOffer(
            **_offer(names, one).__dict__, placement=one.placement_id, reference=one.reference
        )
        for one in offers
    ]


def _body(names: Mapping[uuid.UUID, Any], organisation_id: uuid.UUID) -> DutyBodyOut:
    return DutyBodyOut.model_validate(names[organisation_id])


def _contact(ring: Keyring, held: Any, kept: Any) -> DutyContactOut:
    reach: Mapping[str, Any] = {}
    if kept.encrypted_reach is not None and held.sealed_key is not None:
        key = personal_parts.open_key(ring, held.child_id, held.sealed_key)
        reach = personal_parts.decrypt(key, context_of(REACH, kept.id), kept.encrypted_reach)
    return DutyContactOut(
        name=kept.name, post=kept.post, phone=reach.get("phone"), email=reach.get("email")
    )


def _offer(names: Mapping[uuid.UUID, Any], one: Any) -> DutyOfferOut:
    return DutyOfferOut(
        id=one.id,
        duty=one.duty,
        offered_by=one.offered_by_name,
        from_=_body(names, one.from_organisation_id),
        to=_body(names, one.to_organisation_id),
        since=one.since,
        offered_at=one.offered_at,
        answer=one.answer,
        answered_by=one.answered_by_name,
        answered_at=one.answered_at,
    )
