"""The plain words for the codes of the standards, as the pages on them show them."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.standards.terms import EvidenceKind, Force, Gate, SourceStatus
from app.values.site_kind import StaffSize


@dataclass(frozen=True, slots=True)
class TagWords:
    """What a code is called on a tag, in which colour, and what it means."""

    label: str
    colour: str
    meaning: str


FORCES: Mapping[str, TagWords] = {
    Force.LAW: TagWords(
        "Law",
        "purple",
        "Other law asks this of every provider it applies to, whatever the standards say.",
    ),
    Force.STANDARD: TagWords(
        "Standard",
        "blue",
        "The standards ask this. They are voluntary; a provider that wants to be listed meets it.",
    ),
    Force.GOOD_PRACTICE: TagWords(
        "Good practice", "grey", "Worth doing. It never counts for or against a provider."
    ),
}

GATES: Mapping[str, TagWords] = {
    Gate.CRITICAL: TagWords(
        "Critical", "red", "If it is not met, a listing does not begin, or is suspended."
    ),
    Gate.MAJOR: TagWords(
        "Major", "orange", "If it is not met, there is a plan, and no new placements until then."
    ),
    Gate.MINOR: TagWords("Minor", "yellow", "If it is not met, there is a plan to put it right."),
}

STAFF_SIZES: Mapping[str, str] = {
    StaffSize.LONE: "One adult",
    StaffSize.SMALL: "Two to four adults",
    StaffSize.LARGER: "Five adults or more",
}

SOURCE_STATUSES: Mapping[str, str] = {
    SourceStatus.CONFIRMED: "We have read this in the publication itself.",
    SourceStatus.SECOND_HAND: "We have read this in pages that describe the publication, not in "
    "the publication itself.",
    SourceStatus.TO_CONFIRM: "This is still to be confirmed: we know it from general knowledge, or "
    "have only found the topic.",
}

EVIDENCE_KINDS: Mapping[str, str] = {
    EvidenceKind.PUBLIC_LIABILITY_INSURANCE: "public liability insurance",
    EvidenceKind.EMPLOYERS_LIABILITY_INSURANCE: "employers' liability insurance",
    EvidenceKind.PROFESSIONAL_INDEMNITY_INSURANCE: "professional indemnity insurance",
    EvidenceKind.VEHICLE_INSURANCE: "vehicle insurance",
    EvidenceKind.CHILD_PROTECTION_POLICY: "child protection policy",
    EvidenceKind.STAFF_CONDUCT_POLICY: "rules of conduct for adults",
    EvidenceKind.BEHAVIOUR_POLICY: "behaviour policy",
    EvidenceKind.ANTI_BULLYING_POLICY: "anti-bullying policy",
    EvidenceKind.ONLINE_SAFETY_POLICY: "online safety policy",
    EvidenceKind.STAFF_CHECKS_RECORD: "record of checks on adults",
    EvidenceKind.STAFF_CHECKS_LETTER: "letter confirming checks on adults",
    EvidenceKind.SAFER_RECRUITMENT_POLICY: "safer recruitment policy",
    EvidenceKind.SAFER_RECRUITMENT_TRAINING: "safer recruitment training",
    EvidenceKind.SAFEGUARDING_TRAINING: "safeguarding training",
    EvidenceKind.DESIGNATED_LEAD_TRAINING: "designated safeguarding lead's training",
    EvidenceKind.CONCERNS_PROCEDURE: "procedure for concerns and allegations",
    EvidenceKind.VISITOR_PROCEDURE: "procedure for visitors",
    EvidenceKind.SUPERVISION_PLAN: "plan for supervision",
    EvidenceKind.SITE_RISK_ASSESSMENT: "risk assessment of the place",
    EvidenceKind.ACTIVITY_RISK_ASSESSMENT: "risk assessment of activities",
    EvidenceKind.INDIVIDUAL_RISK_ASSESSMENT: "form for a child's risk assessment",
    EvidenceKind.FIRE_RISK_ASSESSMENT: "fire risk assessment",
    EvidenceKind.EVACUATION_PLAN: "evacuation plan",
    EvidenceKind.FIRE_DRILL_LOG: "log of fire drills",
    EvidenceKind.HEALTH_AND_SAFETY_POLICY: "health and safety policy",
    EvidenceKind.PREMISES_CERTIFICATE: "certificates of the building",
    EvidenceKind.FIRST_AID_CERTIFICATE: "first aid certificate",
    EvidenceKind.ACCIDENT_RECORD: "form for accidents and incidents",
    EvidenceKind.LONE_WORKING_PROCEDURE: "procedure for working alone",
    EvidenceKind.VEHICLE_CHECKS: "checks on vehicles and drivers",
    EvidenceKind.MEDICAL_PROCEDURE: "procedure for medical needs",
    EvidenceKind.PHYSICAL_INTERVENTION_PROCEDURE: "procedure for restraint and searches",
    EvidenceKind.ADMISSIONS_POLICY: "admissions policy",
    EvidenceKind.ADMISSION_RECORD: "form for admissions",
    EvidenceKind.INDUCTION_PROCEDURE: "procedure for induction",
    EvidenceKind.INDIVIDUAL_PLAN: "form for a child's plan",
    EvidenceKind.PLACEMENT_AGREEMENT: "usual terms of a placement",
    EvidenceKind.ATTENDANCE_PROCEDURE: "procedure for attendance",
    EvidenceKind.DATA_PROTECTION_REGISTRATION: "registration with the Information Commissioner",
    EvidenceKind.DATA_PROTECTION_POLICY: "data protection policy",
    EvidenceKind.COMPLAINTS_PROCEDURE: "complaints procedure",
    EvidenceKind.FEEDBACK_RECORD: "what children and parents said",
    EvidenceKind.CAREERS_PROGRAMME: "careers programme",
    EvidenceKind.CURRICULUM: "curriculum",
    EvidenceKind.TIMETABLE: "timetable",
    EvidenceKind.EXAM_CENTRE_APPROVAL: "approval as an examination centre",
    EvidenceKind.STAFF_QUALIFICATIONS: "qualifications of staff",
    EvidenceKind.STAFF_DEVELOPMENT_RECORD: "record of supervision and training",
    EvidenceKind.PROGRESS_REPORT: "form for reports on progress",
    EvidenceKind.DESTINATIONS_RECORD: "table of destinations",
    EvidenceKind.SELF_EVALUATION: "self-evaluation",
    EvidenceKind.OTHER: "something else",
}
"""What a kind of evidence is called in the middle of a sentence."""
