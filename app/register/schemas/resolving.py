"""Looking providers up by any number they bear, one or many at once."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.providers.terms import Scheme
from app.register.schemas.answer import Answer
from app.register.schemas.records import SelfLink
from app.register.schemas.search import ProviderSummary

MOST_AT_ONCE = 200
Typed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class Identifier(BaseModel):
    """A number by which another register knows a provider."""

    model_config = ConfigDict(extra="forbid")

    scheme: Scheme
    value: Typed


class LookUp(BaseModel):
    """Which providers are looked up: by their numbers, by those of other registers, or both."""

    model_config = ConfigDict(extra="forbid")

    numbers: tuple[Typed, ...] = Field(default_factory=tuple, examples=[["AP000001U"]])
    identifiers: tuple[Identifier, ...] = Field(default_factory=tuple)

    @model_validator(mode="after")
    def _some_and_not_too_many(self) -> Self:
        asked = len(self.numbers) + len(self.identifiers)
        if not 1 <= asked <= MOST_AT_ONCE:
            message = f"ask for 1 to {MOST_AT_ONCE} at once; this asks for {asked}"
            raise ValueError(message)
        return self


class Asked(Answer):
    """What was asked for, as it was written."""

    number: str | None = None
    scheme: Scheme | None = None
    value: str | None = None


class NotFound(Answer):
    """Why nothing was found: the members of a problem (RFC 9457) that differ from item to item."""

    type: str
    title: str
    detail: str


class LookUpItem(Answer):
    """One thing asked for: the providers, or why there are none."""

    asked: Asked
    providers: list[ProviderSummary] = Field(
        description="One for a number; several may bear the same number of another register"
    )
    problem: NotFound | None


class LookUpAnswer(Answer):
    """An item for each thing asked for, in that order: numbers first."""

    items: list[LookUpItem]


class IdentifierAnswer(Answer):
    """The providers that bear a number of another register."""

    scheme: Scheme
    value: str = Field(description="As the register writes it")
    items: list[ProviderSummary]
    links: SelfLink
