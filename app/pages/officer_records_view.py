"""What the pages of officers on providers' private records are given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.access import Actor, Permission
from app.pages.answered_records import RECORDS
from app.pages.filters import format_day
from app.pages.own_form import Ask, Kind, OwnForm, Typed, one_of
from app.pages.view_models import ActionLink, Fact, Frame, PossibleAct
from app.pages.wording import IDENTIFIERS, SITE_KINDS, label, status_words
from app.providers.record_terms import ClaimantKnown, VerifiedHow, VerifiedSubject
from app.providers.schemas.record import PrivateRecord
from app.providers.service.records import Held
from app.providers.terms import Status

STATUSES: Mapping[str, str] = {Status.KNOWN: "Known, and not assessed"} | {
    status.value: status_words(status).label for status in Status if status is not Status.KNOWN
}
HOW: Mapping[str, str] = {
    VerifiedHow.SEEN: "I saw it",
    VerifiedHow.OFFICIAL_REGISTER: "In an official register",
    VerifiedHow.COMPANIES_HOUSE: "At Companies House",
    VerifiedHow.CHARITY_COMMISSION: "At the Charity Commission",
    VerifiedHow.TELEPHONE: "By telephone",
    VerifiedHow.OTHER: "In another way",
}
CLAIMANT: Mapping[str, str] = {
    ClaimantKnown.KNOWN_PHONE: "By a telephone number we knew before",
    ClaimantKnown.KNOWN_ADDRESS: "By an address we knew before",
    ClaimantKnown.IN_PERSON: "In person",
    ClaimantKnown.OFFICIAL_REGISTER: "From an official register",
    ClaimantKnown.OTHER: "In another way",
}
_FOUND_HOW: Mapping[str, str] = {
    VerifiedHow.SEEN: "seen",
    VerifiedHow.OFFICIAL_REGISTER: "in an official register",
    VerifiedHow.COMPANIES_HOUSE: "at Companies House",
    VerifiedHow.CHARITY_COMMISSION: "at the Charity Commission",
    VerifiedHow.TELEPHONE: "by telephone",
    VerifiedHow.OTHER: "in another way",
}
DONE: Mapping[str, str] = {
    "verified": "What you found is on record.",
    "invited": "The invitation to claim the record is on its way.",
    "withdrawn": "The invitation to claim the record was withdrawn.",
    "ended": "The record is in nobody's hands now.",
}
SHOWN = (
    ("Documents", "documents"),
    ("Self-evaluations", "self-evaluations"),
    ("Checks on staff", "staff-checks"),
    ("People and how to reach them", "people"),
)
"""What a provider shows, each on a page of its own."""
_NOTE = "Kept on record, for authorities alone."


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
    verify_url: str | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """The page of one record; `shows` lead to its parts, `alike` to merging it with others."""

    frame: Frame
    title: str
    done: str | None
    facts: tuple[Fact, ...]
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


def build_record(
    frame: Frame,
    who: tuple[Actor, Held],
    told: PrivateRecord,
    claim: Any | None,
    beside: tuple[Sequence[Any], str | None],
) -> RecordView:
    """Return the page of one record.

    Args:
        frame: what surrounds the page.
        who: who looks, and what they are to the record.
        told: the record.
        claim: the invitation to claim it that is open, if one is.
        beside: records that may be the same provider's, and the code of what was done.
    """
    actor, held = who
    alike, done = beside
    merges = Permission.DECISIONS_PROPOSE in actor.permissions
    here = f"{RECORDS}/{held.number}"
    return RecordView(
        frame=frame,
        title=told.name,
        done=DONE.get(done or ""),
        facts=tuple(_facts(told, claim)),
        shows=tuple(ActionLink(words, f"{here}/{end}") for words, end in SHOWN),
        parts=tuple(_parts(actor, held, told)),
        missing=tuple(one.words for one in told.missing),
        alike=tuple(
            ActionLink(
                f"{one.name} ({one.number})",
                f"{here}/merge?other={one.number}" if merges else f"{RECORDS}/{one.number}",
            )
            for one in alike
        ),
        acts=tuple(_acts(actor, held, claim)),
    )


def verify_form(held: Held, part: str) -> OwnForm:
    """Return the form on which an officer says what they found of a part of a record."""
    right = [("true", "It is right", None), ("false", "It is wrong", None)]
    how = [(code, words, None) for code, words in HOW.items()]
    return OwnForm(
        heading=f"Verify: {part}",
        back=ActionLink(held.name, f"{RECORDS}/{held.number}"),
        button="Keep this",
        asks=(
            Ask(Kind.ONE, "held", "What did you find?", "Choose what you found", offered=right),
            Ask(Kind.ONE, "how", "How did you make sure?", "Choose how", offered=how),
            Ask(Kind.LONG, "note", "What you saw", "Say what you saw", _NOTE),
        ),
        facts=(Fact("Provider", (f"{held.name} ({held.number})",)),),
    )


def invite_form(held: Held) -> OwnForm:
    """Return the form on which a provider is invited to claim its record."""
    how = [(code, words, None) for code, words in CLAIMANT.items()]
    return OwnForm(
        heading=f"Invite the owner of {held.name} to claim its record",
        back=ActionLink(held.name, f"{RECORDS}/{held.number}"),
        button="Invite them",
        asks=(
            Ask(Kind.LINE, "owner", "Name of the owner", "Enter the owner's name"),
            Ask(Kind.LINE, "name", "Who will keep the record for it", "Enter a person's name"),
            Ask(Kind.LINE, "email", "Their e-mail address", "Enter an e-mail address"),
            Ask(
                Kind.ONE,
                "verified_how",
                "How did you make sure who they are?",
                "Choose how you made sure who they are",
                offered=how,
            ),
            Ask(Kind.LONG, "verified_note", "What you saw or heard", "Say it shorter", _NOTE),
        ),
        paragraphs=("Make sure who they are before you invite them.",),
        inside=("contact",),
    )


def read_claim(typed: Typed) -> dict[str, object]:
    """Return what a form says of an owner, by the members of `NewClaim`."""
    return {
        "owner": {"name": one_of(typed, "owner")},
        "contact": {"name": one_of(typed, "name"), "email": one_of(typed, "email")},
        "verified_how": one_of(typed, "verified_how"),
        "verified_note": one_of(typed, "verified_note"),
    }


def withdraw_form(held: Held, claim: Any) -> OwnForm:
    """Return the form on which an invitation to claim a record is withdrawn."""
    return OwnForm(
        heading="Withdraw the invitation to claim this record",
        back=ActionLink(held.name, f"{RECORDS}/{held.number}"),
        button="Withdraw it",
        facts=(Fact("Provider", (held.name,)), Fact("Invited", (claim.organisation,))),
    )


def end_form(held: Held) -> OwnForm:
    """Return the form on which a record is taken out of its owner's hands."""
    return OwnForm(
        heading=f"Take the record out of the hands of {held.owner_name}",
        back=ActionLink(held.name, f"{RECORDS}/{held.number}"),
        button="End its ownership",
        asks=(Ask(Kind.LONG, "reason", "Why", "Say why", "Its owner can read it."),),
        facts=(Fact("Provider", (f"{held.name} ({held.number})",)),),
        warning="At once, nobody of the owner's sees or keeps the record any more.",
    )


