"""An inspection as it is published: a fixed list of public things, as JSON and as plain text; pure.

Never in it: anybody's name, notes, files, or why the inspection was planned.
"""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from app.inspections.outcome import Asked, Judged, OutcomeRule, SiteOutcome, site_outcome
from app.inspections.terms import NOT_LOOKED_AT, EvidenceMethod, Judgement
from app.standards.terms import Force, Gate

_WIDTH = 76


def compose(
    inspection: Mapping[str, Any],
    asked: Mapping[int, Iterable[Asked]],
    found: Mapping[int, Mapping[str, Any]],
    rule: OutcomeRule,
    day: date,
) -> dict[str, Any]:
    """Return what is public of an inspection.

    Args:
        inspection: `reference`, `kind`, `planned_on`, `sent_on`, `published_on`, `provider` (its
            number), `body`, `standards`, and `criteria`, where only some were looked at.
        asked: by a site's reference, the criteria looked at there.
        found: by site and criterion, rows with `judgement`, `finding`, `method`, `seen_on` and
            `carried`.
        rule: the figures of the outcome rule.
        day: on which it is published, in London.
    """
    return {
        **{name: _plain(value) for name, value in inspection.items()},
        "sites": {
            str(site): {
                "outcome": _outcome(site_outcome(criteria, _judged(found[site]), rule, day)),
                "criteria": {number: _found(row) for number, row in found[site].items()},
            }
            for site, criteria in asked.items()
        },
    }


def asked_of(criteria: Iterable[Any]) -> list[Asked]:
    """Return criteria as the outcome rule takes them."""
    return [Asked(one.number, Gate(one.gate), Force(one.force)) for one in criteria]


def as_text(
    document: Mapping[str, Any],
    notes: Iterable[str] = (),
    replies: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> str:
    """Return a published inspection as plain text, complete and in lines of readable length.

    Args:
        document: as `compose` made it.
        notes: what is to be said before it, such as that it was corrected.
        replies: by site and criterion, what the provider says to a finding.
    """
    lines = [
        f"Inspection {document['reference']} of provider {document['provider']}",
        *notes,
        "",
        f"Kind: {document['kind']}",
        f"Inspected by: {document['body']}",
        f"Day of the inspection: {document['planned_on']}",
        f"Published: {document['published_on']}",
        f"Standards: {document['standards']}",
    ]
    if document["criteria"]:
        lines.append(f"Only these criteria were looked at: {', '.join(document['criteria'])}")
    for site, told in document["sites"].items():
        lines += ["", f"Site {site}", *_outcome_lines(told["outcome"])]
        for number, found in told["criteria"].items():
            lines += ["", *_finding_lines(number, found)]
            if reply := replies.get(site, {}).get(number):
                lines += ["  The provider replies:", *_indented(reply)]
    wrapped = (textwrap.fill(line, _WIDTH, subsequent_indent="  ") for line in lines)
    return "\n".join(wrapped) + "\n"


def _outcome_lines(outcome: Mapping[str, Any]) -> Iterator[str]:
    yield f"Outcome: {outcome['outcome']}"
    if outcome["valid_until"]:
        yield f"Until {outcome['valid_until']}, then: {outcome['next_outcome']}"
    for one in outcome["decided_by"]:
        yield f"Decided by: {one['criterion']} ({one['because']})"


def _finding_lines(number: str, found: Mapping[str, Any]) -> Iterator[str]:
    yield f"{number}: {found['judgement']}"
    if found["seen_on"]:
        carried = ", carried forward" if found["carried"] else ""
        yield f"  Seen {found['seen_on']}, {found['method']}{carried}"
    yield from _indented(found["finding"] or "")


def _indented(text: str) -> Iterator[str]:
    return (f"  {line.strip()}" for line in text.splitlines() if line.strip())


def _judged(found: Mapping[str, Any]) -> list[Judged]:
    return [
        Judged(
            number,
            Judgement(row.judgement),
            row.seen_on,
            EvidenceMethod(row.method) if row.judgement not in NOT_LOOKED_AT else None,
        )
        for number, row in found.items()
    ]


def _outcome(told: SiteOutcome) -> dict[str, Any]:
    return {
        "outcome": told.outcome.value,
        "decided_by": [
            {
                "criterion": one.number,
                "judgement": one.judgement.value if one.judgement else None,
                "because": one.because.value,
            }
            for one in told.decided_by
        ],
        "valid_until": _plain(told.valid_until),
        "next_outcome": told.next_outcome.value if told.next_outcome else None,
    }


def _found(row: Any) -> dict[str, Any]:
    return {
        "judgement": row.judgement,
        "finding": row.finding,
        "method": row.method,
        "seen_on": _plain(row.seen_on),
        "carried": row.carried,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
