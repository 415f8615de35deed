"""Arranging who pays for a placement, and amending it; the former terms stay readable."""

import uuid
from collections.abc import Sequence
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.errors import VersionChangedError
from app.funding.errors import ArrangementNotFoundError, FundingNotYoursError
from app.funding.queries import arrangements as queries
from app.funding.queries.lists import funded_placements
from app.funding.schemas.asked import FundingAmendment, NewArrangement
from app.funding.service import writing
from app.funding.service.standing import settle
from app.funding.terms import FundingKind
from app.keyring.ring import Keyring
from app.placements.errors import PlacementNotYoursError
from app.placements.service.recording import look_at as look_at_placement
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession


async def arrange(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    placement_id: uuid.UUID,
    new: NewArrangement,
) -> uuid.UUID:
    """Arrange who pays for a placement on some days; return the arrangement's id.

    Raises:
        PlacementNotFoundError: there is none that the actor may see.
        PlacementNotYoursError: it is another commissioner's.
        InvalidRequestError: the shares are no whole, or a payer is not known or not what it is
            named.
        PayerClosedError: one has closed.
        PayerNotAllowedError: another pays first than the matrix allows, without a reason.
        PersonNeededError: a machine chooses such a payer.
    """
    placement = await look_at_placement(session, placement_id)
    if placement.commissioner_id != actor.organisation_id:
        raise PlacementNotYoursError(
            "Only the commissioner whose placement it is arranges who pays."
        )
    arrangement_id = uuid7()
    row = {
        "id": arrangement_id,
        "placement_id": placement_id,
        "kind": new.kind.value,
        "since": new.since,
        "until": new.until,
        "terms_number": 1,
        "amounts_of": 1,
        "recorded_at": clock.now(),
        "version": 1,
    }
    payers = await writing.check(session, placement, new.kind, new)
    await queries.add_arrangement(session, row)
    await writing.write(session, actor, (arrangement_id, 1), new, payers)
    if payers.override:
        await writing.propose_override(session, actor, ring, (arrangement_id, 1), new)
    await settle(session, arrangement_id)
    subject = subject_of(arrangement_id, placement.commissioner_id)
    after = {"kind": new.kind, "since": new.since, "until": new.until, "pence": payers.total}
    await record(session, actor, "funding.arranged", subject, after=after)
    return arrangement_id


async def amend(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, int],
    amendment: FundingAmendment,
) -> None:
    """Agree on other terms. What was signed is void where the money differs.

    Raises:
        ArrangementNotFoundError, FundingNotYoursError, VersionChangedError: as for `held`.
        InvalidRequestError, PayerClosedError, PayerNotAllowedError, PersonNeededError: as for
            `arrange`.
    """
    arrangement = await held(session, actor, *of)
    placement = await look_at_placement(session, arrangement.placement_id)
    payers = await writing.check(session, placement, FundingKind(arrangement.kind), amendment)
    number = arrangement.terms_number + 1
    same = await writing.is_same_money(session, arrangement, amendment, payers)
    values = {
        "since": amendment.since,
        "until": amendment.until,
        "terms_number": number,
        "amounts_of": arrangement.amounts_of if same else number,
        "hours_changed_on": None,
    }
    await queries.change_arrangement(session, arrangement.id, values)
    await writing.write(session, actor, (arrangement.id, number), amendment, payers)
    if payers.override and not same:
        await writing.propose_override(session, actor, ring, (arrangement.id, number), amendment)
    await settle(session, arrangement.id)
    subject = subject_of(arrangement.id, placement.commissioner_id)
    after = {"terms": number, "pence": payers.total, "signatures_void": not same}
    await record(session, actor, "funding.amended", subject, after=after, reason=amendment.why)


async def look_at(session: AnySession, arrangement_id: uuid.UUID) -> Any:
    """Return an arrangement that the actor may see.

    Raises:
        ArrangementNotFoundError: there is none.
    """
    found = await queries.get_arrangement(session, arrangement_id)
    if found is None:
        raise ArrangementNotFoundError(
            "No arrangement has this id, or none that you pay for, commission or answer for."
        )
    return found


async def held(
    session: WriteSession, actor: Actor, arrangement_id: uuid.UUID, expected: int
) -> Any:
    """Return an arrangement of the actor's own organisation, locked.

    Raises:
        ArrangementNotFoundError: there is none that the actor may see.
        FundingNotYoursError: it is another commissioner's.
        VersionChangedError: it was changed since they read it.
    """
    seen = await look_at(session, arrangement_id)
    await check_holds(session, actor, seen)
    arrangement = await queries.get_arrangement(session, arrangement_id, lock=True)
    if arrangement is None or arrangement.version != expected:
        version = arrangement.version if arrangement else None
        raise VersionChangedError(
            "It was changed since you read it. Read it again.", version=version
        )
    return arrangement


async def check_holds(session: AnySession, actor: Actor, arrangement: Any) -> None:
    """Refuse whoever does not commission the placement that is paid for.

    Raises:
        FundingNotYoursError: they do not.
    """
    if not await holds(session, actor, arrangement):
        raise FundingNotYoursError(
            "Only the commissioner whose placement it is does this. A payer signs or disputes."
        )


async def holds(session: AnySession, actor: Actor, arrangement: Any) -> bool:
    """Say whether the actor's own organisation commissions what is paid for."""
    of = (await funded(session, [arrangement.placement_id]))[arrangement.placement_id]
    return bool(of.commissioner_id == actor.organisation_id)


async def funded(session: AnySession, placement_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """Return what whoever pays may know of placements, by their ids."""
    return await funded_placements(session, placement_ids)


def subject_of(arrangement_id: uuid.UUID, commissioner_id: uuid.UUID) -> Subject:
    """Return an arrangement as what an act was done to."""
    return Subject("funding", arrangement_id, None, commissioner_id)
