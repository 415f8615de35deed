"""The plain words for the codes of evidence, as whoever keeps a record meets them."""

from collections.abc import Mapping

from app.pages.part_view import TagView
from app.pages.standards_wording import EVIDENCE_KINDS
from app.providers.evidence import Answer, CheckedBy, CheckStatus, DocumentState
from app.rules.staff_checks import CheckKind
from app.standards.terms import Relation

DOCUMENT_STATES: Mapping[str, TagView] = {
    DocumentState.CURRENT: TagView("Current", "green"),
    DocumentState.EXPIRING: TagView("Runs out soon", "yellow"),
    DocumentState.OUT_OF_DATE: TagView("Out of date", "red"),
    DocumentState.NOT_YET: TagView("Begins later", "blue"),
    DocumentState.WITHDRAWN: TagView("Taken back", "grey"),
}

CHECK_KINDS: Mapping[str, str] = {
    CheckKind.IDENTITY: "Identity",
    CheckKind.RIGHT_TO_WORK: "Right to work in the UK",
    CheckKind.ENHANCED_DBS: "Enhanced DBS check",
    CheckKind.BARRED_LIST: "Children's barred list",
    CheckKind.PROHIBITION: "Prohibition from teaching",
    CheckKind.MANAGEMENT_BAR: "Bar from managing a school (section 128)",
    CheckKind.REFERENCES: "References",
    CheckKind.OVERSEAS: "Checks abroad",
    CheckKind.QUALIFICATIONS: "Qualifications",
    CheckKind.MEDICAL_FITNESS: "Fitness for the work",
    CheckKind.SAFEGUARDING_TRAINING: "Safeguarding training",
}

CHECK_STATUSES: Mapping[str, str] = {
    CheckStatus.CLEAR: "Made, and in order",
    CheckStatus.PENDING: "Asked for, not back yet",
    CheckStatus.RISK_ASSESSED: "Something came up; its risk was weighed in writing",
    CheckStatus.NOT_CLEAR: "Made, and not in order",
    CheckStatus.NOT_REQUIRED: "Not needed for what they do",
}

CHECKED_BY: Mapping[str, str] = {
    CheckedBy.PROVIDER: "You yourselves",
    CheckedBy.THIRD_PARTY: "A firm or agency for you",
    CheckedBy.COMMISSIONER: "A school or council that places children",
    CheckedBy.LOCAL_AUTHORITY: "The local authority",
}

ANSWERS: Mapping[str, str] = {
    Answer.MET: "Met",
    Answer.PARTLY_MET: "Partly met",
    Answer.NOT_MET: "Not met",
    Answer.NOT_APPLICABLE: "Does not apply to us",
    Answer.NOT_ASSESSED: "We have not looked at it yet",
}

RELATIONS: Mapping[str, str] = {
    Relation.SAME: "The same was asked before.",
    Relation.REWORDED: "The same was asked before, in other words.",
    Relation.WIDENED: "More is asked than before.",
    Relation.NARROWED: "Less is asked than before.",
    Relation.SPLIT: "It was part of something larger before.",
    Relation.MERGED: "It was several things before.",
}
"""How a criterion differs from what it came from."""


def kind_label(kind: str) -> str:
    """Return what a kind of evidence is called at the beginning of a line."""
    words = EVIDENCE_KINDS[kind]
    return words[:1].upper() + words[1:]
