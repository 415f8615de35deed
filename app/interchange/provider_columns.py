"""Which column of a provider list says what, whatever the list calls it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.interchange.errors import ColumnsNotRightError
from app.interchange.terms import READ_NOT_KEPT, SYNONYMS, Column
from app.values.words import words


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one file.

    Attributes:
        at: where each understood column stands.
        called: what the file calls it.
        ignored: headings nobody here understands.
        width: how many columns there are.
    """

    at: Mapping[Column, int]
    called: Mapping[Column, str]
    ignored: tuple[str, ...]
    width: int

    @property
    def not_kept(self) -> tuple[str, ...]:
        """Headings that are understood, but whose content is kept nowhere."""
        return tuple(name for column, name in self.called.items() if column in READ_NOT_KEPT)

    def heading(self, column: str) -> str:
        """Return what the file calls a column; a column it has not keeps its own name."""
        return next((name for known, name in self.called.items() if known == column), column)

    def cells(self, row: Sequence[str]) -> dict[Column, str]:
        """Return what a row says, by column, without superfluous spaces."""
        return {column: " ".join(row[index].split()) for column, index in self.at.items()}


def understand(headings: Sequence[str], *, la_chosen: bool, list_named: bool) -> Columns:
    """Match a file's headings with the columns of a provider list.

    Args:
        headings: as the file has them.
        la_chosen: the operator said whose list it is.
        list_named: the operator said what the list is called.

    Raises:
        ColumnsNotRightError: a needed column is missing, or two say the same; all are named.
    """
    at: dict[Column, int] = {}
    ignored: list[str] = []
    for index, heading in enumerate(headings):
        column = _meanings().get(_plain(heading))
        if column is None:
            ignored += [heading] if heading else []
        elif column in at:
            raise ColumnsNotRightError(
                f"The columns “{headings[at[column]]}” and “{heading}” both say {column}. "
                "Rename or remove one."
            )
        else:
            at[column] = index
    _refuse_missing(at, headings, la_chosen=la_chosen, list_named=list_named)
    called = {column: headings[index] for column, index in at.items()}
    return Columns(at, called, tuple(ignored), len(headings))


def _refuse_missing(
    at: Mapping[Column, int], headings: Sequence[str], *, la_chosen: bool, list_named: bool
) -> None:
    missing = []
    if Column.NAME not in at:
        others = ", ".join(SYNONYMS[Column.NAME])
        missing.append(f"provider_name (or {others}): the provider's name")
    if not la_chosen and not {Column.LA_CODE, Column.LA_NAME} & at.keys():
        missing.append("la_code (or la, la_name): whose list it is; or say it with --la")
    if not list_named and not {Column.LIST_NAME, Column.SOURCE_URL} & at.keys():
        missing.append("list_name (or source_url): what the list is called; or say it with --list")
    if missing:
        found = ", ".join(f"“{heading}”" for heading in headings if heading)
        raise ColumnsNotRightError(
            f"The file lacks {'a needed column' if len(missing) == 1 else 'needed columns'}: "
            f"{'; '.join(missing)}. Its columns are {found}."
        )


@cache
def _meanings() -> dict[str, Column]:
    named = {_plain(column): column for column in Column}
    synonyms = {_plain(word): column for column, many in SYNONYMS.items() for word in many}
    return synonyms | named


def _plain(heading: str) -> str:
    return " ".join(words(heading.replace("_", " ")))