def _facts(told: PrivateRecord, claim: Any | None) -> Iterator[Fact]:
    yield Fact("Number", (told.number,))
    yield Fact("Status", (f"{STATUSES[told.status]}, since {format_day(told.status_since)}",))
    yield Fact("Owner", (told.owner.name if told.owner else "Nobody has claimed it",))
    if claim is not None:
        yield Fact("Invited to claim it", (claim.organisation,))
    yield Fact("Changed", (format_day(told.times.changed_at),))
    confirmed = told.confirmation.confirmed_on
    yield Fact("Confirmed by its owner", (format_day(confirmed) if confirmed else "Never",))
    for words, others in (("Goes on from", told.predecessors), ("Goes on as", told.successors)):
        if others:
            yield Fact(words, tuple(f"{one.name} ({one.number})" for one in others))
    if told.known_by:
        lines = (f"{one.list_name}: {one.local_result or 'no result'}" for one in told.known_by)
        yield Fact("On your own lists", tuple(lines))


def _parts(actor: Actor, held: Held, told: PrivateRecord) -> Iterator[PartView]:
    here = f"{RECORDS}/{held.number}/verify" if _may_verify(actor, held) else None

    def part(name: str, kind: VerifiedSubject, times: Any, part_id: Any = None) -> PartView:
        address = None
        if here is not None:
            address = f"{here}?kind={kind}" + (f"&part={part_id}" if part_id else "")
        return PartView(name, _KINDS[kind], _verified(times.verified), address)

    yield part(told.name, VerifiedSubject.PROVIDER, told.times)
    for one in told.identifiers:
        name = f"{label(IDENTIFIERS, one.scheme)} {one.value}"
        yield part(name, VerifiedSubject.IDENTIFIER, one.times, one.id)
    for site in told.sites:
        name = f"{site.name}, {label(SITE_KINDS, site.kind).lower()}"
        yield part(name, VerifiedSubject.SITE, site.times, site.id)


_KINDS: Mapping[str, str] = {
    VerifiedSubject.PROVIDER: "Provider",
    VerifiedSubject.IDENTIFIER: "Number",
    VerifiedSubject.SITE: "Site",
}


def _verified(one: Any | None) -> str:
    if one is None:
        return "Nobody has made sure of it"
    by = f", by {one.person}" if one.person else ""
    found = "Found right" if one.held else "Found wrong"
    return f"{found} on {format_day(one.verified_on)}{by}: {_FOUND_HOW[one.how]}"


def _may_verify(actor: Actor, held: Held) -> bool:
    return bool(held.judges) and Permission.PROVIDERS_VERIFY in actor.permissions


def _acts(actor: Actor, held: Held, claim: Any | None) -> Iterator[PossibleAct]:
    here = f"{RECORDS}/{held.number}"
    why_not = ""
    if Permission.PROVIDERS_INVITE not in actor.permissions:
        why_not = "for an assessor, or an administrator."
    elif not held.judges:
        why_not = "you work, or have worked, for its owner. A colleague who has not does this."
    if claim is not None:
        words, end = "Withdraw the invitation to claim it", "withdraw-claim"
    elif held.owner_id is not None:
        words, end = "End its ownership", "end-ownership"
    else:
        words, end = "Invite its owner to claim it", "invite"
    yield PossibleAct(words, None if why_not else f"{here}/{end}", why_not)
    for words, end in (
        ("Make one record of this and another", "merge"),
        ("Take a published fact out of the log", "redactions/add"),
    ):
        proposes = Permission.DECISIONS_PROPOSE in actor.permissions
        why_not = "" if proposes else "for somebody with the role of assessor."
        yield PossibleAct(words, f"{here}/{end}" if proposes else None, why_not)
