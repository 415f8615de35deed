"""The steps about the setting: shortlist, registration, assurance, visit."""

from collections.abc import Iterator

from app.rules.registration.law import NOT_COMMISSIONED, SUBSTANTIALLY_ALL
from app.rules.registration.limbs import Light
from app.rules.site_checks import OWN_CHECKS, SiteCheckKind
from app.rules.stated import Rule
from app.rules.suitability import law
from app.rules.suitability.facts import Assured, Facts, Listed
from app.rules.suitability.findings import Found, blocking, missing
from app.rules.suitability.steps import Step

CHECKED_ALWAYS = (
    SiteCheckKind.STAFF_CHECKS,
    SiteCheckKind.INSURANCE,
    SiteCheckKind.SAFEGUARDING_POLICY,
)
"""What a commissioner sees of every setting for itself, beside a visit."""

_AGAINST: dict[Listed, tuple[str, str, Rule]] = {
    Listed.SUSPENDED: (
        "suspended",
        "On the first day its listing is suspended.",
        law.NO_START_WHILE_SUSPENDED,
    ),
    Listed.GONE: (
        "gone",
        "On the first day the site is closed, or the provider was removed.",
        law.NO_START_WHILE_SUSPENDED,
    ),
    Listed.NOT_LISTED: ("not-listed", "The site is not on the register.", law.LISTED_HERE),
    Listed.UNDER_REVIEW: ("under-review", "Its listing is under review.", law.LISTED_HERE),
}
_NOT_ASSURED: dict[Assured, tuple[str, str]] = {
    Assured.DOES_NOT_MEET: (
        "outcome",
        "Quality assurance found that the site does not yet meet the standards.",
    ),
    Assured.NOT_CURRENT: (
        "no-outcome",
        "No outcome of quality assurance at this site is current on the first day.",
    ),
}


def of_shortlist(facts: Facts, *, eased: bool) -> Iterator[Found]:
    """Say what is lacking of the choice, and what stands against the listing."""
    fewest = law.OPTIONS_COMPARED.figures["options"]
    if facts.options < fewest and not facts.only_one_because and not eased:
        because = "Compare two settings, or say why there is only one."
        yield missing(Step.SHORTLIST, "second-option", because, law.OPTIONS_COMPARED)
    if facts.turned_down_bare:
        because = "Say why each setting that is turned down is."
        yield missing(Step.SHORTLIST, "turned-down", because, law.OPTIONS_COMPARED)
    setting = facts.setting
    if setting is None:
        because = "Choose one of the settings."
        yield missing(Step.SHORTLIST, "no-choice", because, law.OPTIONS_COMPARED, essential=True)
        return
    if setting.listed in _AGAINST:
        code, because, rule = _AGAINST[setting.listed]
        yield blocking(Step.SHORTLIST, code, because, rule)
    if setting.covers_age is False:
        because = "The listing does not cover the child's age on the first day."
        yield blocking(Step.SHORTLIST, "age", because, law.LISTED_HERE)
    if setting.covers_needs is False:
        because = "The listing does not cover all of the child's needs."
        yield blocking(Step.SHORTLIST, "needs", because, law.LISTED_HERE)


def of_registration(facts: Facts) -> Iterator[Found]:
    """Say whether the setting could be over the limit with the proposed hours."""
    light = facts.setting.light if facts.setting else None
    if facts.setting is None or light is None:
        because = "Propose a timetable, so that the setting can be tested with it."
        yield missing(Step.REGISTRATION, "not-tested", because, NOT_COMMISSIONED, essential=True)
    elif light is Light.RED:
        because = "With these hours the setting would have to register as a school."
        yield blocking(Step.REGISTRATION, "limit", because, NOT_COMMISSIONED)
    elif light is not Light.GREEN and not facts.setting.light_considered:
        because = (
            "The limit is near, or not all is known: say why the place does not make the setting a "
            "school."
        )
        yield missing(Step.REGISTRATION, "considered", because, SUBSTANTIALLY_ALL)


def of_assurance(facts: Facts) -> Iterator[Found]:
    """Say what is not known to be in order at the setting on the first day."""
    setting = facts.setting
    if setting is None:
        because = "Choose a setting first."
        yield missing(Step.ASSURANCE, "no-choice", because, law.DOCUMENTS_VALID)
        return
    if setting.assured in _NOT_ASSURED:
        code, because = _NOT_ASSURED[setting.assured]
        yield blocking(Step.ASSURANCE, code, because, law.ASSURED_HERE)
    if setting.evidence_current is False:
        because = "What the standards cannot do without is out of date on the first day."
        yield blocking(Step.ASSURANCE, "evidence", because, law.DOCUMENTS_VALID)
    if setting.insured is False:
        because = "The insurance that was handed in has expired on the first day."
        yield blocking(Step.ASSURANCE, "insurance-expired", because, law.DOCUMENTS_VALID)
    for kind in CHECKED_ALWAYS:
        if kind not in setting.checked:
            because = f"You have no check of your own that may be used on the first day: {kind}."
            yield missing(Step.ASSURANCE, f"own-{kind}", because, OWN_CHECKS)
    if setting.concern_open:
        because = "A concern about the setting is open."
        yield blocking(Step.ASSURANCE, "concern", because, law.CONCERNS_WEIGHED)


def of_visit(facts: Facts) -> Iterator[Found]:
    """Say whether a visit may be relied on that is not a year old on the first day."""
    if facts.setting is None or SiteCheckKind.VISIT not in facts.setting.checked:
        because = "Nobody of yours has visited the site within a year of the first day."
        yield missing(Step.VISIT, "visit", because, OWN_CHECKS)
