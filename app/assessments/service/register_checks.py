"""What the register finds by itself of a setting, as it will be on the first day of a place.

It is read from the public record, as far ahead as that tells, from the days of the provider's
evidence, from the commissioner's own checks, and from concerns that the commissioner may know of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from app import clock
from app.assessments.queries import settings as queries
from app.assessments.schemas.options import CheckedByRegister, EvidenceDays, OwnCheckTold
from app.concerns.queries import Wanted as WantedConcerns
from app.concerns.queries import list_concerns
from app.db.events import ReadSession, WriteSession
from app.inspections.terms import Outcome
from app.providers.standing import EvidenceResult
from app.providers.terms import ListingState
from app.rules.school_age import birthday
from app.rules.suitability.facts import Assured, Listed
from app.standards.terms import EvidenceKind

AnySession = ReadSession | WriteSession
MOST_CONCERNS = 200
_LISTED: Mapping[str, Listed] = {
    ListingState.LISTED: Listed.LISTED,
    ListingState.LISTED_WITH_ACTIONS: Listed.LISTED,
    ListingState.UNDER_REVIEW: Listed.UNDER_REVIEW,
    ListingState.SUSPENDED: Listed.SUSPENDED,
    ListingState.REMOVED: Listed.GONE,
    ListingState.CLOSED: Listed.GONE,
}
_ASSURED: Mapping[str, Assured] = {
    Outcome.MEETS_STANDARDS: Assured.MEETS,
    Outcome.MEETS_WITH_ACTIONS: Assured.MEETS,
    Outcome.DOES_NOT_YET_MEET: Assured.DOES_NOT_MEET,
    Outcome.NOT_YET_ASSESSED: Assured.NOT_CURRENT,
}
_INSURING = (
    EvidenceKind.PUBLIC_LIABILITY_INSURANCE.value,
    EvidenceKind.EMPLOYERS_LIABILITY_INSURANCE.value,
)
"""Insurances that everybody needs who has pupils and staff."""


@dataclass(frozen=True, slots=True)
class Sought:
    """For whom a setting is looked at.

    Attributes:
        on: the first day of the place.
        born_on: the child's birth; `None` once it is erased.
        needs: codes of the child's needs.
    """

    on: date
    born_on: date | None
    needs: frozenset[str]


async def check_setting(session: AnySession, option: Any, sought: Sought) -> CheckedByRegister:
    """Say what the register finds of a setting on a day.

    Args:
        session: as whoever looks.
        option: the setting's row.
        sought: for whom.
    """
    site, ahead = await _public(session, option.provider, option.site, sought.on)
    scope = (site.get("listing") or {}).get("scope")
    evidence = await queries.list_evidence_days(session, option.site_id, sought.on)
    return CheckedByRegister(
        checked_at=clock.now(),
        on=sought.on,
        listed=_listed(site, ahead, option.closed_on, sought.on),
        outcome=_assured(site, ahead, sought.on),
        covers_age=_covers_age(scope, sought),
        covers_needs=_covers_needs(scope, sought.needs),
        evidence_current=_evidence(site, ahead),
        insured=_insured(evidence),
        evidence=[
            EvidenceDays(kind=one.kind, current=one.is_current, until=one.current_until)
            for one in evidence
        ],
        own_checks=await _own_checks(session, option, sought.on),
        concern_open=await _concern_open(session, option),
    )


async def listed_on(session: AnySession, option: Any, day: date) -> Listed:
    """Say where a site's listing stands on a day; `option` as for `check_setting`."""
    site, ahead = await _public(session, option.provider, option.site, day)
    return _listed(site, ahead, option.closed_on, day)


async def location_of(session: AnySession, provider: str, reference: int) -> Any | None:
    """Return a site's public point, in metres of the British National Grid; `None`: it has none."""
    site, _ = await _public(session, provider, reference, date.max)
    return site.get("location")


async def offers_at(
    session: AnySession, provider: str, reference: int
) -> Sequence[Mapping[str, Any]]:
    """Return what is offered at a site, as its public record says; nothing where it has none."""
    site, _ = await _public(session, provider, reference, date.min)
    offers: Sequence[Mapping[str, Any]] = site.get("offers", ())
    return offers


async def _public(
    session: AnySession, number: str, reference: int, day: date
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return what is public of a site, and what of it will be otherwise by a day."""
    document = await queries.get_record(session, number)
    if document is None:
        return {}, {}
    record = orjson.loads(document)
    ahead = record.get("next")
    sites = ahead["sites"] if ahead and date.fromisoformat(ahead["on"]) <= day else []
    return _named(record["sites"], reference), _named(sites, reference)


def _named(sites: Sequence[Mapping[str, Any]], reference: int) -> Mapping[str, Any]:
    return next((one for one in sites if one["reference"] == reference), {})


def _listed(
    site: Mapping[str, Any], ahead: Mapping[str, Any], closed_on: date | None, day: date
) -> Listed:
    if closed_on is not None and closed_on <= day:
        return Listed.GONE
    listing = site.get("listing")
    if listing is None:
        return Listed.NOT_LISTED
    status, announced = listing["status"], listing["announced"]
    if announced and date.fromisoformat(announced["from"]) <= day:
        status = announced["status"]
    return _LISTED[ahead.get("status", status)]


def _assured(site: Mapping[str, Any], ahead: Mapping[str, Any], day: date) -> Assured:
    inspection = site.get("inspection")
    if inspection is None:
        return Assured.NOT_CURRENT
    until = inspection["valid_until"]
    lapsed = until is not None and date.fromisoformat(until) < day
    outcome = (inspection["next"] if lapsed else inspection["outcome"]) or ahead.get("outcome")
    return _ASSURED.get(outcome or "", Assured.NOT_CURRENT)


def _covers_age(scope: Mapping[str, Any] | None, sought: Sought) -> bool | None:
    if scope is None or sought.born_on is None:
        return None
    ages = scope["ages"]
    if ages is None:
        return True
    begins = birthday(sought.born_on, ages["from"])
    over = birthday(sought.born_on, ages["to"] + 1)
    return begins <= sought.on < over


def _covers_needs(scope: Mapping[str, Any] | None, needs: frozenset[str]) -> bool | None:
    if scope is None:
        return None
    return not scope["needs"] or needs <= set(scope["needs"])


def _evidence(site: Mapping[str, Any], ahead: Mapping[str, Any]) -> bool | None:
    told = (site.get("evidence") or {}).get("status")
    status = ahead.get("evidence") or told
    if status is None or status == EvidenceResult.NONE_HELD:
        return None
    return bool(status == EvidenceResult.CURRENT)


def _insured(evidence: Sequence[Any]) -> bool | None:
    held = [one.is_current for one in evidence if one.kind in _INSURING]
    return all(held) if held else None


async def _own_checks(session: AnySession, option: Any, day: date) -> list[OwnCheckTold]:
    of = (option.assessment_id, option.site_id, day)
    return [
        OwnCheckTold(id=one.id, kind=one.kind, seen_on=one.seen_on, usable_until=one.usable_until)
        for one in await queries.list_usable_checks(session, *of)
    ]


async def _concern_open(session: AnySession, option: Any) -> bool:
    wanted = WantedConcerns(option.provider, still_open=True)
    found = await list_concerns(session, wanted, None, MOST_CONCERNS)
    return any(one.site in {None, option.site} for one in found)
