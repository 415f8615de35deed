"""What an import is asked to do, and what it reports."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from app.interchange.terms import Outcome

Advance: TypeAlias = Callable[[int, int | None], None]
"""Is told how much is done, and of how much if that is known."""
Steps: TypeAlias = Callable[[str], AbstractContextManager[Advance]]
"""Opens a step of the work by its name, to be told how it advances."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one row.

    Attributes:
        line: of the file, counted from 1, headings included.
        column: as the file calls it.
        value: as it stands there.
        problem: what is wrong, in a sentence.
        cure: how to mend it, in a sentence.
    """

    line: int
    column: str
    value: str
    problem: str
    cure: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should look at, though the row is not refused for it."""

    line: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Conditions:
    """How an import is to be done, whatever it imports.

    Attributes:
        faults_path: where to write what is wrong; beside the operator if not said.
        accept_good: land the good rows although others are refused.
        dry_run: report only.
        again: do not stop because this very file landed before.
        source: who published the file; told from the file if not said.
        source_date: the day it speaks of.
        licence: under which terms it may be used; told from the file if not said.
    """

    faults_path: Path | None = None
    accept_good: bool = False
    dry_run: bool = False
    again: bool = False
    source: str | None = None
    source_date: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """An import that landed before."""

    recorded_at: datetime
    file_name: str
    rows_refused: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of a file became what."""

    read: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class FaultsFound:
    """What is wrong in a file.

    Attributes:
        count: of faults; a row may have several.
        first: the first twenty.
        file: where all of them were written; nowhere if there are none.
    """

    count: int = 0
    first: tuple[Fault, ...] = ()
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class DistantSite:
    """A site that now lies away from its postcode.

    Attributes:
        number: its provider's.
        reference: the site's within the provider.
        name: the provider's.
        postcode: the site's.
        metres: between the stored point and the postcode's.
    """

    number: str
    reference: int
    name: str
    postcode: str
    metres: int


@dataclass(frozen=True, slots=True)
class PostcodesReport:
    """How an import of postcodes went.

    Attributes:
        outcome: how it ended.
        file: its name.
        sha256: of the file.
        shape: which of the known shapes it has; empty when it was not read.
        counts: of rows.
        unchanged: postcodes held already, as they are.
        repeated: rows that say the same postcode at the same point once more.
        kept: held postcodes that the file lacks and that stay, because rows were refused.
        skipped: sound rows that do not concern England today, by reason.
        faults: what is wrong.
        distant_sites: sites more than 100 m from their postcode; none is moved.
        source: who published the file.
        licence: under which terms it may be used.
        earlier: the run in which this very file landed before.
    """

    outcome: Outcome
    file: str
    sha256: str
    shape: str = ""
    counts: Counts = Counts()
    unchanged: int = 0
    repeated: int = 0
    kept: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    faults: FaultsFound = FaultsFound()
    distant_sites: tuple[DistantSite, ...] = ()
    source: str = ""
    licence: str = ""
    earlier: EarlierRun | None = None


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line known before that says something else now; what is held was left as it is.

    Attributes:
        line: of the file.
        number: of the provider held.
        name: of the provider held.
        changes: what differs: column, as held, as the file has it.
    """

    line: int
    number: str
    name: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class NewerResult:
    """A line known before whose authority has checked since; what it found is taken over.

    Attributes:
        line: of the file.
        number: of the provider held.
        name: of the provider held.
        before: what was held, with its day; empty if nothing was.
        after: what the file has, with its day.
    """

    line: int
    number: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LikelyDuplicate:
    """A new line that may be a provider already held, or an earlier line of the file.

    Attributes:
        line: of the file.
        name: on that line.
        other: the provider's number, or `line N`.
        other_name: its name.
        score: from the threshold to 1.
    """

    line: int
    name: str
    other: str
    other_name: str
    score: float


@dataclass(frozen=True, slots=True)
class ProvidersReport:
    """How an import of a provider list went.

    Attributes:
        outcome: how it ended.
        file: its name.
        sha256: of the file.
        counts: of rows; `changed` are those whose newer local result is taken over, for a list
            overwrites nothing else; `removed` are always none.
        unchanged: lines held already, saying the same.
        redated: lines held already that differ only in the date of the list.
        newer_results: lines held already of which the file has a newer local result.
        changed_lines: lines held already that say something else now; left for a person.
        duplicates: likeliest first.
        remarks: by line.
        ignored_columns: headings nobody here understands.
        columns_not_kept: headings understood but kept nowhere.
        schools: how many schools of GIAS the list was compared with.
        numbers: of the providers added, in the order of the file.
        source: who published the list.
        licence: under which terms it may be used.
        faults: what is wrong.
        earlier: the run in which this very file landed before.
    """

    outcome: Outcome
    file: str
    sha256: str
    counts: Counts = Counts()
    unchanged: int = 0
    redated: int = 0
    newer_results: tuple[NewerResult, ...] = ()
    changed_lines: tuple[ChangedLine, ...] = ()
    duplicates: tuple[LikelyDuplicate, ...] = ()
    remarks: tuple[Remark, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    columns_not_kept: tuple[str, ...] = ()
    schools: int = 0
    numbers: tuple[str, ...] = ()
    source: str = ""
    licence: str = ""
    faults: FaultsFound = FaultsFound()
    earlier: EarlierRun | None = None


@dataclass(frozen=True, slots=True)
class Noticed:
    """One place where something is odd, though the row is taken.

    Attributes:
        line: of the file.
        name: whose row it is.
        value: as it stands there.
    """

    line: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing odd in many rows of an extract; what could not be read was left out of them.

    Attributes:
        column: as the file calls it.
        problem: what is odd, and what became of it.
        count: of rows.
        first: the first twenty.
    """

    column: str
    problem: str
    count: int
    first: tuple[Noticed, ...]


@dataclass(frozen=True, slots=True)
class ExtractReport:
    """How an import of an extract of GIAS went: establishments, groups or links.

    Attributes:
        outcome: how it ended.
        file: its name.
        sha256: of the file.
        counts: of rows; nothing is ever removed.
        unchanged: held already, saying the same.
        repeated: rows that stand in the file once more, word for word.
        groups_named: trusts and federations that were not held, made from their name and UID.
        groups_unknown: groups of which the file has the UID alone, and which are not held.
        not_in_file: held, but gone from the file; left as they are.
        not_in_file_first: the first twenty of them, if the file looks like a full extract.
        skipped: sound rows that are not kept here, by reason.
        notices: what is odd, by column.
        columns: how many headings were understood.
        columns_ignored: how many were not.
        source: who published the file.
        licence: under which terms it may be used.
        faults: what is wrong.
        earlier: the run in which this very file landed before.
    """

    outcome: Outcome
    file: str
    sha256: str
    counts: Counts = Counts()
    unchanged: int = 0
    repeated: int = 0
    groups_named: int = 0
    groups_unknown: int = 0
    not_in_file: int = 0
    not_in_file_first: tuple[str, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    columns: int = 0
    columns_ignored: int = 0
    source: str = ""
    licence: str = ""
    faults: FaultsFound = FaultsFound()
    earlier: EarlierRun | None = None
