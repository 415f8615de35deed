"""The rules of the standards that need no table: of whom a criterion is asked."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from app.values.site_kind import SiteKind, StaffSize


class AskedOf(Protocol):
    """Anything that says of whom it is asked: a row, a draft or a shipped criterion."""

    @property
    def site_kinds(self) -> Sequence[str]:
        """Kinds of site; none named is all."""
        ...

    @property
    def staff_sizes(self) -> Sequence[str]:
        """Sizes of provider; none named is all."""
        ...


Asked = TypeVar("Asked", bound=AskedOf)


def applicable(
    criteria: Iterable[Asked], site_kind: SiteKind | None, staff_size: StaffSize | None
) -> list[Asked]:
    """Return the criteria that are asked of a provider of this size at a site of this kind.

    What is asked is in proportion: nobody who visits children at home practises leaving a building
    of their own.

    Args:
        criteria: in the order they are wanted.
        site_kind: of the site; `None` where that is not known, and nothing is left out for it.
        staff_size: how many adults work for the provider; likewise.
    """
    return [
        one
        for one in criteria
        if (site_kind is None or not one.site_kinds or site_kind in one.site_kinds)
        and (staff_size is None or not one.staff_sizes or staff_size in one.staff_sizes)
    ]
