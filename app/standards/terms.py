"""The words of the standards: what binds, what stands in the way, what shows it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

PARTS: Mapping[int, str] = MappingProxyType(
    {
        1: "Safeguarding and welfare of children",
        2: "Health and safety",
        3: "Admissions, support and guidance",
        4: "Quality of education",
    }
)
"""The four parts of the standards, by the first figure of a criterion's number."""


class State(StrEnum):
    """Where a version of the standards, or a policy, stands."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Force(StrEnum):
    """On what authority a criterion is asked for."""

    LAW = "law"
    """Other law asks it of every such provider already."""
    STANDARD = "standard"
    """The standards ask for it; the register needs it for a good outcome."""
    GOOD_PRACTICE = "good-practice"
    """Improves the picture; never counts in an outcome."""


class Gate(StrEnum):
    """What it means for a listing when a criterion is not met."""

    CRITICAL = "critical"
    """A listing stops or is suspended at once."""
    MAJOR = "major"
    """An action plan, and no new placements until it is closed."""
    MINOR = "minor"
    """An action plan."""


class SourceStatus(StrEnum):
    """How well it is known that a criterion says what its source says."""

    CONFIRMED = "confirmed"
    """Read in the publication or enactment itself."""
    SECOND_HAND = "second-hand"
    """Read in a page that describes it."""
    TO_CONFIRM = "to-confirm"
    """From general knowledge, or only the topic was found."""


class Relation(StrEnum):
    """What became of a criterion in the version that followed."""

    SAME = "same"
    REWORDED = "reworded"
    """Other words, the same demand."""
    WIDENED = "widened"
    """More is asked than before."""
    NARROWED = "narrowed"
    SPLIT = "split"
    """One criterion became several."""
    MERGED = "merged"
    """Several criteria became one."""


class EvidenceKind(StrEnum):
    """What sort of document or record a provider may show. None is about a particular child."""

    PUBLIC_LIABILITY_INSURANCE = "public-liability-insurance"
    EMPLOYERS_LIABILITY_INSURANCE = "employers-liability-insurance"
    PROFESSIONAL_INDEMNITY_INSURANCE = "professional-indemnity-insurance"
    VEHICLE_INSURANCE = "vehicle-insurance"
    CHILD_PROTECTION_POLICY = "child-protection-policy"
    STAFF_CONDUCT_POLICY = "staff-conduct-policy"
    BEHAVIOUR_POLICY = "behaviour-policy"
    ANTI_BULLYING_POLICY = "anti-bullying-policy"
    ONLINE_SAFETY_POLICY = "online-safety-policy"
    STAFF_CHECKS_RECORD = "staff-checks-record"
    """Who was checked, for what, by whom and when; never a certificate or its number."""
    STAFF_CHECKS_LETTER = "staff-checks-letter"
    """Written confirmation that checks were made, from a supplier or to a commissioner."""
    SAFER_RECRUITMENT_POLICY = "safer-recruitment-policy"
    SAFER_RECRUITMENT_TRAINING = "safer-recruitment-training"
    SAFEGUARDING_TRAINING = "safeguarding-training"
    DESIGNATED_LEAD_TRAINING = "designated-lead-training"
    CONCERNS_PROCEDURE = "concerns-procedure"
    """What is done about a worry or an allegation, and who is told."""
    VISITOR_PROCEDURE = "visitor-procedure"
    SUPERVISION_PLAN = "supervision-plan"
    SITE_RISK_ASSESSMENT = "site-risk-assessment"
    ACTIVITY_RISK_ASSESSMENT = "activity-risk-assessment"
    INDIVIDUAL_RISK_ASSESSMENT = "individual-risk-assessment"
    """The empty form."""
    FIRE_RISK_ASSESSMENT = "fire-risk-assessment"
    EVACUATION_PLAN = "evacuation-plan"
    FIRE_DRILL_LOG = "fire-drill-log"
    HEALTH_AND_SAFETY_POLICY = "health-and-safety-policy"
    PREMISES_CERTIFICATE = "premises-certificate"
    """Gas, electrical, water and other certificates of a building."""
    FIRST_AID_CERTIFICATE = "first-aid-certificate"
    ACCIDENT_RECORD = "accident-record"
    LONE_WORKING_PROCEDURE = "lone-working-procedure"
    VEHICLE_CHECKS = "vehicle-checks"
    MEDICAL_PROCEDURE = "medical-procedure"
    PHYSICAL_INTERVENTION_PROCEDURE = "physical-intervention-procedure"
    ADMISSIONS_POLICY = "admissions-policy"
    ADMISSION_RECORD = "admission-record"
    """The empty form."""
    INDUCTION_PROCEDURE = "induction-procedure"
    INDIVIDUAL_PLAN = "individual-plan"
    """The empty form."""
    PLACEMENT_AGREEMENT = "placement-agreement"
    """The usual terms, without a child's name."""
    ATTENDANCE_PROCEDURE = "attendance-procedure"
    DATA_PROTECTION_REGISTRATION = "data-protection-registration"
    DATA_PROTECTION_POLICY = "data-protection-policy"
    COMPLAINTS_PROCEDURE = "complaints-procedure"
    FEEDBACK_RECORD = "feedback-record"
    CAREERS_PROGRAMME = "careers-programme"
    CURRICULUM = "curriculum"
    TIMETABLE = "timetable"
    EXAM_CENTRE_APPROVAL = "exam-centre-approval"
    STAFF_QUALIFICATIONS = "staff-qualifications"
    STAFF_DEVELOPMENT_RECORD = "staff-development-record"
    PROGRESS_REPORT = "progress-report"
    """The empty form."""
    DESTINATIONS_RECORD = "destinations-record"
    SELF_EVALUATION = "self-evaluation"
    OTHER = "other"


class PolicyCode(StrEnum):
    """The rules of the register's own that have days; each is read by some part of it."""

    EVIDENCE_GRACE = "evidence-grace"
    """How many days after a document expires before anything stronger than a notice follows."""
    EVIDENCE_REMINDERS = "evidence-reminders"
    """How many days before a document expires its provider is reminded."""
    YEARLY_CONFIRMATION = "yearly-confirmation"
    """After how many months a provider says again that its record is right."""
    TRANSITION_LISTING = "transition-listing"
    """Whether an authority's own check lists a provider, and how recent it must be, in months."""
    OUTCOME_RULE = "outcome-rule"
    """How many major criteria may be partly met, and for how many months a judgement counts."""
    INSPECTION_CYCLE = "inspection-cycle"
    """How often a site is visited, and how soon after a concern or a change."""
    FAIR_HEARING = "fair-hearing"
    """How many working days each step of an inspection has once its draft is written."""
