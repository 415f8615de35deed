"""The law and guidance of the clocks, dated, each with where it was read."""

from datetime import date

from app.rules.stated import Provenance, Rule, RuleBasis, act, guide
from app.rules.working_days import BANK_HOLIDAYS

KNOWN_FROM = date(2014, 9, 1)
"""Before this day practice is not held here."""

_EXCLUDED = "Education (Provision of Full-Time Education for Excluded Pupils) (England) Regulations"
_BEHAVIOUR = "Education (Educational Provision for Improving Behaviour) Regulations 2010"
_ALTERNATIVE = "government/publications/alternative-provision"

SUSPENDED_FROM_DAY_SIX = Rule(
    code="suspension-education",
    says="The governing body or proprietor must arrange suitable full-time education from the "
    "sixth consecutive school day of a suspension, one period or several together; for a pupil "
    "suspended from a pupil referral unit the local authority must.",
    citation=act(f"{_EXCLUDED} 2007", "regulations 3 and 4", "uksi/2007/1870/regulation/3"),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    since=date(2015, 1, 5),  # consecutive, whatever the periods: SI 2014/3216
    figures={"school_day": 6},
)
EXCLUDED_FROM_DAY_SIX = Rule(
    code="permanent-exclusion-education",
    says="The local authority must arrange suitable full-time education from the sixth school day "
    "after the first day of a permanent exclusion.",
    citation=act(f"{_EXCLUDED} 2007", "regulation 4", "uksi/2007/1870/regulation/4"),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    since=date(2007, 9, 1),
    figures={"school_days": 6},
)
LOOKED_AFTER_FROM_DAY_ONE = Rule(
    code="looked-after-from-day-one",
    says="For a looked-after child education is expected from the first day after an exclusion.",
    citation=guide(
        "Suspension and permanent exclusion from maintained schools",
        "looked-after children",
        "government/publications/school-exclusion",
    ),
    basis=RuleBasis.STATUTORY_GUIDANCE,
    provenance=Provenance.RECALLED,
    since=KNOWN_FROM,
)
SUSPENSION_PLACE_NOTICE = Rule(
    code="suspension-place-notice",
    says="The parent is told in writing of the place arranged during a suspension at least 48 "
    "hours before it starts; less only with the parent's consent, and only where it starts before "
    "the sixth day.",
    citation=act(f"{_EXCLUDED} 2007", "regulation 6(3) and (4)", "uksi/2007/1870/regulation/6"),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    since=date(2012, 9, 1),  # SI 2012/1033, schedule 2, paragraph 8
    figures={"hours": 48},
)
OFF_SITE_NOTICE = Rule(
    code="off-site-notice",
    says="Where the governing body of a maintained school requires a pupil to attend elsewhere to "
    "improve their behaviour, it gives written notice as soon as practicable and at least two "
    "school days before the first day; the authority is told, too, where there is a plan.",
    citation=act(_BEHAVIOUR, "regulation 3(2)", "uksi/2010/1156/regulation/3"),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    since=date(2010, 9, 1),
    figures={"school_days": 2},
)
OFF_SITE_REVIEWS = (
    Rule(
        code="off-site-reviews",
        says="The governing body reviews an off-site direction at least every 30 days.",
        citation=act(_BEHAVIOUR, "regulation 4", "uksi/2010/1156/regulation/4/made"),
        basis=RuleBasis.STATUTE,
        provenance=Provenance.SEEN,
        since=date(2010, 9, 1),
        until=date(2012, 12, 31),
        figures={"days": 30},
    ),
    Rule(
        code="off-site-reviews",
        says="The governing body reviews an off-site direction at intervals that suit the pupil's "
        "needs. The parent, and the authority that maintains a plan, may ask for a review in "
        "writing; it is held as soon as practicable, unless one was held in the 10 weeks before.",
        citation=act(_BEHAVIOUR, "regulations 4 and 4A", "uksi/2012/2532/made"),
        basis=RuleBasis.STATUTE,
        provenance=Provenance.SEEN,
        since=date(2013, 1, 1),  # SI 2012/2532
        figures={"weeks": 10},
    ),
)
HEALTH_ABSENCE = Rule(
    code="health-absence",
    says="The local authority arranges education as soon as it is clear that a child will be away "
    "for 15 school days or more because of their health, together or in all over a school year.",
    citation=guide(
        "Arranging education for children who cannot attend school because of health needs",
        "when a local authority should act",
        "government/publications/education-for-children-with-health-needs-who-cannot-attend-school",
    ),
    basis=RuleBasis.STATUTORY_GUIDANCE,
    provenance=Provenance.SEEN,
    since=date(2023, 12, 1),
    figures={"school_days": 15},
)
SECTION_19 = Rule(
    code="section-19",
    says="The local authority where a child of compulsory school age is arranges suitable "
    "education, full-time unless health makes less right for them, if by illness, exclusion or "
    "otherwise they would not receive it. No number of days stands in the section. It does not "
    "apply to a child who stops being of that age within six weeks and has no examination left.",
    citation=act("Education Act 1996", "section 19", "ukpga/1996/56/section/19"),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    since=KNOWN_FROM,
    figures={"weeks_before_the_end_of_school_age": 6},
)
OTHER_ABSENCE = Rule(
    code="other-absence",
    says="Some authorities act from the sixth school day of an absence that is neither for health "
    "nor an exclusion. That is local practice; section 19 names no day.",
    citation=SECTION_19.citation,
    basis=RuleBasis.POLICY,
    provenance=Provenance.SEEN,
    since=KNOWN_FROM,
    figures={"school_day": 6},
)
HALF_TERMLY = Rule(
    code="half-termly-review",
    says="A placement is reviewed often enough to show that the child attends, is safe and makes "
    "progress: at least once in each half term.",
    citation=guide("Arranging alternative provision", "reviewing placements", _ALTERNATIVE),
    basis=RuleBasis.STATUTORY_GUIDANCE,
    provenance=Provenance.SEEN,
    since=date(2025, 2, 1),
)
REVIEW_WEEKS = Rule(
    code="review-weeks",
    says="Half terms differ in length: the register asks for a review every six school weeks of "
    "five school days, and never later than eight.",
    citation=HALF_TERMLY.citation,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=date(2025, 2, 1),
    figures={"school_weeks": 6, "most_school_weeks": 8},
)
PLAN_REVIEW = Rule(
    code="plan-annual-review",
    says="The local authority that maintains an education, health and care plan reviews it within "
    "12 months of making it, and of each review.",
    citation=act("Children and Families Act 2014", "section 44", "ukpga/2014/6/section/44"),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.RECALLED,
    since=date(2014, 9, 1),
    figures={"months": 12},
)
WORKING_DAYS = Rule(
    code="working-days",
    says="Working days are Monday to Friday, England's bank holidays left out.",
    citation=BANK_HOLIDAYS,
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    since=date(1972, 1, 1),
)
ASSESSED_LATER = Rule(
    code="assessed-later",
    says="A placement that runs already may be recorded as it is. Its suitability is assessed "
    "within 20 working days of being recorded.",
    citation=guide("Arranging alternative provision", "suitability", _ALTERNATIVE),
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=date(2025, 2, 1),
    figures={"working_days": 20},
)
REVIEW_OPENED = Rule(
    code="review-opened-by-a-change",
    says="Where a listing, an outcome, a document or a concern changes what is known of a "
    "provider, each commissioner acknowledges it within 2 working days and reviews every "
    "placement there within 10.",
    citation=HALF_TERMLY.citation,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=date(2025, 2, 1),
    figures={"acknowledge_working_days": 2, "review_working_days": 10},
)

RULES = (
    *(ASSESSED_LATER, REVIEW_OPENED),
    *(SUSPENDED_FROM_DAY_SIX, EXCLUDED_FROM_DAY_SIX, LOOKED_AFTER_FROM_DAY_ONE),
    *(SUSPENSION_PLACE_NOTICE, OFF_SITE_NOTICE, *OFF_SITE_REVIEWS, HEALTH_ABSENCE, SECTION_19),
    *(OTHER_ABSENCE, HALF_TERMLY, REVIEW_WEEKS, PLAN_REVIEW, WORKING_DAYS),
)
