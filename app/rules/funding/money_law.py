"""The law and guidance of money, dated: who pays first, and what may be moved."""

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

PAYER_FOLLOWS_DUTY = Rule(
    "payer-follows-duty",
    "Whoever has the duty to arrange the education pays first, until a law or an agreement moves "
    "the money. No enactment says so of every route; it is inferred, and local practice varies.",
    _GUIDE,
    _POLICY,
    _RECALLED,
    since=_KNOWN_FROM,
)
LOCAL_AGREEMENTS = Rule(
    "local-agreements",
    "Schools and authorities may agree to move money, such as a part of what a pupil brings; such "
    "agreements bind those who made them and nobody else.",
    _GUIDE,
    _POLICY,
    _SEEN,
    since=_KNOWN_FROM,
)
_REDUCTION = (
    "The excluding school's budget share is reduced by A x B/52 + C: A what the formula gives "
    "for such a pupil in a year, B the complete weeks left in the funding period (in the school "
    "year, if they would leave at its end and it is 1 April or later), C what a financial "
    "adjustment order adds. Special schools, pupil referral units and reserved places are outside "
    "it. The authority can ask no more."
)
EXCLUSION_MONEY = (
    Rule(
        "exclusion-money",
        _REDUCTION,
        act(
            "School and Early Years Finance (England) Regulations 2018",
            "regulation 27",
            "uksi/2018/10/regulation/27",
        ),
        _STATUTE,
        _SEEN,
        since=date(2018, 4, 1),
        until=date(2024, 3, 31),
        figures={"weeks": 52},
    ),
    Rule(
        "exclusion-money",
        f"{_REDUCTION} Such regulations are made anew for most years; check this year's.",
        act(
            "School and Early Years Finance and Childcare (Provision of Information About Young "
            "Children) (Amendment) (England) Regulations 2024",
            "regulation 39",
            "uksi/2024/66/part/3/chapter/3",
        ),
        _STATUTE,
        _SEEN,
        since=date(2024, 4, 1),
        figures={"weeks": 52},
    ),
)
REGISTERED_PLACES = Rule(
    "registered-places",
    "A pupil referral unit or academy for alternative provision is paid for its places, and "
    "whoever sends a pupil tops that up.",
    guide(
        "High needs funding: operational guide",
        "alternative provision",
        "government/publications/high-needs-funding-arrangements",
    ),
    _GUIDANCE,
    _SEEN,
    since=_KNOWN_FROM,
)
TRAVEL = Rule(
    "travel",
    "The authority arranges travel for an eligible child, also to a place other than a school at "
    "which they are educated under section 19. Travel and meals are paid for apart from the place.",
    act("Education Act 1996", "section 508B and schedule 35B", "ukpga/1996/56/schedule/35B"),
    _STATUTE,
    _SEEN,
    since=_KNOWN_FROM,
)


RULES = (*(PAYER_FOLLOWS_DUTY, LOCAL_AGREEMENTS, *EXCLUSION_MONEY, REGISTERED_PLACES, TRAVEL),)
