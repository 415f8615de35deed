"""One row of an extract of establishments, read and checked."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from app.interchange import gias_cells as cells
from app.interchange.gias_cells import RowReading
from app.interchange.gias_columns import GiasColumns
from app.interchange.terms import SchoolColumn
from app.organisations.identifiers import canonical
from app.organisations.terms import IdentifierScheme, OrganisationKind
from app.places import facts
from app.places.errors import LocalAuthorityDividedError, LocalAuthorityNotKnownError
from app.values.postcode import normalise_postcode
from app.values.words import plain, sort_key

_LONGEST_LA_CODE = 3
_LONGEST_NUMBER = 4
_LONGEST_TYPE_CODE = 2
_WALES = range(660, 682)
"""The DfE's codes of the Welsh authorities."""
_NO_LA = "000"
_MOST_AGE = 120
_MOST_METRES = 1_300_000
"""The British National Grid ends there."""

_SAID_BY: dict[str, tuple[SchoolColumn, ...]] = {
    "type_code": (SchoolColumn.TYPE_CODE,),
    "type_name": (SchoolColumn.TYPE_NAME,),
    "phase": (SchoolColumn.PHASE,),
    "low_age": (SchoolColumn.LOW_AGE,),
    "high_age": (SchoolColumn.HIGH_AGE,),
    "street": (SchoolColumn.STREET,),
    "locality": (SchoolColumn.LOCALITY,),
    "town": (SchoolColumn.TOWN,),
    "postcode": (SchoolColumn.POSTCODE,),
    "easting": (SchoolColumn.EASTING, SchoolColumn.NORTHING),
    "northing": (SchoolColumn.EASTING, SchoolColumn.NORTHING),
    "opened_on": (SchoolColumn.OPENED,),
    "closed_on": (SchoolColumn.CLOSED,),
    IdentifierScheme.UKPRN: (SchoolColumn.UKPRN,),
    IdentifierScheme.UPRN: (SchoolColumn.UPRN,),
    IdentifierScheme.DFE_NUMBER: (SchoolColumn.NUMBER,),
    OrganisationKind.TRUST: (SchoolColumn.TRUST_UID,),
    OrganisationKind.FEDERATION: (SchoolColumn.FEDERATION_UID,),
}
"""What a file must have to say anything about a field."""


_SUPPORTED_ONLY = frozenset({"supported by a trust", "supported by a foundation trust"})
"""How GIAS words a foundation school's trust, by the year of the extract."""


class SchoolRow(NamedTuple):
    """What a row says of an establishment; `unsaid` names the fields it says nothing about."""

    line: int
    urn: str
    name: str
    sort_name: str
    la_code: str | None
    type_code: str | None
    type_name: str | None
    status: str | None
    phase: str | None
    low_age: int | None
    high_age: int | None
    street: str | None
    locality: str | None
    town: str | None
    postcode: str | None
    easting: int | None
    northing: int | None
    opened_on: date | None
    closed_on: date | None
    ukprn: str | None
    uprn: str | None
    dfe_number: str | None
    trust_uid: str | None
    trust_name: str | None
    federation_uid: str | None
    federation_name: str | None
    unsaid: list[str]


@dataclass(frozen=True, slots=True)
class _Authority:
    """What a local authority's code comes to.

    Attributes:
        code: as it stands, its zeros restored.
        now: the present authority's; empty when the former one was divided.
        elsewhere: why the row is not of England, if it is not.
        divided: the former authority has several successors.
    """

    code: str
    now: str | None = None
    elsewhere: str | None = None
    divided: bool = False


def unsaid_by(columns: GiasColumns) -> list[str]:
    """Return the fields about which no row of a file says anything, for want of a column."""
    return [field for field, needed in _SAID_BY.items() if not columns.at.keys() >= {*needed}]


