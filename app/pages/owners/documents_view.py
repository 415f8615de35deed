"""What the pages on a provider's documents show and ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.pages.evidence_wording import DOCUMENT_STATES, kind_label
from app.pages.filters import format_day
from app.pages.form_page_view import Check, FormAsked, Part
from app.pages.owners.held_records import Own
from app.pages.part_view import PartPage, Row, Section
from app.pages.questions import Kind, Question, shown, whole_number, yes_or_no
from app.pages.standards_wording import EVIDENCE_KINDS
from app.pages.typed_facts import read_pounds, show_pounds
from app.pages.view_models import ActionLink
from app.providers.evidence import INSURANCES, UNLIMITED, DocumentState
from app.standards.terms import EvidenceKind

DOCUMENTS = "documents"
_KEPT_LINE_BY_LINE = frozenset({EvidenceKind.STAFF_CHECKS_RECORD, EvidenceKind.SELF_EVALUATION})
_DAY = "Enter a day with its month and year, like 27 3 2026"


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document of a record, and where it stands today."""

    document: Any
    file: Any | None
    site: int | None
    replaced_by: Any | None
    state: DocumentState


_KIND = Question(
    "kind",
    "What it is",
    "Choose what it is",
    Kind.LIST,
    offered=tuple(
        (kind, kind_label(kind)) for kind in EVIDENCE_KINDS if kind not in _KEPT_LINE_BY_LINE
    ),
    needed=True,
)
_FILE = Question(
    "file",
    "The file",
    "Choose the file",
    Kind.FILE,
    hint="A PDF, a photo (JPEG or PNG) or a Word document (DOCX). Photos taken with a phone will "
    "do, if everything can be read.",
)
_TITLE = Question(
    "title",
    "What you call it",
    "Enter what you call it",
    hint="For example: Public liability 2026 to 2027.",
    needed=True,
)
_DAYS = (
    Question(
        "issued_on",
        "Its date",
        _DAY,
        Kind.DAY,
        hint="The day it was written or begins. Many documents count for a time from this day.",
    ),
    Question("expires_on", "The last day it is good", _DAY, Kind.DAY, hint="If it says one."),
)
_INSURANCE = (
    Question("insurer", "The insurer", "Enter the name of the insurer"),
    Question(
        "limit_pence",
        "The most that is paid for one claim, in pounds",
        "Enter a sum in pounds, like 5,000,000",
        reads=read_pounds,
        mode="decimal",
        classes="govuk-input--width-10",
    ),
    Question(
        "covers_abuse",
        "Are claims of abuse covered?",
        "Say whether claims of abuse are covered",
        Kind.ONE,
        offered=(("yes", "Yes"), ("no", "No, or it does not say")),
        reads=yes_or_no,
    ),
)
_REASON = Question(
    "reason",
    "Why you take it back",
    "Enter why you take it back",
    Kind.PROSE,
    needed=True,
)
_CHECKS = (
    Check(
        "insurer",
        "Enter the name of the insurer",
        lambda answers: answers["kind"] in INSURANCES and not answers["insurer"],
    ),
    Check(
        "expires_on",
        "Enter the last day of cover",
        lambda answers: answers["kind"] in INSURANCES and not answers["expires_on"],
    ),
    Check(
        "limit_pence",
        "Enter the most that is paid for one claim, in pounds",
        lambda answers: (
            answers["kind"] in INSURANCES - UNLIMITED and answers["limit_pence"] is None
        ),
    ),
)


