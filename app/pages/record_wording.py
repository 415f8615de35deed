"""The plain words for listings, evidence and offers in a public record."""

from collections.abc import Mapping

from app.ledger.terms import ChangedBy
from app.providers.standing import EvidenceResult
from app.providers.terms import Basis, PublicReason, SeenHow

REASONS: Mapping[str, str] = {
    PublicReason.ASSESSMENT: "It was assessed against the standards.",
    PublicReason.RECENT_LOCAL_CHECK: "The local authority had checked it recently.",
    PublicReason.ACTIONS_AGREED: "Things to put right were agreed.",
    PublicReason.ACTIONS_COMPLETED: "What was to be put right has been.",
    PublicReason.EVIDENCE_OUT_OF_DATE: "Its evidence was out of date for too long.",
    PublicReason.BEING_LOOKED_INTO: "Something is being looked into.",
    PublicReason.STANDARDS_NOT_MET: "It was found not to meet the standards.",
    PublicReason.PROVIDER_ASKED: "The provider asked for it.",
    PublicReason.NO_LONGER_OPERATING: "It no longer works here.",
    PublicReason.REPLACED_BY_LATER_LISTING: "Another listing took its place.",
    PublicReason.DECISION_REVIEWED: "An earlier decision was looked at again.",
    PublicReason.ADMINISTRATIVE: "The record was put in order.",
}
"""Why a listing moved, as far as everybody may know."""

CAUSES: Mapping[str, str] = {
    ChangedBy.PROVIDER: "the provider",
    ChangedBy.LOCAL_AUTHORITY: "the local authority",
    ChangedBy.QA_BODY: "a body that assures quality",
    ChangedBy.COMMISSIONER: "a school or trust",
    ChangedBy.DEPARTMENT: "the department",
    ChangedBy.SERVICE: "the register itself, as days went by",
    ChangedBy.OPERATOR: "whoever runs the register, such as from a list",
}
"""In which part somebody caused an entry."""

BASES: Mapping[str, str] = {
    Basis.TRANSITION: "Listed on the local authority's own recent check, under a published rule "
    "for the register's first years. It has yet to be assessed through the register.",
    Basis.CONVERSION: "Listed before the register recorded what was seen at each site.",
    Basis.OPERATOR: "Listed before the register recorded what was seen at each site.",
}
"""What a listing rests on, where that is not an assessment of its own."""

SEEN_HOW: Mapping[str, str] = {
    SeenHow.VISIT: "on a visit",
    SeenHow.REMOTE: "remotely",
    SeenHow.PAPERS: "from papers alone",
}

EVIDENCE: Mapping[str, str] = {
    EvidenceResult.CURRENT: "The evidence that was handed in is in date.",
    EvidenceResult.NONE_HELD: "The register holds no dated evidence.",
}

EVIDENCE_SHORT: Mapping[str, str] = {
    EvidenceResult.CURRENT: "In date",
    EvidenceResult.OUT_OF_DATE: "Out of date",
    EvidenceResult.NONE_HELD: "No dated evidence",
}

NOT_LISTED = (
    "This site is not listed. What the register says of the provider's other sites does not cover "
    "it."
)

AVAILABILITY: Mapping[str, str] = {
    "places-now": "Places now",
    "soon": "Places soon",
    "full": "Full",
}

PRICES: Mapping[str, str] = {
    "hour": "an hour",
    "half_day": "a half day",
    "day": "a day",
    "week": "a week",
}
"""Pence for one pupil."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
