"""Writing the read model, as the publisher, under the ledger's lock."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, exists, select, text

from app.db.events import WriteSession
from app.register.models import (
    RegisterDocument,
    RegisterPast,
    RegisterPastSite,
    RegisterSearch,
    RegisterSite,
    RegisterWord,
)

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
_PLACE = "point(CAST(:easting AS float8), CAST(:northing AS float8))"
_FILTERS = "age_bits, stage_bits, need_bits, place_bits, tags, evidence, outcome, seen_on"
_FILTER_VALUES = (
    ":age_bits, :stage_bits, :need_bits, :place_bits, :tags, :evidence, :outcome, "
    "CAST(:seen_on AS date)"
)
_INSERT_SITE = text(
    "INSERT INTO register_sites (provider_id, reference, status, la_code, place, summary, "
    f"provider_status, sort_name, several, due_on, inspected, {_FILTERS}) "
    f"VALUES (:provider_id, :reference, :status, :la_code, {_PLACE}, :summary, "
    ":provider_status, :sort_name, :several, CAST(:due_on AS date), :inspected, "
    f"{_FILTER_VALUES})"
)
_END_PAST = text(
    "UPDATE register_past SET until_entry = :from_entry "
    "WHERE id = :id AND until_entry IS NULL AND from_entry < :from_entry"
)
_END_ALL_PAST = text(
    "UPDATE register_past p SET until_entry = e.following FROM ("
    "SELECT entry, lead(entry) OVER (PARTITION BY number ORDER BY entry) AS following "
    "FROM ledger_entries) e "
    "WHERE e.entry = p.from_entry AND p.until_entry IS DISTINCT FROM e.following"
)
_INSERT_PAST = text(
    "INSERT INTO register_past (id, from_entry, status, sort_name, words) "
    "VALUES (:id, :from_entry, :status, :sort_name, CAST(CAST(:words AS text) AS tsvector))"
)
_INSERT_PAST_SITE = text(
    "INSERT INTO register_past_sites "
    f"(provider_id, from_entry, reference, status, la_code, place, {_FILTERS}) "
    f"VALUES (:provider_id, :from_entry, :reference, :status, :la_code, {_PLACE}, "
    f"{_FILTER_VALUES})"
)
_COUNT_WORD = text(
    "INSERT INTO register_words (word, documents, entry) VALUES (:word, :change, :entry) "
    "ON CONFLICT (word) DO UPDATE SET entry = excluded.entry, "
    "documents = register_words.documents + excluded.documents"
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


async def write_past(
    session: WriteSession, past: Sequence[dict[str, Any]], sites: Sequence[dict[str, Any]]
) -> None:
    """Add what entries tell to the rows of the past; each ends its provider's row before."""
    await session.execute(_END_PAST, [{"id": r["id"], "from_entry": r["from_entry"]} for r in past])
    await session.execute(_INSERT_PAST, list(past))
    if sites:
        await session.execute(_INSERT_PAST_SITE, list(sites))


async def end_past(session: WriteSession) -> None:
    """End each row of the past where the log has its provider's next entry, body or not."""
    await session.execute(_END_ALL_PAST)


async def forget_past(session: WriteSession, entries: Sequence[int]) -> None:
    """Take entries whose bodies were taken out of the log out of the past too."""
    await session.execute(delete(RegisterPast).where(RegisterPast.from_entry.in_(entries)))


async def count_words(session: WriteSession, changes: Counter[str], entry: int) -> None:
    """Add to the number of providers each word occurs in; words of no provider go."""
    rows = [
        {"word": word, "change": change, "entry": entry}
        for word, change in sorted(changes.items())
        if change
    ]
    if rows:
        await session.execute(_COUNT_WORD, rows)
    if any(change < 0 for change in changes.values()):
        await session.execute(delete(RegisterWord).where(RegisterWord.documents <= 0))


async def has_other_format(session: WriteSession, rendered: int) -> bool:
    """Say whether any document was rendered in another format than this."""
    statement = select(exists().where(RegisterDocument.format != rendered))
    return bool((await session.execute(statement)).scalar())


async def clear(session: WriteSession) -> None:
    """Empty the read model, to be written anew in the same transaction."""
    for table in (
        *(RegisterWord, RegisterSite, RegisterDocument, RegisterSearch),
        *(RegisterPastSite, RegisterPast),
    ):
        await session.execute(delete(table))
