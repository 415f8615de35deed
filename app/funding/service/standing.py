"""What stands open of an arrangement: who has yet to sign, who pays meanwhile, which days lack."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app import clock
from app.db.events import ReadSession, WriteSession
from app.funding.queries import arrangements as queries
from app.funding.terms import FundingKind, FundingState, InterimReason
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """Days from the first to the last, both included; without a last they have no end."""

    since: date
    until: date | None


def missing_days(placed: Days, paid: Iterable[Days]) -> list[Days]:
    """Return the days of a placement that nobody pays for.

    Args:
        placed: its days.
        paid: the days of its arrangements, none overlapping another.
    """
    found, begins = [], placed.since
    for one in sorted(paid, key=lambda days: days.since):
        if one.until is None or one.until < begins:
            continue
        if one.since > begins:
            last = one.since - _DAY
            if placed.until is None or last < placed.until:
                found.append(Days(begins, last))
            else:
                break
        begins = max(begins, one.until + _DAY)
    if placed.until is None or begins <= placed.until:
        found.append(Days(begins, placed.until))
    return found


def days_outside(placed: Days, paid: Iterable[Days]) -> list[Days]:
    """Return the days that are paid for before a placement begins or after it ended."""
    found = []
    for one in sorted(paid, key=lambda days: days.since):
        if one.since < placed.since:
            last = placed.since - _DAY
            found.append(Days(one.since, min(last, one.until) if one.until else last))
        if placed.until is not None and (one.until is None or one.until > placed.until):
            found.append(Days(max(one.since, placed.until + _DAY), one.until))
    return found


def missing_signatures(arrangement: Any, payers: Sequence[Any], signed: Sequence[Any]) -> list[int]:
    """Return the numbers of payers that have yet to sign the present amounts."""
    done = {one.payer_number for one in signed if one.terms_number == arrangement.amounts_of}
    present = [one for one in payers if one.terms_number == arrangement.terms_number]
    return [one.number for one in present if one.number not in done]


def state_of(arrangement: Any, override: Any | None) -> FundingState:
    """Say where an arrangement stands."""
    if override is not None and override.confirmed_at is None:
        return FundingState.WAITING_FOR_SECOND_PERSON
    if arrangement.agreed_at is None:
        return FundingState.TO_SIGN
    if arrangement.hours_changed_on is not None:
        return FundingState.TO_BE_CONFIRMED
    return FundingState.AGREED


async def settle(session: WriteSession, arrangement_id: uuid.UUID) -> None:
    """Say whether everybody has signed, and who pays meanwhile, after something changed.

    Where education is owed by an enactment, its duty holder pays while somebody disputes it, and
    from the first day on while a signature is missing. Nothing here keeps a child from starting.
    """
    held = await queries.get_arrangement(session, arrangement_id)
    if held is None:
        return
    payers = await queries.list_payers(session, arrangement_id)
    signed = await queries.list_signatures(session, arrangement_id)
    override = await queries.get_override(session, arrangement_id, held.amounts_of)
    waits = override is not None and override.confirmed_at is None
    agreed = not waits and not missing_signatures(held, payers, signed)
    if agreed != (held.agreed_at is not None):
        at = clock.now() if agreed else None
        await queries.change_arrangement(session, arrangement_id, {"agreed_at": at})
    disputes = await queries.list_disputes(session, arrangement_id)
    disputed = any(one.settled_at is None for one in disputes)
    await _say_who_pays_meanwhile(session, held, agreed=agreed, disputed=disputed)


async def _say_who_pays_meanwhile(
    session: WriteSession, held: Any, *, agreed: bool, disputed: bool
) -> None:
    terms = (await queries.list_terms(session, held.id))[0]
    today = clock.today()
    owed = held.kind == FundingKind.EDUCATION and terms.owed_by_rule is not None
    needed = owed and (disputed or (not agreed and held.since <= today))
    interim = await queries.get_interim(session, held.id)
    present = interim is not None and interim.until is None
    if needed and not present:
        row = {
            "id": uuid7(),
            "arrangement_id": held.id,
            "party": terms.law_party,
            "organisation_id": terms.law_organisation_id,
            "rule": terms.owed_by_rule,
            "because": (InterimReason.DISPUTE if disputed else InterimReason.SIGNATURE_MISSING),
            "without_prejudice": True,
            "since": held.since,
            "recorded_at": clock.now(),
        }
        await queries.add_interim(session, row)
    elif interim is not None and present and not needed:
        await queries.end_interim(session, interim.id, max(interim.since, today))
