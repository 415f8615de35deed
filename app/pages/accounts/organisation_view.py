"""What the page of the organisation somebody acts for is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.access import Actor, Permission
from app.organisations.terms import COMMISSIONING_KINDS, OrganisationKind
from app.pages import people_wording as words
from app.pages.filters import count, format_day
from app.pages.rendering import is_officer
from app.pages.view_models import ActionLink, Fact, Frame

_PAGES = (
    (Permission.MEMBERS_READ, ActionLink("People", "/organisation/people")),
    (Permission.MACHINES_READ, ActionLink("Machines", "/organisation/machines")),
    (Permission.AUDIT_READ, ActionLink("What was done", "/organisation/acts")),
)
"""Further pages, and what is needed to see them."""
_KNOWN = ActionLink("Providers on local authorities’ own lists", "/known-providers")  # noqa: RUF001
"""For commissioners alone."""
_OFFICERS_PAGES = (
    ActionLink("Applications and listings", "/applications"),
    ActionLink("Provider records", "/provider-records"),
    ActionLink("Duplicate records", "/merges"),
    ActionLink("Facts to be taken out of the log", "/redactions"),
)
"""Further pages of those who look after providers."""
_INSPECTORS_PAGES = (
    ActionLink("Inspections", "/inspections"),
    ActionLink("Results that came in one file", "/inspection-results"),
    ActionLink("Interim suspensions", "/interim-suspensions"),
    ActionLink("Inspections of others that are relied on", "/reliances"),
    ActionLink("Declared interests", "/declared-interests"),
)
"""Further pages of those who assure quality."""
_CONCERNS = ActionLink("Concerns about providers", "/concerns")
"""For whoever may raise one."""
_PROVIDERS = ActionLink("Providers", "/records")
"""For owners alone."""


@dataclass(frozen=True, slots=True)
class BelongingView:
    """An organisation that belongs to this one."""

    name: str
    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """The page of an organisation.

    Attributes:
        frame: what surrounds the page.
        title: its name.
        facts: what is held of it.
        corrected: where these facts come from, and who mends them.
        pages: where else to go.
        belonging: some of those that belong to it.
        belonging_heading: how many do.
        next_url: leads to more of them.
        first_url: leads back to the first of them.
    """

    frame: Frame
    title: str
    facts: tuple[Fact, ...]
    corrected: str
    pages: tuple[ActionLink, ...]
    belonging: tuple[BelongingView, ...]
    belonging_heading: str
    next_url: str | None
    first_url: str | None


@dataclass(frozen=True, slots=True)
class Belonging:
    """Those that belong to an organisation: how many, a page of them, and more pages."""

    total: int
    rows: Sequence[Any]
    next_url: str | None
    first_url: str | None


def build_organisation(
    frame: Frame, actor: Actor, row: Any, numbers: Sequence[Any], belonging: Belonging
) -> OrganisationView:
    """Return the page of the organisation somebody acts for.

    Args:
        frame: what surrounds the page.
        actor: who looks.
        row: the organisation, with its parent and what GIAS says.
        numbers: scheme and value of each.
        belonging: what belongs to it.
    """
    return OrganisationView(
        frame=frame,
        title=row.name,
        facts=_facts(row, numbers),
        corrected=words.SOURCES[row.source],
        pages=_pages(actor, row.kind),
        belonging=tuple(_belonging(one) for one in belonging.rows),
        belonging_heading=count(belonging.total, "organisation belongs", "organisations belong"),
        next_url=belonging.next_url,
        first_url=belonging.first_url,
    )


def _pages(actor: Actor, kind: str) -> tuple[ActionLink, ...]:
    looks_up = Permission.PROVIDER_RECORDS_READ in actor.permissions
    return (
        *((_PROVIDERS,) if looks_up and kind == OrganisationKind.PROVIDER_OWNER else ()),
        *(link for needed, link in _PAGES if needed in actor.permissions),
        *((_KNOWN,) if looks_up and kind in COMMISSIONING_KINDS else ()),
        *(_OFFICERS_PAGES if is_officer(actor) else ()),
        *(_INSPECTORS_PAGES if Permission.INSPECTIONS_PLAN in actor.permissions else ()),
        *((_CONCERNS,) if Permission.CONCERNS_READ in actor.permissions else ()),
    )


def _facts(row: Any, numbers: Sequence[Any]) -> tuple[Fact, ...]:
    facts = [Fact("Kind", (words.KINDS[row.kind],))]
    if row.la_name and row.la_name != row.name:
        facts.append(Fact("Local authority", (row.la_name,)))
    if row.parent_name:
        facts.append(Fact("Belongs to", (row.parent_name,)))
    facts += [Fact(words.SCHEMES[number.scheme], (number.value,)) for number in numbers]
    address = (row.street, row.locality, row.town, row.postcode)
    if any(address):
        facts.append(Fact("Address", tuple(line for line in address if line)))
    facts += [
        Fact(label, (format_day(day),))
        for label, day in (("Opened", row.opened_on), ("Closed", row.closed_on))
        if day
    ]
    return tuple(facts)


def _belonging(row: Any) -> BelongingView:
    return BelongingView(row.name, words.KINDS[row.kind], f"URN {row.urn}" if row.urn else "")
