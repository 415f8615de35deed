"""What the pages on whole results in one file show and ask."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from app.errors import FieldFault
from app.inspections.schemas.results import ResultDocument, ResultList, ResultOut
from app.inspections.terms import ResultStatus
from app.pages.filters import format_day, format_moment
from app.pages.form_page_view import FormAsked, Part
from app.pages.officers.quality.forms import HERE, INSPECTIONS
from app.pages.officers.quality.wording import RESULTS as STATUSES
from app.pages.part_view import PartPage, Row, Section
from app.pages.questions import Kind, Question
from app.pages.view_models import ActionLink, Fact

RESULTS = "/inspection-results"
_BACK = ActionLink("Results that came in one file", RESULTS)
MEMBERS: Mapping[str, str] = {
    "schema": "What the file says it is",
    "reference": "Your own name for the result",
    "provider": "The provider",
    "kind": "The kind of inspection",
    "sites": "The sites",
    "standards": "The standards",
    "visited_on": "The day of the visit",
    "inspection": "The planned inspection",
    "inspectors": "The inspectors",
    "criteria": "The criteria",
    "judgements": "The judgements",
    "judgement": "what was found",
    "finding": "what was seen",
    "note": "the note",
    "method": "how it was seen",
    "seen_on": "the day it was seen",
    "carried": "whether it is carried forward",
    "files": "the files",
    "site": "the site",
    "criterion": "the criterion",
}
"""What the members of a document are called."""
_WRITTEN: Mapping[str, str] = {
    "reference": "Use letters, digits, dots, hyphens and underscores, up to 100 of them.",
    "provider": "Give the provider's number, such as AP000017B.",
    "inspection": "Give the inspection's number, such as QA000017K.",
    "criteria": "Give the number of a criterion, such as 1.1a.",
    "criterion": "Give the number of a criterion, such as 1.1a.",
    "standards": "Give the code of a version of the standards, such as working-set-1.",
}
"""How members are written whose pattern a document does not keep to."""
_FILE = Question(
    "file",
    "The file",
    "Choose the file",
    Kind.FILE,
    hint="As the form saved it that works without a network, or your own system did. JSON.",
)
_DECIDE = (
    Question(
        "decision",
        "What becomes of it?",
        "Choose what becomes of it",
        Kind.ONE,
        offered=(
            ("apply", "Apply it all the same", "It becomes the judgements of an inspection."),
            ("dismiss", "Dismiss it", "It counts for nothing, and stays readable."),
        ),
        needed=True,
    ),
    Question("reason", "Why?", "Say why", Kind.PROSE, "Never public.", needed=True),
)


def address_of(body: uuid.UUID, reference: str) -> str:
    """Return where a result is."""
    return f"{RESULTS}/of/{body}/{reference}"


def results_part(found: ResultList, *, sends: bool, further: bool) -> PartPage:
    """Return the page that lists results, the newest first."""
    rows = tuple(
        Row(
            one.reference,
            (
                f"{one.provider_name} ({one.provider})",
                f"By {one.organisation_name}, on {format_moment(one.received_at)}",
            ),
            (ActionLink("Open it", address_of(one.organisation, one.reference)),),
            STATUSES[one.status],
        )
        for one in found.items
    )
    add = (ActionLink("Send a result", f"{RESULTS}/add"),) if sends else ()
    return PartPage(
        heading="Results that came in one file",
        caption="Inspections",
        back=ActionLink("Inspections", INSPECTIONS),
        sections=(Section("The newest first", rows, when_empty="None came yet.", links=add),),
        next_url=found.links.next,
        first_url=RESULTS if further else None,
    )


def send_form() -> FormAsked:
    """Return the form on which a result is sent."""
    return FormAsked(
        heading="Send a result",
        button="Send it",
        back=_BACK,
        parts=(Part((_FILE,)),),
        paragraphs=(
            "Sent twice, it lands once. Everything that is wrong with it is told at once.",
            "Where something has gone on since it was made, it is kept as it came.",
        ),
        here=HERE,
    )


def result_part(told: ResultOut, *, decides: bool) -> PartPage:
    """Return the page of one result; `decides` says whether it is for whoever looks."""
    here = address_of(told.organisation, told.reference)
    links = [ActionLink("Read the file as it came", told.document)]
    if told.inspection:
        links.insert(0, ActionLink("Open the inspection", f"{INSPECTIONS}/{told.inspection}"))
    if decides and told.status is ResultStatus.KEPT:
        links.insert(0, ActionLink("Decide what becomes of it", f"{here}/decide"))
    return PartPage(
        heading=f"Result {told.reference}",
        caption=told.provider_name,
        back=_BACK,
        tag=STATUSES[told.status],
        sections=(Section("What became of it", tuple(_about(told)), links=tuple(links)),),
    )


def decide_form(told: ResultOut) -> FormAsked:
    """Return the form on which it is decided what becomes of a result that was kept."""
    reasons = tuple(Fact("Why it was kept", (one.detail, one.go_on)) for one in told.reasons)
    return FormAsked(
        heading="Decide what becomes of a result",
        button="Decide",
        back=ActionLink(f"Result {told.reference}", address_of(told.organisation, told.reference)),
        parts=(Part(_DECIDE),),
        facts=(Fact("Provider", (f"{told.provider_name} ({told.provider})",)), *reasons),
        version=told.version,
    )


def fault_words(fault: FieldFault, document: ResultDocument | Any) -> str:
    """Say which part of a document a fault is about, and what is wrong with it.

    Args:
        fault: with a JSON pointer into the document.
        document: as far as it could be read.
    """
    parts = [part for part in (fault.pointer or "").split("/") if part]
    if not parts:
        return fault.detail
    where = _judgement(parts, document) or MEMBERS.get(parts[0], parts[0])
    rest = parts[2:] if parts[0] == "judgements" else parts[1:]
    for part in rest:
        where += f", number {int(part) + 1}" if part.isdigit() else f", {MEMBERS.get(part, part)}"
    detail = fault.detail
    if detail.startswith("It must match the pattern "):
        detail = _WRITTEN.get(
            next((part for part in reversed(parts) if part in _WRITTEN), ""), detail
        )
    return f"{where} ({fault.pointer}): {detail}"


def _judgement(parts: list[str], document: Any) -> str | None:
    """Say which judgement a place in the list is; nothing for another part of a document."""
    if parts[0] != "judgements" or len(parts) == 1 or not parts[1].isdigit():
        return None
    place = int(parts[1])
    words = f"Judgement {place + 1}"
    try:
        held = dict(document)["judgements"][place]
        one = held if isinstance(held, dict) else dict(held)
        return f"{words}, of {one['criterion']} at site {one['site']}"
    except (KeyError, IndexError, TypeError, ValueError):
        return words


def _about(told: ResultOut) -> Iterator[Row]:
    yield Row("Provider", (f"{told.provider_name} ({told.provider})",))
    yield Row("Received by", (told.organisation_name, format_moment(told.received_at)))
    for one in told.reasons:
        yield Row("Why it was kept", (one.detail, one.go_on))
    if told.decided_at is not None:
        said = (f"On {format_day(told.decided_at)}", told.decision_reason or "")
        yield Row("Decided", tuple(line for line in said if line))
    yield Row("SHA-256", (told.sha256,))
