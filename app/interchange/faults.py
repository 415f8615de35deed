"""Everything wrong in a file, gathered while it is read and written where people can mend it.

The file of faults has the columns line, column, value, problem, cure; no cell is taken for a
formula by a spreadsheet. It exists only if there are faults, and is written before anything lands.
"""

import csv
import shutil
import tempfile
from dataclasses import astuple, fields
from pathlib import Path
from types import TracebackType
from typing import Self

from app.interchange.errors import OptionsNotRightError
from app.interchange.schemas import Fault, FaultsFound
from app.values.cells import safe_cell

SHOWN = 20
"""How many faults a report carries itself."""
_IN_MEMORY_BYTES = 1_000_000
_LONGEST_VALUE = 200


class FaultLog:
    """Gathers faults in constant memory, since a wrong file may have a million of them."""

    def __init__(self, target: Path | None, source: Path) -> None:
        """Choose where the faults go, without touching anything yet.

        Args:
            target: the file chosen by the operator, if any.
            source: the file being imported; gives the name when none was chosen.

        Raises:
            OptionsNotRightError: the faults would be written over the file itself, or a folder.
        """
        self._target = target or Path(f"{stem(source)}.faults.csv")
        if self._target.is_dir() or self._target.resolve() == source.resolve():
            raise OptionsNotRightError(
                f"The faults cannot be written to {self._target}: it is "
                f"{'a folder' if self._target.is_dir() else 'the imported file itself'}. "
                "Name another file with --faults."
            )
        self._gathered = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed by __exit__
            _IN_MEMORY_BYTES, mode="w+", encoding="utf-8", newline=""
        )
        self._rows = csv.writer(self._gathered, lineterminator="\r\n")
        self._rows.writerow(field.name for field in fields(Fault))
        self._first: list[Fault] = []
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._gathered.close()

    def add(self, fault: Fault) -> None:
        """Take note of one fault."""
        self.count += 1
        if len(self._first) < SHOWN:
            self._first.append(fault)
        self._rows.writerow(safe_cell(_shortened(cell)) for cell in astuple(fault))

    def write(self) -> FaultsFound:
        """Write the file of faults, if there are any, and say what was found.

        Raises:
            OptionsNotRightError: it cannot be written there; nothing has landed yet.
        """
        if not self.count:
            return FaultsFound()
        self._gathered.seek(0)
        try:
            with self._target.open("w", encoding="utf-8-sig", newline="") as file:
                shutil.copyfileobj(self._gathered, file)
        except OSError as error:
            raise OptionsNotRightError(
                f"There are {self.count} faults, and they cannot be written to {self._target}: "
                f"{error.strerror}. Name another file with --faults. Nothing was changed."
            ) from error
        return FaultsFound(self.count, tuple(self._first), self._target)


def stem(path: Path) -> str:
    """Return a file's name without the endings of compressed or plain CSV."""
    name = path.name
    for ending in (".gz", ".csv"):
        name = name[: -len(ending)] if name.lower().endswith(ending) else name
    return name or path.name


def _shortened(cell: object) -> str:
    text = str(cell).replace("\0", "␀")
    return text if len(text) <= _LONGEST_VALUE * 3 else text[: _LONGEST_VALUE * 3] + "…"
