"""Pages of the lists of people and invitations: a cursor in, two links out."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query
from starlette.requests import Request

from app.db import cursors
from app.errors import FieldFault, InvalidRequestError
from app.organisations.schemas.members import PageLinks


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of a list is asked for.

    Attributes:
        address: of the list, with what it is narrowed to.
        narrowed: what it is narrowed to.
        limit: how many items.
        cursor: where the page before ended; nothing for the first.
    """

    address: str
    narrowed: tuple[tuple[str, str], ...]
    limit: int
    cursor: str | None

    @property
    def _search(self) -> str:
        return cursors.fingerprint([self.address, self.narrowed])

    def after(self, kinds: tuple[type, ...]) -> list[Any] | None:
        """Return the sort key to go on from; the last part is an item's id.

        Raises:
            InvalidRequestError: the cursor is damaged, or belongs to another list.
        """
        if self.cursor is None:
            return None
        try:
            _, key = cursors.decode(self.cursor, self._search, kinds)
            return [*key[:-1], uuid.UUID(key[-1])]
        except cursors.CursorError as error:
            detail = str(error)
        except ValueError:
            detail = "The cursor is damaged. Begin again without it."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, parameter="cursor"),))

    def after_text(self) -> str | None:
        """Return the sort key to go on from, where that is one text and no id.

        Raises:
            InvalidRequestError: the cursor is damaged, or belongs to another list.
        """
        if self.cursor is None:
            return None
        try:
            _, key = cursors.decode(self.cursor, self._search, (str,))
        except cursors.CursorError as error:
            detail = str(error)
            fault = FieldFault(detail, parameter="cursor")
            raise InvalidRequestError(detail, errors=(fault,)) from None
        return str(key[0])

    def links(self, found: Sequence[Any], *columns: str) -> PageLinks:
        """Return where this page is, and the next if one more was found than fits.

        Args:
            found: one more than the limit, where there are so many.
            columns: the sort key, its last part the id.
        """
        following = None
        if len(found) > self.limit:
            key = [str(getattr(found[self.limit - 1], column)) for column in columns]
            following = self._at(cursors.encode(self._search, 0, key))
        return PageLinks(self=self._at(self.cursor), next=following)

    def links_after(self, last: uuid.UUID | None) -> PageLinks:
        """Return where this page is, and the next after what was looked at last, if anything is."""
        following = None
        if last is not None:
            following = self._at(cursors.encode(self._search, 0, [str(last)]))
        return PageLinks(self=self._at(self.cursor), next=following)

    def _at(self, cursor: str | None) -> str:
        asked = [*self.narrowed, ("limit", str(self.limit))]
        if cursor is not None:
            asked.append(("cursor", cursor))
        return f"{self.address}?{urlencode(asked)}"


async def asked_page(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=100, description="How many items.")] = 25,
    cursor: Annotated[
        str | None, Query(max_length=2_000, description="From `links.next`; leave it out at first.")
    ] = None,
) -> Page:
    """Return which page of a list is asked for."""
    narrowed = sorted(
        pair for pair in request.query_params.multi_items() if pair[0] not in {"limit", "cursor"}
    )
    return Page(request.url.path, tuple(narrowed), limit, cursor)


AskedPage = Annotated[Page, Depends(asked_page)]
