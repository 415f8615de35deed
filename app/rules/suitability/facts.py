"""What an assessment knows, as facts: of the child no name and no words, only what was said.

`None` in the place of a step means that nobody has taken it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.rules.funding.facts import Situation
from app.rules.funding.rows import Party, Route
from app.rules.registration.limbs import Light
from app.rules.site_checks import SiteCheckKind
from app.rules.suitability.steps import Consent, SectionF, Told


class Listed(StrEnum):
    """Where a site's listing stands on the first day."""

    LISTED = "listed"
    UNDER_REVIEW = "under-review"
    SUSPENDED = "suspended"
    GONE = "gone"
    """Removed or closed."""
    NOT_LISTED = "not-listed"


class Assured(StrEnum):
    """What quality assurance says of a site on the first day."""

    MEETS = "meets"
    DOES_NOT_MEET = "does-not-meet"
    NOT_CURRENT = "not-current"
    """Not assessed, or the outcome has lapsed by then."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What was said of earlier support.

    Attributes:
        tried: how many things were tried.
        none_because: it is said why nothing was.
        considered: it is said what else was considered.
        as_sanction: the place is meant as a punishment, or instead of a formal exclusion.
    """

    tried: int = 0
    none_because: bool = False
    considered: bool = False
    as_sanction: bool = False


@dataclass(frozen=True, slots=True)
class Voices:
    """What was said of who was heard.

    Attributes:
        child: the child's view, or why there is none, is written down.
        parent: so is the parent's.
        consent: what the parent says of the place.
        power: the power is named on which the place rests without consent.
    """

    child: bool = False
    parent: bool = False
    consent: Consent = Consent.NOT_ASKED
    power: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the setting that is chosen, on the first day of the place.

    Attributes:
        listed: where its listing stands.
        covers_age: the listing covers the child's age; `None`: there is no listing to ask.
        covers_needs: it covers the child's needs.
        assured: what quality assurance says of the site.
        evidence_current: what the standards cannot do without is in date, as far as it was handed
            in; `None`: the register asks for none there.
        insured: an insurance that was handed in is in date; `None`: none was handed in.
        checked: what the commissioner checked for itself and may use on that day.
        concern_open: about the setting, as far as the commissioner may know.
        light: what the registration test says with the proposed hours; `None`: not asked yet.
        light_considered: a person has said why an amber or incomplete light does not stand against.
    """

    listed: Listed = Listed.LISTED
    covers_age: bool | None = True
    covers_needs: bool | None = True
    assured: Assured = Assured.MEETS
    evidence_current: bool | None = True
    insured: bool | None = True
    checked: frozenset[SiteCheckKind] = frozenset()
    concern_open: bool = False
    light: Light | None = None
    light_considered: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """What was said of needs and teaching.

    Attributes:
        needs: how many of the child's needs were looked at.
        unmet: how many are neither met nor have a plan for the gap.
        english: it is arranged, there or elsewhere.
        mathematics: so is this.
        section_f: whether what a plan specifies is provided; `None`: nobody has said.
        full_time: all education together is; `None`: nobody has said.
        part_time_because: it is said why it is not.
        part_time_for_health: the reason is the child's health.
    """

    needs: int = 0
    unmet: int = 0
    english: bool = False
    mathematics: bool = False
    section_f: SectionF | None = None
    full_time: bool | None = None
    part_time_because: bool = False
    part_time_for_health: bool = False


@dataclass(frozen=True, slots=True)
class Risk:
    """What was said of risks.

    Attributes:
        weighed: how many were.
        high: how many stay high with all that is done about them.
        we_agree: somebody of the commissioner agreed to it.
        provider_agrees: somebody of the setting did.
    """

    weighed: int = 0
    high: int = 0
    we_agree: bool = False
    provider_agrees: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What was planned.

    Attributes:
        objectives: how many, each with how it is measured.
        ends_on: the last day.
        first_review_on: the day of the first review.
        steps_back: how many steps back to school, or on to what comes next.
    """

    objectives: int = 0
    ends_on: date | None = None
    first_review_on: date | None = None
    steps_back: int = 0


@dataclass(frozen=True, slots=True)
class Money:
    """What was said of money.

    Attributes:
        payer: who pays first.
        other_payer_because: it is said why that is not who the route says.
        priced: price, unit and number are stated.
        travel_and_meals: it is said who pays for them, or that there is nothing to pay.
        value: it is said why it is worth it.
    """

    payer: Party | None = None
    other_payer_because: bool = False
    priced: bool = False
    travel_and_meals: bool = False
    value: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that an assessment knows.

    Attributes:
        route: by which the child comes to the place.
        by_school: the commissioner is a school or trust; else a local authority.
        starts_on: the first day of the place.
        situation: of the child, from the need; `None` while it is not stated.
        alternatives: and the further steps, each `None` while it is not taken.
        told: who was told; `None` while nobody has said.
        options: how many settings were looked at.
        turned_down_bare: how many of them were turned down without a reason.
        only_one_because: it is said why there is only one.
        setting: what is known of the one that is chosen; `None` while none is.
        minutes_a_week: of the proposed timetable.
        assessed_before_on: when the commissioner last approved this site for another child.
        has_plan: the child has an education, health and care plan.
        looked_after: by a local authority.
        other_education: there is some beside the place.
    """

    route: Route
    by_school: bool
    starts_on: date
    situation: Situation | None = None
    alternatives: Alternatives | None = None
    voices: Voices | None = None
    told: frozenset[Told] | None = None
    options: int = 0
    turned_down_bare: int = 0
    only_one_because: bool = False
    setting: Setting | None = None
    match: Match | None = None
    risk: Risk | None = None
    plan: Plan | None = None
    money: Money | None = None
    minutes_a_week: int | None = None
    assessed_before_on: date | None = None
    has_plan: bool = False
    looked_after: bool = False
    other_education: bool = True
