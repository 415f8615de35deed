"""Statements that count placements, and list those that need a look."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Uuid,
    and_,
    any_,
    cast,
    func,
    or_,
    select,
    text,
    tuple_,
)

from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation
from app.oversight.terms import Watched
from app.placements.models import Placement
from app.providers.models.providers import Provider
from app.providers.models.sites import Site

AnySession = ReadSession | WriteSession

_BALANCE = text(
    "SELECT * FROM placement_balance("
    "CAST(:since AS date), CAST(:until AS date), CAST(:la_code AS text))"
)
_SETTINGS = text(
    "SELECT * FROM placed_by_setting("
    "CAST(:la_code AS text), CAST(:day AS date), CAST(:after AS uuid), CAST(:most AS integer))"
)


async def count_balance(
    session: WriteSession, since: date, until: date, la_code: str | None
) -> Sequence[Any]:
    """Return what is counted of each authority, or of one: `la_code`, `term`, `placements`.

    Args:
        session: in the role that may ask.
        since: the first day of the time.
        until: its last.
        la_code: of which authority alone; otherwise of all, and of none.
    """
    asked = {"since": since, "until": until, "la_code": la_code}
    found: Sequence[Any] = (await session.execute(_BALANCE, asked)).all()
    return found


async def count_by_setting(
    session: WriteSession, la_code: str, day: date, after: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return how many children are placed at each site of an authority's area, by the site's id.

    Rows: `site_id`, `provider`, `provider_name`, `site`, `children`, `commissioners`, and whom to
    contact where a concern or suspension is open: `contacts`.
    """
    asked = {"la_code": la_code, "day": day, "after": after, "most": most}
    found: Sequence[Any] = (await session.execute(_SETTINGS, asked)).all()
    return found


@dataclass(frozen=True, slots=True)
class Looked:
    """Which placements are listed.

    Attributes:
        why: what brings them onto the list.
        today: the day.
        commissioner_ids: of these; or:
        la_code: of children for whom this authority is responsible today.
        provider_number: at this provider.
    """

    why: Watched
    today: date
    commissioner_ids: Sequence[uuid.UUID]
    la_code: str | None
    provider_number: str | None = None


_DUE = {
    Watched.OVERRUN: Placement.planned_end_on,
    Watched.NOT_ASSESSED: Placement.assess_by,
    Watched.ENDED: Placement.ended_on,
}


async def list_watched(
    session: AnySession, looked: Looked, after: tuple[date, uuid.UUID] | None, most: int
) -> Sequence[Any]:
    """Return placements that need a look, the longest overdue first; of ended ones, the newest."""
    due = _DUE[looked.why]
    statement = _shown().where(*_which(looked))
    place = tuple_(due, Placement.id)
    if looked.why is Watched.ENDED:
        if after is not None:
            statement = statement.where(place < tuple_(*after))
        statement = statement.order_by(due.desc(), Placement.id.desc())
    else:
        if after is not None:
            statement = statement.where(place > tuple_(*after))
        statement = statement.order_by(due, Placement.id)
    found: Sequence[Any] = (await session.execute(statement.limit(most))).all()
    return found


def _shown() -> Select[Any]:
    columns: list[Any] = [
        *(Placement.id, Placement.reference, Placement.starts_on, Placement.planned_end_on),
        *(Placement.assess_by, Placement.ended_on, Placement.end_reason, Placement.destination),
    ]
    return (
        select(
            *columns,
            Organisation.name.label("commissioner"),
            Provider.number.label("provider"),
            Provider.name.label("provider_name"),
            Site.reference.label("site"),
        )
        .join(Organisation, Organisation.id == Placement.commissioner_id)
        .join(Site, Site.id == Placement.site_id)
        .join(Provider, Provider.id == Site.provider_id)
    )


def _which(looked: Looked) -> list[ColumnElement[bool]]:
    conditions = [_whose(looked)]
    if looked.provider_number is not None:
        conditions.append(Provider.number == looked.provider_number)
    runs = Placement.ended_on.is_(None)
    if looked.why is Watched.OVERRUN:
        conditions.append(and_(runs, Placement.planned_end_on < looked.today))
    elif looked.why is Watched.NOT_ASSESSED:
        conditions.append(and_(runs, Placement.assess_by < looked.today))
    else:
        conditions.append(Placement.ended_on < looked.today)
    return conditions


def _whose(looked: Looked) -> ColumnElement[bool]:
    own = Placement.commissioner_id.in_(looked.commissioner_ids)
    if looked.la_code is None:
        return own
    answered_for = select(func.children_answered_for()).scalar_subquery()
    return or_(own, Placement.child_id == any_(cast(answered_for, ARRAY(Uuid))))
