"""The law and guidance of the registration test, dated, each with where it was read."""

from datetime import date

from app.rules.stated import Provenance, Rule, RuleBasis, act, guide

INDEPENDENT_SCHOOL = Rule(
    code="registration-test",
    says="A place is an independent school, and must be registered, if it gives full-time "
    "education to five or more pupils of compulsory school age, or to at least one who has an "
    "education, health and care plan or is looked after by a local authority. Running one "
    "unregistered is an offence by whoever runs it (Education and Skills Act 2008, sections 92 "
    "and 96).",
    citation=act("Education Act 1996", "section 463", "ukpga/1996/56/section/463"),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    # Plans came with the Children and Families Act 2014; statements before them are not held here.
    since=date(2014, 9, 1),
    figures={"full_time_children": 5, "full_time_children_with_a_plan_or_looked_after": 1},
)

WIDER_TEST = Rule(
    code="registration-test-2026",
    says="Institutions that give full-time education to at least five children of compulsory "
    "school age, or to at least one who is looked after or has special educational needs, with or "
    "without a plan, come under the same regulation as independent schools. Regulations may say "
    "what is full-time; none are known.",
    citation=act(
        "Children's Wellbeing and Schools Act 2026", "section 43", "ukpga/2026/21/section/43"
    ),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    since=None,  # section 78(5): on a day to be appointed
    figures={"full_time_children": 5, "full_time_children_with_needs_or_looked_after": 1},
)

FULL_TIME_HOURS = Rule(
    code="full-time-hours",
    says="No enactment defines full-time. More than 18 hours a week in the daytime, breaks and "
    "independent study included, is generally treated as full-time.",
    citation=guide(
        "Registration of independent schools",
        "meaning of full-time education",
        "government/publications/independent-school-registration",
    ),
    basis=RuleBasis.STATUTORY_GUIDANCE,
    provenance=Provenance.SEEN,
    since=date(2014, 9, 1),
    figures={"minutes_a_week": 18 * 60},
)

SUBSTANTIALLY_ALL = Rule(
    code="all-or-substantially-all",
    says="Fewer hours may be full-time if they are meant to be, or are, all or substantially all "
    "of a child's education. That is a judgement for a person, never for a sum.",
    citation=FULL_TIME_HOURS.citation,
    basis=RuleBasis.STATUTORY_GUIDANCE,
    provenance=Provenance.SEEN,
    since=date(2014, 9, 1),
)

INSTITUTION = Rule(
    code="what-is-an-institution",
    says="Whether somebody who teaches one child alone, or teaches online, is a school or an "
    "institution at all is for a person to decide.",
    citation=INDEPENDENT_SCHOOL.citation,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=date(2014, 9, 1),
)

DEPARTMENTS_FINDING = Rule(
    code="departments-finding",
    says="Where the department has found that a child is not educated full-time at a setting, the "
    "register counts them so, for as many hours a week as it saw; nobody else may record it.",
    citation=INDEPENDENT_SCHOOL.citation,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=date(2014, 9, 1),
)

DECLARATION = Rule(
    code="provider-declaration",
    says="Children who are educated at home, and places that are paid for privately, count, and "
    "only the provider knows them. What it declares stays current for 92 days; without a current "
    "declaration the test is incomplete, and never green.",
    citation=INDEPENDENT_SCHOOL.citation,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=date(2014, 9, 1),
    figures={"current_for_days": 92},
)

NEAR_THE_LIMIT = Rule(
    code="near-the-limit",
    says="The register warns before the limit: from 15 hours a week for a child who would be "
    "enough by themselves, and from three children who are there so long.",
    citation=INDEPENDENT_SCHOOL.citation,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=date(2014, 9, 1),
    figures={"minutes_a_week": 15 * 60, "children": 3},
)

NOT_COMMISSIONED = Rule(
    code="no-places-above-the-limit",
    says="No commissioner should place a child where a setting should be registered and is not, "
    "until it is. The offence is of whoever runs the setting; for a commissioner this is guidance "
    "and policy.",
    citation=guide(
        "Arranging alternative provision",
        "checking the provider",
        "government/publications/alternative-provision",
    ),
    basis=RuleBasis.STATUTORY_GUIDANCE,
    provenance=Provenance.SEEN,
    since=date(2025, 2, 1),
)

LITTLE_ELSEWHERE = Rule(
    code="little-education-elsewhere",
    says="Less than three hours a week of other education, at school or with others, is little: "
    "what the setting gives is then all or nearly all of it.",
    citation=FULL_TIME_HOURS.citation,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=date(2014, 9, 1),
    figures={"minutes_a_week": 3 * 60},
)

RULES = (
    *(INDEPENDENT_SCHOOL, WIDER_TEST, FULL_TIME_HOURS, SUBSTANTIALLY_ALL, LITTLE_ELSEWHERE),
    *(INSTITUTION, DEPARTMENTS_FINDING, DECLARATION, NEAR_THE_LIMIT, NOT_COMMISSIONED),
)
