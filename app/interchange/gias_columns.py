"""Which column of an extract of GIAS says what: by its heading, wherever it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.interchange.errors import ColumnsNotRightError
from app.interchange.terms import NEEDED
from app.values.words import words

_HEADINGS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class GiasColumns:
    """The columns of one extract.

    Attributes:
        at: where each understood column stands.
        called: what the file calls it.
        width: how many columns there are.
    """

    at: Mapping[StrEnum, int]
    called: Mapping[StrEnum, str]
    width: int

    def heading(self, column: StrEnum) -> str:
        """Return what the file calls a column; a column it has not keeps GIAS's own name."""
        return self.called.get(column, column.value)


def understand(headings: Sequence[str], kind: type[StrEnum]) -> GiasColumns:
    """Match a file's headings with the columns of an extract; case and punctuation do not count.

    Args:
        headings: as the file has them.
        kind: the columns that this extract may have.

    Raises:
        ColumnsNotRightError: a needed column is missing, or stands there twice; all are named.
    """
    meant = {_plain(column.value): column for column in kind}
    at: dict[StrEnum, int] = {}
    for index, heading in enumerate(headings):
        column = meant.get(_plain(heading))
        if column is None:
            continue
        if column in at:
            raise ColumnsNotRightError(
                f"The columns “{headings[at[column]]}” and “{heading}” (numbers {at[column] + 1} "
                f"and {index + 1}) are one and the same. Remove one."
            )
        at[column] = index
    missing = [one for one in NEEDED[kind] if not at.keys() & {*one}]
    if missing:
        raise ColumnsNotRightError(_missing(missing, headings))
    return GiasColumns(at, {column: headings[index] for column, index in at.items()}, len(headings))


def _missing(missing: Sequence[Sequence[StrEnum]], headings: Sequence[str]) -> str:
    named = "; ".join(" or ".join(column.value for column in one) for one in missing)
    found = [f"“{heading}”" for heading in headings if heading]
    more = len(found) - _HEADINGS_SHOWN
    shown = ", ".join(found[:_HEADINGS_SHOWN]) + (f" and {more} more" if more > 0 else "")
    return (
        f"The file lacks {'a needed column' if len(missing) == 1 else 'needed columns'}: {named}. "
        f"Its columns are {shown or 'without headings'}. Fetch the extract again, or put the "
        "headings back as GIAS has them."
    )


def _plain(heading: str) -> str:
    return "".join(words(heading))
