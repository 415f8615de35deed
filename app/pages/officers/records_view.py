"""What the pages of officers on providers' private records are given."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.access import Actor, Permission
from app.pages.filters import format_day
from app.pages.officers.answered_records import RECORDS, Answered
from app.pages.officers.vouching_view import verified_words
from app.pages.part_view import Row
from app.pages.view_models import ActionLink, Frame, PossibleAct
from app.pages.wording import IDENTIFIERS, SITE_KINDS, label, status_words
from app.providers.record_terms import VerifiedSubject
from app.providers.schemas.record import OtherRecordOut, PrivateRecord
from app.providers.schemas.vouching import Times
from app.providers.service.records import Held
from app.providers.terms import Status

STATUSES: Mapping[str, str] = {Status.KNOWN: "Known, and not assessed"} | {
    status.value: status_words(status).label for status in Status if status is not Status.KNOWN
}
DONE: Mapping[str, str] = {
    "verified": "What you found is on record.",
    "invited": "The invitation to claim the record is on its way.",
    "withdrawn": "The invitation to claim the record was withdrawn.",
    "looked-up": "It was looked up. What was found stands beside the number.",
    "linked": "The two are linked.",
    "unlinked": "The link was ended.",
    "ended": "The record is in nobody's hands now.",
}
_STAKE = "you work, or have worked, for its owner. A colleague who has not does this."
SHOWN = (
    ("Documents", "documents"),
    ("Self-evaluations", "self-evaluations"),
    ("Checks on staff", "staff-checks"),
    ("People and how to reach them", "people"),
    ("Inspections", "inspections"),
)
"""What a provider shows, and what was found there, each on a page of its own."""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record in a list."""

    href: str
    name: str
    number: str
    status: str
    owner: str


