"""What one line of a provider list says, checked, in the words of the register.

A line becomes a provider that is known to a local authority and assessed by nobody.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from app import clock
from app.interchange.ages import AgeRange, AgesNotReadableError, parse_ages
from app.interchange.csv_files import is_garbled
from app.interchange.local_results import read_result_day
from app.interchange.provider_offers import Said, make_sites, parts
from app.interchange.schemas import Fault, Remark
from app.interchange.schools import NOT_A_SCHOOL, Candidate, Schools, judge
from app.interchange.terms import Column
from app.places import facts
from app.places.errors import LocalAuthorityNotKnownError
from app.providers.schemas.recording import KnownBy, NewIdentifier, NewName, NewSite
from app.providers.terms import Scheme
from app.values.postcode import normalise_postcode
from app.values.words import words

LONGEST = 200
"""Characters a kept cell may have."""
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_URN = re.compile(r"[1-9]\d{5}")
_IDENTIFIERS = {
    Column.COMPANY_NUMBER: (
        Scheme.COMPANIES_HOUSE,
        re.compile(r"(?:[A-Z]{2}\d{6}|\d{8})"),
        "A company number has eight characters, such as 01234567 or OC123456.",
    ),
    Column.CHARITY_NUMBER: (
        Scheme.CHARITY_COMMISSION,
        re.compile(r"\d{6,7}(?:-\d{1,3})?"),
        "A charity number of England and Wales has six or seven digits, such as 1123456.",
    ),
    Column.UKPRN: (
        Scheme.UKPRN,
        re.compile(r"1\d{7}"),
        "A UKPRN has eight digits and begins with 1, such as 10012345.",
    ),
}


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the operator said of the whole list, for lines that do not say it themselves."""

    la_code: str | None = None
    list_name: str | None = None
    list_date: str | None = None


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of a list, ready to become a provider.

    Attributes:
        line: of the file.
        name: the provider's.
        other_names: by which it also goes.
        known_by: how it stands on the list.
        identifiers: in other registers.
        sites: without locations; their local authority is the list's until a postcode says more.
    """

    line: int
    name: str
    known_by: KnownBy
    other_names: tuple[NewName, ...] = ()
    identifiers: tuple[NewIdentifier, ...] = ()
    sites: tuple[NewSite, ...] = ()


@dataclass(slots=True)
class _Reading:
    """A line while it is read: its cells, and what was found wrong or worth a look."""

    line: int
    cells: Mapping[Column, str]
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def of(self, column: Column) -> str:
        return self.cells.get(column, "")

    def fault(self, column: Column, problem: str, cure: str) -> None:
        self.faults.append(Fault(self.line, column, self.of(column), problem, cure))


def read_line(
    line: int, cells: Mapping[Column, str], defaults: Defaults, schools: Schools
) -> tuple[ListLine | None, list[Fault], list[Remark]]:
    """Return what a line says, or everything that is wrong with it, and what needs a look.

    Args:
        line: of the file.
        cells: what it says, by column.
        defaults: what holds where the line does not say.
        schools: establishments of GIAS, if any were given.
    """
    reading = _Reading(line, cells)
    _check_texts(reading)
    la_code = _la_code(reading, defaults)
    known_by = _known_by(reading, la_code, defaults)
    identifiers = _identifiers(reading)
    sites = _sites(reading, la_code)
    if la_code and not reading.faults:
        refused, remarks = judge(_candidate(reading, la_code, sites), schools)
        reading.faults += [refused] if refused else []
        reading.remarks += remarks
    if known_by is None or reading.faults:
        return None, reading.faults, []
    others = dict.fromkeys(parts(reading.of(Column.OTHER_NAMES)))
    names = tuple(NewName(name=other) for other in others)
    found = ListLine(line, reading.of(Column.NAME), known_by, names, identifiers, sites)
    return found, [], reading.remarks


def _check_texts(reading: _Reading) -> None:
    for column, text in reading.cells.items():
        if len(text) > LONGEST and column is not Column.NOTE:
            problem = f"It has {len(text)} characters; {LONGEST} are allowed."
            reading.fault(column, problem, "Shorten it.")
        if is_garbled(text):
            reading.fault(
                column,
                "Its accents or signs are garbled: it is UTF-8 that was read as something else.",
                "Open the original as UTF-8 and save it as CSV UTF-8, or correct the cell.",
            )
    if not words(reading.of(Column.NAME)):
        problem = "The line names no provider."
        reading.fault(Column.NAME, problem, "Give the provider's name, or remove the line.")


def _la_code(reading: _Reading, defaults: Defaults) -> str | None:
    found: dict[Column, str] = {}
    for column in (Column.LA_CODE, Column.LA_NAME):
        if reading.of(column):
            try:
                found[column] = facts.find_la(reading.of(column)).la_code
            except LocalAuthorityNotKnownError as error:
                cure = "Give a present local authority's DfE code or name."
                reading.fault(column, error.detail, cure)
                return None
    if len(set(found.values())) > 1:
        code, name = (facts.la_name(found[column]) for column in (Column.LA_CODE, Column.LA_NAME))
        problem = f"The code means {code} and the name {name}."
        reading.fault(Column.LA_CODE, problem, "Correct whichever is wrong.")
        return None
    la_code = next(iter(found.values()), defaults.la_code)
    if la_code is None:
        problem = "Nobody can tell on whose list the provider stands."
        cure = "Give the local authority's DfE code or name, or --la for the whole list."
        reading.fault(Column.LA_CODE, problem, cure)
    return la_code


def _known_by(reading: _Reading, la_code: str | None, defaults: Defaults) -> KnownBy | None:
    url = _source_url(reading)
    listed_on = _list_date(reading, defaults)
    result, result_on = _local_result(reading)
    list_name = reading.of(Column.LIST_NAME) or defaults.list_name
    if not list_name and url:
        list_name = urlsplit(url).netloc.lower()
    if not list_name:
        problem = "Nobody can tell which list the line is of."
        reading.fault(
            Column.LIST_NAME, problem, "Name the list, or give --list for the whole file."
        )
    if not (la_code and list_name) or reading.faults:
        return None
    return KnownBy(
        la_code=la_code,
        list_name=list_name,
        list_date=listed_on,
        list_reference=reading.of(Column.REFERENCE) or None,
        listed_as=reading.of(Column.LISTED_AS) or None,
        source_url=url,
        local_result=result,
        local_result_on=result_on,
    )


def _local_result(reading: _Reading) -> tuple[str | None, date | None]:
    """Read what the authority's own check found, and when; one without a day is remarked on."""
    result, text = reading.of(Column.LOCAL_RESULT) or None, reading.of(Column.LOCAL_RESULT_ON)
    day = None
    if text:
        try:
            day = read_result_day(text, clock.today())
        except ValueError as error:
            cure = "Write the day as 2026-07-31, 31/07/2026 or 31 July 2026, or leave it empty."
            reading.fault(Column.LOCAL_RESULT_ON, str(error), cure)
    if text and result is None:
        problem = "It is the day of a check of which the line gives no result."
        cure = "Say in the column for the result what the check found, or leave the day empty."
        reading.fault(Column.LOCAL_RESULT_ON, problem, cure)
    if result is not None and not text:
        remark = "its local result has no day: it is shown, and can carry no listing by transition"
        reading.remarks.append(Remark(reading.line, reading.of(Column.NAME), remark))
    return result, day


