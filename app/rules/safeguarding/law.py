"""The checklist of a placement, each item with where it stands, what it rests on, and whose it is.

A duty stays with each body that has it: where several are named, each of them has it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.rules.dated import Citation
from app.rules.stated import Provenance, Rule, RuleBasis, act, guide

_KCSIE = guide(
    "Keeping children safe in education",
    "alternative provision",
    "government/publications/keeping-children-safe-in-education--2",
)
_ALTERNATIVE = guide(
    "Alternative provision: statutory guidance",
    "responsibilities of the commissioner",
    "government/publications/alternative-provision",
)
_MISSING = guide(
    "Children missing education",
    "children who may not be where they are expected",
    "government/publications/children-missing-education",
)
_TRANSPORT = guide(
    "Travel to school for children of compulsory school age",
    "safeguarding",
    "government/publications/home-to-school-travel-and-transport-guidance",
)
_REGISTERS = "School Attendance (Pupil Registration) (England) Regulations 2024"
_REGISTER = act(_REGISTERS, "regulation 10", "uksi/2024/208/regulation/10")
_DIRECTION = act(
    "Education (Educational Provision for Improving Behaviour) Regulations 2010",
    "regulation 3",
    "uksi/2010/1156/regulation/3",
)
_SINCE = date(2025, 9, 1)
_REGISTERS_SINCE = date(2024, 8, 19)


class Whose(StrEnum):
    """Who has a duty, or whose part something is."""

    COMMISSIONER = "commissioner"
    HOME_SCHOOL = "home-school"
    PROVIDER = "provider"
    DIRECTING_SCHOOL = "directing-school"


class AskedWhere(StrEnum):
    """Of which placements an item is asked."""

    EVERY = "every"
    AFTER_A_CONCERN = "after-a-concern"
    EDUCATED_OFF_SITE = "code-b"
    RECORDED_AS_K_OR_B = "code-k-or-b"
    TRANSPORTED = "transport"
    SUPPORTED = "plan-or-looked-after"
    DIRECTED = "direction"
    ALONE_OR_ONLINE = "lone-tuition-or-online"


class ItemForce(StrEnum):
    """How strongly something is asked."""

    MUST = "must"
    SHOULD = "should"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that keeps a placed child safe.

    Attributes:
        number: SG1 to SG22.
        rule: what is asked, where it stands and what it rests on.
        whose: who has it to do; each body that is named.
        where: of which placements it is asked.
        renewed: it is done again and again, and so has a day on which it is due next.
    """

    number: str
    rule: Rule
    whose: tuple[Whose, ...]
    where: AskedWhere = AskedWhere.EVERY
    renewed: bool = False

    @property
    def force(self) -> ItemForce:
        """Say whether it must be done, or should."""
        return ItemForce.MUST if self.rule.basis is RuleBasis.STATUTE else ItemForce.SHOULD


def _rule(
    code: str,
    says: str,
    citation: Citation = _KCSIE,
    provenance: Provenance = Provenance.RECALLED,
    since: date = _SINCE,
) -> Rule:
    basis = RuleBasis.STATUTE if citation.binding else RuleBasis.STATUTORY_GUIDANCE
    return Rule(code, says, citation, basis, provenance, since)


_BOTH = (Whose.COMMISSIONER, Whose.HOME_SCHOOL)
_ALL = (*_BOTH, Whose.PROVIDER)

