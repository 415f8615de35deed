"""What a record leaves by which the people behind it can be told: as given, as compared; pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.providers.persons_alike import Person
from app.providers.terms import Scheme
from app.values.phone_number import phone_numbers
from app.values.street_address import StreetAddress, read_address
from app.values.web_domain import host_of, own_domain


@dataclass(frozen=True, slots=True)
class Address:
    """A street address as it is held: its lines, and its postcode if that is kept apart."""

    lines: tuple[str, ...]
    postcode: str | None = None


@dataclass(frozen=True, slots=True)
class Traces:
    """What one record leaves by which the people behind it can be told.

    Attributes:
        key: what to call the record: a provider number.
        names: every name it goes by.
        people: its officers and proprietors.
        addresses: of its sites, its office and its officers.
        phones: as written; one text may hold several.
        emails: addresses of mailboxes.
        websites: with or without their scheme.
        companies: company numbers.
        charities: charity numbers.
        bank_hashes: keyed hashes of bank accounts; equal where the accounts are.
        continues: keys of records that it says it continues.
    """

    key: str
    names: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    addresses: tuple[Address, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    companies: frozenset[str] = frozenset()
    charities: frozenset[str] = frozenset()
    bank_hashes: frozenset[bytes] = frozenset()
    continues: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReadTraces:
    """Traces in the spellings that are compared; `given` is how they were written."""

    given: Traces
    addresses: frozenset[StreetAddress]
    phones: frozenset[str]
    mailboxes: frozenset[str]
    domains: frozenset[str]
    companies: frozenset[str]
    charities: frozenset[str]


def gather(rows: Iterable[Any]) -> dict[str, list[Traces]]:
    """Return the traces of each record by how it stands to the applicant: own, gone or near.

    Args:
        rows: each with `number`, `standing`, `kind` of trace, `value` and `detail`.
    """
    told: dict[tuple[str, str], dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        told[row.standing, row.number][row.kind].append(row)
    read: dict[str, list[Traces]] = defaultdict(list)
    for (standing, number), kinds in told.items():
        read[standing].append(_gathered(number, kinds))
    return read


def _gathered(number: str, kinds: Mapping[str, list[Any]]) -> Traces:
    def values(kind: str) -> tuple[str, ...]:
        return tuple(row.value for row in kinds.get(kind, ()))

    return Traces(
        number,
        names=values("name"),
        people=tuple(Person(row.value, row.detail) for row in kinds.get("person", ())),
        addresses=tuple(
            Address(tuple(re.split(r"[,\n]", row.value or "")), row.detail)
            for row in kinds.get("address", ())
        ),
        phones=values("phone"),
        emails=values("email"),
        websites=values("website"),
        companies=frozenset(values(Scheme.COMPANIES_HOUSE)),
        charities=frozenset(values(Scheme.CHARITY_COMMISSION)),
        bank_hashes=frozenset(bytes.fromhex(value) for value in values("bank")),
        continues=frozenset(values("continues")),
    )


@lru_cache(maxsize=20_000)
def read_traces(traces: Traces) -> ReadTraces:
    """Return traces in the spellings that are compared; what cannot be read is left out."""
    addresses = (read_address(each.lines, each.postcode) for each in traces.addresses)
    mailboxes = frozenset(email.strip().lower() for email in traces.emails if host_of(email))
    domains = (own_domain(each) for each in (*traces.emails, *traces.websites))
    return ReadTraces(
        traces,
        frozenset(each for each in addresses if each),
        frozenset(number for text in traces.phones for number in phone_numbers(text)),
        mailboxes,
        frozenset(each for each in domains if each),
        frozenset(_number(each) for each in traces.companies),
        frozenset(_number(each) for each in traces.charities),
    )


def _number(text: str) -> str:
    """Return a company's or charity's number without spaces and the noughts that files lose."""
    return "".join(text.split()).upper().lstrip("0")