def _source_url(reading: _Reading) -> str | None:
    url = reading.of(Column.SOURCE_URL)
    try:
        parts = urlsplit(url)
        right = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        right = False
    if url and not right:
        problem = "It is not the address of a web page."
        reading.fault(Column.SOURCE_URL, problem, "Begin it with https://, or leave it empty.")
    return url if right else None


def _list_date(reading: _Reading, defaults: Defaults) -> str | None:
    text = reading.of(Column.LIST_DATE)
    if not text:
        return defaults.list_date
    try:
        return plain_day(text)
    except ValueError as error:
        cure = "Write 2026, 2026-09 or 2026-09-30, as exactly as it is known."
        reading.fault(Column.LIST_DATE, str(error), cure)
        return None


def plain_day(text: str) -> str:
    """Return a day, month or year as the ISO writes it, as exact as it was given.

    Raises:
        ValueError: it is none.
    """
    british = _BRITISH_DAY.fullmatch(text)
    iso = f"{british[3]}-{british[2]:>02}-{british[1]:>02}" if british else text
    match = _DAY.fullmatch(iso)
    try:
        year, month, day = (int(part or 1) for part in match.groups()) if match else (0, 0, 0)
        date(year, month, day)
    except ValueError:
        message = f"“{text}” is no day, month or year."
        raise ValueError(message) from None
    return iso