def read_row(row: RowReading) -> SchoolRow | str | None:
    """Return what a row says; why it is not of England; or `None` if it has faults."""
    authority = _authority(row)
    if authority is not None and authority.elsewhere is not None:
        return authority.elsewhere
    urn, name = cells.urn(row, SchoolColumn.URN), cells.name(row, SchoolColumn.NAME)
    if authority is None or row.faults:
        return None
    if authority.divided:
        row.notice(
            SchoolColumn.LA_CODE,
            "The authority was divided; the present one is taken from the postcode, if it is held.",
        )
    opened_on, closed_on = _days(row)
    low_age, high_age = _ages(row)
    easting, northing = _point(row)
    trust_uid, trust_name = _trust(row)
    federation_uid, federation_name = _group(
        row, SchoolColumn.FEDERATION_UID, SchoolColumn.FEDERATION_NAME
    )
    return SchoolRow(
        line=row.line,
        urn=urn,
        name=name,
        sort_name=sort_key(name),
        la_code=authority.now,
        type_code=_type_code(row),
        type_name=_needed_text(row, SchoolColumn.TYPE_NAME, "type_name"),
        status=cells.text(row, SchoolColumn.STATUS, "status"),
        phase=cells.text(row, SchoolColumn.PHASE, "phase"),
        low_age=low_age,
        high_age=high_age,
        street=cells.text(row, SchoolColumn.STREET, "street"),
        locality=_locality(row),
        town=cells.text(row, SchoolColumn.TOWN, "town"),
        postcode=_postcode(row),
        easting=easting,
        northing=northing,
        opened_on=opened_on,
        closed_on=closed_on,
        ukprn=cells.number(row, SchoolColumn.UKPRN, IdentifierScheme.UKPRN),
        uprn=cells.number(row, SchoolColumn.UPRN, IdentifierScheme.UPRN),
        dfe_number=_dfe_number(row, authority.code),
        trust_uid=trust_uid,
        trust_name=trust_name,
        federation_uid=federation_uid,
        federation_name=federation_name,
        unsaid=row.unsaid,
    )


def _authority(row: RowReading) -> _Authority | None:
    """Return what the code means; one that is no code at all is a fault."""
    said = row.of(SchoolColumn.LA_CODE)
    digits = said.isascii() and said.isdecimal() and len(said) <= _LONGEST_LA_CODE
    if said and not digits:
        row.fault(
            SchoolColumn.LA_CODE,
            "A local authority's code has three digits, such as 202.",
            "Give the DfE's code of the authority; leave it empty for an establishment abroad.",
        )
        return None
    return _authority_of((said or "0").zfill(_LONGEST_LA_CODE))


@lru_cache(maxsize=1_000)
def _authority_of(code: str) -> _Authority:
    if code == _NO_LA:
        return _Authority(code, elsewhere="without a local authority")
    if int(code) in _WALES:
        return _Authority(code, elsewhere="in Wales")
    try:
        return _Authority(code, now=facts.la_code_now(code))
    except LocalAuthorityDividedError:
        return _Authority(code, divided=True)
    except LocalAuthorityNotKnownError:
        return _Authority(code, elsewhere=f"LA code {code}, which is none of England")


def _days(row: RowReading) -> tuple[date | None, date | None]:
    opened_on = cells.day(row, SchoolColumn.OPENED, "opened_on")
    closed_on = cells.day(row, SchoolColumn.CLOSED, "closed_on")
    if opened_on and closed_on and closed_on < opened_on:
        row.notice(SchoolColumn.OPENED, "It opened after it closed; left out.", "opened_on")
        return None, closed_on
    return opened_on, closed_on


def _ages(row: RowReading) -> tuple[int | None, int | None]:
    low = cells.whole(row, SchoolColumn.LOW_AGE, "low_age", _MOST_AGE)
    high = cells.whole(row, SchoolColumn.HIGH_AGE, "high_age", _MOST_AGE)
    if low is not None and high is not None and low > high:
        problem = "The lowest age is above the highest; both left out."
        row.notice(SchoolColumn.LOW_AGE, problem, "low_age", "high_age")
        return None, None
    return low, high


