"""Statements on duplicate records, and on making one of two."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Text, exists, func, or_, select, union
from sqlalchemy.orm import aliased

from app.db.events import ReadSession, WriteSession
from app.providers.models.ownership import Merge, ProviderOwner
from app.providers.models.providers import Provider, ProviderIdentifier
from app.providers.models.sites import Site
from app.providers.queries.recording import names_statement
from app.providers.terms import MergeState, Obstacle

AnySession = ReadSession | WriteSession

_OPEN = (MergeState.PROPOSED, MergeState.UNDOING)
_ONE_AT_A_TIME = 7_214_005
"""Which advisory lock is everybody's who merges; nobody else takes it."""

_kept, _absorbed = aliased(Provider), aliased(Provider)


async def find_alike(
    session: AnySession,
    provider_id: uuid.UUID,
    beginnings: Collection[str],
    postcodes: Collection[str],
    identifiers: Collection[str],
) -> Sequence[Any]:
    """Return what likeness is judged by of visible records that may be like one, as `find_names`.

    Args:
        session: the transaction.
        provider_id: the one, which is left out as are merged records.
        beginnings: of words, one of which a name must hold.
        postcodes: or one of which a site must have.
        identifiers: or one of which the record must bear, as `scheme:value`.
    """
    bears = ProviderIdentifier.scheme + ":" + ProviderIdentifier.value
    named = func.records_named("|".join(sorted(beginnings)) or "^$").column_valued("named")
    alike = union(
        select(named),
        select(Site.provider_id).where(Site.postcode.in_(sorted(postcodes))),
        select(ProviderIdentifier.provider_id).where(bears.in_(sorted(identifiers))),
    )
    statement = (
        names_statement()
        .where(Provider.id.in_(alike), Provider.id != provider_id, Provider.merged_into.is_(None))
        .order_by(Provider.id)
    )
    return (await session.execute(statement)).all()


async def get_names(session: AnySession, provider_id: uuid.UUID) -> Any:
    """Return what likeness is judged by of one record, as `find_names`."""
    return (await session.execute(names_statement().where(Provider.id == provider_id))).one()


async def take_turns(session: WriteSession) -> None:
    """Let nobody else merge or part records until this transaction ends; it is seldom done."""
    await session.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))


async def get_record(session: AnySession, number: str) -> Any | None:
    """Return a record's id, number, name, status, version and into which number it was merged."""
    into = aliased(Provider)
    statement = (
        select(
            Provider.id,
            Provider.number,
            Provider.name,
            Provider.status,
            into.number.label("merged_into"),
        )
        .join(into, into.id == Provider.merged_into, isouter=True)
        .where(Provider.number == number)
    )
    return (await session.execute(statement)).one_or_none()


async def judges(session: AnySession, provider_id: uuid.UUID) -> bool:
    """Say whether the acting person may decide on a record."""
    return bool((await session.execute(select(func.judges_provider(provider_id)))).scalar_one())


async def has_stake(session: AnySession, ids: Collection[uuid.UUID]) -> bool:
    """Say whether the acting person works, or ever worked, for an owner of one of these."""
    stakes = or_(*(func.has_stake_in(each) for each in ids))
    return bool((await session.execute(select(stakes))).scalar_one())


async def find_obstacle(
    session: AnySession, kept: uuid.UUID, absorbed: uuid.UUID, *, besides: uuid.UUID
) -> Obstacle | None:
    """Return what keeps two records from being made one, whatever of it the actor may see.

    Args:
        session: the transaction.
        kept: the record that would go on.
        absorbed: the one that would end.
        besides: the merge in question, which does not stand in its own way.
    """
    statement = select(func.merge_obstacle(kept, absorbed, besides))
    found = (await session.execute(statement)).scalar_one_or_none()
    return Obstacle(found) if found else None


async def get_owner(session: AnySession, provider_id: uuid.UUID) -> uuid.UUID | None:
    """Return the organisation that owns a record, as far as the actor sees."""
    statement = select(ProviderOwner.organisation_id).where(
        ProviderOwner.provider_id == provider_id, ProviderOwner.ended_at.is_(None)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def has_open_merge(
    session: AnySession, ids: Collection[uuid.UUID], *, besides: uuid.UUID | None = None
) -> bool:
    """Say whether a merge, or a parting, of one of these records waits for a second person."""
    statement = select(
        exists().where(
            or_(Merge.kept_id.in_(ids), Merge.absorbed_id.in_(ids)),
            Merge.state.in_(_OPEN),
            *([Merge.id != besides] if besides else []),
        )
    )
    return bool((await session.execute(statement)).scalar_one())


async def is_merged(session: AnySession, provider_id: uuid.UUID) -> bool:
    """Say whether a record was merged into another."""
    statement = select(Provider.merged_into.is_not(None)).where(Provider.id == provider_id)
    return bool((await session.execute(statement)).scalar_one_or_none())


async def add_merge(session: WriteSession, merge: Merge) -> None:
    """Keep a proposed merge."""
    session.add(merge)
    await session.flush()


async def lock_merge(session: WriteSession, merge_id: uuid.UUID) -> Merge | None:
    """Return a merge that the actor may change; nobody else can now."""
    statement = (
        select(Merge)
        .where(Merge.id == merge_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def merge_rows(session: WriteSession, merge_id: uuid.UUID, today: date) -> None:
    """Give the rows of the record that ends to the one that goes on, noting each as it was.

    A record that ends and was public is closed from today.
    """
    await session.execute(select(func.merge_providers(merge_id, today)))
    await session.execute(select(func.carry_findings(merge_id)))


async def part_rows(session: WriteSession, merge_id: uuid.UUID, today: date) -> None:
    """Give every row back as it was before a merge.

    A record that only the merge made public is closed from today; it cannot be unknown again.
    """
    await session.execute(select(func.part_providers(merge_id, today)))
    await session.execute(select(func.carry_renewals(merge_id)))
    await session.execute(select(func.carry_findings(merge_id)))


async def get_merge(session: AnySession, merge_id: uuid.UUID) -> Any | None:
    """Return a merge with numbers, names and who did what, if the actor may see it."""
    return (await session.execute(_shown().where(Merge.id == merge_id))).one_or_none()


async def list_merges(
    session: AnySession,
    state: MergeState | None,
    after: uuid.UUID | None,
    most: int,
) -> Sequence[Any]:
    """Return merges that the actor may see, newest first, after one of them."""
    statement = _shown().order_by(Merge.id.desc()).limit(most)
    if state is not None:
        statement = statement.where(Merge.state == state.value)
    if after is not None:
        statement = statement.where(Merge.id < after)
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


def _shown() -> Any:
    return (
        select(
            Merge,
            Merge.id,
            _kept.number.label("kept_number"),
            _kept.name.label("kept_name"),
            _absorbed.number.label("absorbed_number"),
            _absorbed.name.label("absorbed_name"),
            _named(Merge.proposed_by),
            _named(Merge.settled_by),
            _named(Merge.undo_proposed_by),
            _named(Merge.undo_settled_by),
        )
        .join(_kept, _kept.id == Merge.kept_id, isouter=True)
        .join(_absorbed, _absorbed.id == Merge.absorbed_id, isouter=True)
    )


def _named(column: Any) -> Any:
    """Return the name of who did it, whomever they work for, under the name of the column."""
    return func.named_in_merge(Merge.id, column, type_=Text).label(column.key)
