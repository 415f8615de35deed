"""Placements as a table that people fill in: which cell means what; pure.

One row a placement. A weekday's column holds its sessions: `09:00-12:00, 13:00-15:00`, and where
one is not at the usual site, `09:00-12:00 at 2`.
"""

import csv
import difflib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.errors import AppError, FieldFault, InvalidRequestError
from app.occupancy.terms import Weekday
from app.placements.errors import TableNeededError
from app.placements.terms import MOST_ROWS
from app.values.cells import plain_text_of

IDENTITY = ("upn", "given_names", "family_name", "date_of_birth")
DUTIES = {
    "circumstances_since": "since",
    "home_la": "home_la",
    "school_urn": "school",
    "plan_la": "plan_la",
    "care_la": "care_la",
    "sen": "sen",
}
"""Columns on who has which duty, and what each is called in a row."""
PLAIN = (
    *("provider", "site", "route", "delivery", "starts_on", "planned_end_on"),
    *("minutes_elsewhere", "assessment"),
)
WHOLE = frozenset({"site", "minutes_elsewhere"})
DAYS = tuple(day.value for day in Weekday)
COLUMNS = (
    *("reference", "child_reference", *IDENTITY, *DUTIES),
    *(*PLAIN, "urgent_reasons", *DAYS),
)
NEEDED = frozenset({"reference", "child_reference", "provider", "site", "route", "starts_on"})
MOST_BYTES = 1_000_000

_LIKENESS = 0.6
_SESSION = re.compile(r"([0-9]{1,2}:[0-9]{2})\s*[-–]\s*([0-9]{1,2}:[0-9]{2})(?:\s+at\s+([0-9]+))?")  # noqa: RUF001 - what word processors make of a hyphen
_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table.

    Attributes:
        number: its first line in the file, from 1.
        item: what it says, as a row of a batch is sent; or why it cannot be told.
        days: of each session in that row, its column.
        faults: of cells that cannot be put into a row.
    """

    number: int
    item: Mapping[str, Any] | AppError
    days: Sequence[str]
    faults: tuple[FieldFault, ...] = ()

    def column(self, pointer: str | None) -> str | None:
        """Return in which column stands what a pointer into the row points at."""
        steps = (pointer or "").strip("/").split("/")
        if steps[0] == "sessions" and len(steps) > 1 and int(steps[1]) < len(self.days):
            return self.days[int(steps[1])]
        if steps[:2] == ["child", "reference"]:
            return "child_reference"
        if steps[0] == "urgent":
            return "urgent_reasons"
        last = {meant: column for column, meant in DUTIES.items()}.get(steps[-1], steps[-1])
        return last if last in COLUMNS else None


def template() -> str:
    """Return the headings that a file has, and no row: of children it says nothing."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(COLUMNS)
    return text.getvalue()


def read(content: bytes) -> list[Line]:
    """Read a table, in UTF-8 with or without a byte order mark.

    Raises:
        TableNeededError: it is no UTF-8, or not text.
        InvalidRequestError: it is too large or no CSV, or its headings are wrong; all are told.
    """
    if len(content) > MOST_BYTES:
        _refuse([f"The file is larger than {MOST_BYTES} bytes. Send it in parts."])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TableNeededError(
            f"Line {line} is not UTF-8. Save the file as CSV UTF-8 and send that."
        ) from None
    if "\0" in text:
        raise TableNeededError("The file is not text. Save it as CSV UTF-8 and send that.")
    rows = _rows(text)
    if not rows:
        _refuse(["The file is empty. Begin with GET /v1/placements/file-template."])
    headings = [heading.strip().lower() for heading in rows[0][1]]
    _check_headings(headings)
    if len(rows) == 1:
        _refuse(["The file has headings and no row."])
    if len(rows) - 1 > MOST_ROWS:
        _refuse([f"The file has {len(rows) - 1} rows. Send at most {MOST_ROWS} at a time."])
    return [_line(number, headings, cells) for number, cells in rows[1:]]


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows that are not empty, each with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found, line = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        _refuse([f"From line {line} on it is no longer CSV ({error}). Close the quotation mark."])
    return found


def _check_headings(headings: Sequence[str]) -> None:
    faults = []
    for place, heading in enumerate(headings):
        if heading not in COLUMNS:
            near = difflib.get_close_matches(heading, COLUMNS, n=1, cutoff=_LIKENESS)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            faults.append(f"Column {place + 1} has a heading that is not known.{hint}")
        elif headings.index(heading) < place:
            faults.append(f"There are two columns “{heading}”. Remove one.")
    missing = sorted(NEEDED - set(headings))
    faults += [f"The column “{name}” is missing." for name in missing]
    if not set(DAYS) & set(headings):
        faults.append("There is no column of a weekday, such as “monday”, with its sessions.")
    if faults:
        _refuse(faults)


def _line(number: int, headings: Sequence[str], cells: Sequence[str]) -> Line:
    if any(cell.strip() for cell in cells[len(headings) :]):
        detail = f"The row has {len(cells)} cells under {len(headings)} headings. Look for commas."
        return Line(number, InvalidRequestError(detail), ())
    said = {
        heading: plain_text_of(cell.strip())
        for heading, cell in zip(headings, cells, strict=False)
        if cell.strip()
    }
    sessions, days, faults = _sessions(said)
    item: dict[str, Any] = {"sessions": sessions, "child": _child(said)}
    for name in ("reference", *PLAIN):
        if name in said:
            item[name] = _whole(said[name]) if name in WHOLE else said[name]
    if "urgent_reasons" in said:
        item["urgent"] = {"reasons": said["urgent_reasons"]}
    return Line(number, item, days, faults)


def _child(said: Mapping[str, str]) -> dict[str, Any]:
    child: dict[str, Any] = {}
    if "child_reference" in said:
        child["reference"] = said["child_reference"]
    record: dict[str, Any] = {name: said[name] for name in IDENTITY if name in said}
    duties: dict[str, Any] = {
        meant: said[column] for column, meant in DUTIES.items() if column in said
    }
    if "sen" in duties:
        duties["sen"] = _yes_or_no(duties["sen"])
    if record or duties:
        child["record"] = record | {"circumstances": duties}
    return child


def _sessions(
    said: Mapping[str, str],
) -> tuple[list[dict[str, Any]], list[str], tuple[FieldFault, ...]]:
    """Return the sessions of a row, the column of each, and what cannot be read."""
    sessions, days, faults = [], [], []
    for day in DAYS:
        for part in filter(None, map(str.strip, re.split("[,;]", said.get(day, "")))):
            read_part = _SESSION.fullmatch(part)
            if read_part is None:
                detail = "Write sessions as 09:00-12:00, with commas between several."
                faults.append(FieldFault(detail, f"/{day}"))
                continue
            starts, ends, site = read_part.groups()
            one = {"weekday": day, "starts": starts.zfill(5), "ends": ends.zfill(5)}
            sessions.append(one | ({"site": int(site)} if site else {}))
            days.append(day)
    return sessions, days, tuple(faults)


def _whole(cell: str) -> int | str:
    """Return a cell as a number if it is one; what is none is refused with other faults."""
    return int(cell) if cell.isascii() and cell.isdecimal() and len(cell) < 10 else cell  # noqa: PLR2004 - digits


def _yes_or_no(cell: str) -> bool | str:
    if cell.lower() in _YES | _NO:
        return cell.lower() in _YES
    return cell


def _refuse(faults: Sequence[str]) -> None:
    found = tuple(FieldFault(one) for one in faults)
    raise InvalidRequestError("The file cannot be taken; see errors.", errors=found)
