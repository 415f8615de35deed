"""Writing the read model, as the publisher, under the ledger's lock."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, exists, select, text

from app.db.events import WriteSession
from app.register.models import RegisterDocument, RegisterSearch, RegisterSite, RegisterWord

_UPSERT_SEARCH = text(
    "INSERT INTO register_search (id, status, sort_name, words, vocabulary, identifiers) "
    "VALUES (:id, :status, :sort_name, CAST(CAST(:words AS text) AS tsvector), :vocabulary, "
    ":identifiers) "
    "ON CONFLICT (id) DO UPDATE SET status = excluded.status, sort_name = excluded.sort_name, "
    "words = excluded.words, vocabulary = excluded.vocabulary, identifiers = excluded.identifiers"
)
_UPSERT_DOCUMENT = text(
    "INSERT INTO register_documents (id, number, entry, format, summary, document) "
    "VALUES (:id, :number, :entry, :format, :summary, :document) "
    "ON CONFLICT (id) DO UPDATE SET entry = excluded.entry, format = excluded.format, "
    "summary = excluded.summary, document = excluded.document"
)
_INSERT_SITE = text(
    "INSERT INTO register_sites "
    "(provider_id, reference, status, la_code, place, ages, needs, summary, evidence) "
    "VALUES (:provider_id, :reference, :status, :la_code, "
    "point(CAST(:easting AS float8), CAST(:northing AS float8)), :ages, :needs, :summary, "
    ":evidence)"
)
_COUNT_WORD = text(
    "INSERT INTO register_words (word, documents) VALUES (:word, :change) "
    "ON CONFLICT (word) DO UPDATE SET documents = register_words.documents + excluded.documents"
)


async def find_vocabularies(session: WriteSession, ids: Collection[int]) -> list[list[str]]:
    """Return the words of the projected providers among `ids`."""
    statement = select(RegisterSearch.vocabulary).where(RegisterSearch.id.in_(ids))
    return list((await session.scalars(statement)).all())


async def write_projection(
    session: WriteSession,
    search: Sequence[dict[str, Any]],
    documents: Sequence[dict[str, Any]],
    sites: Sequence[dict[str, Any]],
) -> None:
    """Write the rows of some providers in place of what stood there before."""
    await session.execute(_UPSERT_SEARCH, list(search))
    await session.execute(_UPSERT_DOCUMENT, list(documents))
    ids = [row["id"] for row in search]
    await session.execute(delete(RegisterSite).where(RegisterSite.provider_id.in_(ids)))
    if sites:
        await session.execute(_INSERT_SITE, list(sites))


async def count_words(session: WriteSession, changes: Counter[str]) -> None:
    """Add to the number of providers each word occurs in; words of no provider go."""
    rows = [{"word": word, "change": change} for word, change in sorted(changes.items()) if change]
    if rows:
        await session.execute(_COUNT_WORD, rows)
    if any(row["change"] < 0 for row in rows):  # type: ignore[operator]
        await session.execute(delete(RegisterWord).where(RegisterWord.documents <= 0))


async def has_other_format(session: WriteSession, rendered: int) -> bool:
    """Say whether any document was rendered in another format than this."""
    statement = select(exists().where(RegisterDocument.format != rendered))
    return bool((await session.execute(statement)).scalar())


async def clear(session: WriteSession) -> None:
    """Empty the read model, to be written anew in the same transaction."""
    for table in (RegisterWord, RegisterSite, RegisterDocument, RegisterSearch):
        await session.execute(delete(table))
