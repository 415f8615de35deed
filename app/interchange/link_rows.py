"""One row of an extract of links between establishments, read and checked."""

from datetime import date
from typing import NamedTuple

from app.interchange import gias_cells as cells
from app.interchange.gias_cells import RowReading
from app.interchange.gias_columns import GiasColumns
from app.interchange.terms import LinkColumn

_SAID_BY: dict[str, LinkColumn] = {
    "linked_name": LinkColumn.LINKED_NAME,
    "established_on": LinkColumn.ESTABLISHED,
}


class LinkRow(NamedTuple):
    """What a row says of a link; `unsaid` names the fields about which it says nothing."""

    line: int
    urn: str
    linked_urn: str
    link_type: str
    linked_name: str | None
    established_on: date | None
    unsaid: list[str]


def unsaid_by(columns: GiasColumns) -> list[str]:
    """Return the fields about which no row of a file says anything, for want of a column."""
    return [field for field, column in _SAID_BY.items() if column not in columns.at]


def read_row(row: RowReading) -> LinkRow | str | None:
    """Return what a row says, or `None` if it has faults; no sound row is left out."""
    urn, linked = cells.urn(row, LinkColumn.URN), cells.urn(row, LinkColumn.LINKED_URN)
    link_type = cells.text(row, LinkColumn.TYPE, "link_type")
    if link_type is None:
        row.fault(
            LinkColumn.TYPE,
            "The row does not say what the link is.",
            "Look it up in GIAS, or remove the row.",
        )
    if urn and urn == linked:
        problem, cure = "An establishment is linked with itself.", "Remove the row."
        row.fault(LinkColumn.LINKED_URN, problem, cure)
    if link_type is None or row.faults:
        return None
    return LinkRow(
        line=row.line,
        urn=urn,
        linked_urn=linked,
        link_type=link_type,
        linked_name=cells.text(row, LinkColumn.LINKED_NAME, "linked_name"),
        established_on=cells.day(row, LinkColumn.ESTABLISHED, "established_on"),
        unsaid=row.unsaid,
    )
