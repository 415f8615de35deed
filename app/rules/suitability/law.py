"""The guidance and policy of suitability, dated, each with where it was read."""

from datetime import date

from app.rules.site_checks import OWN_CHECKS
from app.rules.stated import Provenance, Rule, RuleBasis, act, guide

_KNOWN_FROM = date(2014, 9, 1)
"""Before this day practice is not held here."""
_GUIDE_FROM = date(2025, 2, 1)
_SEEN, _RECALLED = Provenance.SEEN, Provenance.RECALLED
_GUIDANCE, _POLICY = RuleBasis.STATUTORY_GUIDANCE, RuleBasis.POLICY

_ALTERNATIVE = "government/publications/alternative-provision"
_SUITABILITY = guide("Arranging alternative provision", "assessing suitability", _ALTERNATIVE)
_PLANNING = guide("Arranging alternative provision", "planning a placement", _ALTERNATIVE)
_PROVIDERS = guide("Arranging alternative provision", "checking the provider", _ALTERNATIVE)

NEED_STATED = Rule(
    "need-stated",
    "The need is assessed before a place is chosen: why education elsewhere, for what, and by "
    "which legal route.",
    _SUITABILITY,
    _GUIDANCE,
    _SEEN,
    since=_GUIDE_FROM,
)
EARLIER_SUPPORT = Rule(
    "earlier-support",
    "Support was tried before, in steps, and other ways were considered; or it is said why not.",
    _SUITABILITY,
    _GUIDANCE,
    _SEEN,
    since=_GUIDE_FROM,
)
NOT_A_SANCTION = Rule(
    "not-a-sanction",
    "A place elsewhere is no punishment, no way round a formal exclusion, and no way to hide "
    "absence or to take a pupil off the roll.",
    guide(
        "Suspension and permanent exclusion from maintained schools",
        "off-rolling and unlawful exclusion",
        "government/publications/school-exclusion",
    ),
    _GUIDANCE,
    _RECALLED,
    since=_KNOWN_FROM,
)
CHILDS_VIEW = Rule(
    "childs-view",
    "The child's own view is heard and written down, or why it could not be.",
    _SUITABILITY,
    _GUIDANCE,
    _SEEN,
    since=_GUIDE_FROM,
)
PARENTS_VIEW = Rule(
    "parents-view",
    "The parent's view is heard and written down, or why it could not be.",
    _SUITABILITY,
    _GUIDANCE,
    _SEEN,
    since=_GUIDE_FROM,
)
CONSENT_OR_POWER = Rule(
    "consent-or-power",
    "A place rests on the parent's consent or on a power that does without it, and the record says "
    "which.",
    _SUITABILITY,
    _GUIDANCE,
    _RECALLED,
    since=_GUIDE_FROM,
)
CASEWORKER_TOLD = Rule(
    "caseworker-told",
    "Where there is an education, health and care plan, its caseworker at the local authority is "
    "told before a place is arranged.",
    _PLANNING,
    _GUIDANCE,
    _SEEN,
    since=_GUIDE_FROM,
)
CARE_TOLD = Rule(
    "social-worker-and-virtual-head-told",
    "Of a looked-after child the social worker and the virtual school head are told.",
    _PLANNING,
    _GUIDANCE,
    _SEEN,
    since=_GUIDE_FROM,
)
HEALTH_TOLD = Rule(
    "health-professional-asked",
    "Where a child is away for their health, medical advice is taken.",
    guide(
        "Arranging education for children who cannot attend school because of health needs",
        "working with health professionals",
        "government/publications/education-for-children-with-health-needs-who-cannot-attend-school",
    ),
    _GUIDANCE,
    _SEEN,
    since=date(2023, 12, 1),
)
OPTIONS_COMPARED = Rule(
    "options-compared",
    "At least two settings are compared, or it is said why there is only one; each that is turned "
    "down, with reasons.",
    _PROVIDERS,
    _POLICY,
    _SEEN,
    since=_GUIDE_FROM,
    figures={"options": 2},
)
LISTED_HERE = Rule(
    "listed-at-this-site",
    "A setting is used that is listed at this very site, for a child of this age and with these "
    "needs. One that is not can be used with reasons; what is not listed is counted, not hidden.",
    _PROVIDERS,
    _POLICY,
    _RECALLED,
    since=_GUIDE_FROM,
)
AS_OFFERED = Rule(
    "week-as-offered",
    "A provider says whether it has places, and for how many hours a week it takes one pupil. "
    "Where it says that it is full, or a week is longer, it is asked before the child is sent.",
    _PROVIDERS,
    _POLICY,
    _RECALLED,
    since=_GUIDE_FROM,
)
ASSURED_HERE = Rule(
    "outcome-at-this-site",
    "The last quality assurance of this very site, current on the first day, found that it meets "
    "the standards.",
    _PROVIDERS,
    _POLICY,
    _RECALLED,
    since=_GUIDE_FROM,
)
NO_START_WHILE_SUSPENDED = Rule(
    "no-start-while-suspended",
    "No new place begins where the listing is suspended or the provider was removed, nor at a site "
    "that is closed.",
    _PROVIDERS,
    _POLICY,
    _RECALLED,
    since=_GUIDE_FROM,
)
DOCUMENTS_VALID = Rule(
    "documents-valid-at-the-start",
    "On the first day the setting's insurance, and what the standards cannot do without, is in "
    "date.",
    _PROVIDERS,
    _GUIDANCE,
    _SEEN,
    since=_GUIDE_FROM,
)
CONCERNS_WEIGHED = Rule(
    "concerns-weighed",
    "Where a concern about the setting is open, no new place begins until it is resolved, or it is "
    "said why this child is safe there.",
    OWN_CHECKS.citation,
    _GUIDANCE,
    _RECALLED,
    since=_KNOWN_FROM,
)
NEEDS_MATCHED = Rule(
    "needs-matched",
    "For each need it is said how the setting meets it, or how the gap is filled.",
    _SUITABILITY,
    _GUIDANCE,
    _SEEN,
    since=_GUIDE_FROM,
)
CORE_SUBJECTS = Rule(
    "english-and-mathematics",
    "The child goes on with English and mathematics at their level, at the setting or elsewhere.",
    _SUITABILITY,
    _GUIDANCE,
    _SEEN,
    since=_GUIDE_FROM,
)
WHOLE_EDUCATION = Rule(
    "whole-education",
    "All of the child's education together is full-time, or it is said why it is not.",
    _PLANNING,
    _GUIDANCE,
    _SEEN,
    since=_GUIDE_FROM,
)
RISK_ASSESSED = Rule(
    "risk-assessed",
    "Risks to this child, and with the others there, are weighed; what is high is mitigated; both "
    "sides agree.",
    OWN_CHECKS.citation,
    _GUIDANCE,
    _SEEN,
    since=_KNOWN_FROM,
)
PLANNED = Rule(
    "planned",
    "There is a plan: objectives and how they are measured, a last day, reviews at least once in "
    "each half term, and the steps back to school or on to what comes next.",
    _PLANNING,
    _GUIDANCE,
    _SEEN,
    since=_GUIDE_FROM,
)
PRICED = Rule(
    "priced",
    "What the place costs is known before it is decided, transport and meals apart, and whether it "
    "is worth it.",
    _PLANNING,
    _POLICY,
    _SEEN,
    since=_GUIDE_FROM,
)
DECIDED_APART = Rule(
    "decided-apart",
    "Who decides is a named person who neither asked for the place nor stated the need.",
    _PLANNING,
    _POLICY,
    _SEEN,
    since=_GUIDE_FROM,
)
DEPARTED_FROM_WITH_REASONS = Rule(
    "departed-from-with-reasons",
    "Guidance is to be had regard to, and may be departed from with reasons; what a statute asks "
    "may not. Who decides gives a reason for each departure, and it is kept.",
    _SUITABILITY,
    _POLICY,
    _RECALLED,
    since=_GUIDE_FROM,
)
LITTLE_AT_STAKE = Rule(
    "little-at-stake",
    "Of a short place of few hours, at a site that the same commissioner assessed for another "
    "child within a year, less is asked: no second option, no other ways considered, no "
    "word on value. Not where the child has a plan, is looked after, or has no other education.",
    _SUITABILITY,
    _POLICY,
    _RECALLED,
    since=_GUIDE_FROM,
    figures={"most_minutes_a_week": 360, "most_days": 42, "assessed_within_days": 365},
)
WHAT_IF_LIMITED = Rule(
    "what-if-limited",
    "What a timetable would mean for a setting is asked within an open assessment, and so often in "
    "an hour at most: whoever could ask at will could find out whom others place there.",
    _PROVIDERS,
    _POLICY,
    _RECALLED,
    since=_GUIDE_FROM,
    figures={"times_an_hour": 20},
)
ASSESSED_FIRST = Rule(
    "assessed-first",
    "A place begins after its assessment is approved. A start that cannot wait is recorded with "
    "its reasons, and assessed within the time for places that run already.",
    _SUITABILITY,
    _POLICY,
    _RECALLED,
    since=_GUIDE_FROM,
)
PART_TIME_FOR_HEALTH = Rule(
    "part-time-for-health",
    "Education that a local authority arranges may be less than full-time only where that is in "
    "the child's best interests for reasons of their physical or mental health.",
    act("Education Act 1996", "section 19(3AA)", "ukpga/1996/56/section/19"),
    RuleBasis.STATUTE,
    _SEEN,
    since=_KNOWN_FROM,
)

RULES = (
    *(NEED_STATED, EARLIER_SUPPORT, NOT_A_SANCTION, CHILDS_VIEW, PARENTS_VIEW, CONSENT_OR_POWER),
    *(CASEWORKER_TOLD, CARE_TOLD, HEALTH_TOLD, OPTIONS_COMPARED, LISTED_HERE, AS_OFFERED),
    *(
        ASSURED_HERE,
        NO_START_WHILE_SUSPENDED,
        DOCUMENTS_VALID,
        CONCERNS_WEIGHED,
        NEEDS_MATCHED,
        CORE_SUBJECTS,
    ),
    *(WHOLE_EDUCATION, RISK_ASSESSED, PLANNED, PRICED, DECIDED_APART, DEPARTED_FROM_WITH_REASONS),
    *(LITTLE_AT_STAKE, WHAT_IF_LIMITED, ASSESSED_FIRST, PART_TIME_FOR_HEALTH),
)
