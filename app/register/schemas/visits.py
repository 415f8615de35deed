"""How visits stand over the whole register, as everybody may count them again."""

from pydantic import Field

from app.register.schemas.answer import Answer, WrittenDay
from app.register.schemas.records import LocalAuthorityOut, RegisterState


class VisitCounts(Answer):
    """How many sites; `definitions` says what each counts."""

    sites: int = Field(description="On the register")
    never_inspected: int
    overdue: int
    due_within_3_months: int


class AuthorityVisits(VisitCounts):
    """The same of the sites in the area of one local authority."""

    local_authority: LocalAuthorityOut


class VisitDefinitions(Answer):
    """What each count counts, by the columns of the table of sites."""

    sites: str
    never_inspected: str
    overdue: str
    due_within_3_months: str


class VisitLinks(Answer):
    """This answer, and what it is counted from."""

    self: str
    sites: str
    policies: str


class VisitsAnswer(Answer):
    """How many sites are overdue for a visit, on a day."""

    on: WrittenDay
    total: VisitCounts
    items: list[AuthorityVisits] = Field(
        description="By local authority, in order of name; those without a site on the register "
        "are left out"
    )
    overdue_after_days: int | None = Field(
        description="How late a visit may be before it counts as overdue, by the policy "
        "inspection-cycle; null: it is switched off, and none is due"
    )
    definitions: VisitDefinitions
    register_: RegisterState = Field(alias="register")
    links: VisitLinks
