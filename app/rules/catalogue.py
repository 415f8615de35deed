"""Every rule that is held here, in force or to come, by what it is about."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from app.rules import coming, retention, school_age, school_days, site_checks
from app.rules.attendance import law as attendance
from app.rules.attendance import reporting
from app.rules.clocks import law as clocks
from app.rules.funding import agreeing, money_law
from app.rules.funding import law as commissioning
from app.rules.missing import law as missing
from app.rules.notices import law as notices
from app.rules.registration import law as registration
from app.rules.safeguarding import law as safeguarding
from app.rules.stated import Rule
from app.rules.suitability import law as suitability


class Subject(StrEnum):
    """What rules are about."""

    REGISTRATION = "registration"
    COMMISSIONING = "commissioning"
    SUITABILITY = "suitability"
    MONEY = "money"
    CLOCKS = "clocks"
    ATTENDANCE = "attendance"
    MISSING = "missing-children"
    SAFEGUARDING = "safeguarding"
    NOTICES = "notices"
    RETENTION = "retention"
    COMING = "not-in-force"


RULES: Mapping[Subject, Sequence[Rule]] = {
    Subject.REGISTRATION: (school_age.AGE, *registration.RULES),
    Subject.COMMISSIONING: commissioning.RULES,
    Subject.SUITABILITY: (*site_checks.RULES, *suitability.RULES),
    Subject.MONEY: (*money_law.RULES, *agreeing.RULES),
    Subject.CLOCKS: (*clocks.RULES, *school_days.RULES),
    Subject.MISSING: missing.RULES,
    Subject.ATTENDANCE: (*attendance.RULES, *reporting.RULES),
    Subject.SAFEGUARDING: safeguarding.RULES,
    Subject.NOTICES: notices.RULES,
    Subject.RETENTION: retention.RULES,
    Subject.COMING: coming.RULES,
}