def document_asked(
    own: Own, held: Sequence[HeldDocument], replaces: HeldDocument | None = None
) -> FormAsked:
    """Return the form on which a document is sent.

    Args:
        own: the record.
        held: its documents, whose place the new one may take.
        replaces: the one whose place it is to take, where somebody began from there.
    """
    site = Question(
        "site",
        "Which place it is for",
        "Choose a place from the list",
        Kind.LIST,
        hint="Choose none if it is for the whole provider.",
        offered=tuple((str(one.reference), one.name) for one in own.told.sites),
        reads=whole_number,
    )
    standing = [one for one in held if one.replaced_by is None and _stands(one)]
    place = Question(
        "replaces",
        "Which document it takes the place of",
        "Choose a document from the list",
        Kind.LIST,
        hint="Choose none if it is something new.",
        offered=tuple((str(one.document.id), one.document.title) for one in standing),
    )
    facts = (
        {}
        if replaces is None
        else {
            "kind": replaces.document.kind,
            "site": replaces.site,
            "replaces": replaces.document.id,
            "insurer": replaces.document.insurer,
        }
    )
    first = (_KIND, _FILE, _TITLE, site, *((place,) if standing else ()))
    return FormAsked(
        heading="Send a document",
        parts=(
            Part(first),
            Part(_DAYS, "Its days"),
            Part(_INSURANCE, "If it is an insurance", "Leave this empty for anything else."),
        ),
        button="Send it",
        back=_back(own),
        paragraphs=(
            "Send it once: everybody you share it with sees this one.",
            (
                "Never send a DBS certificate, or anybody's medical details. What was checked of "
                "the people who work for you is kept under Checks on staff."
            ),
        ),
        typed=shown((*first, *_DAYS, *_INSURANCE), facts),
        checks=_CHECKS,
    )


def withdrawing_asked(own: Own, held: HeldDocument) -> FormAsked:
    """Return the form on which a document is taken back."""
    return FormAsked(
        heading=f"Take back {held.document.title}",
        parts=(Part((_REASON,)),),
        button="Take it back",
        back=_back(own),
        warning="It stays on record with your reason, and shows nothing any more. This cannot be "
        "undone.",
        version=held.document.version,
    )


def documents_page(
    own: Own, held: Sequence[HeldDocument], next_url: str | None, first_url: str | None
) -> PartPage:
    """Return the page of a provider's documents.

    Args:
        own: the record.
        held: the documents on this page.
        next_url: leads to more.
        first_url: leads back to the first.
    """
    here = f"{own.address}/{DOCUMENTS}"
    now = [one for one in held if _stands(one) and one.replaced_by is None]
    before = [one for one in held if one not in now]
    sections = [
        Section(
            "What you show",
            tuple(_row(own, one) for one in now),
            when_empty="No document is on record yet.",
            links=(ActionLink("Send a document", f"{here}/add"),) if own.keeps else (),
        )
    ]
    if before:
        rows = tuple(_row(own, one, over=True) for one in before)
        sections.append(Section("Replaced or taken back", rows))
    return PartPage(
        heading="Documents",
        caption=own.held.name,
        back=own.back,
        sections=tuple(sections),
        paragraphs=(
            (
                "Your organisation and the councils that answer for the provider see these, and "
                "the schools and councils you share them with. The public never does."
            ),
        ),
        next_url=next_url,
        first_url=first_url,
    )


def _row(own: Own, held: HeldDocument, *, over: bool = False) -> Row:
    document = held.document
    values = [kind_label(document.kind)]
    site = next((one.name for one in own.told.sites if one.reference == held.site), None)
    if site is not None:
        values.append(f"For {site}")
    if document.current_until is not None:
        values.append(f"Counts until {format_day(document.current_until)}")
    if document.limit_pence is not None:
        values.append(f"{show_pounds(document.limit_pence)} for one claim")
    if document.withdrawn_reason:
        values.append(f"Taken back: {document.withdrawn_reason}")
    elif held.replaced_by is not None:
        values.append("Another document took its place")
    here = f"{own.address}/{DOCUMENTS}"
    links = []
    if held.file is not None:
        opened = f"/v1/provider-records/{own.held.number}/documents/{document.id}/file"
        links.append(ActionLink("Open", opened))
    if own.keeps and not over:
        links += [
            ActionLink("Replace", f"{here}/add?replaces={document.id}"),
            ActionLink("Take back", f"{here}/{document.id}/withdraw"),
        ]
    return Row(document.title, tuple(values), tuple(links), DOCUMENT_STATES[held.state])


def _stands(held: HeldDocument) -> bool:
    return held.state is not DocumentState.WITHDRAWN


def _back(own: Own) -> ActionLink:
    return ActionLink("Documents", f"{own.address}/{DOCUMENTS}")
