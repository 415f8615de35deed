"""The law and guidance of the attendance register, dated, each with where it was read."""

from datetime import date

from app.rules.stated import Provenance, Rule, RuleBasis, act, guide

_SINCE = date(2024, 8, 19)
_REGULATIONS = "School Attendance (Pupil Registration) (England) Regulations 2024"
_GUIDE = "Working together to improve school attendance"
_GUIDE_PATH = "government/publications/working-together-to-improve-school-attendance"

CODES = Rule(
    code="attendance-codes",
    says="The school enters for each pupil at each session the code of the circumstances: present, "
    "attending a place elsewhere, or absent, and why.",
    citation=act(_REGULATIONS, "regulation 10", "uksi/2024/208/regulation/10"),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    since=_SINCE,
)
APPROVED_ACTIVITY = Rule(
    code="approved-educational-activity",
    says="B, P and W are for an educational activity elsewhere that the school has approved and "
    "that is supervised, with measures in place to keep the pupil safe.",
    citation=act(_REGULATIONS, "regulation 10(11)", "uksi/2024/208/regulation/10"),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    since=_SINCE,
)
NEVER_AT_HOME = Rule(
    code="no-code-b-at-home",
    says="Work at home and unsupervised learning online are no approved educational activity: the "
    "pupil is absent, whatever was arranged.",
    citation=guide(_GUIDE, "code B", _GUIDE_PATH),
    basis=RuleBasis.STATUTORY_GUIDANCE,
    provenance=Provenance.SEEN,
    since=_SINCE,
)
TUITION_AT_HOME = Rule(
    code="code-k-for-home-tuition",
    says="Education that a local authority arranges with a tutor at home is entered as K.",
    citation=guide(_GUIDE, "code K", _GUIDE_PATH),
    basis=RuleBasis.STATUTORY_GUIDANCE,
    provenance=Provenance.RECALLED,
    since=_SINCE,
)
DUAL_REGISTRATION = Rule(
    code="code-d-needs-a-second-school",
    says="D is for a pupil who attends another school at which they are registered, too. "
    "Non-school alternative provision is no school, so D never fits it.",
    citation=CODES.citation,
    basis=RuleBasis.STATUTE,
    provenance=Provenance.RECALLED,
    since=_SINCE,
)
NATURE = Rule(
    code="nature-of-the-provision",
    says="With K and B the school also records the nature of what the pupil attends.",
    citation=CODES.citation,
    basis=RuleBasis.STATUTE,
    provenance=Provenance.RECALLED,
    since=_SINCE,
)
REASON_TO_FOLLOW = Rule(
    code="reason-to-follow",
    says="N stands only until the reason is known; the school finds out, and corrects it within "
    "five school days.",
    citation=guide(_GUIDE, "code N", _GUIDE_PATH),
    basis=RuleBasis.STATUTORY_GUIDANCE,
    provenance=Provenance.RECALLED,
    since=_SINCE,
)
SCHOOL_DECIDES = Rule(
    code="home-school-decides",
    says="The register is the home school's. A provider reports facts; a code is proposed, and the "
    "school decides.",
    citation=CODES.citation,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=_SINCE,
)

RULES = (
    *(CODES, APPROVED_ACTIVITY, NEVER_AT_HOME, TUITION_AT_HOME, DUAL_REGISTRATION, NATURE),
    *(REASON_TO_FOLLOW, SCHOOL_DECIDES),
)
