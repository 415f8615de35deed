"""Small provider lists and files of schools."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

GIAS_HEADINGS = ("URN", "LA (code)", "EstablishmentName", "EstablishmentStatus (name)", "Postcode")


def as_csv(headings: Sequence[str], *rows: Sequence[str]) -> str:
    """Return headings and rows as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([headings, *rows])
    return text.getvalue()


def provider_list(folder: Path, *rows: Mapping[str, str], name: str = "list.csv") -> Path:
    """Write a list whose columns are whatever its rows mention, in order of first mention."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    cells = [[row.get(heading, "") for heading in headings] for row in rows]
    path = folder / name
    path.write_text(as_csv(headings, *cells), encoding="utf-8")
    return path


def row(name: str, **cells: str) -> dict[str, str]:
    """A sound row of Coventry's list, with some cells given."""
    return {"provider_name": name, "la_code": "331", "list_name": "AP list"} | cells


def schools_file(folder: Path, *schools: Sequence[str], name: str = "gias.csv") -> Path:
    """Write schools as GIAS gives them: URN, LA code, name, status, postcode."""
    path = folder / name
    path.write_text(as_csv(GIAS_HEADINGS, *schools), encoding="utf-8")
    return path
