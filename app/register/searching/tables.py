"""Rows of named columns, each column by itself: what one reads of many rows lies together."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
Mask = NDArray[np.bool_]


class Table:
    """Columns of one length; of a selection a column is taken only when it is asked for."""

    def __init__(
        self, columns: Mapping[str, Column], selected: NDArray[np.intp] | None = None
    ) -> None:
        self._columns = columns
        self._selected = selected
        self._taken: dict[str, Column] = {}

    @classmethod
    def of(cls, raw: bytes, kind: np.dtype[Any]) -> Self:
        """Return the columns of packed rows, in the byte order of this machine."""
        rows = np.frombuffer(raw, kind)
        return cls(
            {name: rows[name].astype(rows[name].dtype.newbyteorder("=")) for name in _of(kind)}
        )

    def __len__(self) -> int:
        if self._selected is not None:
            return len(self._selected)
        return len(next(iter(self._columns.values())))

    def __getitem__(self, name: str) -> Column:
        if self._selected is None:
            return self._columns[name]
        if name not in self._taken:
            self._taken[name] = self._columns[name][self._selected]
        return self._taken[name]

    @cached_property
    def firsts(self) -> NDArray[np.intp]:
        """Where the rows of each provider begin; they stand together."""
        return first_of_each(self["provider"])

    @cached_property
    def of_each(self) -> Column:
        """Return the bits of `values` that any row of each provider has, in their order."""
        values = self["values"]
        return np.bitwise_or.reduceat(values, self.firsts) if len(values) else values

    def where(self, mask: Mask) -> "Table":
        """Return the rows for which a mask of all of them is set."""
        selected = np.flatnonzero(mask)
        return Table(
            self._columns, selected if self._selected is None else self._selected[selected]
        )

    def beside(self, name: str, column: Column) -> "Table":
        """Return these rows with one more column."""
        return Table({**self._columns, name: column})

    def every_nth(self, step: int) -> "Table":
        """Return one row of so many."""
        return Table({name: self[name][::step] for name in self._columns})

    def followed_by(self, other: "Table") -> "Table":
        """Return these rows, and behind them others of the same columns."""
        return Table({name: np.concatenate([self[name], other[name]]) for name in self._columns})

    @property
    def size(self) -> int:
        """Bytes of all columns."""
        return sum(held.nbytes for held in self._columns.values())

    def as_set(self) -> set[tuple[int, ...]]:
        """Return every row as a tuple: to compare, not to compute with."""
        return set(zip(*(self[name].tolist() for name in self._columns), strict=True))


def first_of_each(sorted_keys: Column) -> NDArray[np.intp]:
    """Return where each run of equal keys begins."""
    if not len(sorted_keys):
        return np.empty(0, dtype=np.intp)
    begins = np.empty(len(sorted_keys), dtype=np.bool_)
    begins[0] = True
    np.not_equal(sorted_keys[1:], sorted_keys[:-1], out=begins[1:])
    return np.flatnonzero(begins)


def _of(kind: np.dtype[Any]) -> tuple[str, ...]:
    return kind.names or ()
