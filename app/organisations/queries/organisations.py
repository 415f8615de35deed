"""Statements on organisations and the numbers that other registers know them by."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation, OrganisationIdentifier, School
from app.organisations.terms import UNIQUE_SCHEMES, IdentifierScheme
from app.places.models import LocalAuthority

_TELLING = (
    IdentifierScheme.URN,
    IdentifierScheme.GROUP_UID,
    IdentifierScheme.LA_CODE,
    IdentifierScheme.DFE_NUMBER,
    IdentifierScheme.UKPRN,
)
"""The schemes an organisation is recognised by, the surest first."""
_CLOSED = "Closed"
"""GIAS's word for a school that is shut, where it does not give the day."""

_parent = aliased(Organisation, name="parent")
_SUMMARY = (
    Organisation.id,
    Organisation.kind,
    Organisation.name,
    Organisation.sort_name,
    Organisation.la_code,
    Organisation.parent_id,
    Organisation.introduced_by,
    Organisation.opened_on,
    Organisation.closed_on,
    Organisation.source,
    Organisation.recorded_at,
    Organisation.changed_at,
    Organisation.version,
    _parent.kind.label("parent_kind"),
    _parent.name.label("parent_name"),
    LocalAuthority.name.label("la_name"),
    School.urn,
    School.type_code,
    School.type_name,
    School.status,
    School.phase,
    School.low_age,
    School.high_age,
    School.street,
    School.locality,
    School.town,
    School.postcode,
    School.easting,
    School.northing,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which organisations are looked for; what is empty does not narrow.

    Attributes:
        kinds: any of these.
        la_code: the authority it is, belongs to or lies in.
        words: each begins a word of the name; already normalised, so letters and digits only.
        identifier: scheme and value, in their one spelling.
        parent_id: the organisation it belongs to.
        open_on: those that have not closed by this day.
        closed_on: those that have closed by this day.
    """

    kinds: tuple[str, ...] = ()
    la_code: str | None = None
    words: tuple[str, ...] = ()
    identifier: tuple[str, str] | None = None
    parent_id: uuid.UUID | None = None
    open_on: date | None = None
    closed_on: date | None = None


async def list_organisations(
    session: ReadSession | WriteSession,
    wanted: Wanted,
    after: tuple[str, uuid.UUID] | None,
    limit: int,
) -> Sequence[Any]:
    """Return organisations by name, with their parents and what GIAS says of schools.

    Args:
        session: of whoever asks; what they may not see is not there.
        wanted: which.
        after: the last one's sort name and id, of the page before.
        limit: how many at most.
    """
    statement = _summaries().order_by(Organisation.sort_name, Organisation.id).limit(limit)
    for condition in _conditions(wanted):
        statement = statement.where(condition)
    if after is not None:
        place = tuple_(Organisation.sort_name, Organisation.id)
        statement = statement.where(place > tuple_(*after))
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def get_organisation(
    session: ReadSession | WriteSession, organisation_id: uuid.UUID
) -> Any | None:
    """Return one organisation, with its parent and what GIAS says if it is a school."""
    statement = _summaries().where(Organisation.id == organisation_id)
    return (await session.execute(statement)).one_or_none()


async def count_children(session: ReadSession | WriteSession, organisation_id: uuid.UUID) -> int:
    """Count the organisations that belong to one: a trust's schools, an authority's teams."""
    statement = select(func.count()).where(Organisation.parent_id == organisation_id)
    return int((await session.execute(statement)).scalar_one())


async def list_identifiers(
    session: ReadSession | WriteSession, organisation_ids: Iterable[uuid.UUID]
) -> Sequence[Any]:
    """Return organisations' numbers, by scheme and value: organisation_id, scheme, value."""
    held = OrganisationIdentifier
    statement = (
        select(held.organisation_id, held.scheme, held.value)
        .where(held.organisation_id.in_(list(organisation_ids)))
        .order_by(held.scheme, held.value)
    )
    return (await session.execute(statement)).all()


async def lock_organisation(
    session: WriteSession, organisation_id: uuid.UUID
) -> Organisation | None:
    """Return an organisation that the actor may change, locked; `None` if they may not."""
    statement = (
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def insert_organisation(session: WriteSession, row: dict[str, Any]) -> None:
    """Hold an organisation."""
    await session.execute(insert(Organisation), [row])


async def insert_identifiers(
    session: WriteSession, organisation_id: uuid.UUID, numbers: Iterable[tuple[str, str]]
) -> None:
    """Hold the numbers by which others know an organisation."""
    rows = [
        {"organisation_id": organisation_id, "scheme": scheme, "value": value}
        for scheme, value in numbers
    ]
    if rows:
        await session.execute(insert(OrganisationIdentifier), rows)


async def update_organisation(
    session: WriteSession, organisation_id: uuid.UUID, changes: dict[str, Any]
) -> None:
    """Change columns of an organisation."""
    await session.execute(
        update(Organisation).where(Organisation.id == organisation_id).values(**changes)
    )


async def find_by_identifiers(
    session: ReadSession | WriteSession, wanted: Sequence[tuple[str, str]]
) -> uuid.UUID | None:
    """Return the organisation that somebody else's numbers mean, or `None` if that is not plain.

    The surest scheme that finds anything decides: URN, group UID, local authority code, DfE number,
    UKPRN. The last two are shared (a trust's schools have its UKPRN) and passed on when a school
    becomes another, so there the organisations that have not closed count, and must be one.

    Args:
        session: in a role that sees every organisation it may find; usually the doorkeeper's.
        wanted: scheme and value, in any order; other schemes are passed over.
    """
    for scheme in _TELLING:
        values = [value for name, value in wanted if name == scheme]
        found = await _find(session, scheme, values) if values else []
        if found:
            return found[0] if len(found) == 1 else None
    return None


async def _find(
    session: ReadSession | WriteSession, scheme: IdentifierScheme, values: Sequence[str]
) -> list[uuid.UUID]:
    """Return at most two organisations: whether there is a second is all that matters."""
    statement = (
        select(Organisation.id)
        .join(OrganisationIdentifier, OrganisationIdentifier.organisation_id == Organisation.id)
        .where(OrganisationIdentifier.scheme == scheme.value)
        .where(OrganisationIdentifier.value.in_(values))
        .distinct()
        .limit(2)
    )
    if scheme not in UNIQUE_SCHEMES:
        statement = statement.outerjoin(School, School.organisation_id == Organisation.id).where(
            Organisation.closed_on.is_(None), School.status.is_distinct_from(_CLOSED)
        )
    return list((await session.scalars(statement)).all())


def _summaries() -> Select[Any]:
    columns: Sequence[Any] = _SUMMARY
    return (
        select(*columns)
        .select_from(Organisation)
        .outerjoin(LocalAuthority, LocalAuthority.la_code == Organisation.la_code)
        .outerjoin(School, School.organisation_id == Organisation.id)
        .outerjoin(_parent, _parent.id == Organisation.parent_id)
    )


def _conditions(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    if wanted.kinds:
        yield Organisation.kind.in_(wanted.kinds)
    if wanted.la_code is not None:
        yield Organisation.la_code == wanted.la_code
    if wanted.parent_id is not None:
        yield Organisation.parent_id == wanted.parent_id
    if wanted.identifier is not None:
        scheme, value = wanted.identifier
        held = OrganisationIdentifier
        yield Organisation.id.in_(
            select(held.organisation_id).where(held.scheme == scheme, held.value == value)
        )
    yield from _by_closing(wanted)
    # A space before the name lets every word of it begin the same way.
    spaced = func.concat(" ", Organisation.sort_name)
    for word in wanted.words:
        yield spaced.like(f"% {word}%")


def _by_closing(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    said_shut = School.status.is_not_distinct_from(_CLOSED)
    if wanted.open_on is not None:
        still = or_(Organisation.closed_on.is_(None), Organisation.closed_on > wanted.open_on)
        yield still & ~said_shut
    if wanted.closed_on is not None:
        yield or_(Organisation.closed_on <= wanted.closed_on, said_shut)
