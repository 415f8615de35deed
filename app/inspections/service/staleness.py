"""Why a result that is in order in itself is not applied: what has gone on since it was made; pure.

A device that is offline cannot know that standards changed, a site closed, a colleague was there.
What it saw is kept as it came, and an officer of the body decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.inspections.schemas.judgements import FoundAtSite
from app.inspections.schemas.results import ResultDocument
from app.inspections.service.judging import Key
from app.inspections.terms import InspectionKind, StaleReason
from app.standards.models import StandardsVersion

NAMED = 5
"""How many things one reason names; the rest are counted."""
NOT_OVERRIDDEN = frozenset({StaleReason.SITE_CLOSED})
"""Reasons for which a result is not applied even where an officer decides to."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A reason, in its code and in words."""

    code: StaleReason
    detail: str


def stale_of(
    document: ResultDocument,
    versions: tuple[StandardsVersion | None, StandardsVersion | None],
    sites: Sequence[Any],
    last: Mapping[Key, Any],
    others: Sequence[FoundAtSite],
    over: str | None,
) -> list[Stale]:
    """Return every reason for which a result is stale.

    Args:
        document: the result.
        versions: of the standards: that it was judged by, and that it is held against.
        sites: that it is of, with `reference` and `closed_on`.
        last: by site and criterion, what was published last.
        others: its judgements of which the inspection holds others.
        over: the state of the inspection it names, where that is judged no more.
    """
    found: list[Stale] = []
    judged_by, against = versions
    if against is None or judged_by is None or judged_by.id != against.id:
        code = against.code if against is not None else "none"
        words = (
            f"It was judged by {document.standards}; in force for {document.visited_on}: {code}."
        )
        found.append(Stale(StaleReason.STANDARDS_NOT_IN_FORCE, words))
    closed = [site for site in sites if _is_closed(site, document)]
    if closed:
        words = _some([f"site {one.reference} closed on {one.closed_on}" for one in closed])
        found.append(Stale(StaleReason.SITE_CLOSED, words))
    later = [
        f"site {one.site}, {one.criterion} in {last[one.site, one.criterion].reference}, "
        f"seen on {last[one.site, one.criterion].seen_on}"
        for one in document.judgements
        if is_later(document, one, last)
    ]
    if later:
        found.append(Stale(StaleReason.LATER_RESULT, _some(later)))
    if over is not None:
        found.append(Stale(StaleReason.INSPECTION_OVER, f"{document.inspection} is {over}."))
    if others:
        words = _some([f"site {one.site}, {one.criterion}" for one in others])
        found.append(Stale(StaleReason.JUDGED_MEANWHILE, words))
    return found


def is_later(document: ResultDocument, one: FoundAtSite, last: Mapping[Key, Any]) -> bool:
    """Say whether evidence seen later than a judgement's was published of the same."""
    there = last.get((one.site, one.criterion))
    if there is None:
        return False
    seen = one.seen_on if one.carried and one.seen_on is not None else document.visited_on
    return bool(there.seen_on > seen)


def outdated(document: ResultDocument, one: FoundAtSite, last: Mapping[Key, Any]) -> bool:
    """Say whether what is carried forward is no longer what was published last."""
    return one.carried and is_later(document, one, last)


def _is_closed(site: Any, document: ResultDocument) -> bool:
    if document.kind is InspectionKind.CLOSURE or site.closed_on is None:
        return False
    return bool(site.closed_on <= document.visited_on)


def _some(things: Sequence[str]) -> str:
    more = f" and {len(things) - NAMED} more" if len(things) > NAMED else ""
    text = "; ".join(things[:NAMED])
    return f"{text[:1].upper()}{text[1:]}{more}."
