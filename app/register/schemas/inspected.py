"""What is public of a site's inspections, in its provider's record."""

from pydantic import Field

from app.inspections.outcome import Because
from app.inspections.terms import InspectionKind, Judgement, Outcome, Pending
from app.register.schemas.answer import Answer, WrittenDay


class DecidedByOut(Answer):
    """A criterion that decided an outcome."""

    criterion: str = Field(examples=["1.1a"], description="Its number in the standards in force")
    judgement: Judgement | None = Field(description="Null: nobody judged it")
    because: Because


class SeenOut(Answer):
    """When the evidence was seen that counts today: the oldest, and the newest."""

    from_: WrittenDay = Field(alias="from")
    to: WrittenDay


class RoundVisitOut(Answer):
    """The next visit that comes round; what a concern calls for is not announced."""

    kind: InspectionKind
    on: WrittenDay = Field(description="By when; it is overdue so many days after, by the policy")


class LatestOut(Answer):
    """The newest published inspection of the site, and the hash of its very bytes."""

    reference: str = Field(examples=["QA000017K"])
    kind: InspectionKind
    published_on: WrittenDay = Field(description="This version of it")
    version: int = Field(description="1, and one more for each correction")
    sha256: str = Field(description="Of the published document, in hexadecimal")


class SiteInspectionOut(Answer):
    """Where a site stands by its inspections: computed from what is published, never typed."""

    outcome: Outcome
    since: WrittenDay
    valid_until: WrittenDay | None = Field(
        description="The last London day on which it holds by itself; null: until somebody acts"
    )
    next: Outcome | None = Field(description="What it is on the day after")
    decided_by: list[DecidedByOut] = Field(
        description="None where it meets the standards, nor where no inspection was published"
    )
    seen: SeenOut | None = Field(description="Null: no evidence counts")
    due: RoundVisitOut | None = Field(
        description="Of a site on the register, while the policy holds"
    )
    latest: LatestOut | None = Field(description="Null: no inspection of it is published")
    pending: list[Pending] = Field(description="What is open, so that this may yet change")
