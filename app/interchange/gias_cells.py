"""One row of an extract of GIAS while it is read: its cells, and what is wrong or odd about them.

What a row cannot do without is a fault when it is damaged, and the row is refused. Anything else is
left out with a notice: GIAS itself has damaged dates, ages and numbers, and a school is not kept
from the register for them. What is held is then not emptied either: nothing was said about it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from app.interchange.csv_files import is_garbled
from app.interchange.gias_columns import GiasColumns
from app.interchange.schemas import Fault, Notice, Noticed
from app.organisations.identifiers import canonical
from app.organisations.terms import IdentifierScheme

_T = TypeVar("_T")
LONGEST = 250
"""Characters a kept cell may have."""
SHOWN = 20
"""How many places of one oddity a report carries."""
_BRITISH = re.compile(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_EARLIEST, _LATEST = 597, 2200
"""Years; the oldest school in England says it was founded in 597."""
_LOST_LETTER = "\N{REPLACEMENT CHARACTER}"


@dataclass(slots=True)
class RowReading:
    """A row while it is read.

    Attributes:
        line: of the file.
        columns: of the file.
        cells: as they stand.
        faults: for which the row is refused.
        odd: column and problem of what was left out or looks strange.
        unsaid: fields about which this row says nothing, because it cannot be read.
    """

    line: int
    columns: GiasColumns
    cells: Sequence[str]
    faults: list[Fault] = field(default_factory=list)
    odd: list[tuple[StrEnum, str]] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)

    def of(self, column: StrEnum) -> str:
        """Return what the row says in a column, without superfluous spaces."""
        index = self.columns.at.get(column)
        return "" if index is None else " ".join(self.cells[index].split())

    def fault(self, column: StrEnum, problem: str, cure: str) -> None:
        """Refuse the row for a cell."""
        heading = self.columns.heading(column)
        self.faults.append(Fault(self.line, heading, self.of(column), problem, cure))

    def notice(self, column: StrEnum, problem: str, *left_out: str) -> None:
        """Take the row, but say what is odd about a cell, and leave these fields as they are."""
        self.odd.append((column, problem))
        self.unsaid += left_out


class NoticeLog:
    """Gathers what is odd in constant memory: for each column and problem a count, and a few."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[int, list[Noticed]]] = {}

    def add(self, row: RowReading, name: str) -> None:
        """Take note of everything odd in a row that is taken."""
        for column, problem in row.odd:
            count, first = self._found.get((row.columns.heading(column), problem), (0, []))
            if len(first) < SHOWN:
                first.append(Noticed(row.line, name, row.of(column)[:LONGEST]))
            self._found[row.columns.heading(column), problem] = (count + 1, first)

    def all(self) -> tuple[Notice, ...]:
        """Return what was found, by column."""
        return tuple(
            Notice(column, problem, count, tuple(first))
            for (column, problem), (count, first) in sorted(self._found.items())
        )


def refuse_wrong_width(line: int, cells: Sequence[str], columns: GiasColumns) -> Fault | None:
    """Return what is wrong with a row that has not as many cells as there are headings."""
    if len(cells) >= columns.width and not any(cell.strip() for cell in cells[columns.width :]):
        return None
    return Fault(
        line,
        "row",
        ",".join(cells),
        f"The row has {len(cells)} cells, and there are {columns.width} headings.",
        "Look for a missing or superfluous comma or quotation mark.",
    )


def name(row: RowReading, column: StrEnum) -> str:
    """Return a name that must be there; one that cannot be read is a fault."""
    text = row.of(column)
    if not any(character.isalnum() for character in text):
        row.fault(column, "The row names nobody.", "Give the name, or remove the row.")
    elif len(text) > LONGEST:
        problem = f"The name has {len(text)} characters; {LONGEST} are allowed."
        row.fault(column, problem, "Look whether a comma or quotation mark is missing before it.")
    elif is_garbled(text):
        row.fault(
            column,
            "Its accents or signs are garbled: it is UTF-8 that was read as something else.",
            "Fetch the extract again, or open it as UTF-8 and save it as CSV UTF-8.",
        )
    elif _LOST_LETTER in text:
        row.notice(column, "A letter of the name was lost before; kept as it stands.")
    return text


def urn(row: RowReading, column: StrEnum) -> str:
    """Return a URN that must be there; one that cannot be read is a fault."""
    try:
        return canonical(IdentifierScheme.URN, row.of(column))
    except ValueError as error:
        row.fault(column, str(error), "Look it up in GIAS, or remove the row.")
        return ""


def text(row: RowReading, column: StrEnum, what: str) -> str | None:
    """Return a text, or `None` where there is none or it is too long to be true."""
    said = row.of(column)
    if len(said) > LONGEST:
        row.notice(column, "Too long to be what it should be; left out.", what)
        return None
    return said or None


def number(row: RowReading, column: StrEnum, scheme: IdentifierScheme) -> str | None:
    """Return another register's number in its one spelling, or `None`."""
    said = row.of(column)
    return _read(row, column, scheme.value, lambda: canonical(scheme, said)) if said else None


def day(row: RowReading, column: StrEnum, what: str) -> date | None:
    """Return a day, or `None` where there is none or none that can be."""
    said = row.of(column)
    return _read(row, column, what, lambda: parse_day(said)) if said else None


def whole(row: RowReading, column: StrEnum, what: str, most: int) -> int | None:
    """Return a whole number up to a limit, or `None` where there is none."""
    said = row.of(column)
    if not said:
        return None
    if said.isascii() and said.isdecimal() and len(said) <= len(str(most)) and int(said) <= most:
        return int(said)
    row.notice(column, f"Not a whole number from 0 to {most:,}; left out.", what)
    return None


def parse_day(said: str) -> date:
    """Read a day as GIAS writes it: 31-08-2012 or 31/08/2012; or as programs do: 2012-08-31.

    Raises:
        ValueError: it is none, or there is no such day.
    """
    british, iso = _BRITISH.fullmatch(said), _ISO.fullmatch(said)
    if british:
        day_of, month, year = int(british[1]), int(british[3]), int(british[4])
    elif iso:
        year, month, day_of = int(iso[1]), int(iso[2]), int(iso[3])
    else:
        message = "No date such as 31-08-2012 or 31/08/2012."
        raise ValueError(message)
    try:
        found = date(year, month, day_of)
    except ValueError:
        message = "There is no such day."
        raise ValueError(message) from None
    if not _EARLIEST <= found.year <= _LATEST:
        message = f"The year is not between {_EARLIEST} and {_LATEST}."
        raise ValueError(message)
    return found


def _read(row: RowReading, column: StrEnum, what: str, read: Callable[[], _T]) -> _T | None:
    try:
        return read()
    except ValueError as error:
        row.notice(column, f"{error} Left out.", what)
        return None
