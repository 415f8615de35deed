"""Where listings and their provider stand on a day, and when time alone will change that.

Pure: everything follows from what is handed in, so that the answer for a day can be had before it
comes, and again long after. Days are days in London.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Protocol

from app.providers.terms import BEST_FIRST, ON_REGISTER, ListingState, PublicReason, Status

_A_DAY = timedelta(days=1)
_GRACE_ENDS_FOR = frozenset({ListingState.LISTED, ListingState.LISTED_WITH_ACTIONS})
_CLOSES_WITH_ITS_SITE = ON_REGISTER - {ListingState.SUSPENDED}


class ListingFacts(Protocol):
    """What is asked of a listing; a row of the table will do."""

    @property
    def id(self) -> uuid.UUID:
        """Its key."""
        ...

    @property
    def site_id(self) -> uuid.UUID:
        """Of the site it is for."""
        ...

    @property
    def state(self) -> str:
        """Where it stood when it last moved."""
        ...

    @property
    def state_since(self) -> date:
        """The first day of that state."""
        ...

    @property
    def next_state(self) -> str | None:
        """Announced for a later day."""
        ...

    @property
    def next_on(self) -> date | None:
        """The first day of the next state."""
        ...

    @property
    def listed_on(self) -> date | None:
        """Its first day on the register; never public without one."""
        ...


class DocumentFacts(Protocol):
    """What is asked of a document."""

    @property
    def site_id(self) -> uuid.UUID | None:
        """The site it is about; `None` for the provider as a whole."""
        ...

    @property
    def kind(self) -> str:
        """As the standards name evidence."""
        ...

    @property
    def current_until(self) -> date | None:
        """The last day it counts; `None` where it does not lapse."""
        ...

    @property
    def gone_on(self) -> date | None:
        """The day on which it was withdrawn, or its file found infected."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """A state, and its first day."""

    state: ListingState
    since: date


class EvidenceResult(StrEnum):
    """What the evidence that was handed in says of a listing on a day."""

    CURRENT = "current"
    OUT_OF_DATE = "out-of-date"
    NONE_HELD = "none-held"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whether a listing's critical evidence is current.

    Attributes:
        result: current, out of date, or none held.
        since: the first day on which something critical had lapsed; only when out of date.
        lapsed: the kinds that have, in order of the alphabet.
    """

    result: EvidenceResult
    since: date | None = None
    lapsed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """What the service itself must do to a listing, because a day has come.

    Attributes:
        to_state: where it moves.
        effective_on: the day it held; it may have passed.
        public_reason: why.
        announced: whether it was decided before, for that day.
    """

    to_state: ListingState
    effective_on: date
    public_reason: PublicReason | None
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything by which a provider's standing can change with time.

    Attributes:
        listings: those that were, or are decided to be, on the register.
        documents: of the provider.
        critical: of each critical criterion, the kinds of evidence any of which show it.
        grace_days: from the first day of a lapse to the day it is looked into; `None`: never.
        closed_on: by site, the first day it was shut.
        further: other days on which something ends that its record tells, such as an offer.
    """

    listings: Sequence[ListingFacts]
    documents: Sequence[DocumentFacts] = ()
    critical: Collection[frozenset[str]] = ()
    grace_days: int | None = None
    closed_on: Mapping[uuid.UUID, date] | None = None
    further: Collection[date] = ()


def standing_on(listing: ListingFacts, day: date) -> Standing:
    """Return where a listing stands on a day, given what was decided so far.

    For days before its present state began, that state is returned all the same: its past is in
    its moves.
    """
    if listing.next_state is not None and listing.next_on is not None and listing.next_on <= day:
        return Standing(ListingState(listing.next_state), listing.next_on)
    return Standing(ListingState(listing.state), listing.state_since)


def public_standings(listings: Iterable[ListingFacts], day: date) -> list[Standing]:
    """Return where those listings stand that are, or were, on the register on a day."""
    standings = (standing_on(one, day) for one in listings if one.listed_on is not None)
    return [standing for standing in standings if standing.state in BEST_FIRST]


def provider_status_on(listings: Iterable[ListingFacts], day: date) -> Status:
    """Return where a provider stands on a day: as the best of its listings; else only known."""
    states = {standing.state for standing in public_standings(listings, day)}
    best = next((state for state in BEST_FIRST if state in states), None)
    return Status(best.value) if best else Status.KNOWN


def status_since_on(listings: Iterable[ListingFacts], day: date) -> date | None:
    """Return the day from which the provider's status of a day surely held; `None` if only known.

    Where the best is the best there is, since the first listing stood so. Else since the last of
    them came to where it stands: before, that one may have stood better.
    """
    standings = public_standings(listings, day)
    status = provider_status_on(listings, day)
    if not standings:
        return None
    if status.value == BEST_FIRST[0].value:
        return min(one.since for one in standings if one.state is BEST_FIRST[0])
    return max(one.since for one in standings)


def evidence_on(
    documents: Iterable[DocumentFacts],
    critical: Collection[frozenset[str]],
    site_id: uuid.UUID,
    day: date,
) -> Evidence:
    """Return whether what is held of critical evidence for a site is current on a day.

    A kind of which nothing was ever handed in says nothing here: whether it should have been is
    for whoever decides. Taking back what was handed in is no way round a lapse: it is one, from
    that day, unless something of another kind shows the same criterion.

    Args:
        documents: of the provider.
        critical: of each critical criterion, the kinds of evidence any of which show it.
        site_id: documents of other sites do not count.
        day: the day.
    """
    last_days = _last_days(documents, critical, site_id)
    if not last_days:
        return Evidence(EvidenceResult.NONE_HELD)
    lapsed = {kind: last for kind, last in last_days.items() if last is not None and last < day}
    if not lapsed:
        return Evidence(EvidenceResult.CURRENT)
    since = min(lapsed.values()) + _A_DAY
    return Evidence(EvidenceResult.OUT_OF_DATE, since, tuple(sorted(lapsed)))


def grace_end(since: date, days: int) -> date:
    """Return the first day on which a lapse has lasted too long: so many days after its first."""
    return since + timedelta(days=days)


def due_on(picture: Picture, listing: ListingFacts, day: date) -> Due | None:
    """Return what has come due for a listing by a day and is not yet done.

    What was decided for a day goes before what follows from a lapse. A lapse whose grace had ended
    before the present state began was known to whoever decided on that state.
    """
    if listing.next_state is not None and listing.next_on is not None and listing.next_on <= day:
        return Due(ListingState(listing.next_state), listing.next_on, None, announced=True)
    closed_on = (picture.closed_on or {}).get(listing.site_id)
    if closed_on is not None and closed_on <= day and listing.state in _CLOSES_WITH_ITS_SITE:
        on = max(closed_on, listing.state_since)
        return Due(ListingState.CLOSED, on, PublicReason.NO_LONGER_OPERATING)
    ends = review_comes_on(picture, listing, day)
    if ends is not None and ends <= day:
        return Due(ListingState.UNDER_REVIEW, ends, PublicReason.EVIDENCE_OUT_OF_DATE)
    return None


def review_comes_on(picture: Picture, listing: ListingFacts, day: date) -> date | None:
    """Return the day on which a lapse there is on `day` puts a listing under review; else `None`.

    It does not where its grace had ended before the present state began.
    """
    ends = _grace_ends(picture, listing, day)
    return ends if ends is not None and listing.state_since < ends else None


def next_change_on(picture: Picture, day: date) -> date | None:
    """Return the next day on which time alone changes any of this; `None` if none will.

    Until then everything here, asked for any day, is as on `day`.
    """
    candidates: list[date | None] = [*picture.further, *(picture.closed_on or {}).values()]
    for listing in picture.listings:
        candidates.append(listing.next_on)
        if standing_on(listing, day).state not in ON_REGISTER and listing.next_on is None:
            continue
        lasts = _last_days(picture.documents, picture.critical, listing.site_id)
        for last in lasts.values():
            if last is not None:
                lapses = last + _A_DAY
                candidates.append(lapses)
                if picture.grace_days is not None:
                    candidates.append(grace_end(lapses, picture.grace_days))
    return min((one for one in candidates if one is not None and one > day), default=None)


def turns_on(picture: Picture, day: date) -> date | None:
    """Return the day by which the service must look again.

    It is this one if something is due and not done, or the next on which time changes anything.
    """
    if any(due_on(picture, listing, day) for listing in picture.listings):
        return day
    return next_change_on(picture, day)


def _grace_ends(picture: Picture, listing: ListingFacts, day: date) -> date | None:
    if picture.grace_days is None or listing.state not in _GRACE_ENDS_FOR:
        return None
    evidence = evidence_on(picture.documents, picture.critical, listing.site_id, day)
    return grace_end(evidence.since, picture.grace_days) if evidence.since else None


def _last_days(
    documents: Iterable[DocumentFacts], critical: Collection[frozenset[str]], site_id: uuid.UUID
) -> dict[str, date | None]:
    """Return the last day on which each kind that is held counts; `None`: it does not lapse."""
    asked = frozenset[str]().union(*critical)
    about = [one for one in documents if one.kind in asked and one.site_id in {None, site_id}]
    stand = _latest(one for one in about if one.gone_on is None)
    gone = _latest(one for one in about if one.gone_on is not None and one.kind not in stand)
    missed = frozenset[str]().union(*(kinds for kinds in critical if kinds.isdisjoint(stand)))
    return stand | {kind: last for kind, last in gone.items() if kind in missed}


def _latest(documents: Iterable[DocumentFacts]) -> dict[str, date | None]:
    found: dict[str, date | None] = {}
    for document in documents:
        until: Any = document.current_until
        if document.gone_on is not None:
            last = document.gone_on - _A_DAY
            until = last if until is None else min(until, last)
        if document.kind in found:
            earlier = found[document.kind]
            until = None if earlier is None or until is None else max(earlier, until)
        found[document.kind] = until
    return found
