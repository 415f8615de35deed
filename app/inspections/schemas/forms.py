"""What a form for an inspection tells: what is looked at, what was seen last, a result to begin."""

from datetime import date, datetime

from pydantic import Field

from app.inspections.schemas.inspections import InspectedSite, InspectorOut
from app.inspections.schemas.judgements import AskedAtSite, FoundAtSite
from app.inspections.schemas.results import FormMade
from app.inspections.terms import InspectionKind
from app.providers.schemas.stating import Told
from app.standards.terms import Gate


class BegunResult(Told):
    """A result as far as it is known before the visit; what is missing is yet to be seen."""

    schema_: str = Field(serialization_alias="schema")
    reference: str = Field(description="Proposed; any other of your own will do.")
    provider: str
    kind: InspectionKind
    sites: list[int]
    standards: str
    visited_on: date
    inspection: str
    inspectors: list[str]
    criteria: list[str]
    judgements: list[FoundAtSite] = Field(
        description="What was judged already, and what was published last, carried forward where "
        "its evidence counts still. Say anew what you see."
    )
    form: FormMade


class FormOut(Told):
    """Everything that is needed to judge without a network."""

    reference: str
    provider: str
    provider_name: str
    body_name: str
    kind: InspectionKind
    planned_on: date
    standards: str
    made_at: datetime
    sites: list[InspectedSite]
    inspectors: list[InspectorOut]
    counts_months: dict[Gate, int] = Field(
        description="For how many months evidence counts, by the gate of its criterion."
    )
    items: list[AskedAtSite]
    result: BegunResult = Field(description="To be filled in, and sent to /v1/inspection-results.")
