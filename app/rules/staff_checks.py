"""Which checks of people who work with children the law asks for, and which it does not allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.rules.dated import Citation, Dated, Finding, Value


class CheckKind(StrEnum):
    """What can be checked of somebody."""

    IDENTITY = "identity"
    RIGHT_TO_WORK = "right-to-work"
    ENHANCED_DBS = "enhanced-dbs"
    BARRED_LIST = "barred-list"
    PROHIBITION = "prohibition"
    MANAGEMENT_BAR = "management-bar"
    REFERENCES = "references"
    OVERSEAS = "overseas"
    QUALIFICATIONS = "qualifications"
    MEDICAL_FITNESS = "medical-fitness"
    SAFEGUARDING_TRAINING = "safeguarding-training"


# What was read of these, and what was not: app/standards/facts/SOURCES.md.
POLICE_ACT_113BA = Citation(
    "Police Act 1997",
    "section 113BA",
    "https://www.legislation.gov.uk/ukpga/1997/50/section/113BA",
    binding=True,
)
VULNERABLE_GROUPS_9 = Citation(
    "Safeguarding Vulnerable Groups Act 2006",
    "section 9",
    "https://www.legislation.gov.uk/ukpga/2006/47/section/9",
    binding=True,
)
IMMIGRATION_15 = Citation(
    "Immigration, Asylum and Nationality Act 2006",
    "section 15",
    "https://www.legislation.gov.uk/ukpga/2006/13/section/15",
    binding=True,
)
_STANDARDS = "Voluntary national standards for non-school alternative provision (August 2025)"
_STANDARDS_URL = "https://www.gov.uk/government/publications/alternative-provision"
STANDARD_1_1 = Citation(_STANDARDS, "standard 1.1", _STANDARDS_URL, binding=False)
STANDARD_1_4 = Citation(_STANDARDS, "standard 1.4", _STANDARDS_URL, binding=False)


@dataclass(frozen=True, slots=True)
class Due:
    """A check that is due, for whom, and on what authority.

    Attributes:
        kind: which.
        of_regulated_activity: only of people in regulated activity; otherwise of everybody.
        citation: why.
    """

    kind: CheckKind
    of_regulated_activity: bool
    citation: Citation


BARRED_LIST_ONLY_FOR_REGULATED_ACTIVITY = Dated(
    name="Whether barred lists are searched for regulated activity alone",
    unit="yes or no",
    values=(Value(date(2009, 10, 12), value=True, citation=POLICE_ACT_113BA),),
)
"""A certificate says whether somebody is barred only in the cases that regulations prescribe.

They stand in the Police Act 1997 (Criminal Records) (No. 2) Regulations 2009, in force that day.
"""

_EVERYBODY = (
    (CheckKind.IDENTITY, STANDARD_1_1),
    # Not a duty to check: only who has checked is excused the penalty for employing. Since
    # 1 October 2026 section 14A counts workers and individual sub-contractors as employed.
    (CheckKind.RIGHT_TO_WORK, IMMIGRATION_15),
    (CheckKind.SAFEGUARDING_TRAINING, STANDARD_1_4),
)
_IN_REGULATED_ACTIVITY = (
    (CheckKind.ENHANCED_DBS, STANDARD_1_1),
    # Not a duty to check either: it is an offence to let somebody do it with reason to believe
    # that they are barred.
    (CheckKind.BARRED_LIST, VULNERABLE_GROUPS_9),
    (CheckKind.REFERENCES, STANDARD_1_1),
)
DUE = Dated(
    name="Checks that are due of somebody who works with children",
    unit="kinds of check",
    values=(
        Value(
            # They came out at the end of August 2025, on a day that is not known here.
            date(2025, 9, 1),
            (
                *(Due(kind, of_regulated_activity=False, citation=on) for kind, on in _EVERYBODY),
                *(
                    Due(kind, of_regulated_activity=True, citation=on)
                    for kind, on in _IN_REGULATED_ACTIVITY
                ),
            ),
            STANDARD_1_1,
        ),
    ),
)


def may_search_barred_list(*, regulated_activity: bool, on: date) -> Finding:
    """Say whether somebody may be looked for on the children's barred list.

    Args:
        regulated_activity: whether they do what schedule 4 of the Safeguarding Vulnerable Groups
            Act 2006 calls regulated activity with children; since 1 September 2026 that
            somebody else supervises them makes no difference (Crime and Policing Act 2026).
        on: the day.

    Raises:
        NotInForceError: the day is before the rule.
    """
    rule = BARRED_LIST_ONLY_FOR_REGULATED_ACTIVITY.on(on)
    if regulated_activity:
        return Finding(True, "They are in regulated activity with children.", rule.citation)
    return Finding(
        not rule.value,
        "Barred lists may be searched only for people in regulated activity with children.",
        rule.citation,
    )


def checks_due(*, regulated_activity: bool, on: date) -> Sequence[Due]:
    """Return the checks that are due of somebody, those of everybody first.

    Args:
        regulated_activity: whether they are in regulated activity with children.
        on: the day.

    Raises:
        NotInForceError: the day is before the standards.
    """
    return tuple(
        due for due in DUE.on(on).value if regulated_activity or not due.of_regulated_activity
    )
