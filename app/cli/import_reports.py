"""The report of an import, in words and tables."""

import io
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.clock import LONDON
from app.interchange.schemas import (
    EarlierRun,
    ExtractReport,
    FaultsFound,
    Noticed,
    PostcodesReport,
    ProvidersReport,
)
from app.interchange.terms import Outcome

SHOWN = 20
"""How many rows a table shows; `--json` has all."""
_WIDTH = 110
_NAMED = 5
_LONGEST_CELL = 60


def postcodes_in_words(report: PostcodesReport) -> str:
    """Return the report of an import of postcodes, to be read by a person."""
    out = _Page()
    if report.outcome is Outcome.ALREADY_LANDED:
        return out.say(_already(report.file, report.earlier)).text()
    counts = report.counts
    out.say(_headline(report.outcome, report.file, report.faults))
    would = "" if report.outcome is Outcome.LANDED else "would be "
    out.facts(
        ("shape", report.shape),
        ("source", report.source),
        ("licence", report.licence),
        ("rows read", counts.read),
        *((f"left out: {reason}", count) for reason, count in report.skipped.items()),
        ("rows refused", counts.refused),
        ("repeated", report.repeated),
        (f"{would}added", counts.added),
        (f"{would}changed", counts.changed),
        (f"{would}removed", counts.removed),
        ("rows were refused, so kept though missing", report.kept),
        ("unchanged", report.unchanged),
        ("sites more than 100 m from their postcode (none was moved)", len(report.distant_sites)),
    )
    _faults(out, report.faults)
    out.table(
        "Sites more than 100 m from their postcode",
        ("provider", "site", "name", "postcode", "metres"),
        [(s.number, s.reference, s.name, s.postcode, s.metres) for s in report.distant_sites],
    )
    return out.text()


def providers_in_words(report: ProvidersReport) -> str:
    """Return the report of an import of a provider list, to be read by a person."""
    out = _Page()
    if report.outcome is Outcome.ALREADY_LANDED:
        return out.say(_already(report.file, report.earlier)).text()
    counts = report.counts
    out.say(_headline(report.outcome, report.file, report.faults))
    would = "" if report.outcome is Outcome.LANDED else "would be "
    numbers = f" ({report.numbers[0]} to {report.numbers[-1]})" if report.numbers else ""
    out.facts(
        ("source", report.source),
        ("licence", report.licence),
        ("lines read", counts.read),
        ("lines refused", counts.refused),
        (f"{would}added as known, not public", f"{counts.added}{numbers}"),
        ("held already, the same", report.unchanged),
        ("held already, under another date of the list", report.redated),
        (f"held already, newer local result {would}taken over", len(report.newer_results)),
        ("held already, changed: left for a person", len(report.changed_lines)),
        ("likely duplicates: left for a person", len(report.duplicates)),
        ("remarks", len(report.remarks)),
        ("schools compared with", report.schools),
        ("columns ignored", ", ".join(report.ignored_columns) or "none"),
        ("columns read but not kept", ", ".join(report.columns_not_kept) or "none"),
    )
    _faults(out, report.faults)
    out.table(
        "Likely duplicates",
        ("line", "provider", "may be", "which is", "score"),
        [(d.line, d.name, d.other, d.other_name, f"{d.score:.2f}") for d in report.duplicates],
    )
    out.table(
        "Newer local results",
        ("line", "provider", "name", "held", "in the file"),
        [(n.line, n.number, n.name, n.before, n.after) for n in report.newer_results],
    )
    out.table(
        "Known lines that say something else now",
        ("line", "provider", "name", "column", "held", "in the file"),
        [
            (changed.line, changed.number, changed.name, *change)
            for changed in report.changed_lines
            for change in changed.changes
        ],
    )
    by_text: dict[str, list[str]] = {}
    for remark in report.remarks:
        by_text.setdefault(remark.text, []).append(f"{remark.line} {remark.name}")
    out.table(
        "To be looked at",
        ("what", "lines"),
        [(text, _some(whose)) for text, whose in by_text.items()],
    )
    return out.text()


