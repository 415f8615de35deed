"""The page on the standards with what it may be given: what ships, nothing, and hostile words."""

from datetime import UTC, date, datetime
from typing import Any

from app.pages.public.standards_view import (
    CriterionPageView,
    StandardsView,
    build_criterion,
    build_standards,
)
from app.standards.facts import shipped_versions
from app.standards.schemas.published import (
    AskedOfOut,
    CriterionOut,
    PartOut,
    PeriodOut,
    StandardOut,
    StandardsDocument,
    StandardsList,
    StandardsSummary,
)
from app.standards.terms import PARTS
from app.values.site_kind import SiteKind, StaffSize
from tests.pages.answers import HOSTILE

(_SHIPPED,) = shipped_versions()
_ON = date(2026, 1, 1)
_SUMMARY: dict[str, Any] = {
    "code": _SHIPPED.code,
    "title": _SHIPPED.title,
    "in_force": PeriodOut(from_=_SHIPPED.in_force_from, to=None),
    "published_at": datetime(2026, 1, 1, tzinfo=UTC),
    "note": _SHIPPED.note,
}
_HOSTILE = {"title": HOSTILE, "note": HOSTILE}
_HOSTILE_WORDS = dict.fromkeys(("requirement", "law_part", "guidance", "source"), HOSTILE)


def criterion_view(*, hostile: bool = False) -> CriterionPageView:
    """Return the page of the first criterion of the version that ships."""
    document = _document(hostile=hostile, narrowed=False)
    view = build_criterion(document, document.criteria[0].number, demonstration=True)
    assert view is not None
    return view


def standards_view(
    *, hostile: bool = False, narrowed: bool = False, in_force: bool = True
) -> StandardsView:
    """Return the page of the version that ships, or of one full of hostile words."""
    summary = _SUMMARY | (_HOSTILE if hostile else {})
    document = _document(hostile=hostile, narrowed=narrowed)
    versions = StandardsList(
        on=_ON,
        in_force=_SHIPPED.code if in_force else None,
        items=[StandardsSummary(**summary), StandardsSummary(**summary | {"code": "another"})],
    )
    return build_standards(
        versions, document if in_force else None, action="/standards", demonstration=True
    )


def _document(*, hostile: bool, narrowed: bool) -> StandardsDocument:
    summary = _SUMMARY | (_HOSTILE if hostile else {})
    criteria = [CriterionOut.model_validate(one) for one in _SHIPPED.criteria]
    return StandardsDocument(
        **summary,
        asked_of=AskedOfOut(
            site_kind=SiteKind.ONLINE if narrowed else None,
            staff_size=StaffSize.LONE if narrowed else None,
        ),
        parts=[PartOut(part=part, title=title) for part, title in PARTS.items()],
        standards=[
            StandardOut(standard=one, part=int(one[0]), title=HOSTILE if hostile else title)
            for one, title in _SHIPPED.standard_titles.items()
        ],
        criteria=[one.model_copy(update=_HOSTILE_WORDS if hostile else {}) for one in criteria],
    )
