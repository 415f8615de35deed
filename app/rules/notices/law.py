"""The law, guidance and policy of notices, dated, each with where it was read."""

from datetime import date

from app.rules.stated import Provenance, Rule, RuleBasis, act, guide

_SEEN, _RECALLED = Provenance.SEEN, Provenance.RECALLED
_GUIDANCE, _POLICY = RuleBasis.STATUTORY_GUIDANCE, RuleBasis.POLICY
_ALTERNATIVE = "government/publications/alternative-provision"
_GUIDE_FROM = date(2025, 2, 1)
_INFORMING = guide("Arranging alternative provision", "informing parents", _ALTERNATIVE)
_EXCLUDED = "Education (Provision of Full-Time Education for Excluded Pupils) (England) Regulations"

DIRECTION_SAYS = Rule(
    "off-site-notice-content",
    "The notice of an off-site direction says the address, to whom the pupil reports on the first "
    "day, for how many days, when the sessions begin and end, the reasons and the objectives.",
    act(
        "Education (Educational Provision for Improving Behaviour) Regulations 2010",
        "regulation 3(4)",
        "uksi/2010/1156/regulation/3",
    ),
    RuleBasis.STATUTE,
    _RECALLED,
    since=date(2010, 9, 1),
)
SUSPENSION_PLACE_SAYS = Rule(
    "suspension-place-notice-content",
    "The notice of a place during a suspension says the day on which it begins, the times of its "
    "sessions, the address, and to whom the pupil reports on the first day.",
    act(f"{_EXCLUDED} 2007", "regulation 7", "uksi/2007/1870/regulation/7"),
    RuleBasis.STATUTE,
    _RECALLED,
    since=date(2012, 9, 1),
)
PARENT_INFORMED = Rule(
    "parent-informed",
    "The parent is given clear information about a placement: why, where and when it is, and how "
    "it is reviewed.",
    _INFORMING,
    _GUIDANCE,
    _SEEN,
    since=_GUIDE_FROM,
)
AGREEMENT = Rule(
    "service-agreement",
    "The commissioner and the provider sign an agreement on each placement, and the parent sees "
    "it; what is in force between them otherwise nobody can show.",
    guide("Arranging alternative provision", "agreeing a placement", _ALTERNATIVE),
    _POLICY,
    _SEEN,
    since=_GUIDE_FROM,
)
BEFORE_THE_START = Rule(
    "told-before-the-start",
    "Where neither the law nor guidance names a day, a notice is sent before the first day.",
    _INFORMING,
    _POLICY,
    _RECALLED,
    since=_GUIDE_FROM,
)
RAN_ALREADY = Rule(
    "told-after-recording",
    "Of a placement that ran already when it was recorded, notices that were not sent by way of "
    "the register are sent within 20 working days of being recorded.",
    _INFORMING,
    _POLICY,
    _RECALLED,
    since=_GUIDE_FROM,
    figures={"working_days": 20},
)
BY_POST = Rule(
    "notice-by-post",
    "A notice that is posted counts as given on the second working day after; any other when it "
    "is sent. The regulations on off-site directions no longer say; this is the safe reading.",
    act("Interpretation Act 1978", "section 7", "ukpga/1978/30/section/7"),
    _POLICY,
    _RECALLED,
    since=_GUIDE_FROM,
    figures={"working_days": 2},
)
SAFE_CONTACT = Rule(
    "safe-contact",
    "Nobody who is not to be told is written to, nobody by a way that is not safe, and the address "
    "of a setting is left out where contact with the child is barred or unsafe.",
    guide(
        "Keeping children safe in education",
        "information sharing",
        "government/publications/keeping-children-safe-in-education--2",
    ),
    _POLICY,
    _RECALLED,
    since=_GUIDE_FROM,
)
NOTICE_LIGHT = Rule(
    "notice-light",
    "A notice that is overdue is red where an enactment asks it and amber otherwise; amber, too, "
    "while it is due within three days, was composed of facts that have changed since, or was "
    "sent later than an enactment says.",
    _INFORMING,
    _POLICY,
    _RECALLED,
    since=_GUIDE_FROM,
    figures={"due_within_days": 3},
)

RULES = (
    *(DIRECTION_SAYS, SUSPENSION_PLACE_SAYS, PARENT_INFORMED, AGREEMENT, BEFORE_THE_START),
    *(RAN_ALREADY, BY_POST, SAFE_CONTACT, NOTICE_LIGHT),
)
