"""Every statement on providers, their sites and offers."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, func, insert, literal_column, select
from sqlalchemy.dialects import postgresql

from app.db.base import WHOLE_ROWS, Base
from app.db.events import ReadSession, WriteSession
from app.providers.models.providers import (
    Provider,
    ProviderIdentifier,
    ProviderKnownBy,
    ProviderName,
    provider_numbers,
)
from app.providers.models.sites import Site

Rows = list[dict[str, Any]]


async def take_numbers(session: WriteSession, count: int) -> list[int]:
    """Take the next numbers; they are used up even if this transaction fails."""
    series = select(provider_numbers.next_value()).select_from(func.generate_series(1, count))
    return sorted((await session.execute(series)).scalars())


async def insert_rows(session: WriteSession, table: type[Base], rows: Rows) -> None:
    """Insert rows of one table, if there are any."""
    if rows:
        await session.execute(insert(table), rows, execution_options=WHOLE_ROWS)


async def keep_former_names(session: WriteSession, rows: Rows) -> None:
    """Keep former names; of one that came back and went again, the later last day."""
    if not rows:
        return
    statement = postgresql.insert(ProviderName).on_conflict_do_update(
        index_elements=[ProviderName.provider_id, ProviderName.kind, ProviderName.name],
        set_={"until": literal_column("excluded.until"), "withdrawn_at": None},
    )
    await session.execute(statement, rows)


async def lock_providers(session: WriteSession, ids: Collection[uuid.UUID]) -> list[Provider]:
    """Return providers, locked until the transaction ends, by id: the one order of locking."""
    await session.flush()  # what is pending would be lost when the rows are read anew
    statement = (
        select(Provider)
        .where(Provider.id.in_(sorted(ids)))
        .order_by(Provider.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list((await session.scalars(statement)).all())


async def get_provider(session: ReadSession, number: str) -> Provider | None:
    """Return the provider with a number, if the actor may see it."""
    return (await session.scalars(select(Provider).where(Provider.number == number))).one_or_none()


async def last_site_references(
    session: WriteSession, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, int]:
    """Return the highest site reference of each provider that has sites."""
    statement = (
        select(Site.provider_id, func.max(Site.reference))
        .where(Site.provider_id.in_(ids))
        .group_by(Site.provider_id)
    )
    return {row[0]: row[1] for row in await session.execute(statement)}


async def get_site(session: WriteSession, provider_id: uuid.UUID, reference: int) -> Site | None:
    """Return one site of a provider."""
    statement = select(Site).where(Site.provider_id == provider_id, Site.reference == reference)
    return (await session.scalars(statement)).one_or_none()


async def find_known_by(session: ReadSession, la_code: str) -> Sequence[Any]:
    """Return every line of a local authority's lists, with its provider: number order.

    Each row: provider `number`, `name`, `status`, and the list's own words about it.
    """
    statement = (
        select(
            Provider.number,
            Provider.name,
            Provider.status,
            ProviderKnownBy.list_name,
            ProviderKnownBy.list_date,
            ProviderKnownBy.list_reference,
            ProviderKnownBy.listed_as,
            ProviderKnownBy.source_url,
            ProviderKnownBy.local_result,
            ProviderKnownBy.local_result_on,
        )
        .join(ProviderKnownBy, ProviderKnownBy.provider_id == Provider.id)
        .where(ProviderKnownBy.la_code == la_code)
        .order_by(Provider.number, ProviderKnownBy.id)
    )
    return (await session.execute(statement)).all()


async def find_list_references(session: ReadSession, la_code: str, list_name: str) -> set[str]:
    """Return the references of a local authority's list that are held already."""
    statement = select(ProviderKnownBy.list_reference).where(
        ProviderKnownBy.la_code == la_code, ProviderKnownBy.list_name == list_name
    )
    return {reference for reference in await session.scalars(statement) if reference}


async def find_names(session: ReadSession) -> Sequence[Any]:
    """Return every provider's names with what likeness is judged by, by provider id.

    Records that were merged into others are left out: the others bear their names.

    Each row: `id`, `number`, `name`, `other_names`, `la_codes`, `postcodes`, `identifiers`
    (`scheme:value`); lists are empty, never null.
    """
    statement = names_statement().where(Provider.merged_into.is_(None)).order_by(Provider.id)
    return (await session.execute(statement)).all()


def names_statement() -> Select[*tuple[Any, ...]]:
    """Return the statement that `find_names` orders; others narrow it to what they compare."""
    other = _collected(ProviderName.name, ProviderName.provider_id)
    la_codes = _collected(Site.la_code, Site.provider_id)
    known_by = _collected(ProviderKnownBy.la_code, ProviderKnownBy.provider_id)
    postcodes = _collected(Site.postcode, Site.provider_id)
    identifiers = _collected(
        ProviderIdentifier.scheme + ":" + ProviderIdentifier.value, ProviderIdentifier.provider_id
    )
    return select(
        Provider.id,
        Provider.number,
        Provider.name,
        other.label("other_names"),
        func.array_cat(la_codes, known_by).label("la_codes"),
        postcodes.label("postcodes"),
        identifiers.label("identifiers"),
    )


def _collected(column: Any, owner: Any) -> Any:
    """A correlated array of a column's values for the provider of the outer row."""
    return func.array(
        select(column).where(owner == Provider.id, column.is_not(None)).scalar_subquery()
    )
