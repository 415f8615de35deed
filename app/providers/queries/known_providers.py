"""Statements on providers that authorities' own lists name, as commissioners may see them."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select, text, tuple_

from app.db.events import ReadSession
from app.providers.models.providers import Provider, ProviderKnownBy, ProviderName
from app.providers.models.sites import Site

_NOT_LETTERS = "[\u0300-\u036f'’‘`´]"  # noqa: RUF001 - as typed on phones
"""Accents come apart from their letters, and apostrophes: as `app.values.words` leaves them out."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which providers are looked for; what is empty does not narrow.

    Attributes:
        words: each begins a word of the name, or of another name it goes by; normalised already.
        la_code: they stand on this authority's list, or have an open site in its area.
        checked_since: a list says that an authority checked them on this day or later.
        number: of the one that is looked for.
    """

    words: tuple[str, ...] = ()
    la_code: str | None = None
    checked_since: date | None = None
    number: str | None = None


async def acts_for_commissioner(session: ReadSession) -> bool:
    """Say whether whoever asks acts for a body that commissions, or for the department."""
    return bool((await session.execute(select(func.acts_for_commissioner()))).scalar_one())


async def find_page(
    session: ReadSession, wanted: Wanted, after: tuple[str, uuid.UUID] | None, limit: int
) -> Sequence[Any]:
    """Return providers that a list names, by name: `id`, `number`, `name`, `status`.

    Args:
        session: of whoever asks; what they may not see is not there.
        wanted: which.
        after: name and id of the last one of the page before.
        limit: how many at most.
    """
    statement = (
        select(Provider.id, Provider.number, Provider.name, Provider.status)
        .where(Provider.merged_into.is_(None), _on_a_list())
        .order_by(Provider.name, Provider.id)
        .limit(limit)
    )
    for condition in _conditions(wanted):
        statement = statement.where(condition)
    if after is not None:
        statement = statement.where(tuple_(Provider.name, Provider.id) > tuple_(*after))
    return (await session.execute(statement)).all()


async def find_lines(session: ReadSession, ids: Collection[uuid.UUID]) -> Sequence[Any]:
    """Return every line of a list on which these providers stand, the latest check first.

    Each row: `provider_id`, `la_code`, `list_name`, `list_date`, `listed_as`, `local_result`,
    `local_result_on`.
    """
    line = ProviderKnownBy
    statement = (
        select(
            line.provider_id,
            line.la_code,
            line.list_name,
            line.list_date,
            line.listed_as,
            line.local_result,
            line.local_result_on,
        )
        .where(line.provider_id.in_(ids))
        .order_by(line.local_result_on.desc().nulls_last(), line.la_code, line.list_name, line.id)
    )
    return (await session.execute(statement)).all()


async def find_areas(session: ReadSession, ids: Collection[uuid.UUID]) -> Sequence[Any]:
    """Return whereabouts these providers' open sites are: `provider_id`, `town`, `la_code`."""
    statement = (
        select(Site.provider_id, Site.town, Site.la_code)
        .distinct()
        .where(Site.provider_id.in_(ids), Site.closed_on.is_(None))
        .order_by(Site.provider_id, Site.la_code, Site.town)
    )
    return (await session.execute(statement)).all()


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_named(word) for word in wanted.words]
    if wanted.number is not None:
        found.append(Provider.number == wanted.number)
    if wanted.la_code is not None:
        here = exists().where(
            Site.provider_id == Provider.id,
            Site.la_code == wanted.la_code,
            Site.closed_on.is_(None),
        )
        found.append(or_(_on_a_list(ProviderKnownBy.la_code == wanted.la_code), here))
    if wanted.checked_since is not None:
        found.append(_on_a_list(ProviderKnownBy.local_result_on >= wanted.checked_since))
    return found


def _on_a_list(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(ProviderKnownBy.provider_id == Provider.id, *which)


def _named(word: str) -> ColumnElement[bool]:
    """A word that is letters and digits alone begins one of the provider's names' words."""
    other = exists().where(
        ProviderName.provider_id == Provider.id,
        ProviderName.withdrawn_at.is_(None),
        _begins_a_word(ProviderName.name, word),
    )
    return or_(_begins_a_word(Provider.name, word), other)


def _begins_a_word(name: Any, word: str) -> ColumnElement[bool]:
    apart = func.normalize(func.lower(name), text("NFKD"))
    plain = func.regexp_replace(apart, _NOT_LETTERS, "", "g")
    return plain.regexp_match(rf"\m{word}")
