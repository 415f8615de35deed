"""What the pages on which officers see what a provider shows are given."""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.files.terms import FileState
from app.pages.evidence_wording import CHECK_KINDS, DOCUMENT_STATES, kind_label
from app.pages.filters import count, format_day
from app.pages.officers.answered_records import Answered
from app.pages.officers.evaluations_view import Said
from app.pages.officers.vouching_view import verified_words
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.records_wording import CONTACT_KINDS, PERSON_KINDS
from app.pages.typed_facts import show_pounds
from app.pages.view_models import ActionLink
from app.providers.evidence import DocumentState
from app.providers.record_terms import PersonSource, VerifiedSubject
from app.providers.schemas.documents import DocumentOut
from app.providers.schemas.staff import StaffCounts, StaffMemberOut, StaffRecord

SOURCES: Mapping[str, str] = {
    PersonSource.OWNER: "Named by the owner",
    PersonSource.AUTHORITY: "Named by an authority",
    PersonSource.COMPANIES_HOUSE: "Named at Companies House",
    PersonSource.CHARITY_COMMISSION: "Named at the Charity Commission",
}
_TO_LOOK_AT: Mapping[DocumentState, str] = {
    DocumentState.OUT_OF_DATE: "out of date",
    DocumentState.EXPIRING: "running out soon",
    DocumentState.NOT_YET: "good from a later day on",
}
_NOT_HANDED_OUT: Mapping[str, str] = {
    FileState.QUARANTINED: "Its file waits to be scanned, and cannot be opened yet",
    FileState.INFECTED: "Its file was found harmful, and was removed",
}


def documents_page(
    record: Answered,
    documents: Sequence[DocumentOut],
    next_url: str | None,
    first_url: str | None,
) -> PartPage:
    """Return the page of a provider's documents.

    Args:
        record: whose.
        documents: those on this page, the newest first.
        next_url: leads to more.
        first_url: leads back to the first.
    """
    before = [one for one in documents if one.withdrawn_at or one.replaced_by]
    now = [one for one in documents if one not in before]
    sections = [
        Section(
            "What stands",
            tuple(_document(record, one) for one in now),
            when_empty="No document stands on record.",
        )
    ]
    if before:
        rows = tuple(_document(record, one) for one in before)
        sections.append(Section("Replaced or taken back", rows))
    return PartPage(
        heading="Documents",
        caption=record.held.name,
        back=record.back,
        sections=tuple(sections),
        paragraphs=("The provider can see who of your organisation opened which file, and when.",),
        next_url=next_url,
        first_url=first_url,
    )


def staff_page(record: Answered, told: StaffRecord) -> PartPage:
    """Return the page that says how far those who work with children are checked.

    Certificates are never kept, and checks are summed up here: how many, and what is due.
    """
    counts = told.counts
    numbers = (
        Row("Work with children", (_people(counts.members).capitalize(),)),
        Row("In regulated activity", (_people(counts.in_regulated_activity).capitalize(),)),
        Row("Something is due of", (_people(counts.members - counts.nothing_due).capitalize(),)),
    )
    due = tuple(
        Row(CHECK_KINDS[kind], (f"Of {_people(number)}",))
        for kind, number in sorted(counts.due.items())
    )
    sections = [
        Section(f"On {format_day(told.day)}", numbers),
        Section("What is due", due, when_empty="Nothing is due."),
    ]
    if told.members is not None:
        members = tuple(_member(one) for one in told.members)
        sections.append(Section("Of whom", members, when_empty="Nobody is on record."))
    return PartPage(
        heading="Checks on staff",
        caption=record.held.name,
        back=record.back,
        sections=tuple(sections),
    )


def people_page(record: Answered, people: Sequence[Any], contacts: Sequence[Any]) -> PartPage:
    """Return the page of who is or was behind a provider, and how they are reached."""
    return PartPage(
        heading="People and how to reach them",
        caption=record.held.name,
        back=record.back,
        sections=(
            Section(
                "Who is or was behind it",
                tuple(_person(record, one) for one in people),
                when_empty="Nobody is named.",
            ),
            Section(
                "How they are reached",
                tuple(Row(CONTACT_KINDS[one.kind], (one.value,)) for one in contacts),
                when_empty="Nothing is said.",
            ),
        ),
        paragraphs=("Nothing on this page is ever public.",),
    )


