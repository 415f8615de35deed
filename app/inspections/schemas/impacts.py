"""What is told of a version of the standards before it takes effect."""

from datetime import date

from pydantic import Field

from app.inspections.terms import Outcome
from app.organisations.schemas.members import PageLinks
from app.providers.schemas.stating import Told
from app.standards.terms import Force, Gate, Relation


class ImpactAtSite(Told):
    """What a version would find at a site, from what is known of it now."""

    provider: str
    provider_name: str
    site: int
    site_name: str
    la_code: str | None
    outcome: Outcome = Field(description="Today.")
    outcome_then: Outcome = Field(description="On the first day, if nobody looks before.")
    not_met: list[str] = Field(description="Criteria, by judgements that count for them then.")
    partly_met: list[str] = Field(description="Likewise.")
    nothing_known: list[str] = Field(
        description="Criteria for which no judgement counts then: nobody looked, it was too long "
        "ago, or they ask for something else than what was looked at. Never taken for met."
    )


class ImpactOnCriterion(Told):
    """A criterion of the version, and at how many of the sites what is found of it."""

    criterion: str
    requirement: str
    gate: Gate
    force: Force
    became: Relation | None = Field(
        description="How it differs from what was asked before; `null`: nothing like it was."
    )
    asked: int = Field(description="Of so many sites.")
    not_met: int
    partly_met: int
    nothing_known: int


class ImpactTotals(Told):
    """Everything the list is of, counted, whichever page is shown."""

    sites: int
    falling_short: int = Field(description="Known to fall short on something.")
    never_inspected: int = Field(description="Of them nothing at all is known.")
    criteria: list[ImpactOnCriterion]


class StandardsImpactList(Told):
    """Sites by the number of their provider, with what a version that is to come would find."""

    standards: str
    first_day: date
    items: list[ImpactAtSite]
    links: PageLinks
    totals: ImpactTotals | None = Field(description="With `include=totals`.")