def extract_in_words(report: ExtractReport) -> str:
    """Return the report of an import of an extract of GIAS, to be read by a person."""
    out = _Page()
    if report.outcome is Outcome.ALREADY_LANDED:
        return out.say(_already(report.file, report.earlier)).text()
    counts = report.counts
    out.say(_headline(report.outcome, report.file, report.faults))
    would = "" if report.outcome is Outcome.LANDED else "would be "
    out.facts(
        ("source", report.source),
        ("licence", report.licence),
        ("columns", f"{report.columns} understood, {report.columns_ignored} ignored"),
        ("rows read", counts.read),
        *((f"left out: {reason}", count) for reason, count in report.skipped.items()),
        ("rows refused", counts.refused),
        ("repeated", report.repeated),
        (f"{would}added", counts.added),
        (f"{would}changed", counts.changed),
        ("unchanged", report.unchanged),
        (f"trusts and federations {would}made from UID and name", report.groups_named),
        ("groups named by UID alone and not held (import school-groups)", report.groups_unknown),
        ("held but not in the file: left as they are", report.not_in_file),
    )
    _faults(out, report.faults)
    out.table(
        "Odd, but taken",
        ("column", "what", "rows", "for instance"),
        [
            (
                notice.column,
                notice.problem,
                f"{notice.count:,}",
                _some([_noticed(one) for one in notice.first]),
            )
            for notice in report.notices
        ],
    )
    out.table(
        "Held but not in the file",
        ("the first of them",),
        [(one,) for one in report.not_in_file_first],
    )
    return out.text()


class _Page:
    """Lines and tables, as text of the width there is."""

    def __init__(self) -> None:
        self._buffer = io.StringIO()
        wide = Console(file=sys.stdout).width if sys.stdout.isatty() else _WIDTH
        self._console = Console(file=self._buffer, width=max(wide, 80), highlight=False)

    def say(self, sentence: str) -> "_Page":
        self._console.print(sentence, markup=False, soft_wrap=True)
        return self

    def facts(self, *facts: tuple[str, Any]) -> None:
        """Print what is counted; a count of nothing is left out unless it is what was asked."""
        for label, value in facts:
            if value != 0 or label.endswith(("added", "changed", "removed", "refused")):
                shown = f"{value:,}" if isinstance(value, int) else value
                self._console.print(f"  {label}: {shown}", markup=False, soft_wrap=True)

    def table(self, title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        if not rows:
            return
        more = f" (the first {SHOWN} of {len(rows)}; --json has all)" if len(rows) > SHOWN else ""
        table = Table(title=f"{title}{more}", title_justify="left", title_style="")
        for heading in headings:
            table.add_column(heading, overflow="fold")
        for row in rows[:SHOWN]:
            table.add_row(*_cells(row))
        self._console.print()
        self._console.print(table)

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._buffer.getvalue().splitlines())


def _cells(row: Iterable[Any]) -> list[str]:
    texts = [str(cell) for cell in row]
    return [
        escape(t if len(t) <= _LONGEST_CELL * 4 else t[: _LONGEST_CELL * 4] + "…") for t in texts
    ]


def _noticed(one: Noticed) -> str:
    """Say where, whose row and what stands there; a name that is itself odd is said once."""
    return f"line {one.line} " + (one.name if one.name == one.value else f"{one.name}: {one.value}")


def _some(whose: Sequence[str]) -> str:
    more = f" and {len(whose) - _NAMED} more" if len(whose) > _NAMED else ""
    return "; ".join(whose[:_NAMED]) + more


def _faults(out: _Page, faults: FaultsFound) -> None:
    out.table(
        f"What is wrong: the first {len(faults.first)} of {faults.count}; all are in {faults.file}",
        ("line", "column", "value", "problem", "cure"),
        [(f.line, f.column, f.value, f.problem, f.cure) for f in faults.first],
    )


def _headline(outcome: Outcome, file: str, faults: FaultsFound) -> str:
    if outcome is Outcome.REFUSED:
        return (
            f"{file} was refused, and nothing was changed: {faults.count} things are wrong in it "
            f"(see {faults.file}). Mend them, or land the good rows with --accept-good."
        )
    if outcome is Outcome.WOULD_LAND:
        return f"{file} would land; this was a trial, and nothing was changed."
    without = f", without the rows that have faults (see {faults.file})" if faults.count else ""
    return f"{file} has landed{without}."


def _already(file: str, earlier: EarlierRun | None) -> str:
    if earlier is None:
        return f"{file} landed before; nothing was changed."
    moment = earlier.recorded_at.astimezone(LONDON)
    refused = (
        f" {earlier.rows_refused:,} of its rows were refused then, and still are."
        if earlier.rows_refused
        else ""
    )
    return (
        f"This very file landed on {moment:%d %B %Y at %H:%M} as {earlier.file_name}; nothing was "
        f"changed.{refused} To go through it all the same, say --again."
    )