ITEMS: tuple[Item, ...] = (
    Item(
        "SG1",
        _rule(
            "placement-lead-contact",
            "The school or authority names a lead contact and its designated safeguarding lead for "
            "the placement, and the provider names its own.",
        ),
        _ALL,
    ),
    Item(
        "SG2",
        _rule(
            "placement-staff-checks",
            "Written confirmation, dated before the first session, that everybody who will work "
            "with the child has been checked as the school would check its own staff.",
            provenance=Provenance.SEEN,
        ),
        (*_BOTH, Whose.PROVIDER),
        renewed=True,
    ),
    Item(
        "SG3",
        _rule(
            "placement-changes-told",
            "The provider has promised in writing to tell of any change that may put the child at "
            "risk, such as new staff.",
        ),
        (Whose.COMMISSIONER, Whose.PROVIDER),
    ),
    Item(
        "SG4",
        _rule(
            "placement-addresses-known",
            "The address of the provider and of every site the child may be taken to is held: the "
            "school knows where the child is in school hours.",
        ),
        _BOTH,
    ),
    Item(
        "SG5",
        _rule(
            "placement-safe-reviews",
            "Reviews often enough, at least half-termly, to show that the child attends, is safe, "
            "and has what it needs.",
            _ALTERNATIVE,
            Provenance.SEEN,
        ),
        _BOTH,
        renewed=True,
    ),
    Item(
        "SG6",
        _rule(
            "placement-concern-reviewed",
            "Where a concern arises, the placement is reviewed at once, and ended if need be until "
            "it is resolved.",
        ),
        _BOTH,
        AskedWhere.AFTER_A_CONCERN,
        renewed=True,
    ),
    Item(
        "SG7",
        _rule(
            "placement-attendance-reported",
            "Attendance is reported every session and absence is known the same day; the home "
            "school enters the code and follows up.",
            _REGISTER,
            Provenance.SEEN,
            _REGISTERS_SINCE,
        ),
        (Whose.HOME_SCHOOL, Whose.PROVIDER),
        renewed=True,
    ),
    Item(
        "SG8",
        _rule(
            "placement-code-b-supervised",
            "Code B is used only where the place is supervised and measures protect the pupil; "
            "never for work at home or online without supervision.",
            _REGISTER,
            Provenance.SEEN,
            _REGISTERS_SINCE,
        ),
        (Whose.HOME_SCHOOL,),
        AskedWhere.EDUCATED_OFF_SITE,
    ),
    Item(
        "SG9",
        _rule(
            "placement-nature-recorded",
            "With codes K and B the school records the nature of the provision as well.",
            _REGISTER,
            since=_REGISTERS_SINCE,
        ),
        (Whose.HOME_SCHOOL,),
        AskedWhere.RECORDED_AS_K_OR_B,
    ),
    Item(
        "SG10",
        _rule(
            "placement-information-given",
            "Before the start the provider is given what it needs: contacts, needs, health, risks, "
            "child protection, court orders.",
            _ALTERNATIVE,
        ),
        _BOTH,
    ),
    Item(
        "SG11",
        _rule(
            "placement-risk-assessed",
            "A risk assessment of this child, agreed by both safeguarding leads, the other "
            "children on the site included.",
        ),
        _ALL,
    ),
    Item(
        "SG12",
        _rule(
            "placement-site-rules",
            "It is said whether the child may leave the site alone, and what holds of physical "
            "intervention.",
            _ALTERNATIVE,
        ),
        (Whose.COMMISSIONER, Whose.PROVIDER),
    ),
    Item(
        "SG13",
        _rule(
            "placement-transport",
            "Of transport: who drives, their check, the vehicle, and who hands over to whom.",
            _TRANSPORT,
        ),
        (Whose.COMMISSIONER,),
        AskedWhere.TRANSPORTED,
    ),
    Item(
        "SG14",
        _rule(
            "placement-site-visited",
            "A suitable person visits the site before the start, and then as planned.",
            _ALTERNATIVE,
            Provenance.SEEN,
        ),
        (Whose.COMMISSIONER,),
        renewed=True,
    ),
    Item(
        "SG15",
        _rule(
            "placement-child-knows-whom",
            "The child is told how to raise a worry with somebody outside the provider.",
        ),
        _BOTH,
    ),
    Item(
        "SG16",
        _rule(
            "placement-workers-told",
            "The social worker, the virtual school head and the caseworker for special needs are "
            "told.",
            _ALTERNATIVE,
        ),
        (Whose.COMMISSIONER,),
        AskedWhere.SUPPORTED,
    ),
    Item(
        "SG17",
        _rule(
            "placement-parent-told",
            "The parent has the address, the times, the contacts and the way to complain.",
            _DIRECTION,
            since=date(2010, 9, 1),
        ),
        (Whose.DIRECTING_SCHOOL,),
        AskedWhere.DIRECTED,
    ),
    Item(
        "SG18",
        _rule(
            "placement-allegations",
            "The ways to the designated officer and the police are agreed for an allegation, and "
            "the commissioner is told.",
        ),
        (Whose.COMMISSIONER, Whose.PROVIDER),
    ),
    Item(
        "SG19",
        _rule(
            "placement-no-exclusion-by-provider",
            "The provider does not exclude; any stop is agreed with the school first.",
            _ALTERNATIVE,
        ),
        (Whose.COMMISSIONER, Whose.PROVIDER),
    ),
    Item(
        "SG20",
        _rule(
            "placement-part-of-school",
            "The child stays part of its school: events, letters, rewards, parents' evenings.",
            _ALTERNATIVE,
        ),
        (Whose.HOME_SCHOOL,),
    ),
    Item(
        "SG21",
        _rule(
            "placement-missing-plan",
            "What is done when the child goes missing from the placement is planned, with what the "
            "police would ask for.",
            _MISSING,
        ),
        _ALL,
    ),
    Item(
        "SG22",
        _rule(
            "placement-online-or-at-home",
            "Of tuition alone, online or at home: who is present, whether it is recorded, and that "
            "the room is safe.",
        ),
        (Whose.COMMISSIONER, Whose.PROVIDER),
        AskedWhere.ALONE_OR_ONLINE,
    ),
)
ITEM: dict[str, Item] = {one.number: one for one in ITEMS}

STATUS = Rule(
    code="placement-safeguarding-status",
    says="A placement is green when everything is current; amber when something is due within 14 "
    "days, a review within 7, or something else is lacking; red when SG2, SG4, SG6 or SG7 is "
    "missing or overdue, when a review, an urgent start or a notice that an enactment asks is "
    "overdue, and while a grave concern or an interim suspension at the provider is open. Another "
    "notice that is overdue is amber.",
    citation=_KCSIE,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=_SINCE,
    figures={"due_within_days": 14, "review_within_days": 7},
)
URGENT_START = Rule(
    code="placement-urgent-safeguarding",
    says="Where a start cannot wait, what is lacking is completed within 10 working days; a lawful "
    "start is never stopped for it.",
    citation=_KCSIE,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=_SINCE,
    figures={"working_days": 10},
)
RULES = (*(one.rule for one in ITEMS), STATUS, URGENT_START)