def _point(row: RowReading) -> tuple[int | None, int | None]:
    """A point has two halves: without one of them the other says nothing."""
    easting = cells.whole(row, SchoolColumn.EASTING, "easting", _MOST_METRES)
    northing = cells.whole(row, SchoolColumn.NORTHING, "northing", _MOST_METRES)
    damaged = {"easting", "northing"} & {*row.unsaid}
    if damaged or not easting or not northing:  # 0, 0 is how spreadsheets say nowhere
        row.unsaid += ["easting", "northing"] if damaged else []
        return None, None
    return easting, northing


def _trust(row: RowReading) -> tuple[str | None, str | None]:
    """Return the academy trust that runs a school.

    A foundation school's trust supports it and does not run it (School Standards and Framework Act
    1998, section 23A), so whoever acts for that trust does not act for the school.
    """
    uid, name = _group(row, SchoolColumn.TRUST_UID, SchoolColumn.TRUST_NAME)
    only_supports = plain(row.of(SchoolColumn.TRUST_FLAG)) in _SUPPORTED_ONLY
    return (None, None) if only_supports else (uid, name)


def _group(
    row: RowReading, uid_column: SchoolColumn, name_column: SchoolColumn
) -> tuple[str | None, str | None]:
    """Return the parent group's UID and name, should it have to be made from them."""
    uid = cells.number(row, uid_column, IdentifierScheme.GROUP_UID)
    kind = OrganisationKind.TRUST if uid_column is SchoolColumn.TRUST_UID else None
    if IdentifierScheme.GROUP_UID in row.unsaid:
        row.unsaid.remove(IdentifierScheme.GROUP_UID)
        row.unsaid.append(kind or OrganisationKind.FEDERATION)
    return uid, cells.text(row, name_column, "group_name") if uid else None


def _type_code(row: RowReading) -> str | None:
    said = row.of(SchoolColumn.TYPE_CODE)
    if not said:
        row.unsaid.append("type_code")
        return None
    if said.isascii() and said.isdecimal() and len(said) <= _LONGEST_TYPE_CODE:
        return said.zfill(_LONGEST_TYPE_CODE)
    row.notice(SchoolColumn.TYPE_CODE, "A type's code has two digits; left out.", "type_code")
    return None


def _needed_text(row: RowReading, column: SchoolColumn, what: str) -> str | None:
    """Return a text that GIAS always has; an empty cell is a gap in the file, not in the world."""
    said = cells.text(row, column, what)
    if said is None:
        row.unsaid.append(what)
    return said


def _locality(row: RowReading) -> str | None:
    """Return the two middle lines of the address as one."""
    lines = (row.of(SchoolColumn.LOCALITY), row.of(SchoolColumn.ADDRESS_3))
    joined = ", ".join(line for line in lines if line)
    if len(joined) > cells.LONGEST:
        problem = "Too long to be what it should be; left out."
        row.notice(SchoolColumn.LOCALITY, problem, "locality")
        return None
    return joined or None


def _postcode(row: RowReading) -> str | None:
    said = row.of(SchoolColumn.POSTCODE)
    if not said:
        return None
    try:
        return normalise_postcode(said)
    except ValueError:
        row.notice(SchoolColumn.POSTCODE, "No full UK postcode; left out.", "postcode")
        return None


def _dfe_number(row: RowReading, la_code: str) -> str | None:
    """Return the number under the code as it stands: that of a former authority stays as it was."""
    said = row.of(SchoolColumn.NUMBER)
    if not said:
        return None
    try:
        return canonical(IdentifierScheme.DFE_NUMBER, f"{la_code}/{said.zfill(_LONGEST_NUMBER)}")
    except ValueError:
        row.notice(
            SchoolColumn.NUMBER,
            "An establishment's number has four digits; left out.",
            IdentifierScheme.DFE_NUMBER,
        )
        return None