def _identifiers(reading: _Reading) -> tuple[NewIdentifier, ...]:
    found = []
    for column, (scheme, form, cure) in _IDENTIFIERS.items():
        value = reading.of(column).replace(" ", "").upper()
        if scheme is Scheme.COMPANIES_HOUSE and value.isdecimal():
            value = value.zfill(8)  # spreadsheets take leading noughts away
        if value and not form.fullmatch(value):
            reading.fault(column, "It has not the form of such a number.", cure)
        elif value:
            found.append(NewIdentifier(scheme=scheme, value=value))
    for column in (Column.URN, Column.POSSIBLE_URN):
        value = reading.of(column)
        if value and value.lower() != NOT_A_SCHOOL and not _URN.fullmatch(value):
            cure = f"A URN has six digits, such as 137597; write {NOT_A_SCHOOL} if there is none."
            reading.fault(column, "It has not the form of a URN.", cure)
    return tuple(found)


def _sites(reading: _Reading, la_code: str | None) -> tuple[NewSite, ...]:
    postcode, ranges = _postcode(reading), _ages(reading)
    if la_code is None or reading.faults:
        return ()
    tags = tuple(dict.fromkeys(parts(reading.of(Column.OFFERS))))
    if tags and not ranges:
        text = "no ages are given: its offers are held as for compulsory school age (5 to 16)"
        reading.remarks.append(Remark(reading.line, reading.of(Column.NAME), text))
    return make_sites(
        Said(
            name=reading.of(Column.NAME),
            la_code=la_code,
            place=reading.of(Column.PLACE),
            postcode=postcode,
            listed_as=reading.of(Column.LISTED_AS),
            tags=tags,
            ranges=ranges,
        )
    )


def _postcode(reading: _Reading) -> str:
    text = reading.of(Column.POSTCODE)
    if not text:
        return ""
    try:
        return normalise_postcode(text)
    except ValueError as error:
        reading.fault(Column.POSTCODE, str(error), "Correct the postcode, or leave it empty.")
        return ""


def _ages(reading: _Reading) -> tuple[AgeRange, ...]:
    text = reading.of(Column.AGES)
    if not text:
        return ()
    try:
        return parse_ages(text)
    except AgesNotReadableError as error:
        reading.fault(Column.AGES, error.problem, error.cure)
        return ()


def _candidate(reading: _Reading, la_code: str, sites: tuple[NewSite, ...]) -> Candidate:
    return Candidate(
        line=reading.line,
        name=reading.of(Column.NAME),
        la_code=la_code,
        place=reading.of(Column.PLACE),
        postcode=next((site.postcode for site in sites if site.postcode), ""),
        listed_as=reading.of(Column.LISTED_AS),
        note=reading.of(Column.NOTE),
        urn=reading.of(Column.URN),
        possible_urn=reading.of(Column.POSSIBLE_URN),
        possible_name=reading.of(Column.POSSIBLE_URN_NAME),
    )
