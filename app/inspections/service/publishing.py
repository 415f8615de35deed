"""Publishing an inspection: the document, its hash, and what the register is told."""

import hashlib
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import clock
from app.db.events import WriteSession, announce
from app.inspections.document import asked_of, compose
from app.inspections.queries import judgements
from app.inspections.queries import publications as queries
from app.inspections.service.looking import sheet_of
from app.inspections.service.policies import rules_on
from app.ledger.canonical import canonical
from app.providers.events import ProviderChanged
from app.values.uuid7 import uuid7


@dataclass(frozen=True, slots=True)
class _Found:
    judgement: str
    finding: str | None
    method: str | None
    seen_on: date | None
    carried: bool


async def publish_version(
    session: WriteSession, inspection: Any, version: int, correction: str | None = None
) -> uuid.UUID:
    """Publish what is held of an inspection now as a version; return the publication's id.

    A site or provider that closed meanwhile stands in the way of nothing: what was found there
    was found, and families and commissioners are told; that it closed, its record says.

    Args:
        session: the transaction, in which the register is told as well.
        inspection: its row, held.
        version: 1, or one more than the last.
        correction: what changed and why, of every version but the first; public.
    """
    present = clock.now()
    document = await document_of(session, inspection, present)
    publication_id = uuid7()
    await queries.insert_publication(
        session,
        {
            "id": publication_id,
            "inspection_id": inspection.id,
            "provider_id": inspection.provider_id,
            "version": version,
            "document": document,
            "sha256": hashlib.sha256(document).digest(),
            "correction": correction,
            "published_at": present,
        },
    )
    announce(session, ProviderChanged(inspection.provider_id))
    return publication_id


async def document_of(session: WriteSession, inspection: Any, present: datetime) -> bytes:
    """Return what is held of an inspection now as the bytes that are published.

    Args:
        session: the transaction.
        inspection: its row.
        present: when it is published.
    """
    today = present.astimezone(clock.LONDON).date()
    sheet = await sheet_of(session, inspection)
    found: defaultdict[int, dict[str, _Found]] = defaultdict(dict)
    for row in await judgements.list_judgements(session, inspection.id):
        found[row.site][row.criterion] = _Found(
            *(row.judgement, row.finding, row.method, row.seen_on),
            carried=row.carried_from_id is not None,
        )
    told = {
        "reference": inspection.reference,
        "kind": inspection.kind,
        "planned_on": inspection.planned_on,
        "sent_on": inspection.sent_at.astimezone(clock.LONDON).date(),
        "published_on": today,
        "provider": inspection.provider_number,
        "body": inspection.body_name,
        "standards": inspection.standards,
        "criteria": list(inspection.criteria),
    }
    rules = await rules_on(session, today)
    asked = {site: asked_of(criteria.values()) for site, criteria in sheet.asked.items()}
    return canonical(compose(told, asked, found, rules.outcome, today))
