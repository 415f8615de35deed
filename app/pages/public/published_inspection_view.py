"""Turn a published inspection into plain words: what was found, what is answered, what is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from app.inspections.schemas.published import (
    ActionPublished,
    AppealPublished,
    FindingPublished,
    PublishedInspection,
    RevisitPublished,
)
from app.inspections.terms import (
    ActionState,
    AppealDecision,
    AppealState,
    EvidenceMethod,
    RevisitState,
)
from app.pages import filters, inspection_wording, wording
from app.pages.view_models import ActionLink, Fact, Frame

ACTIONS = {
    ActionState.OPEN: "to be done by {due}",
    ActionState.EVIDENCE_SENT: "the provider says that it is done; an inspector has yet to look",
    ActionState.VERIFIED: "done, as an inspector saw",
    ActionState.OVERDUE: "overdue since {due}",
}
DECISIONS = {
    AppealDecision.UPHELD: "upheld",
    AppealDecision.PARTLY: "upheld in part",
    AppealDecision.DISMISSED: "dismissed",
}


@dataclass(frozen=True, slots=True)
class FindingView:
    """What was found of a criterion, and what the provider says and does about it."""

    heading: str
    label: str
    colour: str
    seen: str | None
    finding: tuple[str, ...]
    reply: tuple[str, ...]
    reply_on: str | None
    withheld: str | None
    action: str | None


@dataclass(frozen=True, slots=True)
class SiteView:
    """What was found at a site."""

    heading: str
    outcome: str
    colour: str
    meaning: str
    decided_by: tuple[str, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class PublishedInspectionView:
    """A published inspection as everybody reads it."""

    frame: Frame
    title: str
    provider: str
    provider_url: str
    notices: tuple[str, ...]
    facts: tuple[Fact, ...]
    sites: tuple[SiteView, ...]
    follows: tuple[str, ...]
    versions: tuple[ActionLink, ...]
    json_url: str


def build_published_inspection(
    found: PublishedInspection, *, demonstration: bool
) -> PublishedInspectionView:
    """Return the page of one version of a published inspection.

    Args:
        found: as the API answers it.
        demonstration: whether every provider shown is invented.
    """
    document = found.document
    number, reference = quote(document.provider, safe=""), quote(document.reference, safe="")
    address = f"/providers/{number}/inspections/{reference}"
    json_url = f"/v1{address}?version={found.version}"
    kind = wording.label(inspection_wording.KINDS, document.kind)
    return PublishedInspectionView(
        frame=Frame(demonstration=demonstration, json_url=json_url),
        title=f"Inspection {document.reference}",
        provider=document.provider,
        provider_url=f"/providers/{number}",
        notices=tuple(_notices(found)),
        facts=(
            Fact("What it was", (f"{kind[:1].upper()}{kind[1:]}",)),
            Fact("Inspected by", (document.body,)),
            Fact("Day of the inspection", (filters.format_day(document.planned_on),)),
            Fact("Draft sent to the provider", (filters.format_day(document.sent_on),)),
            Fact("Published", (filters.format_day(document.published_on),)),
            Fact("Against", (document.standards,)),
            Fact("Only these criteria", (", ".join(document.criteria),)),
        ),
        sites=tuple(_sites(found)),
        follows=tuple(_follows(found)),
        versions=tuple(_versions(found, address)),
        json_url=json_url,
    )


def _notices(found: PublishedInspection) -> Iterator[str]:
    if found.corrected_by is not None:
        yield (
            f"This is version {found.version}. It was corrected: version {found.corrected_by} "
            "stands in its place."
        )
    for code in found.pending:
        yield wording.label(inspection_wording.PENDING, code)
    if found.pending:
        yield "Decide with caution: what is said here may yet change."


def _sites(found: PublishedInspection) -> Iterator[SiteView]:
    for site, told in found.document.sites.items():
        words = inspection_wording.outcome_words(told.outcome.outcome)
        yield SiteView(
            heading=f"Site {site}",
            outcome=words.label,
            colour=words.colour,
            meaning=words.meaning,
            decided_by=tuple(
                f"{one.criterion}: {wording.label(inspection_wording.BECAUSE, one.because)}"
                for one in told.outcome.decided_by
            ),
            findings=tuple(
                _finding(found, site, number, one) for number, one in told.criteria.items()
            ),
        )


def _finding(
    found: PublishedInspection, site: str, number: str, one: FindingPublished
) -> FindingView:
    label, colour = inspection_wording.JUDGEMENTS[one.judgement]
    reply = found.replies.get(site, {}).get(number)
    withheld = found.withheld_replies.get(site, {}).get(number)
    action = found.actions.get(site, {}).get(number)
    return FindingView(
        heading=f"Criterion {number}",
        label=label,
        colour=colour,
        seen=_seen(one.method, one.seen_on, carried=one.carried),
        finding=_paragraphs(one.finding),
        reply=_paragraphs(reply.reply if reply else None),
        reply_on=filters.format_day(reply.signed_at) if reply else None,
        withheld=inspection_wording.WITHHELD[withheld.because] if withheld else None,
        action=_action(action) if action else None,
    )


def _seen(method: EvidenceMethod | None, day: date | None, *, carried: bool) -> str | None:
    if method is None or day is None:
        return None
    again = "; nobody looked anew" if carried else ""
    return f"Seen {inspection_wording.METHODS[method]} on {filters.format_day(day)}{again}"


def _action(action: ActionPublished) -> str:
    words = ACTIONS[action.state].format(due=filters.format_day(action.due_on))
    return f"Action by {action.role}: {words}."


def _follows(found: PublishedInspection) -> Iterator[str]:
    yield from (_appeal(one) for one in found.appeals)
    yield from (_revisit(one) for one in found.revisits)


def _appeal(appeal: AppealPublished) -> str:
    day = filters.format_day(appeal.appealed_at)
    if appeal.state is AppealState.DECIDED and appeal.decision is not None:
        decided = filters.format_day(appeal.decided_at)
        return f"Appealed on {day}; {DECISIONS[appeal.decision]} on {decided}. {appeal.reason}"
    due = f", to be decided by {filters.format_day(appeal.due_on)}" if appeal.due_on else ""
    return f"Appealed on {day}{due}."


def _revisit(revisit: RevisitPublished) -> str:
    day = filters.format_day(revisit.asked_at)
    if revisit.state is RevisitState.PLANNED:
        return f"Another visit was asked for on {day}, and is planned."
    place = f"; it is number {revisit.place} of those asked for" if revisit.place else ""
    return f"Another visit was asked for on {day}{place}."


def _versions(found: PublishedInspection, address: str) -> Iterator[ActionLink]:
    if len(found.versions) == 1:
        return
    for one in found.versions:
        why = f": {one.correction}" if one.correction else ""
        gone = f" Taken out: {one.taken_out}" if one.taken_out else ""
        day = filters.format_day(one.published_at)
        yield ActionLink(
            f"Version {one.version} of {day}{why}{gone}", f"{address}?version={one.version}"
        )


def _paragraphs(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
