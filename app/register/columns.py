"""The columns of the register as tables: a row a provider, a site or an offer; pure.

What stands in a cell is found once, for downloads, for files the command line writes and for what
is kept ready. Lists are joined by `|`. Names of columns are relied upon: none is taken away.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from app.register import rendering
from app.register.terms import Table

CSV_FORMAT = 2
"""Raised when columns or cells change: files that are kept are made anew, every ETag changes."""
Json: TypeAlias = Mapping[str, Any]
Cell: TypeAlias = Callable[[Any, Any], Any]
"""What stands in a cell, from the record and from what the row is about."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: its heading.
        type: as Frictionless Data names types: `string`, `integer`, `number`, `date`, `datetime`.
        description: what it says, for the package that describes the tables.
        cell: finds what stands in it.
    """

    name: str
    type: str
    description: str
    cell: Cell


def _joined(values: Sequence[Any]) -> str:
    return "|".join(map(str, values))


def _held(told: Json | None, member: str) -> Any:
    return told[member] if told else None


def _own(member: str) -> Cell:
    return lambda _, row: row[member]


def _whole(member: str) -> Cell:
    return lambda record, _: record[member]


def _list(member: str) -> Cell:
    return lambda _, row: _joined(row[member])


def _within(holder: str, member: str) -> Cell:
    """What a member of the row holds, where it holds anything."""
    return lambda _, row: _held(row[holder], member)


def _in_record(holder: str, member: str) -> Cell:
    return lambda record, _: _held(record[holder], member)


def _of_listing(find: Callable[[Any], Any]) -> Cell:
    return lambda _, site: find(site["listing"]) if site["listing"] else None


def _of_inspection(find: Callable[[Any], Any]) -> Cell:
    return lambda _, site: find(site["inspection"]) if site["inspection"] else None


def _scope(find: Callable[[Any], Any]) -> Cell:
    return _of_listing(lambda listing: find(listing["scope"]))


def _ages(ages: Sequence[int], place: int) -> int | None:
    return ages[place] if ages else None


def _session(session: Json) -> str:
    return f"{session['day']} {session['from']}-{session['to']}"


_PROVIDERS = (
    Column("number", "string", "Number on the register", _own("number")),
    Column("name", "string", "Name", _own("name")),
    Column("other_names", "string", "Former and other names", _list("other_names")),
    Column("status", "string", "As the best of its sites' listings", _within("status", "code")),
    Column("status_since", "date", "Since when it stands so", _within("status", "since")),
    Column("la_codes", "string", "Local authorities of its sites on the register, by DfE code",
           lambda _, row: _joined([la["la_code"] for la in row["local_authorities"]])),
    Column("local_authorities", "string", "The same by name",
           lambda _, row: _joined([la["name"] for la in row["local_authorities"]])),
    Column("towns", "string", "Towns of its sites on the register", _list("towns")),
    Column("programmes", "string", "Programmes, as far as listings cover them",
           _list("programmes")),
    Column("age_from", "integer", "Youngest age taken", _within("ages", "from")),
    Column("age_to", "integer", "Oldest age taken", _within("ages", "to")),
    Column("key_stages", "string", "Key stages taught", _list("key_stages")),
    Column("needs", "string", "Needs met, by DfE code", _list("needs")),
    Column("sites", "integer", "How many sites that is about", _own("site_count")),
    Column("evidence", "string", "Whether critical evidence is in date at every site",
           _in_record("evidence", "status")),
    Column("evidence_since", "date", "Of what is out of date: its first day",
           _in_record("evidence", "since")),
    Column("evidence_grace_until", "date", "The last day before a listing is looked into for it",
           _in_record("evidence", "grace_until")),
    Column("outcome", "string", "Of inspections: as the worst of its sites on the register",
           _whole("outcome")),
    Column("confirmed_on", "date", "When the provider last confirmed its record",
           _whole("confirmed_on")),
    Column("website", "string", "Where it consents to that being public",
           _in_record("contact", "website")),
    Column("email", "string", "Likewise", _in_record("contact", "email")),
    Column("phone", "string", "Likewise", _in_record("contact", "phone")),
    Column("identifiers", "string", "Its numbers elsewhere, as scheme:value",
           lambda record, _: _joined(
               [f"{one['scheme']}:{one['value']}" for one in record["identifiers"]])),
    Column("predecessors", "string", "Numbers of providers it goes on from",
           lambda record, _: _joined(record["predecessors"])),
    Column("successors", "string", "Numbers of providers that go on from it",
           lambda record, _: _joined(record["successors"])),
    Column("merged_into", "string", "Number of the record that goes on for both",
           _whole("merged_into")),
    Column("valid_until", "date", "The last day on which this holds by itself",
           _whole("valid_until")),
    Column("next_on", "date", "The day on which time alone changes it", _in_record("next", "on")),
    Column("next_status", "string", "Where it will stand then", _in_record("next", "status")),
    Column("next_outcome", "string", "The outcome then", _in_record("next", "outcome")),
    Column("entry", "integer", "The entry of the log that published this",
           _in_record("register", "entry")),
    Column("recorded_at", "datetime", "When the log learned it",
           _in_record("register", "recorded_at")),
)  # fmt: skip
_SITES = (
    Column("number", "string", "The provider's number", _whole("number")),
    Column("reference", "integer", "Which of the provider's sites", _own("reference")),
    Column("provider_name", "string", "The provider's name", _whole("name")),
    Column("name", "string", "The site's name", _own("name")),
    Column("kind", "string", "What kind of site", _own("kind")),
    Column("run_by", "string", "Who runs it, where that is not the provider", _own("run_by")),
    Column("address", "string", "Lines of the address, where it is public",
           lambda _, site: _joined(site["address"]["lines"])),
    Column("town", "string", "Town", _within("address", "town")),
    Column("postcode", "string", "Postcode, where it is public", _within("address", "postcode")),
    Column("postcode_district", "string", "The first half of the postcode",
           _within("address", "postcode_district")),
    Column("la_code", "string", "Local authority it lies in, by DfE code",
           _within("local_authority", "la_code")),
    Column("local_authority", "string", "The same by name", _within("local_authority", "name")),
    Column("easting", "number", "British National Grid, metres", _within("location", "easting")),
    Column("northing", "number", "Likewise", _within("location", "northing")),
    Column("latitude", "number", "WGS 84, degrees", _within("location", "latitude")),
    Column("longitude", "number", "Likewise", _within("location", "longitude")),
    Column("location_precision", "string", "How exact the point is",
           _within("location", "precision")),
    Column("opened_on", "date", "When it opened, or will", _own("opened_on")),
    Column("closes_on", "date", "It is open until then", _own("closes_on")),
    Column("closed_on", "date", "The first day it was shut", _own("closed_on")),
    Column("status", "string", "Where its listing stands; empty: not listed",
           _within("listing", "status")),
    Column("status_since", "date", "Since when", _within("listing", "since")),
    Column("status_reason", "string", "Why, of a closed list", _within("listing", "reason")),
    Column("announced_status", "string", "What was decided for a later day",
           _of_listing(lambda one: _held(one["announced"], "status"))),
    Column("announced_from", "date", "Which day that is",
           _of_listing(lambda one: _held(one["announced"], "from"))),
    Column("listed_on", "date", "Its first day on the register", _within("listing", "listed_on")),
    Column("basis", "string", "On what ground it is listed", _within("listing", "basis")),
    Column("decided_by", "string", "The local authority that decided, by DfE code",
           _of_listing(lambda one: one["decided_by"]["la_code"])),
    Column("seen_on", "date", "When it was seen", _within("listing", "seen_on")),
    Column("seen_how", "string", "How", _within("listing", "seen_how")),
    Column("standards", "string", "The version of the standards it is held against",
           _within("listing", "standards")),
    Column("review_due_on", "date", "When it is to be looked at again",
           _within("listing", "review_due_on")),
    Column("scope_age_from", "integer", "Youngest age the listing covers; empty: any",
           _scope(lambda scope: _held(scope["ages"], "from"))),
    Column("scope_age_to", "integer", "Oldest age the listing covers",
           _scope(lambda scope: _held(scope["ages"], "to"))),
    Column("scope_key_stages", "string", "Key stages it covers; empty: any",
           _scope(lambda scope: _joined(scope["key_stages"]))),
    Column("scope_needs", "string", "Needs it covers; empty: any",
           _scope(lambda scope: _joined(scope["needs"]))),
    Column("scope_programmes", "string", "Programmes it covers; empty: any",
           _scope(lambda scope: _joined(scope["programmes"]))),
    Column("evidence", "string", "Whether critical evidence is in date; of a listed site",
           _within("evidence", "status")),
    Column("evidence_since", "date", "Of what is out of date: its first day",
           _within("evidence", "since")),
    Column("evidence_grace_until", "date", "The last day before the listing is looked into for it",
           _within("evidence", "grace_until")),
    Column("outcome", "string", "What follows from its inspections",
           _within("inspection", "outcome")),
    Column("outcome_since", "date", "Since when", _within("inspection", "since")),
    Column("outcome_valid_until", "date", "The last day on which it holds by itself",
           _within("inspection", "valid_until")),
    Column("outcome_next", "string", "What it is then", _within("inspection", "next")),
    Column("outcome_decided_by", "string", "Numbers of the criteria that decided",
           _of_inspection(lambda one: _joined([each["criterion"] for each in one["decided_by"]]))),
    Column("evidence_seen_from", "date", "When the oldest evidence that counts was seen",
           _of_inspection(lambda one: _held(one["seen"], "from"))),
    Column("evidence_seen_to", "date", "When the newest was",
           _of_inspection(lambda one: _held(one["seen"], "to"))),
    Column("visit_due_kind", "string", "The next visit that comes round",
           _of_inspection(lambda one: _held(one["due"], "kind"))),
    Column("visit_due_on", "date", "By when", _of_inspection(lambda one: _held(one["due"], "on"))),
    Column("inspection", "string", "Reference of the newest published inspection",
           _of_inspection(lambda one: _held(one["latest"], "reference"))),
    Column("inspection_published_on", "date", "When it was published",
           _of_inspection(lambda one: _held(one["latest"], "published_on"))),
    Column("inspection_sha256", "string", "The hash of what was published",
           _of_inspection(lambda one: _held(one["latest"], "sha256"))),
    Column("inspection_pending", "string", "What is open about its inspections",
           _of_inspection(lambda one: _joined(one["pending"]))),
    Column("programmes", "string", "Programmes offered here",
           lambda _, site: _joined(sorted({one["programme"] for one in site["offers"]}))),
    Column("age_from", "integer", "Youngest age offered for, as far as the listing covers it",
           lambda _, site: _ages(rendering.offered_ages(site), 0)),
    Column("age_to", "integer", "Oldest age, likewise",
           lambda _, site: _ages(rendering.offered_ages(site), -1)),
    Column("key_stages", "string", "Key stages offered for, likewise",
           lambda _, site: _joined(rendering.offered(site, "key_stages"))),
    Column("needs", "string", "Needs offered for, by DfE code, likewise",
           lambda _, site: _joined(rendering.offered(site, "needs"))),
)  # fmt: skip
_OFFERS = (
    Column("number", "string", "The provider's number", _whole("number")),
    Column("reference", "integer", "Which of the provider's sites",
           lambda record, _: record["site"]["reference"]),
    Column("programme", "string", "Programme", _own("programme")),
    Column("age_from", "integer", "Youngest age taken", _within("ages", "from")),
    Column("age_to", "integer", "Oldest age taken", _within("ages", "to")),
    Column("key_stages", "string", "Key stages", _list("key_stages")),
    Column("needs", "string", "Needs met, by DfE code", _list("needs")),
    Column("sessions", "string", "Day of the week (1: Monday), beginning and end of each session",
           lambda _, offer: _joined([_session(one) for one in offer["sessions"]])),
    Column("hours_per_week", "number", "Most hours for one pupil in a usual week",
           _own("hours_per_week")),
    Column("group_from", "integer", "Smallest group, in pupils", _within("group", "from")),
    Column("group_to", "integer", "Largest group", _within("group", "to")),
    *(Column(f"price_{per}_pence", "integer", f"What a place costs for one pupil: {name}",
             _within("prices", per))
      for per, name in (("hour", "an hour"), ("half_day", "half a day"), ("day", "a day"),
                        ("week", "a week"))),
    Column("availability", "string", "Whether there are places, in the provider's own word",
           _within("availability", "band")),
    Column("availability_confirmed_on", "date", "When it last said so",
           _within("availability", "confirmed_on")),
    Column("ends_on", "date", "The first day it will not be offered", _own("ends_on")),
    Column("site_status", "string", "Where the site's listing stands; empty: not listed",
           lambda record, _: _held(record["site"]["listing"], "status")),
)  # fmt: skip

COLUMNS: Mapping[Table, tuple[Column, ...]] = {
    Table.PROVIDERS: _PROVIDERS,
    Table.SITES: _SITES,
    Table.OFFERS: _OFFERS,
}
KEYS: Mapping[Table, tuple[str, ...]] = {
    Table.PROVIDERS: ("number",),
    Table.SITES: ("number", "reference"),
    Table.OFFERS: ("number", "reference"),
}
"""Columns that a file always begins with: whose row it is."""