def summary(
    record: Answered,
    site: int,
    documents: Sequence[DocumentOut],
    said: Said,
    counts: StaffCounts,
) -> tuple[Row, ...]:
    """Return what an assessor sees of it all on the page of an application.

    Args:
        record: the provider's.
        site: which site applies.
        documents: of the provider.
        said: what it says itself of the site.
        counts: how far those who work with children are checked.
    """
    standing = [
        one
        for one in documents
        if one.site in {None, site} and not one.withdrawn_at and not one.replaced_by
    ]
    states = Counter(one.state for one in standing)
    told = ["No document stands on record."]
    if standing:
        told = [count(len(standing), "document stands", "documents stand")]
    told += [
        f"{number} {words}" for state, words in _TO_LOOK_AT.items() if (number := states[state])
    ]
    checked = "Nobody is on record."
    if counts.members:
        due = counts.members - counts.nothing_due
        checked = f"{_people(counts.members)} on record; something is due of {_people(due)}"

    def look_at(end: str) -> tuple[ActionLink, ...]:
        return (ActionLink("Look at", f"{record.address}/{end}"),)

    return (
        Row("Documents", tuple(told), look_at("documents")),
        Row("Self-evaluation of the site", said.words(), said.links(record)),
        Row("Checks on staff", (checked,), look_at("staff-checks")),
        Row("People behind it", ("Who they are, and how they are reached",), look_at("people")),
    )


def _people(number: int) -> str:
    return count(number, "person", "people") if number else "nobody"


def _document(record: Answered, one: DocumentOut) -> Row:
    values = (
        kind_label(one.kind),
        *_said_of(record, one),
        *one.warnings,
        *_became(one),
        verified_words(record.verified.get((VerifiedSubject.DOCUMENT, one.id))),
    )
    links = []
    if one.file is not None and one.file.state not in _NOT_HANDED_OUT:
        links.append(ActionLink("Open", f"/v1{record.address}/documents/{one.id}/file"))
    links += _verify(record, VerifiedSubject.DOCUMENT, one.id)
    tag = DOCUMENT_STATES[one.state] if one.replaced_by is None else None
    return Row(one.title, values, tuple(links), tag)


def _verify(record: Answered, kind: VerifiedSubject, part: uuid.UUID) -> Iterator[ActionLink]:
    address = record.verify(kind, part)
    if address is not None:
        yield ActionLink("Verify", address)


def _said_of(record: Answered, one: DocumentOut) -> Iterator[str]:
    if one.site is not None:
        yield f"For {record.site(one.site)}"
    if one.issued_on is not None:
        yield f"Of {format_day(one.issued_on)}"
    if one.current_until is not None:
        yield f"Counts until {format_day(one.current_until)}"
    if one.insurer is not None:
        yield f"Insured with {one.insurer}"
    if one.limit_pence is not None:
        yield f"{show_pounds(one.limit_pence)} for one claim"


def _became(one: DocumentOut) -> Iterator[str]:
    if one.withdrawn_at is not None:
        yield f"Taken back on {format_day(one.withdrawn_at)}: {one.withdrawn_reason}"
    elif one.replaced_by is not None:
        yield "Another document took its place"
    if one.file is None:
        yield "Recorded without a file"
    elif one.file.state in _NOT_HANDED_OUT:
        yield _NOT_HANDED_OUT[one.file.state]


def _member(one: StaffMemberOut) -> Row:
    due = tuple(CHECK_KINDS[each.kind] for each in one.due)
    tag = TagView("Nothing due", "green")
    if due:
        tag = TagView(f"{count(len(due), 'check is', 'checks are')} due", "yellow")
    return Row(one.name, (one.duties, *((f"Due: {', '.join(due)}",) if due else ())), tag=tag)


def _person(record: Answered, one: Any) -> Row:
    values = [PERSON_KINDS[one.kind], SOURCES[one.source]]
    if one.appointed_on is not None:
        values.append(f"Since {format_day(one.appointed_on)}")
    if one.ended_on is not None:
        values.append(f"Until {format_day(one.ended_on)}")
    values.append(verified_words(record.verified.get((VerifiedSubject.PERSON, one.id))))
    return Row(one.name, tuple(values), tuple(_verify(record, VerifiedSubject.PERSON, one.id)))