@dataclass(frozen=True, slots=True)
class RecordsView:
    """The page that lists the records one answers for, by number."""

    frame: Frame
    title: str
    q: str
    statuses: tuple[tuple[str, str, bool], ...]
    rows: tuple[RecordRow, ...]
    next_url: str | None
    first_url: str | None


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a record that can be verified."""

    name: str
    kind: str
    verified: str
    links: tuple[ActionLink, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """The page of one record; `shows` lead to its parts, `alike` to merging it with others."""

    frame: Frame
    title: str
    done: str | None
    facts: tuple[Row, ...]
    shows: tuple[ActionLink, ...]
    parts: tuple[PartView, ...]
    missing: tuple[str, ...]
    alike: tuple[ActionLink, ...]
    acts: tuple[PossibleAct, ...]


def build_records(
    frame: Frame, asked: tuple[str, str], rows: Sequence[Any], pages: tuple[str | None, str | None]
) -> RecordsView:
    """Return the page that lists records.

    Args:
        frame: what surrounds the page.
        asked: words of the name, and a status; empty where all are wanted.
        rows: the records.
        pages: lead to more, and back to the first.
    """
    return RecordsView(
        frame=frame,
        title="Provider records",
        q=asked[0],
        statuses=(
            ("", "Any status", not asked[1]),
            *((code, words, code == asked[1]) for code, words in STATUSES.items()),
        ),
        rows=tuple(
            RecordRow(
                href=f"{RECORDS}/{one.number}",
                name=one.name,
                number=one.number,
                status=STATUSES[one.status],
                owner=one.owner_name or "Nobody has claimed it",
            )
            for one in rows
        ),
        next_url=pages[0],
        first_url=pages[1],
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """What there is to know beside a record.

    Attributes:
        alike: records that may be the same provider's.
        done: the code of what the form that led here did.
        schemes: of numbers that can be looked up where they were given out.
    """

    alike: Sequence[Any]
    done: str | None
    schemes: Collection[str]


def build_record(
    frame: Frame,
    who: tuple[Actor, Answered],
    told: PrivateRecord,
    claim: Any | None,
    beside: Beside,
) -> RecordView:
    """Return the page of one record.

    Args:
        frame: what surrounds the page.
        who: who looks, and at which record.
        told: what it tells.
        claim: the invitation to claim it that is open, if one is.
        beside: what else there is to know.
    """
    actor, record = who
    merges = Permission.DECISIONS_PROPOSE in actor.permissions
    here = record.address
    return RecordView(
        frame=frame,
        title=told.name,
        done=DONE.get(beside.done or ""),
        facts=tuple(_facts(record, told, claim)),
        shows=tuple(ActionLink(words, f"{here}/{end}") for words, end in SHOWN),
        parts=tuple(_parts(record, told, beside.schemes)),
        missing=tuple(one.words for one in told.missing),
        alike=tuple(
            ActionLink(
                f"{one.name} ({one.number})",
                f"{here}/merge?other={one.number}" if merges else f"{RECORDS}/{one.number}",
            )
            for one in beside.alike
        ),
        acts=tuple(_acts(actor, record.held, claim)),
    )


def _facts(record: Answered, told: PrivateRecord, claim: Any | None) -> Iterator[Row]:
    yield Row("Number", (told.number,))
    yield Row("Status", (f"{STATUSES[told.status]}, since {format_day(told.status_since)}",))
    yield Row("Owner", (told.owner.name if told.owner else "Nobody has claimed it",))
    if claim is not None:
        yield Row("Invited to claim it", (claim.organisation,))
    yield Row("Changed", (format_day(told.times.changed_at),))
    confirmed = told.confirmation.confirmed_on
    yield Row("Confirmed by its owner", (format_day(confirmed) if confirmed else "Never",))
    for one in told.predecessors:
        end = ActionLink(
            f"End the link with {one.number}", f"{record.address}/predecessors/{one.id}/end"
        )
        yield Row("Goes on from", _linked(one), (end,) if record.verifies else ())
    for one in told.successors:
        yield Row("Goes on as", _linked(one))
    if told.known_by:
        lines = (f"{one.list_name}: {one.local_result or 'no result'}" for one in told.known_by)
        yield Row("On your own lists", tuple(lines))


def _linked(one: OtherRecordOut) -> tuple[str, ...]:
    since = (f"Since {format_day(one.since)}",) if one.since else ()
    return (f"{one.name} ({one.number})", *since)


def _parts(record: Answered, told: PrivateRecord, schemes: Collection[str]) -> Iterator[PartView]:
    def part(name: str, kind: VerifiedSubject, times: Times, part: Any = None) -> PartView:
        address = record.verify(kind, part)
        links = (ActionLink("Verify", address),) if address else ()
        return PartView(name, _KINDS[kind], verified_words(times.verified), links)

    yield part(told.name, VerifiedSubject.PROVIDER, told.times)
    for one in told.identifiers:
        name = f"{label(IDENTIFIERS, one.scheme)} {one.value}"
        shown = part(name, VerifiedSubject.IDENTIFIER, one.times, one.id)
        if record.verifies and one.scheme in schemes:
            address = f"{record.address}/identifiers/{one.id}/look-up"
            shown = replace(shown, links=(*shown.links, ActionLink("Look it up", address)))
        yield shown
    for site in told.sites:
        name = f"{site.name}, {label(SITE_KINDS, site.kind).lower()}"
        yield part(name, VerifiedSubject.SITE, site.times, site.id)


_KINDS: Mapping[str, str] = {
    VerifiedSubject.PROVIDER: "Provider",
    VerifiedSubject.IDENTIFIER: "Number",
    VerifiedSubject.SITE: "Site",
}


def _acts(actor: Actor, held: Held, claim: Any | None) -> Iterator[PossibleAct]:
    here = f"{RECORDS}/{held.number}"
    why_not = ""
    if Permission.PROVIDERS_INVITE not in actor.permissions:
        why_not = "for an assessor, or an administrator."
    elif not held.judges:
        why_not = _STAKE
    if claim is not None:
        words, end = "Withdraw the invitation to claim it", "withdraw-claim"
    elif held.owner_id is not None:
        words, end = "End its ownership", "end-ownership"
    else:
        words, end = "Invite its owner to claim it", "invite"
    yield PossibleAct(words, None if why_not else f"{here}/{end}", why_not)
    why_not = ""
    if Permission.PROVIDERS_VERIFY not in actor.permissions:
        why_not = "for somebody with the role of assessor."
    elif not held.judges:
        why_not = _STAKE
    link = "Say which provider it goes on from"
    yield PossibleAct(link, None if why_not else f"{here}/predecessors/add", why_not)
    for words, end in (
        ("Make one record of this and another", "merge"),
        ("Take a published fact out of the log", "redactions/add"),
    ):
        proposes = Permission.DECISIONS_PROPOSE in actor.permissions
        why_not = "" if proposes else "for somebody with the role of assessor."
        yield PossibleAct(words, f"{here}/{end}" if proposes else None, why_not)
