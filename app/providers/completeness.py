"""What a record lacks before its provider can apply to be listed; pure.

Our own policy: an application can be weighed only when these are told. Nothing here keeps a record
from existing, or a placement from being recorded.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from app.providers.record_terms import (
    AT_NO_ADDRESS,
    RESPONSIBLE_KINDS,
    ContactKind,
    LegalForm,
    PersonKind,
)
from app.providers.terms import Scheme

_COMPANIES = frozenset(
    {LegalForm.COMPANY, LegalForm.COMMUNITY_INTEREST_COMPANY, LegalForm.CHARITABLE_COMPANY}
)
_CHARITIES = frozenset({LegalForm.CHARITY, LegalForm.CHARITABLE_COMPANY})


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What counts of an open site.

    Attributes:
        reference: within the provider.
        kind: of site.
        addressed: whether its postcode and a line of its address are told.
        offers: how many it has that have not ended.
    """

    reference: int
    kind: str
    addressed: bool
    offers: int


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What counts of a record.

    Attributes:
        owned: whether it is in its owner's hands.
        legal_form: if told.
        staff_size: if told.
        reachable: whether a public phone number or e-mail address is told.
        schemes: whose identifiers it has.
        people: kinds of the people who are behind it now.
        contacts: kinds of how they can be reached.
        consented: whether the present owner agrees to publication.
        sites: those that are open.
    """

    owned: bool
    legal_form: str | None
    staff_size: str | None
    reachable: bool
    schemes: Collection[str]
    people: Collection[str]
    contacts: Collection[str]
    consented: bool
    sites: Collection[SiteFacts]


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing a record lacks.

    Attributes:
        field: where it would stand in the record or below it, as a JSON pointer.
        words: what is missing, and how to mend it.
    """

    field: str
    words: str


def missing_from(facts: RecordFacts) -> list[Missing]:
    """Return what a record lacks before its provider can apply, in the order of the record."""
    return [*_of_provider(facts), *_of_people(facts), *_of_sites(facts)]


def _of_provider(facts: RecordFacts) -> Iterator[Missing]:
    if not facts.owned:
        yield Missing("/owner", "The record is in nobody's hands yet: the provider must claim it.")
    if facts.legal_form is None:
        yield Missing("/legal_form", "Say what the provider is in law.")
    if facts.staff_size is None:
        yield Missing("/staff_size", "Say how many adults work for it.")
    if facts.legal_form in _COMPANIES and Scheme.COMPANIES_HOUSE not in facts.schemes:
        yield Missing("/identifiers", "Add the company number.")
    if facts.legal_form in _CHARITIES and Scheme.CHARITY_COMMISSION not in facts.schemes:
        yield Missing("/identifiers", "Add the charity number.")
    if not facts.reachable:
        yield Missing("/public_email", "Give an e-mail address or phone number for the public.")
    if not facts.consented:
        yield Missing("/consent", "The owner must agree to publication.")


def _of_people(facts: RecordFacts) -> Iterator[Missing]:
    if RESPONSIBLE_KINDS.isdisjoint(facts.people):
        yield Missing("/people", "Name the proprietor, or the directors, trustees or partners.")
    if PersonKind.SAFEGUARDING_LEAD not in facts.people:
        yield Missing("/people", "Name the designated safeguarding lead.")
    if ContactKind.PHONE not in facts.contacts and ContactKind.EMAIL not in facts.contacts:
        yield Missing("/contacts", "Say how the people behind it can be reached.")


def _of_sites(facts: RecordFacts) -> Iterator[Missing]:
    if not facts.sites:
        yield Missing("/sites", "Add a site, or say that it visits homes or works online.")
    for site in sorted(facts.sites, key=lambda one: one.reference):
        where = f"/sites/{site.reference}"
        if not site.addressed and site.kind not in AT_NO_ADDRESS:
            yield Missing(f"{where}/postcode", f"Give the address of site {site.reference}.")
        if not site.offers:
            yield Missing(f"{where}/offers", f"Say what is offered at site {site.reference}.")
