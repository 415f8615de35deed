"""One row of an extract of groups, read and checked: academy trusts and federations alone are kept.

The trust of a foundation school (type 02) supports the school and does not run it; so nobody who
acts for such a trust acts for the school.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from app.interchange import gias_cells as cells
from app.interchange.gias_cells import RowReading
from app.interchange.gias_columns import GiasColumns
from app.interchange.terms import GroupColumn
from app.organisations.identifiers import canonical
from app.organisations.terms import IdentifierScheme, OrganisationKind
from app.values.words import sort_key

_BY_CODE: Mapping[str, OrganisationKind] = {
    "01": OrganisationKind.FEDERATION,
    "06": OrganisationKind.TRUST,  # multi-academy
    "10": OrganisationKind.TRUST,  # single-academy
    "11": OrganisationKind.TRUST,  # secure single-academy
}
_BY_NAME: Mapping[str, OrganisationKind] = {
    "federation": OrganisationKind.FEDERATION,
    "multi academy trust": OrganisationKind.TRUST,
    "single academy trust": OrganisationKind.TRUST,
    "secure single academy trust": OrganisationKind.TRUST,
}
_LONGEST_CODE = 2
_LONGEST_TYPE_SHOWN = 60

_SAID_BY: dict[str, tuple[GroupColumn, ...]] = {
    "closed_on": (GroupColumn.CLOSED,),
    IdentifierScheme.GROUP_ID: (GroupColumn.ID,),
    IdentifierScheme.COMPANIES_HOUSE: (GroupColumn.COMPANY_NUMBER,),
    IdentifierScheme.UKPRN: (GroupColumn.UKPRN,),
}


class GroupRow(NamedTuple):
    """What a row says of a group; `unsaid` names the fields about which it says nothing."""

    line: int
    uid: str
    kind: str
    name: str
    sort_name: str
    opened_on: date | None
    closed_on: date | None
    group_id: str | None
    companies_house: str | None
    ukprn: str | None
    unsaid: list[str]


def unsaid_by(columns: GiasColumns) -> list[str]:
    """Return the fields about which no row of a file says anything, for want of a column."""
    unsaid = [field for field, needed in _SAID_BY.items() if not columns.at.keys() >= {*needed}]
    opens = {GroupColumn.OPENED, GroupColumn.INCORPORATED}
    return unsaid if columns.at.keys() & opens else [*unsaid, "opened_on"]


def read_row(row: RowReading) -> GroupRow | str | None:
    """Return what a row says; which kind of group is not kept; or `None` if it has faults."""
    kind = _kind(row)
    if isinstance(kind, str) and not isinstance(kind, OrganisationKind):
        return kind
    uid, name = _uid(row), cells.name(row, GroupColumn.NAME)
    if kind is None or row.faults:
        return None
    opened_on, closed_on = _days(row)
    return GroupRow(
        line=row.line,
        uid=uid,
        kind=kind.value,
        name=name,
        sort_name=sort_key(name),
        opened_on=opened_on,
        closed_on=closed_on,
        group_id=cells.number(row, GroupColumn.ID, IdentifierScheme.GROUP_ID),
        companies_house=cells.number(
            row, GroupColumn.COMPANY_NUMBER, IdentifierScheme.COMPANIES_HOUSE
        ),
        ukprn=cells.number(row, GroupColumn.UKPRN, IdentifierScheme.UKPRN),
        unsaid=row.unsaid,
    )


def _kind(row: RowReading) -> OrganisationKind | str | None:
    """Return the kind; the type's own name if such groups are not kept; `None` for a fault."""
    code, called = row.of(GroupColumn.TYPE_CODE), row.of(GroupColumn.TYPE_NAME)
    if code:
        found = _BY_CODE.get(code.zfill(_LONGEST_CODE))
        return found or f"{called or 'type ' + code}"[:_LONGEST_TYPE_SHOWN]
    if called:
        return _BY_NAME.get(sort_key(called)) or called[:_LONGEST_TYPE_SHOWN]
    column = GroupColumn.TYPE_CODE if GroupColumn.TYPE_CODE in row.columns.at else None
    row.fault(
        column or GroupColumn.TYPE_NAME,
        "The row does not say what type of group it is.",
        "Look it up in GIAS, or remove the row.",
    )
    return None


def _uid(row: RowReading) -> str:
    try:
        return canonical(IdentifierScheme.GROUP_UID, row.of(GroupColumn.UID))
    except ValueError as error:
        row.fault(GroupColumn.UID, str(error), "Look it up in GIAS, or remove the row.")
        return ""


def _days(row: RowReading) -> tuple[date | None, date | None]:
    """Return when it opened and closed; a company opens when it is incorporated."""
    incorporated = cells.day(row, GroupColumn.INCORPORATED, "opened_on")
    opened_on = cells.day(row, GroupColumn.OPENED, "opened_on") or incorporated
    closed_on = cells.day(row, GroupColumn.CLOSED, "closed_on")
    if closed_on is None and row.of(GroupColumn.STATUS).lower() == "closed":
        problem = "It has closed, but no day is given; held as if it had not."
        row.notice(GroupColumn.STATUS, problem)
    if opened_on and closed_on and closed_on < opened_on:
        column = GroupColumn.OPENED if row.of(GroupColumn.OPENED) else GroupColumn.INCORPORATED
        row.notice(column, "It opened after it closed; left out.", "opened_on")
        return None, closed_on
    return opened_on, closed_on
