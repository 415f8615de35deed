"""What the pages on the standards are given: finished words, grouped by part and standard."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from app.pages import filters, wording
from app.pages import standards_wording as words
from app.pages.standards_wording import TagWords
from app.pages.view_models import Choice, Frame, SelectField
from app.standards.schemas.published import (
    AskedOfQuery,
    CriterionOut,
    StandardsDocument,
    StandardsList,
    StandardsSummary,
)
from app.values.site_kind import SiteKind, StaffSize

STANDARDS = "/standards"
MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One thing that is asked, and everything a provider needs to show it."""

    number: str
    href: str
    requirement: str
    force: TagWords
    gate: TagWords | None
    evidence: str
    current_for: str | None
    law_part: str | None
    guidance: str
    source: str
    source_status: str
    asked_of: str | None


@dataclass(frozen=True, slots=True)
class StandardView:
    """A standard: a heading over its criteria."""

    anchor: str
    heading: str
    criteria: tuple[CriterionView, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """A part: a heading over its standards."""

    anchor: str
    heading: str
    standards: tuple[StandardView, ...]


@dataclass(frozen=True, slots=True)
class VersionLink:
    """Another version of the standards, and when it holds."""

    title: str
    href: str
    period: str


@dataclass(frozen=True, slots=True)
class StandardsView:
    """A version of the standards; `parts` is empty where none is in force."""

    frame: Frame
    title: str
    heading: str
    period: str | None
    note: str | None
    count: str | None
    whole_url: str | None
    site_kind: SelectField
    staff_size: SelectField
    action: str
    parts: tuple[PartView, ...]
    forces: tuple[TagWords, ...]
    gates: tuple[TagWords, ...]
    others: tuple[VersionLink, ...]


@dataclass(frozen=True, slots=True)
class CriterionPageView:
    """One criterion by itself: what is asked, on whose authority, and from which day."""

    frame: Frame
    title: str
    criterion: CriterionView
    standard: str
    version: VersionLink
    in_list_url: str


def build_criterion(
    document: StandardsDocument, number: str, *, demonstration: bool
) -> CriterionPageView | None:
    """Return the page of one criterion; `None` where the version has none of this number.

    Args:
        document: the body of `GET /v1/standards/{code}`.
        number: the criterion's.
        demonstration: whether the register holds invented providers.
    """
    found = next((one for one in document.criteria if one.number == number), None)
    if found is None:
        return None
    whole = f"{STANDARDS}/{document.code}"
    standard = next(one for one in document.standards if one.standard == found.standard)
    return CriterionPageView(
        frame=Frame(demonstration, json_url=f"/v1/standards/{document.code}"),
        title=f"Criterion {found.number}",
        criterion=_criterion(found, document.code),
        standard=f"{standard.standard} {standard.title}",
        version=VersionLink(document.title, whole, _period(document)),
        in_list_url=f"{whole}#criterion-{found.number}",
    )


def build_standards(
    versions: StandardsList,
    document: StandardsDocument | None,
    *,
    action: str,
    demonstration: bool,
) -> StandardsView:
    """Return the page of a version of the standards.

    Args:
        versions: the body of `GET /v1/standards`.
        document: the body of `GET /v1/standards/{code}`; nothing, where none is in force.
        action: the page's own address, to which the form is sent.
        demonstration: whether the register holds invented providers.
    """
    asked = AskedOfQuery.model_validate(document.asked_of.model_dump() if document else {})
    narrowed = asked.site_kind is not None or asked.staff_size is not None
    frame = Frame(demonstration, json_url=_json_url(document, asked))
    return StandardsView(
        frame=frame,
        title="What providers are asked" if action == STANDARDS else _title(document),
        heading=_title(document),
        period=_period(document) if document else None,
        note=document.note if document else None,
        count=_count(document, narrowed=narrowed) if document else None,
        whole_url=action if narrowed else None,
        site_kind=_select("site_kind", "Any kind of place", wording.SITE_KINDS, asked.site_kind),
        staff_size=_select("staff_size", "Any number", words.STAFF_SIZES, asked.staff_size),
        action=action,
        parts=_parts(document) if document else (),
        forces=tuple(words.FORCES.values()),
        gates=tuple(words.GATES.values()),
        others=tuple(
            VersionLink(one.title, f"{STANDARDS}/{one.code}", _period(one))
            for one in versions.items
            if document is None or one.code != document.code
        ),
    )


def _title(document: StandardsDocument | None) -> str:
    return document.title if document else "No standards are in force today"


def _json_url(document: StandardsDocument | None, asked: AskedOfQuery) -> str:
    if document is None:
        return "/v1/standards"
    query = urlencode(asked.model_dump(mode="json", exclude_none=True))
    return f"/v1/standards/{document.code}" + (f"?{query}" if query else "")


def _period(version: StandardsSummary) -> str:
    first, last = version.in_force.from_, version.in_force.to
    until = f" to {filters.format_day(last)}" if last else ""
    return f"In force from {filters.format_day(first)}{until}"


def _count(document: StandardsDocument, *, narrowed: bool) -> str:
    shown = filters.count(len(document.criteria), "criterion", "criteria")
    standards = filters.count(len(document.standards), "standard")
    asked = " asked of such a provider" if narrowed else ""
    return f"{shown} of {standards}{asked}"


def _select(
    name: str, every: str, labels: Mapping[str, str], chosen: SiteKind | StaffSize | None
) -> SelectField:
    choices = (("", every), *labels.items())
    value = chosen or ""
    return SelectField(
        name, tuple(Choice(code, text, code == value) for code, text in choices), None
    )


def _parts(document: StandardsDocument) -> tuple[PartView, ...]:
    return tuple(
        PartView(
            anchor=f"part-{part.part}",
            heading=f"Part {part.part}: {part.title}",
            standards=tuple(
                StandardView(
                    anchor=f"standard-{one.standard.replace('.', '-')}",
                    heading=f"{one.standard} {one.title}",
                    criteria=tuple(
                        _criterion(criterion, document.code)
                        for criterion in document.criteria
                        if criterion.standard == one.standard
                    ),
                )
                for one in document.standards
                if one.part == part.part
            ),
        )
        for part in document.parts
    )


def _criterion(one: CriterionOut, code: str) -> CriterionView:
    force = words.FORCES[one.force]
    kinds = [words.EVIDENCE_KINDS.get(kind, filters.humanise(kind)) for kind in one.evidence_kinds]
    return CriterionView(
        number=one.number,
        href=f"{STANDARDS}/{code}/criteria/{quote(one.number, safe='')}",
        requirement=one.requirement,
        force=force,
        gate=words.GATES[one.gate] if one.force in _COUNTED else None,
        evidence=filters.join_words(kinds),
        current_for=_months(one.evidence_months),
        law_part=one.law_part,
        guidance=one.guidance,
        source=one.source,
        source_status=words.SOURCE_STATUSES[one.source_status],
        asked_of=_asked_of(one),
    )


_COUNTED = ("law", "standard")
"""Forces for which a gate says anything: good practice never counts."""


def _months(months: int | None) -> str | None:
    if months is None:
        return None
    if months % MONTHS_IN_A_YEAR == 0:
        return filters.count(months // MONTHS_IN_A_YEAR, "year")
    return filters.count(months, "month")


def _asked_of(one: CriterionOut) -> str | None:
    """Say of whom it is asked, where that is not everybody."""
    places = [wording.label(wording.SITE_KINDS, kind) for kind in one.site_kinds]
    sizes = [wording.label(words.STAFF_SIZES, size) for size in one.staff_sizes]
    said = "; ".join(", ".join(each) for each in (places, sizes) if each)
    return said or None
