"""The law and guidance of children whose destination is not known, each with where it stands."""

from datetime import date

from app.rules.stated import Provenance, Rule, RuleBasis, act, guide

_MISSING = guide(
    "Children missing education",
    "first steps, and who looks for a child",
    "government/publications/children-missing-education",
)

ON_A_ROLL = Rule(
    code="pupil-on-a-roll",
    says="A pupil who stays away and cannot be found is deleted from the admission register only "
    "once the school and the local authority have both, jointly, made reasonable enquiries.",
    citation=act(
        "School Attendance (Pupil Registration) (England) Regulations 2024",
        "regulation 9",
        "uksi/2024/208/regulation/9",
    ),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.RECALLED,
    since=date(2024, 8, 19),
)
IDENTIFY_MISSING = Rule(
    code="identify-children-missing-education",
    says="A local authority arranges to identify, as far as it can, children in its area of "
    "compulsory school age who are on no roll and receive no suitable education otherwise.",
    citation=act("Education Act 1996", "section 436A", "ukpga/1996/56/section/436A"),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    since=date(2007, 2, 27),
)
IDENTIFY_NOT_TAKING_PART = Rule(
    code="identify-not-taking-part",
    says="A local authority arranges to identify persons over compulsory school age and under 18 "
    "in its area who take no part in education or training.",
    citation=act("Education and Skills Act 2008", "sections 2 and 12", "ukpga/2008/25/section/12"),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    since=date(2013, 6, 28),
    figures={"until_the_birthday_of_years": 18},
)
CORPORATE_PARENT = Rule(
    code="corporate-parent",
    says="The local authority that looks after a child promotes its educational achievement, "
    "wherever the child lives: it looks for the child beside whoever else does.",
    citation=act("Children Act 1989", "section 22(3A)", "ukpga/1989/41/section/22"),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    since=date(2005, 7, 1),
)
PASSED_ON = Rule(
    code="missing-child-passed-on",
    says="A school tells the authority, and one authority the other, of a child who may have "
    "moved; the one that knows goes on until the other has taken over.",
    citation=_MISSING,
    basis=RuleBasis.STATUTORY_GUIDANCE,
    provenance=Provenance.RECALLED,
    since=date(2016, 9, 1),
)
FOLLOWED_AT_ANY_AGE = Rule(
    code="followed-at-any-age",
    says="The register follows everybody who left a placement for an unknown destination, outside "
    "compulsory school age as well; the local authority where they live does so.",
    citation=_MISSING,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=date(2014, 9, 1),
)
CHASED = Rule(
    code="missing-child-chased",
    says="The first contact is tried on the day on which it is known that nobody knows where the "
    "child is, and something further within every three working days until it is known.",
    citation=_MISSING,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=date(2014, 9, 1),
    figures={"first_contact_working_days": 0, "next_step_working_days": 3},
)
RULES = (
    *(ON_A_ROLL, IDENTIFY_MISSING, IDENTIFY_NOT_TAKING_PART, CORPORATE_PARENT),
    *(PASSED_ON, FOLLOWED_AT_ANY_AGE, CHASED),
)
