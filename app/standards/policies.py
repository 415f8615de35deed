"""The rules of the standards that need no table: of whom is it asked, who publishes, from when."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from app.errors import FieldFault, InvalidRequestError
from app.standards.errors import DayTakenError, OwnDraftError
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


def check_two_people(
    publisher: uuid.UUID, drafted_by: uuid.UUID | None, last_changed_by: uuid.UUID | None
) -> None:
    """See to it that what holds for everybody was read by somebody who did not write it.

    Raises:
        OwnDraftError: the publisher drafted it or changed it last.
    """
    if publisher in (drafted_by, last_changed_by):
        raise OwnDraftError(
            "You drafted this or changed it last. Ask a colleague who edits standards to read it "
            "and publish it."
        )


def check_first_day(first: date, today: date, newest_first: date | None) -> None:
    """See to it that nothing begins to hold in the past, or before what was published already.

    Args:
        first: the day from which something shall hold.
        today: the present day in London.
        newest_first: the day from which the newest published one holds, if there is one.

    Raises:
        InvalidRequestError: the day is past.
        DayTakenError: the newest published one begins on that day or later.
    """
    if first < today:
        detail = f"It is {today} in London. Give today or a later day."
        fault = FieldFault(detail, "/in_force_from")
        raise InvalidRequestError(f"Nothing begins to hold in the past. {detail}", errors=(fault,))
    if newest_first is not None and first <= newest_first:
        raise DayTakenError(
            f"What is published already begins on {newest_first}. Give a later day.",
            newest_begins_on=newest_first.isoformat(),
        )
