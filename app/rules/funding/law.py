"""The law and guidance of commissioning: who has which duty, dated, each with where it was read."""

from datetime import date

from app.rules.stated import Provenance, Rule, RuleBasis, act, guide

_KNOWN_FROM = date(2014, 9, 1)
"""Before this day practice is not held here."""
_SEEN, _RECALLED = Provenance.SEEN, Provenance.RECALLED
_STATUTE, _GUIDANCE, _POLICY = RuleBasis.STATUTE, RuleBasis.STATUTORY_GUIDANCE, RuleBasis.POLICY

_GUIDE = guide(
    "Arranging alternative provision",
    "roles and responsibilities",
    "government/publications/alternative-provision",
)

COMMISSIONER_ANSWERS = Rule(
    "commissioner-answers",
    "Whoever commissions alternative provision is responsible for it: that it suits the child, is "
    "safe, and is reviewed. Schools tell the local authority of each placement.",
    _GUIDE,
    _GUIDANCE,
    _SEEN,
    since=date(2025, 2, 1),
)
SCHOOL_STAYS_RESPONSIBLE = Rule(
    "school-stays-responsible",
    "A school that places a pupil stays responsible for their safeguarding, and gets written "
    "confirmation of the checks of the staff who will work with them.",
    guide(
        "Keeping children safe in education",
        "alternative provision",
        "government/publications/keeping-children-safe-in-education--2",
    ),
    _GUIDANCE,
    _SEEN,
    since=_KNOWN_FROM,
)
OFF_SITE_DIRECTION = Rule(
    "off-site-direction",
    "The governing body of a maintained school may require a pupil to attend elsewhere for "
    "education that is meant to improve their behaviour, without the parent's consent. Anxiety, "
    "health and special needs do not go this way.",
    act("Education Act 2002", "section 29A", "ukpga/2002/32/section/29A"),
    _STATUTE,
    _SEEN,
    since=date(2010, 9, 1),
)
ACADEMY_DIRECTION = Rule(
    "academy-direction",
    "An academy trust may direct pupils elsewhere under its articles; guidance asks it to follow "
    "what binds maintained schools.",
    _GUIDE,
    _GUIDANCE,
    _SEEN,
    since=date(2025, 2, 1),
)
SUSPENSION_DUTY = Rule(
    "suspension-duty",
    "The governing body or proprietor arranges full-time education from the sixth day of a "
    "suspension, not at the school itself unless jointly with another. It binds schools, not pupil "
    "referral units.",
    act("Education and Inspections Act 2006", "section 100", "ukpga/2006/40/section/100"),
    _STATUTE,
    _SEEN,
    since=date(2007, 9, 1),
)
EXCLUSION_DUTY = Rule(
    "exclusion-duty",
    "The local authority arranges full-time education from the sixth day for a pupil who is "
    "permanently excluded, and for one suspended from a pupil referral unit.",
    act("Education Act 1996", "section 19(3A)", "ukpga/1996/56/section/19"),
    _STATUTE,
    _SEEN,
    since=date(2007, 9, 1),
)
PUBLIC_PLACES = Rule(
    "first-five-days",
    "For the first five school days of an exclusion the school sets and marks work, and the parent "
    "keeps the pupil out of public places in school hours.",
    act("Education and Inspections Act 2006", "section 103", "ukpga/2006/40/section/103"),
    _STATUTE,
    _RECALLED,
    since=date(2007, 9, 1),
)
EXCLUSION_NOTICES = Rule(
    "exclusion-notices",
    "The parent is told of an exclusion without delay, with its reason and length; so are the "
    "authority and the governors, and a social worker and the virtual school head where there are.",
    guide(
        "Suspension and permanent exclusion from maintained schools",
        "the head teacher's duty to inform",
        "government/publications/school-exclusion",
    ),
    _GUIDANCE,
    _SEEN,
    since=_KNOWN_FROM,
)
SCHOOL_ARRANGES = Rule(
    "school-arranges",
    "A school may arrange education elsewhere for part of a pupil's week, with the parent's "
    "agreement.",
    act("Education Act 2002", "section 29(3)", "ukpga/2002/32/section/29"),
    _STATUTE,
    _RECALLED,
    since=_KNOWN_FROM,
)
PART_TIME = Rule(
    "part-time-timetable",
    "A part-time timetable is for a short time, agreed with the parent, with a day on which it "
    "ends.",
    guide(
        "Working together to improve school attendance",
        "part-time timetables",
        "government/publications/working-together-to-improve-school-attendance",
    ),
    _GUIDANCE,
    _SEEN,
    since=date(2024, 8, 19),
)
PLAN_DUTY = Rule(
    "plan-duty",
    "The local authority that maintains an education, health and care plan secures the special "
    "educational provision in it.",
    act("Children and Families Act 2014", "section 42", "ukpga/2014/6/section/42"),
    _STATUTE,
    _SEEN,
    since=date(2014, 9, 1),
)
OTHERWISE_THAN_AT_SCHOOL = Rule(
    "otherwise-than-at-school",
    "The authority may arrange provision otherwise than in a school only if it is satisfied that a "
    "school would be inappropriate, and after consulting the parent. In law this is not "
    "alternative provision.",
    act("Children and Families Act 2014", "section 61", "ukpga/2014/6/section/61"),
    _STATUTE,
    _SEEN,
    since=date(2014, 9, 1),
)
LOOKED_AFTER_DUTY = Rule(
    "looked-after-duty",
    "The authority that looks after a child promotes their education, through its virtual school "
    "head.",
    act("Children Act 1989", "section 22", "ukpga/1989/41/section/22"),
    _STATUTE,
    _RECALLED,
    since=_KNOWN_FROM,
)
MISSING_EDUCATION = Rule(
    "missing-education",
    "The authority finds out which children in its area are on no school's roll and receive no "
    "suitable education.",
    act("Education Act 1996", "section 436A", "ukpga/1996/56/section/436A"),
    _STATUTE,
    _SEEN,
    since=_KNOWN_FROM,
)
COLLEGE = Rule(
    "college-14-to-16",
    "Colleges may enrol children of 14 to 16 directly, with the department's money, or fill places "
    "that a school or authority pays for.",
    guide(
        "Enrolling 14 to 16 year olds in further education",
        "funding",
        "guidance/enrolling-14-to-16-year-olds-full-time",
    ),
    _GUIDANCE,
    _RECALLED,
    since=_KNOWN_FROM,
)
PARENTS_DUTY = Rule(
    "parents-duty",
    "Parents see to the education of their child, at school or otherwise; what they choose to "
    "arrange and pay for is not alternative provision.",
    act("Education Act 1996", "section 7", "ukpga/1996/56/section/7"),
    _STATUTE,
    _SEEN,
    since=_KNOWN_FROM,
)

RULES = (
    *(COMMISSIONER_ANSWERS, SCHOOL_STAYS_RESPONSIBLE, OFF_SITE_DIRECTION, ACADEMY_DIRECTION),
    *(SUSPENSION_DUTY, EXCLUSION_DUTY, PUBLIC_PLACES, EXCLUSION_NOTICES, SCHOOL_ARRANGES),
    *(PART_TIME, PLAN_DUTY, OTHERWISE_THAN_AT_SCHOOL, LOOKED_AFTER_DUTY, MISSING_EDUCATION),
    *(COLLEGE, PARENTS_DUTY),
)
