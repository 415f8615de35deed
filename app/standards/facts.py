"""The standards that ship with the product, as its files hold them.

The files lie in the folder `facts` beside this module; `SOURCES.md` there names their sources.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from app.standards.terms import EvidenceKind, Force, Gate, SourceStatus
from app.values.site_kind import SiteKind, StaffSize


@dataclass(frozen=True, slots=True)
class ShippedCriterion:
    """One thing that is asked of providers; see the columns of `criteria` for what each means."""

    number: str
    requirement: str
    force: Force
    law_part: str | None
    gate: Gate
    site_kinds: tuple[SiteKind, ...]
    staff_sizes: tuple[StaffSize, ...]
    evidence_kinds: tuple[EvidenceKind, ...]
    evidence_months: int | None
    guidance: str
    source: str
    source_status: SourceStatus

    @property
    def standard(self) -> str:
        """Return the number of the standard it belongs to: `1.1` of `1.1a`."""
        return self.number.rstrip("abcdefghijklmnopqrstuvwxyz")

    @property
    def part(self) -> int:
        """Return the part it belongs to, 1 to 4."""
        return int(self.number.split(".")[0])


@dataclass(frozen=True, slots=True)
class ShippedVersion:
    """A set of criteria that a release brings, published.

    Attributes:
        code: its name for machines.
        title: its name for people.
        in_force_from: the first day on which it holds.
        note: what readers should know of it.
        standard_titles: by number.
        criteria: in the order in which they are shown.
    """

    code: str
    title: str
    in_force_from: date
    note: str
    standard_titles: Mapping[str, str]
    criteria: tuple[ShippedCriterion, ...]


@cache
def shipped_versions() -> tuple[ShippedVersion, ...]:
    """Return every version that ships, the oldest first."""
    return tuple(
        ShippedVersion(
            code=row["version"],
            title=row["title"],
            in_force_from=date.fromisoformat(row["in_force_from"]),
            note=row["note"],
            standard_titles={
                one["standard"]: one["title"]
                for one in _rows("standards")
                if one["version"] == row["version"]
            },
            criteria=tuple(
                _criterion(one) for one in _rows("criteria") if one["version"] == row["version"]
            ),
        )
        for row in _rows("versions")
    )


def _criterion(row: Mapping[str, str]) -> ShippedCriterion:
    return ShippedCriterion(
        number=row["number"],
        requirement=row["requirement"],
        force=Force(row["force"]),
        law_part=row["law_part"] or None,
        gate=Gate(row["gate"]),
        site_kinds=tuple(map(SiteKind, row["site_kinds"].split())),
        staff_sizes=tuple(map(StaffSize, row["staff_sizes"].split())),
        evidence_kinds=tuple(map(EvidenceKind, row["evidence_kinds"].split())),
        evidence_months=int(row["evidence_months"]) if row["evidence_months"] else None,
        guidance=row["guidance"],
        source=row["source"],
        source_status=SourceStatus(row["source_status"]),
    )


def _rows(name: str) -> list[dict[str, str]]:
    file = resources.files("app.standards").joinpath("facts", f"{name}.csv")
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
